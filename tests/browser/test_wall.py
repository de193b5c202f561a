"""What hangs on walls and stands on counters: of the right size, whole, and nothing typed is kept."""

from __future__ import annotations

import re

import pytest
from browser_world import Served, printed, sheets_of
from playwright.sync_api import Page, expect


def test_a_board_is_a3_across_and_repeats_its_head_on_every_sheet(site: Served, page: Page) -> None:
    page.goto(site / "print/board/nanmofang-shebaosuo.html")
    sheets, sizes = printed(page)
    assert sheets > 1
    assert sizes == {(420, 297)}
    head = page.evaluate("getComputedStyle(document.querySelector('.board-list thead')).display")
    assert head == "table-header-group"


def test_no_cell_of_a_board_or_a_card_is_cut(site: Served, page: Page) -> None:
    """The longest numbers and names are set in the narrowest columns, in the type of a short and of a long list."""
    page.emulate_media(media="print")
    for folder, width in (("board", 1480), ("card", 740)):  # px of the width that A3 across and A5 across print on
        page.set_viewport_size({"width": width, "height": 1000})
        page.goto(site / site.built.below(f"print/{folder}")[0])
        cut = page.evaluate(
            """() => ["roomy", ""].flatMap(fit => {
              document.querySelector(".board, .window-card").classList.toggle("roomy", Boolean(fit));
              document.querySelectorAll(".phones").forEach(cell => { cell.textContent = "0755-8446 0000 转 1234"; });
              return [...document.querySelectorAll("th, td")]
                .filter(cell => cell.scrollWidth > cell.clientWidth + 1)
                .map(cell => `${fit} ${cell.textContent}`);
            })"""
        )
        assert cut == [], folder


def test_each_window_has_a_card_of_its_own(site: Served, page: Page) -> None:
    page.goto(site / "print/card/nanmofang-shebao-dating.html")
    titles = page.locator(".slip-title").all_inner_texts()
    assert titles == ["灵活就业窗口", "自谋职业（自主创业）窗口", "其他事项"]
    sheets, sizes = printed(page)
    assert sheets >= len(titles)
    assert sizes == {(210, 148)}


def test_a_sign_is_35_by_17_cm_and_its_name_fits(site: Served, page: Page) -> None:
    for path in site.built.below("print/sign"):
        page.goto(site / path)
        assert printed(page) == (page.locator(".sign").count(), {(350, 170)}), path
        frame = page.locator(".sign rect").first.bounding_box()
        for text in page.locator(".sign text").all():
            box = text.bounding_box()
            assert frame
            assert box
            assert box["x"] > frame["x"], path
            assert box["x"] + box["width"] < frame["x"] + frame["width"], path


def test_a_plate_shows_what_is_typed_on_both_faces_and_keeps_nothing(site: Served, page: Page) -> None:
    page.goto(site / "print/plate.html")
    page.get_by_label("姓名").fill("张小明")
    expect(page.locator("[data-copy=name]")).to_have_text("张小明")
    assert sheets_of(page) == 1
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    page.reload()
    expect(page.get_by_label("姓名")).to_have_value("")
    expect(page.locator("[data-copy=name]")).to_have_text("")


def test_a_leaflet_is_one_a5_sheet_for_each_community_with_its_phone(site: Served, page: Page) -> None:
    for path in site.built.below("print/leaflet"):
        page.goto(site / path)
        assert printed(page) == (page.locator(".leaflet").count(), {(148, 210)}), path
    page.goto(site / "print/leaflet/dibao-shenqing.html")
    expect(page.locator("#pingleyuan .leaflet-call")).to_contain_text("010-8738 0265")


def test_only_the_community_that_was_chosen_is_printed(site: Served, page: Page) -> None:
    page.goto(site / "print/leaflet/dibao-shenqing.html")
    page.locator(".leaflet-jumps a", has_text="平乐园社区").click()
    assert sheets_of(page) == 1
    page.locator(".leaflet-jumps a", has_text="全部").click()
    assert sheets_of(page) == 13


@pytest.mark.parametrize("name", ["shebao-shouce", "department-xincheng-dangqun"])
def test_a_booklet_begins_each_part_on_a_sheet_of_its_own(name: str, site: Served, page: Page) -> None:
    page.goto(site / f"print/booklet/{name}.html")
    sheets, sizes = printed(page)
    assert sheets >= page.locator(".cover, .preface, .contents, .bound, .index, .phone-list").count()
    assert sizes == {(210, 297)}
    expect(page.locator("h1")).to_have_count(1)


def test_two_clicks_from_home_lead_to_the_papers_of_the_wall(site: Served, page: Page) -> None:
    page.goto(site / "index.html")
    page.get_by_role("link", name="打印资料").click()
    page.get_by_role("link", name="新城镇党群服务中心").first.click()
    expect(page).to_have_url(re.compile(r"/print/board/xincheng-dangqun\.html$"))


def test_the_code_on_a_board_tells_whether_it_is_current(site: Served, page: Page) -> None:
    page.goto(site / "print/board/xincheng-dangqun.html")
    expect(page.locator(".verdict")).to_be_hidden()
    code = page.locator(".verdict").get_attribute("data-code")
    for hash, says in ((code, "是现在的版本"), ("0A1B2C", "过时了，现在的是这一份")):
        page.goto("about:blank")
        page.goto(site / f"print/board/xincheng-dangqun.html#{hash}")
        expect(page.locator(".verdict")).to_contain_text(says)
