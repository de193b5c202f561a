"""A site is built area by area: whatever each area is built by, and whatever changed, the site is as if built anew."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from areas_world import LEADING, LED_TO, THIRD, built_anew, item, three_areas
from site_folder import SiteFolder, differing

from builder import making
from builder.areas.make import make_areas
from builder.support import workers

Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    return three_areas(site)


@pytest.fixture
def _many_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let as few files as these keep a worker busy."""
    monkeypatch.setattr(workers, "FILES_PER_WORKER", 1)


@pytest.mark.usefixtures("_many_workers")
@pytest.mark.parametrize("jobs", ["2", "3"])
def test_whole_areas_made_by_workers_are_the_same_as_in_one_process(site: SiteFolder, jobs: str) -> None:
    assert site.run("build", "--jobs", jobs) == 0
    assert differing(site.published(), built_anew(site)) == []

    site.set(LED_TO, "title", "改了名称")
    site.set(THIRD, "rights", "改了一句话")
    assert site.run("build", "--jobs", jobs) == 0
    assert differing(site.published(), built_anew(site)) == []


@pytest.mark.usefixtures("_many_workers")
def test_workers_that_are_started_anew_as_on_windows_make_the_same_site(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_context", lambda _method: multiprocessing.get_context("spawn"))

    assert site.run("build", "--jobs", "2") == 0
    assert differing(site.published(), built_anew(site)) == []


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda site: site.set(LED_TO, "title", "改了名称"), id="it is called something else"),
        pytest.param(lambda site: site.set(LED_TO, "status", "已取消"), id="it has ended"),
        pytest.param(lambda site: site.set(LEADING, "next", "[]"), id="nothing leads to it"),
        pytest.param(lambda site: site.set(LED_TO, "next", "[banka]"), id="it leads back"),
        pytest.param(lambda site: (site.folder / THIRD).unlink(), id="another area is gone"),
        pytest.param(lambda site: site.write("content/items/xi/xin.yaml", item("补领社保卡")), id="it is not alone"),
    ],
)
def test_what_one_area_shows_of_another_follows_it(site: SiteFolder, edit: Callable[[SiteFolder], object]) -> None:
    assert site.build() == 0
    edit(site)

    assert site.build() == 0
    assert differing(site.published(), built_anew(site)) == []


def test_an_edit_that_others_cannot_see_makes_neither_lists_nor_other_areas(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.set("site.yaml", "print_guides", "否")  # no booklet takes up a guide
    assert site.build() == 0
    for name in ("making.plan_lists", "making.plan_booklets", "examining.check_site"):
        monkeypatch.setattr(f"builder.{name}", None)
    site.set(THIRD, "rights", "当面讲清楚")

    assert site.build() == 0
    assert "当面讲清楚" in site.page("items/guashi.html")


def test_what_was_found_between_files_is_told_again_at_the_line_where_it_stands_now(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site.build() == 0
    first = [line for line in capsys.readouterr().out.splitlines() if "R208" in line]
    site.write(LED_TO, "# 一行注释\n" + site.read(LED_TO))

    assert site.build() == 0
    again = [line for line in capsys.readouterr().out.splitlines() if "R208" in line]
    assert [line.split(": ")[1:] for line in first] == [line.split(": ")[1:] for line in again] != []
    assert first != again


def test_a_paper_is_told_to_be_out_of_date_though_no_list_shows_what_changed(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site.run("register", "lingka", "--paper", "流程图海报", "--note", "门口") == 0
    assert site.build() == 0
    assert "R240" not in capsys.readouterr().out
    site.set(LED_TO, "rights", "当面讲清楚")

    assert site.build() == 0
    assert "R240" in capsys.readouterr().out


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.usefixtures("_many_workers")
def test_a_store_that_keeps_nothing_makes_a_build_slower_and_no_other(site: SiteFolder, jobs: str) -> None:
    for area in (site.folder / "content/items").iterdir():
        site.write(f".cache/areas/{area.name}", "not a folder")

    assert site.run("build", "--jobs", jobs) == 0
    site.set(LED_TO, "title", "改了名称")
    assert site.run("build", "--jobs", jobs) == 0
    assert differing(site.published(), built_anew(site)) == []


def test_a_store_that_lost_what_it_had_is_filled_again(site: SiteFolder) -> None:
    assert site.build() == 0
    for store in (site.folder / ".cache/areas").glob("*/store.sqlite"):
        Path(store).unlink()
    site.set(LED_TO, "title", "改了名称")

    assert site.build() == 0
    assert differing(site.published(), built_anew(site)) == []


def edited_after_study(site: SiteFolder, monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]) -> None:
    """Let an item be edited, and something else happen, when a build has studied all areas and begins to make pages."""

    def make(*arguments: Any) -> Any:
        monkeypatch.undo()
        site.set(THIRD, "title", "又改了名称")
        then()
        return make_areas(*arguments)

    monkeypatch.setattr(making, "make_areas", make)


def lose_stores(site: SiteFolder) -> None:
    for store in (site.folder / ".cache/areas").glob("*/store.sqlite"):
        store.unlink()


def test_an_edit_during_a_build_is_in_the_next_one(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built_anew(site)
    edited_after_study(site, monkeypatch, lambda: None)
    assert site.build() == 0
    assert differing(site.published(), before) == []

    assert site.build() == 0
    assert differing(site.published(), built_anew(site)) == []


@pytest.mark.parametrize(
    "then", [lose_stores, lambda site: site.run("check", "--jobs", "1")], ids=["lost", "restudied"]
)
def test_what_was_studied_and_is_no_longer_there_ends_the_build(
    site: SiteFolder, then: Callable[[SiteFolder], object], monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    assert site.build() == 0
    before = site.published()
    site.set(THIRD, "title", "改了名称")
    edited_after_study(site, monkeypatch, lambda: then(site))

    assert site.build() == 3
    assert "“nan”的内容在生成的时候又改了" in capsys.readouterr().err
    assert site.published() == before
    assert site.build() == 0
    assert differing(site.published(), built_anew(site)) == []
