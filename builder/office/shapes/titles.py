"""The titles of guides in running text: which line, or part of a line, announces a guide or its flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from builder.office.documents import Origin
from builder.office.shapes.folding import half_width
from builder.office.shapes.lines import Line
from builder.office.shapes.running_labels import Label

_GUIDE_TITLE: Final = re.compile(
    r"(?:指南|流程图|须知|一览表|信息表|办事说明|明白纸|告知单)\s*(?:[(（][^()（）]*[)）])?\s*[。.]?\s*$"
)
_ITEM_MARK: Final = re.compile(r"^\s*[◇◆■★▲●]\s*\S")
_TITLE_MARK: Final = re.compile(r"[◇◆■★▲]")
_CHART_TITLE: Final = re.compile(r"流程图\s*(?:[(（][^()（）]*[)）])?\s*[。.]?\s*$")
_IN_BRACKETS: Final = re.compile(r"[(（][^()（）]*[)）]")
_ENDS_A_SENTENCE: Final = "。；;，,、：:"
_LONGEST_TITLE: Final = 45
_LONGEST_PLAIN_TITLE: Final = 30  # of a line that nothing but its place makes a title


@dataclass(frozen=True, slots=True)
class Mark:
    """A label or a title, and where it stands in the whole text."""

    start: int
    end: int
    label: Label | None = None
    title: str = ""
    origin: Origin | None = None


def begins_with_sign(title: str) -> bool:
    """Return whether a sign before a title says that an item begins: ◇老年证办理."""
    return bool(_TITLE_MARK.match(title))


def names_chart(title: str) -> bool:
    """Return whether a title is that of a flowchart."""
    return bool(_CHART_TITLE.search(title))


def names_guide(title: str) -> bool:
    """Return whether a title ends like that of a guide: 办事指南, 流程图, 一览表."""
    return bool(_GUIDE_TITLE.search(title))


def may_be_title(text: str) -> bool:
    """Return whether a line is short and ends like a title, so that its place may make it one."""
    plain = text.strip()
    return 0 < len(plain) <= _LONGEST_PLAIN_TITLE and half_width(plain[-1]) not in "。;,、:."


def is_title(text: str, *, is_heading: bool, has_label: bool, is_first: bool) -> bool:
    """Return whether the text of a line, up to the first label that it has, is a title. `is_first` is of the whole text."""
    plain = text.strip()
    if not plain:
        return False
    if (has_label and is_first) or (is_heading and not has_label):
        return True
    if _ITEM_MARK.match(text):
        return len(plain) <= _LONGEST_TITLE and plain[-1] not in _ENDS_A_SENTENCE
    short = _IN_BRACKETS.sub("", plain).rstrip("。.")
    is_short = 0 < len(short) <= _LONGEST_TITLE and not re.search(r"[。；;，,、：:]", half_width(short[-1]))
    return is_short and names_guide(plain)


def marked_titles(line: Line, place: int, labels: Sequence[Label]) -> Iterator[Mark]:
    """Yield the titles inside a line, each between a sign and a label: 发证◇老年证办理申报条件：. `place` is that of the line."""
    starts = [label.start - place for label in labels if place < label.start <= place + len(line.text)]
    for sign in _TITLE_MARK.finditer(line.text):
        end = next((start for start in starts if start > sign.start()), 0)
        title, before = line.text[sign.start() : end].strip(), line.text[: sign.start()].strip()
        if not before or not 1 < len(title) <= _LONGEST_TITLE or title[-1] in _ENDS_A_SENTENCE:
            continue
        if sign.start() < starts[0] and len(before) <= _LONGEST_TITLE and before[-1] not in _ENDS_A_SENTENCE:
            yield Mark(place, place + sign.start(), title=before, origin=line.origin)  # the title of a group
        yield Mark(place + sign.start(), place + end, title=title, origin=line.origin)
