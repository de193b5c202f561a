"""Page kinds: each module plans its pages from the gathered site and makes their views."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.frame import Frame
from builder.page import Known, Page
from builder.pages import (
    boards,
    booklets,
    collection,
    disclosure,
    editions,
    free,
    home,
    item,
    machine,
    mine,
    papers,
    places,
    search,
    sheets,
    signs,
)
from builder.site import Site
from builder.words import Words

View = Callable[[Page, Known, Frame, Words], object]

PLANS = (
    home.plan,
    collection.plan,
    item.plan,
    places.plan,
    disclosure.plan,
    free.plan,
    search.plan,
    mine.plan,
    boards.plan,
    signs.plan,
    booklets.plan,
    papers.plan,
)

# The view and the template of each page kind. Pages with one template are of one sort to those who look at a site from outside.
KINDS: Mapping[str, tuple[View, str]] = {
    "home": (home.view, "home.html"),
    "item-list": (home.view, "items.html"),
    "search": (search.view, "search.html"),
    "mine": (mine.view, "mine.html"),
    "notfound": (home.view, "notfound.html"),
    "department-list": (collection.view, "collections.html"),
    "topic-list": (collection.view, "collections.html"),
    "audience-list": (collection.view, "collections.html"),
    "area-list": (collection.view, "collections.html"),
    "department": (collection.view, "collection.html"),
    "topic": (collection.view, "collection.html"),
    "audience": (collection.view, "collection.html"),
    "area": (collection.view, "collection.html"),
    "item": (item.view, "item.html"),
    "editions": (editions.view, "editions.html"),
    "print": (item.view, "print/guide.html"),
    "print-short": (sheets.view, "print/short.html"),
    "print-notice": (sheets.view, "print/notice.html"),
    "print-poster": (sheets.view, "print/poster.html"),
    "print-leaflet": (sheets.view, "print/leaflet.html"),
    "print-board": (boards.view, "print/board.html"),
    "print-card": (boards.view, "print/card.html"),
    "print-sign": (signs.view, "print/sign.html"),
    "print-plate": (signs.view, "print/plate.html"),
    "print-booklet": (booklets.view, "print/booklet.html"),
    "print-index": (papers.view, "papers.html"),
    "place-list": (places.view, "places.html"),
    "place": (places.view, "place.html"),
    "disclosure-list": (disclosure.view, "collections.html"),
    "disclosure": (disclosure.view, "disclosure.html"),
    "page-list": (free.view, "pages.html"),
    "page": (free.view, "page.html"),
    "search-items": (search.view, "data.js"),
    "search-areas": (search.view, "data.js"),
    "sitemap": (machine.view, "sitemap.xml"),
    "robots": (machine.view, "robots.txt"),
    "feed": (machine.view, "feed.xml"),
}


def plan(site: Site, frame: Frame) -> tuple[Page, ...]:
    """Return every page of the site, those of one item next to each other; the files for machines follow from them."""
    pages = [page for planned in PLANS for page in planned(site, frame)]
    return (*pages, *machine.plan(site, pages))
