"""The guides of other offices in examples/: they build without a word, and their facts stand in fields of their own."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from site_folder import REPOSITORY, SiteFolder

from builder.checks.completeness import completeness, missing_by_element
from builder.cli.console import no_progress
from builder.content.model.item import Item
from builder.content.site import Site
from builder.pipeline import check
from builder.project import open_project
from builder.support.processes import Processes

# What real guides of a county say that a simple guide does not, and an item that says it.
SAID = {
    "coverage": "putong-huzhao",
    "visits": "putong-huzhao",
    "name_en": "putong-huzhao",
    "delivery": "putong-huzhao",
    "online": "qiye-biangeng-dengji",
    "appointment": "yiti-huohua",
    "depth": "zhaijidi-shenpi",
    "windows": "xiaoxue-ruxue",
    "hours": "hukou-qianyi",
    "units": "huanping-shenpi",
}


@pytest.fixture(scope="module")
def site() -> Site:
    found = check(
        open_project(REPOSITORY / "examples/qingjiang/site.yaml"), Processes(1), no_progress, date(2026, 11, 28)
    )
    assert found.findings == ()
    return found.site


def test_only_what_the_documents_do_not_say_is_missing(site: Site) -> None:
    missing = {"申请条件": 2, "办理地点": 1, "收费标准": 1, "办理时间": 1, "办理时限": 3}
    assert missing_by_element(completeness(site)) == missing


@pytest.mark.parametrize(("field", "item"), SAID.items())
def test_what_only_some_guides_say_has_a_field(site: Site, field: str, item: str) -> None:
    (card,) = [card for card in site.cards if card.id == item]
    assert getattr(Item.model_validate(site.raw_of(card.file)), field)


def test_it_is_built_as_it_stands(tmp_path: Path) -> None:
    copy = SiteFolder(Path(shutil.copytree(REPOSITORY / "examples/qingjiang", tmp_path / "site")))
    copy.set("site.yaml", "search", "否")
    copy.built()
    guide = copy.page("items/jicheng-gongzheng.html")
    assert "按受益额分段，0.1%至1.2%" in guide
    assert "Issuance of Ordinary Passports" in copy.page("items/putong-huzhao.html")
