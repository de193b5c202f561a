"""The visitor's own page: what he saved and ticked, on his device only."""

from __future__ import annotations

import json
import re

import pytest
from browser_world import Built, Served, Watch
from playwright.sync_api import Page, expect

from builder.pages.mine import mark_of

GUIDE = "items/shebaoka-shenban.html"
TITLE = "申办社保卡"
BOXES = ".materials input[type=checkbox]"
PRINTED = "[...document.querySelectorAll('main button, footer a')].filter(one => one.checkVisibility()).length"


def save(page: Page, site: Served, path: str = GUIDE) -> None:
    page.goto(site / path)
    page.get_by_role("button", name="收藏到本机").click()


def test_a_saved_guide_is_listed_until_it_is_saved_no_more(site: Served, page: Page) -> None:
    save(page, site)
    page.goto(site / "mine.html")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="已收藏，取消").click()
    page.goto(site / "mine.html")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    expect(page.locator("[data-mine-none]")).to_be_visible()


def test_a_guide_is_listed_as_soon_as_something_was_ticked(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    expect(page.locator(".mine")).to_contain_text("已备好 1 样")


def test_what_is_still_to_bring_is_told_apart_from_what_is_there(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    names = page.locator(".material-name").all_inner_texts()
    page.locator(BOXES).nth(1).check()
    page.goto(site / "mine.html")
    missing = page.locator(".to-bring").all_inner_texts()
    assert len(missing) == len(names) - 1
    assert "居民身份证" in missing[0]
    assert missing[0].startswith("本人办理")
    expect(page.locator(".mine")).to_contain_text(f"已备好 1 样，共 {len(names)} 样")


def test_of_several_that_do_alike_one_is_enough(site: Served, page: Page) -> None:
    choice = ".any-of:not(.any-of .any-of)"
    path = next(path for path in site.built.offered if 'material-group any-of"' in text_of(site.built, path))
    page.goto(site / path)
    alike = page.locator(choice).first.locator("input")
    all_rows = page.locator(f".tick {BOXES}").count()
    alike.first.check()
    page.goto(site / "mine.html")
    listed = page.locator(".to-bring").count() + 1
    assert listed < all_rows


def text_of(built: Built, path: str) -> str:
    return (built.folder / path).read_text("utf-8")


def test_one_entry_is_removed_with_its_ticks(site: Served, page: Page) -> None:
    save(page, site, "items/dibao-shenqing.html")
    save(page, site)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    assert page.locator(".mine").count() == 2
    page.get_by_role("button", name=f"从这里去掉：{TITLE}").click()
    expect(page.get_by_role("status")).to_have_text("已经去掉。")
    assert page.locator(".mine").count() == 1
    page.goto(site / GUIDE)
    expect(page.locator(BOXES).first).not_to_be_checked()


def test_everything_is_cleared_at_the_second_press(site: Served, page: Page) -> None:
    save(page, site)
    page.goto(site / "mine.html")
    page.get_by_role("button", name="全部清空").click()
    assert page.locator(".mine").count() == 1
    page.get_by_role("button", name="再按一次就清空").click()
    assert page.locator(".mine").count() == 0
    expect(page.get_by_role("status")).to_have_text("已经清空。")
    assert page.evaluate("localStorage.length") == 0


def test_a_guide_that_is_gone_says_so_and_can_be_removed(site: Served, page: Page) -> None:
    name = page_name(page, site)
    entry = {"saved": True, "at": 1, "title": "办粮票", "rows": [["粮本", False]]}
    page.evaluate("([key, entry]) => localStorage.setItem(key, entry)", [f"mine {name} liangpiao", json.dumps(entry)])
    page.goto(site / "mine.html")
    expect(page.locator(".mine")).to_contain_text("这份指南已经改名或者撤下了。")
    assert page.locator(".mine h2 a[href]").count() == 0
    href = page.get_by_role("link", name="按名称再找一找").get_attribute("href")
    assert href
    assert href.startswith("search.html?q=")
    page.get_by_role("button", name="从这里去掉").click()
    assert page.locator(".mine").count() == 0


def page_name(page: Page, site: Served) -> str:
    page.goto(site / GUIDE)
    return page.locator("meta[name=SiteName]").get_attribute("content") or ""


def test_what_others_wrote_into_the_storage_harms_nothing(site: Served, page: Page, watch: Watch) -> None:
    name = page_name(page, site)
    for value in ("", "null", "{", '"text"', '{"title": null}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"mine {name} shebaoka-shenban", value])
        page.goto(site / GUIDE)
        page.goto(site / "mine.html")
        page.evaluate("localStorage.clear()")
    assert watch.troubles == []


def test_the_mark_of_every_guide_is_on_the_page_and_no_two_share_one(site: Served) -> None:
    listed = re.search(r'data-marks="([^"]*)"', text_of(site.built, "mine.html"))
    assert listed
    ids = {path.removeprefix("items/").removesuffix(".html") for path in site.built.by_kind["item"]}
    assert {mark_of(id) for id in ids} == set(listed[1].split())
    assert len(set(listed[1].split())) == len(ids)


def test_on_paper_stands_what_is_to_bring_and_no_button(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == 0
    expect(page.locator(".to-bring").first).to_be_visible()


def test_it_works_from_a_disk_and_asks_for_nothing_else(built: Built, page: Page, watch: Watch) -> None:
    page.goto((built.folder / GUIDE).as_uri())
    page.get_by_role("button", name="收藏到本机").click()
    page.goto((built.folder / "mine.html").as_uri())
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    assert watch.troubles == []
    assert watch.outside(built.folder.as_uri()) == []


@pytest.mark.parametrize("path", ["mine.html", GUIDE])
def test_where_nothing_can_be_stored_the_page_says_what_it_would_do(path: str, site: Served, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    page.goto(site / path)
    expect(page.get_by_role("button", name="收藏到本机")).to_have_count(0)
    if path == "mine.html":
        expect(page.locator("[data-mine-off]")).to_contain_text("列不出来")


def test_without_script_the_page_says_what_it_would_do(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(site / "mine.html")
    expect(page_without_script.locator("[data-mine-off]")).to_contain_text("列不出来")
    assert page_without_script.locator(".mine").count() == 0
