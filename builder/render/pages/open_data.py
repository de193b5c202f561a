"""Open data (数据开放): files of the records of many items, as JSON-LD and as tables, and a page that tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from builder.content.card import Card
from builder.content.site import Site
from builder.context import Frame, Words
from builder.open_data.service_tables import EVENTS, HEADINGS, ITEMS, MATERIALS, STEPS, event_table_text, table_text
from builder.open_data.terms import MEANINGS
from builder.open_data.terms import context as json_context
from builder.render.listing import Head
from builder.render.page import Nothing, Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages import event_data, item_data
from builder.render.pages.item_data import DataView
from builder.wording.times import day

INDEX, CONTEXT = "data/index.html", "data/context.json"
TOGETHER = 500  # a site of more items has files for each area
PORTION = 500  # items in one file
TABLES = (ITEMS, MATERIALS, STEPS)

# What the keys of a record are called, by the names of words, in the order in which the page tells them.
KEYS: Mapping[str, str] = {
    "id": "number", "name": "official_name", "title": "data_title", "name_en": "data_name_en", "aliases": "data_aliases",
    "summary": "data_summary", "area": "area", "department": "department", "offices": "offices_inside", "units": "data_units",
    "type": "item_type", "handling": "handling_type", "status": "data_status", "status_note": "data_status_note",
    "cancelled_on": "data_cancelled_on", "replaced_by": "replaced_by", "codes": "data_codes", "topics": "topic",
    "audiences": "audience", "scope": "scope", "domain": "domain", "duty": "duty", "business": "business",
    "eligibility": "conditions", "excluded": "excluded", "eligibility_notes": "data_eligibility_notes", "whom": "data_whom",
    "materials": "materials", "materials_notes": "data_materials_notes", "forms": "forms", "channels": "channels",
    "online": "online", "steps": "steps", "visits": "visits", "appointment": "appointment", "coverage": "coverage",
    "depth": "depth", "places": "where", "hours": "hours", "windows": "windows", "phones": "contact", "time": "limits",
    "processing_time": "data_processing_time", "quota": "quota", "fees": "fees", "benefits": "benefits", "tables": "data_tables",
    "outputs": "outputs", "delivery": "delivery", "effects": "effects", "renewal": "renewal", "legal": "basis",
    "obligations": "obligations", "rights": "rights", "remedy": "remedy", "supervision": "supervision",
    "variants": "data_variants", "disclosure": "data_disclosure", "phase": "phase", "rollout": "data_rollout", "faq": "faq",
    "next": "next", "related": "related", "body": "body", "published": "data_published", "checked": "data_checked",
    "next_check": "data_next_check", "provenance": "source", "modified": "data_modified", "none": "data_none",
    "not_applicable": "data_not_applicable",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DataFiles:
    """The files of some items: their addresses without what differs, the name of the area ("" for all), and how many items.

    `events` is the address of those of the events there, without what differs, "" for none.
    """

    stem: str
    area: str
    count: int
    events: str


@dataclass(frozen=True, slots=True)
class OpenDataPlan:
    """All files, and the day of the last change of an item."""

    files: tuple[DataFiles, ...]
    date: str


@dataclass(frozen=True, slots=True)
class OpenDataView:
    """What the page tells: the day of the last change, the files in groups, each address with what is in it; the keys of a record with names and terms."""

    head: Head
    date: str
    groups: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]
    keys: tuple[tuple[str, str, str], ...]
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    events: bool


@dataclass(frozen=True, slots=True)
class PortionPlan:
    """The ids of the items or events of one file, and the table that it is, "" for their records."""

    items: tuple[str, ...]
    table: str


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the page, and the context of the records."""
    if not site.settings.open_data or not site.public:
        return
    files = tuple(
        DataFiles(
            stem, site.area_name(area), len(cards), _event_stem(area) if number == 0 and _events(site, area) else ""
        )
        for area, some in _parts(site)
        for number, (stem, cards) in enumerate(_portions(area, some))
    )
    latest = max(card.changed or site.date_of(card)[:10] for card in site.public)
    yield Page(INDEX, "open-data", OpenDataPlan(files, latest))
    yield Page(CONTEXT, "data-context", Nothing())


def plan_files(site: Site, frame: Frame, area: str = "") -> Iterator[Page[PortionPlan]]:
    """Plan the files of all items; with `area`, `site` is this area of a large one."""
    if not site.settings.open_data:
        return
    for name, some in [(area, site.public)] if area else _parts(site):
        for stem, cards in _portions(name, some):
            ids = tuple(card.id for card in cards)
            binds = tuple(map(item_data.address, ids))
            yield Page(f"{stem}.json", "data-records", PortionPlan(ids, ""), binds=binds)
            for table in TABLES:
                uses = tuple(card.key for card in cards) if table == ITEMS else ()
                yield Page(_table_address(stem, table), "data-table", PortionPlan(ids, table), uses, binds=binds)
        if events := _events(site, name):
            binds = tuple(map(event_data.address, events))
            yield Page(f"{_event_stem(name)}.json", "data-events", PortionPlan(events, ""), binds=binds)
            yield Page(f"{_event_stem(name)}.csv", "data-event-table", PortionPlan(events, EVENTS), binds=binds)


def _events(site: Site, area: str) -> tuple[str, ...]:
    """Return the ids of the events of an area, of all for none, in their order."""
    return tuple(sorted(one.id for one in site.events if area in ("", one.record.area)))


def _event_stem(area: str) -> str:
    return f"data/areas/events/{area}" if area else "data/events"


def _table_address(stem: str, table: str) -> str:
    return f"{stem}.csv" if table == ITEMS else f"{stem}-{table}.csv"


def _parts(site: Site) -> Iterator[tuple[str, Sequence[Card]]]:
    """Yield the items that stand in files of their own: all of them together, or those of each area."""
    if len(site.cards) <= TOGETHER:
        yield "", site.public
        return
    by_area = sorted(site.public, key=lambda card: card.area)
    yield from ((area, list(some)) for area, some in groupby(by_area, key=lambda card: card.area))


def _portions(area: str, cards: Iterable[Card]) -> Iterator[tuple[str, Sequence[Card]]]:
    """Yield the items of each file in the order of their ids, with the beginning of its address."""
    ordered = sorted(cards, key=lambda card: card.id)
    stem = f"data/areas/{area}" if area else "data/items"
    for number, at in enumerate(range(0, len(ordered), PORTION), start=1):
        yield stem if number == 1 else f"{stem}-{number}", ordered[at : at + PORTION]


def view(page: Page[OpenDataPlan], context: PageContext) -> OpenDataView:
    """Return what the page tells."""
    plan, words = page.plan, context.words
    title = words["open_data"]
    count = sum(files.count for files in plan.files)
    head = Head(title, words["summary_open_data"].format(n=count), date=plan.date, column=title)
    groups = tuple(
        (
            files.area,
            files.count,
            (
                (f"{files.stem}.json", words["data_records"]),
                *((_table_address(files.stem, table), words[f"data_table_{table}"]) for table in TABLES),
                *(_event_files(files.events, words) if files.events else ()),
            ),
        )
        for files in plan.files
    )
    service = MEANINGS["PublicService"].keys
    keys = tuple((key, words[word], service.get(key, "")) for key, word in KEYS.items())
    has_events = any(files.events for files in plan.files)
    tables = (*TABLES, EVENTS) if has_events else TABLES
    columns = tuple((words[f"data_table_{table}"], tuple(words[one] for one in HEADINGS[table])) for table in tables)
    changed = day(date.fromisoformat(plan.date), words) if plan.date else ""
    return OpenDataView(head, changed, groups, keys, columns, has_events)


def _event_files(stem: str, words: Words) -> tuple[tuple[str, str], ...]:
    return (f"{stem}.json", words["data_events"]), (f"{stem}.csv", words[f"data_table_{EVENTS}"])


def context_view(page: Page[Nothing], context: PageContext) -> DataView:
    """Return what the keys of the records mean."""
    return DataView(json.dumps(json_context(), ensure_ascii=False, indent=1) + "\n")


def records_view(page: Page[PortionPlan], context: PageContext) -> DataView:
    """Return the records of many items, or of many events, one in a line."""
    key = "events" if page.kind == "data-events" else "services"
    records = ",\n".join(item_data.body(context.bound_pages[url]) for url in page.binds)
    return DataView(f'{{{item_data.head(page.url)}\n"{key}":[\n{records}\n]}}\n')


def event_table_view(page: Page[PortionPlan], context: PageContext) -> DataView:
    """Return the table of many events."""
    records = [json.loads(item_data.body(context.bound_pages[url])) for url in page.binds]
    return DataView(event_table_text(records, context.words))


def table_view(page: Page[PortionPlan], context: PageContext) -> DataView:
    """Return a table of many items."""
    services = context.shared.get("services")
    if services is None:
        texts = (item_data.body(context.bound_pages[url]) for url in page.binds)
        services = context.shared["services"] = list(map(json.loads, texts))
    return DataView(table_text(page.plan.table, services, context.card, context.words))


def is_there(site: Site) -> bool:
    """Return whether the site has open data."""
    return site.settings.open_data and bool(site.public)


FAMILY = PageFamily(
    plan,
    (
        PageKind("open-data", view, "open_data.html", "open-data"),
        PageKind("data-context", context_view, "data.txt", "data"),
    ),
    (Section("open_data", INDEX, is_there),),
)
OF_MANY = PageFamily(
    plan_files,
    (
        PageKind("data-records", records_view, "data.txt", "data"),
        PageKind("data-table", table_view, "data.txt", "data"),
        PageKind("data-events", records_view, "data.txt", "data"),
        PageKind("data-event-table", event_table_view, "data.txt", "data"),
    ),
)
