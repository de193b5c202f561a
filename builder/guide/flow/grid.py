"""Assigns each step a row and a column: rows follow the order of the author, columns are the lanes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.guide.flow.chart import Chart, ChartLabels, Node, Shape
from builder.guide.flow.line_breaking import clean

# A pill ends a line and says where to continue: 回第2步, 转第9步. A letter pill leads to another part: A 接图2.
PILL = "pill"
LETTER = "letter"

MAX_LOOP_ROWS = 3
"""A longer loop is replaced by a pill."""


class Figure(NamedTuple):
    """The content of a cell: a step, or a pill. `kind` is a `Shape` value, `PILL` or `LETTER`; `node` is -1 for pills."""

    kind: str
    text: str
    number: str = ""
    note: str = ""
    actor: str = ""
    node: int = -1


class LineLimits(NamedTuple):
    """Which links are drawn as lines: down over `rows` rows at most, and `ways` per step at most. Others become pills."""

    rows: float
    ways: float


class Link(NamedTuple):
    """A line between two figures, given by their indexes."""

    source: int
    target: int
    label: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The figures with the row and column of each. `lanes` are names with their number of columns, from the left."""

    figures: list[Figure]
    rows: list[int]
    columns: list[int]
    links: list[Link]
    lanes: list[tuple[str, int]]
    width: int
    height: int


def arrange(chart: Chart, *, lanes: bool, side_column: bool, limits: LineLimits, labels: ChartLabels) -> Grid:
    """Return the grid of `chart`. Without `lanes`, all steps share one column and name their actors.

    With `side_column`, a single lane may have a second column for steps that only loop back or end. Links beyond
    `limits` end in pills.
    """
    names, columns = _columns(chart, lanes=lanes)
    links = _links(chart, labels)
    figures = [_figure(index, node, lanes=lanes) for index, node in enumerate(chart.nodes)]
    single = len(names) == 1
    rows = _rows(chart.nodes, columns, links, side_column=single and side_column and lanes)
    grid = Grid(figures, rows, columns, [], [(name, 1) for name in names], len(names), max(rows, default=-1) + 1)
    replaced = _links_to_replace(links, rows, limits)
    if not replaced and not (single and 1 in columns):
        grid.links.extend(links)
        return grid
    if single:
        grid = Grid(figures, rows, columns, [], [(names[0], 2)], 2, grid.height)
    return _with_pills(grid, links, replaced, labels)


def _figure(index: int, node: Node, *, lanes: bool) -> Figure:
    actor = "" if lanes else clean(node.lane)
    return Figure(node.shape.value, clean(node.text), clean(node.number), clean(node.note), actor, index)


def _columns(chart: Chart, *, lanes: bool) -> tuple[list[str], list[int]]:
    """Return the names of the lanes that have steps, and the column of each step."""
    if not lanes:
        return [""], [0] * len(chart.nodes)
    used = {node.lane for node in chart.nodes}
    names = [name for name in dict.fromkeys(chart.lanes) if name in used]
    names += [name for name in dict.fromkeys(node.lane for node in chart.nodes) if name not in chart.lanes]
    column_of = {name: index for index, name in enumerate(names)}
    return [clean(name) for name in names] or [""], [column_of[node.lane] for node in chart.nodes]


def _links(chart: Chart, labels: ChartLabels) -> list[Link]:
    """Return one link per pair of steps. Several answers that lead to the same step are joined in its label."""
    index: dict[str, int] = {}
    for position, node in enumerate(chart.nodes):
        index.setdefault(node.id, position)
    answers: dict[tuple[int, int], str] = {}
    for edge in chart.edges:
        source, target = index.get(edge.source, -1), index.get(edge.target, -1)
        if source < 0 or target < 0:
            continue
        label, earlier = clean(edge.label), answers.get((source, target), "")
        existing = earlier.split(labels.either) if earlier else []
        answers[source, target] = earlier if label in existing else labels.either.join(filter(None, (earlier, label)))
    return [Link(source, target, label) for (source, target), label in answers.items()]


def _rows(nodes: Sequence[Node], columns: list[int], links: list[Link], *, side_column: bool) -> list[int]:
    """Return the row of each step: below all earlier steps that lead to it; an exception is beside its decision.

    With `side_column`, exceptions move to column 1, and `columns` is changed.
    """
    sources: list[list[int]] = [[] for _ in nodes]
    targets: list[list[int]] = [[] for _ in nodes]
    for source, target, _ in links:
        sources[target].append(source)
        targets[source].append(target)
    rows: list[int] = []
    taken: set[tuple[int, int]] = set()
    for index, node in enumerate(nodes):
        earlier = [source for source in sources[index] if source < index]
        column = columns[index]
        row = 1 + max(
            [rows[source] for source in earlier], default=rows[-1] if rows and node.shape != Shape.START else -1
        )
        if len(earlier) == 1 and _is_exception(index, earlier[0], sources, targets, nodes):
            decision = earlier[0]
            if side_column and _may_leave_column(index, decision, targets):
                column = columns[index] = 1
            if column != columns[decision] and _is_row_clear(rows[decision], columns[decision], column, taken):
                row = rows[decision]
        while (row, column) in taken:
            row += 1
        taken.add((row, column))
        rows.append(row)
    return rows


def _is_exception(
    index: int, decision: int, sources: list[list[int]], targets: list[list[int]], nodes: Sequence[Node]
) -> bool:
    """Return whether the step is reached only from one decision, and only loops back or ends."""
    only_way = len(sources[index]) == 1 and len(targets[decision]) > 1 and nodes[index].shape != Shape.DECISION
    return only_way and all(target < index for target in targets[index])


def _may_leave_column(index: int, decision: int, targets: list[list[int]]) -> bool:
    """Return whether another answer continues below the decision, so that this one may leave the column."""
    onward = [target for target in targets[decision] if target > decision and target != index]
    return any(targets[target] or target < index for target in onward)


def _is_row_clear(row: int, start: int, end: int, taken: set[tuple[int, int]]) -> bool:
    """Return whether the cells of `row` after column `start` up to column `end` are free."""
    step = 1 if end > start else -1
    return all((row, column) not in taken for column in range(start + step, end + step, step))


def _links_to_replace(links: list[Link], rows: list[int], limits: LineLimits) -> list[Link]:
    """Return the links that must be replaced by pills."""
    replaced, drawn = [], Counter[int]()
    for link in links:
        source, target, _ = link
        back = target <= source
        down = rows[target] - rows[source]
        if source == target or (down < -MAX_LOOP_ROWS if back else down > limits.rows) or drawn[source] >= limits.ways:
            replaced.append(link)
        else:
            drawn[source] += 1
    return replaced


def _with_pills(grid: Grid, links: list[Link], replaced: list[Link], labels: ChartLabels) -> Grid:
    """Return the grid in which the `replaced` links of each step end in one pill near it."""
    figures, rows, columns = list(grid.figures), list(grid.rows), list(grid.columns)
    taken = set(zip(rows, columns, strict=True))
    drawn = [link for link in links if link not in replaced]
    leaving: dict[int, list[tuple[str, str]]] = {}
    for source, target, label in replaced:
        leaving.setdefault(source, []).append((label, goal_text(figures[target], labels, on=target > source)))
    for source, ways in leaving.items():
        row, column = free_cell(rows[source], columns[source], grid.width, taken)
        taken.add((row, column))
        figure, label = pill_of(ways, labels)
        drawn.append(Link(source, len(figures), label))
        figures.append(figure)
        rows.append(row)
        columns.append(column)
    return Grid(figures, rows, columns, drawn, grid.lanes, grid.width, max(rows) + 1)


def goal_text(figure: Figure, labels: ChartLabels, *, on: bool) -> str:
    """Return the text of a pill that leads `on` to `figure`, or back to it."""
    if figure.number:
        return (labels.onward if on else labels.back).format(n=figure.number)
    return (labels.onward_to if on else labels.back_to).format(text=figure.text[:6])


def pill_of(ways: list[tuple[str, str]], labels: ChartLabels) -> tuple[Figure, str]:
    """Return the pill for `ways`, which are pairs of answer and goal text, and the label of its line.

    The pill itself contains the answers if there are several; the label is then "".
    """
    if len(ways) == 1:
        ((answer, goal),) = ways
        return Figure(PILL, goal), answer
    lines = (labels.way.format(answer=answer, goal=goal) if answer else goal for answer, goal in ways)
    return Figure(PILL, "\n".join(lines)), ""


def free_cell(row: int, column: int, width: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """Return the free cell nearest to (row, column) within `width` columns: beside it if possible, otherwise below."""
    for beside in (column + 1, column - 1):
        if 0 <= beside < width and (row, beside) not in taken:
            return row, beside
    nearest_first = sorted(range(width), key=lambda candidate: abs(candidate - column))
    while True:
        row += 1
        for candidate in nearest_first:
            if (row, candidate) not in taken:
                return row, candidate
