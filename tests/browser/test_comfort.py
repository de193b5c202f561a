"""Old eyes, small phones, keyboards: what every page owes them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from browser_world import Served, seen_in_frames
from playwright.sync_api import Browser, Page, expect

WITH_MATERIALS = "items/shebaoka-shenban.html"

# The controls lower than asked, as “text: height”. A box counts with its label; links inside sentences do not count.
LOW_CONTROLS = """lowest => {
  const block = node => getComputedStyle(node).display.startsWith("inline") ? block(node.parentElement) : node;
  const inSentence = link => getComputedStyle(link).display === "inline"
    && block(link).textContent.trim() !== link.textContent.trim();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(one => one.checkVisibility() && !(one.localName === "a" && inSentence(one)))
    .map(one => one.closest("label") || one)
    .map(one => [one.textContent.trim().slice(0, 20) || one.outerHTML.slice(0, 60), one.getBoundingClientRect().height])
    .filter(([, height]) => height < lowest)
    .map(([text, height]) => `${text}: ${height.toFixed(1)}`);
}"""

# The texts in letters under 24 px or lines under 1.3, with their size; a chart scales with its width.
SMALL_TEXT = """() => [...document.querySelectorAll("body *")]
  .filter(one => !one.closest("svg") && one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(one => [one.textContent.trim().slice(0, 20), parseFloat(getComputedStyle(one).fontSize), parseFloat(getComputedStyle(one).lineHeight)])
  .filter(([, size, line]) => size < 24 || line < 1.3 * size)"""

# Sums up how far the page moves under its reader.
SHIFT = """window.moved = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value; })
  .observe({type: "layout-shift", buffered: true})"""

MOVING = """[...document.querySelectorAll("*")].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0
  || getComputedStyle(one).scrollBehavior === "smooth").map(one => one.outerHTML.slice(0, 60))"""

SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"

# What a reader sees of the element that has the focus.
FOCUS = """() => {
  const one = document.activeElement; one.reached = true;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    name: one.textContent.trim().slice(0, 20) || one.name || one.localName,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inside: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""

# The controls that had no focus yet; `FOCUS` marks those that had.
UNREACHED = """[...document.querySelectorAll("a[href], button:enabled, input, select, textarea, summary")]
  .filter(one => one.checkVisibility() && !one.reached).map(one => one.outerHTML.slice(0, 80))"""

# Where the main heading begins, and where each row of the answer box ends, by its question: that of the phone with the
# first number, whose name may come after it.
FIRST_SCREEN = """document => ({
  heading: document.querySelector("h1").getBoundingClientRect().top,
  answers: Object.fromEntries([...document.querySelectorAll(".answers > div")].map(
    row => [row.querySelector("dt").textContent.trim(), (row.querySelector(".tel") || row).getBoundingClientRect().bottom])),
})"""


def enlarge(page: Page, site: Served) -> None:
    """Choose the large type, as a reader does, on the home page."""
    page.goto(site / "index.html")
    page.get_by_role("button", name="大字版").click()


# Spoils a page in each of the ways that the tests below look for.
SPOIL = """() => {
  const add = (name, style, text) => {
    const one = document.createElement(name);
    one.textContent = text;
    Object.assign(one.style, style);
    document.querySelector("main").prepend(one);
  };
  add("button", {minHeight: 0, height: "20px", padding: 0, transitionDuration: "1s"}, "low");
  add("p", {fontSize: "10px"}, "small");
  add("p", {width: "3000px", height: "300px"}, "wide and pushing");
}"""


WIDTHS = (320, 360, 1280)
LOOK = f"""isLarge => ({{
  sideways: {SIDEWAYS},
  low: ({LOW_CONTROLS})(isLarge ? 60 : 44),
  small: isLarge ? ({SMALL_TEXT})() : [],
  moving: isLarge ? [] : {MOVING},
  animations: document.getAnimations().length,
}})"""


@dataclass(frozen=True, slots=True)
class Look:
    """A page in a window of some width: how far it scrolls sideways, and which parts are low, small, or move."""

    sideways: float
    low: list[str]
    small: list[object]
    moving: list[str]
    animations: int


@dataclass(frozen=True, slots=True)
class Looks:
    """What is seen of pages in one size of type, by path and width, and how far the first of each kind moved as it came."""

    by_width: dict[tuple[str, int], Look]
    moved: dict[str, float]


def looked_at(site: Served, page: Page, size: str) -> Looks:
    """Look at the heaviest pages of every kind in the size of type "" or "large"."""
    page.add_init_script(f"localStorage.setItem('guides size', '{size}')")
    page.add_init_script(SHIFT)
    looks, first = Looks({}, {}), set(site.built.samples(1))
    for path in site.built.samples():
        page.set_viewport_size({"width": 360, "height": 640})
        page.goto(site / path)
        if path in first:
            page.wait_for_timeout(60)
            looks.moved[path] = page.evaluate("moved")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 640})
            looks.by_width[path, width] = Look(**page.evaluate(LOOK, bool(size)))
    return looks


@pytest.fixture(scope="module")
def looks(site: Served, browser: Browser) -> dict[str, Looks]:
    """How pages look by the size of type. Each is loaded once for all that is said of it."""
    found: dict[str, Looks] = {}
    for size in ("", "large"):
        with browser.new_context() as context:
            context.set_default_timeout(5000)
            found[size] = looked_at(site, context.new_page(), size)
    return found


def test_what_is_looked_for_would_be_seen(site: Served, page: Page) -> None:
    page.add_init_script(SHIFT)
    page.goto(site / "index.html")
    page.wait_for_timeout(60)
    assert page.evaluate("moved") <= 0.01
    page.evaluate(SPOIL)
    assert "low: 20.0" in page.evaluate(LOW_CONTROLS, 44)
    assert "small" in [text for text, *_ in page.evaluate(SMALL_TEXT)]
    assert any(one.startswith("<button style") for one in page.evaluate(MOVING))
    assert page.evaluate(SIDEWAYS) > 2000
    page.wait_for_function("() => moved > 0.01")


@pytest.mark.parametrize("size", ["", "large"])
def test_no_page_scrolls_sideways(size: str, looks: dict[str, Looks]) -> None:
    assert {where: look.sideways for where, look in looks[size].by_width.items() if look.sideways} == {}


@pytest.mark.parametrize("size", ["", "large"])
def test_no_page_scrolls_sideways_on_a_phone_with_text_at_200_percent(
    size: str, site: Served, page_with_text_twice_as_large: Page
) -> None:
    page = page_with_text_twice_as_large
    page.add_init_script(f"localStorage.setItem('guides size', '{size}')")
    page.goto(site / "index.html")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == (48 if size else 36)
    for path in site.built.samples():
        if not path.startswith("print/"):  # sheets are made for paper
            page.goto(site / path)
            assert page.evaluate(SIDEWAYS) == 0, path


def test_in_large_type_text_and_controls_are_as_large_as_elders_need(looks: dict[str, Looks]) -> None:
    pages = {where: look for where, look in looks["large"].by_width.items() if not where[0].startswith("print/")}
    assert {where: look.low for where, look in pages.items() if look.low} == {}
    assert {where: look.small for where, look in pages.items() if look.small} == {}


@pytest.mark.parametrize("size", ["", "large"])
def test_nothing_moves_while_a_page_loads(size: str, looks: dict[str, Looks]) -> None:
    assert {path: moved for path, moved in looks[size].moved.items() if moved > 0.01} == {}


def test_where_more_contrast_is_asked_for_no_text_is_grey(site: Served, page: Page) -> None:
    page.emulate_media(contrast="more")
    page.goto(site / WITH_MATERIALS)
    assert page.evaluate("getComputedStyle(document.querySelector('.lead')).color") == "rgb(0, 0, 0)"


def test_in_forced_colors_the_flowchart_stays_black_on_white(site: Served, page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(site / WITH_MATERIALS)
    assert page.evaluate("getComputedStyle(document.querySelector('.chart')).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_on_a_page_is_animated(looks: dict[str, Looks]) -> None:
    """So there is nothing to hold still for those who ask for less motion."""
    pages = looks[""].by_width
    assert {where: look.moving for where, look in pages.items() if look.moving or look.animations} == {}


def test_every_control_is_as_high_as_a_finger(looks: dict[str, Looks]) -> None:
    assert {where: look.low for where, look in looks[""].by_width.items() if look.low} == {}


def test_large_type_stays_on_the_next_page_and_after_a_return(site: Served, page: Page) -> None:
    enlarge(page, site)
    page.goto(site / WITH_MATERIALS)
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    sizes = page.evaluate(
        "[...document.querySelectorAll('main p, main li, main dd')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 24
    assert min(sizes) >= 20
    page.get_by_role("button", name="标准版").click()
    page.goto(site / "index.html")
    assert page.locator("html").get_attribute("data-size") is None


def test_ticked_materials_survive_a_reload(site: Served, page: Page) -> None:
    page.goto(site / WITH_MATERIALS)
    boxes = page.locator(".materials input[type=checkbox]")
    assert boxes.count() > 2
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.reload()
    assert [box.is_checked() for box in boxes.all()[:3]] == [True, False, True]
    boxes.nth(0).uncheck()
    page.reload()
    assert [box.is_checked() for box in boxes.all()[:3]] == [False, False, True]


def test_ticks_of_one_item_are_not_those_of_another(site: Served, page: Page) -> None:
    page.goto(site / WITH_MATERIALS)
    page.locator(".materials input[type=checkbox]").first.check()
    page.goto(site / "items/dibao-shenqing.html")
    assert page.locator(".materials input:checked").count() == 0


def test_where_nothing_can_be_stored_ticking_and_large_type_still_work(site: Served, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    page.goto(site / WITH_MATERIALS)
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.locator(".materials input[type=checkbox]").first.check()


def test_the_first_tab_leads_to_the_skip_link_and_that_to_the_text(site: Served, page: Page) -> None:
    for path in site.built.samples(1):
        page.goto(site / path)
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUS)
        assert (seen["name"], seen["inside"]) == ("跳到正文", True), path
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main", path


@pytest.mark.parametrize("path", ["index.html", "search.html", WITH_MATERIALS, "print/guide/shebaoka-shenban.html"])
def test_the_keyboard_reaches_every_control_and_shows_where_it_is(path: str, site: Served, page: Page) -> None:
    page.goto(site / path)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        seen = page.evaluate(FOCUS)
        assert seen["inside"], seen
        assert seen["ring"] >= 3, seen
        page.keyboard.press("Tab")
    assert page.evaluate(UNREACHED) == []


def test_the_first_screen_of_a_guide_answers_what_people_ask_first(site: Served, page: Page) -> None:
    first = ("谁能办", "在哪办", "多久办好", "交多少钱", "打电话问")
    late = [
        f"{path}: {seen}"
        for path, seen in seen_in_frames(page, site, site.built.offered, FIRST_SCREEN).items()
        if seen["heading"] >= 150 or max(seen["answers"][row] for row in first) > 640
    ]
    assert late == [], "\n".join(late)
