"""The home page and the list of all items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.model.companions import Place, PlaceKind
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Call, PlaceInWords, place_in_words
from builder.render.listing import LETTERS_FROM, Entry, Group, Head, Line, by_letter, line_of, offices
from builder.render.page import Page
from builder.render.pages.collection import COLLECTIONS, entry, members, offering

COMMON = 8  # how many items the home page names when the site chose none
DEPARTMENTS = 12  # departments up to which the home page names them all; beyond, it leads to their list


@dataclass(frozen=True, slots=True)
class HomeView:
    """Search, common items, topics, areas, departments, hall and phone.

    A section is its folder, its entries, and how many there are: more than fit are left to the section's own page.
    """

    head: Head
    common: tuple[Line, ...]
    sections: tuple[tuple[str, tuple[Entry, ...], int], ...]
    count: int
    hall: PlaceInWords | None  # the only hall of the site
    places: int  # how many places there are
    calls: tuple[Call, ...]  # of the hall and of the site


@dataclass(frozen=True, slots=True)
class AllView:
    """Every item, by pinyin; the page for a wrong address has its shape too."""

    head: Head
    groups: tuple[Group, ...]
    count: int
    jumps: str


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the home page, the list of all items and the page for a wrong address."""
    cards = site.offered
    chosen = [card for id in site.settings.common for card in cards if card.id == id] or list(cards[:COMMON])
    sections: list[tuple[str, ...]] = []
    uses = [*offices(chosen), *(card.key for card in chosen)]
    for kind, folder in COLLECTIONS:
        found = offering(site, kind) if folder in frame.sections else ()
        if kind == "department" and len(found) > DEPARTMENTS:
            sections.append((kind, folder, "", str(len(found))))
            continue
        for one in found:
            uses.append(one.key)
            sections.append((kind, folder, one.id, str(len(members(site, kind)[one.id]))))
    places = site.of("place")
    halls = [place for place in places if cast("Place", place.record).kind is PlaceKind.HALL]
    hall = halls[0].id if len(halls) == 1 else ""
    uses += [place.key for place in halls if place.id == hall]
    yield Page("index.html", "home", uses=tuple(dict.fromkeys(uses)), given=(len(cards), len(places), hall, *sections))
    if not cards:
        return
    every = (*cards, *(card for card in site.public if not card.active))
    uses = [*offices(every), *(card.key for card in every)]
    yield Page("items/index.html", "item-list", uses=tuple(dict.fromkeys(uses)))
    yield Page("404.html", "notfound")


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> HomeView | AllView:
    """Return what the page shows."""
    if page.kind == "home":
        return _home(page, lookup, frame, words)
    listed = [lookup.card(id) for kind, id in page.uses if kind == "item"]
    cards, ended = [card for card in listed if card.active], [card for card in listed if not card.active]
    groups = by_letter(cards, (line_of(card, lookup, frame, words) for card in cards)) if cards else ()
    if ended:
        groups += (Group("ended", words["ended_items"], tuple(line_of(card, lookup, frame, words) for card in ended)),)
    titles = {
        "item-list": (words["all_items"], words["summary_all"]),
        "notfound": (words["not_found_title"], words["not_found"]),
    }
    title, description = titles[page.kind]
    return AllView(
        Head(title, description, column=title),
        groups,
        len(cards),
        "letters" if len(cards) > LETTERS_FROM else "",
    )


def _home(page: Page, lookup: Lookup, frame: Frame, words: Words) -> HomeView:
    count, places, hall, *listed = page.given
    sections: dict[str, list[Entry]] = {}
    counts: dict[str, int] = {}
    for kind, folder, id, n in cast("list[tuple[str, str, str, str]]", listed):
        entries = sections.setdefault(folder, [])
        if id:
            entries.append(entry(kind, folder, id, int(n), lookup))
        counts[folder] = len(entries) if id else int(n)
    common = tuple(line_of(lookup.card(id), lookup, frame, words) for kind, id in page.uses if kind == "item")
    summary = frame.settings.summary or words["search_title"]
    told = tuple((folder, tuple(entries), counts[folder]) for folder, entries in sections.items())
    only = place_in_words(hall, lookup) if isinstance(hall, str) and hall else None
    calls: dict[str, Call] = {}
    for call in (*(only.calls if only else ()), *frame.calls):
        calls.setdefault(call.dial, call)
    head = Head(frame.settings.name, summary)
    return HomeView(head, common, told, cast("int", count), only, cast("int", places), tuple(calls.values()))
