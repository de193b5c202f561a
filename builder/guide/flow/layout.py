"""The positions of boxes, lines and labels on the paper, in px."""

from dataclasses import dataclass
from math import ceil, inf
from typing import NamedTuple

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import Figure, Grid
from builder.guide.flow.line_breaking import wrap
from builder.guide.flow.measure import (
    AFTER_TRACKS,
    BEFORE_TRACKS,
    EMPTY_CHANNEL,
    GUTTER_PADDING,
    LABEL_GAP,
    LINE_HEIGHT,
    MARGIN,
    OUTER_MARGIN,
    OVERHANG,
    TRACK_PITCH,
    WAVE_HEIGHT,
    Gutter,
    LabelSize,
    Size,
    TooTallError,
    bottom_label,
    figure_size,
    fit_columns,
    row_heights,
    text_height,
)
from builder.guide.flow.route import BOTTOM, LEFT, RIGHT, TOP, Routes, Wire
from builder.guide.flow.track import Track


class Box(NamedTuple):
    """A figure with its outline `x, y, w, h`. The text begins at `top`: actor, `lines`, then `notes` in bold."""

    figure: Figure
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
    """A line from box `source` to box `target`, which are indexes, with its corner points. `link` is its link's index."""

    points: tuple[tuple[float, float], ...]
    source: int
    target: int
    link: int


class Label(NamedTuple):
    """A label with a white background. `link` is the index of its link."""

    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]
    link: int


class Band(NamedTuple):
    """A lane: its position and width, and the lines of its name."""

    x: float
    w: float
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing with all coordinates. `head` is the height of the lane names, `rows` are (top, bottom) of each row."""

    width: float
    height: float
    em: float
    head: float
    bands: list[Band]
    boxes: list[Box]
    lines: list[Line]
    labels: list[Label]
    rows: list[tuple[float, float]]


def layout_of(grid: Grid, routes: Routes, width: float, em: float, tallest: float = inf) -> Layout:
    """Return the layout of `grid`, `width` px wide at most, with a font of `em` px.

    Raises `TooNarrowError` if a column or a label would be too narrow to read, `TooTallError` if the layout would be
    taller than `tallest` px.
    """
    side_labels, gutters, columns = fit_columns(grid, routes, width / em)
    _set_x(routes, gutters, columns, em)
    forked = {source for source, slots in routes.slots.items() if len(slots) > 1}
    sizes = [
        figure_size(figure, columns[grid.columns[index]], forked=index in forked)
        for index, figure in enumerate(grid.figures)
    ]
    label_room = _spread_slots(grid, routes, columns, sizes, em)
    return _assemble(grid, routes, side_labels, gutters, columns, sizes, label_room, em, tallest)


def _set_x(routes: Routes, gutters: list[Gutter], columns: list[float], em: float) -> None:
    """Set the x position of every column axis and gutter track."""
    x = 0.0
    for index, gutter in enumerate(gutters):
        tracks = routes.gutters.get(index, ())
        start = x + _first_track(index, gutter, len(columns))
        rightward = sum(track.side for track in tracks) > 0
        for track in tracks:
            level = gutter.tracks - 1 - track.level if rightward else track.level
            track.position = round((start + level * TRACK_PITCH) * em)
        x += gutter.width
        if index < len(columns):
            routes.columns[index].position = round((x + columns[index] / 2) * em)
            x += columns[index]


def _first_track(index: int, gutter: Gutter, last: int) -> float:
    """Return the offset in em of the first track from the left edge of the gutter."""
    lead = MARGIN * 0.6 if index == 0 else GUTTER_PADDING if gutter.tracks else 0.0
    return lead + gutter.left


def _spread_slots(grid: Grid, routes: Routes, columns: list[float], sizes: list[Size], em: float) -> dict[Track, float]:
    """Set the x position of every slot, where a line leaves a step at the bottom. Return the room for its label in em."""
    room = {}
    for source, slots in routes.slots.items():
        column = grid.columns[source]
        axis = routes.columns[column].position
        sides = ceil(max(abs(slot.side) for slot in slots))
        step = sizes[source].w / (2 * sides + 1)
        left, right = (any(direction * slot.side > 0 for slot in slots) for direction in (-1, 1))
        for slot in slots:
            slot.position = axis + round(slot.side * step * em)
            is_outermost = abs(slot.side) == sides or not (slot.side or (left and right))
            room[slot] = columns[column] / 2 - abs(slot.side) * step + OVERHANG if is_outermost else step
            # Labels are on the outer side; the label of the middle slot is on the side without other slots.
            slot.level = -1 if slot.side < 0 or (slot.side == 0 and right and not left) else 1
    return room


def _assemble(
    grid: Grid,
    routes: Routes,
    side_labels: dict[int, LabelSize],
    gutters: list[Gutter],
    columns: list[float],
    sizes: list[Size],
    label_room: dict[Track, float],
    em: float,
    tallest: float,
) -> Layout:
    width = float(round((sum(columns) + sum(gutter.width for gutter in gutters)) * em))
    bands = _bands(grid, gutters, columns, width, em)
    has_names = any(band.name != ("",) for band in bands)
    head = float(round((max(len(band.name) for band in bands) * LINE_HEIGHT + 0.8) * em)) if has_names else 0.0
    bottom_labels = {
        index: bottom_label(grid.links[wire.link].label, label_room[wire.turns[0][0]])
        for index, wire in enumerate(routes.wires)
        if wire.leaves == BOTTOM and grid.links[wire.link].label
    }
    heights, sizes = row_heights(grid, routes, side_labels, sizes)
    rows, height = _set_y(grid, routes, bottom_labels, heights, head, em)
    if height > tallest:
        raise TooTallError
    boxes = [_box(figure, sizes[index], routes, grid, index, em) for index, figure in enumerate(grid.figures)]
    lines = [_line(wire, grid, boxes) for wire in routes.wires]
    labels = [_side_label(lines[index], routes.wires[index], label, em) for index, label in side_labels.items()]
    labels += [
        _bottom_label(lines[index], routes.wires[index], boxes[lines[index].source], label, em)
        for index, label in bottom_labels.items()
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
    """Return the offset in em of the border between two lanes in their gutter, where it crosses no label or track."""
    if gutter.tracks:
        return gutter.left + GUTTER_PADDING - TRACK_PITCH / 2
    return gutter.left + (gutter.width - gutter.left - gutter.right) / 2


def _set_y(
    grid: Grid, routes: Routes, bottom_labels: dict[int, LabelSize], heights: list[float], head: float, em: float
) -> tuple[list[tuple[float, float]], float]:
    """Set the y position of every row axis and channel track. Return (top, bottom) of each row and the total height."""
    needed = [0.0] * (grid.height + 1)
    for index, label in bottom_labels.items():
        channel = grid.rows[grid.links[routes.wires[index].link].source] + 1
        needed[channel] = max(needed[channel], label.h + 0.1)
    y, rows = head / em, []
    for row, height in enumerate(heights):
        tracks = routes.channels.get(row)
        if tracks:
            top = y + needed[row] + (BEFORE_TRACKS if row else 0.6)
            for track in tracks:
                track.position = round((top + track.level * TRACK_PITCH) * em)
            y = top + max(track.level for track in tracks) * TRACK_PITCH + AFTER_TRACKS
        elif row:
            y += max(EMPTY_CHANNEL, needed[row] + 0.85)
        else:
            y += OUTER_MARGIN
        routes.rows[row].position = round((y + height / 2) * em)
        rows.append((y * em, (y + height) * em))
        y += height
    last = y + needed[grid.height] + BEFORE_TRACKS
    for track in routes.channels.get(grid.height, ()):
        track.position = round((last + track.level * TRACK_PITCH) * em)
        y = max(y, last + track.level * TRACK_PITCH)
    return rows, float(round((y + OUTER_MARGIN) * em))


def _box(figure: Figure, size: Size, routes: Routes, grid: Grid, index: int, em: float) -> Box:
    axis, middle = routes.columns[grid.columns[index]].position, routes.rows[grid.rows[index]].position
    # Even sizes around an integer center: all edges are then at whole pixels, where the lines end.
    w, h = 2 * round(size.w * em / 2), 2 * round(size.h * em / 2)
    wave = WAVE_HEIGHT * em if figure.kind == Shape.DOCUMENT else 0.0
    top = middle - (text_height(size.lines, size.notes, size.actor) * em + wave) / 2
    return Box(
        figure,
        axis - w / 2,
        middle - h / 2,
        w,
        h,
        size.lines,
        size.notes,
        size.actor,
        top,
        w / 2 if size.tips == size.w / 2 else size.tips * em,
    )


def _line(wire: Wire, grid: Grid, boxes: list[Box]) -> Line:
    source, target, _ = grid.links[wire.link]
    points = [(x_track.position, y_track.position) for x_track, y_track in wire.turns]
    points[0] = _edge_point(boxes[source], wire.leaves, points[0])
    points[-1] = _edge_point(boxes[target], wire.enters, points[-1])
    return Line(tuple(points), source, target, wire.link)


def _edge_point(box: Box, side: str, point: tuple[float, float]) -> tuple[float, float]:
    """Return the point on the outline of `box` where a line at `side` begins or ends."""
    x, y = point
    if side == LEFT:
        return box.x, y
    if side == RIGHT:
        return box.x + box.w, y
    if side == TOP:
        return x, box.y
    if box.figure.kind == Shape.DOCUMENT:
        # The wavy bottom edge, drawn later, covers the beginning of the line.
        return x, box.y + box.h * 0.8
    return x, round(box.y + box.h - _rise_of_edge(box, abs(x - box.x - box.w / 2)))


def _rise_of_edge(box: Box, distance: float) -> float:
    """Return how far the bottom edge of `box` has risen at `distance` px from the center."""
    flat = box.w / 2 - box.tips
    if box.tips and distance > flat:
        return (distance - flat) / box.tips * box.h / 2
    return 0.0


def _side_label(line: Line, wire: Wire, label: LabelSize, em: float) -> Label:
    x, y = line.points[0]
    w, h, gap = round(label.w * em), round(label.h * em), round(LABEL_GAP * em)
    left = x + gap if wire.leaves == RIGHT else x - gap - w
    return Label(left, round(y - 0.2 * em) - h, w, h, label.lines, wire.link)


def _bottom_label(line: Line, wire: Wire, box: Box, label: LabelSize, em: float) -> Label:
    x, y = line.points[0]
    if box.figure.kind == Shape.DOCUMENT:
        y = box.y + box.h
    w, h, gap = round(label.w * em), round(label.h * em), round(LABEL_GAP * em)
    left = x - gap - w if wire.turns[0][0].level < 0 else x + gap
    return Label(left, y + 1, w, h, label.lines, wire.link)
