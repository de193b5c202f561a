"""我能办什么 where script runs: answers sort the items and stand in the address; where it does not, there are other ways."""

from __future__ import annotations

import re

from browser_world import Served, Watch
from playwright.sync_api import Page, expect

FINDER = "finder.html"
HEADS = "[data-group]:not([hidden]) [data-head]"


def test_answers_sort_the_items_by_keyboard_and_stand_in_the_address(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / FINDER)
    expect(page.locator(HEADS)).to_have_text(re.compile("全部事项 2.. 项"))
    page.get_by_label("住在哪里").select_option("xicheng")
    page.get_by_label("多大年纪").select_option("60")
    page.get_by_label("低保证", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("就在住的区、县").check()
    expect(page).to_have_url(re.compile("#area=xicheng&hukou=local&age=60&certificates=dibao-certificate$"))
    first = page.locator("[data-group=fits] .row").first
    expect(first).to_contain_text("申请低保老人慈善医疗救助")
    expect(first).to_contain_text("写着：60岁以上、低保、低收入")
    page.get_by_role("button", name="看结果").click()
    expect(page.locator("[data-group=fits] h2")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("#area"))
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"
    assert watch.troubles == []


def test_an_address_brings_the_answers_back_and_tells_of_those_that_are_no_more(site: Served, page: Page) -> None:
    page.goto(site / f"{FINDER}#area=nanmofang&hukou=elsewhere&work=employed,pilot&age=33&shoe=42")
    expect(page.get_by_label("外省市")).to_be_checked()
    expect(page.get_by_label("在单位上班")).to_be_checked()
    expect(page.get_by_label("多大年纪")).to_have_value("18")  # from 18 to 59
    expect(page.locator("[data-said]")).to_contain_text("请再选一次")
    expect(page.locator("[data-group=fits] .row").first).to_contain_text("外地户口职工")
    away = page.locator("[data-group=away]")
    expect(away.get_by_text("报销超转人员的药费")).to_be_hidden()
    away.locator("summary").click()
    expect(away.get_by_text("报销超转人员的药费")).to_be_visible()
    page.locator("[data-unsaid=hukou]").check()
    expect(away).to_be_hidden()
    expect(page).to_have_url(re.compile("#area=nanmofang&work=employed&age=18$"))


def test_who_has_none_of_the_certificates_has_no_other(site: Served, page: Page) -> None:
    page.goto(site / f"{FINDER}#certificates=dibao-certificate")
    page.get_by_label("这些都没有").check()
    expect(page.get_by_label("低保证", exact=True)).not_to_be_checked()
    expect(page).to_have_url(re.compile("#certificates=none$"))
    page.get_by_label("残疾人证", exact=True).check()
    expect(page).to_have_url(re.compile("#certificates=disability-certificate$"))


def test_the_list_of_all_items_is_folded_and_what_is_to_be_asked_for_never_is(site: Served, page: Page) -> None:
    page.goto(site / FINDER)
    ask = page.locator("[data-group=ask]")
    expect(ask.locator(".row").first).to_be_hidden()
    ask.locator("summary").click()
    expect(ask.locator(".row").first).to_be_visible()
    ask.locator("summary").click()
    page.get_by_label("退休了").check()
    expect(ask.locator(".row").first).to_be_visible()
    expect(ask.locator("summary")).to_be_hidden()


def test_without_script_all_items_are_there_and_other_ways_to_them(site: Served, page_without_script: Page) -> None:
    page = page_without_script
    page.goto(site / FINDER)
    expect(page.locator(".finder-asks")).to_be_hidden()
    expect(page.locator(".row")).to_have_count(len(site.built.offered))
    expect(page.locator(".row").last).to_be_visible()
    for name in ("家里有人去世", "老年人", "北京市西城区"):
        expect(page.locator("main").get_by_role("link", name=name).first).to_be_visible()


def test_it_is_found_where_a_search_is_in_doubt(site: Served, page: Page) -> None:
    page.goto(site / "search.html?q=我这种情况能领什么钱呢")
    page.get_by_role("link", name="按您的情况找").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我能办什么")
