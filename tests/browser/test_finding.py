"""Search: items are found by their titles, and where search cannot work nothing is lost."""

from __future__ import annotations

import re

import pytest
from browser_world import Built, Served, Watch, search_address
from playwright.sync_api import Page, expect

ITEM = "shebaoka-guashi-jiegua"


def title_of(site: Served, item: str) -> str:
    """Return the title of an item as its page shows it."""
    found = re.search(r"<h1[^>]*>([^<]+)</h1>", (site.built.folder / f"items/{item}.html").read_text("utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize("item", [ITEM, "dibao-shenqing", "linquanzheng-shenqing", "xiaoe-danbao-daikuan"])
def test_finds_an_item_by_its_title_and_opens_it(item: str, site_below: Served, page: Page, watch: Watch) -> None:
    title = title_of(site_below, item)
    page.goto(site_below / "search.html")
    page.locator("#q").fill(title)
    result = page.locator(f"#search-results a[href$='items/{item}.html']")
    expect(result.locator(".row-title")).to_have_text(title)
    result.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.url == site_below / f"items/{item}.html"
    assert watch.troubles == []
    assert watch.outside(site_below.top) == []


def test_the_form_on_another_page_hands_its_words_to_the_search_page(site: Served, page: Page) -> None:
    page.goto(site / "index.html")
    page.locator("main input[type=search]").fill(title_of(site, ITEM))
    page.locator("main input[type=search]").press("Enter")
    expect(page.locator("#q")).to_have_value(title_of(site, ITEM))
    expect(page.locator(f"#search-results a[href$='items/{ITEM}.html']")).to_be_visible()


def test_says_how_many_were_found_and_puts_the_list_away(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, title_of(site, ITEM)))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile(r"找到 \d+ 项"))
    expect(page.locator(".results-all")).to_be_hidden()


def test_says_that_nothing_was_found_and_keeps_the_list_of_all_items(site: Served, page: Page, watch: Watch) -> None:
    page.goto(search_address(site.top, "qqzzxx"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到“qqzzxx”"))
    expect(page.locator("#search-results .results > li")).to_have_count(0)
    expect_every_item(page, site.built)
    assert watch.troubles == []


def test_words_searched_for_are_data(site: Served, page: Page, watch: Watch) -> None:
    query = "<img src=x onerror=alert(1)>"
    page.goto(search_address(site.top, query))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到|找到"))
    expect(page.locator("main img")).to_have_count(0)
    assert watch.troubles == []


def test_words_that_are_no_address_are_searched_for_all_the_same(site: Served, page: Page, watch: Watch) -> None:
    """An address bar, an old program or a broken link may leave a bare “%” or another encoding in the address."""
    page.goto(site / "search.html?q=100%&x=1")
    expect(page.locator("#search-results [role=status]")).not_to_be_empty()
    assert watch.troubles == []


def test_finds_from_a_disk_what_names_tell(built: Built, page: Page) -> None:
    page.goto((built.folder / "search.html").as_uri())
    expect_every_item(page, built)
    page.locator("#q").fill("社保卡丢了怎么办")
    expect(page.locator("#search-results .row-title").first).to_contain_text("社保卡")
    page.locator("#search-results a").first.click()
    expect(page.locator("html")).to_have_attribute("data-page-kind", "item")


def test_without_the_full_text_index_names_still_answer(site: Served, page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(search_address(site.top, "社保卡"))
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    page.goto(search_address(site.top, "qqzzxx"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到"))
    expect_every_item(page, site.built)


def test_when_the_data_cannot_be_read_the_list_stays_and_says_why(site: Served, page: Page) -> None:
    page.route("**/search/items.js*", lambda route: route.abort())
    page.goto(search_address(site.top, "社保卡"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("搜索现在用不了"))
    expect_every_item(page, site.built)


def test_finds_where_the_browser_cannot_cut_words(site: Served, page: Page, watch: Watch) -> None:
    page.add_init_script("delete Intl.Segmenter")
    page.goto(search_address(site.top, "养老金停发了"))
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    assert watch.troubles == []


def test_the_first_answer_asks_for_nothing_that_did_not_come_with_the_page(
    site: Served, page: Page, watch: Watch
) -> None:
    page.goto(site / "search.html")
    page.wait_for_load_state("networkidle")
    before = len(watch.asked)
    page.locator("#q").fill("社保卡丢了怎么办")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    page.wait_for_timeout(300)
    assert [url for url in watch.asked[before:] if "favicon" not in url] == []
    assert before <= 7


def test_the_texts_of_guides_are_asked_on_demand_and_come_below(site: Served, page: Page, watch: Watch) -> None:
    page.goto(search_address(site.top, "社保卡"))
    names = page.locator("#search-results .row-title").all_inner_texts()
    page.get_by_role("button", name="到指南的正文里再找").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#search-results .row-title").all_inner_texts()[: len(names)] == names
    assert any("/pagefind/" in url for url in watch.asked)
    assert watch.troubles == []


def test_what_only_the_text_of_a_guide_says_is_found(site: Served, page: Page) -> None:
    """楼道门牌 stands in no name: 000:1386 asks neighbours (邻里访问) to be visited."""
    page.goto(search_address(site.top, "邻里访问信函索证"))
    expect(page.locator("#search-results .excerpt mark").first).to_be_visible()
    expect(page.locator("#search-results a[href$='dibao-shenqing.html']")).to_be_visible()


def test_the_address_carries_the_question(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.locator("#q").fill("低保")
    expect(page).to_have_url(search_address(site.top, "低保"))
    page.reload()
    expect(page.locator("#q")).to_have_value("低保")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)


def test_results_can_be_narrowed_and_widened_again(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    status = page.locator("#search-results [role=status]")
    before = status.inner_text()
    tick = page.get_by_role("group", name="地区").get_by_label(re.compile("天津新城镇"))
    tick.check()
    facts = page.locator("#search-results .row-facts").all_inner_texts()
    assert facts
    assert all(fact.startswith("天津新城镇") for fact in facts)
    assert status.inner_text() != before
    tick.uncheck()
    expect(status).to_have_text(before)


def test_arrow_keys_go_from_the_box_into_the_results_and_back(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    links = page.locator("#search-results .results a")
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()


def test_where_nothing_is_found_shorter_words_are_offered(site: Served, page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(search_address(site.top, "魑魅魍魉养老鳞次栉比饕餮耄耋"))
    page.locator(".results-shorter button", has_text="养老").click()
    expect(page.locator("#q")).to_have_value("养老")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)


def expect_every_item(page: Page, built: Built) -> None:
    expect(page.locator(".results-all")).to_be_visible()
    expect(page.locator(".results-all a[href*='items/']")).to_have_count(len(built.offered))
