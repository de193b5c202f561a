"""A release as a web archive: other programs read every address in it, and a browser shows the site from it alone."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from playwright.sync_api import Browser, Route
from site_folder import REPOSITORY, Files, SiteFolder
from warcio.archiveiterator import ArchiveIterator as WarcioIterator  # type: ignore[import-untyped]
from warcio.checker import Checker  # type: ignore[import-untyped]

from builder.release.release import read_release

Seen = pytest.CaptureFixture[str]
BASE = "https://www.qingjiang.example.cn/liuhe/bszn"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A site with one release, and that as an archive."""
    site = SiteFolder(Path(shutil.copytree(REPOSITORY / "examples/lanmu", tmp_path_factory.mktemp("a") / "site")))
    site.set("site.yaml", "search", "否")
    assert site.run("package", "--jobs", "1") == 0
    assert site.run("archive") == 0
    return site


@pytest.fixture
def site(made: SiteFolder, tmp_path: Path) -> SiteFolder:
    return SiteFolder(Path(shutil.copytree(made.folder, tmp_path / "site")))


def written(site: SiteFolder) -> Path:
    (file,) = (site.folder / "archive").iterdir()
    return file


def released(site: SiteFolder) -> Path:
    (folder,) = (site.folder / "releases").iterdir()
    return folder


def kept(data: bytes) -> dict[str, tuple[str, bytes]]:
    """Return the type and the bytes at each address."""
    records = ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.resource, verify_digests=True)
    return {
        record.headers["WARC-Target-URI"]: (record.headers["Content-Type"], record.reader.read()) for record in records
    }


def at_their_addresses(site: SiteFolder) -> Files:
    return {f"{BASE}/{path}": data for path, data in site.published().items()}


def test_another_reader_finds_every_file_at_its_address_with_its_bytes(made: SiteFolder) -> None:
    found = {url: data for url, (_, data) in kept(written(made).read_bytes()).items()}
    files = at_their_addresses(made)
    assert {url: found.get(url) for url in files} == files
    assert found[f"{BASE}/"] == files[f"{BASE}/index.html"]
    assert {url for url in found if url not in files and not re.search(r"/$|\?v=[0-9a-f]{8}$", url)} == set()


def test_each_kind_of_file_has_its_type(made: SiteFolder) -> None:
    types = {
        url.rpartition(".")[2]: kind for url, (kind, _) in kept(written(made).read_bytes()).items() if "?" not in url
    }
    assert types["html"] == "text/html; charset=utf-8"
    assert (types["json"], types["svg"], types["xml"]) == ("application/json", "image/svg+xml", "application/xml")


def test_the_reference_reader_finds_no_fault(made: SiteFolder) -> None:
    with written(made).open("rb") as stream:
        kinds = [
            (record.rec_type, record.rec_headers.get_header("WARC-Date")[:10]) for record in WarcioIterator(stream)
        ]
    day = released(made).name[:10]
    assert kinds[0] == ("warcinfo", day)
    assert set(kinds[1:]) == {("resource", day)}
    checker = Checker(type("Asked", (), {"inputs": [str(written(made))], "verbose": False, "cmd": "check"})())
    checker.process_all()
    assert checker.exit_value == 0


def test_every_record_is_packed_by_itself_and_has_an_id_of_its_own(made: SiteFolder) -> None:
    data = written(made).read_bytes()
    ids = [record.record_id for record in ArchiveIterator(io.BytesIO(data))]
    assert len(set(ids)) == len(ids)
    offsets = [record.stream_pos for record in ArchiveIterator(io.BytesIO(data))]
    assert [data[at : at + 3] for at in offsets] == [b"\x1f\x8b\x08"] * len(ids)


def test_it_is_the_same_again_and_nothing_of_this_machine_or_hour_is_in_it(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(site)
    before = first.read_bytes()
    monkeypatch.setenv("TZ", "America/Anchorage")
    assert site.run("archive", released(site).name[-8:], "--out", str(site.folder / "other" / first.name)) == 0
    assert (site.folder / "other" / first.name).read_bytes() == before


def test_a_browser_shows_the_site_from_the_archive_alone(made: SiteFolder, browser: Browser) -> None:
    answers, missed = kept(written(made).read_bytes()), []

    def answer(route: Route) -> None:
        url = route.request.url.partition("#")[0]
        if url not in answers:
            missed.append(url)
            route.abort()
        else:
            route.fulfill(content_type=answers[url][0], body=answers[url][1])

    context = browser.new_context()
    context.route("**", answer)
    page = context.new_page()
    for path in ("", "items/zilaishui-kaihu.html", "mine.html", "print/guide/zilaishui-kaihu.html", "404.html"):
        page.goto(f"{BASE}/{path}")
        assert page.evaluate("document.styleSheets.length") > 0
    page.goto(f"{BASE}/editions/yongshui-baozhuang.html")
    page.wait_for_url(f"{BASE}/editions/zilaishui-kaihu.html")
    page.goto(f"{BASE}/search.html")
    page.locator("main input[type=search]").fill("laonianbutie")
    page.locator("#search-results a").first.wait_for()
    context.close()
    assert [url for url in missed if not url.startswith(f"{BASE}/pagefind/")] == []  # which this site does not have


def test_what_is_not_what_was_released_is_not_archived(site: SiteFolder, capsys: Seen) -> None:
    file = released(site) / "release.json"
    record = file.read_text("utf-8")
    digest = read_release(released(site)).files["mine.html"].digest
    file.write_text(record.replace(digest, hashlib.sha256(b"").hexdigest()), "utf-8")
    before = written(site).read_bytes()

    assert site.run("archive") == 2
    assert "mine.html 和记录不一样" in capsys.readouterr().err
    assert written(site).read_bytes() == before


@pytest.mark.parametrize("name", ["", "0badcafe"])
def test_without_a_release_there_is_nothing_to_archive(site: SiteFolder, capsys: Seen, name: str) -> None:
    shutil.rmtree(site.folder / "releases")
    assert site.run("archive", *filter(None, [name])) == 2
    assert "先运行 build.py package" in capsys.readouterr().err


def test_an_unknown_release_is_answered_with_those_that_there_are(site: SiteFolder, capsys: Seen) -> None:
    assert site.run("archive", "0badcafe") == 2
    assert f"现在有：{released(site).name}" in capsys.readouterr().err


def test_a_release_without_an_address_is_told_what_is_missing(site: SiteFolder, capsys: Seen) -> None:
    file = released(site) / "release.json"
    file.write_text(file.read_text("utf-8").replace(BASE, ""), "utf-8")
    assert site.run("archive") == 2
    assert "base_url" in capsys.readouterr().err


def test_without_warcio_it_is_told_how_to_get_it(
    site: SiteFolder, capsys: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    assert site.run("archive") == 2
    assert "uv run --extra archive build.py archive" in capsys.readouterr().err
