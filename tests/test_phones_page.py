"""All phones and counters of the site: each number once with all that give it, and a sheet to call round."""

from __future__ import annotations

import re

import pytest
from sample_site import Built
from site_folder import SiteFolder


def write(site: SiteFolder) -> SiteFolder:
    """Write a site of two areas whose numbers overlap."""
    return site.write_all(
        {
            "site.yaml": "name: 试县\nsearch: 否\nphones: {number: 12345, label: 热线}\nsupervision: {unit: 监察局, phones: 12388}\n",
            "content/areas.yaml": "zhen: {name: 甲镇, level: 乡镇街道}\ncun: {name: 乙村, level: 村社区}\n",
            "content/topics.yaml": "shebao: 社保\n",
            "content/departments/suo.yaml": """\
name: 社保所
area: zhen
phones: 022-65775272
offices: [{name: 财务科, phones: 022-65775273}]
supervision: {unit: 纪检办, phones: 022-65775272}
""",
            "content/places/dating.yaml": """\
name: 镇大厅
kind: 办事大厅
area: zhen
phones: {number: 022-65775272, hours: 上午}
windows: [{name: 民政窗口, number: 3号, phones: 022-65775280}, 档案窗口]
""",
            "content/places/shequ.yaml": """\
name: 各社区
kind: 社区
area: zhen
branches: [{id: dong, name: 东社区, phones: 022-65770001}, {id: xi, name: 西社区, phones: 022-65770002}]
""",
            "content/items/zhen/banka.yaml": "name: 办卡\ndepartment: suo\ntopics: shebao\nphones: [022-65775272, 022-66000001]\n",
            "content/items/zhen/tingka.yaml": "name: 停卡\ntopics: shebao\nvisibility: 内部\nphones: 022-69999999\n",
            "content/items/cun/dengji.yaml": "name: 登记\ntopics: shebao\nphones: [022-66000001, 022-67000002]\n",
        }
    )


@pytest.fixture
def phones(site: SiteFolder) -> SiteFolder:
    write(site).built()
    return site


def text(site: SiteFolder, page: str) -> str:
    main = site.page(page).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


def test_each_number_stands_once_with_all_that_give_it_by_area_and_office(phones: SiteFolder) -> None:
    assert text(phones, "phones.html").partition("甲镇 乙村 ")[2] == (
        "几个地方共用的 本站 12345 试县 热线 12388 试县 监督投诉"
        " 只写在指南里的 022-6600 0001 办卡 登记 打印电话核对表"
        " 甲镇 单位 022-6577 5272 社保所 社保所 纪检办，监督投诉 镇大厅 上午 办卡 022-6577 5273 社保所 财务科"
        " 办事地点和窗口 022-6577 5280 镇大厅 民政窗口（3号） 电话暂缺 镇大厅 档案窗口"
        " 社区和村 022-6577 0001 各社区 东社区 022-6577 0002 各社区 西社区 打印电话核对表"
        " 乙村 只写在指南里的 022-6700 0002 登记 打印电话核对表"
    )


def test_no_number_of_what_is_not_public_is_told(phones: SiteFolder) -> None:
    assert "6999" not in phones.page("phones.html")


def test_the_sheet_of_an_area_has_its_numbers_and_room_to_mend_them(phones: SiteFolder) -> None:
    said = text(phones, "print/phones/zhen.html")
    assert said.count(" 对 不对，改成：") == 5
    assert "电话暂缺 镇大厅（档案窗口） 补上：" in said
    assert "12345" in text(phones, "print/phones.html")
    assert not (phones.out / "print/phones/elsewhere.html").exists()
    assert '../print/phones/cun.html">' in phones.page("print/index.html")
    assert '../print/phones.html">' in phones.page("print/index.html")


def test_what_gives_no_number_is_told_once_and_on_the_sheet_with_offices_places_and_communities(
    site: SiteFolder,
) -> None:
    write(site).write_all(
        {
            "content/departments/ke.yaml": "name: 文教科\n",
            "content/departments/xianzhi.yaml": "name: 没有事的科\n",
            "content/items/zhen/ruxue.yaml": "name: 入学\ndepartment: ke\ntopics: shebao\n",
            "content/places/zhan.yaml": "name: 林业站\nkind: 便民服务站\narea: zhen\n",
        }
    )
    windows = "windows: [{name: 一窗, phones: 022-65775280}, {name: 二窗, phones: 022-65775280}, 档案窗口, 社保窗口]\n"
    dating = (site.folder / "content/places/dating.yaml").read_text("utf-8")
    site.write("content/places/dating.yaml", dating.partition("windows:")[0] + windows)
    site.replace("content/places/shequ.yaml", "phones: 022-65770002}", "address: 西街}")
    site.built()
    assert "022-6577 5280 镇大厅 一窗、二窗 电话暂缺 镇大厅 档案窗口、社保窗口 社区和村" in text(site, "phones.html")
    assert [one for one in ("文教科", "林业站", "西社区") if one in text(site, "phones.html")] == []
    said = text(site, "print/phones/zhen.html")
    for one in ("文教科", "镇大厅（档案窗口、社保窗口）", "林业站", "各社区（西社区）"):
        assert said.count(f"电话暂缺 {one} 补上：") == 1
    assert "没有事的科" not in said


def test_a_long_sheet_goes_on_in_another(phones: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.render.pagination.PAGE_LINES", 5)
    assert phones.build("--clean") == 0
    assert 'href="../../print/phones/zhen/2.html">下一页' in phones.page("print/phones/zhen.html")
    said = text(phones, "print/phones/zhen/2.html")
    assert "电话核对表（第2页） · 甲镇" in said
    assert "社区和村（续） 022-6577 0002" in said


def test_without_paper_there_is_the_list_only(site: SiteFolder) -> None:
    write(site).set("site.yaml", "print_guides", "否")
    site.built()
    assert "核对表" not in site.page("phones.html")
    assert not (site.out / "print").exists()


def test_a_site_of_which_no_number_is_known_has_no_such_page(site: SiteFolder) -> None:
    site.write("site.yaml", "name: 试\nsearch: 否\n")
    site.write("content/areas.yaml", "zhen: {name: 甲镇, level: 乡镇街道}\n")
    site.write("content/items/zhen/banka.yaml", "name: 办卡\n")
    site.built()
    assert not (site.out / "phones.html").exists()
    assert "电话和窗口" not in site.page("index.html")


def test_a_number_of_many_guides_names_a_few_and_counts_the_rest(site: SiteFolder) -> None:
    write(site)
    for n in range(7):
        site.write(f"content/items/cun/shi{n}.yaml", f"name: 第{n}件事\ntopics: shebao\nphones: 022-67000009\n")
    site.built()
    assert "022-6700 0009 第0件事 第1件事 第2件事 第3件事 第4件事 另有 2 份指南也写着它" in text(site, "phones.html")


def test_no_number_of_the_sample_stands_twice(built: Built) -> None:
    page = (built.folder / "phones.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    numbers = re.findall(r'href="tel:([^"]+)"', page)
    assert len(numbers) == len(set(numbers)) >= 17
