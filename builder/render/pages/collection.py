"""Index pages: the topics, audiences, areas and departments, and a page for each with its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from builder.content.card import Card, Key
from builder.content.model.companions import Area, Audience, Department, Place, Topic
from builder.content.site import Companion, Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Call, PlaceInWords, call, place_in_words
from builder.render.listing import (
    GROUPS_FROM,
    Entry,
    Group,
    Head,
    by_area,
    by_letter,
    by_topic,
    line_of,
    listed,
    topics_of,
)
from builder.render.page import Page

# The kind of a collection, and its folder, which is also the word for its index.
COLLECTIONS = (("topic", "topics"), ("audience", "audiences"), ("area", "areas"), ("department", "departments"))

JUMPS_FROM = 2  # groups beyond which one can jump to them, however short they are


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of all of one kind, the departments under headings where there are several areas."""

    head: Head
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a department's page tells of it besides its items."""

    contact: tuple[tuple[str, str], ...] = ()
    calls: tuple[Call, ...] = ()
    offices: tuple[tuple[str, str, tuple[Call, ...]], ...] = ()
    duties: tuple[str, ...] = ()
    supervision: tuple[str, tuple[Call, ...]] | None = None


@dataclass(frozen=True, slots=True)
class CollectionView:
    """One topic, audience, area or department with its items, and where to go."""

    head: Head
    summary: str
    unit: Unit
    places: tuple[PlaceInWords, ...]
    groups: tuple[Group, ...]
    count: int
    here: str  # the short name of the area, "" on other pages
    jumps: str  # "letters" or "names" where the groups can be jumped to, else ""


def members(site: Site, kind: str) -> Mapping[str, tuple[Card, ...]]:
    """Return the offered items of every topic, audience, area or department."""
    return {
        "topic": site.by_topic,
        "audience": site.by_audience,
        "area": site.by_area,
        "department": site.by_department,
    }[kind]


def offering(site: Site, kind: str) -> tuple[Companion, ...]:
    """Return the companions of one kind that have items, in the order of their file."""
    return tuple(one for one in site.of(kind) if one.id in members(site, kind))


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan an index and a page for each; what would be empty is not made."""
    for kind, folder in COLLECTIONS:
        if folder not in frame.sections:
            continue
        found = offering(site, kind)
        counts = tuple(len(members(site, kind)[one.id]) for one in found)
        yield Page(
            f"{folder}/index.html", f"{kind}-list", uses=tuple(one.key for one in found), given=(kind, folder, *counts)
        )
        for one in found:
            cards = members(site, kind)[one.id]
            places = _places(site, one)
            around = (*(("place", place) for place in places), *_above(one))
            uses = dict.fromkeys((one.key, *around, *listed(site, cards)))
            yield Page(f"{folder}/{one.id}.html", kind, uses=tuple(uses), given=(kind, folder, one.id, *places))


def _places(site: Site, one: Companion) -> tuple[str, ...]:
    """Return the places of a department or an area, which its page shows besides its items."""
    match one.record:
        case Department(places=places):
            return places
        case Area():
            return tuple(place.id for place in site.of("place") if cast("Place", place.record).area == one.id)
        case _:
            return ()


def _above(one: Companion) -> Iterator[Key]:
    if isinstance(one.record, Department) and one.record.parent:
        yield "department", one.record.parent


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> IndexView | CollectionView:
    """Return what the page shows."""
    return (
        _index(page, lookup, frame, words) if page.kind.endswith("-list") else _collection(page, lookup, frame, words)
    )


def _index(page: Page, lookup: Lookup, frame: Frame, words: Words) -> IndexView:
    kind, folder, *counts = page.given
    grouped: dict[str, list[Entry]] = {}
    for (_, id), count in zip(page.uses, counts, strict=True):
        area = lookup.record("department", id, Department).area if kind == "department" else None
        line = entry(cast("str", kind), cast("str", folder), id, cast("int", count), lookup)
        grouped.setdefault(frame.areas.get(area or "", ""), []).append(line)
    order = {name: place for place, name in enumerate(frame.areas.values())}
    groups = sorted(grouped.items(), key=lambda group: order.get(group[0], len(order)))
    head = Head(words[cast("str", folder)], words[f"summary_{folder}"], column=words[cast("str", folder)])
    return IndexView(head, tuple((heading, tuple(entries)) for heading, entries in groups))


def entry(kind: str, folder: str, id: str, count: int, lookup: Lookup) -> Entry:
    """Return the link to one topic, audience, area or department."""
    match kind:
        case "department":
            department = lookup.record("department", id, Department)
            return Entry(f"{folder}/{id}.html", department.name, department.summary, count)
        case "topic":
            topic = lookup.record("topic", id, Topic)
            return Entry(f"{folder}/{id}.html", topic.name, topic.summary, count)
        case "audience":
            audience = lookup.record("audience", id, Audience)
            return Entry(f"{folder}/{id}.html", audience.name, audience.summary, count)
        case _:
            area = lookup.record("area", id, Area)
            return Entry(f"{folder}/{id}.html", area.name, "", count)


def _collection(page: Page, lookup: Lookup, frame: Frame, words: Words) -> CollectionView:
    kind, folder, id, *at = (cast("str", one) for one in page.given)
    cards = [lookup.card(one) for of, one in page.uses if of == "item"]
    this = entry(kind, folder, id, len(cards), lookup)
    groups, jumps = _groups(kind, cards, page, lookup, frame, words)
    head = Head(
        words["audience_title"].format(name=this.name) if kind == "audience" else this.name,
        words[f"{kind}_description"].format(name=this.name, n=len(cards)),
        ((f"{folder}/index.html", words[folder]),),
        column=words[folder],
    )
    unit = _unit(lookup.record("department", id, Department), lookup, words) if kind == "department" else Unit()
    places = tuple(place_in_words(place, lookup) for place in at)
    here = frame.areas.get(id, "") if kind == "area" else ""
    return CollectionView(head, this.summary, unit, places, groups, len(cards), here, jumps)


def _groups(
    kind: str, cards: list[Card], page: Page, lookup: Lookup, frame: Frame, words: Words
) -> tuple[tuple[Group, ...], str]:
    """Return the items in groups, and how to jump to one: those of a topic or an audience by area, others by topic."""
    if kind in ("topic", "audience") and frame.areas:
        groups = by_area(cards, lookup, frame, words)
        return groups, "names" if len(groups) > JUMPS_FROM or (len(groups) > 1 and len(cards) > GROUPS_FROM) else ""
    omit: tuple[str, ...] = ("area", "department") if kind == "department" else () if kind == "topic" else ("area",)
    lines = [line_of(card, lookup, frame, words, omit=omit) for card in cards]
    if kind == "topic":
        groups = by_letter(cards, lines)
        return groups, "letters" if len(groups) > 1 else ""
    groups = by_topic(cards, lines, topics_of(page, lookup))
    return groups, "names" if len(groups) > 1 else ""


def _unit(department: Department, lookup: Lookup, words: Words) -> Unit:
    parent = lookup.record("department", department.parent, Department).name if department.parent else ""
    rows = (
        ("parent_unit", parent),
        ("address", department.address),
        ("postcode", department.postcode),
        ("open", department.hours),
        ("fax", department.fax),
        ("email", department.email),
        ("website", department.website),
    )
    watched = department.supervision
    return Unit(
        tuple((words[label], text) for label, text in rows if text),
        tuple(call(phone) for phone in department.phones),
        tuple((office.name, office.duties, tuple(map(call, office.phones))) for office in department.offices),
        department.duties,
        (watched.unit, tuple(map(call, watched.phones))) if watched else None,
    )
