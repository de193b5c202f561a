"""Which row and column each step stands in: rows follow the authored order, columns are the lanes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.flow.chart import Chart, Node, Shape, Words
from builder.flow.text import clean

# Figures that stand for the rest of a line: a pill 「回第2步」 and a lettered circle.
BACK = "back"
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


def arrange(chart: Chart, *, lanes: bool, side: bool, words: Words) -> Grid:
    """Return the grid of `chart`; with `lanes` false all steps share one column and name their actor.

    `side` allows a single lane a second column for steps that only loop back or end.
    """
    names, columns = _columns(chart, lanes=lanes)
    links = _links(chart, words)
    items = [_item(index, node, lanes=lanes) for index, node in enumerate(chart.nodes)]
    single = len(names) == 1
    rows = _rows(chart.nodes, columns, links, side=single and side and lanes)
    grid = Grid(items, rows, columns, [], [(name, 1) for name in names], len(names), max(rows, default=-1) + 1)
    loops = [link for link in links if _is_long(link, rows)]
    if not loops and not (single and 1 in columns):
        grid.links.extend(links)
        return grid
    if single:
        grid = Grid(items, rows, columns, [], [(names[0], 2)], 2, grid.height)
    return _with_pills(grid, links, loops, words)


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
        label, before = clean(edge.label) if edge.label else "", labels.get((source, target))
        if before and label and label not in before.split(words.either):
            label = before + words.either + label
        labels[source, target] = label or before or ""
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


def _is_long(link: Link, rows: list[int]) -> bool:
    source, target, _ = link
    return source == target or (target < source and rows[source] - rows[target] > LONG_LOOP)


def _with_pills(grid: Grid, links: list[Link], loops: list[Link], words: Words) -> Grid:
    """Return the grid with each of `loops` ending in a pill near its step."""
    items, rows, columns = list(grid.items), list(grid.rows), list(grid.columns)
    taken = set(zip(rows, columns, strict=True))
    drawn = [link for link in links if link not in loops]
    for source, target, label in loops:
        row, column = free_cell(rows[source], columns[source], grid.width, taken)
        taken.add((row, column))
        drawn.append(Link(source, len(items), label))
        items.append(Item(BACK, pill(items[target], words)))
        rows.append(row)
        columns.append(column)
    return Grid(items, rows, columns, drawn, grid.lanes, grid.width, max(rows) + 1)


def pill(item: Item, words: Words) -> str:
    """Return what a pill says that sends the reader back to `item`."""
    if item.number:
        return words.back.format(n=item.number)
    return words.back_to.format(text=item.text[:6])


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
