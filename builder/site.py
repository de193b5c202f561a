"""The gathered site: every item's card and every companion record, with the indexes that pages are planned from."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from builder.card import Card, Key
from builder.config import Settings
from builder.diagnostics import KeyPath
from builder.fields import Record, references
from builder.model.companions import Area, Department, Terms
from builder.model.item import Item
from builder.model.kinds import BY_NAME
from builder.source import digest_of
from builder.study import Studied, records_of

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
    """All that is known once every file was studied. Cards and companions stand in the order of their files.

    `incomplete` are the kinds of which some record could not be read: one that seems missing may be among them.
    `dates` tell when a file last changed (`builder.history`), for pages whose content states no date.
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


def gather(settings: Settings, studied: Sequence[Studied], dates: Mapping[str, str] | None = None) -> Site:
    """Return the site that the studied files make together. `dates` are those of their last change, by file."""
    raws: dict[str, bytes] = {}
    cards: list[Card] = []
    companions: list[Companion] = []
    for one in studied:
        if one.card:
            cards.append(one.card)
            raws[one.file] = one.raws
        elif one.kind and one.kind != "item":
            companions += _companions(one)

    def raw_of(file: str) -> object:
        return next(iter(marshal.loads(raws[file]).values()))

    incomplete = frozenset(one.kind for one in studied if one.is_broken)
    return Site(settings, tuple(cards), tuple(companions), raw_of, incomplete, dates or {})


def _companions(studied: Studied) -> Iterator[Companion]:
    raws = marshal.loads(studied.raws)
    many = BY_NAME[studied.kind].many
    for id, record in records_of(studied):
        yield Companion(studied.kind, id, studied.file, many, record, digest_of(raws[id]))
