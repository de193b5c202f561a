"""A site of over 500 items: data and full-text index per area, of which the search and the finder read what they need."""

from __future__ import annotations

import pytest
from browser_world import served
from playwright.sync_api import Page, expect
from site_folder import SiteFolder

AREAS = {"jia": "甲镇", "yi": "乙镇", "bing": "丙镇", "ding": "丁镇", "wu": "戊镇"}
NUMBER = 102  # items of an area


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A site of five areas with 102 items each, built."""
    site = SiteFolder(tmp_path_factory.mktemp("large"))
    site.write("site.yaml", "name: 大站\nprint_guides: 否\n")
    areas = (f"{id}: {{name: 某市{name}, short: {name}, level: 乡镇街道}}\n" for id, name in AREAS.items())
    site.write("content/areas.yaml", "".join(areas))
    site.write("content/topics.yaml", "shebao: 社保\n")
    site.write("content/departments/suo.yaml", "name: 社保所\n")
    for id in AREAS:
        for n in range(NUMBER):
            text = f"name: 社保卡业务{n}\ndepartment: suo\ntopics: shebao\nbody: 请先到柜台取号\n"
            site.write(f"content/items/{id}/{id}-{n}.yaml", text)
    raising = "name: 养牛补贴\ndepartment: suo\ntopics: shebao\neligibility: 本市户籍\nwhom: {hukou: 本市}\n"
    site.write("content/items/wu/yang-niu.yaml", raising)
    site.write("content/items/wu/sangzang.yaml", "name: 丧葬补贴申请\ndepartment: suo\ntopics: shebao\n")
    site.built()
    return site


def test_reads_only_the_areas_that_the_question_needs(large: SiteFolder, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    with served(large.out) as address:
        page.goto(f"{address}/search.html")
        page.locator("#q").fill("养牛补贴")
        expect(page.locator("#search-results .row-title").first).to_have_text("养牛补贴")
        assert [name for name in asked if name.startswith("items-")] == ["items-wu.js"]
        page.locator("#q").fill("乙镇社保卡业务7")
        expect(page.locator("#search-results .row-area").first).to_contain_text("乙镇")
        expect(page.locator(".results-elsewhere")).to_contain_text("乙镇")
        assert "items-yi.js" in asked
        assert len({name for name in asked if name.startswith("items-")}) <= 1 + 3


def test_a_question_in_letters_reads_the_areas_that_the_same_in_characters_reads(large: SiteFolder, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    with served(large.out) as address:
        page.goto(f"{address}/search.html")
        page.locator("#q").fill("yangniu butie")
        expect(page.locator("#search-results .row-title").first).to_have_text("养牛补贴")
        assert [name for name in asked if name.startswith("items-")] == ["items-wu.js"]


def test_the_areas_with_items_of_the_matter_of_which_a_question_speaks_are_read(large: SiteFolder, page: Page) -> None:
    with served(large.out) as address:
        page.goto(f"{address}/search.html")
        page.locator("#q").fill("老头子前天走了")
        expect(page.locator("#search-results .row-title").first).to_have_text("丧葬补贴申请")


def test_the_texts_of_the_areas_that_were_read_are_searched(large: SiteFolder, page: Page) -> None:
    with served(large.out) as address:
        page.goto(f"{address}/search.html")
        page.locator("#q").fill("柜台取号")
        expect(page.locator("#search-results .excerpt mark").first).to_be_visible()


def test_finds_from_a_disk_too(large: SiteFolder, page: Page) -> None:
    page.goto((large.out / "search.html").as_uri())
    page.locator("#q").fill("养牛")
    expect(page.locator("#search-results .row-title").first).to_have_text("养牛补贴")


def test_an_edit_makes_the_index_of_its_own_area_alone(large: SiteFolder) -> None:
    def marks() -> dict[str, int]:
        files = (*large.out.glob("search/items-*.js"), *large.out.glob("pagefind/*/pagefind-entry.json"))
        return {str(path.relative_to(large.out)): path.stat().st_mtime_ns for path in files}

    before = marks()
    assert len(before) == 2 * len(AREAS)
    large.set("content/items/jia/jia-3.yaml", "name", "社保卡业务三")
    large.built()
    changed = {path for path, mark in marks().items() if mark != before[path]}
    assert changed == {"search/items-jia.js", "pagefind/jia/pagefind-entry.json"}


# --- 我能办什么 -------------------------------------------------------------------------------------------------------

AWAY = "[data-group=away] .row-title"


@pytest.mark.parametrize("from_disk", [True, False])
def test_the_finder_reads_the_area_in_which_one_lives(large: SiteFolder, page: Page, *, from_disk: bool) -> None:
    with served(large.out) as address:
        page.goto((large.out / "finder.html").as_uri() if from_disk else f"{address}/finder.html")
        expect(page.locator("[data-open]")).to_contain_text("先选住在哪里")
        page.get_by_label("住在哪里").select_option("wu")
        expect(page.locator("[data-group=ask] h2")).to_have_text(f"全部事项 {NUMBER + 2} 项")
        page.get_by_label("外省市").check()
        expect(page.locator(AWAY)).to_have_text("养牛补贴")


def test_items_that_a_browser_has_of_another_day_are_all_to_be_asked(large: SiteFolder, page: Page) -> None:
    old = '(window.searchData=window.searchData||{})["finder-wu"]={of:"0000",says:[["hukou","本市户口","local"],["hukou"]],items:"ab,ab"};'
    page.route("**/search/finder-wu.js*", lambda route: route.fulfill(content_type="text/javascript", body=old))
    with served(large.out) as address:
        page.goto(f"{address}/finder.html#area=wu&hukou=elsewhere")
        expect(page.locator("[data-group=ask] h2")).to_have_text(f"先问 {NUMBER + 2} 项")


def test_items_that_cannot_be_read_are_said_to_be_so(large: SiteFolder, page: Page) -> None:
    page.route("**/search/*.js*", lambda route: route.abort())
    with served(large.out) as address:
        page.goto(f"{address}/finder.html#area=wu")
        expect(page.locator("[data-status]")).to_contain_text("从下面找")
