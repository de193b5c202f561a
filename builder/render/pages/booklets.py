"""Booklets (办事指南手册): the guides of a department, of a topic or of a list of its own, bound with contents and indexes.

A booklet binds the sheets that were made for their items, so that it says just what each of them says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from builder.content.card import Card, Choice, Key, pinyin
from builder.content.model.companions import (
    Booklet,
    BookletEntry,
    BookletPart,
    Department,
    LibraryMaterial,
    Place,
    Topic,
)
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Call, calls_of
from builder.guide.flow import wrap
from builder.render.listing import Head
from builder.render.page import Page
from builder.render.stamp import Stamp, stamp_of_lines
from builder.support.markdown import html_of

TITLE_WIDTH = 14.0  # characters of a line of the title on the cover
FEWEST, MOST = 2, 200  # guides of a department or a topic that are worth binding, and that can be bound

Brought: TypeAlias = tuple[str, tuple[Choice, ...]]  # an item, and what one brings for it


@dataclass(frozen=True, slots=True)
class Chapter:
    """One guide of a booklet: its number, and the sheet without its frame."""

    number: int
    id: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents. `chapter` is None for what is a name only; `number` and `part` are those of a list."""

    name: str
    chapter: Chapter | None
    number: str = ""
    part: str = ""

    @property
    def target(self) -> str:
        """The id to which it leads: of the chapter, or of its first flowchart."""
        assert self.chapter  # noqa: S101 - a name only leads nowhere
        chart = f"c-{self.chapter.id}"
        return (
            chart
            if self.part == BookletPart.CHART.label and f'id="{chart}"' in self.chapter.html
            else f"b-{self.chapter.id}"
        )


@dataclass(frozen=True, slots=True)
class BookletView:
    """A whole booklet. The indexes lead from a name to chapters; `phones` are units and places with their calls."""

    head: Head
    lines: tuple[str, ...]  # of the title on the cover
    back: str
    unit: str
    area: str
    edition: str
    preface: str
    contents: tuple[tuple[str, tuple[Entry, ...]], ...]
    chapters: tuple[Chapter, ...]
    titles: tuple[tuple[str, tuple[Chapter, ...]], ...]
    materials: tuple[tuple[str, tuple[Chapter, ...]], ...]
    phones: tuple[tuple[str, str, tuple[Call, ...]], ...]
    stamp: Stamp
    sample: bool


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the booklets of the content folder, and one for each department and topic that is worth it."""
    if not site.settings.print_guides:
        return
    offered = {card.id: card for card in site.offered}
    for record in site.of("booklet"):
        booklet = cast("Booklet", record.record)
        ids = dict.fromkeys(entry.item for entry in booklet.entries if entry.item in offered)
        around = [("department", booklet.department or ""), ("area", booklet.area or "")]
        yield _page(record.id, record.key, around, [offered[id] for id in ids if id], site)
    for (kind, id), cards in worth_binding(site):
        yield _page(f"{kind}-{id}", (kind, id), [], _by_area(cards, frame), site)


def worth_binding(site: Site) -> Iterator[tuple[Key, Sequence[Card]]]:
    """Yield the departments and topics that get a booklet, with their items."""
    for kind, grouped in (("department", site.by_department), ("topic", site.by_topic)):
        yield from (((kind, id), cards) for id, cards in grouped.items() if FEWEST <= len(cards) <= MOST)


def _by_area(cards: Sequence[Card], frame: Frame) -> Sequence[Card]:
    order = {area: at for at, area in enumerate(frame.areas)}
    return sorted(cards, key=lambda card: order.get(card.area, 0))  # each in its area's pinyin order


def _page(name: str, of: Key, around: Iterable[Key], cards: Sequence[Card], site: Site) -> Page:
    uses = dict.fromkeys((of, *around, *(key for card in cards for key in _used(card))))
    binds = tuple(f"print/guide/{card.id}.html" for card in cards)
    given = (*of, tuple((card.id, card.brings) for card in cards))
    known = tuple(key for key in uses if key in site.known)
    return Page(f"print/booklet/{name}.html", "print-booklet", uses=known, given=given, binds=binds)


def _used(card: Card) -> Iterator[Key]:
    yield card.key
    yield "department", card.department
    yield from (("place", place) for place, _ in card.at)
    yield from (("material", ref) for choice in card.brings for ref, _ in choice if ref)


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> BookletView:
    """Return what the booklet shows."""
    kind, id, given = cast("tuple[str, str, tuple[Brought, ...]]", page.given)
    chapters = tuple(_chapters(page, given, lookup))
    title, unit, area, back = _cover(kind, id, lookup, frame, words)
    record = lookup.record("booklet", id, Booklet) if kind == "booklet" else None
    texts = [lookup.bound(url) for url in page.binds]
    contents = tuple(_contents(record, chapters, lookup, frame))
    phones = tuple(_phones(page, lookup))
    dates = [lookup.card(chapter.id).changed for chapter in chapters]
    return BookletView(
        head=Head(title, words["booklet_description"].format(title=title, n=len(chapters))),
        lines=wrap(title, TITLE_WIDTH),
        back=back,
        unit=unit,
        area=area,
        edition=record.edition if record else max(dates, default=""),
        preface=html_of(record.preface) if record and record.preface else "",
        contents=contents,
        chapters=chapters,
        titles=_by_initial(chapters, lookup),
        materials=_by_material(chapters, given, lookup),
        phones=phones,
        stamp=stamp_of_lines(_said(title, unit, record, contents, texts, phones), page.url, frame, words),
        sample=any('class="sample"' in text for text in texts),
    )


def _said(
    title: str,
    unit: str,
    record: Booklet | None,
    contents: Iterable[tuple[str, tuple[Entry, ...]]],
    sheets: Iterable[str],
    phones: Iterable[tuple[str, str, tuple[Call, ...]]],
) -> Iterator[str]:
    """Yield what the booklet says, line by line: its guides by the codes of their editions."""
    yield from (title, unit)
    if record:
        yield from (record.edition, record.preface)
    for part, entries in contents:
        yield part
        yield from (f"{entry.number} {entry.name}" for entry in entries)
    yield from (code for sheet in sheets for code in _EDITION.findall(sheet))
    yield from (" ".join((name, address, *(call.shown for call in calls))) for name, address, calls in phones)


_EDITION = re.compile(r'data-edition="([0-9A-F]{6})"')
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_HEADING = re.compile(r"(</?h)([1-5])\b")


def _chapters(page: Page, given: Iterable[Brought], lookup: Lookup) -> Iterator[Chapter]:
    for number, ((id, _), url) in enumerate(zip(given, page.binds, strict=True), start=1):
        card = lookup.card(id)
        yield Chapter(number, card.id, card.title, _bound(lookup.bound(url)))


def _bound(sheet: str) -> str:
    """Return what stands in a sheet's frame, its headings one level lower: the booklet's own title is the first."""
    main = _MAIN.search(sheet)
    if main is None:
        raise ValueError("a sheet that is to be bound has no <main>")
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", main[1])


def _cover(kind: str, id: str, lookup: Lookup, frame: Frame, words: Words) -> tuple[str, str, str, str]:
    """Return title, unit and area of a booklet, and the page that it belongs to."""
    match kind:
        case "booklet":
            booklet = lookup.record(kind, id, Booklet)
            unit = lookup.record("department", booklet.department, Department).name if booklet.department else ""
            return booklet.title, unit, frame.areas.get(booklet.area or "", ""), "print/index.html"
        case "department":
            department = lookup.record(kind, id, Department)
            area = frame.areas.get(department.area or "", "")
            title = words["booklet_of"].format(name=department.short or department.name)
            return title, department.name, area, f"departments/{id}.html"
        case _:
            name = lookup.record(kind, id, Topic).name
            return words["booklet_of"].format(name=name), frame.settings.host, "", f"topics/{id}.html"


def _contents(
    record: Booklet | None, chapters: Sequence[Chapter], lookup: Lookup, frame: Frame
) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield the contents: those of a list in its order, else the chapters by area."""
    if record:
        found = {chapter.id: chapter for chapter in chapters}
        yield "", tuple(_listed(entry, found) for entry in record.entries)
        return
    areas = dict.fromkeys(lookup.card(chapter.id).area for chapter in chapters)
    for area in areas:
        some = (one for one in chapters if lookup.card(one.id).area == area)
        yield frame.areas.get(area, "") if len(areas) > 1 else "", tuple(Entry(one.title, one) for one in some)


def _listed(entry: BookletEntry, chapters: dict[str, Chapter]) -> Entry:
    return Entry(entry.name, chapters.get(entry.item or ""), entry.number, entry.part.label)


def _by_initial(chapters: Sequence[Chapter], lookup: Lookup) -> tuple[tuple[str, tuple[Chapter, ...]], ...]:
    grouped: dict[str, list[Chapter]] = {}
    for chapter in sorted(chapters, key=lambda one: lookup.card(one.id).order):
        grouped.setdefault(lookup.card(chapter.id).initial, []).append(chapter)
    return tuple((letter, tuple(some)) for letter, some in grouped.items())


def _by_material(
    chapters: Sequence[Chapter], given: Iterable[Brought], lookup: Lookup
) -> tuple[tuple[str, tuple[Chapter, ...]], ...]:
    """Return the materials of the library in pinyin order, each with the chapters that ask for it."""
    asked: dict[str, dict[int, Chapter]] = {}
    for chapter, (_, brings) in zip(chapters, given, strict=True):
        for ref, _ in (one for choice in brings for one in choice):
            if ref:
                asked.setdefault(ref, {})[chapter.number] = chapter
    named = ((lookup.record("material", ref, LibraryMaterial).name, some) for ref, some in asked.items())
    return tuple((name, tuple(some.values())) for name, some in sorted(named, key=lambda one: pinyin(one[0])))


def _phones(page: Page, lookup: Lookup) -> Iterator[tuple[str, str, tuple[Call, ...]]]:
    """Yield units and places with address and phones, each once, and the branches of places after them."""
    for kind, id in page.uses:
        if kind == "department":
            department = lookup.record(kind, id, Department)
            if department.phones:
                yield department.name, department.address, calls_of(department.phones)
        elif kind == "place":
            place = lookup.record(kind, id, Place)
            if place.phones:
                yield place.name, place.address, calls_of(place.phones)
            yield from (
                (branch.name, branch.address, calls_of(branch.phones)) for branch in place.branches if branch.phones
            )
