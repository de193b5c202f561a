"""Which row and column each step stands in: rows follow the authored order, columns are the lanes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.guide.flow.chart import Chart, Node, Shape, Words
from builder.guide.flow.line_breaking import clean

# Pills that stand for the rest of a line: 「回第2步」 or 「转第9步」, and 「A 接图2」 where it goes on in another part.
PILL = "pill"
LETTER = "letter"

LONG_LOOP = 3
"""A loop over more rows than this becomes a pill."""


class Item(NamedTuple):
    """What stands in one cell: a step of the chart, or a figure that ends or resumes a line."""

    figure: str
    text: str
    number: str = ""
    note: str = ""
    actor: str = ""
    node: int = -1


class Reach(NamedTuple):
    """What is drawn as a line: ways on over at most so many rows, and so many ways of each step; pills for the rest."""

    rows: float
    ways: float


class Link(NamedTuple):
    """A line to be drawn, between items by their index."""

    source: int
    target: int
    label: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Items with their cells. `lanes` gives each lane's name and how many columns it takes, from the left."""

    items: list[Item]
    rows: list[int]
    columns: list[int]
    links: list[Link]
    lanes: list[tuple[str, int]]
    width: int
    height: int


def arrange(chart: Chart, *, lanes: bool, side: bool, reach: Reach, words: Words) -> Grid:
    """Return the grid of `chart`; with `lanes` false all steps share one column and name their actor.

    `side` allows a single lane a second column for steps that only loop back or end. Ways beyond `reach` end in pills.
    """
    names, columns = _columns(chart, lanes=lanes)
    links = _links(chart, words)
    items = [_item(index, node, lanes=lanes) for index, node in enumerate(chart.nodes)]
    single = len(names) == 1
    rows = _rows(chart.nodes, columns, links, side=single and side and lanes)
    grid = Grid(items, rows, columns, [], [(name, 1) for name in names], len(names), max(rows, default=-1) + 1)
    long = _long(links, rows, reach)
    if not long and not (single and 1 in columns):
        grid.links.extend(links)
        return grid
    if single:
        grid = Grid(items, rows, columns, [], [(names[0], 2)], 2, grid.height)
    return _with_pills(grid, links, long, words)


def _item(index: int, node: Node, *, lanes: bool) -> Item:
    actor = "" if lanes else clean(node.lane)
    return Item(node.shape.value, clean(node.text), clean(node.number), clean(node.note), actor, index)


def _columns(chart: Chart, *, lanes: bool) -> tuple[list[str], list[int]]:
    """Return the lanes that have steps, and each step's column."""
    if not lanes:
        return [""], [0] * len(chart.nodes)
    used = {node.lane for node in chart.nodes}
    names = [name for name in dict.fromkeys(chart.lanes) if name in used]
    names += [name for name in dict.fromkeys(node.lane for node in chart.nodes) if name not in chart.lanes]
    place = {name: index for index, name in enumerate(names)}
    return [clean(name) for name in names] or [""], [place[node.lane] for node in chart.nodes]


def _links(chart: Chart, words: Words) -> list[Link]:
    """Return one link for each pair of steps; answers that lead to the same step share its label."""
    index: dict[str, int] = {}
    for position, node in enumerate(chart.nodes):
        index.setdefault(node.id, position)
    labels: dict[tuple[int, int], str] = {}
    for edge in chart.edges:
        source, target = index.get(edge.source, -1), index.get(edge.target, -1)
        if source < 0 or target < 0:
            continue
        label, before = clean(edge.label), labels.get((source, target), "")
        said = before.split(words.either) if before else []
        labels[source, target] = before if label in said else words.either.join(filter(None, (before, label)))
    return [Link(source, target, label) for (source, target), label in labels.items()]


def _rows(nodes: Sequence[Node], columns: list[int], links: list[Link], *, side: bool) -> list[int]:
    """Return each step's row: below all earlier steps that lead to it, exceptions beside their decision.

    Where `side` is true, exceptions move to column 1; `columns` is changed accordingly.
    """
    leads: list[list[int]] = [[] for _ in nodes]
    follows: list[list[int]] = [[] for _ in nodes]
    for source, target, _ in links:
        leads[target].append(source)
        follows[source].append(target)
    rows: list[int] = []
    taken: set[tuple[int, int]] = set()
    for index, node in enumerate(nodes):
        before = [source for source in leads[index] if source < index]
        column = columns[index]
        row = 1 + max(
            [rows[source] for source in before], default=rows[-1] if rows and node.shape != Shape.START else -1
        )
        if len(before) == 1 and _is_exception(index, before[0], leads, follows, nodes):
            decision = before[0]
            if side and _moves_aside(index, decision, follows):
                column = columns[index] = 1
            if column != columns[decision] and _is_clear(rows[decision], columns[decision], column, taken):
                row = rows[decision]
        while (row, column) in taken:
            row += 1
        taken.add((row, column))
        rows.append(row)
    return rows


def _is_exception(
    index: int, decision: int, leads: list[list[int]], follows: list[list[int]], nodes: Sequence[Node]
) -> bool:
    """Whether the step is reached from one decision alone and only loops back or ends."""
    alone = len(leads[index]) == 1 and len(follows[decision]) > 1 and nodes[index].shape != Shape.DECISION
    return alone and all(target < index for target in follows[index])


def _moves_aside(index: int, decision: int, follows: list[list[int]]) -> bool:
    """Whether another answer carries on below, so that this one may leave the column."""
    onward = [target for target in follows[decision] if target > decision and target != index]
    return any(follows[target] or target < index for target in onward)


def _is_clear(row: int, one: int, other: int, taken: set[tuple[int, int]]) -> bool:
    step = 1 if other > one else -1
    return all((row, column) not in taken for column in range(one + step, other + step, step))


def _long(links: list[Link], rows: list[int], reach: Reach) -> list[Link]:
    """Return the links that are to end in a pill."""
    long, drawn = [], Counter[int]()
    for link in links:
        source, target, _ = link
        back = target <= source
        down = rows[target] - rows[source]
        if source == target or (down < -LONG_LOOP if back else down > reach.rows) or drawn[source] >= reach.ways:
            long.append(link)
        else:
            drawn[source] += 1
    return long


def _with_pills(grid: Grid, links: list[Link], long: list[Link], words: Words) -> Grid:
    """Return the grid with the `long` links of each step ending in one pill near it."""
    items, rows, columns = list(grid.items), list(grid.rows), list(grid.columns)
    taken = set(zip(rows, columns, strict=True))
    drawn = [link for link in links if link not in long]
    leaving: dict[int, list[tuple[str, str]]] = {}
    for source, target, label in long:
        leaving.setdefault(source, []).append((label, goal(items[target], words, on=target > source)))
    for source, ways in leaving.items():
        row, column = free_cell(rows[source], columns[source], grid.width, taken)
        taken.add((row, column))
        item, label = pill(ways, words)
        drawn.append(Link(source, len(items), label))
        items.append(item)
        rows.append(row)
        columns.append(column)
    return Grid(items, rows, columns, drawn, grid.lanes, grid.width, max(rows) + 1)


def goal(item: Item, words: Words, *, on: bool) -> str:
    """Return the words that send the reader on or back to `item`."""
    if item.number:
        return (words.onward if on else words.back).format(n=item.number)
    return (words.onward_to if on else words.back_to).format(text=item.text[:6])


def pill(ways: list[tuple[str, str]], words: Words) -> tuple[Item, str]:
    """Return the pill for `ways` (answer, goal), and the answer that is left to its line: several stand in the pill."""
    if len(ways) == 1:
        ((label, goal),) = ways
        return Item(PILL, goal), label
    lines = (words.way.format(answer=label, goal=goal) if label else goal for label, goal in ways)
    return Item(PILL, "\n".join(lines)), ""


def free_cell(row: int, column: int, width: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """Return the free cell nearest to (row, column): beside it if possible, else below, always inside `width`."""
    for beside in (column + 1, column - 1):
        if 0 <= beside < width and (row, beside) not in taken:
            return row, beside
    near = sorted(range(width), key=lambda other: abs(other - column))
    while True:
        row += 1
        for other in near:
            if (row, other) not in taken:
                return row, other
