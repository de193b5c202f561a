"""A drawing as its reader sees it: shapes, lines and words, taken from the SVG alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]

_WORD = re.compile(r"[A-Za-z]|-?[0-9]+(?:\.[0-9]+)?")
_CURVE = 8
_ASCENT, _DESCENT = 0.85, 0.1  # ink of Chinese type above and below its baseline, in em


class Rect(NamedTuple):
    """A stretch of the sheet, in px."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Words(NamedTuple):
    """One line of text and where its ink lies."""

    text: str
    ink: Rect
    size: float
    colour: str
    block: int
    """Which `<text>` it is part of."""


@dataclass(slots=True, eq=False)
class Figure:
    """A closed outline with the words inside it and the black tag on its edge."""

    outline: list[Point]
    rect: Rect
    heavy: bool
    rounded: bool
    words: list[Words] = field(default_factory=list)
    number: str = ""
    beside: str = ""

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words).replace(" ", "")


@dataclass(slots=True, eq=False)
class Stroke:
    """A line from where it leaves one figure to the tip of its arrow."""

    points: list[Point]
    pieces: list[tuple[Point, Point]] = field(init=False)

    def __post_init__(self) -> None:
        self.pieces = list(pairwise(self.points))


@dataclass(slots=True, eq=False)
class Answer:
    """A label on its white ground."""

    rect: Rect
    words: list[Words] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words).replace(" ", "")


@dataclass(slots=True)
class Picture:
    """One drawing. `lanes` are stretches of the width with their names, `tags` the black number tags."""

    width: float
    height: float
    type: float
    head: float
    ids: list[str]
    lanes: list[tuple[float, float, str]]
    figures: list[Figure]
    strokes: list[Stroke]
    answers: list[Answer]
    tags: list[tuple[Rect, str]]
    notes: list[Words]
    words: list[Words]


def picture(svg: str) -> Picture:
    """Read `svg` as a page will have it, which supplies the namespace. Raises ParseError for what is not XML."""
    root = ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314
    _, _, width, height = map(float, root.get("viewBox", "").split())
    ids = [found for element in root.iter() if (found := element.get("id"))]
    drawn = Picture(width, height, float(root.get("font-size", "0")), 0, ids, [], [], [], [], [], [], [])
    ways: list[list[Point]] = []
    tips: list[list[Point]] = []
    borders: list[float] = []
    for element, style in _with_style(root, {}):
        if element.tag == f"{SVG}rect":
            x, y, w, h = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
            rect = Rect(x, y, x + w, y + h)
            drawn.figures.append(Figure(_round(rect, float(element.get("rx", "0"))), rect, _heavy(style, drawn), True))
        elif element.tag == f"{SVG}path":
            shapes = outlines(element.get("d", ""))
            fill, stroke = style.get("fill"), style.get("stroke")
            if fill == "none" and stroke == "#000":
                ways = shapes
            elif fill is None and stroke is None:
                tips = shapes
            elif fill == "#000":
                drawn.head = _bounds(shapes[0]).bottom
            elif fill == "none":
                borders = [shape[0][0] for shape in shapes[:-1]]
            elif fill == "#fff" and stroke == "#000":
                drawn.figures += [Figure(shape, _bounds(shape), _heavy(style, drawn), False) for shape in shapes]
            elif fill == "#fff":
                drawn.answers = [Answer(_bounds(shape)) for shape in shapes]
            elif stroke == "#000":
                half = float(style["stroke-width"]) / 2
                drawn.tags = [(_around(_bounds(shape), half), "") for shape in shapes]
    drawn.strokes = [Stroke(_to_tip(way, tip)) for way, tip in zip(ways, tips, strict=True)]
    drawn.words = list(_words(root))
    for words in drawn.words:
        _give(words, drawn)
    edges = [0.0, *borders, drawn.width]
    named = {name.block: "" for name in drawn.words if name.colour == "#fff" and name.ink.bottom <= drawn.head}
    for start, end in pairwise(edges) if drawn.head else ():
        name = "".join(w.text for w in drawn.words if w.block in named and start <= w.ink.middle[0] <= end)
        drawn.lanes.append((start, end, name))
    return drawn


def outlines(data: str) -> list[list[Point]]:
    """Return the vertices of each part of a path; curves become short straights."""
    words = iter(_WORD.findall(data))
    shapes: list[list[Point]] = []
    command, x, y, bend = "", 0.0, 0.0, (0.0, 0.0)
    for word in words:
        if word == "z":
            x, y = shapes[-1][0]
            continue
        if word.isalpha():
            command = word
            first = float(next(words))
        else:
            first = float(word)
        if command == "M":
            x, y = first, float(next(words))
            shapes.append([])
        elif command in "hH":
            x = first if command == "H" else x + first
        elif command in "vV":
            y = first if command == "V" else y + first
        elif command == "l":
            x, y = x + first, y + float(next(words))
        elif command in "qt":
            start = (x, y)
            if command == "q":
                bend = (x + first, y + float(next(words)))
                first = float(next(words))
            else:
                bend = (2 * x - bend[0], 2 * y - bend[1])
            x, y = x + first, y + float(next(words))
            shapes[-1] += [_bent(start, bend, (x, y), step / _CURVE) for step in range(1, _CURVE)]
        else:
            raise ValueError(command)
        shapes[-1].append((x, y))
    return shapes


def advance(text: str) -> float:
    """Return the width of `text` in em as Noto Sans CJK has it, to a hundredth or so."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.92 if char in "mMW@%" else 0.56 for char in text)


def holds(outline: list[Point], point: Point) -> bool:
    """Tell whether `point` lies inside a closed outline."""
    x, y = point
    inside = False
    for (from_x, from_y), (to_x, to_y) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (from_y > y) != (to_y > y) and x < from_x + (y - from_y) / (to_y - from_y) * (to_x - from_x):
            inside = not inside
    return inside


def _with_style(element: ET.Element, style: dict[str, str]) -> Iterator[tuple[ET.Element, dict[str, str]]]:
    style = {**style, **{name: value for name, value in element.items() if name not in ("d", "id", "x", "y")}}
    yield element, style
    for child in element:
        yield from _with_style(child, style)


def _words(root: ET.Element) -> Iterator[Words]:
    for block, (element, style) in enumerate(_with_style(root, {})):
        if element.tag != f"{SVG}text":
            continue
        size, anchor = float(style["font-size"]), style.get("text-anchor")
        y = float(element.get("y", "0"))
        for line in (element, *element):
            y += float(line.get("dy", "0"))
            x, text = float(line.get("x", "0")), line.text or ""
            w = advance(text) * size
            left = x if anchor == "start" else x - w / 2
            ink = Rect(left, y - _ASCENT * size, left + w, y + _DESCENT * size)
            if text:
                yield Words(text, ink, size, style.get("fill", "#000"), block)


def _give(words: Words, drawn: Picture) -> None:
    """Hand `words` to what they stand in: a tag, a figure, the ground of an answer; or to the circle beside them."""
    x, y = words.ink.middle
    if words.colour == "#fff":
        for index, (rect, number) in enumerate(drawn.tags):
            if _within(rect, x, y):
                drawn.tags[index] = rect, number + words.text
                near = min(drawn.figures, key=lambda figure: _off(figure.outline, rect.middle))
                near.number += words.text
                return
        return
    for figure in drawn.figures:
        if _within(figure.rect, x, y) and holds(figure.outline, (x, y)):
            figure.words.append(words)
            return
    for answer in drawn.answers:
        if _within(answer.rect, x, y):
            answer.words.append(words)
            return
    drawn.notes.append(words)
    circle = min(
        drawn.figures, key=lambda figure: abs(figure.rect.right - words.ink.left) + abs(figure.rect.middle[1] - y)
    )
    circle.beside += words.text


def _to_tip(way: list[Point], tip: list[Point]) -> list[Point]:
    """Return the line with its last point moved to the apex of its arrow."""
    return [*way[:-1], tip[0]]


def _heavy(style: dict[str, str], drawn: Picture) -> bool:
    return float(style["stroke-width"]) > drawn.type / 7


def _round(rect: Rect, r: float) -> list[Point]:
    left, top, right, bottom = rect
    points: list[Point] = []
    for x, y, dx, dy in ((left, top, 1, 1), (right, top, -1, 1), (right, bottom, -1, -1), (left, bottom, 1, -1)):
        corner = [_bent((x, y + dy * r), (x, y), (x + dx * r, y), step / 4) for step in range(5)]
        points += corner if dx == dy else corner[::-1]
    return points


def _bent(start: Point, bend: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]


def _bounds(points: list[Point]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _around(rect: Rect, by: float) -> Rect:
    return Rect(rect.left - by, rect.top - by, rect.right + by, rect.bottom + by)


def _within(rect: Rect, x: float, y: float) -> bool:
    return rect.left <= x <= rect.right and rect.top <= y <= rect.bottom


def _off(outline: list[Point], point: Point) -> float:
    """Return how far `point` lies from the nearest edge of `outline`."""
    return min(_distance(point, one, other) for one, other in zip(outline, [*outline[1:], outline[0]], strict=True))


def _distance(point: Point, one: Point, other: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, one, other
    dx, dy = bx - ax, by - ay
    along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy or 1)))
    return float(((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5)
