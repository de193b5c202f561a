"""Which way each line runs over the grid: down a column, along a row, or by channels and gutters between them.

A line is a list of crossings of tracks. Column and row axes are tracks too; where a track lies on the paper is
found when the boxes have been measured. Lines to the same step may join, all others keep their own track.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import Grid
from builder.guide.flow.track import Track, by_place, pack, spread, stack

LEFT, RIGHT, TOP, BOTTOM = "left", "right", "top", "bottom"

_BOX = -1 << 30


@dataclass(frozen=True, slots=True)
class Wire:
    """The way of one link: the sides it leaves and enters by, and its turns as (vertical, horizontal) tracks."""

    link: int
    leaves: str
    enters: str
    turns: list[tuple[Track, Track]]


@dataclass(frozen=True, slots=True)
class Routes:
    """All ways over a grid. Column axes have key 4c+2, row axes 4r+2; channel k and gutter g have key 4k and 4g."""

    wires: list[Wire]
    columns: list[Track]
    rows: list[Track]
    gutters: dict[int, list[Track]]
    channels: dict[int, list[Track]]
    slots: dict[int, list[Track]]


class CrowdedError(Exception):
    """The lines of this grid cannot be kept apart."""


def route(grid: Grid) -> Routes:
    """Return a way for every link of `grid`.

    Raises CrowdedError where lines would have to run on top of each other.
    """
    try:
        return _Router(grid, rise=True).routes()
    except CrowdedError:
        return _Router(grid, rise=False).routes()


@dataclass(slots=True)
class _Router:
    grid: Grid
    rise: bool
    columns: list[Track] = field(init=False)
    rows: list[Track] = field(init=False)
    along: dict[int, int] = field(init=False)
    down: dict[int, int] = field(init=False)
    gutters: dict[tuple[int, int], Track] = field(default_factory=dict)
    channels: dict[tuple[int, int], Track] = field(default_factory=dict)
    slots: dict[int, list[Track]] = field(default_factory=dict)
    straights: set[int] = field(default_factory=set)
    roofs: set[int] = field(default_factory=set)
    risers: set[int] = field(default_factory=set)
    wires: list[Wire] = field(default_factory=list)
    span: int = field(init=False)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        grid = self.grid
        self.columns = [Track(4 * column + 2) for column in range(grid.width)]
        self.rows = [Track(4 * row + 2) for row in range(grid.height)]
        # Occupied stretches: along a row (gutters even, cells odd), and down a column (cells).
        self.span = 2 * grid.width + 2
        self.count = len(grid.items)
        self.along = {
            row * self.span + 2 * column + 1: _BOX for row, column in zip(grid.rows, grid.columns, strict=True)
        }
        self.down = {row * grid.width + column: _BOX for row, column in zip(grid.rows, grid.columns, strict=True)}

    def routes(self) -> Routes:
        rows, links = self.grid.rows, self.grid.links
        waiting = [index for index, link in enumerate(links) if not (self._straight(index) or self._level(index))]
        waiting.sort(key=lambda index: (rows[links[index].target] <= rows[links[index].source], self._may_rise(index)))
        for index in waiting:
            self._lead(index)
        gutters, channels = by_place(self.gutters), by_place(self.channels)
        spread(self.slots, self.straights)
        for tracks in gutters.values():
            pack(tracks)
        for channel in channels.values():
            stack(channel)
        return Routes(self.wires, self.columns, self.rows, gutters, channels, self.slots)

    # Ways, simplest first. Each returns whether it could be taken.

    def _lead(self, index: int) -> None:
        source, target, label = self.grid.links[index]
        ways: list[Callable[[int], bool]]
        forward = self.grid.rows[target] > self.grid.rows[source]
        if not forward:
            ways = [self._rise, self._loop, self._around, self._detour]
            if not self._may_rise(index):
                ways.pop(0)
        elif not label and self.grid.items[source].figure != Shape.DECISION:
            ways = [self._step, self._around, self._detour]
        elif source not in self.slots and self._fans_out(source):
            # The first answer of a decision goes on below, the others leave by the sides.
            ways = [self._step, self._aside, self._around, self._detour]
        else:
            ways = [self._aside, self._near, self._step, self._around, self._detour]
        for way in ways:
            if way(index):
                return

    def _fans_out(self, source: int) -> bool:
        return sum(link.source == source for link in self.grid.links) > 1

    def _straight(self, index: int) -> bool:
        """Down the column both stand in."""
        source, target, _ = self.grid.links[index]
        column, start, end = self.grid.columns[source], self.grid.rows[source], self.grid.rows[target]
        if self.grid.columns[target] != column or end <= start or source in self.straights:
            return False
        if not self._claim_down(column, start + 1, end, target):
            return False
        self.straights.add(source)
        slot = self._slot(source, 0)
        self._draw(index, BOTTOM, TOP, [(slot, self.rows[start]), (self.columns[column], self.rows[end])])
        return True

    def _level(self, index: int) -> bool:
        """Along the row both stand in."""
        source, target, _ = self.grid.links[index]
        row, here, there = self.grid.rows[source], self.grid.columns[source], self.grid.columns[target]
        if self.grid.rows[target] != row or here == there:
            return False
        low, high = min(here, there), max(here, there)
        if not self._claim_along(row, 2 * low + 2, 2 * high, -1 - index):
            return False
        sides = (RIGHT, LEFT) if there > here else (LEFT, RIGHT)
        self._draw(index, *sides, [(self.columns[here], self.rows[row]), (self.columns[there], self.rows[row])])
        return True

    def _aside(self, index: int) -> bool:
        """Out by the side, along the row to the column of the target, and down."""
        source, target, _ = self.grid.links[index]
        start, end = self.grid.rows[source], self.grid.rows[target]
        here, there = self.grid.columns[source], self.grid.columns[target]
        if here == there:
            return False
        low, high = (2 * here + 2, 2 * there + 1) if there > here else (2 * there + 1, 2 * here)
        if not self._is_free_down(there, start, end, target) or not self._claim_along(start, low, high, -1 - index):
            return False
        self._claim_down(there, start, end, target)
        axis = self.columns[there]
        side = RIGHT if there > here else LEFT
        turns = [(self.columns[here], self.rows[start]), (axis, self.rows[start]), (axis, self.rows[end])]
        self._draw(index, side, TOP, turns)
        return True

    def _step(self, index: int) -> bool:
        """Out below, over in the next channel, and down the column of the target."""
        source, target, _ = self.grid.links[index]
        start, end = self.grid.rows[source], self.grid.rows[target]
        there = self.grid.columns[target]
        if self.grid.columns[source] == there or not self._claim_down(there, start + 1, end, target):
            return False
        channel, axis = self._channel(start + 1, target), self.columns[there]
        slot = self._slot(source, 1 if there > self.grid.columns[source] else -1)
        channel.ends += (slot, axis)
        channel.ups.append(slot)
        channel.downs.append(there)
        turns = [(slot, self.rows[start]), (slot, channel), (axis, channel), (axis, self.rows[end])]
        self._draw(index, BOTTOM, TOP, turns)
        return True

    def _near(self, index: int) -> bool:
        """Like `_around`, but never by the side turned away from the target."""
        source, target, _ = self.grid.links[index]
        here, there = self.grid.columns[source], self.grid.columns[target]
        return self._by(index, self._sides(index)[: 2 if here == there else 1])

    def _around(self, index: int) -> bool:
        """Out by the side, along a gutter, and in at the top."""
        return self._by(index, self._sides(index))

    def _by(self, index: int, gutters: list[int]) -> bool:
        source, target, _ = self.grid.links[index]
        start, end = self.grid.rows[source], self.grid.rows[target]
        here, there = self.grid.columns[source], self.grid.columns[target]
        for gutter in gutters:
            if not self._claim_along(start, 2 * gutter, 2 * gutter, -1 - index):
                continue
            bar, channel, axis = self._gutter(gutter, target), self._channel(end, target), self.columns[there]
            bar.ends += (self.rows[start], channel)
            bar.side += 1 if gutter == here else -1
            channel.ends += (bar, axis)
            channel.downs.append(there)
            turns = [(self.columns[here], self.rows[start]), (bar, self.rows[start]), (bar, channel), (axis, channel)]
            self._draw(index, LEFT if gutter == here else RIGHT, TOP, [*turns, (axis, self.rows[end])])
            return True
        return False

    def _rise(self, index: int) -> bool:
        """Out at the top, up the own column, and in by the side."""
        source, target, _ = self.grid.links[index]
        start, end = self.grid.rows[source], self.grid.rows[target]
        here, there = self.grid.columns[source], self.grid.columns[target]
        if source in self.roofs or source in self.risers or here == there:
            return False
        low, high = (2 * here + 1, 2 * there) if there > here else (2 * there + 2, 2 * here + 1)
        side = LEFT if there > here else RIGHT
        into = self._side_group(target, side)
        own = -1 - index
        if not self._is_free_down(here, end, start, own) or not self._claim_along(end, low, high, into):
            return False
        self._claim_down(here, end, start, own)
        self.risers.add(source)
        axis = self.columns[here]
        turns = [(axis, self.rows[start]), (axis, self.rows[end]), (self.columns[there], self.rows[end])]
        self._draw(index, TOP, side, turns)
        return True

    def _loop(self, index: int) -> bool:
        """Out by the side, along a gutter, and in by the side."""
        source, target, _ = self.grid.links[index]
        start, end = self.grid.rows[source], self.grid.rows[target]
        here, there = self.grid.columns[source], self.grid.columns[target]
        if here == there:
            sides = self._sides(index)
        elif here < there:
            sides = list(range(there, here, -1))
        else:
            sides = list(range(there + 1, here + 1))
        for gutter in sides:
            leaves, enters = (LEFT if gutter <= here else RIGHT), (LEFT if gutter <= there else RIGHT)
            out = (2 * gutter, 2 * here) if gutter <= here else (2 * here + 2, 2 * gutter)
            into = (2 * gutter, 2 * there) if gutter <= there else (2 * there + 2, 2 * gutter)
            group = self._side_group(target, enters)
            if not self._is_free_along(end, *into, group) or not self._claim_along(start, *out, -1 - index):
                continue
            self._claim_along(end, *into, group)
            bar = self._gutter(gutter, group)
            bar.ends += (self.rows[start], self.rows[end])
            bar.side += (1 if gutter <= here else -1) + (1 if gutter <= there else -1)
            turns = [(self.columns[here], self.rows[start]), (bar, self.rows[start]), (bar, self.rows[end])]
            self._draw(index, leaves, enters, [*turns, (self.columns[there], self.rows[end])])
            return True
        return False

    def _detour(self, index: int) -> bool:
        """Out below, along a gutter, and in at the top: always open."""
        source, target, _ = self.grid.links[index]
        start, end = self.grid.rows[source], self.grid.rows[target]
        here, there = self.grid.columns[source], self.grid.columns[target]
        gutter = self._sides(index)[0]
        out, into = self._channel(start + 1, -1 - index), self._channel(end, target)
        slot, axis = self._slot(source, 1 if gutter > here else -1), self.columns[there]
        bar = self._gutter(gutter, target)
        out.ends += (slot, bar)
        out.ups.append(slot)
        bar.ends += (out, into)
        into.ends += (bar, axis)
        into.downs.append(there)
        turns = [(slot, self.rows[start]), (slot, out), (bar, out), (bar, into), (axis, into), (axis, self.rows[end])]
        self._draw(index, BOTTOM, TOP, turns)
        return True

    # What is free and what is taken.

    def _may_rise(self, index: int) -> bool:
        source, target, label = self.grid.links[index]
        upward = self.grid.rows[target] < self.grid.rows[source]
        return self.rise and upward and not label and source not in self.roofs

    def _sides(self, index: int) -> list[int]:
        """Return the gutters beside the source, the better first: towards the target, or with fewer lines."""
        source, target, _ = self.grid.links[index]
        here, there = self.grid.columns[source], self.grid.columns[target]
        if here != there:
            return [here + 1, here] if there > here else [here, here + 1]
        low, high = sorted((4 * self.grid.rows[source] + 2, 4 * self.grid.rows[target] + 2))
        busy = {here: 0, here + 1: 0}
        for (gutter, _), track in self.gutters.items():
            if gutter in busy and any(low <= end.key <= high for end in track.ends):
                busy[gutter] += 1
        outer = here + 1 if here > 0 and here == self.grid.width - 1 else here
        return sorted(busy, key=lambda gutter: (busy[gutter], gutter != outer))

    def _side_group(self, target: int, side: str) -> int:
        return target + self.count * (1 if side == LEFT else 2)

    def _is_free_down(self, column: int, start: int, end: int, group: int) -> bool:
        """Whether the cells of `column` from row `start` to before row `end` are free, the first being a turn."""
        width, down = self.grid.width, self.down
        return all(down.get(row * width + column, group) == group for row in range(start, end))

    def _claim_down(self, column: int, start: int, end: int, group: int) -> bool:
        if not self._is_free_down(column, start, end, group):
            return False
        for row in range(start, end):
            self.down[row * self.grid.width + column] = group
        return True

    def _is_free_along(self, row: int, low: int, high: int, group: int) -> bool:
        base = row * self.span
        return all(self.along.get(base + place, group) == group for place in range(low, high + 1))

    def _claim_along(self, row: int, low: int, high: int, group: int) -> bool:
        if not self._is_free_along(row, low, high, group):
            return False
        base = row * self.span
        for place in range(low, high + 1):
            self.along[base + place] = group
        return True

    def _slot(self, source: int, heading: int) -> Track:
        slot = Track(4 * self.grid.columns[source] + 2)
        slot.side = heading
        self.slots.setdefault(source, []).append(slot)
        return slot

    def _gutter(self, gutter: int, group: int) -> Track:
        track = self.gutters.get((gutter, group))
        if track is None:
            track = self.gutters[gutter, group] = Track(4 * gutter)
        return track

    def _channel(self, channel: int, group: int) -> Track:
        track = self.channels.get((channel, group))
        if track is None:
            track = self.channels[channel, group] = Track(4 * channel)
        return track

    def _draw(self, index: int, leaves: str, enters: str, turns: list[tuple[Track, Track]]) -> None:
        target = self.grid.links[index].target
        if enters == TOP:
            if target in self.risers:
                raise CrowdedError
            self.roofs.add(target)
        self.wires.append(Wire(index, leaves, enters, turns))
