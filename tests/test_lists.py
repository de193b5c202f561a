"""Lists of items: in groups that residents can jump to when they are long, without saying twice what a heading says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from site_folder import SiteFolder

from builder.render.pages import machine_files
from builder.render.pagination import PAGE_LINES, Portion, cut

AREAS = """\
jia: {name: 天津市甲镇, short: 甲镇, level: 乡镇街道}
yi: {name: 天津市乙镇, short: 乙镇, level: 乡镇街道}
"""
TOPICS = "shebao: 社保\nyiliao: 看病\n"
AUDIENCES = "geren: 个人\nlaonianren: 老年人\nertong: 儿童\n"


def built(site: SiteFolder, *, items: int, departments: int = 1, settings: str = "", terms: str = "") -> Path:
    """Build a site of two areas: `items` items in 甲镇 over two topics and some departments, one item in 乙镇."""
    site.write("site.yaml", f"name: 试\nsearch: 否\nprint_guides: 否\n{settings}")
    site.write("content/terms.yaml", terms or "same: []\n")
    site.write("content/areas.yaml", AREAS)
    site.write("content/topics.yaml", TOPICS)
    site.write("content/audiences.yaml", AUDIENCES)
    site.write("content/places/dating.yaml", "name: 甲镇大厅\nkind: 办事大厅\narea: jia\nphones: 022-65775272\n")
    for n in range(departments):
        site.write(f"content/departments/d{n}.yaml", f"name: 第{n}所\narea: {'jia' if n % 2 == 0 else 'yi'}\n")
    for n in range(items):
        topic = ("shebao", "yiliao")[n % 2]
        site.write(
            f"content/items/jia/i{n}.yaml",
            f"name: 甲镇第{n}件事\ndepartment: d{n % departments}\ntopics: {topic}\naudiences: geren\ntime: 当场\n",
        )
    site.write("content/items/yi/other.yaml", "name: 乙镇的事\ndepartment: d0\ntopics: shebao\naudiences: geren\n")
    site.write(
        "content/items/yi/ended.yaml",
        "name: 停办的事\ntopics: shebao\naudiences: laonianren\nstatus: 已取消\nstatus_note: 停办\n",
    )
    return site.built()


def lines(page: Path) -> list[str]:
    """Return the items that a page lists, in their order."""
    return re.findall(r'<a class="row" href="[^"]*items/(\w+)\.html">', page.read_text("utf-8"))


def text(page: Path) -> str:
    """Return a page without its elements."""
    return re.sub("<[^>]*>", "", page.read_text("utf-8"))


def headings(page: Path) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", page.read_text("utf-8"))


def jumps(page: Path) -> list[str]:
    navigation = re.search(r'<nav class="jumps.*?</nav>', page.read_text("utf-8"), re.DOTALL)
    return re.findall(r">([^<\n]+)</a>", navigation[0]) if navigation else []


@pytest.mark.parametrize("page", ["areas/jia.html", "departments/d0.html"])
def test_a_long_list_is_grouped_by_topic_in_the_order_of_the_topics(site: SiteFolder, page: str) -> None:
    public = built(site, items=13)
    assert headings(public / page)[:2] == ["社保", "看病"]
    assert jumps(public / page) == ["社保", "看病"]


def test_a_short_list_is_one_list(site: SiteFolder) -> None:
    public = built(site, items=5)
    assert headings(public / "areas/jia.html") == ["地点和电话"]
    assert jumps(public / "areas/jia.html") == []


def test_a_topic_tells_areas_apart_by_headings_and_says_no_area_twice(site: SiteFolder) -> None:
    page = built(site, items=30) / "topics/shebao.html"
    assert headings(page) == ["甲镇", "乙镇"]
    assert jumps(page) == ["甲镇", "乙镇"]
    assert "甲镇 ·" not in page.read_text("utf-8")


def test_where_areas_are_mixed_each_line_says_its_area(site: SiteFolder) -> None:
    page = text(built(site, items=5) / "items/index.html")
    assert page.count("甲镇 · 当场办结") == 5
    assert page.count("乙镇 · 第0所承办") == 1


def test_lines_say_where_it_is_done_and_who_does_it_where_no_place_is_known(site: SiteFolder) -> None:
    public = built(site, items=5)
    assert text(public / "items/index.html").count("当场办结 · 第0所承办") == 5
    assert "第0所承办" not in text(public / "departments/d0.html")

    item = "content/items/jia/i0.yaml"
    site.set(item, "places", "dating")
    site.built()
    for page in ("items/index.html", "areas/jia.html", "departments/d0.html", "topics/shebao.html", "index.html"):
        assert "当场办结 · 在甲镇大厅办" in text(public / page)

    site.replace(item, "places: dating", "depth: 街道受理；区复审")
    site.built()
    assert "当场办结 · 在所在街道办" in text(public / "areas/jia.html")
    site.replace(item, "depth: 街道受理；区复审", "places: dating")

    site.set("content/places/dating.yaml", "name", "甲镇新大厅")
    site.built()
    assert "在甲镇新大厅办" in text(public / "departments/d0.html")


def test_what_leads_to_a_list_tells_how_many_items_it_holds(site: SiteFolder) -> None:
    site.write(
        "content/items/jia/same.yaml", "name: 乙镇的事\ndepartment: d0\ntopics: [shebao, yiliao]\n"
    )  # as in 乙镇
    built(site, items=13, departments=2)
    told = [
        (f"{folder}/{list_page}", int(number))
        for index in ("index.html", "topics/index.html", "departments/index.html", "areas/index.html")
        for folder, list_page, number in re.findall(
            r'<a class="(?:tile|row)" href="(?:\.\./)?(topics|departments|areas)/([^"]+)">.*?(\d+) 项</span>',
            site.page(index),
        )
    ]
    assert len(told) == 12
    for path, number in told:
        assert number == len(set(re.findall(r"items/\w+\.html", site.page(path))) - {"items/index.html"}), path
    assert "全部事项（15 项）" in site.page("index.html")


def test_a_guide_leads_to_what_most_people_do_next_and_does_not_name_it_twice(site: SiteFolder) -> None:
    public = built(site, items=5)
    site.set("content/items/jia/i0.yaml", "next", "i1")
    site.set("content/items/jia/i0.yaml", "related", "[i1, i2]")
    site.built()
    page = (public / "items/i0.html").read_text("utf-8")
    assert '还可以接着办</b><a class="in-fact" href="../items/i1.html">甲镇第1件事</a>' in page
    assert (page.count("items/i1.html"), page.count("items/i2.html")) == (1, 1)
    after = (public / "items/i1.html").read_text("utf-8")
    assert '先办过了吗？</b><a class="in-fact" href="../items/i0.html">甲镇第0件事</a>' in after


def test_an_area_tells_its_places_and_their_phones(site: SiteFolder) -> None:
    page = (built(site, items=5) / "areas/jia.html").read_text("utf-8")
    assert "甲镇大厅" in page
    assert 'href="tel:02265775272"' in page
    assert "甲镇大厅" not in site.page("areas/yi.html")


def test_many_departments_are_left_to_their_own_list_which_is_by_area(site: SiteFolder) -> None:
    public = built(site, items=13, departments=13)
    home = (public / "index.html").read_text("utf-8")
    assert "departments/d0.html" not in home
    assert "全部部门（13 个）" in home
    assert headings(public / "departments/index.html") == ["甲镇", "乙镇"]


def test_few_departments_stand_on_the_home_page(site: SiteFolder) -> None:
    assert "departments/d1.html" in (built(site, items=6, departments=2) / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("items", "settings", "heading", "lines"),
    [
        (2, "", "全部事项", ["甲镇第0件事", "甲镇第1件事", "乙镇的事"]),
        (2, "common: i1\n", "常办事项", ["甲镇第1件事"]),
        (12, "common: [i11, i10]\n", "常办事项", ["甲镇第11件事", "甲镇第10件事"]),
        (12, "", "", []),
    ],
)
def test_the_home_page_lists_what_was_chosen_or_all_of_few_or_nothing(
    site: SiteFolder, items: int, settings: str, heading: str, lines: list[str]
) -> None:
    home = built(site, items=items, settings=settings) / "index.html"
    assert [one for one in headings(home) if one in ("常办事项", "全部事项")] == ([heading] if heading else [])
    assert re.findall(r'<span class="row-title">([^<]*)<', home.read_text("utf-8")) == lines
    to_all = f"全部事项（{items + 1} 项）"
    assert (to_all in text(home)) == (len(lines) < items + 1)


@pytest.mark.parametrize(
    ("settings", "terms", "example"),
    [
        ("search_hint: 卡丢了\ncommon: i1\n", "everyday: [{say: [停办, 乙], items: ended}]\n", "卡丢了"),
        ("common: i1\n", "everyday: [{say: [这是一句长到搜索框里放不下的话, 乙镇咋办], items: other}]\n", "乙镇咋办"),
        ("common: i1\n", "", "甲镇第1件事"),
        ("", "", "甲镇第0件事"),
    ],
)
def test_the_search_box_gives_an_example_of_this_site(
    site: SiteFolder, settings: str, terms: str, example: str
) -> None:
    public = built(site, items=2, settings=settings, terms=terms)
    for page in ("index.html", "items/i0.html"):
        assert f'placeholder="如：{example}"' in (public / page).read_text("utf-8")


def test_the_home_page_does_not_offer_the_only_department(site: SiteFolder) -> None:
    public = built(site, items=2)
    assert headings(public / "index.html") == ["按地区找", "全部事项", "按主题找", "按人群找", "地址和电话"]
    assert (public / "departments/d0.html").exists()


def test_people_find_what_is_for_them_by_area(site: SiteFolder) -> None:
    public = built(site, items=30)
    assert headings(public / "audiences/geren.html") == ["甲镇", "乙镇"]
    for page in ("index.html", "audiences/index.html", "items/i0.html"):
        assert "audiences/geren.html" in (public / page).read_text("utf-8")


def test_an_audience_with_nothing_offered_has_no_page_and_no_link_leads_there(site: SiteFolder) -> None:
    public = built(site, items=3)
    assert not (public / "audiences/laonianren.html").exists()
    assert "老年人" in (public / "items/ended.html").read_text("utf-8")
    assert [page.name for page in public.rglob("*.html") if "laonianren.html" in page.read_text("utf-8")] == []


class Long:
    """A site whose lists do not fit on one page, built once."""

    LISTS = ("items/index", "topics/shebao", "audiences/geren", "areas/jia", "departments/d0", "places/dating")

    def __init__(self, folder: Path) -> None:
        self.site = SiteFolder(folder)
        self.public = built(self.site, items=PAGE_LINES + 1)
        for n in range(PAGE_LINES + 1):
            item = f"content/items/jia/i{n}.yaml"
            self.site.set(item, "topics", "yiliao" if n == 7 else "shebao")
            self.site.set(item, "places", "dating")
        self.site.built()

    def pages(self, name: str) -> list[Path]:
        """Return the pages of a list in their order."""
        first = self.public / f"{name}.html"
        return [first, *sorted((self.public / name).glob("*.html"))]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Long:
    return Long(tmp_path_factory.mktemp("long"))


@pytest.mark.parametrize("name", Long.LISTS)
def test_a_long_list_is_cut_and_every_item_stands_on_exactly_one_page(long: Long, name: str) -> None:
    pages = long.pages(name)
    listed = [line for page in pages for line in lines(page)]
    assert [page.name for page in pages[1:]] == ["2.html"]
    assert len(lines(pages[0])) == PAGE_LINES
    assert len(listed) == len(set(listed))
    assert {f"i{n}" for n in range(PAGE_LINES + 1) if n != 7} <= set(listed)


@pytest.mark.parametrize("name", Long.LISTS)
def test_links_to_groups_and_pages_of_a_cut_list_lead_somewhere(long: Long, name: str) -> None:
    for page in long.pages(name):
        html = page.read_text("utf-8")
        navigations = re.findall(r'<nav class="jumps.*?</nav>', html, re.DOTALL)
        assert navigations
        for href in re.findall(r'href="([^"]+)"', "".join(navigations)):
            path, _, anchor = href.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), href
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), href


def test_a_page_of_a_list_leads_to_the_pages_beside_it_and_says_which_it_is(long: Long) -> None:
    first, second = (page.read_text("utf-8") for page in long.pages("topics/shebao"))
    assert '<a rel="next" href="../topics/shebao/2.html">下一页</a>' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="../../topics/shebao.html">上一页</a>' in second
    assert '<a href="../../topics/shebao/2.html" aria-current="page">2</a>' in second
    assert f"共 {PAGE_LINES + 1} 项，第 1 页，共 2 页" in first
    assert "<h1>社保</h1>" in first
    assert "<h1>社保（第2页）</h1>" in second
    assert "<title>社保（第2页） - 试</title>" in second
    assert '<li><a href="../../topics/shebao.html">社保</a></li>' in second


def test_a_group_that_goes_on_says_so_and_is_jumped_to_where_it_begins(long: Long) -> None:
    first, second = long.pages("topics/shebao")
    assert headings(first) == ["甲镇"]
    assert headings(second) == ["乙镇"]
    assert '<a href="../topics/shebao/2.html#g-yi">乙镇</a>' in first.read_text("utf-8")
    assert '<a href="../../topics/shebao.html#g-jia">甲镇</a>' in second.read_text("utf-8")
    assert headings(long.public / "audiences/geren/2.html") == ["甲镇（续）", "乙镇"]


def test_only_the_first_page_tells_of_the_department_the_area_and_the_place(long: Long) -> None:
    for name in ("areas/jia", "places/dating"):
        first, second = (page.read_text("utf-8") for page in long.pages(name))
        assert "022-6577 5272" in first
        assert "022-6577 5272" not in second


def test_all_pages_of_a_list_are_for_search_engines_and_the_first_stands_in_the_site_map(long: Long) -> None:
    long.site.write("site.yaml", "name: 试\nsearch: 否\nprint_guides: 否\nbase_url: https://x.example.cn\n")
    long.site.built()
    assert "<loc>https://x.example.cn/topics/shebao/2.html</loc>" in long.site.page("sitemap.xml")
    second = long.site.page("topics/shebao/2.html")
    assert '<link rel="canonical" href="https://x.example.cn/topics/shebao/2.html">' in second
    assert "topics/shebao.html" in long.site.page("sitemap.html")
    assert "topics/shebao/2.html" not in long.site.page("sitemap.html")


def test_an_edit_of_a_title_makes_one_page_of_a_list_again(long: Long) -> None:
    before = {page: page.stat().st_ino for name in Long.LISTS for page in long.pages(name)}
    last = lines(long.pages("topics/shebao")[0])[-1]
    long.site.set(f"content/items/jia/{last}.yaml", "summary", "甲镇的一件事")
    long.site.built()
    changed = {
        page.relative_to(long.public).as_posix() for page, inode in before.items() if page.stat().st_ino != inode
    }
    assert "topics/shebao.html" in changed
    assert "topics/shebao/2.html" not in changed


def test_a_list_is_cut_at_any_line_and_knows_where_its_groups_begin() -> None:
    groups = [("a", range(PAGE_LINES - 1)), ("none", range(0)), ("b", range(2 * PAGE_LINES)), ("c", range(1))]
    pages = cut(groups)
    assert [len(page.lines) for page in pages] == [PAGE_LINES, PAGE_LINES, PAGE_LINES]
    assert [[(one.group, len(one.lines), one.continued) for one in page.stretches] for page in pages] == [
        [("a", PAGE_LINES - 1, False), ("b", 1, False)],
        [("b", PAGE_LINES, True)],
        [("b", PAGE_LINES - 1, True), ("c", 1, False)],
    ]
    assert {page.starts for page in pages} == {(("a", 1), ("b", 1), ("c", 3))}


def test_a_list_of_nothing_is_one_page() -> None:
    assert cut([("a", ())]) == (Portion(1, 1, (), ()),)


def test_a_site_map_of_too_many_addresses_becomes_several_with_an_index(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_files, "ADDRESSES", 5)
    public = built(site, items=3, settings="base_url: https://x.example.cn\n")
    index = ET.parse(public / "sitemap.xml").getroot()  # noqa: S314 - our own file
    maps = [
        loc.text.removeprefix("https://x.example.cn/") for loc in index.iter() if loc.tag.endswith("loc") and loc.text
    ]
    found = [re.findall("<loc>(.*?)</loc>", (public / name).read_text("utf-8")) for name in maps]
    pages = [
        page.relative_to(public).as_posix()
        for page in public.rglob("*.html")
        if "noindex" not in page.read_text("utf-8")
    ]
    assert index.tag.endswith("sitemapindex")
    assert maps == [f"sitemap-{n}.xml" for n in range(1, len(maps) + 1)]
    assert max(map(len, found)) <= 5
    assert sorted(one for some in found for one in some) == sorted(f"https://x.example.cn/{page}" for page in pages)
    assert "Sitemap: https://x.example.cn/sitemap.xml" in (public / "robots.txt").read_text("utf-8")
