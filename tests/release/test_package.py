"""`build.py package`, as a webmaster runs it: what lies in the folder of a release, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from review_world import FILES, branched, git
from site_folder import Files, SiteFolder, files_in

from builder.project import open_project
from builder.release.contents import NotPackaged, contents_of
from builder.release.release import Release, releases_in
from builder.release.writing import write_release
from builder.upload.ledger import Ledger, ledger_file, write_ledger

Said = pytest.CaptureFixture[str]

ADDRESS = "https://www.example.gov.cn/bszn"
PHONE = "content/departments/minzheng.yaml"


@pytest.fixture(scope="module")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    site = branched(tmp_path_factory.mktemp("office") / "site")
    site.write("site.yaml", f"{FILES['site.yaml']}base_url: {ADDRESS}\nrelease: {{contact: 镇信息办 0716-1234567}}\n")
    assert site.build() == 0
    return site


@pytest.fixture
def office(built_office: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """A small site under git, as it was built, on the third of November."""
    on(monkeypatch, 3)
    return SiteFolder(Path(shutil.copytree(built_office.folder, tmp_path / "site")))


def on(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr("builder.cli.clock.today", lambda: date(2026, 11, day))


def package(site: SiteFolder, *options: str, code: int = 0) -> Path:
    """Package and return the folder of the newest release."""
    assert site.run("package", "--jobs", "1", *options) == code
    found = releases_in(site.folder)
    return site.folder / "releases" / found[0].name if found else Path()


def newest(site: SiteFolder) -> Release:
    return releases_in(site.folder)[0]


def unpacked(file: Path) -> Files:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_release_holds_the_published_site_and_all_that_its_receiver_needs(office: SiteFolder) -> None:
    folder = package(office)

    assert unpacked(folder / "site.zip") == office.published()
    assert set(files_in(folder)) == {
        "SHA256SUMS",
        "addresses.txt",
        "files.sha256",
        "release.json",
        "server/apache.htaccess",
        "server/nginx.conf",
        "server/web.config",
        "shuoming.html",
        "shuoming.txt",
        "site.zip",
    }
    manifest = json.loads((office.out / "data/manifest.json").read_bytes())
    assert folder.name == f"2026-11-03-{manifest['digest'][:8]}"
    assert f"{ADDRESS}/items/dibao.html" in (folder / "addresses.txt").read_text().splitlines()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_its_receiver_checks_the_folder_and_the_unpacked_site_with_sha256sum(
    office: SiteFolder, tmp_path: Path
) -> None:
    folder = package(office)
    on_the_host = tmp_path / "www"
    with zipfile.ZipFile(folder / "site.zip") as opened:
        opened.extractall(on_the_host)

    def check(at: Path, sums: Path) -> int:
        return subprocess.run(["sha256sum", "--check", "--quiet", sums], cwd=at, capture_output=True).returncode

    assert check(folder, folder / "SHA256SUMS") == 0
    assert check(on_the_host, folder / "files.sha256") == 0
    page = on_the_host / "items/dibao.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert check(on_the_host, folder / "files.sha256") == 1


def test_the_same_site_makes_the_same_bytes_whatever_was_built_before(
    office: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files_in(package(office))
    on(monkeypatch, 9)
    again = package(office, "--jobs", "2")  # six days later: it is still the same release
    assert files_in(again) == first

    other = SiteFolder(
        Path(shutil.copytree(office.folder, tmp_path / "copy", ignore=shutil.ignore_patterns(".cache", "releases")))
    )
    on(monkeypatch, 3)
    other.write(PHONE, "name: 民政办\nphones: 66660009\n")
    assert other.build() == 0
    other.write(PHONE, FILES[PHONE])
    assert files_in(package(other)) == first


def test_a_delta_laid_over_its_base_is_the_new_site_but_for_what_is_deleted_later(
    office: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write("static/forms/old.txt", "旧表")
    base = package(office)
    office.write(PHONE, "name: 民政办\nphones: 66660002\n")
    (office.folder / "static/forms/old.txt").rename(office.folder / "static/forms/new.txt")
    on(monkeypatch, 4)
    folder = package(office, "--since", base.name)

    delta = folder / f"delta-from-{base.name}.zip"
    with zipfile.ZipFile(delta) as opened:
        assert opened.comment == f"release {folder.name}, to be unpacked over release {base.name} and no other".encode()
    host = unpacked(base / "site.zip") | unpacked(delta)
    gone = (folder / "delete-next.txt").read_text().splitlines()
    assert gone == ["static/forms/old.txt"]
    assert {path: data for path, data in host.items() if path not in gone} == unpacked(folder / "site.zip")
    assert newest(office).base == base.name
    assert len(unpacked(delta)) < len(unpacked(folder / "site.zip"))


def test_what_vanishes_is_deleted_one_release_later(office: SiteFolder) -> None:
    office.write("static/forms/old.txt", "旧表")
    package(office)
    (office.folder / "static/forms/old.txt").unlink()
    second = package(office)
    assert not (second / "delete-now.txt").exists()
    assert (second / "delete-next.txt").read_text() == "static/forms/old.txt\n"
    assert "delete-next.txt 里的 1 个文件这一次不删" in (second / "shuoming.txt").read_text("utf-8")
    office.write(PHONE, "name: 民政办\nphones: 66660002\n")
    third = package(office)

    assert (third / "delete-now.txt").read_text() == "static/forms/old.txt\n"
    assert not (third / "delete-next.txt").exists()
    assert "再删 delete-now.txt 里的 1 个文件" in (third / "shuoming.txt").read_text("utf-8")


@pytest.mark.parametrize("asked", ["name", "mark", "newest"])
def test_the_base_is_named_in_full_or_by_its_eight_digits_or_is_the_newest(office: SiteFolder, asked: str) -> None:
    base = package(office).name
    office.write(PHONE, "name: 民政办\nphones: 66660002\n")
    since = {"name": [base], "mark": [base[-8:]], "newest": []}[asked]

    assert (package(office, "--since", *since) / f"delta-from-{base}.zip").is_file()


def test_a_base_that_nobody_has_is_refused_and_the_ones_that_there_are_named(office: SiteFolder, capsys: Said) -> None:
    package(office, "--since", code=2)
    assert "第一次不写 --since" in capsys.readouterr().err
    base = package(office).name
    for same in ((), (base,)):
        package(office, "--since", *same, code=2)
        assert f"和 {base} 一个字不差" in capsys.readouterr().err
    office.write(PHONE, "name: 民政办\nphones: 66660002\n")
    package(office, "--since", "2025-01-01-00000000", code=2)

    assert base in capsys.readouterr().err
    assert [release.name for release in releases_in(office.folder)] == [base]


def test_of_two_releases_of_one_day_the_later_one_is_the_newest(office: SiteFolder, capsys: Said) -> None:
    names: list[str] = []
    for number in range(4):
        office.write(PHONE, f"name: 民政办\nphones: 6666000{number}\n")
        names.append(package(office).name)
    assert [release.name for release in releases_in(office.folder)] == names[::-1]

    capsys.readouterr()
    assert office.run("releases") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("　")[0] for line in lines] == names[::-1]
    assert "和上一个比：改动" in lines[0]


def test_old_releases_go_but_never_the_base_of_one_that_stays(office: SiteFolder) -> None:
    names: list[str] = []
    for number in range(5):
        office.write(PHONE, f"name: 民政办\nphones: 6666000{number}\n")
        options = ("--since", names[1]) if number == 3 else ()
        names.append(package(office, "--keep", "2", *options).name)

    assert {release.name for release in releases_in(office.folder)} == {names[1], names[3], names[4]}


def test_a_release_that_a_target_shows_stays(office: SiteFolder) -> None:
    on_the_host = package(office).name
    write_ledger(ledger_file(office.folder, "0123"), Ledger("gov:bszn", shows=on_the_host))
    ledger_file(office.folder, "4567").write_text("{")
    for number in range(3):
        office.write(PHONE, f"name: 民政办\nphones: 6666000{number}\n")
        package(office, "--keep", "1")

    assert on_the_host in {release.name for release in releases_in(office.folder)}


def test_a_release_that_was_killed_half_written_is_gone_with_the_next(office: SiteFolder) -> None:
    half = office.folder / "releases/.2026-11-03-01234567.new"
    half.mkdir(parents=True)
    (half / "release.json").write_text("{}")
    package(office)

    assert [path.name for path in (office.folder / "releases").iterdir()] == [newest(office).name]


def test_nothing_is_packaged_with_content_errors(office: SiteFolder, capsys: Said) -> None:
    office.write("content/items/zhen/dibao.yaml", "name: 申请低保\ndepartment: meiyou\n")
    package(office, code=1)

    said = capsys.readouterr()
    assert "dibao.yaml:2" in said.out
    assert "没有打包" in said.err
    assert not (office.folder / "releases").exists()


def test_a_draft_is_never_packed(office: SiteFolder, tmp_path: Path) -> None:
    """Neither by the command, which builds without drafts, nor from a folder into which they came somehow."""
    office.write("content/items/zhen/caogao.yaml", f"{FILES['content/items/zhen/guer.yaml']}status: 草稿\n")
    assert "items/caogao.html" not in unpacked(package(office) / "site.zip")

    assert office.build("--drafts") == 0
    project = open_project(office.folder / "site.yaml", with_drafts=True)
    contents = contents_of(project.out)
    draft = Release("2026-11-03-00000000", "某镇", "", contents.files)
    with pytest.raises(NotPackaged, match=r"items/caogao\.html 是草稿"):
        write_release(tmp_path, project, contents, draft, None, (), None)


def test_a_name_in_chinese_is_refused_and_said_how_to_mend(office: SiteFolder, capsys: Said) -> None:
    office.write("static/forms/申请表.txt", "表")
    package(office, code=2)

    said = capsys.readouterr().err
    assert "static/forms/申请表.txt" in said
    assert "英文字母" in said
    (office.folder / "static/forms/申请表.txt").rename(office.folder / "static/forms/shenqingbiao.txt")
    package(office)


def test_a_page_that_vanished_is_not_packaged_until_its_address_leads_on(office: SiteFolder, capsys: Said) -> None:
    base = package(office)
    (office.folder / "content/items/zhen/guer.yaml").unlink()
    package(office, code=1)

    said = capsys.readouterr().out
    assert "R264" in said
    assert newest(office).name == base.name
    line = re.search(r"加一行“(.*?)”", said)
    assert line
    office.write("content/moved.yaml", f"{line[1]}\n")
    assert "items/guer.html" in unpacked(package(office) / "site.zip")


def test_where_signatures_are_demanded_an_unsigned_change_is_not_packaged(office: SiteFolder, capsys: Said) -> None:
    settings = office.read("site.yaml")
    office.write("site.yaml", f"{settings}review: {{required: 是}}\n")
    package(office)  # the first one: there is nothing to compare with
    assert "没有看改动签字没有" in capsys.readouterr().out
    git(office.folder, "commit", "-qam", "settings")
    base = package(office)
    office.replace("content/items/zhen/dibao.yaml", "20个工作日", "30个工作日")
    git(office.folder, "commit", "-qam", "slower")

    package(office, code=1)
    assert "申请低保：办得慢了（红），没有人签字" in capsys.readouterr().out
    assert newest(office).name == base.name
    sign(office, "main")
    assert package(office).name != base.name


def sign(site: SiteFolder, span: str) -> None:
    out = site.folder / ".cache/review.json"
    assert site.run("review", span, "--format", "json", "--out", str(out), "--jobs", "1") == 0
    number = json.loads(out.read_text("utf-8"))["number"]
    assert site.run("sign", number, span, "--who", "分管副镇长", "--jobs", "1") == 0


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no OpenSSH")
def test_a_signature_is_verified_as_the_sheet_says(office: SiteFolder, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    folder = package(office, "--sign", str(key))
    (command,) = (
        line.strip() for line in (folder / "shuoming.txt").read_text("utf-8").splitlines() if "-Y verify" in line
    )

    def verify() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)

    assert verify().stdout.startswith('Good "banshizhinan" signature')
    sums = folder / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("a", "b"))
    assert verify().returncode != 0


def test_a_key_that_is_not_there_stops_before_anything_is_written(office: SiteFolder, capsys: Said) -> None:
    package(office, "--sign", "meiyou", code=2)
    assert "没有这个密钥文件" in capsys.readouterr().err
    assert not (office.folder / "releases").exists()


def test_who_is_called_and_which_site_it_is_stand_on_the_sheet_and_in_the_text(office: SiteFolder) -> None:
    folder = package(office)
    for name in ("shuoming.html", "shuoming.txt"):
        said = (folder / name).read_text("utf-8")
        assert "镇信息办 0716-1234567" in said
        assert folder.name in said
        assert f"{ADDRESS}/data/manifest.json" in said


def test_the_sheet_is_one_page_even_with_all_that_it_may_say(
    office: SiteFolder, tmp_path: Path, browser: Browser
) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-N", "", "-C", "", "-f", tmp_path / "key"], check=True)
    office.set("site.yaml", "base_url", f"https://www.{'qingjiang' * 3}.gov.cn/zwfw/zhenjie/bszn")
    for name in ("one", "two", "three"):
        office.write(f"static/forms/{name}.txt", "表")
        package(office)
        (office.folder / f"static/forms/{name}.txt").unlink()
    folder = package(office, "--since", "--sign", str(tmp_path / "key"))
    text = (folder / "shuoming.txt").read_text("utf-8")
    assert all(name in text for name in ("delete-now.txt", "delete-next.txt", "delta-from-", "-Y verify"))

    page = browser.new_page()
    page.goto((folder / "shuoming.html").as_uri())
    with PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        assert len(printed) == 1
    page.close()


def test_a_site_without_an_address_is_packaged_and_told_what_it_lacks(office: SiteFolder, capsys: Said) -> None:
    office.write("site.yaml", FILES["site.yaml"])
    folder = package(office)

    assert "没有写网址" in capsys.readouterr().out
    assert newest(office).base_url == ""
    assert "items/dibao.html" in (folder / "addresses.txt").read_text().splitlines()
    assert "error_page 404 /404.html;" in (folder / "server/nginx.conf").read_text("utf-8")


def test_settings_of_servers_name_every_kind_of_file_and_the_path_of_the_site(office: SiteFolder) -> None:
    office.write("static/hours.ics", "BEGIN:VCALENDAR")
    office.write("static/plan.dwg", "AC1032")
    folder = package(office)

    texts = {path.name: path.read_text("utf-8") for path in (folder / "server").iterdir()}
    for ending in ("pagefind", "pf_meta", "pf_index", "pf_fragment", "wasm", "ics", "json", "dwg"):
        assert re.search(rf"[ /\w]+ [^;\n]*\b{ending}\b[^;\n]*;", texts["nginx.conf"]), ending
        assert re.search(rf"AddType \S+ .*\.{ending}\b", texts["apache.htaccess"]), ending
        assert f'<remove fileExtension=".{ending}" />\n      <mimeMap fileExtension=".{ending}"' in texts["web.config"]
    assert "text/calendar ics;" in texts["nginx.conf"]
    for text in texts.values():
        assert "/bszn/404.html" in text
    ET.fromstring(texts["web.config"])  # noqa: S314 - our own
