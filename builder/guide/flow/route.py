"""Routes each line over the grid: down a column, along a row, or through channels (between rows) and gutters.

A gutter is the space between two columns. A line is a list of crossings of tracks; the axes of columns and rows are
tracks too. Tracks get their positions later, when the boxes have been measured. Lines that lead to the same step may
join; all others have their own tracks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import Grid
from builder.guide.flow.track import Track, assign_channel_levels, assign_gutter_levels, assign_sides, by_index

LEFT, RIGHT, TOP, BOTTOM = "left", "right", "top", "bottom"

_OCCUPIED = -1 << 30


class Wire(NamedTuple):
    """The route of a link: the sides where it leaves and enters, and its corners as (vertical, horizontal) tracks."""

    link: int
    leaves: str
    enters: str
    turns: list[tuple[Track, Track]]


@dataclass(frozen=True, slots=True)
class Routes:
    """All routes over a grid. The key of column axis c is 4c+2, of row axis r 4r+2, of channel k 4k, of gutter g 4g."""

    wires: list[Wire]
    columns: list[Track]
    rows: list[Track]
    gutters: dict[int, list[Track]]
    channels: dict[int, list[Track]]
    slots: dict[int, list[Track]]


class CrowdedError(Exception):
    """The lines of this grid cannot be routed without overlaps."""


class _Path(NamedTuple):
    """A link, without what its label says."""

    source: int
    target: int
    is_labelled: bool


class _Plan(NamedTuple):
    """What the routes over a grid depend on: no text is among it."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    is_decision: tuple[bool, ...]
    links: tuple[_Path, ...]
    width: int
    height: int


def route(grid: Grid) -> Routes:
    """Return a route for every link of `grid`. Raises `CrowdedError` if lines would overlap.

    Grids that differ only in their texts get the same object: its tracks have the positions of the last layout.
    """
    return _routes(
        _Plan(
            tuple(grid.rows),
            tuple(grid.columns),
            tuple(figure.kind == Shape.DECISION for figure in grid.figures),
            tuple(_Path(source, target, bool(label)) for source, target, label in grid.links),
            grid.width,
            grid.height,
        )
    )


@lru_cache(maxsize=1 << 10)  # most items of a site go the same few ways
def _routes(plan: _Plan) -> Routes:
    try:
        return _Router(plan, rise=True).routes()
    except CrowdedError:
        return _Router(plan, rise=False).routes()


@dataclass(slots=True)
class _Router:
    plan: _Plan
    rise: bool
    columns: list[Track] = field(init=False)
    rows: list[Track] = field(init=False)
    row_use: dict[int, int] = field(init=False)
    column_use: dict[int, int] = field(init=False)
    gutters: dict[tuple[int, int], Track] = field(default_factory=dict)
    channels: dict[tuple[int, int], Track] = field(default_factory=dict)
    slots: dict[int, list[Track]] = field(default_factory=dict)
    straight_sources: set[int] = field(default_factory=set)
    top_entries: set[int] = field(default_factory=set)
    top_exits: set[int] = field(default_factory=set)
    wires: list[Wire] = field(default_factory=list)
    span: int = field(init=False)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        self.columns = [Track(4 * column + 2) for column in range(plan.width)]
        self.rows = [Track(4 * row + 2) for row in range(plan.height)]
        # Occupied positions in each row (gutters have even numbers, cells odd ones) and in each column (cells only).
        self.span = 2 * plan.width + 2
        self.count = len(plan.rows)
        self.row_use = {
            row * self.span + 2 * column + 1: _OCCUPIED for row, column in zip(plan.rows, plan.columns, strict=True)
        }
        self.column_use = {
            row * plan.width + column: _OCCUPIED for row, column in zip(plan.rows, plan.columns, strict=True)
        }

    def routes(self) -> Routes:
        rows, links = self.plan.rows, self.plan.links
        remaining = [index for index, link in enumerate(links) if not (self._straight(index) or self._same_row(index))]
        remaining.sort(
            key=lambda index: (rows[links[index].target] <= rows[links[index].source], self._may_rise(index))
        )
        for index in remaining:
            self._route_link(index)
        gutters, channels = by_index(self.gutters), by_index(self.channels)
        assign_sides(self.slots, self.straight_sources)
        for tracks in gutters.values():
            assign_gutter_levels(tracks)
        for channel in channels.values():
            assign_channel_levels(channel)
        return Routes(self.wires, self.columns, self.rows, gutters, channels, self.slots)

    # Routes, the simplest first. Each method returns whether it could route the link.

    def _route_link(self, index: int) -> None:
        source, target, is_labelled = self.plan.links[index]
        ways: list[Callable[[int], bool]]
        forward = self.plan.rows[target] > self.plan.rows[source]
        if not forward:
            ways = [self._rise, self._loop, self._around, self._detour]
            if not self._may_rise(index):
                ways.pop(0)
        elif not (is_labelled or self.plan.is_decision[source]):
            ways = [self._through_channel, self._around, self._detour]
        elif source not in self.slots and self._has_several_links(source):
            # The first answer of a decision leaves at the bottom, the others at the sides.
            ways = [self._through_channel, self._side_then_down, self._around, self._detour]
        else:
            ways = [self._side_then_down, self._around_near_side, self._through_channel, self._around, self._detour]
        for way in ways:
            if way(index):
                return

    def _has_several_links(self, source: int) -> bool:
        return sum(link.source == source for link in self.plan.links) > 1

    def _straight(self, index: int) -> bool:
        """Route down the column of both steps."""
        source, target, _ = self.plan.links[index]
        column, start, end = self.plan.columns[source], self.plan.rows[source], self.plan.rows[target]
        if self.plan.columns[target] != column or end <= start or source in self.straight_sources:
            return False
        if not self._claim_column(column, start + 1, end, target):
            return False
        self.straight_sources.add(source)
        slot = self._add_slot(source, 0)
        self._add_wire(index, BOTTOM, TOP, [(slot, self.rows[start]), (self.columns[column], self.rows[end])])
        return True

    def _same_row(self, index: int) -> bool:
        """Route along the row of both steps."""
        source, target, _ = self.plan.links[index]
        row, source_column, target_column = self.plan.rows[source], self.plan.columns[source], self.plan.columns[target]
        if self.plan.rows[target] != row or source_column == target_column:
            return False
        low, high = min(source_column, target_column), max(source_column, target_column)
        if not self._claim_row(row, 2 * low + 2, 2 * high, -1 - index):
            return False
        sides = (RIGHT, LEFT) if target_column > source_column else (LEFT, RIGHT)
        self._add_wire(
            index,
            *sides,
            [(self.columns[source_column], self.rows[row]), (self.columns[target_column], self.rows[row])],
        )
        return True

    def _side_then_down(self, index: int) -> bool:
        """Leave at the side, go along the row to the column of the target, then down."""
        source, target, _ = self.plan.links[index]
        start, end = self.plan.rows[source], self.plan.rows[target]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        if source_column == target_column:
            return False
        low, high = (
            (2 * source_column + 2, 2 * target_column + 1)
            if target_column > source_column
            else (2 * target_column + 1, 2 * source_column)
        )
        if not self._is_column_free(target_column, start, end, target) or not self._claim_row(
            start, low, high, -1 - index
        ):
            return False
        self._claim_column(target_column, start, end, target)
        axis = self.columns[target_column]
        side = RIGHT if target_column > source_column else LEFT
        turns = [(self.columns[source_column], self.rows[start]), (axis, self.rows[start]), (axis, self.rows[end])]
        self._add_wire(index, side, TOP, turns)
        return True

    def _through_channel(self, index: int) -> bool:
        """Leave at the bottom, go along the next channel, then down the column of the target."""
        source, target, _ = self.plan.links[index]
        start, end = self.plan.rows[source], self.plan.rows[target]
        target_column = self.plan.columns[target]
        if self.plan.columns[source] == target_column or not self._claim_column(target_column, start + 1, end, target):
            return False
        channel, axis = self._channel_track(start + 1, target), self.columns[target_column]
        slot = self._add_slot(source, 1 if target_column > self.plan.columns[source] else -1)
        channel.ends += (slot, axis)
        channel.slots_above.append(slot)
        channel.columns_below.append(target_column)
        turns = [(slot, self.rows[start]), (slot, channel), (axis, channel), (axis, self.rows[end])]
        self._add_wire(index, BOTTOM, TOP, turns)
        return True

    def _around_near_side(self, index: int) -> bool:
        """Like `_around`, but never at the side away from the target."""
        source, target, _ = self.plan.links[index]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        return self._by_gutters(index, self._gutters_beside(index)[: 2 if source_column == target_column else 1])

    def _around(self, index: int) -> bool:
        """Leave at the side, go along a gutter, enter at the top."""
        return self._by_gutters(index, self._gutters_beside(index))

    def _by_gutters(self, index: int, gutters: list[int]) -> bool:
        source, target, _ = self.plan.links[index]
        start, end = self.plan.rows[source], self.plan.rows[target]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        for gutter in gutters:
            if not self._claim_row(start, 2 * gutter, 2 * gutter, -1 - index):
                continue
            gutter_track, channel, axis = (
                self._gutter_track(gutter, target),
                self._channel_track(end, target),
                self.columns[target_column],
            )
            gutter_track.ends += (self.rows[start], channel)
            gutter_track.side += 1 if gutter == source_column else -1
            channel.ends += (gutter_track, axis)
            channel.columns_below.append(target_column)
            turns = [
                (self.columns[source_column], self.rows[start]),
                (gutter_track, self.rows[start]),
                (gutter_track, channel),
                (axis, channel),
            ]
            self._add_wire(index, LEFT if gutter == source_column else RIGHT, TOP, [*turns, (axis, self.rows[end])])
            return True
        return False

    def _rise(self, index: int) -> bool:
        """Leave at the top, go up the column of the source, enter at the side."""
        source, target, _ = self.plan.links[index]
        start, end = self.plan.rows[source], self.plan.rows[target]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        if source in self.top_entries or source in self.top_exits or source_column == target_column:
            return False
        low, high = (
            (2 * source_column + 1, 2 * target_column)
            if target_column > source_column
            else (2 * target_column + 2, 2 * source_column + 1)
        )
        side = LEFT if target_column > source_column else RIGHT
        into = self._side_group(target, side)
        own = -1 - index
        if not self._is_column_free(source_column, end, start, own) or not self._claim_row(end, low, high, into):
            return False
        self._claim_column(source_column, end, start, own)
        self.top_exits.add(source)
        axis = self.columns[source_column]
        turns = [(axis, self.rows[start]), (axis, self.rows[end]), (self.columns[target_column], self.rows[end])]
        self._add_wire(index, TOP, side, turns)
        return True

    def _loop(self, index: int) -> bool:
        """Leave at the side, go along a gutter, enter at the side."""
        source, target, _ = self.plan.links[index]
        start, end = self.plan.rows[source], self.plan.rows[target]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        if source_column == target_column:
            gutters = self._gutters_beside(index)
        elif source_column < target_column:
            gutters = list(range(target_column, source_column, -1))
        else:
            gutters = list(range(target_column + 1, source_column + 1))
        for gutter in gutters:
            leaves, enters = (LEFT if gutter <= source_column else RIGHT), (LEFT if gutter <= target_column else RIGHT)
            out = (2 * gutter, 2 * source_column) if gutter <= source_column else (2 * source_column + 2, 2 * gutter)
            into = (2 * gutter, 2 * target_column) if gutter <= target_column else (2 * target_column + 2, 2 * gutter)
            group = self._side_group(target, enters)
            if not self._is_row_free(end, *into, group) or not self._claim_row(start, *out, -1 - index):
                continue
            self._claim_row(end, *into, group)
            gutter_track = self._gutter_track(gutter, group)
            gutter_track.ends += (self.rows[start], self.rows[end])
            gutter_track.side += (1 if gutter <= source_column else -1) + (1 if gutter <= target_column else -1)
            turns = [
                (self.columns[source_column], self.rows[start]),
                (gutter_track, self.rows[start]),
                (gutter_track, self.rows[end]),
            ]
            self._add_wire(index, leaves, enters, [*turns, (self.columns[target_column], self.rows[end])])
            return True
        return False

    def _detour(self, index: int) -> bool:
        """Leave at the bottom, go along a gutter, enter at the top. This is always possible."""
        source, target, _ = self.plan.links[index]
        start, end = self.plan.rows[source], self.plan.rows[target]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        gutter = self._gutters_beside(index)[0]
        out, into = self._channel_track(start + 1, -1 - index), self._channel_track(end, target)
        slot, axis = self._add_slot(source, 1 if gutter > source_column else -1), self.columns[target_column]
        gutter_track = self._gutter_track(gutter, target)
        out.ends += (slot, gutter_track)
        out.slots_above.append(slot)
        gutter_track.ends += (out, into)
        into.ends += (gutter_track, axis)
        into.columns_below.append(target_column)
        turns = [
            (slot, self.rows[start]),
            (slot, out),
            (gutter_track, out),
            (gutter_track, into),
            (axis, into),
            (axis, self.rows[end]),
        ]
        self._add_wire(index, BOTTOM, TOP, turns)
        return True

    # Free and occupied positions.

    def _may_rise(self, index: int) -> bool:
        source, target, is_labelled = self.plan.links[index]
        upward = self.plan.rows[target] < self.plan.rows[source]
        return self.rise and upward and not is_labelled and source not in self.top_entries

    def _gutters_beside(self, index: int) -> list[int]:
        """Return the two gutters beside the source, first the one towards the target, or with fewer lines."""
        source, target, _ = self.plan.links[index]
        source_column, target_column = self.plan.columns[source], self.plan.columns[target]
        if source_column != target_column:
            return (
                [source_column + 1, source_column]
                if target_column > source_column
                else [source_column, source_column + 1]
            )
        low, high = sorted((4 * self.plan.rows[source] + 2, 4 * self.plan.rows[target] + 2))
        busy = {source_column: 0, source_column + 1: 0}
        for (gutter, _), track in self.gutters.items():
            if gutter in busy and any(low <= end.key <= high for end in track.ends):
                busy[gutter] += 1
        outer = source_column + 1 if source_column > 0 and source_column == self.plan.width - 1 else source_column
        return sorted(busy, key=lambda gutter: (busy[gutter], gutter != outer))

    def _side_group(self, target: int, side: str) -> int:
        return target + self.count * (1 if side == LEFT else 2)

    def _is_column_free(self, column: int, start: int, end: int, group: int) -> bool:
        """Return whether the cells of `column` from row `start` up to, but not including, row `end` are free."""
        width, column_use = self.plan.width, self.column_use
        return all(column_use.get(row * width + column, group) == group for row in range(start, end))

    def _claim_column(self, column: int, start: int, end: int, group: int) -> bool:
        if not self._is_column_free(column, start, end, group):
            return False
        for row in range(start, end):
            self.column_use[row * self.plan.width + column] = group
        return True

    def _is_row_free(self, row: int, low: int, high: int, group: int) -> bool:
        base = row * self.span
        return all(self.row_use.get(base + position, group) == group for position in range(low, high + 1))

    def _claim_row(self, row: int, low: int, high: int, group: int) -> bool:
        if not self._is_row_free(row, low, high, group):
            return False
        base = row * self.span
        for position in range(low, high + 1):
            self.row_use[base + position] = group
        return True

    def _add_slot(self, source: int, side: int) -> Track:
        slot = Track(4 * self.plan.columns[source] + 2)
        slot.side = side
        self.slots.setdefault(source, []).append(slot)
        return slot

    def _gutter_track(self, gutter: int, group: int) -> Track:
        track = self.gutters.get((gutter, group))
        if track is None:
            track = self.gutters[gutter, group] = Track(4 * gutter)
        return track

    def _channel_track(self, channel: int, group: int) -> Track:
        track = self.channels.get((channel, group))
        if track is None:
            track = self.channels[channel, group] = Track(4 * channel)
        return track

    def _add_wire(self, index: int, leaves: str, enters: str, turns: list[tuple[Track, Track]]) -> None:
        target = self.plan.links[index].target
        if enters == TOP:
            if target in self.top_exits:
                raise CrowdedError
            self.top_entries.add(target)
        self.wires.append(Wire(index, leaves, enters, turns))
