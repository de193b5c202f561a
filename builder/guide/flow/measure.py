"""The sizes of figures, labels, gutters and columns in em, before they have positions."""

from functools import lru_cache
from math import ceil
from typing import NamedTuple

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import LETTER, PILL, Figure, Grid
from builder.guide.flow.line_breaking import advance, wrap
from builder.guide.flow.route import LEFT, RIGHT, Routes

# All sizes are in em, so that a poster looks like an enlarged page.
LINE_HEIGHT = 1.32
TAG_RADIUS = 0.62
TRACK_PITCH = 0.8
GUTTER_PADDING = 0.95
MARGIN = 0.85
EMPTY_CHANNEL = 1.6
BEFORE_TRACKS = 0.75
AFTER_TRACKS = 1.25
LABEL_LINE_HEIGHT = 1.2
LABEL_GAP = 0.25
OVERHANG = 0.6
"""How far a label below a step may extend beyond its column. Tracks begin at `GUTTER_PADDING`."""
_BOX_PADDING_X = 0.6
_BOX_PADDING_Y = 0.42
WAVE_HEIGHT = 0.6
OUTER_MARGIN = 1.0
_MAX_COLUMN = 25.0
_MAX_ONLY_COLUMN = 32.0
_EMPTY_COLUMN = 3.4
_MAX_DIAMOND_HEIGHT = 8.0
_POINTED_SIDE = 1.1
_DIAMOND_SHARES = (1.0, 0.85, 0.7, 0.55, 0.4)
_PREFERRED_FLATNESS = 3.4
_MAX_FLATNESS = 5.0


class TooNarrowError(Exception):
    """The columns are too narrow for readable text."""


class TooTallError(Exception):
    """The drawing is taller than the paper."""


class Size(NamedTuple):
    """The size of a figure in em, and its text in lines. `tips` is the width of its pointed sides, 0 for none."""

    w: float
    h: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    actor: tuple[str, ...]
    tips: float


class LabelSize(NamedTuple):
    """The size of a label in em, and its text in lines."""

    w: float
    h: float
    lines: tuple[str, ...]


class Gutter(NamedTuple):
    """The widths of a gutter in em: labels of the left column, number of tracks, labels of the right column, total."""

    left: float
    tracks: int
    right: float
    width: float


class _ColumnFit(NamedTuple):
    """In em: maximum width of a label beside a step, width of a column of pills, minimum width of a column of steps."""

    label: float
    pills: float
    steps: float


_COLUMN_FITS = (
    _ColumnFit(label=6.2, pills=5.8, steps=13.0),
    _ColumnFit(label=3.6, pills=5.4, steps=8.0),
    _ColumnFit(label=2.2, pills=3.7, steps=6.0),
)


def fit_columns(grid: Grid, routes: Routes, width: float) -> tuple[dict[int, LabelSize], list[Gutter], list[float]]:
    """Return the labels beside steps by wire, the gutters, and the width of each column, `width` em at most in total.

    Raises `TooNarrowError` if that is impossible.
    """
    side_labels: dict[int, LabelSize] = {}
    gutters: list[Gutter] = []
    for fit in _COLUMN_FITS:
        if side_labels or not gutters:  # without labels the gutters stay as they are
            side_labels = _side_label_sizes(grid, routes, fit.label)
            gutters = _gutters(grid, routes, side_labels)
        columns = _columns(grid, gutters, width, fit)
        if columns:
            return side_labels, gutters, columns
    raise TooNarrowError


@lru_cache(maxsize=1 << 14)
def figure_size(figure: Figure, column: float, *, forked: bool) -> Size:
    """Return the size of `figure` in a column of `column` em. `forked` means that several lines leave at its bottom."""
    if figure.kind in (PILL, LETTER):
        return _pill(figure.text, column)
    if figure.kind == Shape.DECISION:
        return _diamond(figure, column, _DIAMOND_SHARES[:1] if forked else _DIAMOND_SHARES)
    rounded = 0.5 if figure.kind in (Shape.START, Shape.END) else 0.0
    room = column - 2 * _BOX_PADDING_X - rounded
    lines, notes, actor = wrap(figure.text, room), wrap(figure.note, room - 0.6), wrap(figure.actor, room - 1.0)
    h = text_height(lines, notes, actor) + 2 * _BOX_PADDING_Y + (WAVE_HEIGHT if figure.kind == Shape.DOCUMENT else 0)
    return Size(column, h, lines, notes, actor, 0)


def _pill(text: str, column: float) -> Size:
    ways = text.split("\n")
    w = min(max(map(advance, ways)) + 1.2, column)
    lines = tuple(line for way in ways for line in wrap(way, w - 1.0))
    return Size(w, len(lines) * LINE_HEIGHT + (0.3 if len(lines) == 1 else 0.8), lines, (), (), 0)


def text_height(*texts: tuple[str, ...]) -> float:
    """Return the height in em of texts one below the other."""
    return sum(len(lines) for lines in texts if lines != ("",)) * LINE_HEIGHT


def _diamond(figure: Figure, column: float, shares: tuple[float, ...]) -> Size:
    """Return the lowest diamond with room for the text. If that is too tall, return a box with pointed sides."""
    best, lowest_cost = None, _MAX_DIAMOND_HEIGHT
    total = advance(figure.text)
    for count in range(1, 6):
        lines = wrap(figure.text, max(total / count + 0.6, 2.0))
        notes, actor = wrap(figure.note, max(total / count, 5.0)), wrap(figure.actor, max(total / count, 4.0))
        w, text_h = max(map(advance, (*lines, *notes, *actor))), text_height(lines, notes, actor) + 0.1
        for share in shares:
            width = column * share
            if w > 0.8 * (width - 0.6):
                break
            # A low diamond saves space, but a very flat one does not look like a decision.
            h = max(text_h / (1 - w / (width - 0.6)), 2.8, width / _MAX_FLATNESS)
            cost = h + max(width / h - _PREFERRED_FLATNESS, 0) + 0.5 * len(lines)
            if h <= _MAX_DIAMOND_HEIGHT and (best is None or cost < lowest_cost - 0.2):
                best, lowest_cost = Size(width, h, lines, notes, actor, width / 2), cost
    if best is not None:
        return best
    room = column - 2 * _POINTED_SIDE - 0.3
    lines, notes, actor = wrap(figure.text, room), wrap(figure.note, room), wrap(figure.actor, room)
    return Size(column, text_height(lines, notes, actor) + 2 * _BOX_PADDING_Y, lines, notes, actor, _POINTED_SIDE)


def _side_label_sizes(grid: Grid, routes: Routes, max_width: float) -> dict[int, LabelSize]:
    """Return the labels of lines that leave a step at its side, by wire."""
    side_labels = {}
    for index, wire in enumerate(routes.wires):
        label = grid.links[wire.link].label
        if label and wire.leaves in (LEFT, RIGHT):
            side_labels[index] = _side_label_size(label, max_width)
    return side_labels


@lru_cache(maxsize=1 << 12)
def _side_label_size(label: str, max_width: float) -> LabelSize:
    total = advance(label)
    lines = wrap(label, total if total <= min(max_width, 4.2) else min(ceil(total / 2), max_width))
    return LabelSize(max(map(advance, lines)) + 0.2, len(lines) * LABEL_LINE_HEIGHT, lines)


def _gutters(grid: Grid, routes: Routes, side_labels: dict[int, LabelSize]) -> list[Gutter]:
    last = grid.width
    left, right = [0.0] * (last + 1), [0.0] * (last + 1)
    for index, label in side_labels.items():
        wire = routes.wires[index]
        column = grid.columns[grid.links[wire.link].source]
        # The label partly covers the padding of the gutter.
        if wire.leaves == LEFT:
            right[column] = max(right[column], label.w - GUTTER_PADDING + 3.2 * LABEL_GAP)
        else:
            left[column + 1] = max(left[column + 1], label.w - GUTTER_PADDING + 3.2 * LABEL_GAP)
    gutters = []
    for gutter in range(last + 1):
        tracks = 1 + max((track.level for track in routes.gutters.get(gutter, ())), default=-1)
        outer = gutter in (0, last)
        pad = MARGIN + (
            GUTTER_PADDING if not outer else GUTTER_PADDING / 3 if tracks or left[gutter] or right[gutter] else 0
        )
        gutters.append(
            Gutter(left[gutter], tracks, right[gutter], left[gutter] + right[gutter] + tracks * TRACK_PITCH + pad)
        )
    return gutters


def _columns(grid: Grid, gutters: list[Gutter], width: float, fit: _ColumnFit) -> list[float]:
    """Return the width of each column, equal for columns with steps, less for others; [] if the space is too narrow."""
    min_widths = [_EMPTY_COLUMN] * grid.width
    for figure, column in zip(grid.figures, grid.columns, strict=True):
        small = figure.kind in (PILL, LETTER) and "\n" not in figure.text
        min_widths[column] = max(min_widths[column], fit.pills if small else fit.steps)
    full = [width >= fit.steps for width in min_widths]
    free = width - sum(gutter.width for gutter in gutters)
    free -= sum(width for width, is_full in zip(min_widths, full, strict=True) if not is_full)
    share = min(free / max(sum(full), 1), _MAX_ONLY_COLUMN if sum(full) == 1 else _MAX_COLUMN)
    if share < fit.steps:
        return []
    # Rounded to tenths, so that columns of different charts share cached line breaks.
    share = int(share * 10) / 10
    return [share if is_full else width for width, is_full in zip(min_widths, full, strict=True)]


@lru_cache(maxsize=1 << 12)
def bottom_label(label: str, room: float) -> LabelSize:
    """Return the size of a label beside a line that leaves at the bottom, with `room` em to the next line or box.

    Raises `TooNarrowError` if there is no room for two characters.
    """
    max_width = room - 0.2 - 2 * LABEL_GAP
    lines = wrap(label, min(max(max_width, 1.0), 8.0))
    w = max(map(advance, lines)) + 0.2
    if max_width < min(2.0, advance(label)) or w + 1.8 * LABEL_GAP > room:
        raise TooNarrowError
    return LabelSize(w, len(lines) * LABEL_LINE_HEIGHT, lines)


def row_heights(
    grid: Grid, routes: Routes, side_labels: dict[int, LabelSize], sizes: list[Size]
) -> tuple[list[float], list[Size]]:
    """Return the height of each row, and the sizes of the figures, enlarged where labels at their sides require it."""
    if side_labels:
        sizes = list(sizes)
    heights = [1.0] * grid.height
    for index, label in side_labels.items():
        source = grid.links[routes.wires[index].link].source
        need = 2 * (label.h + LABEL_GAP)
        heights[grid.rows[source]] = max(heights[grid.rows[source]], need)
        size = sizes[source]
        if not size.tips and routes.wires[index].leaves == LEFT:
            # Keep the tag at the upper left corner away from the label.
            sizes[source] = size._replace(h=max(size.h, need + 2 * TAG_RADIUS))
    for row, size in zip(grid.rows, sizes, strict=True):
        heights[row] = max(heights[row], size.h)
    return heights, sizes
