"""A chart too tall for its sheet as several: cut between rows, lines taken up again at lettered pills."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import count

from builder.guide.flow.chart import Words
from builder.guide.flow.grid import LETTER, PILL, Grid, Item, Link, free_cell, goal, pill
from builder.guide.flow.place import Layout

_CONNECTOR_ROOM = 7.0
"""What the pills and their lines add to a part, in em."""


def cuts(grid: Grid, layout: Layout, height: float) -> list[int]:
    """Return the rows at which parts begin, 0 first, so that each is at most `height` px.

    There are as few parts as possible, then as few lines cut, then parts as even. Empty when a single row is too tall.
    """
    room = height - layout.head - _CONNECTOR_ROOM * layout.em
    # Pills are placed anew in each part.
    last = max(row for row, item in zip(grid.rows, grid.items, strict=True) if item.figure != PILL)
    tops, feet = [top for top, _ in layout.rows], [foot for _, foot in layout.rows]
    crossing = _crossing(grid)
    best: list[tuple[int, int, float, list[int]] | None] = [(0, 0, 0.0, [])]
    for end in range(1, last + 2):
        choices = []
        for start, before in enumerate(best):
            filled = (feet[end - 1] - tops[start]) / room
            if before is not None and filled <= 1:
                number, cut, uneven, begins = before
                choices.append((number + 1, cut + crossing[start], uneven + (1 - filled) ** 2, [*begins, start]))
        best.append(min(choices, default=None))
    return best[-1][-1] if best[-1] else []


def _crossing(grid: Grid) -> list[int]:
    """Return how many lines would be cut above each row; lines on to the same step count once, pills never."""
    crossing: list[set[tuple[int, int]]] = [set() for _ in range(grid.height)]
    for source, target, _ in grid.links:
        one, other = grid.rows[source], grid.rows[target]
        if grid.items[target].figure != PILL:
            for row in range(min(one, other) + 1, max(one, other) + 1):
                crossing[row].add((target, -1 if other > one else source))
    return [len(lines) for lines in crossing]


def parts(grid: Grid, begins: list[int], words: Words) -> list[Grid]:
    """Return one grid for each part. A loop back over a cut becomes a pill, a line on is lettered by its step."""
    part_of = [bisect_right(begins, row) - 1 for row in grid.rows]
    for source, target, _ in grid.links:
        if grid.items[target].figure == PILL:
            part_of[target] = part_of[source]
    letters: dict[int, str] = {}
    for source, target, _ in sorted(grid.links, key=lambda link: (part_of[link.source], link.target)):
        if part_of[source] < part_of[target]:
            letters.setdefault(target, _mark(len(letters)))
    cut = _Cut(grid, begins, part_of, letters, words)
    return [cut.part(number) for number in range(len(begins))]


def _mark(index: int) -> str:
    return chr(65 + index) if index < 26 else f"{chr(65 + index % 26)}{index // 26}"


@dataclass(frozen=True, slots=True)
class _Cut:
    """A grid, the rows at which its parts begin, the part of each item, and the letter of each step led to over a cut."""

    grid: Grid
    begins: list[int]
    part_of: list[int]
    letters: dict[int, str]
    words: Words

    def part(self, number: int) -> Grid:
        grid, part = self.grid, _Part([], [], [], [], self.grid.width)
        entries = self._entries(number)
        lead = 1 + max((row for row, _ in entries.values()), default=-1) - self.begins[number]
        place = {
            index: part.add(item, (grid.rows[index] + lead, grid.columns[index]))
            for index, item in enumerate(grid.items)
            if self.part_of[index] == number and item.figure != PILL
        }
        for target, cell in entries.items():
            origins = sorted({self.part_of[s] for s, t, _ in grid.links if t == target and self.part_of[s] < number})
            before = self.words.either.join(str(origin + 1) for origin in origins)
            figure = self._letter(target, self.words.continued, before)
            part.links.append(Link(part.add(figure, cell), place[target], ""))
        part.links += [Link(place[s], place[t], label) for s, t, label in grid.links if s in place and t in place]
        self._send_back(number, part, place)
        self._send_on(number, part, place)
        return part.grid(grid.lanes)

    def _entries(self, number: int) -> dict[int, tuple[int, int]]:
        """Return cells for the pills that resume a line: above all else, each over the step it leads to if free."""
        cells: dict[int, tuple[int, int]] = {}
        for target in sorted(target for target in self.letters if self.part_of[target] == number):
            cells[target] = _nearest(self.grid.columns[target], self.grid.width, set(cells.values()))
        return cells

    def _send_back(self, number: int, part: "_Part", place: dict[int, int]) -> None:
        """Add the pills of each step, and those that stand for its loops over the cut."""
        leaving: dict[int, list[tuple[str, str]]] = {}
        for source, target, label in self.grid.links:
            item = self.grid.items[target]
            if source in place and item.figure == PILL:
                leaving.setdefault(source, []).append((label, item.text))
            elif source in place and self.part_of[target] < number:
                leaving.setdefault(source, []).append((label, goal(item, self.words, on=False)))
        for source, ways in leaving.items():
            here = place[source]
            item, label = pill(ways, self.words)
            cell = free_cell(part.rows[here], part.columns[here], part.width, part.taken)
            part.links.append(Link(here, part.add(item, cell), label))

    def _send_on(self, number: int, part: "_Part", place: dict[int, int]) -> None:
        """Add the lettered pills at which lines leave for a later part, below all else."""
        last = max(part.rows)
        onward: dict[int, int] = {}
        for source, target, label in self.grid.links:
            if source not in place or self.part_of[target] <= number:
                continue
            here = place[source]
            if target not in onward:
                cell = _nearest(part.columns[here], part.width, part.taken, last + 1)
                figure = self._letter(target, self.words.continues, str(self.part_of[target] + 1))
                onward[target] = part.add(figure, cell)
            part.links.append(Link(here, onward[target], label))

    def _letter(self, target: int, word: str, parts: str) -> Item:
        return Item(LETTER, f"{self.letters[target]} {word.format(n=parts)}")


@dataclass(slots=True)
class _Part:
    """A part in the making."""

    items: list[Item]
    rows: list[int]
    columns: list[int]
    links: list[Link]
    width: int

    @property
    def taken(self) -> set[tuple[int, int]]:
        return set(zip(self.rows, self.columns, strict=True))

    def add(self, item: Item, cell: tuple[int, int]) -> int:
        row, column = cell
        self.items.append(item)
        self.rows.append(row)
        self.columns.append(column)
        return len(self.items) - 1

    def grid(self, lanes: list[tuple[str, int]]) -> Grid:
        return Grid(self.items, self.rows, self.columns, self.links, lanes, self.width, max(self.rows) + 1)


def _nearest(column: int, width: int, taken: set[tuple[int, int]], first: int = 0) -> tuple[int, int]:
    """Return the free cell nearest to `column` in the first row from `first` that has one."""
    near = sorted(range(width), key=lambda other: abs(other - column))
    return next((row, other) for row in count(first) for other in near if (row, other) not in taken)
