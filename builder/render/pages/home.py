"""The home page and the list of all items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from builder.content.card import Card
from builder.content.model.companions import Department, Place, PlaceKind
from builder.content.model.kinds import key
from builder.content.site import Site
from builder.context import Frame
from builder.guide import Call, PlaceInWords, place_in_words
from builder.render.listing import (
    LETTERS_FROM,
    Entry,
    Head,
    Line,
    Listing,
    by_letter,
    letter_of,
    line_uses,
    lines_of,
    listing_of,
    numbered,
)
from builder.render.page import Nothing, Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages import events
from builder.render.pages.collection import BY_PAGE, COLLECTIONS, Collection, entry, offering
from builder.render.pagination import Portion, cut

ALL = "items/index.html"  # the address of the list of all items
FEW = 12  # a site of up to this many items lists them all on the home page if it chose none
DEPARTMENTS = 12  # the home page lists up to this many departments, and links to their list if there are more


@dataclass(frozen=True, slots=True)
class HomeView:
    """Search, items, topics, areas, departments, hall and phone.

    It shows the items that the site chose as common, or all items of a small site, or none. A section has its folder, its
    entries and their number; a section with too many entries has none here and leads to its own page.
    """

    head: Head
    heading: str  # of the items, "" when none are shown
    items: tuple[Line, ...]
    sections: tuple[tuple[str, tuple[Entry, ...], int], ...]
    events: tuple[tuple[str, str], ...]  # what happened to somebody: an address and a name
    count: int
    hall: PlaceInWords | None  # the only hall of the site
    places: int  # how many places there are
    calls: tuple[Call, ...]  # of the hall and of the site


@dataclass(frozen=True, slots=True)
class AllView:
    """All items in pinyin order. The page for a wrong address uses the same view, without items."""

    head: Head
    listing: Listing
    count: int


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A section of the home page: the page kind of its entries, the number of items of each by id, and how many entries."""

    page: str
    counts: tuple[tuple[str, int], ...]
    size: int


@dataclass(frozen=True, slots=True)
class HomePlan:
    """The number of items and places, the items to show, the id of the only hall ("" otherwise), and the sections.

    `heading` is the word for the items shown, "" for none.
    """

    count: int
    places: int
    heading: str
    items: tuple[str, ...]
    hall: str
    sections: tuple[HomeSection, ...]
    events: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AllPlan:
    """How many items are offered, and the ids of those on one page of the list: at its end those that have ended."""

    count: int
    portion: Portion[str, str]


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the home page, the list of all items and the page for a wrong address."""
    yield _home_page(site, frame)
    if not site.offered:
        return
    ended = [card for card in site.public if not card.active]
    for portion in cut((*by_letter(site.offered), (_ENDED, ended))):
        plan = AllPlan(len(site.offered), portion.named(attrgetter("id")))
        yield Page(portion.address(ALL), "item-list", plan, tuple(line_uses(portion.lines)))
    yield Page("404.html", "notfound", Nothing())


_ENDED = "ended"  # the group of items that have ended


def _home_page(site: Site, frame: Frame) -> Page[HomePlan]:
    heading, items = _items_shown(site)
    places = site.all(Place)
    halls = [place for place in places if place.record.kind is PlaceKind.HALL]
    found = (_section(collection, site) for collection in COLLECTIONS if collection.folder in frame.sections)
    sections = tuple(section for section in found if not _is_only_department(section, site))
    plan = HomePlan(
        count=len(site.offered),
        places=len(places),
        heading=heading,
        items=tuple(card.id for card in items),
        hall=halls[0].id if len(halls) == 1 else "",
        sections=sections,
        events=events.on_home(site),
    )
    uses = (
        *line_uses(items),
        *(key(BY_PAGE[section.page].record, id) for section in sections for id, _ in section.counts),
        *((key(Place, plan.hall),) if plan.hall else ()),
    )
    return Page("index.html", "home", plan, tuple(dict.fromkeys(uses)))


def _items_shown(site: Site) -> tuple[str, Sequence[Card]]:
    """Return the heading of the items on the home page, and the items. The first few of many would be arbitrary."""
    common = (site.card(id) for id in site.settings.common)
    if chosen := [card for card in common if card and card.public and card.active]:
        return "common_items", chosen
    return ("all_items", site.offered) if 0 < len(site.offered) <= FEW else ("", ())


def _section(collection: Collection, site: Site) -> HomeSection:
    counts = tuple((one.id, len(cards)) for one, cards in offering(site, collection))
    too_many = collection.record is Department and len(counts) > DEPARTMENTS
    return HomeSection(collection.page, () if too_many else counts, len(counts))


def _is_only_department(section: HomeSection, site: Site) -> bool:
    """Tell whether the section names the one department that does everything: there is nothing to choose."""
    return section.page == "department" and [count for _, count in section.counts] == [len(site.offered)]


def view(page: Page[HomePlan], context: PageContext) -> HomeView:
    """Return the home page."""
    plan, settings = page.plan, context.frame.settings
    hall = place_in_words(plan.hall, context) if plan.hall else None
    calls: dict[str, Call] = {}
    for call in (*(hall.calls if hall else ()), *context.frame.calls):
        calls.setdefault(call.dial, call)
    return HomeView(
        Head(settings.name, settings.summary or context.words["search_title"]),
        context.words[plan.heading] if plan.heading else "",
        tuple(lines_of(context.cards(plan.items), context)),
        tuple(_section_shown(section, context) for section in plan.sections),
        plan.events,
        plan.count,
        hall,
        plan.places,
        tuple(calls.values()),
    )


def _section_shown(section: HomeSection, context: PageContext) -> tuple[str, tuple[Entry, ...], int]:
    collection = BY_PAGE[section.page]
    entries = tuple(entry(collection, id, count, context) for id, count in section.counts)
    return collection.folder, entries, section.size


def all_view(page: Page[AllPlan], context: PageContext) -> AllView:
    """Return the list of all items."""
    count, portion, words = page.plan.count, page.plan.portion, context.words

    def heading(group: str) -> str:
        return words["ended_items"] if group == _ENDED else letter_of(group)

    style = "letters" if count > LETTERS_FROM else ""
    listing = listing_of(portion, ALL, heading, context, style=style)
    title = words["all_items"]
    return AllView(numbered(Head(title, words["summary_all"], column=title), listing.pager, words), listing, count)


def not_found_view(page: Page[Nothing], context: PageContext) -> AllView:
    """Return the page for a wrong address."""
    title = context.words["not_found_title"]
    return AllView(Head(title, context.words["not_found"], column=title), Listing(()), 0)


FAMILY = PageFamily(
    plan,
    (
        PageKind("home", view, "home.html", "home", "site"),
        PageKind("item-list", all_view, "items.html", "item-list"),
        PageKind("notfound", not_found_view, "notfound.html", "notfound", "site", indexed=False, anywhere=True),
    ),
    (Section("all_items", ALL, lambda site: bool(site.offered)),),
)
