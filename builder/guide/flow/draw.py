"""Draws a chart in as few parts as possible, then in the largest font that fits the paper."""

from math import inf

from builder.guide.flow.chart import Chart, ChartLabels, Drawing, PaperSize
from builder.guide.flow.grid import Grid, LineLimits, arrange
from builder.guide.flow.layout import Layout, layout_of
from builder.guide.flow.line_breaking import clean
from builder.guide.flow.measure import TooNarrowError, TooTallError
from builder.guide.flow.route import CrowdedError, Routes, route
from builder.guide.flow.split import cuts, parts
from builder.guide.flow.svg import render_svg

_NARROW_PAPER = 30.0  # em
_FONT_STEP = 0.97  # factor between two font sizes that are tried
_HEIGHT_FACTORS = (1.0, 0.88, 0.75, 0.6)  # of the paper's height, tried in order until all parts fit
_LINE_LIMITS = (
    LineLimits(inf, inf),
    LineLimits(8, inf),
    LineLimits(4, inf),
    LineLimits(2, inf),
    LineLimits(1, inf),
    LineLimits(1, 1),
)
"""Tried in order, with fewer lines each time, until the lines do not overlap."""


def draw(chart: Chart, paper: PaperSize, *, title: str, description: str, prefix: str, labels: ChartLabels) -> Drawing:
    """Return the drawing of `chart` for `paper`. It is empty if the chart does not fit in a readable font.

    Edges to unknown steps are left out. `prefix` makes the ids of the drawing unique in the page. The same chart always
    gives the same bytes.
    """
    layouts = layouts_of(chart, paper, labels)
    title, description, total = clean(title), clean(description), len(layouts)
    if total == 1:
        return Drawing((render_svg(layouts[0], prefix, title, description),))
    return Drawing(
        tuple(
            render_svg(layout, f"{prefix}-{n}", labels.part.format(title=title, n=n, total=total), description)
            for n, layout in enumerate(layouts, 1)
        )
    )


def layouts_of(chart: Chart, paper: PaperSize, labels: ChartLabels) -> list[Layout]:
    """Return the layout of each part, or [] if the chart does not fit in a readable font.

    If there are too many lines to draw without overlaps, the longer ones are replaced by pills.
    """
    if not chart.nodes:
        return []
    side_column = paper.lanes and paper.width > _NARROW_PAPER * paper.font
    tried: list[Grid] = []
    for limits in _LINE_LIMITS:
        grid = arrange(chart, lanes=paper.lanes, side_column=side_column, limits=limits, labels=labels)
        if grid not in tried:
            layouts = _best_layouts(grid, paper, labels)
            if layouts:
                return layouts
            tried.append(grid)
    return []


def _best_layouts(grid: Grid, paper: PaperSize, labels: ChartLabels) -> list[Layout]:
    """Return the layout of each part: as few parts as possible, then the largest font; [] if the paper is too narrow."""
    try:
        routes = route(grid)
    except CrowdedError:
        return []
    largest = _part_layouts(grid, routes, paper, paper.font, labels)
    if len(largest) == 1:
        return largest
    fewest = _part_layouts(grid, routes, paper, paper.min_font, labels)
    if 0 < len(largest) <= len(fewest):
        return largest
    if not fewest:
        return largest or _part_layouts(grid, routes, paper, paper.fallback_font, labels)
    em = paper.font * _FONT_STEP
    while em > paper.min_font:
        layouts = _part_layouts(grid, routes, paper, em, labels, most=len(fewest))
        if 0 < len(layouts) <= len(fewest):
            return layouts
        em *= _FONT_STEP
    return fewest


def _part_layouts(
    grid: Grid, routes: Routes, paper: PaperSize, em: float, labels: ChartLabels, most: float = inf
) -> list[Layout]:
    """Return a single layout with a font of `em` px if it fits, otherwise those of the parts, or [] if these do not fit.

    No parts are tried if there can be only one at `most`.
    """
    single = _layout_or_none(grid, routes, paper.width, em, tallest=paper.height if most == 1 else inf)
    if single is None:
        return []
    if single.height <= paper.height:
        return [single]
    for factor in _HEIGHT_FACTORS:
        starts = cuts(grid, single, paper.height * factor)
        if not starts:
            return []
        layouts = [_part_layout(part, paper.width, em) for part in parts(grid, starts, labels)]
        fitting = [layout for layout in layouts if layout is not None and layout.height <= paper.height]
        if len(fitting) == len(layouts):
            return fitting
    return []


def _part_layout(grid: Grid, width: float, em: float) -> Layout | None:
    try:
        return _layout_or_none(grid, route(grid), width, em)
    except CrowdedError:
        return None


def _layout_or_none(grid: Grid, routes: Routes, width: float, em: float, tallest: float = inf) -> Layout | None:
    try:
        return layout_of(grid, routes, width, em, tallest)
    except (TooNarrowError, TooTallError):
        return None
