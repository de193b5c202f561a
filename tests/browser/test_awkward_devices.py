"""Input methods, slow lines, full storage, several windows, clocks of other countries: nothing is lost and nothing is claimed."""

from __future__ import annotations

import re

import pytest
from browser_world import Served, Watch, search_address
from playwright.sync_api import CDPSession, Page, Route, expect

GUIDE = "items/shebaoka-shenban.html"
BOXES = ".tick input"
RESULTS = "#search-results .results a"
STATUS = "#search-results [role=status]"

FILL = """() => { let i = 0;
  for (let size = 1 << 20; size >= 1;) {
    try { localStorage.setItem(`other ${i}`, "x".repeat(size)); i += 1; } catch { size = size >> 1; }
  }
  const last = Object.keys(localStorage).find(key => localStorage.getItem(key).length > 1000);
  localStorage.setItem(last, localStorage.getItem(last).slice(%d)); }"""


def compose(keyboard: CDPSession, text: str) -> None:
    keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def test_the_arrow_keys_of_an_input_method_stay_with_it(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "低保"))
    expect(page.locator(RESULTS)).not_to_have_count(0)
    page.locator("#q").focus()
    keyboard = page.context.new_cdp_session(page)
    compose(keyboard, "shen")
    keyboard.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "ArrowDown", "code": "ArrowDown", "windowsVirtualKeyCode": 229},
    )
    expect(page.locator("#q")).to_be_focused()


def test_nothing_is_asked_while_an_input_method_is_at_work_however_slow(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.locator("#q").focus()
    keyboard = page.context.new_cdp_session(page)
    for typed in ("d", "di'b", "di'bao"):
        compose(keyboard, typed)
        page.wait_for_timeout(700)
        assert page.locator(RESULTS).count() == 0
    keyboard.send("Input.insertText", {"text": "低保"})
    expect(page.locator(RESULTS).first).to_contain_text("低保")


def test_a_disclosure_list_is_not_narrowed_by_letters_of_an_input_method(site: Served, page: Page) -> None:
    page.goto(site / "disclosure/xicheng.html")
    page.get_by_label("含有这些字").focus()
    rows = page.locator(".disclosed-row:visible")
    before = rows.count()
    keyboard = page.context.new_cdp_session(page)
    compose(keyboard, "di'bao")
    assert rows.count() == before
    keyboard.send("Input.insertText", {"text": "\u200b低 保"})
    expect(rows.first).to_contain_text("低保")
    assert 0 < rows.count() < before


@pytest.mark.parametrize("path", ["search.html", "search.html?q=%E6%AE%8B%E7%96%BE"])
def test_what_was_typed_before_the_script_came_is_answered(path: str, site: Served, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/items.js*", hold)
    page.goto(site / path, wait_until="commit")
    page.locator("#q").fill("失业登记")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator(RESULTS).first).to_contain_text("失业登记")
    expect(page.locator("#q")).to_have_value("失业登记")


def test_a_late_answer_takes_the_focus_from_no_result(site: Served, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/characters.js*", hold)
    page.goto(search_address(site.top, "居住登记"), wait_until="commit")
    page.locator(".results a").first.focus()
    focused = "document.activeElement.getAttribute('href')"
    before = page.evaluate(focused)
    page.evaluate("(() => { window.drawn = document.querySelector('.results li'); })()")
    held[0].continue_()
    page.wait_for_timeout(1000)
    assert not page.evaluate("document.contains(window.drawn)")
    assert page.evaluate(focused) == before


def test_of_a_pasted_page_the_beginning_is_asked(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / "search.html")
    page.evaluate(
        """text => { const box = document.getElementById("q"); box.value = text; box.dispatchEvent(new Event("input")); }""",
        "社保卡丢了要到哪里去补办" * 200,
    )
    expect(page.locator(RESULTS).first).to_contain_text("社保卡")
    assert len(page.url) < 700
    assert watch.troubles == []


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("社\u200b保\u00ad卡丢了", "社保卡丢了"),
        ("失 业 登 记", "失业登记"),
        ("残·疾·人·证", "残疾人证"),
        ("ｓｂｋ", "sbk"),
        ("di'bao", "dibao"),
        ("居⺠医保", "居民医保"),
    ],
)
def test_words_are_found_however_they_are_written(question: str, first: str, site: Served, page: Page) -> None:
    page.goto(search_address(site.top, first))
    page.wait_for_load_state("networkidle")
    wanted = page.locator("#search-results .row-title").all_inner_texts()[:3]
    assert wanted
    page.goto(search_address(site.top, question))
    page.wait_for_load_state("networkidle")
    assert page.locator("#search-results .row-title").all_inner_texts()[:3] == wanted


def test_two_windows_keep_each_others_ticks(site: Served, page: Page) -> None:
    other = page.context.new_page()
    for window in (page, other):
        window.goto(site / GUIDE)
    page.locator(BOXES).nth(0).check()
    expect(other.locator(BOXES).nth(0)).to_be_checked()
    other.locator(BOXES).nth(1).check()
    expect(page.locator(BOXES).nth(1)).to_be_checked()
    page.get_by_role("button", name="收藏到本机").click()
    expect(other.get_by_role("button", name="已收藏，取消")).to_be_visible()


def test_what_a_full_device_does_not_keep_is_taken_back_and_said(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / "items/index.html")
    page.evaluate(FILL % 40)
    page.goto(site / GUIDE)
    page.locator(BOXES).first.click()
    expect(page.locator(BOXES).first).not_to_be_checked()
    expect(page.get_by_role("alert")).to_contain_text("没有记住")
    page.get_by_role("button", name="收藏到本机").click()
    expect(page.get_by_role("button", name="收藏到本机")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => /^(ticks|mine)/.test(key))") == []
    assert watch.troubles == []


def test_a_tick_on_the_list_that_is_not_kept_is_taken_back(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / GUIDE)
    page.get_by_role("button", name="收藏到本机").click()
    page.evaluate(FILL % 0)
    page.goto(site / "mine.html")
    page.locator(".mine input").first.click()
    expect(page.locator(".mine input").first).not_to_be_checked()
    expect(page.locator(".mine-count")).to_contain_text("没有记住")
    assert watch.troubles == []


@pytest.mark.parametrize("value", ['{"title": "甲"}', '{"title": "甲", "facts": 1, "parts": [{}]}', "[]", "7"])
def test_an_entry_of_another_shape_hides_no_other(value: str, site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / GUIDE)
    page.get_by_role("button", name="收藏到本机").click()
    page.evaluate("v => localStorage.setItem(`mine ${document.documentElement.dataset.site} other`, v)", value)
    page.goto(site / "mine.html")
    expect(page.locator(".mine h2")).to_have_text(["申办社保卡"])
    assert watch.troubles == []


def test_where_nothing_is_kept_a_guide_does_not_say_that_it_is(site: Served, page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(site / GUIDE)
    expect(page.locator(".tick-hint").first).to_contain_text("没有记住")
    expect(page.locator(".tick-hint").first).not_to_contain_text("只记在您的设备上")


def test_a_page_that_stays_open_tells_the_new_day(site: Served, page: Page) -> None:
    page.clock.install(time="2027-03-20T12:00:00Z")  # eight in the evening in China
    page.goto(site / "items/zicainuan-tuixiu.html")
    told = page.locator(".answers [data-days]")
    expect(told).to_have_text(re.compile("今天能办，是最后一天"))
    page.clock.run_for(5 * 3600 * 1000)
    expect(told).to_have_text(re.compile("现在不能办"))


@pytest.mark.parametrize("text", ["社会保险待遇资格认证综合窗口二号", "x" * 400])
def test_what_is_typed_on_a_plate_fits_or_it_is_said(text: str, site: Served, page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(site / "print/plate.html")
    box = page.locator("[data-plate=name]")
    box.fill(text)
    expect(box).to_have_value(text)
    expect(page.locator("[data-copy=name]")).to_have_text(text)
    is_cut = box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.locator("[data-plate-long]").is_visible() == is_cut == (len(text) > 100)


def test_a_long_address_in_a_note_pushes_no_column_off_the_notice(site: Served, page: Page) -> None:
    page.goto(site / "print/notice/shebaoka-shenban.html")
    page.emulate_media(media="print")
    table = page.locator(".slip-list").first
    table.locator("tbody td:nth-child(3)").first.evaluate("cell => { cell.textContent = 'a'.repeat(150); }")
    assert table.evaluate("table => table.scrollWidth <= table.parentNode.clientWidth")


@pytest.mark.parametrize("path", ["print/guide/shebaoka-shenban.html", "print/notice/shebaoka-shenban.html"])
def test_a_browser_that_cannot_print_offers_no_button_for_it(path: str, site: Served, page: Page) -> None:
    page.goto(site / path)
    expect(page.locator("[data-print]")).to_be_visible()
    page.add_init_script("window.print = undefined")
    page.goto(site / path)
    expect(page.locator("[data-print]")).to_be_hidden()
