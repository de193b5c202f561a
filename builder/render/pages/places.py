"""Places where things are done: their list by area and level, and a page for each with its windows, branches and items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.card import Card
from builder.content.model.companions import Area, Place, PlaceKind
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import PlaceInWords, place_in_words
from builder.render.listing import Group, Head, by_topic, line_of, listed, topics_of
from builder.render.page import Page

FOLDER = "places"

# The levels at which residents are served, from the hall down, with the kinds of place that stand there.
LEVELS = (
    ("level_halls", (PlaceKind.HALL, PlaceKind.STATION)),
    ("level_offices", (PlaceKind.OFFICE,)),
    ("level_communities", (PlaceKind.COMMUNITY,)),
    ("level_banks", (PlaceKind.BANK,)),
)


@dataclass(frozen=True, slots=True)
class PlaceListView:
    """All places: by area, "" where they are not told apart, and in it by level."""

    head: Head
    areas: tuple[tuple[str, str, tuple[tuple[str, tuple[PlaceInWords, ...]], ...]], ...]
    without: tuple[str, ...]  # the areas that have guides and no place


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place with what can be done there."""

    head: Head
    place: PlaceInWords
    groups: tuple[Group, ...]
    jumps: str


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the list and a page for each place; nothing where the site has none."""
    places = site.of("place")
    if not places:
        return
    areas = tuple(area.key for area in site.of("area") if area.id in {_area_of(one.record) for one in places})
    there = {area for _, area in areas}
    without = tuple(name for id, name in frame.areas.items() if id not in there)
    yield Page(f"{FOLDER}/index.html", "place-list", uses=(*areas, *(one.key for one in places)), given=without)
    for one in places:
        around = tuple(area for area in areas if area[1] == _area_of(one.record))
        uses = dict.fromkeys((one.key, *around, *listed(site, site.by_place.get(one.id, ()))))
        yield Page(f"{FOLDER}/{one.id}.html", "place", uses=tuple(uses))


def _area_of(record: object) -> str:
    return cast("Place", record).area or ""


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> PlaceListView | PlaceView:
    """Return what the page shows."""
    if page.kind == "place-list":
        head = Head(words[FOLDER], words["summary_places"], column=words[FOLDER])
        return PlaceListView(head, tuple(_by_area(page, lookup, words)), cast("tuple[str, ...]", page.given))
    return _place(page, lookup, frame, words)


def _by_area(
    page: Page, lookup: Lookup, words: Words
) -> Iterator[tuple[str, str, tuple[tuple[str, tuple[PlaceInWords, ...]], ...]]]:
    """Yield the areas in the site's order, with id and name; what is of no area comes last, under no name."""
    places = [(id, lookup.record("place", id, Place)) for kind, id in page.uses if kind == "place"]
    areas = [(id, lookup.record("area", id, Area)) for kind, id in page.uses if kind == "area"]
    names = {**{id: area.short or area.name for id, area in areas}, "": ""}
    for area, name in names.items():
        here = [(id, place) for id, place in places if (place.area or "") == area]
        levels = (
            (words[label], tuple(place_in_words(id, lookup) for id, place in here if place.kind in kinds))
            for label, kinds in LEVELS
        )
        if here:
            yield area if len(names) > 2 else "", name if len(names) > 2 else "", tuple(one for one in levels if one[1])


def _place(page: Page, lookup: Lookup, frame: Frame, words: Words) -> PlaceView:
    place = place_in_words(page.uses[0][1], lookup)
    cards: list[Card] = [lookup.card(id) for kind, id in page.uses if kind == "item"]
    area = next((lookup.record("area", id, Area) for kind, id in page.uses if kind == "area"), None)
    lines = [line_of(card, lookup, frame, words, omit=("area", "where")) for card in cards]
    groups = by_topic(cards, lines, topics_of(page, lookup)) if cards else ()
    head = Head(
        place.name,
        words["place_description"].format(name=place.name, n=len(cards)),
        ((f"{FOLDER}/index.html", words[FOLDER]),),
        area=(area.short or area.name) if area and frame.areas else "",
        column=words[FOLDER],
    )
    return PlaceView(head, place, groups, "names" if len(groups) > 1 else "")
