"""Index pages: the topics, audiences, areas and departments, and a page for each with its items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

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
    Grouped,
    Head,
    Listing,
    by_area,
    by_letter,
    by_topic,
    letter_of,
    line_uses,
    listing_of,
    numbered,
)
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
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


class IndexGroup(NamedTuple):
    """Links to lists under the name of an area; id and heading are "" for none."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of all topics, audiences, areas or departments; departments are grouped by area on a site of several."""

    head: Head
    groups: tuple[IndexGroup, ...]
    jumps: tuple[Jump, ...]  # only where the list has several pages
    pager: Pager | None


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
    """One topic, audience, area or department, with its items and its places.

    Pages of the list after the first have no more than the items.
    """

    head: Head
    summary: str
    unit: DepartmentFacts
    places: tuple[PlaceInWords, ...]
    listing: Listing
    count: int
    here: str  # the short name of the area, "" on other pages


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """What one page of an index is told: ids by area, each with the number of its items."""

    portion: Portion[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """The ids of one topic, audience, area or department, and of what one page of its list shows; `count` is that of all its items."""

    id: str
    count: int
    portion: Portion[str, str]
    places: tuple[str, ...]  # of a department or an area


Offering: TypeAlias = tuple[Companion[Any], tuple[Card, ...]]  # a topic, audience, area or department with its items


def offering(site: Site, collection: Collection) -> list[Offering]:
    """Return the records of a collection that have items, with their items, in the order of the file."""
    items = collection.items(site)
    return [(one, items[one.id]) for one in site.all(collection.record) if one.id in items]


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan an index and a page for each; what would be empty is not made."""
    for collection in COLLECTIONS:
        if collection.folder not in frame.sections:
            continue
        found = offering(site, collection)
        for portion in cut(_entries_by_area(found, frame)):
            counts = portion.named(lambda entry: (entry[0].id, len(entry[1])))
            uses = tuple(one.key for one, _ in portion.lines)
            yield Page(portion.address(collection.index), f"{collection.page}-list", IndexPlan(counts), uses)
        for one, cards in found:
            yield from _pages(collection, one, cards, site, frame)


def _entries_by_area(found: Iterable[Offering], frame: Frame) -> Sequence[tuple[str, Sequence[Offering]]]:
    """Return departments by their area; all others are in no area, and so are those that do not say theirs."""
    grouped: dict[str, list[Offering]] = {area: [] for area in (*frame.areas, "")}
    for one, cards in found:
        area = (isinstance(one.record, Department) and one.record.area) or ""
        grouped[area if area in frame.areas else ""].append((one, cards))
    return list(grouped.items())


def _pages(
    collection: Collection, one: Companion[Any], cards: Sequence[Card], site: Site, frame: Frame
) -> Iterator[Page[CollectionPlan]]:
    url, omitted = f"{collection.folder}/{one.id}.html", _omitted(collection)
    for portion in cut(_grouped(collection, cards, site, frame)):
        is_first = portion.number == 1
        places = _places(site, one) if is_first else ()
        plan = CollectionPlan(one.id, len(cards), portion.named(attrgetter("id")), places)
        uses = (
            one.key,
            *(key(Place, place) for place in places),
            *(_above(one) if is_first else ()),
            *(key(Topic, group) for group, _ in portion.starts if group and _is_by_topic(collection, frame)),
            *line_uses(portion.lines, omit=omitted),
        )
        yield Page(
            portion.address(url),
            collection.page,
            plan,
            tuple(dict.fromkeys(uses)),
            name=one.record.name if is_first else "",
            column=collection.index,
        )


def _grouped(collection: Collection, cards: Sequence[Card], site: Site, frame: Frame) -> Grouped:
    """Return items in groups: by area for a topic or an audience, else by topic."""
    if _is_by_topic(collection, frame):
        return by_topic(cards, site)
    return by_area(cards, frame) if frame.areas else by_letter(cards)


def _is_by_topic(collection: Collection, frame: Frame) -> bool:
    return collection.record is not Topic and not (collection.record is Audience and frame.areas)


def _omitted(collection: Collection) -> tuple[str, ...]:
    """Return what lines leave out on the page of such a collection; see `lines_of`. Headings name the areas of a topic."""
    return ("area", "department") if collection.record is Department else ("area",)


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
    collection, portion, words = BY_PAGE[page.kind.removesuffix("-list")], page.plan.portion, context.words
    areas = context.frame.areas
    groups = tuple(
        IndexGroup(
            stretch.group,
            continued_in_words(areas.get(stretch.group, ""), words, continued=stretch.continued),
            tuple(entry(collection, id, count, context) for id, count in stretch.lines),
        )
        for stretch in portion.stretches
    )
    title, pager = words[collection.folder], pager_of(portion, collection.index)
    head = numbered(Head(title, words[f"summary_{collection.folder}"], column=title), pager, words)
    jumps = jumps_of(portion, collection.index, areas.__getitem__) if pager else ()
    return IndexView(head, groups, jumps, pager)


def entry(collection: Collection, id: str, count: int, context: PageContext) -> Entry:
    """Return the link to one topic, audience, area or department."""
    record = context.get(collection.record, id)
    summary = choice_in_words(record.level, context.words) if isinstance(record, Area) else record.summary
    return Entry(f"{collection.folder}/{id}.html", record.name, summary, count)


def view(page: Page[CollectionPlan], context: PageContext) -> CollectionView:
    """Return one topic, audience, area or department with its items."""
    collection, plan, words = BY_PAGE[page.kind], page.plan, context.words
    this = entry(collection, plan.id, plan.count, context)
    listing = _listing(collection, plan, this.url, context)
    head = Head(
        words["audience_title"].format(name=this.name) if page.kind == "audience" else this.name,
        words[f"{page.kind}_description"].format(name=this.name, n=this.count),
        ((collection.index, words[collection.folder]),),
        column=words[collection.folder],
    )
    is_first = plan.portion.number == 1
    unit = (
        _department_facts(context.get(Department, plan.id), context)
        if collection.record is Department and is_first
        else DepartmentFacts()
    )
    places = tuple(place_in_words(place, context) for place in plan.places)
    here = context.frame.areas.get(plan.id, "") if collection.record is Area else ""
    summary = this.summary if is_first else ""
    return CollectionView(numbered(head, listing.pager, words), summary, unit, places, listing, this.count, here)


def _listing(collection: Collection, plan: CollectionPlan, url: str, context: PageContext) -> Listing:
    """Return the items of the page, with links to the groups of the list where there are several."""
    groups, areas = len(plan.portion.starts), context.frame.areas
    heading: Callable[[str], str]
    if _is_by_topic(collection, context.frame):
        heading, style = lambda topic: context.get(Topic, topic).name, "names" if groups > 1 else ""
    elif areas:
        worth_it = groups > JUMPS_FROM or (groups > 1 and plan.count > GROUPS_FROM)
        heading, style = areas.__getitem__, "names" if worth_it else ""
    else:
        heading, style = letter_of, "letters" if groups > 1 else ""
    return listing_of(plan.portion, url, heading, context, style=style, omit=_omitted(collection))


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
