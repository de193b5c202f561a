"""Guides in running text: a title, then labels with their values, one guide after another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.office.documents import Origin, Paragraph, Remark, Table
from builder.office.shapes.folding import fold
from builder.office.shapes.item_names import name_of_heading, name_said, single_line
from builder.office.shapes.item_numbers import number_at_start
from builder.office.shapes.lines import Line, lines_of
from builder.office.shapes.passages import passages_of
from builder.office.shapes.running_labels import Label, labels_in
from builder.office.shapes.sections import lines_between, starts_of
from builder.office.shapes.source_item import Leftover, Passage, Recognised, Section, SourceItem
from builder.office.shapes.titles import (
    Mark,
    begins_with_sign,
    is_title,
    marked_titles,
    may_be_title,
    names_chart,
    names_guide,
)
from builder.office.shapes.vocabulary import Vocabulary

_FEWEST_LABELS: Final = 2


@dataclass
class _Guide:
    """The guide that is being read: its titles, and its labels each with its lines."""

    titles: list[Mark] = field(default_factory=list)
    values: list[tuple[Label, tuple[Line, ...]]] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)  # lines below a value that never goes on below its label

    def fields(self) -> set[str]:
        return {label.field for label, _ in self.values}

    def has(self, label: Label) -> bool:
        return any(one.field == label.field and fold(one.text) == fold(label.text) for one, _ in self.values)


@dataclass
class GuideReading:
    """The items of a running text and what is left over."""

    items: list[SourceItem] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)


def read_guides(blocks: Sequence[Paragraph | Table], vocabulary: Vocabulary) -> GuideReading:
    """Return the guides in paragraphs and the tables between them."""
    lines = lines_of([block for block in blocks if not (isinstance(block, Paragraph) and block.in_box)])
    boxes = [block for block in blocks if isinstance(block, Paragraph) and block.in_box and block.text]
    reader = _Reader(lines, _lines_that(blocks, lambda one: one.heading > 0), vocabulary)
    reader.standing_out = _lines_that(blocks, lambda one: one.stands_out)
    guides = reader.guides()
    reading = GuideReading()
    remarks = _remarks_by_place(blocks)
    labels: dict[str, str] = {}
    for guide in guides:
        if _is_guide(guide, vocabulary):
            item = _item(guide, vocabulary, remarks)
            reading.items.append(item)
            labels |= {label.text: label.field for label, _ in guide.values}
        else:
            reading.leftovers += _all_of(guide)
    reading.leftovers = [*reader.before, *reading.leftovers]
    reading.leftovers += (Leftover(box.shown, box.origin, "文本框里的文字") for box in boxes)
    if reading.items:
        origin = reading.items[0].origin
        reading.recognised.append(
            Recognised("标签和内容连着写的指南", origin, len(reading.items), tuple(labels.items()))
        )
    return reading


def _lines_that(blocks: Sequence[Paragraph | Table], is_one: Callable[[Paragraph], bool]) -> set[tuple[str, str]]:
    """Return text and place of the lines of certain paragraphs."""
    return {
        (text, str(block.origin))
        for block in blocks
        if isinstance(block, Paragraph) and is_one(block)
        for text in block.shown.split("\n")
    }


class _Reader:
    def __init__(self, lines: Sequence[Line], headings: set[tuple[str, str]], vocabulary: Vocabulary) -> None:
        self.lines, self.headings, self.vocabulary = lines, headings, vocabulary
        self.starts = starts_of(lines)
        self.before: list[Leftover] = []
        self.standing_out: set[tuple[str, str]] = set()

    def guides(self) -> list[_Guide]:
        marks = self._marks()
        if not any(mark.label for mark in marks):
            self.before = [Leftover(line.text, line.origin, "没有认出的文字") for line in self.lines]
            return []
        first = marks[0].start
        self.before = [
            Leftover(line.text, line.origin, "前面的文字") for line in lines_between(self.lines, self.starts, 0, first)
        ]
        guides = [_Guide()]
        pending: list[tuple[Mark, tuple[Line, ...]]] = []  # titles since the last label, with the lines below them
        ends = [*(mark.start for mark in marks[1:]), sum(len(line.text) + 1 for line in self.lines)]
        for mark, end in zip(marks, ends, strict=True):
            lines = lines_between(self.lines, self.starts, mark.end, end)
            if mark.label is None:
                pending.append((mark, lines))
                continue
            current = guides[-1]
            if not pending and (title := self._title_above(current, mark.label)) is not None:
                pending.append((title, ()))
            if current.values and self._begins_guide(current, mark.label, pending):
                charts = [one for one in pending if names_chart(one[0].title)]
                self._add_titles(current, charts)
                pending = [one for one in pending if one not in charts]
                current = _Guide(
                    [title for title, _ in pending], after=[line for _, below in pending for line in below]
                )
                guides.append(current)
            else:
                self._add_titles(current, pending)
            pending = []
            if self.vocabulary.takes_one_line(mark.label.field):
                own = lines_between(self.lines, self.starts, mark.end, min(end, self._end_of_line(mark.end)))
                current.after += lines[len(own) :]
                lines = own
            current.values.append((mark.label, lines))
        self._add_titles(guides[-1], pending)
        return guides

    def _title_above(self, current: _Guide, label: Label) -> Mark | None:
        """Return the line above a label that begins the next guide, if it can be a title, and take it from the value there.

        Above the first guide any short line can be one; between guides only one that has a number like 二、 or stands out.
        """
        if not current.values:
            if not self.before or not may_be_title(self.before[-1].text):
                return None
            above = self.before.pop()
            return Mark(0, 0, title=above.text, origin=above.origin)
        if not label.at_start or not current.has(label):
            return None
        last, lines = current.values[-1]
        if not lines or lines[-1].table is not None or not may_be_title(lines[-1].text):
            return None
        line = lines[-1]
        number = number_at_start(line.text)
        is_numbered = number is not None and number.style in ("一、", "(一)")
        if not is_numbered and (line.text, str(line.origin)) not in self.standing_out:
            return None
        current.values[-1] = last, lines[:-1]
        return Mark(0, 0, title=line.text, origin=line.origin)

    def _add_titles(self, guide: _Guide, titles: Sequence[tuple[Mark, tuple[Line, ...]]]) -> None:
        """Add titles inside a guide to it. One with text below it, and no chart, stands in the value of the last label."""
        for title, below in titles:
            label, lines = guide.values[-1] if guide.values else (None, ())
            is_inside = below and title.origin and not names_chart(title.title)
            if label and is_inside and not self.vocabulary.takes_one_line(label.field):
                guide.values[-1] = label, (*lines, Line(title.title, title.origin or label.origin), *below)
            else:
                guide.titles.append(title)
                guide.after += below

    def _end_of_line(self, place: int) -> int:
        index = bisect_right(self.starts, place) - 1
        return self.starts[index] + len(self.lines[index].text)

    def _begins_guide(self, current: _Guide, label: Label, titles: Sequence[tuple[Mark, tuple[Line, ...]]]) -> bool:
        """Whether a label begins another guide: one that the guide has already, or the first below a title."""
        if self.vocabulary.repeats(label.field):
            return False
        if current.has(label):
            return True
        announced = any(
            not names_chart(title.title) and (not below or names_guide(title.title)) for title, below in titles
        )
        return announced and bool(current.fields() & self.vocabulary.guide)

    def _marks(self) -> list[Mark]:
        """Return the labels and titles, in order. What stands before the first label of a line may be a title."""
        labels = labels_in(self.lines, self.vocabulary)
        marks = [Mark(label.start, label.end, label) for label in labels]
        first_labels = {bisect_right(self.starts, label.start) - 1: label.start for label in reversed(labels)}
        for index, (line, place) in enumerate(zip(self.lines, self.starts, strict=True)):
            first = first_labels.get(index)
            before = line.text[: first - place] if first is not None else line.text
            if line.table is not None:
                continue
            marks += marked_titles(line, place, labels)
            is_heading = (line.text, str(line.origin)) in self.headings
            if is_title(before, is_heading=is_heading, has_label=first is not None, is_first=index == 0):
                marks.append(Mark(place, place + len(before), title=before.strip(), origin=line.origin))
        return sorted(marks, key=lambda mark: mark.start)


def _is_guide(guide: _Guide, vocabulary: Vocabulary) -> bool:
    fields = guide.fields()
    is_marked = any(begins_with_sign(title.title) for title in guide.titles)
    return len(fields) >= (1 if is_marked else _FEWEST_LABELS) and bool(fields & (vocabulary.guide | {"name"}))


def _all_of(guide: _Guide) -> Iterator[Leftover]:
    for title in guide.titles:
        if title.origin:
            yield Leftover(title.title, title.origin, "没有认出的文字")
    for label, lines in guide.values:
        text = "\n".join(line.text for line in lines)
        yield Leftover(f"{label.text}：{text}", label.origin, "没有认出的文字")
    yield from (Leftover(line.text, line.origin, "没有认出的文字") for line in guide.after)


def _item(guide: _Guide, vocabulary: Vocabulary, remarks: dict[str, list[Remark]]) -> SourceItem:
    passages: list[Passage] = []
    sections: list[Section] = []
    columns: dict[str, str] = {}
    origin = next((title.origin for title in guide.titles if title.origin), None)
    for label, lines in guide.values:
        place = lines[0].origin if lines else label.origin
        origin = origin or place
        made, found = passages_of(label.text, label.field, lines, place, vocabulary)
        passages += made
        sections += found
        text = "\n".join(line.text for line in lines)
        known = columns.get(label.text)
        columns[label.text] = f"{known}\n{text}" if known and text else known or text
    titles = tuple(title.title for title in guide.titles)
    name = single_line(name_said(passages)) or name_of_heading(_title_of(guide))
    number = next((one.text for one in passages if one.field == "number"), "")
    places = dict.fromkeys(
        str(one)
        for one in (
            *(line.origin for _, lines in guide.values for line in lines),
            *(t.origin for t in guide.titles if t.origin),
        )
    )
    said = tuple(remark for place in places for remark in remarks.get(place, ()))
    kept = tuple(one for one in passages if one.field != "number")
    after = tuple(Leftover(line.text, line.origin, "不知道属于哪一栏") for line in guide.after)
    where = origin or Origin("")
    return SourceItem(name, number, where, tuple(columns.items()), kept, tuple(sections), titles, said, after)


def _title_of(guide: _Guide) -> str:
    """Return the title that names a guide: the last one above it, else the last one in it."""
    announced = [title for title in guide.titles if not names_chart(title.title)]
    first = guide.values[0][0].start
    above = [title for title in announced if title.start <= first]
    return (above or announced)[-1].title if announced else ""


def _remarks_by_place(blocks: Sequence[Paragraph | Table]) -> dict[str, list[Remark]]:
    found: dict[str, list[Remark]] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            for remark in block.remarks:
                found.setdefault(str(remark.origin), []).append(remark)
    return found
