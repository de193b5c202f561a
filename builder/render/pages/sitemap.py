"""The site map in words (网站地图): every column of the site, and what stands in it. Items stand in the list of all items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.context import Frame
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageKind

ADDRESS = "sitemap.html"

Link = tuple[str, str]  # an address and a name


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the address of its own page ("" for none), and what stands in it."""

    heading: str
    url: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """All columns."""

    head: Head
    groups: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class SiteMapPlan:
    """The named pages: those of each column by the address of its page, and those of none under "".

    `sections` are addresses of sections that have no pages of their own below them, with their words.
    """

    sections: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, tuple[Link, ...]], ...]
    has_search: bool


def plan(pages: Iterable[Page[Any]], frame: Frame) -> Iterator[Page[SiteMapPlan]]:
    """Plan the site map of `pages`."""
    columns: dict[str, list[Link]] = {"": []}
    urls = set()
    for page in pages:
        urls.add(page.url)
        if page.name:
            columns.setdefault(page.column, []).append((page.url, page.name))
    sections = tuple((url, word) for word, url in frame.sections.items() if url not in columns)
    listed = tuple((url, tuple(links)) for url, links in columns.items())
    yield Page(ADDRESS, "site-map", SiteMapPlan(sections, listed, "search.html" in urls))


def view(page: Page[SiteMapPlan], context: PageContext) -> SiteMapView:
    """Return what the page shows."""
    plan, words = page.plan, context.words
    headings = {url: words[word] for word, url in context.frame.sections.items()}
    main = [("index.html", words["home"])]
    if plan.has_search:
        main.append(("search.html", words["search"]))
    main += ((url, words[word]) for url, word in plan.sections)
    columns = tuple(
        Column(headings[url], url, links) if url else Column(words["main_pages"], "", (*main, *links))
        for url, links in plan.columns
    )
    return SiteMapView(Head(words["site_map"], words["summary_site_map"]), columns)


KINDS = (PageKind("site-map", view, "sitemap.html", "index"),)
