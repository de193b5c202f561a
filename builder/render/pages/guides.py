"""The guide of an item: the page for the screen and the sheet for paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from builder.content.card import Card
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Guide
from builder.render.listing import Head, Line, line_of
from builder.render.page import Page
from builder.render.pages import edition_check as editions
from builder.render.pages import sheets
from builder.render.shown import column_of, date_of, guide_shown
from builder.render.stamp import Stamp, registered, stamp_of


@dataclass(frozen=True, slots=True)
class ItemView:
    """A guide with what its page needs besides."""

    head: Head
    guide: Guide
    before: tuple[Line, ...]  # what most people do first
    next: tuple[Line, ...]
    related: tuple[Line, ...]
    replaced_by: Line | None
    json_ld: str
    words: tuple[str, ...]
    lists: tuple[
        str, ...
    ]  # the pages of its topics, audiences and area that there are: none where all items are out of force
    sheets: tuple[str, ...]  # the kinds of sheets that it has besides the whole guide
    stamp: Stamp


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the page of every public item, and its sheets where the site prints guides."""
    glossary = [one.key for one in site.of("glossary")]
    community = sheets.for_communities(site)
    for card in site.public:
        first = tuple(one.id for one in site.by_next.get(card.id, ()) if one.id not in card.next)
        links = (("item", one) for one in (*card.links, *first))
        uses = tuple(dict.fromkeys((*card.references, *links, *glossary, *registered(card, site))))
        words = (*card.aliases, *(say for say, _ in site.everyday_words.get(card.id, ())))
        topics = (f"topics/{one}.html" for one in card.topics if one in site.by_topic)
        audiences = (f"audiences/{one}.html" for one in card.audiences if one in site.by_audience)
        areas = (f"areas/{card.area}.html",) if card.area in frame.areas else ()
        lists = (*topics, *audiences, *areas)
        date = site.date_of(card)
        kinds = sheets.kinds_of(card, community) if site.settings.print_guides else ()
        given = (card.id, card.area, words, lists, first, kinds, date)
        yield Page(card.url, "item", item=card.file, uses=uses, given=given)
        if site.settings.print_guides:
            yield Page(f"print/guide/{card.id}.html", "print", item=card.file, uses=uses, given=given)
            yield from sheets.plan_of(card, kinds, uses, date)
            yield from editions.plan_of(card, uses)


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> ItemView:
    """Return what the guide shows."""
    also = cast("tuple[str, ...]", page.given[2])
    area = frame.areas.get(cast("str", page.given[1]), "")
    guide = guide_shown(page, lookup, frame, words)
    lists = cast("tuple[str, ...]", page.given[3])
    crumbs = tuple((url, name) for topic, name in guide.topics if (url := f"topics/{topic}.html") in lists)[:1]
    description = words["item_description"].format(title=guide.title, area=guide.area)
    if page.kind == "print":
        description = f"{words['sheet_title']}：{description}"
    keywords = (guide.name, *also, *(name for _, name in guide.topics))
    first = [lookup.card(id) for id in cast("tuple[str, ...]", page.given[4])]
    line = partial(line_of, lookup=lookup, frame=frame, words=words, omit=("where",))
    head = Head(guide.title, description, crumbs, date_of(page, guide), area, keywords, column_of(guide, words))
    return ItemView(
        head,
        guide,
        tuple(map(line, first)),
        tuple(map(line, guide.next)),
        tuple(_told_apart(card, guide, line(card)) for card in guide.related if card not in (*first, *guide.next)),
        line(guide.replaced_by) if guide.replaced_by else None,
        _json_ld(guide, frame),
        also,
        lists,
        cast("tuple[str, ...]", page.given[5]),
        stamp_of(guide, lookup, frame, words),
    )


def _told_apart(card: Card, guide: Guide, line: Line) -> Line:
    """Return the line of a related item with what tells it from this one: its summary, and the area where it is another."""
    facts = (card.summary,) if card.summary else line.facts
    return replace(line, area="" if card.area == guide.area_id else line.area, facts=facts)


def _json_ld(guide: Guide, frame: Frame) -> str:
    """Return the item as a schema.org GovernmentService, safe inside a script element."""
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
    if guide.summary:
        service["description"] = guide.summary
    if guide.audiences:
        service["audience"] = [{"@type": "Audience", "audienceType": one} for _, one in guide.audiences]
    if guide.calls:
        channel: dict[str, object] = {"@type": "ServiceChannel"}
        channel["servicePhone"] = [{"@type": "ContactPoint", "telephone": one.shown} for one in guide.calls[:3]]
        service["availableChannel"] = channel
    if frame.settings.base_url:
        service["url"] = f"{frame.settings.base_url}/items/{guide.id}.html"
    return json.dumps(service, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace("&", "\\u0026")
