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


def test_on_a_disk_the_search_page_keeps_the_list_and_says_why(built: Built, page: Page) -> None:
    page.goto((built.folder / "search.html").as_uri())
    expect_every_item(page, built)
    page.locator("#q").fill("社保卡")
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("搜索现在用不了"))
    expect_every_item(page, built)


def test_when_the_index_is_missing_the_list_stays(site: Served, page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(search_address(site.top, "社保卡"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("搜索现在用不了"))
    expect_every_item(page, site.built)


def expect_every_item(page: Page, built: Built) -> None:
    expect(page.locator(".results-all")).to_be_visible()
    expect(page.locator(".results-all a[href*='items/']")).to_have_count(len(built.offered))
