"""Places where items are handled: a list by area and level, and a page for each with its counters, branches and items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from typing import Any

from builder.content.model.companions import Area, Place, PlaceKind, Topic
from builder.content.model.kinds import key
from builder.content.site import Companion, Site
from builder.context import Frame
from builder.guide import PlaceInWords, place_in_words
from builder.render.listing import Group, Head, by_topic, line_uses, lines_of, topics_of
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section

FOLDER = "places"
INDEX = f"{FOLDER}/index.html"
OMITTED = ("area", "where")  # what lines on the page of a place leave out

# The levels of service from the hall down, with the kinds of places at each level.
LEVELS = (
    ("level_halls", (PlaceKind.HALL, PlaceKind.STATION)),
    ("level_offices", (PlaceKind.OFFICE,)),
    ("level_communities", (PlaceKind.COMMUNITY, PlaceKind.VILLAGE)),
    ("level_police", (PlaceKind.POLICE,)),
    ("level_schools", (PlaceKind.SCHOOL,)),
    ("level_hospitals", (PlaceKind.HOSPITAL,)),
    ("level_lawyers", (PlaceKind.LAWYERS,)),
    ("level_banks", (PlaceKind.BANK,)),
    ("level_others", (PlaceKind.OTHER,)),
)


@dataclass(frozen=True, slots=True)
class PlaceListView:
    """All places by area (id and name, both "" on a site of one area) and, within an area, by level."""

    head: Head
    areas: tuple[tuple[str, str, tuple[tuple[str, tuple[PlaceInWords, ...]], ...]], ...]
    without: tuple[str, ...]  # names of areas that have guides but no place


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place with the items that are handled there."""

    head: Head
    place: PlaceInWords
    areas: Mapping[
        str, str
    ]  # the names of the areas of its branches, by the id of the branch; none that is named alike
    groups: tuple[Group, ...]
    jumps: str


@dataclass(frozen=True, slots=True)
class PlaceListPlan:
    """The ids of all places and of their areas, and the names of areas that have guides but no place."""

    places: tuple[str, ...]
    areas: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """The ids of one place, its area ("" for none), the areas of its branches, its items, and the topics that group them."""

    id: str
    area: str
    areas: tuple[tuple[str, str], ...]  # the branch and its area
    items: tuple[str, ...]
    topics: tuple[str, ...]


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the list and a page for each place; nothing where the site has none."""
    places = site.all(Place)
    if not places:
        return
    of_places = {place.record.area for place in places}
    areas = tuple(area.id for area in site.all(Area) if area.id in of_places)
    index = PlaceListPlan(
        tuple(place.id for place in places), areas, tuple(name for id, name in frame.areas.items() if id not in areas)
    )
    yield Page(INDEX, "place-list", index, (*(key(Area, id) for id in areas), *(place.key for place in places)))
    yield from (_page(place, site) for place in places)


def _page(place: Companion[Place], site: Site) -> Page[PlacePlan]:
    cards = site.by_place.get(place.id, ())
    area = place.record.area or ""
    areas = tuple((branch.id, branch.area) for branch in place.record.branches if branch.area)
    plan = PlacePlan(place.id, area, areas, tuple(card.id for card in cards), topics_of(site, cards))
    uses = (
        place.key,
        *(key(Area, id) for id in (area, *(id for _, id in areas)) if id),
        *(key(Topic, topic) for topic in plan.topics),
        *line_uses(cards, omit=OMITTED),
    )
    url = f"{FOLDER}/{place.id}.html"
    return Page(url, "place", plan, tuple(dict.fromkeys(uses)), name=place.record.name, column=INDEX)


def list_view(page: Page[PlaceListPlan], context: PageContext) -> PlaceListView:
    """Return all places."""
    title = context.words[FOLDER]
    head = Head(title, context.words["summary_places"], column=title)
    return PlaceListView(head, tuple(_by_area(page.plan, context)), page.plan.without)


def _by_area(
    plan: PlaceListPlan, context: PageContext
) -> Iterator[tuple[str, str, tuple[tuple[str, tuple[PlaceInWords, ...]], ...]]]:
    """Yield the areas in the site's order with id and name. Places without an area come last, under no name."""
    places = [(id, context.get(Place, id)) for id in plan.places]
    areas = [(id, context.get(Area, id)) for id in plan.areas]
    names = {**{id: area.short or area.name for id, area in areas}, "": ""}
    for area, name in names.items():
        here = [(id, place) for id, place in places if (place.area or "") == area]
        levels = (
            (context.words[label], tuple(place_in_words(id, context) for id, place in here if place.kind in kinds))
            for label, kinds in LEVELS
        )
        if here:
            told_apart = len(names) > 2
            some = tuple((label, of_level) for label, of_level in levels if of_level)
            yield area if told_apart else "", name if told_apart else "", some


def view(page: Page[PlacePlan], context: PageContext) -> PlaceView:
    """Return the view of one place."""
    plan = page.plan
    place = place_in_words(plan.id, context)
    cards = context.cards(plan.items)
    area = context.get(Area, plan.area) if plan.area else None
    lines = list(lines_of(cards, context, omit=OMITTED))
    groups = by_topic(cards, lines, plan.topics, context) if cards else ()
    head = Head(
        place.name,
        context.words["place_description"].format(name=place.name, n=len(cards)),
        ((INDEX, context.words[FOLDER]),),
        area=(area.short or area.name) if area and context.frame.areas else "",
        column=context.words[FOLDER],
    )
    areas = {id: _area_name(of, context) for id, of in plan.areas}
    branches = {branch.id: branch.name for branch in place.branches}
    told = {id: name for id, name in areas.items() if name != branches[id]}
    return PlaceView(head, place, told, groups, "names" if len(groups) > 1 else "")


def _area_name(id: str, context: PageContext) -> str:
    area = context.get(Area, id)
    return area.short or area.name


def _calls(page: Page[PlacePlan], context: PageContext) -> Sized:
    place = place_in_words(page.plan.id, context)
    return place.calls or context.frame.calls


FAMILY = PageFamily(
    plan,
    (
        PageKind("place-list", list_view, "places.html", "index"),
        PageKind("place", view, "place.html", "place", calls=_calls),
    ),
    (Section("places", INDEX, lambda site: bool(site.all(Place))),),
)
