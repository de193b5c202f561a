"""The card of an item: what the rest of the site may know about it.

Whole items stay in the workers that load and render them, and only cards are collected. So a site of many thousand
items stays small in memory, and a change inside one item does not touch the pages of others.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

from builder.content.brought import Asked, asked_of, named_papers, packed_asked, unpacked_asked
from builder.content.fields import Absence, Record, listed, phone_numbers, references, written_at
from builder.content.model.fees import Fee, PlainFee
from builder.content.model.item import IN_PERSON, ONLINE_CHANNELS, Item, Procedure, Status, Time
from builder.content.model.kinds import BY_RECORD, Key, key
from builder.content.model.quantities import TAKES_PAPERS, Level, Period, PlainDuration, Route, Span
from builder.content.model.steps import Visibility
from builder.content.own_periods import OwnPeriod, own_periods
from builder.content.own_periods import packed as packed_periods
from builder.content.own_periods import unpacked as unpacked_periods
from builder.content.stated_for import CERTIFICATE, StatedFor, naming_certificates, stated_for
from builder.content.stated_for import packed as packed_stated
from builder.content.stated_for import unpacked as unpacked_stated
from builder.content.told import Told, told_of
from builder.content.told import unpack as unpack_told
from builder.content.traces import Traces, traces_of
from builder.content.traces import packed as packed_traces
from builder.content.traces import unpacked as unpacked_traces
from builder.support.characters import sort_key, uncommon_characters, unusual_readings
from builder.support.diagnostics import KeyPath
from builder.support.fingerprint import digest_of

V = TypeVar("V")


class Stop(NamedTuple):
    """A place and its counter to which one goes, and in which cases; () for all of the item."""

    place: str
    window: str
    cases: tuple[str, ...]


class CaseFacts(NamedTuple, Generic[V]):
    """What an item says of one matter: the rule, and each other fact with the names of the cases in which it holds.

    The rule is what the item itself states, or else what more than half of its cases say. It is None where there is no
    such rule; a fact is None where it is not known in these cases.
    """

    rule: V | None
    others: tuple[tuple[V | None, tuple[str, ...]], ...] = ()


TimeFact = Absence | PlainDuration | str  # how long it takes; a text is the editor's own note on it
FeeFact = Absence | tuple[PlainFee, ...]


class Details(NamedTuple):
    """Facts of a card for which few ask. `Card` says what they are."""

    name_en: str
    aliases: tuple[str, ...]
    sounds: tuple[str, ...]
    uncommon: str
    renamed: tuple[tuple[str, str], ...]
    unlinked: tuple[tuple[KeyPath, str, bool], ...]
    numbers: tuple[tuple[KeyPath, str], ...]
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What others may show of an item or link to; "" means not known.

    It holds facts and the editor's texts; `builder.wording.cards` puts the facts into words. `rounds` are the recurring
    periods outside of which one cannot apply. `where` is the result of `where_of`.

    Some fields are not part of the digest, because no list shows them. `sounds` (unusual readings of its names and of what
    it asks for), `uncommon` (characters in these that are not common) and `online` are for the search. `brings` (see `asked_of`), `at` and `phones` are for boards and booklets, `traces` for
    the pages of materials, laws and forms, `periods` for calendars, `stated` for the finder; the plans of these pages hold them.
    For checks are `renamed`, the references to materials that have another name here, `unlinked`, the places and names of
    materials and results that refer to none, and whether nothing but the name was written, and `certificates` (see
    `naming_certificates`). A `draft` will be public later;
    `public` and `active` put it into the digest. What its guide tells is not on the card (see `builder.content.told`).

    One process holds the cards of all items, so they are kept small. Values that many cards have in common are in
    memory once (see `unpack`). Facts for which few ask are kept as bytes; a property makes values of them again each
    time, so it is read once for a card. Only `times`, `fees` and `rounds`, which every list shows, are remembered.
    """

    key: Key = field(init=False, repr=False, compare=False)  # its name among all records, one tuple for all lists
    references: tuple[Key, ...]
    at: tuple[Stop, ...]
    id: str
    file: str
    name: str
    title: str
    summary: str
    order: str
    next: tuple[str, ...]
    related: tuple[str, ...]
    replaced_by: str
    files: tuple[str, ...]
    digest: bytes
    brings_packed: bytes
    traces_packed: bytes
    details_packed: bytes
    # From here on, what many cards have in common.
    area: str
    department: str
    offices: tuple[str, ...]
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    public: bool
    active: bool
    charted: bool
    draft: bool
    online: bool
    periods_packed: bytes
    stated_packed: bytes
    changed: str
    missing: tuple[str, ...]
    where: tuple[str, ...]
    # Not compared: equal values may be pickled as different bytes, and they are part of the digest.
    times_pickled: bytes = field(compare=False)
    fees_pickled: bytes = field(compare=False)
    rounds_pickled: bytes = field(compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", key(Item, self.id))

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[Callable[[bytes], Card], tuple[bytes]]:
        """Pickle as bytes. A site has many cards, and slotted dataclasses are slow to pickle."""
        return _unpack_one, (pack((self,)),)

    @property
    def times(self) -> CaseFacts[TimeFact]:
        """The result of `times_of`."""
        return cast("CaseFacts[TimeFact]", _unpickled(self.times_pickled))

    @property
    def fees(self) -> CaseFacts[FeeFact]:
        """The result of `fees_of`."""
        return cast("CaseFacts[FeeFact]", _unpickled(self.fees_pickled))

    @property
    def rounds(self) -> tuple[Span, ...]:
        """The result of `rounds_of`."""
        return cast("tuple[Span, ...]", _unpickled(self.rounds_pickled))

    @property
    def brings(self) -> tuple[Asked, ...] | None:
        """The result of `asked_of`."""
        return unpacked_asked(self.brings_packed)

    @property
    def traces(self) -> Traces:
        """The result of `traces_of`."""
        return unpacked_traces(self.traces_packed)

    @property
    def periods(self) -> tuple[OwnPeriod, ...]:
        """The result of `own_periods`."""
        return unpacked_periods(self.periods_packed)

    @property
    def stated(self) -> StatedFor:
        """The result of `stated_for`."""
        return unpacked_stated(self.stated_packed)

    @property
    def told(self) -> tuple[Key, ...]:
        """Those of its references of which its guide tells."""
        if not self.stated_packed or not (untold := self.stated.untold):
            return self.references
        return tuple(one for one in self.references if one[0] != CERTIFICATE or one[1] not in untold)

    @property
    def details(self) -> Details:
        """Facts for which few ask."""
        return Details._make(marshal.loads(self.details_packed))

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names of the item."""
        return self.details.aliases

    def ids_of(self, record: type[Record]) -> Iterator[str]:
        """Yield the ids of the records of this type to which the item refers."""
        name = BY_RECORD[record].name
        yield from (id for kind, id in self.references if kind == name)

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers of the item itself, without those of its cases and of other places."""
        return tuple(number for path, number in self.details.numbers if path[0] == "phones")

    @property
    def initial(self) -> str:
        """The letter under which the item stands in an A–Z list, "#" when it begins with none."""
        first = self.order[:1].upper()
        return first if "A" <= first <= "Z" else "#"

    @property
    def links(self) -> tuple[str, ...]:
        """The other items to which its page leads."""
        return tuple(dict.fromkeys(filter(None, (*self.next, *self.related, self.replaced_by))))

    @property
    def url(self) -> str:
        """The address of its page inside the site."""
        return f"items/{self.id}.html"


class Before(NamedTuple):
    """What was made of an item before: its card, and what its guide told, packed."""

    card: Card
    told: bytes

    @property
    def names(self) -> tuple[str, ...]:
        """The result of `_names` for it."""
        return _names(self.card.name, self.card.title, self.card.aliases, unpack_told(self.told))


def card_of(
    item: Item,
    *,
    id: str,
    area: str,
    file: str,
    raw: object = None,
    told: Told | None = None,
    before: Before | None = None,
) -> Card:
    """Return the card of `item`.

    `raw` are its plain values as they were written. `told` is what its guide tells, if known. If no name has changed since `before`, the sort key and the readings are
    taken over: to look them up takes longer than all the rest.
    """
    title = item.title or item.name
    names = _names(item.name, title, item.aliases, told or told_of(item))
    if before and before.names == names:
        order, sounds = before.card.order, before.card.details.sounds
    else:
        order, sounds = sort_key(title), unusual_readings(names)
    fields: dict[str, Any] = {
        "id": id,
        "area": area,
        "file": file,
        "name": item.name,
        "title": title,
        "summary": item.summary,
        "name_en": item.name_en,
        "aliases": item.aliases,
        "department": item.department or "",
        "offices": item.offices,
        "topics": item.topics,
        "audiences": item.audiences,
        "next": item.next,
        "related": item.related,
        "replaced_by": item.replaced_by or "",
        "public": item.visibility is Visibility.PUBLIC and item.status is not Status.DRAFT,
        "active": item.status is Status.ACTIVE,
        "charted": any(_is_charted(part) for part in item.parts),
        "times": times_of(item),
        "fees": fees_of(item),
        "rounds": rounds_of(item),
        "changed": str(item.checked or item.published or ""),
        "missing": missing_elements(item),
        "files": files_of(item),
        "order": order,
        "references": tuple(dict.fromkeys([("area", area), *((kind, to) for _, kind, to in references(item))])),
        "where": where_of(item),
    }
    digest = digest_of(repr(tuple(fields.values())))
    materials = [material for _, material in item.placed_materials]
    details = Details(
        name_en=fields.pop("name_en"),
        aliases=fields.pop("aliases"),
        sounds=sounds,
        uncommon=uncommon_characters(names),
        renamed=tuple(dict.fromkeys((one.ref, one.name) for one in materials if one.ref and one.name)),
        unlinked=tuple(
            (path, one.name, isinstance(written_at(raw, path), str)) for path, one in named_papers(item) if not one.ref
        ),
        numbers=tuple(phone_numbers(item)),
        certificates=tuple(naming_certificates(item)),
    )
    return Card(
        at=tuple(_stops(item)),
        digest=digest,
        brings_packed=packed_asked(asked_of(item)),
        traces_packed=packed_traces(traces_of(item)),
        details_packed=_packed(tuple(details)),
        draft=item.visibility is Visibility.PUBLIC and item.status is Status.DRAFT,
        online=goes_online(item),
        periods_packed=packed_periods(own_periods(item)),
        stated_packed=packed_stated(stated_for(item)),
        times_pickled=_pickled(fields.pop("times")),
        fees_pickled=_pickled(fields.pop("fees")),
        rounds_pickled=_pickled(fields.pop("rounds")),
        **fields,
    )


def _names(name: str, title: str, aliases: tuple[str, ...], told: Told) -> tuple[str, ...]:
    """Return the names by which an item is sorted and found."""
    return name, title, *aliases, *told.things, *told.gets


_FIELDS = Card.__slots__
_own = attrgetter(*_FIELDS[_FIELDS.index("id") : _FIELDS.index("area")])
_common = attrgetter(*_FIELDS[_FIELDS.index("area") :])
_known: dict[Any, Any] = {}  # each value that cards have in common, by itself


def pack(cards: Iterable[Card]) -> bytes:
    """Return `cards` as bytes, for the cache and for other processes."""
    return marshal.dumps([(card.references, tuple(map(tuple, card.at)), _own(card), _common(card)) for card in cards])


def unpack(data: bytes) -> tuple[Card, ...]:
    """Return the cards that were packed. Where a value that cards have in common is known, they take the known one."""
    known = _known.setdefault
    return tuple(
        Card(tuple(map(known, references, references)), _stops_at(at), *own, *map(known, common, common))
        for references, at, own, common in marshal.loads(data)
    )


def _unpack_one(data: bytes) -> Card:
    (card,) = unpack(data)
    return card


@lru_cache(maxsize=4096)
def _stops_at(at: tuple[tuple[str, str, tuple[str, ...]], ...]) -> tuple[Stop, ...]:
    return tuple(map(Stop._make, at))


def _packed(value: tuple[Any, ...]) -> bytes:
    """Return a plain value as bytes. Equal values are equal bytes, since version 2 of marshal writes each in full."""
    return marshal.dumps(value, 2)


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


_unpickled = lru_cache(maxsize=4096)(pickle.loads)  # most items have one of a few times and fees


def _stops(item: Item) -> Iterator[Stop]:
    own = dict.fromkeys((at.place, at.window) for at in item.places)
    named: dict[tuple[str, str], list[str]] = {}
    for variant in item.variants:
        for at in dict.fromkeys((at.place, at.window) for at in variant.places):
            named.setdefault(at, []).append(variant.name)
    for place, window in own | dict.fromkeys(named):
        cases = named.get((place, window), [])
        everywhere = (place, window) in own or len(cases) == len(item.variants)
        yield Stop(place, window, () if everywhere else tuple(cases))


def times_of(item: Item) -> CaseFacts[TimeFact]:
    """Return how long it takes in the cases of `item`."""
    return facts_of_cases(time_of(item), ((variant.name, time_of(variant)) for variant in item.variants))


def fees_of(item: Item) -> CaseFacts[FeeFact]:
    """Return what it costs in the cases of `item`."""
    return facts_of_cases(_fee_of(item), ((variant.name, _fee_of(variant)) for variant in item.variants))


def facts_of_cases(own: V | None, stated: Iterable[tuple[str, V | None]]) -> CaseFacts[V]:
    """Return the fact of the item itself with those of its cases. A case that states none has that of the item."""
    named: dict[V | None, list[str]] = {}
    for name, fact in stated:
        named.setdefault(own if fact is None else fact, []).append(name)
    rule = own
    if rule is None and named:
        most = max(named, key=lambda fact: len(named[fact]))
        rule = most if 2 * len(named[most]) > sum(map(len, named.values())) else None
    others = tuple((fact, tuple(names)) for fact, names in named.items() if rule is None or fact != rule)
    return CaseFacts(rule, others if (rule, *named) != (None, None) else ())


def time_of(procedure: Procedure) -> TimeFact | None:
    """Return how long it takes, None when not known."""
    match procedure.time:
        case Time(promised=promised, statutory=statutory, note=note):
            duration = promised or statutory
            return duration.plain if duration else note or None
        case known:
            return known


def _fee_of(procedure: Procedure) -> FeeFact | None:
    fees = procedure.fees
    if isinstance(fees, Absence):
        return fees
    return tuple(fee.plain for fee in fees or ()) or None


def rounds_of(item: Item) -> tuple[Span, ...]:
    """Return the periods in which one can apply, in their order, or () if one can apply on any working day.

    If a deadline hangs on an event, other periods concern a later step or an alternative, and there is no "only". Nor is
    there where nobody wrote in which month it is.
    """
    rounds = sorted((window.span() for window in item.windows if not window.who), key=lambda span: span.days)
    return () if any(span.period in _ON_NO_STATED_DAYS for span in rounds) else tuple(rounds)


_ON_NO_STATED_DAYS = (Period.EVENT, Period.UNDATED, Period.ALWAYS)


def where_of(item: Item) -> tuple[str, ...]:
    """Return where residents go: "place" and its id; "level" and the nearest levels; "online"; nothing when not known.

    Nor is there one answer where cases go to different places.
    """
    if item.places:
        return "place", item.places[0].place
    if any(variant.places or variant.depth or variant.online for variant in item.variants):
        return ()
    if item.depth:
        return "level", *(level.value for level in nearest_levels(item.depth))
    return ("online",) if item.online else ()


def nearest_levels(depth: Iterable[Route]) -> tuple[Level, ...]:
    """Return the nearest level of each route, and the levels that do exactly the same: applicants may go to any of them.

    Where a route says who takes the papers, levels that only look into the case or announce it are left out.
    """
    nearest: dict[Level, None] = {}
    for route in depth:
        there = [level for level in Level if route.at(level)]
        there = [level for level in there if TAKES_PAPERS.intersection(route.at(level))] or there
        nearest |= dict.fromkeys(level for level in there if route.at(level) == route.at(there[0]))
    return tuple(nearest)


# What residents and inspectors look for in a guide, with the field of an item that states it; a variant may state it
# too, and so may the item's places and department (`builder.checks.completeness` asks those).
ELEMENTS = {
    "设定依据": "legal",
    "申请条件": "eligibility",
    "办理材料": "materials",
    "办理地点": "places",
    "办理机构": "department",
    "收费标准": "fees",
    "办理时间": "hours",
    "联系电话": "phones",
    "办理流程": "steps",
    "办理时限": "time",
}


ONLINE_ENTRANCE = "网上入口"  # asked only of items that one can apply for online


def missing_elements(item: Item) -> tuple[str, ...]:
    """Return the elements that neither the item nor any of its variants states."""
    parts = item.parts

    def stated(field: str) -> bool:
        if field == "fees":
            return any(_tells_price(part.fees) for part in parts)
        return any(getattr(part, field, None) for part in parts) or (field == "places" and _is_only_online(item))

    missing = (element for element, field in ELEMENTS.items() if not stated(field))
    return (*missing, *((ONLINE_ENTRANCE,) if goes_online(item) and not stated("online") else ()))


def _is_only_online(item: Item) -> bool:
    """Tell whether the entrance is the only place: nobody goes anywhere."""
    channels = {channel for part in item.parts for channel in part.channels}
    stays = bool(channels) or bool(item.visits and item.visits.times == 0)
    return stays and any(part.online for part in item.parts) and not channels & IN_PERSON


def goes_online(item: Item) -> bool:
    """Tell whether one can apply online, in some case at least."""
    return any(part.online or not set(ONLINE_CHANNELS).isdisjoint(part.channels) for part in item.parts)


def _tells_price(fees: tuple[Fee, ...] | Absence | None) -> bool:
    """Tell whether it is said how much one pays: a fee of which only the name is known does not say it."""
    return isinstance(fees, Absence) or any(fee.is_priced or fee.price_in_note for fee in fees or ())


def files_of(item: Item) -> tuple[str, ...]:
    """Return the names of the form files that the item or a variant offers for download."""
    forms = (form for part in item.parts for form in listed(part.forms))
    return tuple(name for form in forms for name in (form.file, form.sample) if name)


def _is_charted(procedure: Procedure) -> bool:
    """Tell whether there is a flowchart to draw: two steps or more that residents may see."""
    return sum(step.visibility is Visibility.PUBLIC for step in listed(procedure.steps)) > 1
