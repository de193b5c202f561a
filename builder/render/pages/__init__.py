"""Page kinds: each module plans its pages from the gathered site and makes their views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.page import Page
from builder.render.pages import (
    boards,
    booklets,
    collection,
    free,
    home,
    mine,
    papers,
    places,
    search,
    sheets,
    signs,
    sitemap,
)
from builder.render.pages import disclosure_lists as disclosure
from builder.render.pages import edition_check as editions
from builder.render.pages import guides as item
from builder.render.pages import machine_files as machine

View = Callable[[Page, Lookup, Frame, Words], object]

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
    sitemap.plan,
)

# What a page is to a government site (网页标签, annex of 国办发〔2017〕47号): the pages that tell one matter are content,
# with a title, a date and a source; a few belong to no column; every other page is a column.
Part = Literal["site", "column", "content"]


class Kind(NamedTuple):
    """How pages of a kind are made. `sort` is what they are to those who look at the site from outside."""

    view: View
    template: str
    sort: str
    part: Part = "column"

    @property
    def indexed(self) -> bool:
        """Whether search engines are to know the pages: not what is only for paper, or only for the visitor himself."""
        return self.sort not in ("sheet", "sheets", "editions", "mine", "notfound")


KINDS: Mapping[str, Kind] = {
    "home": Kind(home.view, "home.html", "home", "site"),
    "item-list": Kind(home.view, "items.html", "item-list"),
    "search": Kind(search.view, "search.html", "search"),
    "mine": Kind(mine.view, "mine.html", "mine"),
    "notfound": Kind(home.view, "notfound.html", "notfound", "site"),
    "department-list": Kind(collection.view, "collections.html", "index"),
    "topic-list": Kind(collection.view, "collections.html", "index"),
    "audience-list": Kind(collection.view, "collections.html", "index"),
    "area-list": Kind(collection.view, "collections.html", "index"),
    "department": Kind(collection.view, "collection.html", "list"),
    "topic": Kind(collection.view, "collection.html", "list"),
    "audience": Kind(collection.view, "collection.html", "list"),
    "area": Kind(collection.view, "collection.html", "list"),
    "item": Kind(item.view, "item.html", "item", "content"),
    "editions": Kind(editions.view, "editions.html", "editions"),
    "print": Kind(item.view, "print/guide.html", "print", "content"),
    "print-short": Kind(sheets.view, "print/short.html", "sheet", "content"),
    "print-notice": Kind(sheets.view, "print/notice.html", "sheet", "content"),
    "print-poster": Kind(sheets.view, "print/poster.html", "sheet", "content"),
    "print-leaflet": Kind(sheets.view, "print/leaflet.html", "sheet", "content"),
    "print-board": Kind(boards.view, "print/board.html", "sheet"),
    "print-card": Kind(boards.view, "print/card.html", "sheet"),
    "print-sign": Kind(signs.view, "print/sign.html", "sheet"),
    "print-plate": Kind(signs.view, "print/plate.html", "sheet"),
    "print-booklet": Kind(booklets.view, "print/booklet.html", "sheets"),
    "print-index": Kind(papers.view, "papers.html", "index"),
    "place-list": Kind(places.view, "places.html", "index"),
    "place": Kind(places.view, "place.html", "place"),
    "disclosure-list": Kind(disclosure.view, "collections.html", "index"),
    "disclosure": Kind(disclosure.view, "disclosure.html", "disclosure", "content"),
    "page-list": Kind(free.view, "pages.html", "index"),
    "page": Kind(free.view, "page.html", "page", "content"),
    "search-items": Kind(search.view, "data.js", "data"),
    "search-areas": Kind(search.view, "data.js", "data"),
    "search-characters": Kind(search.view, "data.js", "data"),
    "site-map": Kind(sitemap.view, "sitemap.html", "index"),
    "sitemap": Kind(machine.view, "sitemap.xml", "data"),
    "robots": Kind(machine.view, "robots.txt", "data"),
    "feed": Kind(machine.view, "feed.xml", "data"),
}


def plan(site: Site, frame: Frame) -> tuple[Page, ...]:
    """Return every page of the site, those of one item next to each other; the files for machines follow from them."""
    pages = [page for planned in PLANS for page in planned(site, frame)]
    return (*pages, *machine.plan(site, [page for page in pages if KINDS[page.kind].indexed]))
