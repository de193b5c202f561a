"""Splits a chart that is too tall into parts: cut between rows, with the lines connected by lettered pills."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import count

from builder.guide.flow.chart import ChartLabels
from builder.guide.flow.grid import LETTER, PILL, Figure, Grid, Link, free_cell, goal_text, pill_of
from builder.guide.flow.layout import Layout

_CONNECTOR_ROOM = 7.0
"""The height in em that the connecting pills add to a part."""


def cuts(grid: Grid, layout: Layout, height: float) -> list[int]:
    """Return the rows at which the parts begin, 0 first, so that each part is at most `height` px high.

    The number of parts is minimal, then the number of cut lines, then the difference in height. Return [] if a single
    row is too tall.
    """
    room = height - layout.head - _CONNECTOR_ROOM * layout.em
    # Each part places its pills anew, so ignore them here.
    last = max(row for row, figure in zip(grid.rows, grid.figures, strict=True) if figure.kind != PILL)
    tops, feet = [top for top, _ in layout.rows], [foot for _, foot in layout.rows]
    crossing = _crossing(grid)
    best: list[tuple[int, int, float, list[int]] | None] = [(0, 0, 0.0, [])]
    for end in range(1, last + 2):
        choices = []
        for start, before in enumerate(best):
            filled = (feet[end - 1] - tops[start]) / room
            if before is not None and filled <= 1:
                number, cut, uneven, starts = before
                choices.append((number + 1, cut + crossing[start], uneven + (1 - filled) ** 2, [*starts, start]))
        best.append(min(choices, default=None))
    return best[-1][-1] if best[-1] else []


def _crossing(grid: Grid) -> list[int]:
    """Return the number of lines that a cut above each row would cut.

    Lines down to the same step count once; lines to pills do not count.
    """
    crossing: list[set[tuple[int, int]]] = [set() for _ in range(grid.height)]
    for source, target, _ in grid.links:
        start, end = grid.rows[source], grid.rows[target]
        if grid.figures[target].kind != PILL:
            for row in range(min(start, end) + 1, max(start, end) + 1):
                crossing[row].add((target, -1 if end > start else source))
    return [len(lines) for lines in crossing]


def parts(grid: Grid, starts: list[int], labels: ChartLabels) -> list[Grid]:
    """Return the grid of each part. Over a cut, a loop back becomes a pill, and lines down to a step share a letter."""
    part_of = [bisect_right(starts, row) - 1 for row in grid.rows]
    for source, target, _ in grid.links:
        if grid.figures[target].kind == PILL:
            part_of[target] = part_of[source]
    letters: dict[int, str] = {}
    for source, target, _ in sorted(grid.links, key=lambda link: (part_of[link.source], link.target)):
        if part_of[source] < part_of[target]:
            letters.setdefault(target, _letter_name(len(letters)))
    splitter = _Splitter(grid, starts, part_of, letters, labels)
    return [splitter.part(number) for number in range(len(starts))]


def _letter_name(index: int) -> str:
    return chr(65 + index) if index < 26 else f"{chr(65 + index % 26)}{index // 26}"


@dataclass(frozen=True, slots=True)
class _Splitter:
    """Creates the parts of `grid`.

    `starts` are the first rows of the parts; `part_of` is the part of each figure; `letters` are the letters of the
    steps to which lines lead over a cut.
    """

    grid: Grid
    starts: list[int]
    part_of: list[int]
    letters: dict[int, str]
    labels: ChartLabels

    def part(self, number: int) -> Grid:
        grid, part = self.grid, _PartBuilder([], [], [], [], self.grid.width)
        entries = self._entry_cells(number)
        shift = 1 + max((row for row, _ in entries.values()), default=-1) - self.starts[number]
        index_in_part = {
            index: part.add(figure, (grid.rows[index] + shift, grid.columns[index]))
            for index, figure in enumerate(grid.figures)
            if self.part_of[index] == number and figure.kind != PILL
        }
        for target, cell in entries.items():
            origins = sorted({self.part_of[s] for s, t, _ in grid.links if t == target and self.part_of[s] < number})
            before = self.labels.either.join(str(origin + 1) for origin in origins)
            letter_pill = self._letter_pill(target, self.labels.continued, before)
            part.links.append(Link(part.add(letter_pill, cell), index_in_part[target], ""))
        part.links += [
            Link(index_in_part[s], index_in_part[t], label)
            for s, t, label in grid.links
            if s in index_in_part and t in index_in_part
        ]
        self._add_back_pills(number, part, index_in_part)
        self._add_onward_pills(number, part, index_in_part)
        return part.grid(grid.lanes)

    def _entry_cells(self, number: int) -> dict[int, tuple[int, int]]:
        """Return the cells of the pills that continue a line, by target: at the top, above the target if possible."""
        cells: dict[int, tuple[int, int]] = {}
        for target in sorted(target for target in self.letters if self.part_of[target] == number):
            cells[target] = _nearest_free_cell(self.grid.columns[target], self.grid.width, set(cells.values()))
        return cells

    def _add_back_pills(self, number: int, part: "_PartBuilder", index_in_part: dict[int, int]) -> None:
        """Add the pills of each step, and pills for its loops back over the cut."""
        leaving: dict[int, list[tuple[str, str]]] = {}
        for source, target, label in self.grid.links:
            figure = self.grid.figures[target]
            if source in index_in_part and figure.kind == PILL:
                leaving.setdefault(source, []).append((label, figure.text))
            elif source in index_in_part and self.part_of[target] < number:
                leaving.setdefault(source, []).append((label, goal_text(figure, self.labels, on=False)))
        for source, ways in leaving.items():
            source_index = index_in_part[source]
            figure, label = pill_of(ways, self.labels)
            cell = free_cell(part.rows[source_index], part.columns[source_index], part.width, part.taken)
            part.links.append(Link(source_index, part.add(figure, cell), label))

    def _add_onward_pills(self, number: int, part: "_PartBuilder", index_in_part: dict[int, int]) -> None:
        """Add the lettered pills at the bottom for lines that continue in a later part."""
        last = max(part.rows)
        onward: dict[int, int] = {}
        for source, target, label in self.grid.links:
            if source not in index_in_part or self.part_of[target] <= number:
                continue
            source_index = index_in_part[source]
            if target not in onward:
                cell = _nearest_free_cell(part.columns[source_index], part.width, part.taken, last + 1)
                letter_pill = self._letter_pill(target, self.labels.continues, str(self.part_of[target] + 1))
                onward[target] = part.add(letter_pill, cell)
            part.links.append(Link(source_index, onward[target], label))

    def _letter_pill(self, target: int, template: str, parts: str) -> Figure:
        return Figure(LETTER, f"{self.letters[target]} {template.format(n=parts)}")


@dataclass(slots=True)
class _PartBuilder:
    """Collects the figures and links of a part."""

    figures: list[Figure]
    rows: list[int]
    columns: list[int]
    links: list[Link]
    width: int

    @property
    def taken(self) -> set[tuple[int, int]]:
        return set(zip(self.rows, self.columns, strict=True))

    def add(self, figure: Figure, cell: tuple[int, int]) -> int:
        row, column = cell
        self.figures.append(figure)
        self.rows.append(row)
        self.columns.append(column)
        return len(self.figures) - 1

    def grid(self, lanes: list[tuple[str, int]]) -> Grid:
        return Grid(self.figures, self.rows, self.columns, self.links, lanes, self.width, max(self.rows) + 1)


def _nearest_free_cell(column: int, width: int, taken: set[tuple[int, int]], first: int = 0) -> tuple[int, int]:
    """Return the free cell nearest to `column` in the first row, from row `first` on, that has a free cell."""
    nearest_first = sorted(range(width), key=lambda candidate: abs(candidate - column))
    cells = ((row, candidate) for row in count(first) for candidate in nearest_first)
    return next(cell for cell in cells if cell not in taken)
