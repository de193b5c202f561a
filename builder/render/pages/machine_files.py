"""Files for machines: the site map, robots.txt and the feed of newly checked guides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.content.site import Site
from builder.render.page import Nothing, Page, PageContext, PageKind

FEED_LENGTH = 30  # guides in the feed


@dataclass(frozen=True, slots=True)
class MapView:
    """Addresses with the day of their last change, "" when not known."""

    addresses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """The guides that were checked last: address, title, sentence, day."""

    entries: tuple[tuple[str, str, str, str], ...]
    updated: str


@dataclass(frozen=True, slots=True)
class MapPlan:
    """The addresses of pages without an item, and the ids of items, each with the day of its last change, "" not known."""

    pages: tuple[str, ...]
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """The ids of the guides in the feed, the newest first."""

    items: tuple[str, ...]


def plan(site: Site, pages: Iterable[Page[Any]]) -> Iterator[Page[Any]]:
    """Plan the files for `pages`, which are those that search engines may index."""
    others = tuple(page.url for page in pages if not page.item and page.url.endswith(".html"))
    items = tuple((card.id, card.changed or site.date_of(card)[:10]) for card in site.public)
    yield Page("sitemap.xml", "sitemap", MapPlan(others, items))
    yield Page("robots.txt", "robots", Nothing())
    dated = [card for card in site.offered if card.changed]
    newest = sorted(dated, key=lambda card: (card.changed, card.id), reverse=True)[:FEED_LENGTH]
    if newest:
        plan = FeedPlan(tuple(card.id for card in newest))
        yield Page("feed.xml", "feed", plan, tuple(card.key for card in newest))


def map_view(page: Page[MapPlan], context: PageContext) -> MapView:
    """Return the addresses for ``sitemap.xml``."""
    items = ((f"items/{id}.html", day) for id, day in page.plan.items)
    return MapView((*((url, "") for url in page.plan.pages), *items))


def robots_view(page: Page[Nothing], context: PageContext) -> MapView:
    """Return an empty view: ``robots.txt`` needs only the frame of the site."""
    return MapView(())


def feed_view(page: Page[FeedPlan], context: PageContext) -> FeedView:
    """Return the guides that were checked last."""
    cards = [context.card(id) for id in page.plan.items]
    entries = tuple((card.url, card.title, card.summary or card.name, card.changed) for card in cards)
    return FeedView(entries, entries[0][3])


KINDS = (
    PageKind("sitemap", map_view, "sitemap.xml", "data"),
    PageKind("robots", robots_view, "robots.txt", "data"),
    PageKind("feed", feed_view, "feed.xml", "data"),
)
