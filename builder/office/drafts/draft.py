"""`Draft`: a source item as a file of content, and what a careful editor has to know of how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from builder.editing import Value
from builder.office.drafts.tidying import one_line
from builder.office.shapes import Passage, SourceItem

NOTES, BODY = "notes", "body"
_OF_GUIDES = frozenset(
    (
        "eligibility",
        "materials",
        "materials_notes",
        "steps",
        "time",
        "windows",
        "fees",
        "places",
        "phones",
        "channels",
        "depth",
        BODY,
    )
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a passage: the key of the field that it went to, its text in the document, and the place."""

    key: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the program did not understand, or is not sure of: the label in the document, why, the sentence, the place."""

    label: str
    why: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no record of the site has, such as that of a place: the kind of record, and the name in the document."""

    kind: str
    name: str


@dataclass(slots=True)
class Manuscript:
    """What is written down of an item while its passages are read, as plain values by the key of the field."""

    item: SourceItem
    values: dict[str, Value] = field(default_factory=dict)
    filled: list[Filled] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)

    def fill(self, key: str, value: Value, passage: Passage, source: str = "") -> None:
        """Write the value of a field. If there is one already, what the passage says is noted instead."""
        if key in self.values and self.values[key] != value:
            self.note(passage, f"文件里有两处说到{passage.label or key}，这是后一处", source)
            return
        self.values[key] = value
        self._filled(key, passage, source)

    def add(self, key: str, entries: Sequence[Value], passage: Passage, source: str = "") -> None:
        """Write more entries of a list. An entry that is there already is not written twice."""
        known = self.values.get(key, [])
        if not entries:
            return
        if not isinstance(known, list):
            self.note(passage, f"文件里有两处说到{passage.label or key}，说法不一样", source)
            return
        self.values[key] = [*known, *(one for one in entries if one not in known)]
        self._filled(key, passage, source)

    def merge(self, key: str, fields: dict[str, Value], passage: Passage, source: str = "") -> None:
        """Write more fields of a record."""
        known = self.values.get(key, {})
        if not isinstance(known, dict) or any(known.get(name, value) != value for name, value in fields.items()):
            self.note(passage, f"文件里有两处说到{passage.label or key}，说法不一样", source)
            return
        self.values[key] = {**known, **fields}
        self._filled(key, passage, source)

    def note(self, passage: Passage, why: str, source: str = "") -> None:
        """Keep a text for the editor, who is told why it stands in no field."""
        self.doubt(passage, why, source)
        label = f"{one_line(passage.label)}：" if passage.label else ""
        self.remember(f"{label}{one_line(source or passage.value)}")

    def keep(self, passage: Passage, text: str) -> None:
        """Write a text that belongs among the notes for editors."""
        self.remember(f"{one_line(passage.label)}：{text}" if passage.label else text)
        self._filled(NOTES, passage, text)

    def doubt(self, passage: Passage, why: str, source: str = "") -> None:
        """Tell the editor that something is not sure. The text stands in a field."""
        self.doubts.append(Doubt(one_line(passage.label), why, one_line(source or passage.value), passage.origin.place))

    def tell(self, passage: Passage, title: str, text: str, why: str, source: str = "") -> None:
        """Write a text that residents should read and that no field takes, under a title of its own."""
        self.doubt(passage, why, source or text)
        self.body.append(f"**{one_line(title)}**\n\n{text}")
        self._filled(BODY, passage, source or text)

    def remember(self, text: str) -> None:
        """Write a note for editors."""
        if text and text not in self.notes:
            self.notes.append(text)

    def miss(self, kind: str, names: Iterable[str]) -> None:
        """Write down names that no record of the site has."""
        self.unknown += [one for name in names if (one := Unknown(kind, name)) not in self.unknown]

    def _filled(self, key: str, passage: Passage, source: str) -> None:
        text = one_line(source or passage.value or "\n".join(entry.text for entry in passage.entries))
        self.filled.append(Filled(key, text, passage.origin.place))


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of content to be: its id and area, its plain values, and the report on each text of the document.

    `blank` are the labels behind which the document has nothing. `leftovers` are texts for which there was no place.
    """

    item: SourceItem
    id: str
    area: str
    values: dict[str, Value]
    filled: tuple[Filled, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    blank: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the item."""
        return str(self.values["name"])

    @property
    def is_guide(self) -> bool:
        """Whether it says anything of how something is done, and not only what has to be made public."""
        return not _OF_GUIDES.isdisjoint(self.values)

    @property
    def file(self) -> str:
        """The path of its file, relative to the site."""
        return f"content/items/{self.area}/{self.id}.yaml"
