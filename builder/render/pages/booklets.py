"""Booklets (办事指南手册): the guides of a department, a topic, an event or an own list, with contents and indexes.

A booklet embeds the rendered guide sheets, so it says exactly what each of them says. That of an event has its own sheets
before them, with one list of what to bring for each answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.content.brought import Brought, materials_in
from builder.content.card import Card
from builder.content.model.companions import (
    Booklet,
    BookletEntry,
    BookletPart,
    Department,
    LibraryMaterial,
    Place,
    Source,
    Topic,
)
from builder.content.model.events import Event, Life
from builder.content.model.kinds import Key, key
from builder.content.site import Site
from builder.context import Frame, Words
from builder.guide import Call, Sources, calls_of, sources_of
from builder.guide.flow import wrap
from builder.guide.material_lines import is_shared
from builder.render.event import name_of
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.pages.event_sheets import address as sheet_address
from builder.render.pages.event_sheets import answers_with_sheets
from builder.render.stamp import Stamp, stamp_of_lines
from builder.support.markdown import html_of, rebased
from builder.wording.choices import choice_in_words

TITLE_WIDTH = 14.0  # characters of a line of the title on the cover
FEWEST, MOST = 2, 200  # guides of a department or a topic that are worth binding, and that can be bound


@dataclass(frozen=True, slots=True)
class Chapter:
    """One guide of a booklet: its number, and the sheet without its frame."""

    number: int
    id: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class EventSheet:
    """A sheet of an event in its booklet: its number, what it is for, and the sheet without its frame."""

    number: int
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents. `chapter` is None for an entry that is only a name; `number` and `part` come from an own list.

    `is_chart` says that it stands for the flowchart of the chapter.
    """

    name: str
    chapter: Chapter | None
    number: str = ""
    part: str = ""
    is_chart: bool = False

    @property
    def target(self) -> str:
        """The id to which it leads: of the chapter, or of its first flowchart."""
        assert self.chapter  # noqa: S101 - a name only leads nowhere
        chart = f"c-{self.chapter.id}"
        return chart if self.is_chart and f'id="{chart}"' in self.chapter.html else f"b-{self.chapter.id}"


@dataclass(frozen=True, slots=True)
class BookletView:
    """A whole booklet. The indexes map names to chapters; `phones` lists departments and places with their phones.

    `sheets` are those of an event, before the guides.
    """

    head: Head
    lines: tuple[str, ...]  # of the title on the cover
    back: str
    unit: str
    area: str
    edition: str
    preface: str
    sheets: tuple[EventSheet, ...]
    contents: tuple[tuple[str, tuple[ContentsLine, ...]], ...]
    chapters: tuple[Chapter, ...]
    titles: tuple[tuple[str, tuple[Chapter, ...]], ...]
    materials: tuple[tuple[str, tuple[Chapter, ...]], ...]
    phones: tuple[tuple[str, str, tuple[Call, ...]], ...]
    stamp: Stamp
    sources: Sources
    sample: bool  # whether any of it is a sample only


@dataclass(frozen=True, slots=True)
class BookletPlan:
    """The record that the booklet is made for (a `Booklet`, a department, a topic or an event), and its items with their materials.

    The materials are packed, as cards keep them. `contacts` are the departments and places whose phones it lists, `sheets`
    the answers of an event, by id, of which it binds the sheets.
    """

    of: Key
    brings: tuple[tuple[str, bytes], ...]
    contacts: tuple[Key, ...]
    sheets: tuple[str, ...] = ()


def plan(site: Site, frame: Frame) -> Iterator[Page[BookletPlan]]:
    """Plan the booklets of the content folder, and one for each department, topic and event with enough items."""
    if not site.settings.print_guides:
        return
    offered = {card.id: card for card in site.offered}
    for booklet in site.all(Booklet):
        ids = dict.fromkeys(entry.item for entry in booklet.record.entries if entry.item in offered)
        publisher = key(Department, booklet.record.department) if booklet.record.department else None
        sources = tuple(key(Source, one.source) for one in booklet.record.provenance)
        yield _page(booklet.id, booklet.key, publisher, [offered[id] for id in ids if id], sources)
    for of, cards in worth_binding(site):
        if event := site.find(Event, of[1]) if of == key(Event, of[1]) else None:
            answers = tuple(option.id for option in answers_with_sheets(event)) or ("",)
            yield _page("-".join(of), of, None, cards, (key(Life, event.life),), answers)
        else:
            yield _page("-".join(of), of, of if of == key(Department, of[1]) else None, _by_area(cards, frame))


def worth_binding(site: Site) -> Iterator[tuple[Key, Sequence[Card]]]:
    """Yield the departments, topics and events that get a booklet, with their items; those of an event in its order."""
    for record, grouped in ((Department, site.by_department), (Topic, site.by_topic)):
        yield from ((key(record, id), cards) for id, cards in grouped.items() if FEWEST <= len(cards) <= MOST)
    for event in site.events:
        steps = tuple({card.id: card for _, card in site.steps_of(event.record)}.values())
        if len(steps) >= FEWEST:
            yield event.key, steps


def _by_area(cards: Sequence[Card], frame: Frame) -> Sequence[Card]:
    order = {area: at for at, area in enumerate(frame.areas)}
    return sorted(cards, key=lambda card: order.get(card.area, 0))  # each in its area's pinyin order


def _page(
    name: str,
    of: Key,
    publisher: Key | None,
    cards: Sequence[Card],
    more: tuple[Key, ...] = (),
    sheets: tuple[str, ...] = (),
) -> Page[BookletPlan]:
    contacts = [*([publisher] if publisher else []), *(contact for card in cards for contact in _contacts(card))]
    brings = tuple((card.id, card.brings_packed) for card in cards)
    plan = BookletPlan(of, brings, tuple(dict.fromkeys(contacts)), sheets)
    uses = (
        of,
        *(card.key for card in cards),
        *plan.contacts,
        *more,
        *(key(LibraryMaterial, one.ref) for card in cards for one in _from_library(card.brings_packed)),
    )
    of_event = (sheet_address(of[1], answer) for answer in sheets)
    binds = (*of_event, *(f"print/guide/{card.id}.html" for card in cards))
    return Page(f"print/booklet/{name}.html", "print-booklet", plan, tuple(dict.fromkeys(uses)), binds=binds)


def _contacts(card: Card) -> Iterator[Key]:
    if card.department:
        yield key(Department, card.department)
    yield from (key(Place, stop.place) for stop in card.at)


def view(page: Page[BookletPlan], context: PageContext) -> BookletView:
    """Return what the booklet shows."""
    plan, words = page.plan, context.words
    chapters = tuple(_chapters(page, context))
    title, unit, area, back = _cover(plan.of, context)
    record = context.get(Booklet, plan.of[1]) if plan.of == key(Booklet, plan.of[1]) else None
    texts = [context.bound_pages[url] for url in page.binds]
    sheets = tuple(_sheets(page, context))
    contents = tuple(_contents(record, chapters, context))
    phones = tuple(_phones(plan, context))
    sources = sources_of(record.provenance, context) if record else Sources()
    dates = [context.card(chapter.id).changed for chapter in chapters]
    return BookletView(
        head=Head(title, words["booklet_description"].format(title=f"{area}{title}", n=len(chapters))),
        lines=wrap(title, TITLE_WIDTH),
        back=back,
        unit=unit,
        area=area,
        edition=record.edition if record else max(dates, default=""),
        preface=rebased(html_of(record.preface), "../") if record and record.preface else "",
        sheets=sheets,
        contents=contents,
        chapters=chapters,
        titles=_by_initial(chapters, context),
        materials=_by_material(chapters, plan, context),
        phones=phones,
        stamp=stamp_of_lines(_said(title, unit, record, contents, texts, phones), page.url, context),
        sources=sources,
        sample=sources.sample or any('class="sample"' in text for text in texts),
    )


def _said(
    title: str,
    unit: str,
    record: Booklet | None,
    contents: Iterable[tuple[str, tuple[ContentsLine, ...]]],
    sheets: Iterable[str],
    phones: Iterable[tuple[str, str, tuple[Call, ...]]],
) -> Iterator[str]:
    """Yield the plain text of the booklet. Each guide is represented by its edition code."""
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
_ON_SCREEN = re.compile(r'<(nav|p) class="no-print\b.*?</\1>', re.DOTALL)  # what leads to other sheets
_HEADING = re.compile(r"(</?h)([1-5])\b")


def _sheets(page: Page[BookletPlan], context: PageContext) -> Iterator[EventSheet]:
    plan = page.plan
    if not plan.sheets:
        return
    event = context.get(Event, plan.of[1])
    titles = [option.text for option in answers_with_sheets(event)] or [name_of(event, context)]
    for number, (title, url) in enumerate(zip(titles, page.binds, strict=False), start=1):
        yield EventSheet(number, title, _ON_SCREEN.sub("", _bound(context.bound_pages[url])))


def _chapters(page: Page[BookletPlan], context: PageContext) -> Iterator[Chapter]:
    guides = page.binds[len(page.plan.sheets) :]
    for number, ((id, _), url) in enumerate(zip(page.plan.brings, guides, strict=True), start=1):
        yield Chapter(number, id, context.card(id).title, _bound(context.bound_pages[url]))


def _bound(sheet: str) -> str:
    """Return the content of a sheet with its headings one level lower, below the title of the booklet."""
    main = _MAIN.search(sheet)
    if main is None:
        raise ValueError("a sheet that is to be bound has no <main>")
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", main[1])


def _cover(of: Key, context: PageContext) -> tuple[str, str, str, str]:
    """Return the title, department and area of a booklet, and the address of the page that links to it."""
    id, areas, words = of[1], context.frame.areas, context.words
    if of == key(Booklet, id):
        booklet = context.get(Booklet, id)
        unit = context.get(Department, booklet.department).name if booklet.department else ""
        return booklet.title, unit, areas.get(booklet.area or "", ""), "print/index.html"
    if of == key(Department, id):
        department = context.get(Department, id)
        title = words["booklet_of"].format(name=department.short or department.name)
        return title, department.name, areas.get(department.area or "", ""), f"departments/{id}.html"
    if of == key(Event, id):
        event = context.get(Event, id)
        title = words["booklet_of"].format(name=name_of(event, context))
        return title, context.frame.settings.host, areas.get(event.area, ""), f"events/{id}.html"
    name = context.get(Topic, id).name
    return words["booklet_of"].format(name=name), context.frame.settings.host, "", f"topics/{id}.html"


def _contents(
    record: Booklet | None, chapters: Sequence[Chapter], context: PageContext
) -> Iterator[tuple[str, tuple[ContentsLine, ...]]]:
    """Yield the contents: the entries of an own list, or else the chapters by area."""
    if record:
        found = {chapter.id: chapter for chapter in chapters}
        yield "", tuple(_listed(entry, found, context.words) for entry in record.entries)
        return
    areas = dict.fromkeys(context.card(chapter.id).area for chapter in chapters)
    for area in areas:
        some = (one for one in chapters if context.card(one.id).area == area)
        yield (
            context.frame.areas.get(area, "") if len(areas) > 1 else "",
            tuple(ContentsLine(one.title, one) for one in some),
        )


def _listed(entry: BookletEntry, chapters: dict[str, Chapter], words: Words) -> ContentsLine:
    chapter = chapters.get(entry.item or "")
    part = choice_in_words(entry.part, words)
    return ContentsLine(entry.name, chapter, entry.number, part, is_chart=entry.part is BookletPart.CHART)


def _by_initial(chapters: Sequence[Chapter], context: PageContext) -> tuple[tuple[str, tuple[Chapter, ...]], ...]:
    grouped: dict[str, list[Chapter]] = {}
    for chapter in sorted(chapters, key=lambda one: context.card(one.id).order):
        grouped.setdefault(context.card(chapter.id).initial, []).append(chapter)
    return tuple((letter, tuple(some)) for letter, some in grouped.items())


def _by_material(
    chapters: Sequence[Chapter], plan: BookletPlan, context: PageContext
) -> tuple[tuple[str, tuple[Chapter, ...]], ...]:
    """Return the library materials in pinyin order, each with the chapters that require it."""
    asked: dict[str, dict[int, Chapter]] = {}
    for chapter, (_, brings) in zip(chapters, plan.brings, strict=True):
        for one in _from_library(brings):
            if not is_shared(one, context):
                asked.setdefault(one.ref, {})[chapter.number] = chapter
    in_order = sorted(asked, key=lambda ref: context.order(LibraryMaterial, ref))
    return tuple((context.get(LibraryMaterial, ref).name, tuple(asked[ref].values())) for ref in in_order)


def _from_library(brings: bytes) -> Iterator[Brought]:
    """Yield the materials that go by the name that the library gives them."""
    yield from (one for one in materials_in(brings) if one.ref and not one.name)


def _phones(plan: BookletPlan, context: PageContext) -> Iterator[tuple[str, str, tuple[Call, ...]]]:
    """Yield name, address and phones of each department and place, and of the branches of a place after it."""
    for contact in plan.contacts:
        id = contact[1]
        unit = context.get(Department, id) if contact == key(Department, id) else context.get(Place, id)
        branches = unit.branches if isinstance(unit, Place) else ()
        yield from (
            (party.name, party.address, calls_of(party.phones, context.words))
            for party in (unit, *branches)
            if party.phones
        )


FAMILY = PageFamily(
    plan, (PageKind("print-booklet", view, "print/booklet.html", "sheets", indexed=False, printed=True),)
)
