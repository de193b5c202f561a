"""The pages at old addresses: one that leads on to where a page stands now, or one that says why there is none.

They need no server: a browser follows them by itself, and who comes without script or refresh has a link. An item or an
event takes the addresses of its sheets and of its record with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from builder.content.addresses import RECORDS, SHEETS_OF_ITEMS, beside, page_of
from builder.content.card import Card
from builder.content.model.companions import Department
from builder.content.model.editions import PaperKind
from builder.content.model.events import Event, Life
from builder.content.model.item import Item, Status
from builder.content.model.kinds import BY_NAME, Key, key
from builder.content.model.moved import Moved
from builder.content.site import Companion, Site
from builder.context import Frame, Words
from builder.guide import Call, calls_of
from builder.open_data.public_record import SERVICE
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.pages import event_sheets, item_data, sheets
from builder.wording.times import day


@dataclass(frozen=True, slots=True)
class MovedPlan:
    """Where the page leads: an address in this site or outside, "" where the old page is gone.

    `entry` is the entry that tells it, "" for a sheet of an item out of force or of a former answer. `target` is the record whose page that is,
    None where it is of no record. `guides` are the ids of the item before and now, where a guide leads on to a guide.
    """

    entry: str
    to: str
    target: Key | None
    guides: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class MovedView:
    """What the page says. `link` is relative to it or absolute, "" where there is nothing to lead to.

    `host` is that of another site, `title` what the page there is called, "" where that is not known. `calls` are whom to
    ask, `unit` is whose phones they are, "" for those of the site.
    """

    head: Head
    link: str
    canonical: str
    host: str
    title: str
    why: str
    on_paper: bool  # whether papers may carry the address
    since: str
    unit: str
    calls: tuple[Call, ...]
    guides: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """The text of a file."""

    text: str


def plan(site: Site, frame: Frame) -> Iterator[Page[MovedPlan]]:
    """Plan the pages at the old addresses: those that are told, and those of what stood beside such a page."""
    entries = site.all(Moved)
    told = {entry.id for entry in entries}
    for entry in entries:
        yield _page(entry.id, entry.record.to, entry, site)
        event = _event_at(entry.record.page, site)
        answers = (url for url, _ in _pairs(entry, event.record)) if event else ()
        for url in dict.fromkeys((*beside(entry.id), *answers, *_told_answers(entry))):
            if url not in told and not _is_there(url, site):
                yield _page(url, _target_beside(url, entry, site), entry, site)


def moved_guides(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the old id of each guide that has an entry, and the id of the guide to which it leads, "" for none."""
    for entry in site.all(Moved):
        if old := _item_at(entry.id):
            yield old, _item_at(entry.record.page)


def plan_ended(card: Card, site: Site) -> Iterator[Page[MovedPlan]]:
    """Plan pages at the addresses of the sheets that an item out of force does not have any more: they lead to the item."""
    if site.settings.print_guides and not card.active:
        for kind in SHEETS_OF_ITEMS:
            if kind is not PaperKind.GUIDE:
                plan = MovedPlan("", card.url, card.key)
                yield Page(f"print/{kind}/{card.id}.html", "moved", plan, (card.key,), item=card.file)


def plan_former(companion: Companion[Event], site: Site) -> Iterator[Page[MovedPlan]]:
    """Plan pages at the addresses of the sheets of answers that an event has no more: they lead to the sheet of the event."""
    told = {entry.id for entry in site.all(Moved)}
    for answer in event_sheets.former_answers(companion.record):
        if (url := event_sheets.address(companion.id, answer)) not in told:
            plan = MovedPlan("", event_sheets.address(companion.id), companion.key)
            yield Page(url, "moved", plan, (companion.key, key(Life, companion.record.life)))


def _is_there(url: str, site: Site) -> bool:
    """Return whether a booklet of the content folder has the address of the booklet of a department or topic."""
    return (target := _record_at(url)) is not None and target in site.known


def _record_at(url: str) -> Key | None:
    """Return the record whose page is at `url`, None for a page of none."""
    found = page_of(url)
    return key(RECORDS[found[0]], found[1]) if found else None


def _item_at(url: str) -> str:
    """Return the id of the item whose page is at `url`, "" for a page of none."""
    found = page_of(url)
    return found[1] if found and RECORDS[found[0]] is Item else ""


def _target_beside(url: str, entry: Companion[Moved], site: Site) -> str:
    """Return where a sheet leads: to the same sheet of the item that came in its place, else where its page leads."""
    if event := _event_at(entry.record.page, site):
        is_there = site.settings.open_data if url.endswith(".json") else site.settings.print_guides
        return dict(_pairs(entry, event.record)).get(url, entry.record.to) if is_there else entry.record.to
    card = site.card(_item_at(entry.record.page))
    if card is None:
        return entry.record.to
    folder, _, name = url.rpartition("/")
    same = f"{folder}/{card.id}.{name.rpartition('.')[2]}"
    return same if same in _sheets_of(card, site) else entry.record.to


def _event_at(url: str, site: Site) -> Companion[Event] | None:
    """Return the event whose page is at `url`, None for another page."""
    found = page_of(url)
    is_of_event = found is not None and RECORDS[found[0]] is Event
    return next((one for one in site.events if is_of_event and found and one.id == found[1]), None)


def _pairs(entry: Companion[Moved], event: Event) -> Iterator[tuple[str, str]]:
    """Yield what stood beside the page of an old event, each with what stands there beside that of the `event` in its place."""
    yield from zip(beside(entry.id), beside(entry.record.page), strict=False)
    old, new = page_of(entry.id), page_of(entry.record.page)
    if old and new and RECORDS[old[0]] is Event:
        for option in event_sheets.answers_with_sheets(event):
            yield event_sheets.address(old[1], option.id), event_sheets.address(new[1], option.id)
        for answer in event_sheets.former_answers(event):
            yield event_sheets.address(old[1], answer), event_sheets.address(new[1])


def _told_answers(entry: Companion[Moved]) -> Iterator[str]:
    """Yield the addresses of the sheets of those answers of an old event that its entry names."""
    found = page_of(entry.id)
    if found and RECORDS[found[0]] is Event:
        yield from (event_sheets.address(found[1], answer) for answer in entry.record.answers)


def _sheets_of(card: Card, site: Site) -> Iterator[str]:
    if site.settings.print_guides:
        yield f"editions/{card.id}.html"
        yield from (f"print/{kind}/{card.id}.html" for kind in (PaperKind.GUIDE, *sheets.names_of(card, site)))
    if site.settings.open_data:
        yield item_data.address(card.id)


def _page(url: str, to: str, entry: Companion[Moved], site: Site) -> Page[MovedPlan]:
    record = entry.record
    target = _record_at(record.page)
    target = target if target in site.known else None
    old, new = _item_at(entry.id), _item_at(record.page)
    plan = MovedPlan(entry.id, to, target, (old, new) if old and new and target else None)
    is_data = url.endswith(".json")
    unit = key(Department, record.department) if record.gone and record.department and not is_data else None
    event = _event_at(record.page, site)
    life = key(Life, event.record.life) if event else None
    uses = tuple(filter(None, (entry.key, target, life, unit)))
    return Page(url, "moved-data" if is_data else "moved", plan, uses)


def view(page: Page[MovedPlan], context: PageContext) -> MovedView:
    """Return what the page says."""
    plan, words = page.plan, context.words
    record = context.get(Moved, plan.entry) if plan.entry else None
    title = _title(plan, context)
    gone = record.gone if record else ""
    base = context.frame.settings.base_url
    return MovedView(
        _head(record, page.url, title, words),
        link=plan.to if _is_outside(plan.to) or not plan.to else f"{page.root}{plan.to}",
        canonical=plan.to
        if _is_outside(plan.to)
        else f"{base}/{plan.to.partition('#')[0]}"
        if base and plan.to
        else "",
        host=urlsplit(plan.to).netloc,
        title=title,
        why=gone,
        on_paper=bool(_item_at(plan.entry)) or page.url.startswith("print/"),
        since=words["gone_since" if gone else "moved_since"].format(day=day(record.date, words))
        if record and record.date
        else "",
        unit=_unit(record, context).name if record and gone and record.department else "",
        calls=_calls(page, context),
        guides=plan.guides,
    )


def _head(record: Moved | None, url: str, title: str, words: Words) -> Head:
    """Return what the page at `url` says of itself. `title` is what the page is called to which it leads, "" for none."""
    if record is None:
        if url.startswith(f"print/{PaperKind.EVENT}/"):
            return Head(words["answer_ended"].format(name=title), words["answer_ended_says"])
        sheet = words[next(sheet.title for sheet in sheets.SHEETS if url.startswith(f"print/{sheet.name}/"))]
        return Head(words["sheet_ended"].format(name=title, sheet=sheet), words["sheet_ended_says"].format(sheet=sheet))
    kind, name = ("gone", record.name) if record.gone else ("moved", record.name or title)
    return Head(
        words[f"{kind}_named"].format(name=name) if name else words[f"{kind}_title"], record.gone or words["moved_says"]
    )


def _is_outside(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _unit(record: Moved, context: PageContext) -> Department:
    return context.get(Department, record.department or "")


def _calls(page: Page[MovedPlan], context: PageContext) -> tuple[Call, ...]:
    """Return whom a reader can ask: the department that the entry names, else the site."""
    record = context.get(Moved, page.plan.entry) if page.plan.entry else None
    if record and record.gone and record.department:
        return calls_of(_unit(record, context).phones, context.words) or context.frame.calls
    return context.frame.calls


def _title(plan: MovedPlan, context: PageContext) -> str:
    """Return what the page is called to which an old address leads, "" where that is not known."""
    if plan.target is None:
        return ""
    record, id = BY_NAME[plan.target[0]].record, plan.target[1]
    if record is Item:
        return context.card(id).title
    target = context.get(record, id)
    if isinstance(target, Event):
        return target.name or context.get(Life, target.life).name
    return str(getattr(target, "name", "") or getattr(target, "title", ""))


def _type_at(url: str) -> str:
    """Return the type of the record whose page is at `url`: of an event that is no longer there nobody knows more."""
    found = page_of(url)
    return "Event" if found and RECORDS[found[0]] is Event else SERVICE


def data_view(page: Page[MovedPlan], context: PageContext) -> RecordView:
    """Return the record of an item or event that is no longer there: what has come in its place, or why it is gone."""
    plan = page.plan
    record = context.get(Moved, plan.entry)
    title = _title(plan, context)
    found: dict[str, Any] = {
        "@id": plan.entry,
        "@type": _type_at(plan.entry),
        "id": old[1] if (old := page_of(plan.entry)) else "",
        **({"name": record.name} if record.name else {}),
        "status": Status.CANCELLED.value,
    }
    if plan.target and _type_at(record.page) == _type_at(plan.entry):
        about = {"@id": record.page, "@type": _type_at(record.page), "id": plan.target[1]}
        found["replaced_by"] = {**about, "title": title}
    elif record.gone:
        found["status_note"] = record.gone
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return RecordView(f"{{{item_data.head(page.url)}\n{text[1:]}\n")


FAMILY = PageFamily(
    plan,
    (
        PageKind("moved", view, "moved.html", "redirect", "site", indexed=False, calls=_calls),
        PageKind("moved-data", data_view, "data.txt", "data", indexed=False),
    ),
)
KINDS = frozenset(kind.name for kind in FAMILY.kinds)
