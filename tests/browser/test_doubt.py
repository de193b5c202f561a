"""Where an answer is in doubt it says so, asks what is meant, and tells whom one can ask instead."""

from __future__ import annotations

import re

import pytest
from browser_world import Served, Watch, search_address
from playwright.sync_api import Browser, Page, Route, expect
from sample_site import Built

STATUS = "#search-results .results-status"
MEANT = ".results-meant:not([hidden]) button"
NEAR = ".results-near:not([hidden]) a"
HELP = ".results-help"
DOUBT = re.compile(r"^找到 \d+ 项，不一定是您要办的|^没有找到正好的，有点像的有 \d+ 项")


def counted(text: str) -> int:
    """Return the number at the end of what a choice says: 申请低保 3 项."""
    found = re.search(r"(\d+) 项$", text)
    assert found, text
    return int(found[1])


def is_above_results(page: Page) -> bool:
    above: bool = page.evaluate(
        """() => document.querySelector(".results-help").compareDocumentPosition(document.querySelector(".results"))
             === Node.DOCUMENT_POSITION_FOLLOWING"""
    )
    return above


def test_an_answer_in_doubt_says_so_and_asks_what_is_meant_with_the_phone_beside_it(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "火车票报销"))
    expect(page.locator(STATUS)).to_have_text(DOUBT)
    expect(page.locator(MEANT).filter(has_text="医药费报销")).to_be_visible()
    assert 2 <= page.locator(MEANT).count() <= 3
    expect(page.locator(f"{HELP} a[href^=tel]")).to_have_attribute("href", "tel:12345")
    assert is_above_results(page)


def test_an_answer_without_doubt_has_the_phone_at_its_end(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "火车票报销"))
    expect(page.locator(STATUS)).to_have_text(DOUBT)
    page.locator("#q").fill("社保卡丢了")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^找到 \d+ 项$"))
    assert not is_above_results(page)
    expect(page.locator(HELP)).to_contain_text("没有您要找的？")


def test_a_choice_leads_to_as_many_guides_as_it_says(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "社保卡"))
    choice = page.locator(MEANT).filter(has_text="社保卡丢了")
    number = counted(choice.inner_text())
    choice.click()
    expect(page.locator("#q")).to_have_value("社保卡丢了")
    expect(page.locator(STATUS)).to_have_text(f"找到 {number} 项")
    expect(page.locator(".results a[href^='items/']")).to_have_count(number)
    expect(page.locator(MEANT)).to_have_count(0)


@pytest.mark.parametrize("question", ["卖烤红薯", "献血"])
def test_where_nothing_fits_the_nearest_lists_are_shown_with_what_they_hold(
    question: str, site: Served, page: Page, watch: Watch
) -> None:
    page.goto(search_address(site.top, question))
    near = page.locator(NEAR)
    expect(near).not_to_have_count(0)
    expect(page.locator(STATUS)).to_have_text(re.compile("没有找到"))
    number = counted(near.first.inner_text())
    near.first.click()
    expect(page.locator("main a[href*='items/']")).to_have_count(number)
    assert watch.troubles == []


@pytest.mark.parametrize(
    ("typed", "named"), [("低保", ["申请低保", "低收入、低保边缘认定"]), ("厂子", ["失业登记"]), ("社保卡丢", [])]
)
def test_while_one_types_the_matters_that_may_be_meant_are_offered(
    typed: str, named: list[str], site: Served, page: Page
) -> None:
    """By their names, which came with the page, or by what people say; not where only one can be meant."""
    page.goto(site / "search.html")
    page.locator("#q").press_sequentially(typed)
    expect(page.locator(f"{STATUS}:has-text('找到')")).to_have_count(1)
    offered = [re.sub(r" ?\d+ 项$", "", text) for text in page.locator(MEANT).all_inner_texts()]
    assert offered[: len(named)] == named
    assert len(offered) <= (5 if named else 0)


def test_arrow_keys_lead_into_what_is_offered_enter_asks_what_was_typed_and_escape_puts_it_away(
    site: Served, page: Page
) -> None:
    page.goto(site / "search.html")
    box = page.locator("#q")
    box.press_sequentially("低保")
    offered = page.locator(MEANT)
    expect(offered).not_to_have_count(0)
    page.keyboard.press("Enter")
    expect(box).to_have_value("低保")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(offered.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("低保")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").first).to_be_focused()


def test_nothing_that_is_seen_moves_while_an_answer_becomes_better(site: Served, page: Page) -> None:
    page.add_init_script(
        """window.moved = [];
        new PerformanceObserver(list => moved.push(...list.getEntries().map(shift => shift.value)))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    for question in ("火车票报销", "老汉走了有没有钱领", "殘疾人證"):
        page.goto(search_address(site.top, question))
        expect(page.locator(f"{STATUS}:has-text('找到')")).to_have_count(1)
        page.wait_for_timeout(300)
        assert page.evaluate("moved") == []


def test_results_stay_where_they_are_when_a_better_answer_comes_late(site: Served, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/matters.js*", hold)
    page.goto(search_address(site.top, "火车票报销"), wait_until="commit")
    results = page.locator(".results")
    expect(results.locator("a")).not_to_have_count(0)
    top = "results => results.getBoundingClientRect().top"
    before = results.evaluate(top)
    page.evaluate("(() => { window.drawn = document.querySelector('.results li'); })()")
    held[0].continue_()
    while page.evaluate("document.contains(window.drawn)"):
        page.wait_for_timeout(20)
    assert results.evaluate(top) == pytest.approx(before, abs=1)


def sent(question: str, address: str) -> str:
    return f"请问“{question}”怎么办？我在“办事指南示例站”上没有找到。{address}"


def test_the_question_is_copied_with_the_address_of_the_page_and_it_is_said(site: Served, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(search_address(site.top, "养狗"))
    page.get_by_role("button", name="复制问题").click()
    expect(page.locator(".results-copied")).to_contain_text("已复制，可以发给")
    assert page.evaluate("navigator.clipboard.readText()") == sent("养狗", f"\n{page.url}")
    page.locator("#q").fill("养猫")
    expect(page.locator(".results-copied")).to_be_empty()
    context.close()


@pytest.mark.parametrize("can_copy", [True, False])
def test_from_a_disk_and_in_old_browsers_what_is_selected_is_copied_or_shown(
    can_copy: bool, built: Built, page: Page
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    if not can_copy:
        page.add_init_script("document.execCommand = () => false")
    page.goto((built.folder / "search.html").as_uri())
    page.locator("#q").fill("养狗")
    page.evaluate("document.addEventListener('copy', () => { window.copied = getSelection().toString(); })")
    page.get_by_role("button", name="复制问题").click()
    if can_copy:
        assert page.evaluate("copied") == sent("养狗", "")
        expect(page.locator(".results-copied")).to_contain_text("已复制")
        expect(page.get_by_role("button", name="复制问题")).to_be_focused()
    else:
        expect(page.locator(".results-copied")).to_contain_text("选“复制”")
        expect(page.locator(f"{HELP} textarea")).to_have_value(sent("养狗", ""))
        expect(page.locator(f"{HELP} textarea")).to_be_focused()


def test_on_a_phone_no_keyboard_covers_what_was_asked_for(site: Served, browser: Browser) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(site / "search.html")
    page.locator("#q").press_sequentially("低保")
    page.locator("#q").press("Enter")
    expect(page.locator("#q")).not_to_be_focused()
    page.locator(MEANT).first.tap()
    expect(page.locator(".results a").first).to_be_focused()
    context.close()


def test_the_box_in_which_one_types_stays_where_it_is(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.locator("#q").press_sequentially("shebaoka")
    expect(page.locator(MEANT)).not_to_have_count(0)
    assert page.evaluate("window.scrollY") == 0
