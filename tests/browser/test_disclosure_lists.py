"""Disclosure lists in a browser: narrowed by words, term and form without any server; whole without script; printed."""

from __future__ import annotations

import pytest
from browser_world import Served
from playwright.sync_api import Page, expect

LIST = "disclosure/xicheng.html"
ROWS = ".disclosed-row"
SEEN = f"[...document.querySelectorAll('{ROWS}')].filter(row => row.checkVisibility())"
HEADINGS = "[...document.querySelectorAll('.duty')].filter(one => one.checkVisibility()).length"


@pytest.fixture
def list_page(site: Served, page: Page) -> Page:
    page.goto(site / LIST)
    return page


def test_all_rows_stand_there_without_script_and_no_filter_does(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(site / LIST)
    expect(page_without_script.locator(f"{ROWS}:visible")).to_have_count(157)
    expect(page_without_script.locator(".narrowing")).to_be_hidden()


def test_words_narrow_the_list_and_the_number_is_announced(list_page: Page) -> None:
    list_page.get_by_label("含有这些字").fill("低保 公示")
    rows = list_page.evaluate(f"{SEEN}.map(row => row.closest('tbody').textContent)")
    assert 0 < len(rows) < 157
    assert all("低保" in row and "公示" in row for row in rows)
    expect(list_page.locator(".narrowing [role=status]")).to_have_text(f"现在显示 {len(rows)} 行")


def test_a_duty_without_rows_left_is_hidden(list_page: Page) -> None:
    before = list_page.evaluate(HEADINGS)
    list_page.get_by_label("公开形式").select_option("购买")
    assert list_page.evaluate(HEADINGS) == 1 < before


def test_term_and_form_narrow_together_and_one_button_clears_all(list_page: Page) -> None:
    list_page.get_by_label("公开时限").select_option("按年度公开")
    list_page.get_by_label("公开形式").select_option("政府网站专题公开")
    found = list_page.evaluate(f"{SEEN}.map(row => [row.dataset.term, row.dataset.form])")
    assert found
    assert all(term == "按年度公开" and "政府网站专题公开" in form for term, form in found)
    list_page.get_by_role("button", name="清空条件").click()
    expect(list_page.locator(f"{ROWS}:visible")).to_have_count(157)
    expect(list_page.locator(".narrowing [role=status]")).to_have_text("")


def test_says_when_nothing_is_left(list_page: Page) -> None:
    list_page.get_by_label("含有这些字").fill("养猫")
    assert list_page.evaluate(SEEN + ".length") == 0
    expect(list_page.locator(".narrowing [role=status]")).to_contain_text("没有合条件的行")


def test_a_row_leads_to_the_guide_of_its_matter(list_page: Page) -> None:
    link = list_page.locator(f"{ROWS} a[href*='items/']").first
    title = link.inner_text().removeprefix("办事指南：")
    link.click()
    expect(list_page.locator("h1")).to_have_text(title)


def test_pasted_rows_are_kept_and_marked(list_page: Page) -> None:
    for seq in ("13", "14", "18", "22"):
        row = list_page.locator(ROWS).filter(has=list_page.locator(f".seq:text-is('{seq}')"))
        expect(row.locator(".doubt")).to_contain_text("存疑")


def test_prints_on_wide_sheets_with_nothing_but_the_list(list_page: Page) -> None:
    list_page.emulate_media(media="print")
    expect(list_page.locator(".narrowing")).to_be_hidden()
    expect(list_page.locator(".disclosed thead")).to_be_visible()
    pdf = list_page.pdf(prefer_css_page_size=True)
    width, height = (float(n) for n in pdf.split(b"/MediaBox [0 0 ")[1].split(b"]")[0].split())
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)
