"""The site map in words (网站地图): every column of the site, and what stands in it. Items stand in the list of all items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.model.companions import FreePage
from builder.content.model.disclosure import DisclosureList
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.listing import Head
from builder.render.page import Page
from builder.render.pages import disclosure_lists as disclosure
from builder.render.pages import free
from builder.render.pages.collection import COLLECTIONS, entry, offering

ADDRESS = "sitemap.html"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the address of its own page ("" for none), and address and name of what stands in it."""

    heading: str
    url: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """All columns."""

    head: Head
    groups: tuple[Column, ...]


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the site map."""
    listed = [
        (kind, folder, one) for kind, folder in COLLECTIONS if folder in frame.sections for one in offering(site, kind)
    ]
    listed += [("disclosure", disclosure.FOLDER, one) for one in site.of("disclosure")]
    listed += [("page", free.FOLDER, one) for one in site.of("page")]
    uses = tuple(one.key for _, _, one in listed)
    yield Page(
        ADDRESS, "site-map", uses=uses, given=(bool(site.offered), *((kind, folder) for kind, folder, _ in listed))
    )


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> SiteMapView:
    """Return what the page shows."""
    offered, *placed = page.given
    main = [("index.html", words["home"])]
    if offered:
        main += [("search.html", words["search"]), ("items/index.html", words["all_items"])]
    columns: dict[str, list[tuple[str, str]]] = {"": main}
    for (kind, folder), (_, id) in zip(cast("list[tuple[str, str]]", placed), page.uses, strict=True):
        in_column = kind != "page" or bool(lookup.record("page", id, FreePage).section)
        columns.setdefault(folder if in_column else "", []).append(
            (f"{folder}/{id}.html", _name(kind, folder, id, lookup))
        )
    return SiteMapView(
        Head(words["site_map"], words["summary_site_map"]),
        tuple(
            Column(words[folder], f"{folder}/index.html", tuple(links))
            if folder
            else Column(words["main_pages"], "", tuple(links))
            for folder, links in columns.items()
        ),
    )


def _name(kind: str, folder: str, id: str, lookup: Lookup) -> str:
    match kind:
        case "disclosure":
            return lookup.record(kind, id, DisclosureList).title
        case "page":
            return lookup.record(kind, id, FreePage).title
        case _:
            return entry(kind, folder, id, 0, lookup).name
