"""The pages of a site: each module plans its pages from the collected site and makes their views.

Those of items are planned area by area, all others from the cards of all areas. A module is a line of `FAMILIES`. Their
order is that of the sections in the foot of every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder.content.site import Site
from builder.context import Frame
from builder.render.page import Page, PageKind
from builder.render.pages import (
    boards,
    booklets,
    calendar,
    calendar_files,
    changes,
    collection,
    disclosure_lists,
    events,
    forms,
    free,
    guides,
    home,
    laws,
    machine_files,
    materials,
    mine,
    moved,
    open_data,
    papers,
    phones,
    places,
    search,
    search_texts,
    signs,
    sitemap,
    year_chart,
)

OF_ITEMS = guides.FAMILY  # the pages of each item
BINDING = (booklets.FAMILY, calendar_files.OF_MANY)  # the pages that take up pages of items; all others list many
DATA = open_data.OF_MANY  # the files of open data, which take up the records of items

FAMILIES = (
    mine.FAMILY,
    home.FAMILY,
    events.FAMILY,
    search.FAMILY,
    collection.FAMILY,
    places.FAMILY,
    materials.FAMILY,
    forms.FAMILY,
    phones.FAMILY,
    laws.FAMILY,
    calendar.FAMILY,
    disclosure_lists.FAMILY,
    free.FAMILY,
    boards.FAMILY,
    signs.FAMILY,
    year_chart.FAMILY,
    papers.FAMILY,
    changes.FAMILY,
    open_data.FAMILY,
    moved.FAMILY,
)

PAGE_KINDS: Mapping[str, PageKind] = {
    kind.name: kind
    for kinds in (
        OF_ITEMS.kinds,
        *(family.kinds for family in BINDING),
        DATA.kinds,
        *(family.kinds for family in FAMILIES),
        sitemap.KINDS,
        machine_files.KINDS,
    )
    for kind in kinds
}


def sections_of(site: Site) -> dict[str, str]:
    """Return the sections that the site has: their words in the locale, and the addresses of their pages."""
    sections = (section for family in FAMILIES for section in family.sections)
    return {section.word: section.url for section in sections if section.is_there(site)}


def plan(site: Site, frame: Frame) -> tuple[Page[Any], ...]:
    """Return every page of the site, those of one item next to each other."""
    return (*plan_items(site, frame), *plan_lists(site, frame), *plan_booklets(site, frame), *plan_data(site, frame))


def plan_items(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Yield the pages of each item of the site, which may be one area, those of one item next to each other; then those of areas."""
    yield from OF_ITEMS.plan(site, frame)
    yield from search_texts.plan_areas(site)
    yield from events.plan_areas(site, frame)


def plan_lists(site: Site, frame: Frame) -> tuple[Page[Any], ...]:
    """Return the pages of the whole site that list items, and those of none; site maps and feed follow from them."""
    pages = [page for family in FAMILIES for page in family.plan(site, frame)]
    of_areas = [*events.plan_areas(site, frame)]  # which stand in the site maps, too
    pages += sitemap.plan([*pages, *of_areas], frame)
    indexed = [page for page in (*pages, *of_areas) if PAGE_KINDS[page.kind].indexed]
    return (*pages, *machine_files.plan(site, indexed))


def is_at_old_address(page: Page[Any]) -> bool:
    """Return whether a page stands at an old address, because ``content/moved.yaml`` tells it."""
    return page.kind in moved.KINDS and bool(page.plan.entry)


def plan_booklets(site: Site, frame: Frame) -> tuple[Page[Any], ...]:
    """Return the pages of the whole site that take up pages of items as they were made."""
    return tuple(page for family in BINDING for page in family.plan(site, frame))


def plan_data(site: Site, frame: Frame, area: str = "") -> tuple[Page[Any], ...]:
    """Return the files of open data; with `area`, `site` is this area of a large one."""
    return tuple(open_data.plan_files(site, frame, area))
