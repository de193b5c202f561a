"""Index pages: the departments, topics and areas, and a page for each with its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from builder.card import Card
from builder.frame import Frame
from builder.guide import Call, call
from builder.model.companions import Area, Department, Topic
from builder.page import Known, Page
from builder.pages.listing import Entry, Group, Head, by_area, by_letter, line_of
from builder.site import Companion, Site
from builder.words import Words

# The kind of a collection, and its folder, which is also the word for its index.
COLLECTIONS = (("department", "departments"), ("topic", "topics"), ("area", "areas"))


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of all departments, topics or areas."""

    head: Head
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CollectionView:
    """One department, topic or area with its items."""

    head: Head
    summary: str
    contact: tuple[tuple[str, str], ...]
    calls: tuple[Call, ...]
    groups: tuple[Group, ...]
    count: int
    letters: bool


def members(site: Site, kind: str) -> Mapping[str, tuple[Card, ...]]:
    """Return the offered items of every department, topic or area."""
    return {"department": site.by_department, "topic": site.by_topic, "area": site.by_area}[kind]


def shown(site: Site, kind: str) -> tuple[Companion, ...]:
    """Return the companions of one kind that have items, in the order of their file."""
    return tuple(one for one in site.of(kind) if one.id in members(site, kind))


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan an index and a page for each; what would be empty is not made."""
    for kind, folder in COLLECTIONS:
        if folder not in frame.sections:
            continue
        found = shown(site, kind)
        counts = tuple(len(members(site, kind)[one.id]) for one in found)
        yield Page(
            f"{folder}/index.html", f"{kind}-list", uses=tuple(one.key for one in found), given=(kind, folder, *counts)
        )
        for one in found:
            cards = members(site, kind)[one.id]
            departments = dict.fromkeys(("department", card.department) for card in cards if card.department)
            uses = (one.key, *departments, *(card.key for card in cards))
            yield Page(f"{folder}/{one.id}.html", kind, uses=uses, given=(kind, folder, one.id))


def view(page: Page, known: Known, frame: Frame, words: Words) -> IndexView | CollectionView:
    """Return what the page shows."""
    return _index(page, known, words) if page.kind.endswith("-list") else _collection(page, known, frame, words)


def _index(page: Page, known: Known, words: Words) -> IndexView:
    kind, folder, *counts = page.given
    entries = (
        entry(cast("str", kind), cast("str", folder), id, cast("int", count), known)
        for (_, id), count in zip(page.uses, counts, strict=True)
    )
    head = Head(words[cast("str", folder)], words[f"summary_{folder}"], column=words[cast("str", folder)])
    return IndexView(head, tuple(entries))


def entry(kind: str, folder: str, id: str, count: int, known: Known) -> Entry:
    """Return the link to one department, topic or area."""
    match kind:
        case "department":
            department = known.record("department", id, Department)
            return Entry(f"{folder}/{id}.html", department.name, department.summary, count)
        case "topic":
            topic = known.record("topic", id, Topic)
            return Entry(f"{folder}/{id}.html", topic.name, topic.summary, count)
        case _:
            area = known.record("area", id, Area)
            return Entry(f"{folder}/{id}.html", area.name, "", count)


def _collection(page: Page, known: Known, frame: Frame, words: Words) -> CollectionView:
    kind, folder, id = (cast("str", one) for one in page.given)
    cards = [known.card(one) for of, one in page.uses if of == "item"]
    this = entry(kind, folder, id, len(cards), known)
    if kind == "topic" and frame.areas and len(cards) > 1:
        groups = by_area(cards, known, frame, with_department=True)
    else:
        groups = by_letter(cards, (line_of(card, known, frame, with_department=kind != "department") for card in cards))
    contact: tuple[tuple[str, str], ...] = ()
    calls: tuple[Call, ...] = ()
    if kind == "department":
        department = known.record("department", id, Department)
        rows = ((words["address"], department.address), (words["open"], department.hours))
        contact = tuple((label, text) for label, text in rows if text)
        calls = tuple(call(phone) for phone in department.phones)
    description = words[f"{kind}_description"].format(name=this.name, n=len(cards))
    crumbs = ((f"{folder}/index.html", words[folder]),)
    head = Head(this.name, description, crumbs, column=words[folder])
    letters = len(groups) > 1 and kind != "topic"
    return CollectionView(head, this.summary, contact, calls, groups, len(cards), letters)
