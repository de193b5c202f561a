"""A chart too tall for its sheet as several: cut between rows, lines taken up again at lettered circles."""

from itertools import count

from builder.flow.chart import Words
from builder.flow.grid import BACK, LETTER, Grid, Item, Link, free_cell, pill
from builder.flow.place import Layout

_PART = 1_000.0
_CUT_LINE = 40.0
_IMBALANCE = 60.0
_CONNECTOR_ROOM = 7.0
"""What the circles and their lines add to a part, in em."""


def cuts(grid: Grid, layout: Layout, height: float) -> list[int]:
    """Return the rows at which parts begin, 0 first, so that each is at most `height` px: few lines cut, even parts.

    Empty when a single row is too tall.
    """
    room = height - layout.head - _CONNECTOR_ROOM * layout.em
    tops, feet = [top for top, _ in layout.rows], [foot for _, foot in layout.rows]
    crossing = _crossing(grid)
    best: list[tuple[float, list[int]] | None] = [(0.0, [])]
    for end in range(1, grid.height + 1):
        choices = []
        for start, before in enumerate(best):
            filled = (feet[end - 1] - tops[start]) / room
            if before is not None and filled <= 1:
                cost = _PART + _CUT_LINE * crossing[start] ** 2 + _IMBALANCE * (1 - filled) ** 2
                choices.append((before[0] + cost, [*before[1], start]))
        best.append(min(choices, default=None))
    return best[-1][1] if best[-1] else []


def _crossing(grid: Grid) -> list[int]:
    """Return, for each row, how many steps further down are led to from above it."""
    targets: list[set[int]] = [set() for _ in range(grid.height + 1)]
    for source, target, _ in grid.links:
        one, other = grid.rows[source], grid.rows[target]
        for row in range(min(one, other) + 1, max(one, other) + 1):
            targets[row].add(target)
    return [len(some) for some in targets]


def parts(grid: Grid, begins: list[int], words: Words) -> list[Grid]:
    """Return one grid for each part. A loop back over a cut becomes a pill, a line on is lettered by its step."""
    part_of = [max(index for index, begin in enumerate(begins) if begin <= row) for row in grid.rows]
    letters: dict[int, str] = {}
    for source, target, _ in sorted(grid.links, key=lambda link: (part_of[link.source], link.target)):
        if part_of[source] < part_of[target]:
            letters.setdefault(target, _letter(len(letters)))
    return [_part(grid, part, part_of, begins, letters, words) for part in range(len(begins))]


def _letter(index: int) -> str:
    return chr(65 + index) if index < 26 else f"{chr(65 + index % 26)}{index // 26}"


def _part(grid: Grid, part: int, part_of: list[int], begins: list[int], letters: dict[int, str], words: Words) -> Grid:
    inside = [index for index in range(len(grid.items)) if part_of[index] == part]
    place = {index: position for position, index in enumerate(inside)}
    items = [grid.items[index] for index in inside]
    columns = [grid.columns[index] for index in inside]
    links = [Link(place[s], place[t], label) for s, t, label in grid.links if s in place and t in place]
    # Circles that resume a line stand above all else, each in the column it leads to where that is free.
    entries: dict[int, tuple[int, int]] = {}
    for target in sorted(target for target in letters if part_of[target] == part):
        entries[target] = _nearest(grid.columns[target], grid.width, set(entries.values()))
    lead = 1 + max((row for row, _ in entries.values()), default=-1)
    rows = [grid.rows[index] - begins[part] + lead for index in inside]
    for target, (row, column) in entries.items():
        origins = sorted({part_of[s] + 1 for s, t, _ in grid.links if t == target and part_of[s] < part})
        links.append(Link(len(items), place[target], ""))
        items.append(Item(LETTER, "", letters[target], words.continued.format(n=words.either.join(map(str, origins)))))
        rows.append(row)
        columns.append(column)
    _leave(grid, part, part_of, letters, words, place, items, rows, columns, links)
    return Grid(items, rows, columns, links, grid.lanes, grid.width, max(rows) + 1)


def _nearest(column: int, width: int, taken: set[tuple[int, int]], first: int = 0) -> tuple[int, int]:
    """Return the free cell nearest to `column` in the first row from `first` that has one."""
    near = sorted(range(width), key=lambda other: abs(other - column))
    return next((row, other) for row in count(first) for other in near if (row, other) not in taken)


def _leave(
    grid: Grid,
    part: int,
    part_of: list[int],
    letters: dict[int, str],
    words: Words,
    place: dict[int, int],
    items: list[Item],
    rows: list[int],
    columns: list[int],
    links: list[Link],
) -> None:
    """Add the circles and pills at which lines leave the part."""
    taken = set(zip(rows, columns, strict=True))
    last = max(rows)
    onward: dict[int, int] = {}
    for source, target, label in grid.links:
        if source not in place or part_of[target] == part:
            continue
        here = place[source]
        if part_of[target] < part:
            row, column = free_cell(rows[here], columns[here], grid.width, taken)
            figure = Item(BACK, pill(grid.items[target], words))
        elif target in onward:
            links.append(Link(here, onward[target], label))
            continue
        else:
            row, column = _nearest(columns[here], grid.width, taken, last + 1)
            figure = Item(LETTER, "", letters[target], words.continues.format(n=part_of[target] + 1))
            onward[target] = len(items)
        taken.add((row, column))
        links.append(Link(here, len(items), label))
        items.append(figure)
        rows.append(row)
        columns.append(column)
