"""Index pages: the topics, audiences, areas and departments, and a page for each with its items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from builder.content.card import Card
from builder.content.model.companions import Area, Audience, Department, Place, Topic
from builder.content.model.kinds import Key, key
from builder.content.site import Companion, Site
from builder.context import Frame
from builder.context.phones import Supervisor, supervisor_of
from builder.guide import Call, PlaceInWords, calls_of, place_in_words
from builder.render.listing import (
    GROUPS_FROM,
    Entry,
    Group,
    Head,
    by_area,
    by_letter,
    by_topic,
    line_uses,
    lines_of,
    topics_of,
)
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.wording.choices import choice_in_words
from builder.wording.hours import hours_in_words
from builder.wording.joining import enumerated, in_clauses

Collected: TypeAlias = Topic | Audience | Area | Department


@dataclass(frozen=True, slots=True)
class Collection:
    """A way to collect items: by topic, audience, area or department.

    `folder` holds its pages and is also the locale word for its index. `page` is the page kind of one of them and the
    prefix of its words.
    """

    record: type[Collected]
    page: str
    folder: str
    items: Callable[[Site], Mapping[str, tuple[Card, ...]]]

    @property
    def index(self) -> str:
        """The address of the page that lists them all."""
        return f"{self.folder}/index.html"


COLLECTIONS = (
    Collection(Topic, "topic", "topics", lambda site: site.by_topic),
    Collection(Audience, "audience", "audiences", lambda site: site.by_audience),
    Collection(Area, "area", "areas", lambda site: site.by_area),
    Collection(Department, "department", "departments", lambda site: site.by_department),
)
BY_PAGE = {collection.page: collection for collection in COLLECTIONS}

JUMPS_FROM = 2  # more groups than this get links to jump to them, however short they are


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of all topics, audiences, areas or departments; departments are grouped by area on a site of several."""

    head: Head
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class DepartmentFacts:
    """What a department's page tells of it besides its items."""

    contact: tuple[tuple[str, str], ...] = ()
    calls: tuple[Call, ...] = ()
    offices: tuple[tuple[str, str, tuple[Call, ...]], ...] = ()
    duties: tuple[str, ...] = ()
    supervision: Supervisor | None = None


@dataclass(frozen=True, slots=True)
class CollectionView:
    """One topic, audience, area or department, with its items and its places."""

    head: Head
    summary: str
    unit: DepartmentFacts
    places: tuple[PlaceInWords, ...]
    groups: tuple[Group, ...]
    count: int
    here: str  # the short name of the area, "" on other pages
    jumps: str  # "letters" or "names" where the groups can be jumped to, else ""


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """What an index is told: ids, each with the number of its items."""

    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """The ids of one topic, audience, area or department, and of what its page shows."""

    id: str
    items: tuple[str, ...]
    topics: tuple[str, ...]  # under which the items are grouped
    places: tuple[str, ...]  # of a department or an area


def offering(site: Site, collection: Collection) -> list[tuple[Companion[Any], tuple[Card, ...]]]:
    """Return the records of a collection that have items, with their items, in the order of the file."""
    items = collection.items(site)
    return [(one, items[one.id]) for one in site.all(collection.record) if one.id in items]


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan an index and a page for each; what would be empty is not made."""
    for collection in COLLECTIONS:
        if collection.folder not in frame.sections:
            continue
        found = offering(site, collection)
        counts = tuple((one.id, len(cards)) for one, cards in found)
        yield Page(collection.index, f"{collection.page}-list", IndexPlan(counts), tuple(one.key for one, _ in found))
        yield from (_page(collection, one, cards, site) for one, cards in found)


def _page(collection: Collection, one: Companion[Any], cards: Sequence[Card], site: Site) -> Page[CollectionPlan]:
    by_topic = collection.record is not Topic and not (collection.record is Audience and site.areas_shown)
    topics = topics_of(site, cards) if by_topic else ()
    plan = CollectionPlan(one.id, tuple(card.id for card in cards), topics, _places(site, one))
    uses = (
        one.key,
        *(key(Place, place) for place in plan.places),
        *_above(one),
        *(key(Topic, topic) for topic in topics),
        *line_uses(cards, omit=_omitted(collection)),
    )
    return Page(
        f"{collection.folder}/{one.id}.html",
        collection.page,
        plan,
        tuple(dict.fromkeys(uses)),
        name=one.record.name,
        column=collection.index,
    )


def _omitted(collection: Collection) -> tuple[str, ...]:
    """Return what lines leave out on the page of such a collection; see `line_of`."""
    if collection.record is Department:
        return ("area", "department")
    return () if collection.record is Topic else ("area",)


def _places(site: Site, one: Companion[Any]) -> tuple[str, ...]:
    """Return the ids of the places that the page of a department or an area shows."""
    match one.record:
        case Department(places=places):
            return places
        case Area():
            return tuple(place.id for place in site.all(Place) if place.record.area == one.id)
        case _:
            return ()


def _above(one: Companion[Any]) -> Iterator[Key]:
    if isinstance(one.record, Department) and one.record.parent:
        yield key(Department, one.record.parent)


def index_view(page: Page[IndexPlan], context: PageContext) -> IndexView:
    """Return the list of all topics, audiences, areas or departments."""
    collection, areas = BY_PAGE[page.kind.removesuffix("-list")], context.frame.areas
    grouped: dict[str, list[Entry]] = {}
    for id, count in page.plan.counts:
        area = context.get(Department, id).area if collection.record is Department else None
        grouped.setdefault(areas.get(area or "", ""), []).append(entry(collection, id, count, context))
    order = {name: place for place, name in enumerate(areas.values())}
    groups = sorted(grouped.items(), key=lambda group: order.get(group[0], len(order)))
    title = context.words[collection.folder]
    head = Head(title, context.words[f"summary_{collection.folder}"], column=title)
    return IndexView(head, tuple((heading, tuple(entries)) for heading, entries in groups))


def entry(collection: Collection, id: str, count: int, context: PageContext) -> Entry:
    """Return the link to one topic, audience, area or department."""
    record = context.get(collection.record, id)
    summary = choice_in_words(record.level, context.words) if isinstance(record, Area) else record.summary
    return Entry(f"{collection.folder}/{id}.html", record.name, summary, count)


def view(page: Page[CollectionPlan], context: PageContext) -> CollectionView:
    """Return one topic, audience, area or department with its items."""
    collection, plan, words = BY_PAGE[page.kind], page.plan, context.words
    this = entry(collection, plan.id, len(plan.items), context)
    groups, jumps = _groups(collection, plan, context)
    head = Head(
        words["audience_title"].format(name=this.name) if page.kind == "audience" else this.name,
        words[f"{page.kind}_description"].format(name=this.name, n=this.count),
        ((collection.index, words[collection.folder]),),
        column=words[collection.folder],
    )
    unit = (
        _department_facts(context.get(Department, plan.id), context)
        if collection.record is Department
        else DepartmentFacts()
    )
    places = tuple(place_in_words(place, context) for place in plan.places)
    here = context.frame.areas.get(plan.id, "") if collection.record is Area else ""
    return CollectionView(head, this.summary, unit, places, groups, this.count, here, jumps)


def _groups(collection: Collection, plan: CollectionPlan, context: PageContext) -> tuple[tuple[Group, ...], str]:
    """Return the items in groups (by area for a topic or an audience, else by topic), and the kind of links to the groups."""
    cards = context.cards(plan.items)
    if collection.record in (Topic, Audience) and context.frame.areas:
        groups = by_area(cards, context)
        return groups, "names" if len(groups) > JUMPS_FROM or (len(groups) > 1 and len(cards) > GROUPS_FROM) else ""
    lines = list(lines_of(cards, context, omit=_omitted(collection)))
    if collection.record is Topic:
        groups = by_letter(cards, lines)
        return groups, "letters" if len(groups) > 1 else ""
    groups = by_topic(cards, lines, plan.topics, context)
    return groups, "names" if len(groups) > 1 else ""


def _department_facts(department: Department, context: PageContext) -> DepartmentFacts:
    parent = context.get(Department, department.parent).name if department.parent else ""
    rows = (
        ("also_called", enumerated(department.aliases, context.words)),
        ("parent_unit", parent),
        ("address", department.address),
        ("postcode", department.postcode),
        ("open", in_clauses(hours_in_words(department.hours, context.words), context.words)),
        ("fax", department.fax),
        ("email", department.email),
        ("website", department.website),
    )
    return DepartmentFacts(
        tuple((context.words[label], text) for label, text in rows if text),
        calls_of(department.phones, context.words),
        tuple((office.name, office.duties, calls_of(office.phones, context.words)) for office in department.offices),
        department.duties,
        supervisor_of(department.supervision, context.words),
    )


FAMILY = PageFamily(
    plan,
    (
        *(PageKind(f"{one.page}-list", index_view, "collections.html", "index") for one in COLLECTIONS),
        *(PageKind(one.page, view, "collection.html", "list") for one in COLLECTIONS),
    ),
    (
        Section("departments", "departments/index.html", lambda site: bool(site.by_department)),
        Section("topics", "topics/index.html", lambda site: bool(site.by_topic)),
        Section("audiences", "audiences/index.html", lambda site: bool(site.by_audience)),
        Section("areas", "areas/index.html", lambda site: site.areas_shown),
    ),
)
