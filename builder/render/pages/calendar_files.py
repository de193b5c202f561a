"""Calendar files (.ics): of each item with set days of application, of each area, and of the whole site.

An entry has a permanent name without dates, so that an edited day replaces the old one in the calendar of the visitor. No file
tells the clock: entries begin in the year of the last change of their item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from builder.calendar_files.entries import DayEntry, Role, entries_of, has_entries
from builder.calendar_files.icalendar import Event, calendar_text, together
from builder.content.card import Card
from builder.content.model.item import Item
from builder.content.model.kinds import Key
from builder.content.own_periods import OwnPeriod, own_periods
from builder.content.site import Site
from builder.context import Frame, Words
from builder.guide import Guide
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.pages.item_data import DataView
from builder.support.fingerprint import fingerprint
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.times import ends_in_words, window_in_words

WHOLE = "calendar.ics"
_UNDATED = date(2000, 1, 1)  # of an item of which no date is known


@dataclass(frozen=True, slots=True)
class CalendarFilePlan:
    """The item of a file, its area, and its last change if the item does not say it itself."""

    id: str
    area: str
    date: str


@dataclass(frozen=True, slots=True)
class CalendarsPlan:
    """The area whose items a file has, "" for all."""

    area: str


def address(id: str) -> str:
    """Return the address of the file of the item with this id."""
    return f"calendar/{id}.ics"


def address_of_area(area: str) -> str:
    """Return the address of the file of an area."""
    return f"calendar/areas/{area}.ics"


def dated(card: Card) -> bool:
    """Tell whether the item is in force and has set days."""
    return card.active and any(has_entries(period.span) for period in card.periods)


def address_in_guide(item: Item, id: str, *, active: bool) -> str:
    """Return the address of the file of an item, "" where it has none."""
    return address(id) if active and any(has_entries(period.span) for period in own_periods(item)) else ""


def plan_of(card: Card, uses: tuple[Key, ...], date: str) -> Iterator[Page[CalendarFilePlan]]:
    """Plan the file of an item, last changed on `date` if the item does not say it itself."""
    if dated(card):
        plan = CalendarFilePlan(card.id, card.area, date)
        yield Page(address(card.id), "item-calendar", plan, uses, item=card.file)


def plan_files(site: Site, frame: Frame) -> Iterator[Page[CalendarsPlan]]:
    """Plan the files of many items: of each area where there are several, and of all where the site is not large."""
    cards = [card for card in site.offered if dated(card)]
    if not cards:
        return
    if not site.is_large:
        yield _page(WHOLE, "", cards)
    for area in frame.areas:
        if some := [card for card in cards if card.area == area]:
            yield _page(address_of_area(area), area, some)


def _page(url: str, area: str, cards: Sequence[Card]) -> Page[CalendarsPlan]:
    return Page(url, "calendar-file", CalendarsPlan(area), binds=tuple(address(card.id) for card in cards))


def view(page: Page[CalendarFilePlan], context: PageContext) -> DataView:
    """Return the calendar of an item."""
    item, guide, plan = context.item, context.guide, page.plan
    stated = str(item.checked or item.published or plan.date[:10])
    changed = date.fromisoformat(stated) if stated else _UNDATED
    frame = context.frame
    events = _events(own_periods(item), guide, changed, plan.id, context)
    name = joined((guide.title, frame.areas.get(plan.area, "")), context.words)
    return DataView(calendar_text(name, frame.settings.name, events))


def together_view(page: Page[CalendarsPlan], context: PageContext) -> DataView:
    """Return the calendars of many items as one."""
    frame, words = context.frame, context.words
    name = joined((words["calendar"], frame.areas.get(page.plan.area, "")), words)
    whole = labelled(frame.settings.name, name, words)
    return DataView(together(whole, frame.settings.name, (context.bound_pages[url] for url in page.binds)))


def _events(
    periods: Iterator[OwnPeriod], guide: Guide, changed: date, id: str, context: PageContext
) -> Iterator[Event]:
    words, settings = context.words, context.frame.settings
    url = f"{settings.base_url}/items/{id}.html" if settings.base_url else ""
    numbers: Counter[str] = Counter()  # of the stretches of days for the same matter
    for period in periods:
        span = period.span
        matter = f"{period.case}\0{period.who}\0{period.for_}".strip("\0")
        mark = fingerprint(matter) if matter else ""
        for entry in entries_of(span, changed.year):
            number = numbers[mark] + entry.number
            stem = ".".join(filter(None, (id, mark, str(number), entry.role.value)))
            yield Event(
                uid=f"{stem}@{context.frame.mark}",
                changed=changed,
                day=entry.start,
                rule=entry.rule,
                title=_title(entry, period, guide, words),
                details=_details(period, guide, words),
                place=_place(guide, words),
                url=url,
            )
        numbers[mark] += len(span.each)


def _title(entry: DayEntry, period: OwnPeriod, guide: Guide, words: Words) -> str:
    title = with_note(guide.title, period.who + period.for_ or period.case, words)
    first, last = ends_in_words(period.span.each[entry.number - 1], words)
    match entry.role:
        case Role.FIRST if entry.is_near:
            return words["entry_near_first"].format(title=title, day=first)
        case Role.FIRST:
            return words["entry_only" if entry.is_only else "entry_first"].format(title=title, day=last)
        case Role.LAST:
            return words["entry_near_last" if entry.is_near else "entry_last"].format(title=title, day=last)
        case Role.AHEAD:
            return words["entry_ahead"].format(title=title, day=last)


def _details(period: OwnPeriod, guide: Guide, words: Words) -> str:
    said = labelled(period.case, window_in_words(period, words), words)
    calls = enumerated((call.shown for call in guide.calls[:2]), words)
    lines = (said, labelled(words["contact"], calls, words) if calls else "", words["entry_may_change"])
    return "\n".join(filter(None, lines))


def _place(guide: Guide, words: Words) -> str:
    """Return where one goes, where it is one place."""
    if len(guide.places) != 1 or guide.places[0].branches:
        return ""
    place = guide.places[0]
    return in_clauses((joined((place.name, place.window), words), place.address), words)


KINDS = (PageKind("item-calendar", view, "data.txt", "data"),)
OF_MANY = PageFamily(plan_files, (PageKind("calendar-file", together_view, "data.txt", "data"),))
