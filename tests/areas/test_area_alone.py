"""An area built alone leaves its pages in a folder of its own; a build takes those that are as it would make them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from areas_world import LED_TO, built_anew, item, three_areas
from site_folder import REPOSITORY, SiteFolder, differing, files_in

from builder.cli import last_build
from builder.publish.artifact import MANIFEST

Said = pytest.CaptureFixture[str]

GUIDE, OTHER_GUIDE = "items/lingka.html", "items/xin.html"  # of xi


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    """A site of three areas. One has two items."""
    return three_areas(site).write_all({"content/items/xi/xin.yaml": item("补领社保卡")})


def alone(site: SiteFolder, area: str = "xi") -> Path:
    """Return where the pages of an area are that was built alone."""
    return site.folder / ".cache/areas" / area / "site"


def is_taken(site: SiteFolder, path: str) -> bool:
    """Return whether a published page is the very file that stands in the folder of its area."""
    return (site.out / path).samefile(alone(site) / path)


def test_areas_built_alone_are_taken_as_they_are_and_the_site_is_as_if_built_anew(
    site: SiteFolder, capsys: Said
) -> None:
    assert site.build("--area", "xi", "--area", "nan") == 0
    said = capsys.readouterr().out
    assert ".cache/areas/xi/site" in said
    assert ".cache/areas/nan/site" in said
    assert not site.out.exists()

    assert site.build() == 0
    made = {path for path in files_in(alone(site)) if path != MANIFEST}
    assert GUIDE in made
    assert all(is_taken(site, path) for path in made)
    assert differing(site.published(), built_anew(site)) == []


def test_what_was_edited_since_is_made_again_and_the_rest_is_taken(site: SiteFolder) -> None:
    assert site.build("--area", "xi", "--area", "nan") == 0
    site.set(LED_TO, "obligations", "当面讲清楚")

    assert site.build() == 0
    assert "当面讲清楚" in site.page(GUIDE)
    assert is_taken(site, OTHER_GUIDE)
    assert differing(site.published(), built_anew(site)) == []


def test_an_edited_area_built_alone_brings_its_edit_into_the_site(site: SiteFolder) -> None:
    assert site.build() == 0
    before = site.published()
    site.set(LED_TO, "title", "怎么领社保卡")

    assert site.build("--area", "xi") == 0
    assert differing(site.published(), before) == []
    assert "怎么领社保卡" in (alone(site) / GUIDE).read_text("utf-8")

    assert site.build() == 0
    assert is_taken(site, GUIDE)
    assert differing(site.published(), built_anew(site)) == []


def damage(path: Path) -> None:
    path.write_text("<p>改过", "utf-8")


def damage_in_secret(path: Path) -> None:
    """Change a page so that its size stays."""
    path.write_bytes(path.read_bytes().replace(b"<", b">"))


def lose(path: Path) -> None:
    path.unlink()


def replace_by_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("xin.html"))


@pytest.mark.parametrize("harm", [damage, damage_in_secret, lose, replace_by_link])
def test_a_page_that_is_not_as_it_was_made_is_not_taken(site: SiteFolder, harm: Callable[[Path], None]) -> None:
    assert site.build("--area", "xi") == 0
    harm(alone(site) / GUIDE)

    assert site.build() == 0
    assert is_taken(site, OTHER_GUIDE)
    assert differing(site.published(), built_anew(site)) == []


def test_a_record_that_is_damaged_costs_only_time(site: SiteFolder) -> None:
    assert site.build("--area", "xi") == 0
    for record in (site.folder / ".cache/areas/xi/published").glob("*.json"):
        record.write_bytes(record.read_bytes()[:-100])

    assert site.build() == 0
    assert not is_taken(site, GUIDE)
    assert differing(site.published(), built_anew(site)) == []


def test_pages_are_copied_where_the_disk_has_no_hard_links(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise OSError(1, "no links")

    monkeypatch.setattr(os, "link", refuse)
    assert site.build("--area", "xi") == 0
    assert site.build() == 0
    assert (site.out / GUIDE).stat().st_mtime_ns == (alone(site) / GUIDE).stat().st_mtime_ns
    assert not is_taken(site, GUIDE)
    assert differing(site.published(), built_anew(site)) == []


def test_a_clean_build_takes_nothing(site: SiteFolder) -> None:
    assert site.build("--area", "xi") == 0
    assert site.build("--clean") == 0
    assert not alone(site).exists()


def test_several_jobs_at_once_do_not_disturb_each_other(site: SiteFolder) -> None:
    command = (
        sys.executable,
        str(REPOSITORY / "build.py"),
        "--jobs",
        "1",
        "--quiet",
        "--site",
        site.settings,
        "--area",
    )
    jobs = [subprocess.Popen((*command, area)) for area in ("xi", "nan", "dong")]
    assert [job.wait() for job in jobs] == [0, 0, 0]

    assert site.build() == 0
    assert is_taken(site, GUIDE)
    assert differing(site.published(), built_anew(site)) == []


def test_an_area_that_is_gone_leaves_no_folder(site: SiteFolder) -> None:
    assert site.build("--area", "dong") == 0
    shutil.rmtree(site.folder / "content/items/dong")
    assert site.build() == 0
    assert not alone(site, "dong").parent.exists()


def test_odd_names_of_folders_stay_in_the_cache(site: SiteFolder) -> None:
    odd = [
        " ",
        "a b",
        "published",
        "site",
        "新城",
        *(["a\\..\\..\\x", "a:b", "…", "a\nb"] if os.name == "posix" else []),
    ]
    for area in odd:
        site.write(f"content/items/{area}/xin.yaml", item("新事项"))
    before = site.everything()

    assert site.build("--area", odd[-1]) == 1, "an area has an id"
    assert site.everything() == before
    kept = {path.name for path in (site.folder / ".cache/areas").iterdir()}
    assert kept == {path.name for path in (site.folder / "content/items").iterdir()}


@pytest.mark.parametrize("area", ["xii", "..", "", "xi/", "mei-you"])
def test_an_unknown_area_is_told(site: SiteFolder, area: str, capsys: Said) -> None:
    assert site.build("--area", "xi", "--area", area) == 2
    said = capsys.readouterr().err
    assert f"没有“{area}”这个地区" in said
    assert "xi" in said
    assert not alone(site).exists()


@pytest.mark.parametrize("other", [("--cluster", "127.0.0.1:8786"), ("--out", "elsewhere")])
def test_what_has_no_meaning_for_one_area_is_refused(site: SiteFolder, other: tuple[str, str], capsys: Said) -> None:
    with suppress(SystemExit):
        assert site.build("--area", "xi", *other) == 2
    assert "--area" in capsys.readouterr().err
    assert not alone(site).exists()


def test_an_error_anywhere_makes_nothing(site: SiteFolder, capsys: Said) -> None:
    site.write("content/items/dong/xin.yaml", "name: [\n")
    assert site.build("--area", "xi") == 1
    assert "content/items/dong/xin.yaml:1:" in capsys.readouterr().out
    assert not alone(site).exists()


def test_a_warning_makes_nothing_where_asked_so(site: SiteFolder) -> None:
    site.write("content/items/dong/xin.yaml", "name: 新事项\n")  # without a topic it is hard to find
    assert site.build("--area", "xi", "--strict") == 1
    assert not alone(site).exists()


def test_the_answer_of_the_last_build_is_neither_given_nor_lost(
    site: SiteFolder, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_build, "RACY_NS", -(10**12))  # what was just written is known by its facts
    assert site.build() == 0
    note = (site.folder / ".cache/last-build.json").read_bytes()
    capsys.readouterr()

    assert site.build("--area", "xi") == 0
    assert ".cache/areas/xi/site" in capsys.readouterr().out
    assert (site.folder / ".cache/last-build.json").read_bytes() == note
