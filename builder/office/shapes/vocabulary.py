"""What offices call the columns and labels of their lists and guides: ``vocabulary.yaml``, and the words of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from builder.content.source import read
from builder.office.shapes.folding import bare, fold

FILE: Final = Path(__file__).with_suffix(".yaml")
_LONGEST_COMPOUND: Final = 16
_KINDS: Final = ("text", "list", "steps", "phones", "parts")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that labels stand for: its title, what it `holds`, and its labels; `short` ones count at a line start only.

    One that `repeats` may stand several times in one guide. The value of one that takes `one_line` never stands below it.
    """

    key: str
    title: str
    labels: tuple[str, ...]
    holds: str = "text"
    short: frozenset[str] = frozenset()
    repeats: bool = False
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class Compound:
    """Words around a label that do not change what it says: 受理范围及条件 is 条件. It counts for the fields in `of`."""

    of: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The fields by key, and other words that tell what a document says.

    `columns` are the fields of a table without a header, in order, () if every table has one.
    """

    fields: Mapping[str, Field]
    guide: frozenset[str]
    names: tuple[str, ...]
    generic: frozenset[str]
    material_columns: Mapping[str, str]
    step_columns: Mapping[str, str]
    columns: tuple[str, ...] = field(default=())
    compound: Compound = field(default=Compound())

    @cached_property
    def by_label(self) -> Mapping[str, str]:
        """The field of each label, folded."""
        return {fold(label): one.key for one in self.fields.values() for label in one.labels}

    @cached_property
    def short(self) -> frozenset[str]:
        """Labels that are common words, folded."""
        return frozenset(fold(label) for one in self.fields.values() for label in one.short)

    @cached_property
    def longest_label(self) -> int:
        """The number of characters of the longest label."""
        return max(map(len, self.by_label))

    def field_of(self, label: str) -> str:
        """Return the key of the field that a label stands for, "" if it is not known."""
        return self.listed_field_of(label) or self._field_of_compound(bare(label))

    def listed_field_of(self, label: str) -> str:
        """Return the key of the field that has this very label, "" if none has."""
        return self.by_label.get(fold(label)) or self.by_label.get(bare(label), "")

    def field_at_end(self, label: str) -> str:
        """Return the field of a guide whose label a text ends with, "" for none: 报销所需材料 ends with one of materials."""
        text = fold(label)
        for start in range(1, len(text) - 1):
            if (key := self.by_label.get(text[start:], "")) in self.compound.of:
                return key
        return ""

    def _field_of_compound(self, label: str) -> str:
        """Return the field of a label that is one of the file between words that go with labels."""
        if not 3 < len(label) <= _LONGEST_COMPOUND:
            return ""
        match = self._compound.fullmatch(label)
        return self.by_label[match["label"]] if match else ""

    @cached_property
    def _compound(self) -> re.Pattern[str]:
        def words(given: Iterable[str]) -> str:
            return "|".join(sorted(map(re.escape, given), key=len, reverse=True)) or r"(?!)"

        labels = words(label for label, key in self.by_label.items() if key in self.compound.of)
        return re.compile(f"(?:{words(self.compound.before)})*(?P<label>{labels})(?:{words(self.compound.after)})*")

    def title_of(self, key: str) -> str:
        """Return the title of a field, for a reader."""
        return self.fields[key].title if key in self.fields else key

    def holds(self, key: str) -> str:
        """Return what a field holds; what is not known holds text."""
        return self.fields[key].holds if key in self.fields else "text"

    def repeats(self, key: str) -> bool:
        """Return whether a field may stand several times in one guide."""
        return key in self.fields and self.fields[key].repeats

    def takes_one_line(self, key: str) -> bool:
        """Return whether the value of a field stands on the line of its label only."""
        return key in self.fields and self.fields[key].one_line

    def is_generic(self, name: str) -> bool:
        """Return whether a name says nothing of the item, such as 办事指南."""
        return fold(name) in self.generic

    def extended(
        self, labels: Mapping[str, Iterable[str]], generic: Iterable[str] = (), columns: Sequence[str] = ()
    ) -> Vocabulary:
        """Return the vocabulary with more `labels` by field, which win over its own.

        A field is named by its key or its title. Raises ValueError for an unknown one.
        """
        new = {self._key(name): tuple(words) for name, words in labels.items()}
        taken = {fold(label) for words in new.values() for label in words}
        fields = {
            key: replace(one, labels=(*(label for label in one.labels if fold(label) not in taken), *new.get(key, ())))
            for key, one in self.fields.items()
        }
        return replace(
            self,
            fields=fields,
            generic=self.generic | {fold(name) for name in generic},
            columns=tuple(self._key(name) if name else "" for name in columns) or self.columns,
        )

    def _key(self, name: str) -> str:
        if name in self.fields:
            return name
        key = next((key for key, one in self.fields.items() if fold(one.title) == fold(name)), "") or self.field_of(
            name
        )
        if not key:
            raise ValueError(f"没有“{name}”这个字段。可以写：{'、'.join(one.title for one in self.fields.values())}")
        return key


@cache
def vocabulary() -> Vocabulary:
    """Return the built-in vocabulary. Raises ValueError if its file is not as it must be."""
    document, findings = read(FILE.name, FILE.read_bytes())
    if document is None or findings:
        raise ValueError(f"{FILE.name}: {findings}")
    raw: Mapping[str, Any] = document.raw
    fields = {key: _field(key, about) for key, about in raw["fields"].items()}
    _require_one_meaning(fields)
    return Vocabulary(
        fields,
        frozenset(raw["guide"]),
        tuple(raw["names"]),
        frozenset(map(fold, _flat(raw["generic"]))),
        _columns(raw["material_columns"]),
        _columns(raw["step_columns"]),
        compound=Compound(
            frozenset(raw["compound"]["of"]),
            tuple(_flat(raw["compound"]["before"])),
            tuple(_flat(raw["compound"]["after"])),
        ),
    )


def _field(key: str, about: Mapping[str, Any]) -> Field:
    holds = about.get("holds", "text")
    if holds not in _KINDS:
        raise ValueError(f"{key}: {holds}")
    labels = tuple(_flat(about["labels"]))
    return Field(
        key,
        about["title"],
        labels,
        holds,
        frozenset(_flat(about.get("short", ()))),
        "repeats" in about,
        "one_line" in about,
    )


def _require_one_meaning(fields: Mapping[str, Field]) -> None:
    seen: dict[str, str] = {}
    for one in fields.values():
        for label in one.labels:
            if (other := seen.setdefault(fold(label), one.key)) != one.key:
                raise ValueError(f"“{label}”既在 {other} 里，又在 {one.key} 里")


def _columns(about: Mapping[str, Any]) -> Mapping[str, str]:
    return {fold(label): part for part in ("other", "name") for label in _flat(about[part])}


def _flat(words: object) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, Sequence):
        for one in words:
            yield from _flat(one)
