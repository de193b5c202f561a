"""Events (一件事): a page for each, and the list of them by what happened.

The page of an event shows parts of several items, so it is planned with the pages of its area; it is made again when one of
these items changes, and no other page is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from builder.content.card import Card
from builder.content.model.companions import Glossary, LibraryForm, LibraryMaterial, Place, Source
from builder.content.model.events import Event, EventQuestion, Life, OutsideStep
from builder.content.model.kinds import BY_RECORD, Key, key
from builder.content.site import Companion, Site
from builder.context import Frame
from builder.context.phones import Call
from builder.guide.guide import GLOSSARY
from builder.guide.sources import Sources, sources_of
from builder.render.event import Part, only_one_of, parts_of
from builder.render.event_passages import Passage, passages_of
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages import event_data, event_sheets, moved
from builder.render.pages.collection import JUMPS_FROM
from builder.render.pages.event_sheets import EventSheetPlan
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
from builder.wording.times import day

FOLDER = "events"
SAYINGS_SHOWN = 6  # on the page; the search knows all
INDEX = f"{FOLDER}/index.html"


@dataclass(frozen=True, slots=True)
class EventPlan:
    """An event, what it is called, its area where that has to be told, and its date."""

    id: str
    name: str
    area: str
    date: str


@dataclass(frozen=True, slots=True)
class EventView:
    """The page of an event. `main` is the question by whose answers it is divided.

    `others` are asked where script runs, each with the answers to the first for which it makes a difference. `parts` are
    those of each answer, as paper has them, `passages` what the page shows.
    `also` is how people say it, `calls` are those of the site: each step has its own; `only_one` the titles of what excludes each other.
    """

    head: Head
    id: str
    name: str
    summary: str
    nation: str
    also: tuple[str, ...]
    main: EventQuestion | None
    others: tuple[tuple[EventQuestion, tuple[str, ...]], ...]
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    days: bool
    starts: str
    only_one: str
    outside: tuple[OutsideStep, ...]
    calls: tuple[Call, ...]
    sources: Sources
    checked: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the list: where it is for, its sentence, and how many items it has."""

    url: str
    name: str
    summary: str
    count: int


@dataclass(frozen=True, slots=True)
class EventsPlan:
    """One page of the list: the events by the id of what happened, and the names of all of these; a site of one area has no groups."""

    portion: Portion[str, EventLine]
    names: tuple[tuple[str, str], ...]


class EventGroup(NamedTuple):
    """Events after one thing that happened; id and heading are "" for none."""

    id: str
    heading: str
    lines: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class EventsView:
    """One page of the list of events. `leads_on` tells that what is on another page is looked for here."""

    head: Head
    groups: tuple[EventGroup, ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None
    leads_on: bool


def address(id: str) -> str:
    """Return the address of the page of an event."""
    return f"{FOLDER}/{id}.html"


def place_in_list(life: str) -> str:
    """Return where the events after something that happened are listed."""
    return f"{INDEX}#g-{life}"


def named(companion: Companion[Event], site: Site) -> str:
    """Return what an event is called among others: with its area where there are several."""
    name = site.event_name(companion.record)
    area = site.area_name(companion.record.area) if site.areas_shown else ""
    return f"{name}（{area}）" if area else name


def on_home(site: Site) -> tuple[tuple[str, str], ...]:
    """Return what the home page leads to: each life with its name, and its only event or its place in the list."""
    by_life: dict[str, list[Companion[Event]]] = {}
    for one in site.events:
        by_life.setdefault(one.record.life, []).append(one)
    return tuple(
        (address(some[0].id) if len(some) == 1 else place_in_list(life), found.name)
        for life, some in by_life.items()
        if (found := site.find(Life, life))
    )


def plan_areas(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the page of each event of the areas of `site`."""
    for companion in site.events:
        event = companion.record
        cards = [card for _, card in site.steps_of(event)]
        uses = uses_of(companion, site)
        items = tuple(dict.fromkeys((card.id, card.file) for card in cards))
        area = frame.areas.get(event.area, "")
        plan = EventPlan(companion.id, site.event_name(event), area, site.date_of(companion, event.changed))
        name = named(companion, site)
        yield Page(address(companion.id), "event", plan, uses, items=items, name=name, column=INDEX)
        if site.settings.open_data:
            yield from event_data.plan_of(companion, site)
        if site.settings.print_guides:
            on_paper = EventSheetPlan(plan.id, plan.name, plan.area, plan.date)
            yield from event_sheets.plan_of(companion, on_paper, uses, items)
            yield from moved.plan_former(companion, site)


def uses_of(companion: Companion[Event], site: Site) -> tuple[Key, ...]:
    """Return the records of which the page of an event, or its text, can show something."""
    event = companion.record
    cards = [card for _, card in site.steps_of(event)]
    shown = (companion.key, key(Life, event.life), key(Glossary, GLOSSARY), *_sources(event), *_of_items(cards))
    return tuple(dict.fromkeys(shown))


_SHOWN = frozenset(BY_RECORD[record].name for record in (LibraryMaterial, LibraryForm, Place))


def _of_items(cards: list[Card]) -> Iterator[Key]:
    yield from (reference for card in cards for reference in card.references if reference[0] in _SHOWN)


def _sources(event: Event) -> Iterator[Key]:
    yield from (key(Source, one.source) for one in event.provenance)


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the list of events; nothing where there is none."""
    groups: dict[str, list[EventLine]] = {}
    for one in site.events:
        name = site.event_name(one.record)
        area = site.area_name(one.record.area) if site.areas_shown else ""
        line = EventLine(address(one.id), area or name, one.record.summary, len(site.steps_of(one.record)))
        groups.setdefault(one.record.life if area else "", []).append(line)
    names = tuple((life, found.name) for life in groups if (found := site.find(Life, life)))
    for portion in cut(groups.items()) if groups else ():
        yield Page(portion.address(INDEX), "event-list", EventsPlan(portion, names))


def view(page: Page[EventPlan], context: PageContext) -> EventView:
    """Return the page of an event."""
    plan, words = page.plan, context.words
    # Which of the records of an item a case needs only the item tells, so a change of any makes the page again.
    context.lookup.declared(set(page.uses))
    event = context.get(Event, plan.id)
    life = context.get(Life, event.life)
    parts = parts_of(event, context)
    passages = passages_of(event, parts, context)
    head = Head(
        plan.name,
        event.summary or words["event_summary"].format(name=plan.name),
        ((INDEX, words["events"]),),
        str(event.published or event.checked or "") or plan.date,
        plan.area,
        keywords=(plan.name, *life.say),
        column=words["events"],
    )
    return EventView(
        head,
        plan.id,
        plan.name,
        event.summary,
        life.nation,
        life.say[:SAYINGS_SHOWN],
        event.questions[0] if event.questions else None,
        tuple(
            (question, tuple(chain.from_iterable(one.matters.get(question.id, ()) for one in passages)))
            for question in event.questions[1:]
        ),
        parts,
        passages,
        any(term.days for part in parts for term in part.terms),
        event.starts[0] if event.starts else "",
        only_one_of(event, context),
        event.outside,
        context.frame.calls,
        sources_of(event.provenance, context),
        day(event.checked, words),
    )


def list_view(page: Page[EventsPlan], context: PageContext) -> EventsView:
    """Return one page of the list of events."""
    words, portion, names = context.words, page.plan.portion, dict(page.plan.names)
    head = Head(words["events"], words["summary_events"], column=words["events"])
    groups = tuple(
        EventGroup(life, continued_in_words(names.get(life, ""), words, continued=continued), lines)
        for life, lines, continued in ((one.group, one.lines, one.continued) for one in portion.stretches)
    )
    jumps = jumps_of(portion, INDEX, names.__getitem__) if len(portion.starts) > JUMPS_FROM else ()
    return EventsView(head, groups, jumps, pager_of(portion, INDEX), portion.number == 1)


FAMILY = PageFamily(
    plan,
    (
        PageKind("event", view, "event.html", "event", "content"),
        *event_sheets.KINDS,
        *event_data.KINDS,
        PageKind("event-list", list_view, "events.html", "index"),
    ),
    (Section("events", INDEX, lambda site: bool(site.events)),),
)
