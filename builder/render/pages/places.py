"""Places where items are handled: a list by area and level, and a page for each with its counters, branches and items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from builder.content.model.companions import Area, Place, PlaceKind, Topic
from builder.content.model.kinds import key
from builder.content.site import Companion, Site
from builder.context import Frame
from builder.guide import PlaceInWords, place_in_words
from builder.render.listing import Head, Listing, by_topic, line_uses, listing_of, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pagination import Jump, Pager, Portion, Stretch, continued_in_words, cut, pager_of

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


PlacesOfLevel: TypeAlias = tuple[str, tuple[PlaceInWords, ...]]  # a level of service in words, and its places
LevelOfArea: TypeAlias = tuple[str, str]  # the id of an area, "" for none, and the word for a level


@dataclass(frozen=True, slots=True)
class AreaPlaces:
    """The places of an area by level; id and heading are "" on a site of one area, and for places without an area."""

    id: str
    heading: str
    levels: tuple[PlacesOfLevel, ...]


@dataclass(frozen=True, slots=True)
class PlaceListView:
    """The places of one page of the list by area and, within an area, by level."""

    head: Head
    areas: tuple[AreaPlaces, ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None
    without: tuple[str, ...]  # names of areas that have guides but no place


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place with the items that are handled there."""

    head: Head
    place: PlaceInWords
    areas: Mapping[
        str, str
    ]  # the names of the areas of its branches, by the id of the branch; none that is named alike
    listing: Listing
    whole: bool  # whether the page tells of the place, and not only goes on with its items


@dataclass(frozen=True, slots=True)
class PlaceListPlan:
    """The ids of the places on one page, and at the end of the list the names of areas that have guides but no place."""

    portion: Portion[LevelOfArea, str]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """The ids of one place, its area ("" for none), the areas of its branches, and the items of one page.

    `count` is the number of all its items.
    """

    id: str
    area: str
    areas: tuple[tuple[str, str], ...]  # the branch and its area
    count: int
    portion: Portion[str, str]


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the list and the pages of each place; nothing where the site has none."""
    places = site.all(Place)
    if not places:
        return
    grouped: dict[LevelOfArea, list[Companion[Place]]] = {
        (area, level): [] for area in (*(area.id for area in site.all(Area)), "") for level, _ in LEVELS
    }
    for place in places:
        grouped[place.record.area or "", _LEVEL_OF[place.record.kind]].append(place)
    there = {place.record.area for place in places}
    without = tuple(name for id, name in frame.areas.items() if id not in there)
    for portion in cut(grouped.items()):
        plan = PlaceListPlan(portion.named(attrgetter("id")), without if portion.number == portion.pages else ())
        areas = dict.fromkeys(key(Area, area) for (area, _), _ in portion.starts if area)
        uses = (*areas, *(place.key for place in portion.lines))
        yield Page(portion.address(INDEX), "place-list", plan, uses)
    for place in places:
        yield from _pages(place, site)


_LEVEL_OF = {kind: level for level, kinds in LEVELS for kind in kinds}


def _pages(place: Companion[Place], site: Site) -> Iterator[Page[PlacePlan]]:
    cards = site.by_place.get(place.id, ())
    url = _url(place.id)
    for portion in cut(by_topic(cards, site)):
        is_first = portion.number == 1
        area = place.record.area or ""
        areas = tuple((branch.id, branch.area) for branch in place.record.branches if branch.area) if is_first else ()
        plan = PlacePlan(place.id, area, areas, len(cards), portion.named(attrgetter("id")))
        uses = (
            place.key,
            *(key(Area, id) for id in (area, *(id for _, id in areas)) if id),
            *(key(Topic, topic) for topic, _ in portion.starts if topic),
            *line_uses(portion.lines, omit=OMITTED),
        )
        yield Page(
            portion.address(url),
            "place",
            plan,
            tuple(dict.fromkeys(uses)),
            name=place.record.name if is_first else "",
            column=INDEX,
        )


def _url(id: str) -> str:
    return f"{FOLDER}/{id}.html"


def list_view(page: Page[PlaceListPlan], context: PageContext) -> PlaceListView:
    """Return the places of one page."""
    plan, words = page.plan, context.words
    title = words[FOLDER]
    begins: dict[str, int] = {}  # the page on which each area begins, in the site's order; no area comes last
    for (area, _), number in plan.portion.starts:
        begins.setdefault(area, number)
    names = {id: _area_name(id, context) for id in begins if id}
    told_apart = len(names) > 1
    areas = []
    for area, levels in groupby(plan.portion.stretches, lambda stretch: stretch.group[0]):
        heading = continued_in_words(names.get(area, ""), words, continued=begins[area] < plan.portion.number)
        of_levels = tuple(_of_level(stretch, context) for stretch in levels)
        areas.append(AreaPlaces(area, heading, of_levels) if told_apart else AreaPlaces("", "", of_levels))
    jumps = tuple(
        Jump("" if number == plan.portion.number else plan.portion.address(INDEX, number), area, names[area])
        for area, number in begins.items()
        if area and told_apart
    )
    pager = pager_of(plan.portion, INDEX)
    head = numbered(Head(title, words["summary_places"], column=title), pager, words)
    return PlaceListView(head, tuple(areas), jumps, pager, plan.without)


def _of_level(stretch: Stretch[LevelOfArea, str], context: PageContext) -> PlacesOfLevel:
    level = continued_in_words(context.words[stretch.group[1]], context.words, continued=stretch.continued)
    return level, tuple(place_in_words(id, context) for id in stretch.lines)


def view(page: Page[PlacePlan], context: PageContext) -> PlaceView:
    """Return the view of one place."""
    plan, words = page.plan, context.words
    place = place_in_words(plan.id, context)
    area = context.get(Area, plan.area) if plan.area else None
    style = "names" if len(plan.portion.starts) > 1 else ""
    url = _url(plan.id)
    listing = listing_of(
        plan.portion, url, lambda topic: context.get(Topic, topic).name, context, style=style, omit=OMITTED
    )
    head = Head(
        place.name,
        words["place_description"].format(name=place.name, n=plan.count),
        ((INDEX, words[FOLDER]),),
        area=(area.short or area.name) if area and context.frame.areas else "",
        column=words[FOLDER],
    )
    areas = {id: _area_name(of, context) for id, of in plan.areas}
    branches = {branch.id: branch.name for branch in place.branches}
    told = {id: name for id, name in areas.items() if name != branches[id]}
    return PlaceView(numbered(head, listing.pager, words), place, told, listing, whole=plan.portion.number == 1)


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
