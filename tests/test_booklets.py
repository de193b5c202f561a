"""Booklets bind the guides that were made: contents in order, two indexes, names that have no content, an edition of all."""

from __future__ import annotations

import re

import pytest
from site_folder import SiteFolder

CARD = "name: 挂失社保卡\ntitle: 社保卡丢了怎么办\ndepartment: suo\ntopics: shebao\nmaterials:\n  - ref: shenfenzheng\n"
CARD += "steps:\n  - {actor: 申请人, do: 交申请}\n  - {actor: 窗口, do: 挂失}\n"
HEATING = "name: 取暖补贴\ntitle: 领取暖补贴\ndepartment: suo\ntopics: shebao\nmaterials:\n  - ref: shenfenzheng\n  - ref: hukoubu\n"
LIST = """\
title: 社保手册
department: suo
edition: 2014年3月版
preface: 前面的话。
entries:
  - {number: 1, name: 取暖补贴, page: 3, item: qunuan}
  - {number: 2, name: 只有名称的事, page: 5}
  - {number: 3, name: 挂失社保卡, part: 办事指南, item: guashi}
  - {number: 4, name: 挂失社保卡, part: 流程图, item: guashi}
"""


FILES = {
    "site.yaml": "name: 试\nsearch: 否\n",
    "content/areas.yaml": "jia: {name: 甲镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保\n",
    "content/materials.yaml": "shenfenzheng: 身份证\nhukoubu: 户口簿\n",
    "content/departments/suo.yaml": "name: 甲镇社保所\nphones: 022-65775272\n",
    "content/items/jia/guashi.yaml": CARD,
    "content/items/jia/qunuan.yaml": HEATING,
    "content/booklets/shouce.yaml": LIST,
}


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    """A site with two items, a list of four entries, and a library of two materials."""
    return site.write_all(FILES)


def booklet(site: SiteFolder, name: str) -> str:
    site.built()
    return site.page(f"print/booklet/{name}.html")


def part(text: str, name: str) -> str:
    found = re.search(rf'<section class="{name}[^"]*">(.*?)</section>', text, re.DOTALL)
    assert found
    return found[1]


def test_a_list_keeps_its_own_order_and_says_which_entries_are_names_only(site: SiteFolder) -> None:
    contents = part(booklet(site, "shouce"), "contents")
    assert re.findall(r'entry-name">([^<]+)<', contents) == [
        "取暖补贴（办事指南）",
        "只有名称的事（办事指南）",
        "挂失社保卡（办事指南）",
        "挂失社保卡（流程图）",
    ]
    assert contents.count("只有名称，内容还没有写") == 1
    assert re.findall(r'href="#([^"]+)"', contents) == ["b-qunuan", "b-guashi", "c-guashi"]


def test_every_link_inside_a_booklet_has_its_target(site: SiteFolder) -> None:
    for name in ("shouce", "department-suo", "topic-shebao"):
        text = booklet(site, name)
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'\bid="([^"]+)"', text)), name
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name


def test_chapters_are_the_sheets_of_their_items_under_one_title(site: SiteFolder) -> None:
    text = booklet(site, "department-suo")
    sheet = site.page("print/guide/guashi.html")
    code = re.search(r'data-edition="([0-9A-F]{6})"', sheet)
    assert code
    assert f'data-edition="{code[1]}"' in text
    assert text.count("<h1") == 1
    assert "甲镇社保所办事指南" in text
    assert re.findall(r'<section class="bound" id="b-([a-z]+)">', text) == ["qunuan", "guashi"]


def test_the_indexes_lead_from_titles_and_from_materials_to_chapters(site: SiteFolder) -> None:
    text = booklet(site, "topic-shebao")
    assert re.findall(r"<h3>([A-Z])</h3>", part(text, "index")) == ["L", "S"]
    rows = re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", part(text, "index by-material"))
    found = {name: re.findall(r">(第\d+篇)<", cells) for name, cells in rows}
    assert found == {"户口簿": ["第1篇"], "身份证": ["第1篇", "第2篇"]}
    assert "022-6577 5272" in part(text, "phone-list")


def test_a_booklet_is_bound_again_when_a_guide_changes_and_only_then(site: SiteFolder) -> None:
    before = booklet(site, "shouce")
    assert booklet(site, "shouce") == before
    site.replace("content/items/jia/guashi.yaml", "交申请", "打电话")
    after = booklet(site, "shouce")
    assert "打电话" in after
    codes = [re.findall(r"版本：([0-9A-F]{6})", text)[0] for text in (before, after)]
    assert codes[0] != codes[1]
    assert site.build("--clean") == 0
    assert site.page("print/booklet/shouce.html") == after


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("社保手册", "社保和取暖手册"),
        ("2014年3月版", "2015年版"),
        ("前面的话", "新的前言"),
        ("只有名称的事", "另一件事"),
    ],
)
def test_a_booklet_that_says_something_else_is_another_edition(site: SiteFolder, was: str, is_now: str) -> None:
    before = booklet(site, "shouce")
    site.replace("content/booklets/shouce.yaml", was, is_now)
    codes = [re.findall(r"版本：([0-9A-F]{6})", text)[0] for text in (before, booklet(site, "shouce"))]
    assert codes[0] != codes[1]


def test_one_item_alone_is_no_booklet(site: SiteFolder) -> None:
    site.set("content/items/jia/qunuan.yaml", "department", "bangongshi")
    site.write("content/departments/bangongshi.yaml", "name: 甲镇办公室\n")
    booklet(site, "topic-shebao")
    assert not (site.out / "print/booklet/department-suo.html").exists()
    index = site.page("print/index.html")
    linked = set(re.findall(r'href="(?:\.\./)*(print/[^"]+)"', index))
    assert all((site.out / path).is_file() for path in linked)
    assert "print/booklet/topic-shebao.html" in linked
