"""What a reader would send back, found in the drawing itself: each fault as its kind and where it is."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from unicodedata import category

from flow_picture import Figure, Picture, Point, Rect, Stroke, holds

from builder.guide.flow import Chart, PaperSize

Fault = tuple[str, str]
Way = tuple[str, str, str]

_APART = 0.3
"""Lines nearer than this, in em, are taken for one."""
_TOUCH = 1.6
"""How near a line ends to the outline it belongs to, in px."""
_LONG_LOOP = 3


def faults(drawn: Sequence[Picture], chart: Chart, paper: PaperSize) -> Iterator[Fault]:
    """Yield every fault of the parts that `chart` was drawn in."""
    ids = [id for part in drawn for id in part.ids]
    if len(ids) != len(set(ids)):
        yield "an id twice", ""
    for number, part in enumerate(drawn, 1):
        for kind, where in _faults_of(part, chart, paper):
            yield kind, f"part {number}: {where}"
    yield from _misread(drawn, chart)


def _faults_of(part: Picture, chart: Chart, paper: PaperSize) -> Iterator[Fault]:
    if part.width > paper.width + 1 or part.height > paper.height:
        yield "larger than its sheet", f"{part.width} x {part.height}"
    smallest = min((words.size for words in part.words), default=paper.min_font)
    if smallest < paper.fallback_font - 0.05:
        yield "small type", f"{smallest} px"
    yield from _texts(part)
    yield from _places(part, chart, paper)
    yield from _lines(part)
    yield from _answers(part)


def _texts(part: Picture) -> Iterator[Fault]:
    for figure in part.figures:
        for words in figure.words:
            if not all(holds(figure.outline, corner) for corner in _corners(words.ink)):
                yield "text out of its shape", words.text
        for one, other in combinations(figure.words, 2):
            if _overlap(one.ink, other.ink):
                yield "text on text", one.text
    for answer in part.answers:
        for words in answer.words:
            if not _contains(answer.rect, words.ink, 1.0):
                yield "answer off its ground", words.text
    for start, end, name in part.lanes:
        for words in part.words:
            if words.colour == "#fff" and words.ink.bottom <= part.head and start <= words.ink.middle[0] <= end:
                if words.ink.left < start or words.ink.right > end:
                    yield "text out of its shape", name


def _places(part: Picture, chart: Chart, paper: PaperSize) -> Iterator[Fault]:
    page = Rect(0, part.head, part.width, part.height)
    for one, other in combinations(part.figures, 2):
        if _overlap(one.rect, other.rect):
            yield "box on box", f"{one.text} {other.text}"
    for figure in part.figures:
        if not _contains(page, figure.rect):
            yield "off the sheet", figure.text
    for rect, number in part.tags:
        for words in part.words:
            if words.colour != "#fff" and _overlap(rect, words.ink, 0.12 * part.type):
                yield "tag on text", f"{number} {words.text}"
        if not _contains(Rect(0, 0, part.width, part.height), rect):
            yield "off the sheet", number
    for note in part.notes:
        if any(_overlap(note.ink, figure.rect) for figure in part.figures):
            yield "label on a box", note.text
        if not _contains(page, note.ink):
            yield "off the sheet", note.text
    if paper.lanes:
        named = [name.replace(" ", "") for _, _, name in part.lanes]
        used = {node.lane.replace(" ", "") for node in chart.nodes}
        if set(named) - {""} != used - {""}:
            yield "lanes not named", "、".join(named)
        lane_of = {(node.number, _plain(node.text + node.note)): _plain(node.lane) for node in chart.nodes}
        for figure in part.figures:
            lane = lane_of.get((figure.number, figure.text))
            if lane and len({node.number for node in chart.nodes}) == len(chart.nodes):
                if not any(a <= figure.rect.left and figure.rect.right <= b and n == lane for a, b, n in part.lanes):
                    yield "box in another lane", figure.text


def _lines(part: Picture) -> Iterator[Fault]:
    near = _APART * part.type
    flat: list[tuple[float, float, float, int]] = []
    upright: list[tuple[float, float, float, int]] = []
    targets: list[int] = []
    for index, stroke in enumerate(part.strokes):
        source, target = _ends(stroke, part)
        targets.append(-1 - index if target is None else part.figures.index(target))
        if source is None or target is None:
            yield "line that ends nowhere", str(stroke.points)
        last = len(stroke.pieces) - 1
        for place, ((x, y), (to_x, to_y)) in enumerate(stroke.pieces):
            if x != to_x and y != to_y:
                yield "skew line", str(stroke.points)
            if x == to_x:
                upright.append((x, min(y, to_y), max(y, to_y), index))
            else:
                flat.append((y, min(x, to_x), max(x, to_x), index))
            way = Rect(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            if not _contains(Rect(0, part.head, part.width, part.height), way):
                yield "off the sheet", str(stroke.points)
            for figure in part.figures:
                own = (place == 0 and figure is source) or (place == last and figure is target)
                if not own and _overlap(way, figure.rect):
                    yield "line through a box", figure.text
                elif not own and _overlap(way, figure.rect, -0.2 * part.type):
                    yield "line along a box", figure.text
            for rect, number in part.tags:
                if _overlap(way, rect):
                    yield "line through a tag", number
        if source is not None and target is not None and target.rect.middle[1] < source.rect.middle[1]:
            middles = sorted(figure.rect.middle[1] for figure in part.figures)
            within = [y for y in middles if target.rect.middle[1] <= y <= source.rect.middle[1]]
            if sum(below - above > part.type / 2 for above, below in pairwise(within)) > _LONG_LOOP:
                yield "long loop", f"{source.text} {target.text}"
    flat.sort()
    upright.sort()
    for pieces in (flat, upright):
        for place, (at, low, high, index) in enumerate(pieces):
            for other_at, other_low, other_high, other in pieces[place + 1 :]:
                if other_at - at >= near:
                    break
                if targets[index] != targets[other] and min(high, other_high) - max(low, other_low) > near:
                    yield "line on line", f"{part.strokes[index].points} {part.strokes[other].points}"
    yield from _corners_on_lines(part, targets, flat, upright, near)


def _corners_on_lines(
    part: Picture,
    targets: list[int],
    flat: list[tuple[float, float, float, int]],
    upright: list[tuple[float, float, float, int]],
    near: float,
) -> Iterator[Fault]:
    """Yield corners that touch a line to elsewhere: nobody can tell which way it turns; and lines over an arrowhead."""
    for index, stroke in enumerate(part.strokes):
        (from_x, from_y), (x, y) = stroke.pieces[-1]
        size = 0.55 * part.type
        head = (
            (x, y - size / 2 if y > from_y else y + size / 2)
            if x == from_x
            else (x - size / 2 if x > from_x else x + size / 2, y)
        )
        spots = [(spot, "ambiguous corner", near) for spot in stroke.points[1:-1]] + [
            (head, "line over an arrow", size * 0.6)
        ]
        for (x, y), kind, reach in spots:
            for pieces, at, along in ((flat, y, x), (upright, x, y)):
                start = bisect_left(pieces, (at - reach,))
                for other_at, low, high, other in pieces[start:]:
                    if other_at > at + reach:
                        break
                    if targets[other] != targets[index] and low - reach < along < high + reach:
                        yield kind, f"{stroke.points} {part.strokes[other].points}"


def _answers(part: Picture) -> Iterator[Fault]:
    for one, other in combinations(part.answers, 2):
        if _overlap(one.rect, other.rect):
            yield "label on label", f"{one.text} {other.text}"
    grounds = [(answer.rect, answer.text) for answer in part.answers] + [(note.ink, note.text) for note in part.notes]
    for rect, text in grounds:
        if not _contains(Rect(0, part.head, part.width, part.height), rect):
            yield "off the sheet", text
        for figure in part.figures:
            if _overlap(rect, figure.rect, 0.5) and _cover(rect, figure):
                yield "label on a box", f"{text} {figure.text}"
        for tag, number in part.tags:
            if _overlap(rect, tag):
                yield "label on a tag", f"{text} {number}"
        for start, _, _ in part.lanes[1:]:
            if rect.left < start < rect.right:
                yield "label on the border of a lane", text
        for stroke in part.strokes:
            for (x, y), (to_x, to_y) in stroke.pieces:
                if _overlap(rect, Rect(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))):
                    yield "label on a line", text
    for answer in part.answers:
        near = sorted((_gap(answer.rect, stroke.pieces[0]), index) for index, stroke in enumerate(part.strokes))
        if near[0][0] > 0.6 * part.type:
            yield "label far from its line", answer.text
        if len(near) > 1 and near[1][0] < near[0][0] + 0.1 * part.type:
            yield "label between two lines", answer.text


# Reading the drawing back into the chart.


def _misread(drawn: Sequence[Picture], chart: Chart) -> Iterator[Fault]:
    """Yield each way that is drawn but not meant, or meant but not drawn; and letters without their counterpart."""
    if not drawn:
        return
    names = {node.id: _plain(node.number + node.text) for node in reversed(chart.nodes)}
    meant = Counter(_meant(chart, names))
    ways: list[Way] = []
    out: dict[str, list[tuple[int, str, str]]] = {}
    come: dict[str, list[tuple[int, str]]] = {}
    told: dict[str, set[int]] = {}
    said: dict[str, set[int]] = {}
    for number, part in enumerate(drawn, 1):
        answers = _answer_of(part)
        for index, stroke in enumerate(part.strokes):
            source, target = _ends(stroke, part)
            if source is None or target is None:
                continue
            answer = answers.get(index, "")
            if letter := _letter(source):
                mark, rest = letter
                come.setdefault(mark, []).append((number, _name(target, chart)))
                told[mark] = {int(found) for found in re.findall(r"\d+", rest)}
                if not rest.startswith("承图"):
                    yield "letter without its counterpart", f"{mark} {rest}"
            elif letter := _letter(target):
                mark, rest = letter
                out.setdefault(mark, []).append((number, _name(source, chart), answer))
                said.setdefault(mark, set()).update(int(found) for found in re.findall(r"\d+", rest))
                if not rest.startswith("接图"):
                    yield "letter without its counterpart", f"{mark} {rest}"
            elif goals := _goals(target, chart):
                ways += [(_name(source, chart), answer + said, goal) for said, goal in goals]
            else:
                ways.append((_name(source, chart), answer, _name(target, chart)))
    for mark in out.keys() | come.keys():
        ins = come.get(mark, [])
        if (
            len(ins) != 1
            or {ins[0][0]} != said.get(mark)
            or {number for number, _, _ in out.get(mark, [])} != told[mark]
        ):
            yield "letter without its counterpart", mark
        else:
            ways += [(source, answer, ins[0][1]) for _, source, answer in out[mark]]
    shown = Counter(ways)
    for way in (shown - meant).elements():
        yield "reads as another chart", f"drawn, not meant: {way}"
    for way in (meant - shown).elements():
        yield "reads as another chart", f"meant, not drawn: {way}"
    figures = Counter(
        _name(f, chart) for part in drawn for f in part.figures if not _letter(f) and not _goals(f, chart)
    )
    if figures != Counter(_plain(node.number + node.text) for node in chart.nodes):
        yield "steps lost or drawn twice", ""


def _meant(chart: Chart, names: dict[str, str]) -> Iterator[Way]:
    answers: dict[tuple[str, str], list[str]] = {}
    for edge in chart.edges:
        if edge.source in names and edge.target in names:
            said = answers.setdefault((edge.source, edge.target), [])
            if edge.label and _plain(edge.label) not in said:
                said.append(_plain(edge.label))
    for (source, target), said in answers.items():
        yield names[source], "、".join(said), names[target]


def _name(figure: Figure, chart: Chart) -> str:
    """Return number and text of the step, without its actor and note."""
    text = figure.text
    for node in chart.nodes:
        if node.number == figure.number and _plain(node.text) in text:
            if text in (_plain(node.text + node.note), _plain(node.lane + node.text + node.note)):
                return _plain(node.number + node.text)
    return figure.number + text


def _goals(figure: Figure, chart: Chart) -> list[tuple[str, str]]:
    """Return what a pill says: answers, if they are not on its line, and the steps it sends the reader to."""
    if not figure.rounded or figure.heavy:
        return []
    goals = []
    for answer, number, start in re.findall(r"(?:(.*?)：)?[回转](?:第(.+?)步|“(.*?)”)", figure.text):
        for node in chart.nodes:
            if node.number == number if number else _plain(node.text).startswith(start):
                goals.append((answer, _plain(node.number + node.text)))
                break
    return goals


def _letter(figure: Figure) -> tuple[str, str] | None:
    if not figure.rounded or figure.heavy:
        return None
    found = re.fullmatch(r"([A-Z]\d*)([接承]图[\d、]+)", _plain(figure.text + figure.beside))
    return (found[1], found[2]) if found else None


def _answer_of(part: Picture) -> dict[int, str]:
    """Return the answer that a reader takes each line to have: that beside its beginning."""
    answers: dict[int, str] = {}
    for answer in part.answers:
        nearest = min(range(len(part.strokes)), key=lambda index: _gap(answer.rect, part.strokes[index].pieces[0]))
        answers[nearest] = answers.get(nearest, "") + answer.text
    return answers


def _ends(stroke: Stroke, part: Picture) -> tuple[Figure | None, Figure | None]:
    start, end = stroke.points[0], stroke.points[-1]
    return _at(start, part.figures), _at(end, part.figures)


def _at(point: Point, figures: list[Figure]) -> Figure | None:
    x, y = point
    return next(
        (
            f
            for f in figures
            if f.rect.left - _TOUCH <= x <= f.rect.right + _TOUCH and f.rect.top - _TOUCH <= y <= f.rect.bottom + _TOUCH
        ),
        None,
    )


# Geometry.


def _plain(text: str) -> str:
    """Return `text` without spaces and without what a drawing cannot hold."""
    return "".join(
        char for char in text if char != " " and category(char) not in ("Cc", "Cs", "Cn") and char != "\u202e"
    )


def _corners(rect: Rect) -> list[Point]:
    return [(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]


def _overlap(one: Rect, other: Rect, slack: float = 0.5) -> bool:
    return (
        one.left + slack < other.right
        and other.left + slack < one.right
        and one.top + slack < other.bottom
        and other.top + slack < one.bottom
    )


def _contains(outer: Rect, inner: Rect, slack: float = 0.0) -> bool:
    return (
        outer.left - slack <= inner.left
        and inner.right <= outer.right + slack
        and outer.top - slack <= inner.top
        and inner.bottom <= outer.bottom + slack
    )


def _cover(rect: Rect, figure: Figure) -> bool:
    """Tell whether `rect` and the outline itself overlap."""
    small = Rect(rect.left + 0.5, rect.top + 0.5, rect.right - 0.5, rect.bottom - 0.5)
    return any(holds(figure.outline, corner) for corner in _corners(small)) or any(
        small.left < x < small.right and small.top < y < small.bottom for x, y in figure.outline
    )


def _gap(rect: Rect, piece: tuple[Point, Point]) -> float:
    (x, y), (to_x, to_y) = piece
    right = max(rect.left - max(x, to_x), min(x, to_x) - rect.right, 0)
    down = max(rect.top - max(y, to_y), min(y, to_y) - rect.bottom, 0)
    return float((right**2 + down**2) ** 0.5)
