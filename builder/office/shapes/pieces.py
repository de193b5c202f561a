"""Parts a text at the numbers of its entries. Whether what looks like a number is one, the text around it and the others tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from builder.office.documents import Origin
from builder.office.shapes.folding import half_width
from builder.office.shapes.item_numbers import Number, ends_an_entry, number_at_start, numbers_inside
from builder.office.shapes.lines import Line

_LOOK_AHEAD: Final = 40  # lines in which the second entry of a list that begins inside a line is looked for
# What stands around a number in brackets that refers to a part of a text: 第（二）项, 上述（1）至（3）.
_REFERS: Final = re.compile(r"[第前本该述上至到和或与及、按照依见]$")
_ENTRY_FOLLOWS: Final = re.compile(r"(?![项条款目点份种类个名张号年月日至到和或])[\u4e00-\u9fff《“]")


@dataclass
class Piece:
    """A part of a line: a numbered entry, or text without a number."""

    number: Number | None
    printed: str
    text: str
    origin: Origin


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
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


def _divided(line: Line, begins: Sequence[Number]) -> Iterator[Piece]:
    edge = begins[0].start if begins else len(line.text)
    before = line.text[:edge].strip()
    if re.search(r"\w", before):
        yield Piece(None, "", before, line.origin)
    for number, end in zip(
        begins, [*(following.start for following in begins[1:]), len(line.text)], strict=bool(begins)
    ):
        text = line.text[number.end : end]
        yield Piece(number, line.text[number.start : number.end].strip(), text.strip(), line.origin)


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
        return (
            counts_on
            and number.style in ("(1)", "(一)")
            and not _REFERS.search(line[: number.start].rstrip())
            and bool(_ENTRY_FOLLOWS.match(line, number.end))
        )
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
