"""What must hold for every layout, told as a list of faults."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from builder.flow import Shape, Sheet
from builder.flow.grid import LETTER
from builder.flow.measure import LEADING, TAG
from builder.flow.place import Box, Label, Layout, Line
from builder.flow.svg import tag
from builder.flow.text import advance

Point = tuple[float, float]
Rect = tuple[float, float, float, float]


def faults(layout: Layout, sheet: Sheet) -> Iterator[str]:
    """Yield a sentence for each thing that lies where it must not."""
    if layout.height > sheet.height:
        yield f"part is {layout.height} px high"
    if layout.width > sheet.width + 1:
        yield f"part is {layout.width} px wide"
    if not sheet.min_font <= layout.em <= sheet.font:
        yield f"type is {layout.em} px"
    yield from _boxes(layout)
    yield from _lines(layout)
    yield from _labels(layout)


def _boxes(layout: Layout) -> Iterator[str]:
    for one, other in combinations(layout.boxes, 2):
        if _overlap(_rect(one), _rect(other)):
            yield f"{one.item.text} lies on {other.item.text}"
    for box in layout.boxes:
        if not _inside(_rect(box), layout):
            yield f"{box.item.text} lies off the sheet"
        for line in _text_rects(box, layout.em):
            if not all(_holds(box, corner) for corner in _corners(line)):
                yield f"text of {box.item.text} leaves its outline"


def _lines(layout: Layout) -> Iterator[str]:
    for line in layout.lines:
        for index, (one, other) in enumerate(pairwise(line.points)):
            if one[0] != other[0] and one[1] != other[1]:
                yield f"skew line {line}"
            for number, box in enumerate(layout.boxes):
                own = number == line.source and index == 0
                own |= number == line.target and index == len(line.points) - 2
                if not own and _crosses((one, other), _rect(box)):
                    yield f"line {line.link} runs through {box.item.text}"
            if not all(_inside((x, y, 0, 0), layout) for x, y in (one, other)):
                yield f"line {line.link} leaves the sheet"
    for one_line, other_line in combinations(layout.lines, 2):
        if one_line.target != other_line.target and _share_way(one_line, other_line):
            yield f"lines {one_line.link} and {other_line.link} run on top of each other"


def _labels(layout: Layout) -> Iterator[str]:
    for one, other in combinations(layout.labels, 2):
        if _overlap(_rect(one), _rect(other)):
            yield f"{one.lines} lies on {other.lines}"
    for label in layout.labels:
        if not _inside(_rect(label), layout):
            yield f"{label.lines} lies off the sheet"
        if max(map(advance, label.lines)) * layout.em > label.w + 0.5:
            yield f"{label.lines} is wider than its ground"
        for box in layout.boxes:
            if _overlap(_rect(label), _rect(box)) and any(
                _holds(box, corner, 0.5) for corner in _corners(_rect(label))
            ):
                yield f"{label.lines} lies on {box.item.text}"
            x, y = tag(box, layout.em)
            r = TAG * layout.em
            if box.item.number and _overlap(_rect(label), (x - r, y - r, 2 * r, 2 * r)):
                yield f"{label.lines} lies on the tag of {box.item.text}"
        for line in layout.lines:
            if any(_crosses(piece, _rect(label)) for piece in pairwise(line.points)):
                yield f"{label.lines} is crossed by line {line.link}"


def _rect(thing: Box | Label) -> Rect:
    return thing.x, thing.y, thing.w, thing.h


def _corners(rect: Rect) -> list[Point]:
    x, y, w, h = rect
    return [(x, y), (x + w, y), (x, y + h), (x + w, y + h)]


def _overlap(one: Rect, other: Rect) -> bool:
    apart = one[0] + one[2] <= other[0] + 0.5 or other[0] + other[2] <= one[0] + 0.5
    return not apart and one[1] + one[3] > other[1] + 0.5 and other[1] + other[3] > one[1] + 0.5


def _inside(rect: Rect, layout: Layout) -> bool:
    x, y, w, h = rect
    return x >= 0 and y >= layout.head and x + w <= layout.width and y + h <= layout.height


def _crosses(piece: tuple[Point, Point], rect: Rect) -> bool:
    (x, y), (to_x, to_y) = piece
    left, top, w, h = rect
    across = max(x, to_x) > left + 0.5 and min(x, to_x) < left + w - 0.5
    return across and max(y, to_y) > top + 0.5 and min(y, to_y) < top + h - 0.5


def _share_way(one: Line, other: Line) -> bool:
    return any(_on_top(here, there) for here in pairwise(one.points) for there in pairwise(other.points))


def _on_top(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    for axis in (0, 1):
        if one[0][axis] == one[1][axis] and other[0][axis] == other[1][axis] and abs(one[0][axis] - other[0][axis]) < 2:
            ends = [sorted(point[1 - axis] for point in piece) for piece in (one, other)]
            if min(ends[0][1], ends[1][1]) - max(ends[0][0], ends[1][0]) > 0.5:
                return True
    return False


def _text_rects(box: Box, em: float) -> Iterator[Rect]:
    if box.item.figure == LETTER:
        return
    top, middle = box.top, box.x + box.w / 2
    for lines in (box.actor, box.lines, box.notes):
        for line in lines if lines != ("",) else ():
            w = advance(line) * em
            # Ink is one em high in the middle of its line.
            yield middle - w / 2, top + (LEADING - 1) / 2 * em, w, em
            top += LEADING * em


def _holds(box: Box, point: Point, slack: float = -0.7) -> bool:
    """Whether `point` is within the outline of `box`, by more than `slack` px."""
    right, down = abs(point[0] - box.x - box.w / 2), abs(point[1] - box.y - box.h / 2)
    w, h = box.w / 2 - slack, box.h / 2 - slack
    if box.item.figure == Shape.DECISION:
        flat = box.w / 2 - box.tips
        return right <= w and down <= h * (1 - max(right - flat - max(-slack, 0), 0) / box.tips)
    return right <= w and down <= h
