"""On paper: few sheets, nothing beyond the edges, nothing that only a screen needs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from browser_world import Served, sheets_of
from playwright.sync_api import Page

MM = 96 / 25.4  # pixels
WIDTH, HEIGHT = round(174 * MM), round(263 * MM)  # of an A4 sheet inside our margins


@dataclass(frozen=True, slots=True)
class Guide:
    item: str
    sheets: tuple[int, int]  # from, to


GUIDES = (
    Guide("shebaoka-guashi-jiegua", (1, 1)),  # short
    Guide("yilao-yixiao-canbao", (2, 4)),  # long, materials in groups
    Guide("dibao-shenqing", (3, 6)),  # branched, with variants
)

# Pieces of text that stick out of the sheet's width, and pictures that do.
BEYOND = """width => {
  const beyond = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const check = (box, what) => { if (box.width && (box.left < -0.5 || box.right > width + 0.5)) beyond.push(what); };
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) check(box, walker.currentNode.textContent.trim().slice(0, 30));
  }
  for (const svg of document.querySelectorAll("svg")) check(svg.getBoundingClientRect(), "svg");
  return beyond;
}"""

TALLEST = "Math.max(0, ...[...document.querySelectorAll('.chart')].map(one => one.getBoundingClientRect().height))"

ONLY_FOR_SCREENS = "header.top, nav, form, button, .skip, .button, footer.foot"


@pytest.fixture
def paper(page: Page) -> Page:
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.item)
def test_a_sheet_takes_few_pages(guide: Guide, site: Served, page: Page) -> None:
    page.goto(site / f"print/guide/{guide.item}.html")
    least, most = guide.sheets
    assert least <= sheets_of(page) <= most


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.item)
def test_nothing_sticks_out_of_the_sheet(guide: Guide, site: Served, paper: Page) -> None:
    paper.goto(site / f"print/guide/{guide.item}.html")
    assert paper.evaluate(BEYOND, WIDTH) == []


def test_what_sticks_out_would_be_seen(site: Served, paper: Page) -> None:
    paper.goto(site / f"print/guide/{GUIDES[0].item}.html")
    paper.evaluate("document.querySelector('h1').style.marginLeft = '170mm'")
    assert paper.evaluate(BEYOND, WIDTH)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.item)
def test_a_flowchart_fits_on_one_sheet(guide: Guide, site: Served, paper: Page) -> None:
    paper.goto(site / f"print/guide/{guide.item}.html")
    assert paper.evaluate(TALLEST) <= HEIGHT


@pytest.mark.parametrize("folder", ["print/guide", "items"])
def test_what_only_a_screen_needs_is_not_printed(folder: str, site: Served, paper: Page) -> None:
    for guide in GUIDES:
        paper.goto(site / f"{folder}/{guide.item}.html")
        assert paper.locator("h1").is_visible()
        assert paper.locator(ONLY_FOR_SCREENS).locator("visible=true").all_inner_texts() == []


def test_the_heaviest_sheets_stay_inside_their_margins(site: Served, paper: Page) -> None:
    for path in site.built.by_kind["print"][:10]:
        paper.goto(site / path)
        assert paper.evaluate(BEYOND, WIDTH) == [], path


def test_the_print_button_prints(site: Served, page: Page) -> None:
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(site / f"print/guide/{GUIDES[0].item}.html")
    page.get_by_role("button", name="打印").click()
    assert page.title() == "printed"


def test_who_reads_in_large_type_also_prints_in_large_type(site: Served, paper: Page) -> None:
    paper.goto(site / "index.html")
    paper.emulate_media(media="screen")
    paper.get_by_role("button", name="大字版").click()
    for guide in GUIDES:
        paper.goto(site / f"print/guide/{guide.item}.html")
        paper.emulate_media(media="print")
        assert size_of_text(paper) == 16
        assert paper.evaluate(BEYOND, WIDTH) == []
    paper.emulate_media(media="screen")
    paper.get_by_role("button", name="换成标准字").click()
    paper.emulate_media(media="print")
    assert size_of_text(paper) == 12


def size_of_text(page: Page) -> float:
    """Return the size of plain text in points."""
    pixels: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.answers dd')).fontSize)")
    return round(pixels * 72 / 96, 2)
