"""From a chart to its drawing: the largest type that fits the sheet, and as few parts as possible."""

from math import ceil

from builder.flow.chart import Chart, Drawing, Sheet, Words
from builder.flow.grid import Grid, arrange
from builder.flow.measure import TooNarrowError
from builder.flow.place import Layout, place
from builder.flow.route import CrowdedError, Routes, route
from builder.flow.split import cuts, parts
from builder.flow.svg import ink
from builder.flow.text import clean

_SMALLER = 0.93
_NARROW_SHEET = 30.0
_GAIN = 0.88
_TIGHTER = (1.0, 0.88, 0.75, 0.6)


def draw(chart: Chart, sheet: Sheet, *, title: str, description: str, prefix: str, words: Words) -> Drawing:
    """Return the drawing of `chart` for `sheet`, empty when it does not fit in readable type.

    The caller has checked the chart: an edge to an unknown step is left out. `prefix` makes the ids of the drawing
    its own within the page. The same chart gives the same bytes.
    """
    layouts = plan(chart, sheet, words)
    title, description, total = clean(title), clean(description), len(layouts)
    if total == 1:
        return Drawing((ink(layouts[0], prefix, title, description),))
    return Drawing(
        tuple(
            ink(layout, f"{prefix}-{n}", words.part.format(title=title, n=n, total=total), description)
            for n, layout in enumerate(layouts, 1)
        )
    )


def plan(chart: Chart, sheet: Sheet, words: Words) -> list[Layout]:
    """Return the layout of each part, none when the chart does not fit in readable type."""
    if not chart.nodes:
        return []
    side = sheet.lanes and sheet.width > _NARROW_SHEET * sheet.font
    grid = arrange(chart, lanes=sheet.lanes, side=side, words=words)
    try:
        routes = route(grid)
    except CrowdedError:
        return []
    best: list[Layout] = []
    height, at = 0.0, sheet.font
    for em in _sizes(sheet):
        # Smaller type is tried only where it may save a part.
        if best and ceil(height * _GAIN * em / at / sheet.height) >= len(best):
            continue
        whole = _place(grid, routes, sheet.width, em)
        layouts = _parts(grid, whole, sheet, words) if whole else []
        if whole and layouts and (not best or len(layouts) < len(best)):
            best, height, at = layouts, whole.height, em
        if len(best) == 1:
            break
    return best


def _sizes(sheet: Sheet) -> list[float]:
    sizes, em = [], sheet.font
    while em > sheet.min_font:
        sizes.append(em)
        em *= _SMALLER
    return [*sizes, sheet.min_font]


def _parts(grid: Grid, whole: Layout, sheet: Sheet, words: Words) -> list[Layout]:
    """Return `whole` itself if it fits, else the layouts of its parts; none if it cannot be cut to fit."""
    if whole.height <= sheet.height:
        return [whole]
    for tighter in _TIGHTER:
        begins = cuts(grid, whole, sheet.height * tighter)
        if not begins:
            return []
        layouts = [_layout(part, sheet.width, whole.em) for part in parts(grid, begins, words)]
        fitting = [layout for layout in layouts if layout is not None and layout.height <= sheet.height]
        if len(fitting) == len(layouts):
            return fitting
    return []


def _layout(grid: Grid, width: float, em: float) -> Layout | None:
    try:
        return place(grid, route(grid), width, em)
    except (CrowdedError, TooNarrowError):
        return None


def _place(grid: Grid, routes: Routes, width: float, em: float) -> Layout | None:
    try:
        return place(grid, routes, width, em)
    except TooNarrowError:
        return None
