"""From a chart to its drawing: the largest type that fits the sheet, and as few parts as possible."""

from math import inf

from builder.guide.flow.chart import Chart, Drawing, Sheet, Words
from builder.guide.flow.grid import Grid, Reach, arrange
from builder.guide.flow.line_breaking import clean
from builder.guide.flow.measure import TooNarrowError
from builder.guide.flow.place import Layout, place
from builder.guide.flow.route import CrowdedError, Routes, route
from builder.guide.flow.split import cuts, parts
from builder.guide.flow.svg import ink

_NARROW_SHEET = 30.0
_SMALLER = 0.97
_TIGHTER = (1.0, 0.88, 0.75, 0.6)
_REACHES = (Reach(inf, inf), Reach(8, inf), Reach(4, inf), Reach(2, inf), Reach(1, inf), Reach(1, 1))
"""What is drawn as lines, less and less until all lines can be kept apart."""


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
    """Return the layout of each part, none when the chart does not fit in readable type.

    Where lines are too many to be kept apart, the longer ones become pills.
    """
    if not chart.nodes:
        return []
    side = sheet.lanes and sheet.width > _NARROW_SHEET * sheet.font
    tried: list[Grid] = []
    for reach in _REACHES:
        grid = arrange(chart, lanes=sheet.lanes, side=side, reach=reach, words=words)
        if grid not in tried:
            layouts = _largest(grid, sheet, words)
            if layouts:
                return layouts
            tried.append(grid)
    return []


def _largest(grid: Grid, sheet: Sheet, words: Words) -> list[Layout]:
    """Return the layout of each part: as few as possible, then in type as large as possible; none if too narrow."""
    try:
        routes = route(grid)
    except CrowdedError:
        return []
    largest = _parts(grid, routes, sheet, sheet.font, words)
    if len(largest) == 1:
        return largest
    fewest = _parts(grid, routes, sheet, sheet.min_font, words)
    if 0 < len(largest) <= len(fewest):
        return largest
    if not fewest:
        return largest or _parts(grid, routes, sheet, sheet.fallback_font, words)
    em = sheet.font * _SMALLER
    while em > sheet.min_font:
        layouts = _parts(grid, routes, sheet, em, words)
        if 0 < len(layouts) <= len(fewest):
            return layouts
        em *= _SMALLER
    return fewest


def _parts(grid: Grid, routes: Routes, sheet: Sheet, em: float, words: Words) -> list[Layout]:
    """Return one layout in type of `em` px if it fits, else the layouts of the parts; none if they cannot fit."""
    whole = _layout(grid, routes, sheet.width, em)
    if whole is None:
        return []
    if whole.height <= sheet.height:
        return [whole]
    for tighter in _TIGHTER:
        begins = cuts(grid, whole, sheet.height * tighter)
        if not begins:
            return []
        layouts = [_part(part, sheet.width, em) for part in parts(grid, begins, words)]
        fitting = [layout for layout in layouts if layout is not None and layout.height <= sheet.height]
        if len(fitting) == len(layouts):
            return fitting
    return []


def _part(grid: Grid, width: float, em: float) -> Layout | None:
    try:
        return _layout(grid, route(grid), width, em)
    except CrowdedError:
        return None


def _layout(grid: Grid, routes: Routes, width: float, em: float) -> Layout | None:
    try:
        return place(grid, routes, width, em)
    except TooNarrowError:
        return None
