"""The collected site: every item's card and every companion record, with the indexes that pages are planned from."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from builder.content.card import Card
from builder.content.fields import Record, references
from builder.content.history import NO_HISTORY, History
from builder.content.model.companions import Area, Department, Place, Terms
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME, BY_RECORD, Key, key
from builder.content.parsing import ParsedFile
from builder.content.settings import Settings
from builder.support.diagnostics import KeyPath
from builder.support.fingerprint import digest_of

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


@dataclass(frozen=True)
class Site:
    """All that is known once every file is parsed. Cards and companions are in the order of their files.

    `incomplete` are the kinds of which some record could not be read, so that a missing record may be among them.
    `dates` are those of the last change of files (`builder.content.history`), for pages whose content states no date;
    `added` says when files were added.
    In a preview (`with_drafts`) drafts are shown as if they were in force.
    """

    settings: Settings
    cards: tuple[Card, ...]
    companions: tuple[Companion[Any], ...]
    raw_of: Callable[[str], object]
    incomplete: frozenset[str] = frozenset()
    dates: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    with_drafts: bool = False

    @cached_property
    def known(self) -> Mapping[Key, Card | Companion[Any]]:
        """Every record by kind and id; where an id was given twice, the first."""
        records: tuple[Card | Companion[Any], ...] = (*self.companions, *self.cards)
        return {one.key: one for one in reversed(records)}

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
    def by_next(self) -> Mapping[str, tuple[Card, ...]]:
        """For each item the offered items that name it as the next one: what most people do before it."""
        return _grouped((id, card) for card in self.offered for id in card.next)

    @cached_property
    def everyday_words(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For each item its everyday words, each with the position of the item among those of the word."""
        entries = (entry for terms in self.all(Terms) for entry in terms.record.everyday)
        return _grouped(
            (item, (say, at)) for entry in entries for at, item in enumerate(entry.items) for say in entry.say
        )

    @cached_property
    def same_words(self) -> tuple[tuple[str, ...], ...]:
        """The groups of words that mean the same in a question."""
        return tuple(same.words for terms in self.all(Terms) for same in terms.record.same)

    @cached_property
    def areas_shown(self) -> bool:
        """Whether items must be told apart by area in lists."""
        return len(self.by_area) > 1

    def date_of(self, found: Card | Companion[Any], stated: str = "") -> str:
        """Return when a record's file last changed; "" if its content states a date or none is known."""
        stated = found.changed if isinstance(found, Card) else stated
        return "" if stated else self.dates.get(found.file, "")

    def paths_to(self, file: str, target: Key) -> list[KeyPath]:
        """Return the key paths at which the item in `file` refers to `target`."""
        return [path for path, kind, id in references(self.item_in(file)) if (kind, id) == target]

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


def collect(settings: Settings, files: Sequence[ParsedFile], history: History = NO_HISTORY) -> Site:
    """Return the site that the parsed files make together, whose dates `history` knows."""
    raw_records: dict[str, bytes] = {}
    cards: list[Card] = []
    companions: list[Companion[Any]] = []
    for file in files:
        if file.card:
            cards.append(file.card)
            raw_records[file.file] = file.raw_records
        elif file.kind and file.kind != "item":
            companions += _companions(file)

    def raw_of(file: str) -> object:
        return next(iter(marshal.loads(raw_records[file]).values()))

    incomplete = frozenset(file.kind for file in files if file.is_broken)
    return Site(settings, tuple(cards), tuple(companions), raw_of, incomplete, history.dates, history.added)


def _companions(parsed: ParsedFile) -> Iterator[Companion[Any]]:
    raw_records = marshal.loads(parsed.raw_records)
    many, orders = BY_NAME[parsed.kind].many, dict(parsed.orders)
    for id, record in parsed.records():
        yield Companion(parsed.kind, id, parsed.file, many, record, digest_of(raw_records[id]), orders.get(id, ""))
