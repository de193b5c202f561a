"""Takes a list of materials or steps apart into its entries, nested as their numbers are.

An entry is never divided at commas: whether 身份证、户口本 are two materials is not for the reader to say. Sentences
between numbered entries stand with the entry before them, as its text (steps) or as its notes (materials).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.office.documents import Block, Cell, Origin, Paragraph, Table
from builder.office.shapes.folding import half_width
from builder.office.shapes.item_numbers import Number, ends_an_entry, number_at_start, numbers_inside
from builder.office.shapes.source_item import Entry

ARROWS: Final = re.compile(
    r"\s*(?:→|➔|➜|⇒|➡\ufe0f?|⟶|⟹|↓|⇩|⬇\ufe0f?|↘|[-—－─=]+[>＞▶►]|》》|[>＞]{1,3}|—{2,}|－{2,}|-{2,}|―{2,}|─{2,})\s*"
)
# A single dash, which is an arrow only where it parts short words: 申请—受理—发证.
_DASHES: Final = re.compile(r"\s*(?:(?<=[\u4e00-\u9fff)）])\s*[-—－–―─]\s*(?=[\u4e00-\u9fff(（]))\s*")
_LONGEST_BESIDE_DASH: Final = 24
_NOTE: Final = re.compile(
    r"[（(]?\s*(?:注|备注|说明|温馨提示|特别提示|提示|注意|注意事项|特别说明|补充说明)\s*\d{0,2}\s*[:：]"
)
_SAYS_WHAT_FOLLOWS: Final = re.compile(r"以下|下列|如下|提供|提交|携带|准备|持有?|所需|需要?|材料|资料|办理")
_GOES_ON: Final = "，、,和及或与在将于的:：（("
_ENDS: Final = "。；;！!？?.”）)》"
_SHORT: Final = 30
_LOOK_AHEAD: Final = 40  # lines in which the second entry of a list that begins inside a line is looked for


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text and where it stands; or a whole table inside a text, whose rows are then lines of `text`."""

    text: str
    origin: Origin
    table: Table | None = None


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Return the filled lines of paragraphs, and the tables between them."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += [Line(text, block.origin) for text in block.shown.split("\n") if text.strip()]
        elif text := "\n".join(filter(None, (row_text(row, index) for index, row in enumerate(block.grid)))):
            lines.append(Line(text, block.origin, block))
    return lines


def row_text(cells: Sequence[Cell], row: int) -> str:
    """Return the cells that begin in a row of a grid, separated by tabs."""
    own = [cell.text for column, cell in enumerate(cells) if (cell.row, cell.column) == (row, column)]
    return "\t".join(own).strip("\t")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its entries, the sentence before them, and the remarks below them."""

    entries: tuple[Entry, ...] = ()
    lead: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class _Piece:
    """A part of a line: a numbered entry, or text without a number."""

    number: Number | None
    printed: str
    text: str
    origin: Origin


@dataclass
class _Node:
    text: str
    origin: Origin
    printed: str = ""
    below: list[_Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def entry(self) -> Entry:
        sub = tuple(node.entry() for node in self.below)
        return Entry(trimmed(self.text), self.origin, self.printed, sub, tuple(self.notes))


def read_entries(lines: Sequence[Line], *, steps: bool) -> Listed:
    """Return the entries in `lines`. A table among them counts as a line for each of its rows."""
    single = [Line(text, line.origin) for line in lines for text in line.text.split("\n") if text.strip()]
    pieces = list(_pieces(single))
    if any(piece.number for piece in pieces):
        return _Tree(pieces, steps=steps).listed()
    return _without_numbers(pieces, steps=steps)


def trimmed(text: str) -> str:
    """Return the text of an entry without blanks at its ends and without the punctuation that ends it."""
    return text.strip().rstrip("；;，,、。.：: \t\n\u3000").strip()


# ---- lines to pieces


def _pieces(lines: Sequence[Line]) -> Iterator[_Piece]:
    """Yield the parts of all lines, each with the number before it."""
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        rest = [one.text for one in lines[index + 1 : index + 1 + _LOOK_AHEAD]]
        first = number_at_start(line.text)
        if first and not _is_number(first, last):
            first = None
        begins = [first] if first else []
        if first:
            last[first.family] = first.value
        place = first.end if first else 0
        for number in numbers_inside(line.text, place):
            if number.start < place or _is_in_brackets(line.text, place, number.start):
                continue
            if _begins_entry(number, line.text, last, rest):
                begins.append(number)
                last[number.family] = number.value
                place = number.end
        yield from _divided(line, begins)


def _is_in_brackets(line: str, start: int, place: int) -> bool:
    """Whether a bracket that opened behind `start` is still open at `place`, and closed later."""
    before = half_width(line[start:place])
    return before.count("(") > before.count(")") and ")" in half_width(line[place:])


def _divided(line: Line, begins: Sequence[Number]) -> Iterator[_Piece]:
    edge = begins[0].start if begins else len(line.text)
    before = line.text[:edge].strip()
    if re.search(r"\w", before):
        yield _Piece(None, "", before, line.origin)
    for number, end in zip(
        begins, [*(following.start for following in begins[1:]), len(line.text)], strict=bool(begins)
    ):
        text = line.text[number.end : end]
        yield _Piece(number, line.text[number.start : number.end].strip(), text.strip(), line.origin)


def _is_number(number: Number, last: dict[str, int]) -> bool:
    """Whether a number at the start of a line begins an entry. One without punctuation must be the next."""
    if number.style in ("1", "1 "):
        return number.value == last.get(number.family, 0) + 1
    if number.style.startswith("1.1"):
        return number.value == last.get(number.family, 0) + 1 or number.value == 1
    return True


def _begins_entry(number: Number, line: str, last: dict[str, int], rest: Sequence[str]) -> bool:
    """Whether what looks like a number inside a line begins an entry: it counts on, or begins a list that goes on."""
    after_end = ends_an_entry(line, number.start)
    counts_on = number.family in last and number.value == last[number.family] + 1
    followed_by_digit = line[number.end : number.end + 1].isdigit()
    if number.style in ("1、", "1."):
        if counts_on:
            return after_end or not followed_by_digit
        if after_end and not followed_by_digit and number.value == last.get(number.family, 0) + 2 > 2:
            return True  # one number was forgotten
        return number.value == 1 and after_end and not followed_by_digit and _goes_on(number, line, rest)
    if number.style == "1":
        return counts_on
    if number.style == "第一步":
        return after_end and (counts_on or number.value == 1)
    if number.style == "①":
        return counts_on or number.value == 1
    if not after_end:
        return False
    return counts_on or (number.value == 1 and _goes_on(number, line, rest))


def _goes_on(number: Number, line: str, rest: Sequence[str]) -> bool:
    """Whether a second entry of the same style comes later in the line or the text."""
    if any(later.style == number.style and later.value == 2 for later in numbers_inside(line, number.end)):
        return True
    for later_line in rest:
        at_start = number_at_start(later_line)
        if at_start and at_start.style == number.style and at_start.value == 2:
            return True
        if any(later.style == number.style and later.value == 2 for later in numbers_inside(later_line, 0)):
            return True
    return False


# ---- without numbers


def _without_numbers(pieces: Sequence[_Piece], *, steps: bool) -> Listed:
    end = next((index for index, piece in enumerate(pieces) if _NOTE.match(piece.text)), len(pieces))
    plain, notes = list(pieces[:end]), [piece.text for piece in pieces[end:]]
    lead = ""
    if len(plain) > 1 and half_width(plain[0].text).endswith(":"):
        lead, plain = plain[0].text, plain[1:]
    nodes = _by_arrows(plain) if steps else []
    if nodes:
        return Listed(tuple(node.entry() for node in nodes), lead, tuple(notes))
    nodes = []
    for piece in plain:
        before = nodes[-1].text if nodes else ""
        if before and _is_broken_off(before, piece.text):
            nodes[-1].text += piece.text
        else:
            nodes.append(_Node(piece.text, piece.origin))
    return Listed(tuple(node.entry() for node in nodes), lead, tuple(notes))


def _by_arrows(pieces: Sequence[_Piece]) -> list[_Node]:
    """Return the steps between the arrows of a flow, [] if there are no arrows. A line break inside a flow means nothing."""
    arrows = _arrows(pieces)
    if arrows is None:
        return []
    nodes: list[_Node] = []
    open_step = False  # whether the last step may go on in the next line
    for piece in pieces:
        parts = arrows.split(piece.text)
        for index, part in enumerate(parts):
            if not part.strip():
                open_step = False
            elif open_step and index == 0 and nodes:
                nodes[-1].text += part
            else:
                nodes.append(_Node(part, piece.origin))
        open_step = bool(parts[-1].strip())
    return nodes


def _arrows(pieces: Sequence[_Piece]) -> re.Pattern[str] | None:
    """Return what parts the steps of a flow, None if nothing does."""
    if any(ARROWS.search(piece.text) for piece in pieces):
        return ARROWS
    parts = [_DASHES.split(piece.text) for piece in pieces]
    parted = any(len(one) > 1 for one in parts)
    if parted and all(0 < len(part.strip()) <= _LONGEST_BESIDE_DASH for one in parts for part in one):
        return _DASHES
    return None


def _is_broken_off(text: str, following: str) -> bool:
    """Whether a line breaks off in the middle of a sentence that goes on in the `following` one."""
    if text[-1] in _GOES_ON or following[0] in "，、；。）)》":
        return True
    return len(text) >= _SHORT / 2 and text[-1] not in _ENDS and len(following) > 1 and following[-1] in "。；;"


# ---- with numbers


class _Tree:
    """Puts numbered pieces below one another: a new style of numbers that begins at 1 goes one level down."""

    def __init__(self, pieces: Sequence[_Piece], *, steps: bool) -> None:
        self.pieces, self.steps = pieces, steps
        self.roots: list[_Node] = []
        self.levels: list[tuple[set[str], int, list[_Node]]] = []  # styles, last value, the nodes of the level
        self.base = self.roots  # where the entries of the list, or of its group, go
        self.base_style = ""
        self.first_lead: _Piece | None = None
        self.groups = 0
        self.notes: list[str] = []
        self.in_note = False
        self.note_style = ""

    def listed(self) -> Listed:
        for index, piece in enumerate(self.pieces):
            if piece.number is None:
                self._meet_text(piece, index)
            elif not self._belongs_to_note(piece.number, piece):
                self._meet_number(piece.number, piece)
        return self._result()

    def _result(self) -> Listed:
        lead = self.first_lead.text if self.first_lead else ""
        if self.first_lead and (self.groups or _is_heading(lead)):
            first = _Node(lead.rstrip(":："), self.first_lead.origin, below=[])
            count = self.first_group if self.groups else len(self.roots)
            first.below = self.roots[:count]
            self.roots[:count] = [first]
            lead = ""
        return Listed(tuple(node.entry() for node in self.roots), lead, tuple(self.notes))

    first_group = 0  # how many entries stand before the first group

    def _meet_text(self, piece: _Piece, index: int) -> None:
        following = self.pieces[index + 1].number if index + 1 < len(self.pieces) else None
        if _NOTE.match(piece.text):
            self.in_note, self.note_style = True, ""
            self.notes.append(piece.text)
        elif self.in_note:
            self.notes[-1] += f"\n{piece.text}"
        elif not self.levels:
            if self.first_lead is None:
                self.first_lead = piece
            else:
                self.first_lead.text += f"\n{piece.text}"
        elif following and self._opens_group(piece, following):
            self._open_group(piece, following)
        else:
            self._continue(piece)

    def _opens_group(self, piece: _Piece, following: Number) -> bool:
        if following.value != 1:
            return False
        opens = half_width(piece.text).endswith(":")
        if following.style == self.base_style:
            return opens or (len(piece.text) <= _SHORT and piece.text[-1] not in _ENDS)
        is_new = not any(following.style in styles for styles, _, _ in self.levels)
        return opens and is_new and not half_width(self._last().text).endswith(":")

    def _open_group(self, piece: _Piece, following: Number) -> None:
        node = _Node(piece.text.rstrip(":："), piece.origin)
        if following.style == self.base_style and not self.groups:
            self.first_group = len(self.roots)
        self.groups += following.style == self.base_style
        self.roots.append(node)
        self.base = node.below
        self.levels = []
        if following.style != self.base_style:
            self.base = self.roots
            self.levels = [({self.base_style}, 10**6, self.roots)]

    def _continue(self, piece: _Piece) -> None:
        """Add a sentence without a number to the entry before it."""
        last = self._last()
        if last.notes:
            last.notes.append(piece.text)
        elif not last.text.strip():
            last.text = piece.text
        elif (
            self.steps
            or piece.text[0] in "，、；。）)》"
            or (last.text[-1] in _GOES_ON and not last.text.endswith(("：", ":")))
        ):
            last.text += f"\n{piece.text}"
        else:
            last.notes.append(piece.text)

    def _last(self) -> _Node:
        return self.levels[-1][2][-1]

    def _belongs_to_note(self, number: Number, piece: _Piece) -> bool:
        if not self.in_note:
            return False
        if not self.note_style and number.value == 1:
            self.note_style = number.style
        if number.style == self.note_style:
            self.notes[-1] += f"\n{piece.printed}{piece.text}"
            return True
        self.in_note = False
        return False

    def _meet_number(self, number: Number, piece: _Piece) -> None:
        node = _Node(piece.text, piece.origin, piece.printed)
        depth = self._depth_of(number)
        if depth is None:
            target = self.levels[-1][2][-1].below if self.levels else self.base
            if not self.levels:
                self.base_style = self.base_style or number.style
            self.levels.append(({number.style}, number.value, target))
        else:
            del self.levels[depth + 1 :]
            styles, _, target = self.levels[depth]
            self.levels[depth] = (styles | {number.style}, number.value, target)
        target.append(node)

    def _depth_of(self, number: Number) -> int | None:
        """Return the level on which a number counts on, None if it begins a new one below."""
        for depth in range(len(self.levels) - 1, -1, -1):
            styles, last, _ = self.levels[depth]
            if number.style in styles and (number.value > last or number.value == 0 or number.value == last != 1):
                return depth
        if not self.levels:
            return None
        for depth in range(len(self.levels) - 1, -1, -1):
            styles, last, _ = self.levels[depth]
            families = {_family(style) for style in styles}
            if number.family in families and number.value == last + 1:
                return depth
        if number.value > 1:  # counts on in another style: （1）（2）3.
            counting = (depth for depth in range(len(self.levels) - 1, -1, -1) if number.value > self.levels[depth][1])
            return next(counting, len(self.levels) - 1)
        styles, last, _ = self.levels[-1]
        if number.style in styles:  # begins again without saying why
            return len(self.levels) - 1
        return next((depth for depth, level in enumerate(self.levels) if number.style in level[0]), None)


def _family(style: str) -> str:
    return Number(style, 0, 0, 0).family


def _is_heading(text: str) -> bool:
    """Whether a lead names a group, such as 外省市人员：, and does not say what follows."""
    return half_width(text).endswith(":") and len(text) <= _SHORT and not _SAYS_WHAT_FOLLOWS.search(text)
