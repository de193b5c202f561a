"""The collected site: every item's card and every companion record, with the indexes that pages are planned from."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from builder.content.card import Card, Key
from builder.content.fields import Record, references
from builder.content.model.companions import Area, Department, Terms
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME
from builder.content.parsing import ParsedFile
from builder.content.settings import Settings
from builder.support.diagnostics import KeyPath
from builder.support.fingerprint import digest_of

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Companion:
    """A record that items refer to, with its place and its digest."""

    kind: str
    id: str
    file: str
    many: bool
    record: Record
    digest: bytes

    @property
    def key(self) -> Key:
        """Its name among all records."""
        return self.kind, self.id


@dataclass(frozen=True)
class Site:
    """All that is known once every file was parsed. Cards and companions stand in the order of their files.

    `incomplete` are the kinds of which some record could not be read: one that seems missing may be among them.
    `dates` tell when a file last changed (`builder.content.history`), for pages whose content states no date.
    """

    settings: Settings
    cards: tuple[Card, ...]
    companions: tuple[Companion, ...]
    raw_of: Callable[[str], object]
    incomplete: frozenset[str] = frozenset()
    dates: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[Key, Card | Companion]:
        """Every record by kind and id; where an id was given twice, the first."""
        records: tuple[Card | Companion, ...] = (*self.companions, *self.cards)
        return {one.key: one for one in reversed(records)}

    @cached_property
    def public(self) -> tuple[Card, ...]:
        """The items that residents may see, in pinyin order."""
        return tuple(sorted((card for card in self.cards if card.public), key=lambda card: (card.order, card.id)))

    @cached_property
    def offered(self) -> tuple[Card, ...]:
        """The items that lists offer: those in force."""
        return tuple(card for card in self.public if card.active)

    def of(self, kind: str) -> tuple[Companion, ...]:
        """Return the companions of one kind, in the order of their file."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Companion, ...]]:
        grouped: dict[str, list[Companion]] = {}
        for companion in self.companions:
            grouped.setdefault(companion.kind, []).append(companion)
        return {kind: tuple(found) for kind, found in grouped.items()}

    @cached_property
    def by_department(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items of each department."""
        return _grouped((card.department, card) for card in self.offered if card.department)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items of each topic."""
        return _grouped((topic, card) for card in self.offered for topic in card.topics)

    @cached_property
    def by_area(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items of each area."""
        return _grouped((card.area, card) for card in self.offered)

    @cached_property
    def by_audience(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items of each audience."""
        return _grouped((audience, card) for card in self.offered for audience in card.audiences)

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items that name each place, in whichever case."""
        return _grouped((id, card) for card in self.offered for kind, id in card.references if kind == "place")

    @cached_property
    def by_next(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items that name each item as what comes next: what most people do before it."""
        return _grouped((id, card) for card in self.offered for id in card.next)

    @cached_property
    def terms(self) -> tuple[Companion, ...]:
        """The word lists, at most one."""
        return self.of("terms")

    @cached_property
    def everyday_words(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """The everyday words that the word list points to each item with, and the item's place among those pointed to."""
        words = (word for companion in self.terms for word in cast("Terms", companion.record).everyday)
        return _grouped((item, (say, at)) for word in words for at, item in enumerate(word.items) for say in word.say)

    @cached_property
    def same_words(self) -> tuple[tuple[str, ...], ...]:
        """The groups of words that mean the same in a question."""
        return tuple(same.words for companion in self.terms for same in cast("Terms", companion.record).same)

    @cached_property
    def areas_shown(self) -> bool:
        """Whether items must be told apart by area in lists."""
        return len(self.by_area) > 1

    def date_of(self, one: Card | Companion, stated: str = "") -> str:
        """Return the last change of a record's file, "" when its content states a date itself or none is known."""
        said = one.changed if isinstance(one, Card) else stated
        return "" if said else self.dates.get(one.file, "")

    def paths_to(self, file: str, kind: str, id: str) -> list[KeyPath]:
        """Return where the item in `file` refers to one record. Reads the whole item again: findings are rare."""
        item = Item.model_validate(self.raw_of(file))
        return [path for path, to, target in references(item) if (to, target) == (kind, id)]

    def area_name(self, id: str) -> str:
        """Return the short name of an area, "" when it is not known."""
        companion = self.known.get(("area", id))
        area = cast("Area", companion.record) if isinstance(companion, Companion) else None
        return (area.short or area.name) if area else ""

    def department_name(self, id: str) -> str:
        """Return the full name of a department, "" when it is not known."""
        companion = self.known.get(("department", id))
        return cast("Department", companion.record).name if isinstance(companion, Companion) else ""


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    groups: dict[str, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def collect(settings: Settings, files: Sequence[ParsedFile], dates: Mapping[str, str] | None = None) -> Site:
    """Return the site that the parsed files make together. `dates` are those of their last change, by file."""
    raw_records: dict[str, bytes] = {}
    cards: list[Card] = []
    companions: list[Companion] = []
    for file in files:
        if file.card:
            cards.append(file.card)
            raw_records[file.file] = file.raw_records
        elif file.kind and file.kind != "item":
            companions += _companions(file)

    def raw_of(file: str) -> object:
        return next(iter(marshal.loads(raw_records[file]).values()))

    incomplete = frozenset(file.kind for file in files if file.is_broken)
    return Site(settings, tuple(cards), tuple(companions), raw_of, incomplete, dates or {})


def _companions(parsed: ParsedFile) -> Iterator[Companion]:
    raw_records = marshal.loads(parsed.raw_records)
    many = BY_NAME[parsed.kind].many
    for id, record in parsed.records():
        yield Companion(parsed.kind, id, parsed.file, many, record, digest_of(raw_records[id]))
