"""The page of an item and its full guide on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from builder.content.card import Card
from builder.content.history import PastChange
from builder.content.model.companions import Area, Audience, Topic
from builder.content.model.editions import PaperKind, Register
from builder.content.model.item import Item, Procedure
from builder.content.model.kinds import key
from builder.content.site import Site
from builder.context import Frame
from builder.guide import Guide, column_of, guide_uses
from builder.render.listing import Head, Line, line_of
from builder.render.page import Page, PageContext, PageFamily, PageKind, calls_of_guide
from builder.render.pages import calendar_files, edition_check, events, item_data, moved, sheets
from builder.render.pages.changes import last_change
from builder.render.stamp import Stamp, stamp_of
from builder.wording.joining import labelled


@dataclass(frozen=True, slots=True)
class ItemView:
    """A guide, with what its page shows besides."""

    head: Head
    guide: Guide
    before: tuple[Line, ...]  # items that most people do before this one
    next: tuple[Line, ...]
    related: tuple[Line, ...]
    replaced_by: Line | None
    structured_data: Mapping[str, object]  # for search engines
    words: tuple[str, ...]
    lists: tuple[
        str, ...
    ]  # the pages of its topics, audiences and area that there are: none where all items are out of force
    sheets: tuple[str, ...]  # the sheets of the item besides the full guide
    stamp: Stamp | None  # None where the site prints no guides
    last_change: str
    events: tuple[tuple[str, str], ...]  # the addresses and names of the events of which it is a step
    calendar: str  # the address of its calendar file, "" for none


@dataclass(frozen=True, slots=True)
class GuidePlan:
    """The item, the addresses of `lists` that contain it, and the ids of items that most people do `before` it."""

    id: str
    area: str
    date: str
    words: tuple[str, ...]  # by which people know it, besides its name
    lists: tuple[str, ...]
    before: tuple[str, ...]
    sheets: tuple[PaperKind, ...]
    last_change: PastChange | None
    events: tuple[tuple[str, str], ...] = ()


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the page of every public item, and its sheets where the site prints guides."""
    for card in site.public:
        before = tuple(other.id for other in site.by_next.get(card.id, ()) if other.id not in card.next)
        shown = guide_uses(card, site)
        stamped = (*shown, key(Register, card.id))
        uses = tuple(dict.fromkeys((*stamped, *(key(Item, id) for id in before))))
        plan = GuidePlan(
            card.id,
            card.area,
            site.date_of(card),
            words=(*card.aliases, *(say for say, _ in site.everyday_words.get(card.id, ()))),
            lists=tuple(_lists(card, site)),
            before=before,
            sheets=sheets.names_of(card, site),
            last_change=site.last_changes.get(card.id),
            events=tuple(
                (events.address(one.id), site.event_name(one.record)) for one in site.events_by_item.get(card.id, ())
            ),
        )
        yield Page(card.url, "item", plan, uses, item=card.file)
        yield from calendar_files.plan_of(card, shown, plan.date)
        if site.settings.open_data:
            yield from item_data.plan_of(card, shown, plan.date)
        if site.settings.print_guides:
            on_paper = replace(plan, last_change=None, events=())
            yield Page(f"print/guide/{card.id}.html", "print", on_paper, uses, item=card.file)
            yield from sheets.plan_of(card, plan.sheets, stamped, plan.date)
            yield from edition_check.plan_of(card, stamped)
        yield from moved.plan_ended(card, site)


def _lists(card: Card, site: Site) -> Iterator[str]:
    """Yield the addresses of those topics, audiences and areas of an item that have a page."""
    yield from (f"topics/{id}.html" for id in card.topics if key(Topic, id) in site.listed)
    yield from (f"audiences/{id}.html" for id in card.audiences if key(Audience, id) in site.listed)
    if site.areas_shown and key(Area, card.area) in site.listed:
        yield f"areas/{card.area}.html"


def view(page: Page[GuidePlan], context: PageContext) -> ItemView:
    """Return the view of the guide."""
    plan, guide = page.plan, context.guide
    crumbs = tuple((url, name) for topic, name in guide.topics if (url := f"topics/{topic}.html") in plan.lists)[:1]
    description = context.words["item_description"].format(title=guide.title, area=guide.area)
    if page.kind == "print":
        description = labelled(context.words["sheet_title"], description, context.words)
    before = [context.card(id) for id in plan.before]
    line = partial(line_of, context=context, omit=("where",))
    head = Head(
        guide.title,
        description,
        crumbs,
        guide.published or plan.date,
        context.frame.areas.get(plan.area, ""),
        keywords=(guide.name, *plan.words, *(name for _, name in guide.topics)),
        column=column_of(guide, context.words),
    )
    return ItemView(
        head,
        guide,
        tuple(map(line, before)),
        tuple(map(line, guide.next)),
        tuple(_told_apart(card, guide, line(card)) for card in guide.related if card not in (*before, *guide.next)),
        line(guide.replaced_by) if guide.replaced_by else None,
        _structured_data(guide, context.item.parts, context.frame),
        plan.words,
        plan.lists,
        plan.sheets,
        stamp_of(context) if context.frame.settings.print_guides else None,
        last_change(plan.last_change, context.words),
        plan.events,
        calendar_files.address_in_guide(context.item, plan.id, active=not guide.status),
    )


def _told_apart(card: Card, guide: Guide, line: Line) -> Line:
    """Return the line of a related item with what distinguishes it: its summary, and its area if that is another one."""
    facts = (card.summary,) if card.summary else line.facts
    return replace(line, area="" if card.area == guide.area_id else line.area, facts=facts)


def _structured_data(guide: Guide, parts: Iterable[Procedure], frame: Frame) -> Mapping[str, object]:
    """Return the item as a schema.org GovernmentService."""
    service: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": guide.title,
        "serviceType": guide.name,
        "areaServed": guide.area,
        "provider": {
            "@type": "GovernmentOrganization",
            "name": guide.department or frame.settings.host or frame.settings.name,
        },
    }
    if guide.name_en:
        service["alternateName"] = {"@language": "en", "@value": guide.name_en}
    if guide.summary:
        service["description"] = guide.summary
    if guide.audiences:
        service["audience"] = [{"@type": "Audience", "audienceType": name} for _, name in guide.audiences]
    if channels := [*_by_phone(guide), *_by_web(parts)]:
        service["availableChannel"] = channels if len(channels) > 1 else channels[0]
    if frame.settings.base_url:
        service["url"] = f"{frame.settings.base_url}/items/{guide.id}.html"
    return service


def _by_phone(guide: Guide) -> Iterator[Mapping[str, object]]:
    if guide.calls:
        phones = [{"@type": "ContactPoint", "telephone": call.shown} for call in guide.calls[:3]]
        yield {"@type": "ServiceChannel", "servicePhone": phones}


def _by_web(parts: Iterable[Procedure]) -> Iterator[Mapping[str, object]]:
    """Yield a channel for each address at which one can apply."""
    names = {online.url: online.name for part in parts for online in part.online if online.url}
    for url, name in names.items():
        yield {"@type": "ServiceChannel", **({"name": name} if name else {}), "serviceUrl": url}


FAMILY = PageFamily(
    plan,
    (
        PageKind("item", view, "item.html", "item", "content", calls=calls_of_guide),
        PageKind("print", view, "print/guide.html", "print", "content", printed=True, calls=calls_of_guide),
        *sheets.KINDS,
        *edition_check.KINDS,
        *item_data.KINDS,
        *calendar_files.KINDS,
    ),
)
