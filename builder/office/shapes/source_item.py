"""`SourceItem`: one item as a document tells it, text by text, each with its place. Nothing in it is interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.office.documents import Origin, Remark


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of materials or steps: its text without number, the number as printed, and the entries below it.

    `notes` are sentences that stand with the entry and are not it. `details` are further columns of an entry that stood
    in a table, by their printed header.
    """

    text: str
    origin: Origin
    number: str = ""
    sub: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands behind one label, or in one cell below a header.

    `label` is as printed, "" for none; `field` is the key of the field in the vocabulary, "" if the label is not known.
    An empty `text` says that the document has the label and nothing behind it. Of a list, `lead` is the sentence before
    the entries, and `notes` are remarks below them. `chosen` are the ticked ones, where the text is boxes to tick.
    """

    label: str
    field: str
    text: str
    origin: Origin
    entries: tuple[Entry, ...] = ()
    lead: str = ""
    notes: tuple[str, ...] = ()
    chosen: tuple[str, ...] | None = None

    @property
    def value(self) -> str:
        """The text; where it is boxes to tick, the ticked ones."""
        return self.text if self.chosen is None else "、".join(self.chosen)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a cell under a title in 【】."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text for which there is no place in any item, and why."""

    text: str
    origin: Origin
    why: str


@dataclass(frozen=True, slots=True)
class SourceItem:
    """An item. `columns` are all columns or labels as printed with their text; `passages` are the same, taken apart.

    `headings` are the titles above it. `origin` is where it begins. `remarks` are those on any of its texts.
    """

    name: str
    number: str
    origin: Origin
    columns: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()
    sections: tuple[Section, ...] = ()
    headings: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    def of(self, *fields: str) -> Iterator[Passage]:
        """Yield the passages of these fields, in order."""
        return (passage for passage in self.passages if passage.field in fields)

    def text(self, *fields: str) -> str:
        """Return the texts of these fields, a line for each; "" where the document has none.

        Where it has several under different labels, each stands behind its label: 法定时限：20日, 承诺时限：5日. So does a bare
        yes or no behind 是否收费.
        """
        filled = [passage for passage in self.of(*fields) if passage.value]
        if len({passage.label for passage in filled}) > 1 or any(one.label.startswith("是否") for one in filled):
            return "\n".join(f"{passage.label}：{passage.value}" for passage in filled)
        return "\n".join(passage.value for passage in filled)

    def entries(self, field: str) -> tuple[Entry, ...]:
        """Return the entries of a list."""
        return tuple(entry for passage in self.of(field) for entry in passage.entries)

    def has(self, field: str) -> bool:
        """Return whether the document has the label of a field, even with nothing behind it."""
        return any(True for _ in self.of(field))


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a part of a document was taken for, and which label or column became which field ("" for unknown)."""

    what: str
    origin: Origin
    items: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in a document: its items in order, what was taken for what, and what is left over."""

    document: str
    items: tuple[SourceItem, ...]
    recognised: tuple[Recognised, ...]
    leftovers: tuple[Leftover, ...]
    remarks: tuple[Remark, ...]
