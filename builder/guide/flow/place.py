"""Where everything lies on the paper: boxes, lines and labels with their coordinates, in px."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import Grid, Item
from builder.guide.flow.line_breaking import wrap
from builder.guide.flow.measure import (
    AFTER_TRACKS,
    BARE_CHANNEL,
    BEFORE_TRACKS,
    LABEL_GAP,
    LEADING,
    MARGIN,
    OVERHANG,
    PAD,
    PITCH,
    ROOF,
    WAVE,
    Answer,
    Gutter,
    Size,
    across,
    below_label,
    row_heights,
    size,
    text_height,
)
from builder.guide.flow.route import BOTTOM, LEFT, RIGHT, TOP, Routes, Wire
from builder.guide.flow.track import Track


class Box(NamedTuple):
    """A figure: outline `x, y, w, h`, and its lines of text from `top` down, `notes` bold."""

    item: Item
    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    actor: tuple[str, ...]
    top: float
    tips: float


class Line(NamedTuple):
    """A line with its turns, from the edge of one box to the edge of another, by index; `link` tells whose."""

    points: tuple[tuple[float, float], ...]
    source: int
    target: int
    link: int


class Label(NamedTuple):
    """An answer on its own white ground; `link` tells whose."""

    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]
    link: int


class Band(NamedTuple):
    """A lane: its stretch of the width and the lines of its name."""

    x: float
    w: float
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One drawing with all its coordinates. `rows` are the stretches (top, bottom) of the rows of the grid."""

    width: float
    height: float
    em: float
    head: float
    bands: list[Band]
    boxes: list[Box]
    lines: list[Line]
    labels: list[Label]
    rows: list[tuple[float, float]]


def place(grid: Grid, routes: Routes, width: float, em: float) -> Layout:
    """Return `grid` laid out at most `width` px wide in type of `em` px.

    Raises TooNarrowError where a column or a label would be too narrow to read.
    """
    exits, gutters, columns = across(grid, routes, width / em)
    _set_columns(routes, gutters, columns, em)
    forked = {source for source, slots in routes.slots.items() if len(slots) > 1}
    shapes = [size(item, columns[grid.columns[index]], forked=index in forked) for index, item in enumerate(grid.items)]
    spread = _spread_slots(grid, routes, columns, shapes, em)
    return _assemble(grid, routes, exits, gutters, columns, shapes, spread, em)


def _set_columns(routes: Routes, gutters: list[Gutter], columns: list[float], em: float) -> None:
    """Give every vertical axis and gutter track its x."""
    x = 0.0
    for index, gutter in enumerate(gutters):
        tracks = routes.gutters.get(index, ())
        start = x + _first_track(index, gutter, len(columns))
        rightward = sum(track.side for track in tracks) > 0
        for track in tracks:
            level = gutter.tracks - 1 - track.level if rightward else track.level
            track.at = round((start + level * PITCH) * em)
        x += gutter.width
        if index < len(columns):
            routes.columns[index].at = round((x + columns[index] / 2) * em)
            x += columns[index]


def _first_track(index: int, gutter: Gutter, last: int) -> float:
    """Return the offset of the first track, beside the border of the lane."""
    lead = MARGIN * 0.6 if index == 0 else PAD if gutter.tracks else 0.0
    return lead + gutter.left


def _spread_slots(
    grid: Grid, routes: Routes, columns: list[float], shapes: list[Size], em: float
) -> dict[Track, float]:
    """Give every way out below a step its x; return the room in em its label has beside it."""
    room = {}
    for source, slots in routes.slots.items():
        column = grid.columns[source]
        axis = routes.columns[column].at
        sides = ceil(max(abs(slot.side) for slot in slots))
        step = shapes[source].w / (2 * sides + 1)
        left, right = (any(lean * slot.side > 0 for slot in slots) for lean in (-1, 1))
        for slot in slots:
            slot.at = axis + round(slot.side * step * em)
            is_outermost = abs(slot.side) == sides or not (slot.side or (left and right))
            room[slot] = columns[column] / 2 - abs(slot.side) * step + OVERHANG if is_outermost else step
            # Labels turn outward; that of the middle way to the side where no other leaves.
            slot.level = -1 if slot.side < 0 or (slot.side == 0 and right and not left) else 1
    return room


def _assemble(
    grid: Grid,
    routes: Routes,
    exits: dict[int, Answer],
    gutters: list[Gutter],
    columns: list[float],
    shapes: list[Size],
    spread: dict[Track, float],
    em: float,
) -> Layout:
    width = float(round((sum(columns) + sum(gutter.width for gutter in gutters)) * em))
    bands = _bands(grid, gutters, columns, width, em)
    named = any(band.name != ("",) for band in bands)
    head = float(round((max(len(band.name) for band in bands) * LEADING + 0.8) * em)) if named else 0.0
    below = {
        index: below_label(grid.links[wire.link].label, spread[wire.turns[0][0]])
        for index, wire in enumerate(routes.wires)
        if wire.leaves == BOTTOM and grid.links[wire.link].label
    }
    heights, shapes = row_heights(grid, routes, exits, shapes)
    rows, height = _set_rows(grid, routes, below, heights, head, em)
    boxes = [_box(item, shapes[index], routes, grid, index, em) for index, item in enumerate(grid.items)]
    lines = [_line(wire, grid, boxes) for wire in routes.wires]
    labels = [_beside(lines[index], routes.wires[index], exit, em) for index, exit in exits.items()]
    labels += [
        _under(lines[index], routes.wires[index], boxes[lines[index].source], exit, em) for index, exit in below.items()
    ]
    return Layout(width, height, em, head, bands, boxes, lines, labels, rows)


def _bands(grid: Grid, gutters: list[Gutter], columns: list[float], width: float, em: float) -> list[Band]:
    borders, x = [0.0], 0.0
    for index in range(1, len(columns)):
        x += gutters[index - 1].width + columns[index - 1]
        borders.append(round((x + _border(gutters[index])) * em))
    borders.append(width)
    bands, column = [], 0
    for name, count in grid.lanes:
        start, end = borders[column], borders[column + count]
        bands.append(Band(start, end - start, wrap(name, max((end - start) / em - 0.6, 2.0))))
        column += count
    return bands


def _border(gutter: Gutter) -> float:
    """Return where in a gutter the border of two lanes lies: clear of its labels and tracks."""
    if gutter.tracks:
        return gutter.left + PAD - PITCH / 2
    return gutter.left + (gutter.width - gutter.left - gutter.right) / 2


def _set_rows(
    grid: Grid, routes: Routes, below: dict[int, Answer], heights: list[float], head: float, em: float
) -> tuple[list[tuple[float, float]], float]:
    """Give every row axis and channel track its y; return the stretches of the rows and the whole height, in px."""
    need = [0.0] * (grid.height + 1)
    for index, exit in below.items():
        channel = grid.rows[grid.links[routes.wires[index].link].source] + 1
        need[channel] = max(need[channel], exit.h + 0.1)
    y, rows = head / em, []
    for row, height in enumerate(heights):
        tracks = routes.channels.get(row)
        if tracks:
            top = y + need[row] + (BEFORE_TRACKS if row else 0.6)
            for track in tracks:
                track.at = round((top + track.level * PITCH) * em)
            y = top + max(track.level for track in tracks) * PITCH + AFTER_TRACKS
        elif row:
            y += max(BARE_CHANNEL, need[row] + 0.85)
        else:
            y += ROOF
        routes.rows[row].at = round((y + height / 2) * em)
        rows.append((y * em, (y + height) * em))
        y += height
    last = y + need[grid.height] + BEFORE_TRACKS
    for track in routes.channels.get(grid.height, ()):
        track.at = round((last + track.level * PITCH) * em)
        y = max(y, last + track.level * PITCH)
    return rows, float(round((y + ROOF) * em))


def _box(item: Item, shape: Size, routes: Routes, grid: Grid, index: int, em: float) -> Box:
    axis, middle = routes.columns[grid.columns[index]].at, routes.rows[grid.rows[index]].at
    # Even sizes about a whole middle: edges then lie on whole pixels, and lines meet them.
    w, h = 2 * round(shape.w * em / 2), 2 * round(shape.h * em / 2)
    wave = WAVE * em if item.figure == Shape.DOCUMENT else 0.0
    top = middle - (text_height(shape.lines, shape.notes, shape.actor) * em + wave) / 2
    return Box(
        item,
        axis - w / 2,
        middle - h / 2,
        w,
        h,
        shape.lines,
        shape.notes,
        shape.actor,
        top,
        w / 2 if shape.tips == shape.w / 2 else shape.tips * em,
    )


def _line(wire: Wire, grid: Grid, boxes: list[Box]) -> Line:
    source, target, _ = grid.links[wire.link]
    points = [(across.at, along.at) for across, along in wire.turns]
    points[0] = _edge(boxes[source], wire.leaves, points[0])
    points[-1] = _edge(boxes[target], wire.enters, points[-1])
    return Line(tuple(points), source, target, wire.link)


def _edge(box: Box, side: str, point: tuple[float, float]) -> tuple[float, float]:
    """Return the point of the outline where a line along `side` of `box` meets it."""
    x, y = point
    if side == LEFT:
        return box.x, y
    if side == RIGHT:
        return box.x + box.w, y
    if side == TOP:
        return x, box.y
    if box.item.figure == Shape.DOCUMENT:
        # The wavy foot covers the start of the line.
        return x, box.y + box.h * 0.8
    return x, round(box.y + box.h - _slope(box, abs(x - box.x - box.w / 2)))


def _slope(box: Box, off: float) -> float:
    """Return how far the foot of `box` has risen `off` px from its middle."""
    flat = box.w / 2 - box.tips
    if box.tips and off > flat:
        return (off - flat) / box.tips * box.h / 2
    return 0.0


def _beside(line: Line, wire: Wire, exit: Answer, em: float) -> Label:
    x, y = line.points[0]
    w, h, gap = round(exit.w * em), round(exit.h * em), round(LABEL_GAP * em)
    left = x + gap if wire.leaves == RIGHT else x - gap - w
    return Label(left, round(y - 0.2 * em) - h, w, h, exit.lines, wire.link)


def _under(line: Line, wire: Wire, box: Box, exit: Answer, em: float) -> Label:
    x, y = line.points[0]
    if box.item.figure == Shape.DOCUMENT:
        y = box.y + box.h
    w, h, gap = round(exit.w * em), round(exit.h * em), round(LABEL_GAP * em)
    left = x - gap - w if wire.turns[0][0].level < 0 else x + gap
    return Label(left, y + 1, w, h, exit.lines, wire.link)
