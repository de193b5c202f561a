"""How large everything is, in em, before it has a place: figures, answers, gutters and columns."""

from functools import lru_cache
from math import ceil
from typing import NamedTuple

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import LETTER, PILL, Grid, Item
from builder.guide.flow.line_breaking import advance, wrap
from builder.guide.flow.route import LEFT, RIGHT, Routes

# Measures in em, so that a poster is a page enlarged.
LEADING = 1.32
TAG = 0.62
PITCH = 0.8
PAD = 0.95
MARGIN = 0.85
BARE_CHANNEL = 1.6
BEFORE_TRACKS = 0.75
AFTER_TRACKS = 1.25
LABEL_LEADING = 1.2
LABEL_GAP = 0.25
OVERHANG = 0.6
"""How far a label below a step may stand out of its column: tracks begin at `PAD`."""
_BOX_SIDE = 0.6
_BOX_TOP = 0.42
WAVE = 0.6
ROOF = 1.0
_WIDEST_COLUMN = 25.0
_WIDEST_ALONE = 32.0
_UNUSED = 3.4
_TALLEST_DIAMOND = 8.0
_TIP = 1.1
_SHARES = (1.0, 0.85, 0.7, 0.55, 0.4)
_FLAT = 3.4
_FLATTEST = 5.0


class TooNarrowError(Exception):
    """The columns cannot hold readable text."""


class Size(NamedTuple):
    """A figure in em with its lines of text; `tips` is how far its sides are pointed."""

    w: float
    h: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    actor: tuple[str, ...]
    tips: float


class Answer(NamedTuple):
    """The label of a way out by the side, set in em."""

    w: float
    h: float
    lines: tuple[str, ...]


class Gutter(NamedTuple):
    """Widths in em of a gutter: room for labels of the left column, its tracks, labels of the right column."""

    left: float
    tracks: int
    right: float
    width: float


class _Fit(NamedTuple):
    """Widest line of a label beside a step, width of a column that has only pills, narrowest column of steps."""

    label: float
    pills: float
    steps: float


_FITS = (
    _Fit(label=6.2, pills=5.8, steps=13.0),
    _Fit(label=3.6, pills=5.4, steps=8.0),
    _Fit(label=2.2, pills=3.7, steps=6.0),
)


def across(grid: Grid, routes: Routes, width: float) -> tuple[dict[int, Answer], list[Gutter], list[float]]:
    """Return the answers beside steps, the gutters and the width of each column, together at most `width` em.

    Raises TooNarrowError where they cannot be.
    """
    for fit in _FITS:
        exits = _exits(grid, routes, fit.label)
        gutters = _gutters(grid, routes, exits)
        columns = _columns(grid, gutters, width, fit)
        if columns:
            return exits, gutters, columns
    raise TooNarrowError


@lru_cache(maxsize=1 << 14)
def size(item: Item, column: float, *, forked: bool) -> Size:
    """Return the size of `item` in a column `column` em wide; `forked` if several lines leave below it."""
    if item.figure in (PILL, LETTER):
        return _pill(item.text, column)
    if item.figure == Shape.DECISION:
        return _diamond(item, column, _SHARES[:1] if forked else _SHARES)
    rounded = 0.5 if item.figure in (Shape.START, Shape.END) else 0.0
    room = column - 2 * _BOX_SIDE - rounded
    lines, notes, actor = wrap(item.text, room), wrap(item.note, room - 0.6), wrap(item.actor, room - 1.0)
    h = text_height(lines, notes, actor) + 2 * _BOX_TOP + (WAVE if item.figure == Shape.DOCUMENT else 0)
    return Size(column, h, lines, notes, actor, 0)


def _pill(text: str, column: float) -> Size:
    ways = text.split("\n")
    w = min(max(map(advance, ways)) + 1.2, column)
    lines = tuple(line for way in ways for line in wrap(way, w - 1.0))
    return Size(w, len(lines) * LEADING + (0.3 if len(lines) == 1 else 0.8), lines, (), (), 0)


def text_height(*texts: tuple[str, ...]) -> float:
    """Return the height in em of texts set under each other."""
    return sum(len(lines) for lines in texts if lines != ("",)) * LEADING


def _diamond(item: Item, column: float, shares: tuple[float, ...]) -> Size:
    """Return the lowest diamond that holds the text, or, when that is tall, a box with pointed sides."""
    best, least = None, _TALLEST_DIAMOND
    whole = advance(item.text)
    for count in range(1, 6):
        lines = wrap(item.text, max(whole / count + 0.6, 2.0))
        notes, actor = wrap(item.note, max(whole / count, 5.0)), wrap(item.actor, max(whole / count, 4.0))
        w, text = max(map(advance, (*lines, *notes, *actor))), text_height(lines, notes, actor) + 0.1
        for share in shares:
            wide = column * share
            if w > 0.8 * (wide - 0.6):
                break
            # A low diamond saves room, but a flat one is not read as a question.
            h = max(text / (1 - w / (wide - 0.6)), 2.8, wide / _FLATTEST)
            cost = h + max(wide / h - _FLAT, 0) + 0.5 * len(lines)
            if h <= _TALLEST_DIAMOND and (best is None or cost < least - 0.2):
                best, least = Size(wide, h, lines, notes, actor, wide / 2), cost
    if best is not None:
        return best
    room = column - 2 * _TIP - 0.3
    lines, notes, actor = wrap(item.text, room), wrap(item.note, room), wrap(item.actor, room)
    return Size(column, text_height(lines, notes, actor) + 2 * _BOX_TOP, lines, notes, actor, _TIP)


def _exits(grid: Grid, routes: Routes, widest: float) -> dict[int, Answer]:
    """Return the labels that stand on a line leaving sideways, by wire."""
    exits = {}
    for index, wire in enumerate(routes.wires):
        label = grid.links[wire.link].label
        if label and wire.leaves in (LEFT, RIGHT):
            exits[index] = _side_label(label, widest)
    return exits


@lru_cache(maxsize=1 << 12)
def _side_label(label: str, widest: float) -> Answer:
    whole = advance(label)
    lines = wrap(label, whole if whole <= min(widest, 4.2) else min(ceil(whole / 2), widest))
    return Answer(max(map(advance, lines)) + 0.2, len(lines) * LABEL_LEADING, lines)


def _gutters(grid: Grid, routes: Routes, exits: dict[int, Answer]) -> list[Gutter]:
    last = grid.width
    left, right = [0.0] * (last + 1), [0.0] * (last + 1)
    for index, label in exits.items():
        wire = routes.wires[index]
        column = grid.columns[grid.links[wire.link].source]
        # Part of the label lies over the padding that every gutter has.
        if wire.leaves == LEFT:
            right[column] = max(right[column], label.w - PAD + 3.2 * LABEL_GAP)
        else:
            left[column + 1] = max(left[column + 1], label.w - PAD + 3.2 * LABEL_GAP)
    gutters = []
    for gutter in range(last + 1):
        tracks = 1 + max((track.level for track in routes.gutters.get(gutter, ())), default=-1)
        outer = gutter in (0, last)
        pad = MARGIN + (PAD if not outer else PAD / 3 if tracks or left[gutter] or right[gutter] else 0)
        gutters.append(Gutter(left[gutter], tracks, right[gutter], left[gutter] + right[gutter] + tracks * PITCH + pad))
    return gutters


def _columns(grid: Grid, gutters: list[Gutter], width: float, fit: _Fit) -> list[float]:
    """Return the width of each column, equal for those with steps, less for those without; nothing if too narrow."""
    least = [_UNUSED] * grid.width
    for item, column in zip(grid.items, grid.columns, strict=True):
        small = item.figure in (PILL, LETTER) and "\n" not in item.text
        least[column] = max(least[column], fit.pills if small else fit.steps)
    full = [width >= fit.steps for width in least]
    free = width - sum(gutter.width for gutter in gutters)
    free -= sum(width for width, is_full in zip(least, full, strict=True) if not is_full)
    share = min(free / max(sum(full), 1), _WIDEST_ALONE if sum(full) == 1 else _WIDEST_COLUMN)
    if share < fit.steps:
        return []
    # Tenths, so that equal columns of different charts share their cached lines.
    share = int(share * 10) / 10
    return [share if is_full else width for width, is_full in zip(least, full, strict=True)]


@lru_cache(maxsize=1 << 12)
def below_label(label: str, room: float) -> Answer:
    """Return the answer that stands beside a line leaving below, with `room` em to the next line or box.

    Raises TooNarrowError where not two characters fit.
    """
    widest = room - 0.2 - 2 * LABEL_GAP
    lines = wrap(label, min(max(widest, 1.0), 8.0))
    w = max(map(advance, lines)) + 0.2
    if widest < min(2.0, advance(label)) or w + 1.8 * LABEL_GAP > room:
        raise TooNarrowError
    return Answer(w, len(lines) * LABEL_LEADING, lines)


def row_heights(
    grid: Grid, routes: Routes, exits: dict[int, Answer], shapes: list[Size]
) -> tuple[list[float], list[Size]]:
    """Return the height of each row, and the shapes made high enough for the labels at their sides."""
    if exits:
        shapes = list(shapes)
    heights = [1.0] * grid.height
    for index, exit in exits.items():
        source = grid.links[routes.wires[index].link].source
        need = 2 * (exit.h + LABEL_GAP)
        heights[grid.rows[source]] = max(heights[grid.rows[source]], need)
        shape = shapes[source]
        if not shape.tips and routes.wires[index].leaves == LEFT:
            # The tag at the upper left corner keeps clear of the label.
            shapes[source] = shape._replace(h=max(shape.h, need + 2 * TAG))
    for row, shape in zip(grid.rows, shapes, strict=True):
        heights[row] = max(heights[row], shape.h)
    return heights, shapes
