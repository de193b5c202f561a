"""When a place is open: by season, of each branch; what the item says of its own hours replaces them everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from guide_world import guide, words
from site_folder import SiteFolder

from builder.content.model.companions import Place
from builder.content.model.contacts import Hours
from builder.content.validate import build
from builder.guide import plain_text_of
from builder.wording.hours import hours_there

SUMMER, WINTER = "8:00-12:00，15:00-18:00", "8:30-12:00，13:30-17:00"
HALL = f"""\
name: 镇大厅
kind: 办事大厅
area: jia
hours:
  - {{when: 5月1日至9月30日, hours: "{SUMMER}"}}
  - {{when: 10月1日至次年4月30日, hours: "{WINTER}"}}
"""
BRANCHES = """\
name: 各社区
kind: 社区
area: jia
hours: 周一至周五
branches:
  - {id: dong, name: 东社区, phones: 12333, hours: 周末也开 9:00-16:00}
  - {id: xi, name: 西社区, phones: 12345}
"""
FILES = {
    "site.yaml": "name: 试\nsearch: 否\n",
    "content/areas.yaml": "jia: {name: 甲镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shenghuo: 生活\n",
    "content/departments/suo.yaml": "name: 甲镇社保所\nhours: [{when: 夏季, hours: 8:00-18:00}, {when: 冬季, hours: 8:30-17:00}]\n",
    "content/places/dating.yaml": HALL,
    "content/places/shequ.yaml": BRANCHES,
    "content/items/jia/guashi.yaml": "name: 挂失\ndepartment: suo\ntopics: shenghuo\nplaces: [dating, shequ]\n",
    "content/items/jia/ticha.yaml": "name: 体检\ndepartment: suo\ntopics: shenghuo\nplaces: [dating, shequ]\nhours: 周二 9:00-11:00\n",
}


@pytest.fixture
def public(site: SiteFolder) -> Path:
    """The built site of a hall with two seasons, and communities of which one is open at other hours."""
    return site.write_all(FILES).built()


def text(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")).split())


def test_every_page_of_a_place_tells_its_seasons(public: Path) -> None:
    seasons = f"办公时间 5月1日至9月30日：{SUMMER} 10月1日至次年4月30日：{WINTER}"
    for page in (
        "places/index.html",
        "places/dating.html",
        "index.html",
        "items/guashi.html",
        "print/guide/guashi.html",
    ):
        assert seasons in text(public / page), page
    assert "办公时间 夏季：8:00-18:00；冬季：8:30-17:00" in text(public / "departments/suo.html")


def test_a_branch_tells_its_own_hours(public: Path) -> None:
    for page in ("places/shequ.html", "items/guashi.html", "print/guide/guashi.html"):
        assert "东社区 周末也开 9:00-16:00 12333" in text(public / page), page
        assert "西社区 12345" in text(public / page), page
    leaflets = text(public / "print/leaflet/guashi.html")
    assert "周末也开 9:00-16:00 打电话问 12333" in leaflets
    assert leaflets.count("周末也开") == 1


@pytest.mark.parametrize("page", ["items/ticha.html", "print/guide/ticha.html", "print/leaflet/ticha.html"])
def test_the_hours_of_an_item_are_the_only_ones_that_its_guide_tells(public: Path, page: str) -> None:
    told = text(public / page)
    assert SUMMER not in told
    assert "周末也开" not in told
    if "leaflet" not in page:
        assert told.count("办理时间 周二 9:00-11:00") == 2  # once with each place
        assert "办公时间" not in told


def test_hours_of_an_item_without_places_stand_among_its_facts() -> None:
    one = guide(hours=["周二 9:00-11:00"])
    assert dict(one.common.facts)["办理时间"] == ("周二 9:00-11:00",)
    with_place = guide(hours="周二 9:00-11:00", places="dating")
    assert "办理时间" not in dict(with_place.common.facts)
    assert any("周二 9:00-11:00" in line for part in plain_text_of(with_place, words()) for line in part.lines)


def test_days_without_a_time_of_day_are_told_with_the_hours_of_the_place() -> None:
    own, of_place = (
        [Hours(hours="每周三")],
        [Hours(when="夏季", hours="8:00-18:00"), Hours(when="冬季", hours="8:30-17:00")],
    )
    assert hours_there(own, of_place, words()) == ("每周三（办公时间：夏季：8:00-18:00；冬季：8:30-17:00）",)
    assert hours_there(own, (), words()) == ("每周三",)
    assert hours_there([Hours(hours="每周三上午")], of_place, words()) == ("每周三上午",)


def test_seasons_as_names_of_fields_are_refused_with_the_lines_to_write() -> None:
    hours = {"夏季": "8:00-12:00", "冬季": "8:30-12:00"}
    _, (wrong,) = build(Place, {"name": "大厅", "kind": "办事大厅", "hours": hours}, "x.yaml")
    assert wrong.hint == "一样写一条：“- {when: 夏季, hours: 8:00-12:00}”“- {when: 冬季, hours: 8:30-12:00}”"


def test_a_season_without_hours_is_refused_in_words() -> None:
    _, (wrong, *_) = build(Place, {"name": "大厅", "kind": "办事大厅", "hours": [{"when": "夏季"}]}, "x.yaml")
    assert (wrong.code, wrong.says) == ("S102", "缺少 hours（哪几天、几点）")
