"""Places: a list by area and level, a page for each, and what is not known is said plainly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_folder import SiteFolder

HALL = """\
name: 镇大厅
kind: 办事大厅
area: zhen
address: 海滨大道12号
hours: 周一至周五
phones: 022-65775272
windows:
  - {name: 民政窗口, number: 3号}
note: 请先取号
"""
COMMUNITIES = """\
name: 各社区
kind: 社区
area: zhen
branches:
  - {id: dong, name: 东社区, address: 东街1号, phones: 022-65770001}
  - {id: xi, name: 西社区, phones: 022-65770002}
"""
UNKNOWN = "name: 林业站\nkind: 办公室\narea: zhen\n"


def built(site: SiteFolder, **places: str) -> Path:
    """Build a site of one area with these places, an item done in the first, and one done there in one of its cases."""
    site.write("site.yaml", "name: 试\nsearch: 否\nprint_guides: 否\nphones: 12345\n")
    site.write("content/areas.yaml", "zhen: {name: 天津市甲镇, level: 乡镇街道}\n")
    site.write("content/topics.yaml", "shebao: 社保\n")
    first = next(iter(places))
    for id, text in places.items():
        site.write(f"content/places/{id}.yaml", text)
    site.write("content/items/zhen/banka.yaml", f"name: 办社保卡\ntopics: shebao\nplaces: {first}\n")
    cases = f"variants:\n  - {{id: jia, name: 甲, places: {first}}}\n  - {{id: yi, name: 乙}}\n"
    site.write("content/items/zhen/dengji.yaml", f"name: 登记\ntopics: shebao\n{cases}")
    hidden = f"name: 内部的事\ntopics: shebao\nplaces: {first}\nvisibility: 内部\n"
    site.write("content/items/zhen/neibu.yaml", hidden)
    return site.built()


def text(page: Path) -> str:
    """Return the words in the main part of a page."""
    main = page.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


def test_what_a_county_has_besides_halls_is_grouped_by_kind(site: SiteFolder) -> None:
    public = built(
        site,
        gongzheng="name: 公证处\nkind: 公证处\narea: zhen\n",
        weisheng="name: 镇卫生院\nkind: 卫生院\narea: zhen\n",
        xiaoxue="name: 一小\nkind: 学校\narea: zhen\n",
        cun="name: 各村\nkind: 村委会\narea: zhen\nbranches: [{id: dong, name: 东村, phones: 12333}, {id: xi, name: 西村}]\n",
        paichusuo="name: 派出所\nkind: 派出所\narea: zhen\n",
        jizhan="name: 集市\nkind: 其他\narea: zhen\n",
    )
    headings = re.findall(r"<h2>([^<]+)</h2>", (public / "places/index.html").read_text("utf-8"))
    assert headings == ["社区和村", "派出所", "学校", "医院和卫生院", "公证和法律服务", "其他地方"]
    assert "共 2 个村" in text(public / "places/index.html")
    assert "共 2 个村 各处的地址请电话确认。 村 联系电话 东村" in text(public / "places/cun.html")


def test_the_list_goes_from_the_hall_down_to_the_communities(site: SiteFolder) -> None:
    page = built(site, linyezhan=UNKNOWN, shequ=COMMUNITIES, dating=HALL) / "places/index.html"
    assert re.findall(r"<h2>([^<]+)</h2>", page.read_text("utf-8")) == ["中心和大厅", "科室和单位", "社区和村"]
    assert "镇大厅 地址 海滨大道12号 办公时间 周一至周五 联系电话 022-6577 5272 窗口 民政窗口（3号）" in text(page)
    assert 'href="../places/shequ.html#branches"' in page.read_text("utf-8")


def test_a_place_of_which_nothing_is_known_says_so_and_whom_to_call(site: SiteFolder) -> None:
    public = built(site, linyezhan=UNKNOWN)
    assert "林业站 地址和电话请电话确认： 12345" in text(public / "places/index.html")
    assert "地址 请电话确认 办公时间 请电话确认 联系电话 12345" in text(public / "places/linyezhan.html")


def test_the_page_of_a_place_tells_its_windows_its_note_and_what_is_done_there(site: SiteFolder) -> None:
    page = built(site, dating=HALL) / "places/dating.html"
    assert "请先取号 窗口 民政窗口（3号）" in text(page)
    assert text(page).endswith("在这里能办的事 办社保卡 登记")
    assert 'href="tel:02265775272"' in page.read_text("utf-8")


def test_the_communities_of_a_place_are_a_table(site: SiteFolder) -> None:
    page = built(site, dating=HALL, shequ=COMMUNITIES) / "places/shequ.html"
    assert "共 2 个社区 社区 地址 联系电话 东社区 东街1号 022-6577 0001 西社区 请电话确认 022-6577 0002" in text(page)


def test_a_guide_leads_to_the_page_of_its_place(site: SiteFolder) -> None:
    assert "../places/dating.html" in (built(site, dating=HALL) / "items/banka.html").read_text("utf-8")


def test_the_home_page_tells_where_the_only_hall_is(site: SiteFolder) -> None:
    home = text(built(site, dating=HALL, shequ=COMMUNITIES) / "index.html")
    assert "办事大厅 镇大厅 地址 海滨大道12号 办公时间 周一至周五 联系电话 022-6577 5272 12345" in home
    assert "全部办事地点（2 处）" in home


def test_a_phone_that_hall_and_site_share_is_told_once(site: SiteFolder) -> None:
    hall = HALL.replace("022-65775272", "12345")
    assert hall != HALL
    home = text(built(site, dating=hall) / "index.html")
    assert "联系电话 12345" in home
    assert home.count("12345") == 1


@pytest.mark.parametrize("places", [{"a": HALL, "b": HALL.replace("镇大厅", "西大厅")}, {"a": UNKNOWN}])
def test_with_no_hall_or_several_the_home_page_leads_to_the_list(site: SiteFolder, places: dict[str, str]) -> None:
    home = text(built(site, **places) / "index.html")
    assert "海滨大道" not in home
    assert f"全部办事地点（{len(places)} 处）" in home


def test_a_site_without_places_has_no_list_of_them(site: SiteFolder) -> None:
    public = built(site, dating=HALL)
    for path in ("places/dating", "items/zhen/dengji", "items/zhen/neibu"):
        (site.folder / f"content/{path}.yaml").unlink()
    site.write("content/items/zhen/banka.yaml", "name: 办社保卡\ntopics: shebao\n")
    site.built()
    assert not (public / "places").exists()
    assert "办事地点" not in (public / "index.html").read_text("utf-8")
