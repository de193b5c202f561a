"""The site map in words (网站地图): every column of the site, and what stands in it. Items stand in the list of all items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.context import Frame, Words
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageKind
from builder.render.pagination import Pager, Portion, Stretch, continued_in_words, cut, pager_of

ADDRESS = "sitemap.html"

Link = tuple[str, str]  # an address and a name


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what stands in it, and its own page with the name of the column ("" for none)."""

    heading: str
    url: str
    whole: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """The columns of one page."""

    head: Head
    groups: tuple[Column, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class SiteMapPlan:
    """The named pages of one page of the map: those of each column by the address of its page, and those of none under "".

    `sections` are addresses of sections that have no pages of their own below them, with their words.
    """

    sections: tuple[tuple[str, str], ...]
    portion: Portion[str, Link]
    has_search: bool


def plan(pages: Iterable[Page[Any]], frame: Frame) -> Iterator[Page[SiteMapPlan]]:
    """Plan the site map of `pages`."""
    columns: dict[str, list[Link]] = {"": []}
    has_search = False
    for page in pages:
        has_search = has_search or page.url == "search.html"
        if page.name:
            columns.setdefault(page.column, []).append((page.url, page.name))
    sections = tuple((url, word) for word, url in frame.sections.items() if url not in columns)
    for portion in cut(columns.items()):
        yield Page(portion.address(ADDRESS), "site-map", SiteMapPlan(sections, portion, has_search))


def view(page: Page[SiteMapPlan], context: PageContext) -> SiteMapView:
    """Return what the page shows. The main pages come first, also where no other page stands in their column."""
    plan, words = page.plan, context.words
    names = {"": words["main_pages"], **{url: words[word] for word, url in context.frame.sections.items()}}
    columns = [_column(stretch, names[stretch.group], words) for stretch in plan.portion.stretches]
    if plan.portion.number == 1:
        others = columns.pop(0).links if columns and not columns[0].url else ()
        columns.insert(0, Column(names[""], "", "", (*_main(plan, words), *others)))
    pager = pager_of(plan.portion, ADDRESS)
    head = numbered(Head(words["site_map"], words["summary_site_map"]), pager, words)
    return SiteMapView(head, tuple(columns), pager)


def _main(plan: SiteMapPlan, words: Words) -> Iterator[Link]:
    yield "index.html", words["home"]
    if plan.has_search:
        yield "search.html", words["search"]
    yield from ((url, words[word]) for url, word in plan.sections)


def _column(stretch: Stretch[str, Link], name: str, words: Words) -> Column:
    heading = continued_in_words(name, words, continued=stretch.continued)
    return Column(heading, stretch.group, "" if stretch.continued or not stretch.group else name, stretch.lines)


KINDS = (PageKind("site-map", view, "sitemap.html", "index"),)
