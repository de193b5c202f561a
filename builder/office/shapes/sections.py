"""Takes a cell apart that holds a whole guide: 【申请条件】… 【办理材料】…, or lines that begin with 办理条件：.

Brackets are often wrong: one of them missing, one too many, a colon behind them. A bracket inside a sentence,
单击【手工报销】输入, opens no section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from builder.office.documents import Origin
from builder.office.shapes.folding import half_width, squeezed
from builder.office.shapes.lines import Line
from builder.office.shapes.running_labels import Label, labels_in
from builder.office.shapes.vocabulary import Vocabulary

_BRACKETS: Final = re.compile(
    r"【(?P<whole>[^【】\n]{1,40})】+|^[ \t\"'“]*(?P<no_open>[^【】\n]{2,14})】+|【(?P<no_close>[^【】\n]{2,40})",
    re.MULTILINE,
)
_BEFORE_A_TITLE: Final = re.compile(r"(?:^|[\n。；;】)）.！ \t\u3000]|】[、，,])$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: its title as printed, "" before the first title, and its lines."""

    title: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines, without blanks at the ends."""
        return "\n".join(line.text for line in self.lines).strip()


def bracketed_parts(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Part]:
    """Return the parts of a text below its titles in 【】, [] if it has none. The first may be without a title."""
    text = "\n".join(line.text for line in lines)
    marks = [mark for match in _BRACKETS.finditer(text) if (mark := _title(match, text, vocabulary))]
    if not marks:
        return []
    parts = [Part("", _cut(lines, 0, marks[0].start))]
    for mark, end in zip(marks, [*(following.start for following in marks[1:]), len(text)], strict=True):
        parts.append(Part(mark.text, _cut(lines, mark.end, end)))
    return parts if parts[0].text else parts[1:]


def labelled_parts(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Part]:
    """Return the parts of a text below labels like 办理条件：, [] if it does not begin lines with two of them."""
    labels = labels_in(lines, vocabulary)
    if sum(label.at_start for label in labels) < 2:
        return []
    text = "\n".join(line.text for line in lines)
    parts = [Part("", _cut(lines, 0, labels[0].start))]
    for label, end in zip(labels, [*(following.start for following in labels[1:]), len(text)], strict=True):
        parts.append(Part(label.text, _cut(lines, label.end, end)))
    return parts if parts[0].text.strip("\"'“” ") else parts[1:]


def _title(match: re.Match[str], text: str, vocabulary: Vocabulary) -> Label | None:
    """Return the title that a match of brackets is, None if it is none."""
    if whole := match["whole"]:
        title, end = squeezed(whole), match.end()
        known = bool(vocabulary.field_of(title))
        if not known and not _BEFORE_A_TITLE.search(text[max(0, match.start() - 2) : match.start()]):
            return None
        return Label(title, "", match.start(), _after_colon(text, end), at_start=True)
    if title := match["no_open"]:
        known = bool(vocabulary.field_of(title))
        return (
            Label(squeezed(title), "", match.start(), _after_colon(text, match.end()), at_start=True) if known else None
        )
    open_title = half_width(match["no_close"])
    for length in range(min(len(open_title), vocabulary.longest_label + 2), 1, -1):
        if vocabulary.field_of(open_title[:length]):
            end = match.start() + 1 + length
            return Label(squeezed(open_title[:length]), "", match.start(), _after_colon(text, end), at_start=True)
    return None


def _after_colon(text: str, place: int) -> int:
    match = re.compile(r"[】\s]*[:：]?").match(text, place)
    return match.end() if match else place


def _cut(lines: Sequence[Line], start: int, end: int) -> tuple[Line, ...]:
    return lines_between(lines, starts_of(lines), start, end)


def starts_of(lines: Sequence[Line]) -> list[int]:
    """Return where each line begins when all are joined by line feeds."""
    return list(accumulate((len(line.text) + 1 for line in lines), initial=0))[:-1]


def lines_between(lines: Sequence[Line], starts: Sequence[int], start: int, end: int) -> tuple[Line, ...]:
    """Return the filled lines of a text from place `start` to `end`. `starts` are those of `starts_of`."""
    found = []
    for index in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
        line, place = lines[index], starts[index]
        first, last = max(start - place, 0), min(end - place, len(line.text))
        if first < last and line.text[first:last].strip():
            is_whole = last - first == len(line.text)
            found.append(line if is_whole else Line(line.text[first:last].strip(), line.origin))
    return tuple(found)


def origin_of(part: Part, default: Origin) -> Origin:
    """Return where a part begins."""
    return part.lines[0].origin if part.lines else default
