"""Sheets for the counter and the wall: so many pages and no more, ticked without storing, with a code that leads back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from browser_world import Served, printed, sheets_of
from PIL import Image
from playwright.sync_api import Page, expect
from sample_site import ADDRESS, Built
from site_folder import SiteFolder


def heaviest(site: Served, kind: str, most: int = 12) -> list[str]:
    return site.built.below(f"print/{kind}")[:most]


def test_the_short_guide_is_one_sheet_however_long_the_full_one_is(site: Served, page: Page) -> None:
    for path in heaviest(site, "short", 25):
        page.goto(site / path)
        assert sheets_of(page) == 1, path


def test_what_the_short_guide_leaves_out_it_says(site: Served, page: Page) -> None:
    page.goto(site / "print/short/dibao-shenqing.html")
    expect(page.locator("main")).to_contain_text(re.compile(r"还有 \d+ 样，见完整的指南"))
    boxes = page.locator(".short .box").count()
    page.goto(site / "items/dibao-shenqing.html")
    assert boxes < page.locator(".materials input").count()


def test_a_slip_has_two_copies_on_one_sheet_or_one_sheet_a_copy(site: Served, page: Page) -> None:
    for path in heaviest(site, "notice"):
        page.goto(site / path)
        together, apart = page.locator(".slips.two-up").count(), page.locator(".slips:not(.two-up)").count()
        assert sheets_of(page) == together + 2 * apart, path
    page.goto(site / "print/notice/shiye-dengji.html")
    expect(page.locator(".cut")).to_have_count(1)
    expect(page.locator(".slip")).to_have_count(2)
    assert sheets_of(page) == 1


def test_every_case_has_a_slip_of_its_own(site: Served, page: Page) -> None:
    page.goto(site / "print/notice/shiyejin-shenling.html")
    titles = page.locator(".slip-title").all_inner_texts()
    assert len(titles) == 2 * len(set(titles)) > 2


def test_a_slip_ticked_in_the_browser_is_stored_nowhere(site: Served, page: Page) -> None:
    page.goto(site / "print/notice/shebaoka-shenban.html")
    page.locator(".tick input").first.check()
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    page.reload()
    expect(page.locator(".slip input:checked")).to_have_count(0)


def test_a_poster_is_a3_and_holds_each_part_of_its_chart_whole(site: Served, page: Page) -> None:
    for path in heaviest(site, "poster", 6):
        page.goto(site / path)
        assert printed(page) == (page.locator(".poster").count(), {(297, 420)}), path


def test_what_has_no_flowchart_has_no_poster(site: Served, page: Page) -> None:
    page.goto(site / "items/yuzhong-chuangye-daikuan.html")
    expect(page.get_by_role("link", name="一次性告知单")).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("流程图"))).to_have_count(0)


@pytest.mark.parametrize("sheet", ["guide", "short", "notice", "poster"])
def test_the_code_on_a_sheet_leads_to_the_page_of_its_item_with_the_edition(
    sheet: str, site: Served, page: Page
) -> None:
    page.emulate_media(media="print")
    page.goto(site / f"print/{sheet}/linquanzheng-shenqing.html")
    picture = Image.open(io.BytesIO(page.locator(".qr").first.screenshot()))
    address = zxingcpp.read_barcodes(picture)[0].text
    assert re.fullmatch(re.escape(f"{ADDRESS}/items/linquanzheng-shenqing.html#e-") + "[0-9A-F]{6}", address)


def test_a_camera_reads_the_code_from_a_screen_that_darkens_pages(site: Served, page_in_the_dark: Page) -> None:
    page_in_the_dark.goto(site / "print/guide/linquanzheng-shenqing.html")
    picture = Image.open(io.BytesIO(page_in_the_dark.locator(".qr").first.screenshot()))
    corner = Image.open(io.BytesIO(page_in_the_dark.screenshot())).convert("L").crop((2, 2, 3, 3)).tobytes()[0]
    assert corner < 60  # the page around it is dark
    assert len(zxingcpp.read_barcodes(picture)) == 1


def test_without_an_address_there_is_no_code(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path).with_some_items()
    sheet = "print/notice/shebaoka-shenban.html"
    site.built()
    assert 'class="qr"' in site.page(sheet)
    site.replace("site.yaml", "base_url", "# base_url")
    site.built()
    assert 'class="qr"' not in site.page(sheet)


def test_all_sheets_of_an_item_bear_one_edition_and_another_text_another(built: Built) -> None:
    def edition(folder: Path, sheet: str, item: str) -> str:
        found = re.search(
            r"版本(?:：|</dt><dd>)([0-9A-F]{6})", (folder / f"print/{sheet}/{item}.html").read_text("utf-8")
        )
        assert found
        return found[1]

    kinds = ("guide", "short", "notice", "poster")
    assert len({edition(built.folder, kind, "linquanzheng-shenqing") for kind in kinds}) == 1
    assert edition(built.folder, "guide", "linquanzheng-shenqing") != edition(built.folder, "guide", "dibao-shenqing")
