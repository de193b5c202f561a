"""The record of an event (一件事) as open data: a file of its own, which the files of all events take up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.model.companions import Area, Source
from builder.content.model.events import Event, Life
from builder.content.model.kinds import key
from builder.content.site import Companion, Site
from builder.open_data.event_record import event_record
from builder.render.page import Page, PageContext, PageKind
from builder.render.pages import event_sheets
from builder.render.pages.item_data import DataView, record_text

FOLDER = "data/events"


@dataclass(frozen=True, slots=True)
class EventDataPlan:
    """An event, the day of its last change, the titles of its items in force by their ids, and whether it has sheets."""

    id: str
    date: str
    titles: tuple[tuple[str, str], ...]
    printed: bool


def address(id: str) -> str:
    """Return the address of the record of an event."""
    return f"{FOLDER}/{id}.json"


def plan_of(companion: Companion[Event], site: Site) -> Iterator[Page[EventDataPlan]]:
    """Plan the record of an event."""
    event, steps = companion.record, site.steps_of(companion.record)
    date = event.changed or site.date_of(companion)[:10]
    titles = tuple({card.id: card.title for _, card in steps}.items())
    sources = (key(Source, one.source) for one in event.provenance)
    uses = tuple(dict.fromkeys((companion.key, key(Life, event.life), key(Area, event.area), *sources)))
    # Only the item tells what a case is called.
    items = tuple(dict.fromkeys((card.id, card.file) for step, card in steps if step.case))
    plan = EventDataPlan(companion.id, date, titles, site.settings.print_guides)
    yield Page(address(companion.id), "event-data", plan, uses, items=items)


def view(page: Page[EventDataPlan], context: PageContext) -> DataView:
    """Return the record as JSON-LD, in the lines in which that of an item stands."""
    plan = page.plan
    event = context.get(Event, plan.id)
    answers = ("", *(one.id for one in event_sheets.answers_with_sheets(event))) if plan.printed else ()
    sheets = {answer: event_sheets.address(plan.id, answer) for answer in answers}
    record = event_record(event, plan.id, plan.date, sheets, dict(plan.titles), context.items, context)
    return DataView(record_text(page.url, record))


KINDS = (PageKind("event-data", view, "data.txt", "data", indexed=False),)
