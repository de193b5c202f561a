"""Files for machines: the site map, robots.txt and the feed of newly checked guides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.page import Page

FEED_LENGTH = 30  # guides in the feed


@dataclass(frozen=True, slots=True)
class MapView:
    """Addresses with the day of their last change, "" when not lookup."""

    addresses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """The guides that were checked last: address, title, sentence, day."""

    entries: tuple[tuple[str, str, str, str], ...]
    updated: str


def plan(site: Site, pages: Sequence[Page]) -> Iterator[Page]:
    """Plan the files that ask for nothing but the addresses and dates of `pages`, those that search engines are to know."""
    cards = site.public
    others = tuple(page.url for page in pages if not page.item and page.url.endswith(".html"))
    days = tuple(site.date_of(card)[:10] for card in cards)
    yield Page("sitemap.xml", "sitemap", uses=tuple(card.key for card in cards), given=(others, days))
    yield Page("robots.txt", "robots")
    newest = sorted(
        (card for card in site.offered if card.changed), key=lambda card: (card.changed, card.id), reverse=True
    )
    if newest:
        yield Page("feed.xml", "feed", uses=tuple(card.key for card in newest[:FEED_LENGTH]))


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> MapView | FeedView:
    """Return what the file holds."""
    cards = [lookup.card(id) for _, id in page.uses]
    if page.kind == "feed":
        entries = tuple((card.url, card.title, card.summary or card.name, card.changed) for card in cards)
        return FeedView(entries, entries[0][3])
    if page.kind == "robots":
        return MapView(())
    others, days = cast("tuple[tuple[str, ...], tuple[str, ...]]", page.given)
    dated = ((card.url, card.changed or day) for card, day in zip(cards, days, strict=True))
    return MapView((*((url, "") for url in others), *dated))
