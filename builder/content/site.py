"""The collected site: every item's card and every companion record, with the indexes that pages are planned from."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, Generic, TypeVar, cast

from builder.content.card import Card
from builder.content.fields import Record, references
from builder.content.history import NO_HISTORY, History, PastChange
from builder.content.model.companions import (
    Area,
    Audience,
    Department,
    Law,
    LibraryMaterial,
    Place,
    Terms,
    Topic,
)
from builder.content.model.events import Event, EventItem, Life
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME, BY_RECORD, Key, key
from builder.content.parsing import ParsedFile
from builder.content.settings import Settings
from builder.content.traces import KINDS, Trace, by_record
from builder.support.diagnostics import KeyPath
from builder.support.fingerprint import digest_of

AT_ONCE = 500  # items up to which the search page has all data, and lists all items without script

R = TypeVar("R", bound=Record)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Companion(Generic[R]):
    """A record that items refer to, such as a `Place`, with its file and its digest."""

    kind: str
    id: str
    file: str
    many: bool
    record: R
    digest: bytes
    order: str = ""  # the sort key for pinyin order, where lists sort records of this kind

    @property
    def key(self) -> Key:
        """Its name among all records."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the pages of one area have to know of the rest of the site.

    `cards` are the items of other areas to which its own lead, and those that name one of its own as the next.
    `listed` are the topics, audiences and areas under which any item of the site is offered: they have a page.
    `is_large` is that of the whole site.
    """

    cards: tuple[Card, ...]
    listed: frozenset[Key]
    is_large: bool


Traced = dict[str, list[tuple[Card, bytes]]]  # the items that name each record, by its id, each with its traces, packed


@dataclass(frozen=True)
class Site:
    """All that is known once every file is parsed. Cards and companions are in the order of their files.

    `raw_records` returns the plain values of an item's file by id, marshalled; `told` what the guides of an area tell, packed,
    by the ids of their items. `incomplete` are the kinds of which some
    record could not be read, so that a missing record may be among them. `dates` are those of the last change of files
    (`builder.content.history`), for pages whose content states no date; `added` says when files were added, `past` what changed for residents.
    In a preview (`with_drafts`) drafts are shown as if they were in force.

    A site may also be one area of a larger one, seen by itself: `cards` are then those of the area, and `elsewhere` is
    the rest.
    """

    settings: Settings
    cards: tuple[Card, ...]
    companions: tuple[Companion[Any], ...]
    raw_records: Callable[[str], bytes]
    told: Callable[[str], Mapping[str, bytes]]
    incomplete: frozenset[str] = frozenset()
    dates: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    with_drafts: bool = False
    elsewhere: Elsewhere | None = None
    past: tuple[PastChange, ...] = ()

    @cached_property
    def known(self) -> Mapping[Key, Card | Companion[Any]]:
        """Every record by kind and id; where an id was given twice, the first."""
        records: tuple[Card | Companion[Any], ...] = (*self.companions, *self.cards, *self._cards_elsewhere)
        return {one.key: one for one in reversed(records)}

    @property
    def _cards_elsewhere(self) -> tuple[Card, ...]:
        return self.elsewhere.cards if self.elsewhere else ()

    @cached_property
    def public(self) -> tuple[Card, ...]:
        """The items that residents may see, in pinyin order."""
        return tuple(sorted((card for card in self.cards if card.public), key=lambda card: (card.order, card.id)))

    @cached_property
    def offered(self) -> tuple[Card, ...]:
        """The items that lists offer: those in force."""
        return tuple(card for card in self.public if card.active)

    def preview(self, draft_title: str) -> Site:
        """Return the site with its drafts, as if they were in force, each called what `draft_title` makes of its title."""
        cards = (
            replace(card, title=draft_title.format(title=card.title), public=True, active=True) if card.draft else card
            for card in self.cards
        )
        return replace(self, cards=tuple(cards), with_drafts=True)

    def all(self, record: type[R]) -> tuple[Companion[R], ...]:
        """Return the companions that hold records of this type, in the order of their files."""
        return self._by_kind.get(BY_RECORD[record].name, ())

    def find(self, record: type[R], id: str | None) -> R | None:
        """Return the record of this type with this id, None when there is none."""
        found = self.known.get(key(record, id)) if id else None
        return cast("Companion[R]", found).record if found else None

    def card(self, id: str) -> Card | None:
        """Return the card of an item, None when there is none."""
        return cast("Card | None", self.known.get(key(Item, id)))

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Companion[Any], ...]]:
        grouped: dict[str, list[Companion[Any]]] = {}
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
        """The offered items that name each place, in any of their cases."""
        return _grouped((place, card) for card in self.offered for place in card.ids_of(Place))

    @cached_property
    def by_material(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items that ask for each material of the library, or give it."""
        return self._by_reference(LibraryMaterial)

    @cached_property
    def by_law(self) -> Mapping[str, tuple[Card, ...]]:
        """The offered items that rest on each law."""
        return self._by_reference(Law)

    def _by_reference(self, record: type[Record]) -> Mapping[str, tuple[Card, ...]]:
        kind = BY_RECORD[record].name
        return _grouped((id, card) for card in self.offered for of, id in card.told if of == kind)

    @cached_property
    def named(self) -> frozenset[Key]:
        """The records that public items name where residents read it."""
        return frozenset(chain.from_iterable(card.told for card in self.public))

    @cached_property
    def traced(self) -> Mapping[type[Trace], Traced]:
        """Where the offered items name materials, laws and forms, by the kind of the traces."""
        traced: dict[type[Trace], Traced] = {kind: {} for kind in KINDS}
        for card in self.offered:
            for by_id, some in zip(traced.values(), by_record(card.traces_packed), strict=True):
                for id, packed in some:
                    by_id.setdefault(id, []).append((card, packed))
        return traced

    @cached_property
    def by_next(self) -> Mapping[str, tuple[Card, ...]]:
        """For each item the offered items that name it as the next one: what most people do before it."""
        known = (*self.offered, *(card for card in self._cards_elsewhere if card.public and card.active))
        leading = sorted((card for card in known if card.next), key=lambda card: (card.order, card.id))
        return _grouped((id, card) for card in leading for id in card.next)

    @cached_property
    def listed(self) -> frozenset[Key]:
        """The topics, audiences and areas under which items are offered."""
        if self.elsewhere:
            return self.elsewhere.listed
        listed = ((Topic, self.by_topic), (Audience, self.by_audience), (Area, self.by_area))
        return frozenset(key(record, id) for record, grouped in listed for id in grouped)

    def elsewhere_of_areas(self) -> Mapping[str, Elsewhere]:
        """Return for each area with items what it has to know of the rest of the site."""
        others: dict[str, dict[str, Card]] = {card.area: {} for card in self.cards}
        for card in self.cards:
            for other in filter(None, map(self.card, card.links)):
                if other.area != card.area:
                    others[card.area][other.id] = other
                    if other.id in card.next:
                        others[other.area][card.id] = card
        return {area: Elsewhere(tuple(cards.values()), self.listed, self.is_large) for area, cards in others.items()}

    @cached_property
    def events(self) -> tuple[Companion[Event], ...]:
        """The events of the areas of the site of which a step is in force, by what happened, in the order of `Life`, then by area."""
        lives = [life.id for life in self.all(Life)]
        areas = [area.id for area in self.all(Area)]
        own = {card.area for card in self.cards}
        found = (event for event in self.all(Event) if event.record.area in own and self.steps_of(event.record))
        return tuple(
            sorted(found, key=lambda one: (lives.index(one.record.life), areas.index(one.record.area), one.id))
        )

    def steps_of(self, event: Event) -> tuple[tuple[EventItem, Card], ...]:
        """Return the steps of an event that are in force, each with the card of its item."""
        steps = ((step, self.card(step.item)) for step in event.items)
        return tuple((step, card) for step, card in steps if card and card.public and card.active)

    def event_name(self, event: Event) -> str:
        """Return what an event is called: its own name, or that of what happened."""
        life = self.find(Life, event.life)
        return event.name or (life.name if life else "")

    @cached_property
    def events_by_item(self) -> Mapping[str, tuple[Companion[Event], ...]]:
        """The events of which each item is a step."""
        found = ((card.id, event) for event in self.events for _, card in self.steps_of(event.record))
        return {id: tuple({one.id: one for one in events}.values()) for id, events in _grouped(found).items()}

    @cached_property
    def is_large(self) -> bool:
        """Whether more than `AT_ONCE` items are offered, so that the data of the search is made area by area."""
        return self.elsewhere.is_large if self.elsewhere else len(self.offered) > AT_ONCE

    @cached_property
    def everyday_words(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For each item its everyday words, each with the position of the item among those of the word."""
        entries = (entry for terms in self.all(Terms) for entry in terms.record.everyday)
        return _grouped(
            (item, (say, at)) for entry in entries for at, item in enumerate(entry.items) for say in entry.say
        )

    @cached_property
    def last_changes(self) -> Mapping[str, PastChange]:
        """For each item its last change, where one is known."""
        item = BY_RECORD[Item].name
        return {one.id: one for one in reversed(self.past) if one.kind == item}

    @cached_property
    def same_words(self) -> tuple[tuple[str, ...], ...]:
        """The groups of words that mean the same in a question."""
        return tuple(same.words for terms in self.all(Terms) for same in terms.record.same)

    @cached_property
    def areas_shown(self) -> bool:
        """Whether items must be told apart by area in lists."""
        return sum(kind == _AREA for kind, _ in self.listed) > 1

    def date_of(self, found: Card | Companion[Any], stated: str = "") -> str:
        """Return when a record's file last changed; "" if its content states a date or none is known."""
        stated = found.changed if isinstance(found, Card) else stated
        return "" if stated else self.dates.get(found.file, "")

    def paths_to(self, file: str, target: Key) -> list[KeyPath]:
        """Return the key paths at which the item in `file` refers to `target`."""
        return [path for path, kind, id in references(self.item_in(file)) if (kind, id) == target]

    def raw_of(self, file: str) -> object:
        """Return the plain values of the item in `file`."""
        return next(iter(marshal.loads(self.raw_records(file)).values()))

    def item_in(self, file: str) -> Item:
        """Return the item in `file`. It is validated again, so this is for what is rare."""
        return Item.model_validate(self.raw_of(file))

    def area_name(self, id: str) -> str:
        """Return the short name of an area, "" when it is not known."""
        area = self.find(Area, id)
        return (area.short or area.name) if area else ""

    def department_name(self, id: str) -> str:
        """Return the full name of a department, "" when it is not known."""
        department = self.find(Department, id)
        return department.name if department else ""


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    groups: dict[str, list[V]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in groups.items()}


_AREA = BY_RECORD[Area].name


def collect(settings: Settings, files: Sequence[ParsedFile], history: History = NO_HISTORY) -> Site:
    """Return the site that the parsed files make together, whose dates `history` knows."""
    raw_records = {file.file: file.raw_records for file in files if file.card}
    areas = {file.card.area for file in files if file.card}
    told = {area: told_in(file for file in files if file.card and file.card.area == area) for area in areas}
    return Site(
        settings,
        tuple(file.card for file in files if file.card),
        companions_in(files),
        raw_records.__getitem__,
        told.__getitem__,
        frozenset(file.kind for file in files if file.is_broken),
        history.dates,
        history.added,
    )


def told_in(files: Iterable[ParsedFile]) -> dict[str, bytes]:
    """Return what the guides in the parsed files tell, packed, by the ids of their items."""
    return {file.card.id: file.told for file in files if file.card}


def companions_in(files: Iterable[ParsedFile]) -> tuple[Companion[Any], ...]:
    """Return the companions in the parsed files, in their order."""
    some = (file for file in files if file.kind and file.kind != BY_RECORD[Item].name)
    return tuple(companion for file in some for companion in _companions(file))


def _companions(parsed: ParsedFile) -> Iterator[Companion[Any]]:
    raw_records = marshal.loads(parsed.raw_records)
    many, orders = BY_NAME[parsed.kind].many, dict(parsed.orders)
    for id, record in parsed.records():
        yield Companion(parsed.kind, id, parsed.file, many, record, digest_of(raw_records[id]), orders.get(id, ""))
