"""A review asks the search only for what the change may have moved, and tells what is no longer found first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from review_world import branched, reviewed

from builder.checks.search_names import check_found, near
from builder.cli.console import no_progress
from builder.pipeline import check
from builder.project import open_project
from builder.support.processes import Processes


def test_names_of_the_changed_item_and_those_that_read_alike_are_asked(tmp_path: Path) -> None:
    site = branched(tmp_path / "site")
    site.set("content/items/zhen/dibao.yaml", "aliases", "[吃低保, 临时困难]")
    collected = check(open_project(site.folder / "site.yaml"), Processes(1), no_progress, date(2026, 11, 3)).site
    asked: list[str] = []

    def nothing(texts: Sequence[str]) -> list[str]:
        asked.extend(texts)
        return [""] * len(asked)

    findings = list(check_found(collected, nothing, near(["dibao"], collected)))
    assert {*asked} == {"申请低保", "吃低保", "临时困难", "申请临时救助"}
    assert len(findings) == len(asked)


def test_a_change_of_names_is_proved_and_one_of_times_is_not_told_of(tmp_path: Path) -> None:
    site = branched(tmp_path / "site")
    site.set("content/items/zhen/dibao.yaml", "aliases", "[吃低保]")
    assert reviewed(site)["search"] == []
