"""Takes a list of materials or steps apart into its entries, nested as their numbers are.

An entry is never divided at commas: whether 身份证、户口本 are two materials is not for the reader to say. Sentences
between numbered entries stand with the entry before them, as its text (steps) or as its notes (materials).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.office.documents import Origin
from builder.office.shapes.folding import half_width
from builder.office.shapes.item_numbers import Number
from builder.office.shapes.lines import Line
from builder.office.shapes.pieces import Piece, pieces_of
from builder.office.shapes.source_item import Entry

ARROWS: Final = re.compile(
    r"\s*(?:→|➔|➜|⇒|➡\ufe0f?|⟶|⟹|↓|⇩|⬇\ufe0f?|↘|[-—－─=]+[>＞▶►]|》》|[>＞]{1,3}|—{2,}|－{2,}|-{2,}|―{2,}|─{2,})\s*"
)
# A single dash, which is an arrow only where it parts short words: 申请—受理—发证.
_DASHES: Final = re.compile(
    r"\s*(?:(?<=[\u4e00-\u9fff)）])(?<![周期][一二三四五六日])\s*[-—－–―─]\s*(?=[\u4e00-\u9fff(（]))\s*"
)
_LONGEST_BESIDE_DASH: Final = 24
_LONGEST_BESIDE_ONE_DASH: Final = 12
_NOTE: Final = re.compile(
    r"[（(]?\s*(?:注|备注|说明|温馨提示|特别提示|提示|注意|注意事项|特别说明|补充说明)\s*\d{0,2}\s*[:：]"
)
_SAYS_WHAT_FOLLOWS: Final = re.compile(r"以下|下列|如下|提供|提交|携带|准备|持有?|所需|需要?|材料|资料|办理")
_GOES_ON: Final = "，、,和及或与在将于的:：（("
_ENDS: Final = "。；;！!？?.”）)》"
_SHORT: Final = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its entries, the sentence before them, and the remarks below them."""

    entries: tuple[Entry, ...] = ()
    lead: str = ""
    notes: tuple[str, ...] = ()


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
    pieces = list(pieces_of(single))
    if any(piece.number for piece in pieces):
        return _Tree(pieces, steps=steps).listed()
    return _without_numbers(pieces, steps=steps)


def trimmed(text: str) -> str:
    """Return the text of an entry without blanks at its ends and without the punctuation that ends it."""
    return text.strip().rstrip("；;，,、。.：: \t\n\u3000").strip()


# ---- without numbers


def _without_numbers(pieces: Sequence[Piece], *, steps: bool) -> Listed:
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


def _by_arrows(pieces: Sequence[Piece]) -> list[_Node]:
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


def _arrows(pieces: Sequence[Piece]) -> re.Pattern[str] | None:
    """Return what parts the steps of a flow, None if nothing does."""
    if any(ARROWS.search(piece.text) for piece in pieces):
        return ARROWS
    parts = [_DASHES.split(piece.text) for piece in pieces]
    dashes = sum(len(one) - 1 for one in parts)
    longest = _LONGEST_BESIDE_DASH if dashes > 1 else _LONGEST_BESIDE_ONE_DASH
    if dashes and all(0 < len(part.strip()) <= longest for one in parts for part in one):
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

    def __init__(self, pieces: Sequence[Piece], *, steps: bool) -> None:
        self.pieces, self.steps = pieces, steps
        self.roots: list[_Node] = []
        self.levels: list[tuple[set[str], int, list[_Node]]] = []  # styles, last value, the nodes of the level
        self.base = self.roots  # where the entries of the list, or of its group, go
        self.base_style = ""
        self.first_lead: Piece | None = None
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

    def _meet_text(self, piece: Piece, index: int) -> None:
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

    def _opens_group(self, piece: Piece, following: Number) -> bool:
        if following.value != 1:
            return False
        opens = half_width(piece.text).endswith(":")
        if following.style == self.base_style:
            return opens or (len(piece.text) <= _SHORT and piece.text[-1] not in _ENDS)
        is_new = not any(following.style in styles for styles, _, _ in self.levels)
        return opens and is_new and not half_width(self._last().text).endswith(":")

    def _open_group(self, piece: Piece, following: Number) -> None:
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

    def _continue(self, piece: Piece) -> None:
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

    def _belongs_to_note(self, number: Number, piece: Piece) -> bool:
        if not self.in_note:
            return False
        if not self.note_style and number.value == 1:
            self.note_style = number.style
        if number.style == self.note_style:
            self.notes[-1] += f"\n{piece.printed}{piece.text}"
            return True
        self.in_note = False
        return False

    def _meet_number(self, number: Number, piece: Piece) -> None:
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
