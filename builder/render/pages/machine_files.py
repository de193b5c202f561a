"""Files for machines: the site map, robots.txt and the feed of newly checked guides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from builder.content.site import Site
from builder.render.page import Nothing, Page, PageContext, PageKind

FEED_LENGTH = 30  # guides in the feed
ADDRESSES = 50_000  # of one site map (sitemaps.org); they take a tenth of the 50 MB that it may have


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
    """Addresses, each with the day of its last change, "" when not known."""

    addresses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """The ids of the guides in the feed, the newest first."""

    items: tuple[str, ...]


def plan(site: Site, pages: Iterable[Page[Any]]) -> Iterator[Page[Any]]:
    """Plan the files for `pages`, which are those that search engines may index."""
    addresses = [(page.url, "") for page in pages if not page.item and page.url.endswith(".html")]
    addresses += [(card.url, card.changed or site.date_of(card)[:10]) for card in site.public]
    yield from _maps(addresses)
    yield Page("robots.txt", "robots", Nothing())
    dated = [card for card in site.offered if card.changed]
    newest = sorted(dated, key=lambda card: (card.changed, card.id), reverse=True)[:FEED_LENGTH]
    if newest:
        plan = FeedPlan(tuple(card.id for card in newest))
        yield Page("feed.xml", "feed", plan, tuple(card.key for card in newest))


def _maps(addresses: Sequence[tuple[str, str]]) -> Iterator[Page[MapPlan]]:
    """Plan ``sitemap.xml``: the addresses themselves, or the index of the files in which so many of them stand."""
    if len(addresses) <= ADDRESSES:
        yield Page("sitemap.xml", "sitemap", MapPlan(tuple(addresses)))
        return
    parts = [addresses[at : at + ADDRESSES] for at in range(0, len(addresses), ADDRESSES)]
    urls = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Page("sitemap.xml", "sitemap-index", MapPlan(tuple((url, "") for url in urls)))
    for url, some in zip(urls, parts, strict=True):
        yield Page(url, "sitemap", MapPlan(tuple(some)))


def map_view(page: Page[MapPlan], context: PageContext) -> MapView:
    """Return the addresses of a site map, or of the site maps that an index names."""
    return MapView(page.plan.addresses)


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
    PageKind("sitemap-index", map_view, "sitemaps.xml", "data"),
    PageKind("robots", robots_view, "robots.txt", "data"),
    PageKind("feed", feed_view, "feed.xml", "data"),
)
