"""Page kinds: each module plans its pages from the gathered site and makes their views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from builder.frame import Frame
from builder.page import Known, Page
from builder.pages import collection, disclosure, free, home, item, machine, search, sheets, sitemap
from builder.site import Site
from builder.words import Words

View = Callable[[Page, Known, Frame, Words], object]

PLANS = (home.plan, collection.plan, item.plan, disclosure.plan, free.plan, search.plan, sitemap.plan)

# The view and the template of each page kind.
KINDS: Mapping[str, tuple[View, str]] = {
    "home": (home.view, "home.html"),
    "item-list": (home.view, "items.html"),
    "search": (search.view, "search.html"),
    "notfound": (home.view, "notfound.html"),
    "department-list": (collection.view, "collections.html"),
    "topic-list": (collection.view, "collections.html"),
    "area-list": (collection.view, "collections.html"),
    "department": (collection.view, "collection.html"),
    "topic": (collection.view, "collection.html"),
    "area": (collection.view, "collection.html"),
    "item": (item.view, "item.html"),
    "print": (item.view, "print/guide.html"),
    "print-short": (sheets.view, "print/short.html"),
    "print-notice": (sheets.view, "print/notice.html"),
    "print-poster": (sheets.view, "print/poster.html"),
    "disclosure-list": (disclosure.view, "collections.html"),
    "disclosure": (disclosure.view, "disclosure.html"),
    "page-list": (free.view, "pages.html"),
    "page": (free.view, "page.html"),
    "search-items": (search.view, "data.js"),
    "search-areas": (search.view, "data.js"),
    "search-characters": (search.view, "data.js"),
    "site-map": (sitemap.view, "sitemap.html"),
    "sitemap": (machine.view, "sitemap.xml"),
    "robots": (machine.view, "robots.txt"),
    "feed": (machine.view, "feed.xml"),
}

# What a page is to a government site (网页标签, annex of 国办发〔2017〕47号): the pages that tell one matter are content,
# with a title, a date and a source; these two belong to no column; every other page is a column.
CONTENT = frozenset({"item", "print", "print-short", "print-notice", "print-poster", "disclosure", "page"})
NO_COLUMN = frozenset({"home", "notfound"})

Part = Literal["site", "column", "content"]


def part_of(kind: str) -> Part:
    """Return which labels a page of this kind carries besides those of the site."""
    return "content" if kind in CONTENT else "site" if kind in NO_COLUMN else "column"


def plan(site: Site, frame: Frame) -> tuple[Page, ...]:
    """Return every page of the site, those of one item next to each other; the files for machines follow from them."""
    pages = [page for planned in PLANS for page in planned(site, frame)]
    return (*pages, *machine.plan(site, pages))
