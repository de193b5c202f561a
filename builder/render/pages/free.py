"""Free pages written in Markdown: hall rules, about this site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.content.model.companions import FreePage
from builder.content.site import Companion, Site
from builder.context import Frame
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.support.markdown import html_of

FOLDER = "pages"
INDEX = f"{FOLDER}/index.html"


@dataclass(frozen=True, slots=True)
class FreeView:
    """A title and its text."""

    head: Head
    body: str


@dataclass(frozen=True, slots=True)
class FreeListView:
    """The pages that stand in a section: its name, and address, title and summary of each."""

    head: Head
    sections: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class FreeListPlan:
    """The ids of the pages that stand in a section."""

    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FreePlan:
    """The id of one page, and the last change of its file."""

    id: str
    date: str


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan a page for each file in ``content/pages``, and a list of those that stand in a section."""
    if listed := _in_sections(site):
        ids = tuple(page.id for page in listed)
        yield Page(INDEX, "page-list", FreeListPlan(ids), tuple(page.key for page in listed))
    for page in site.all(FreePage):
        date = site.date_of(page, str(page.record.published or ""))
        yield Page(
            f"{FOLDER}/{page.id}.html",
            "page",
            FreePlan(page.id, date),
            (page.key,),
            name=page.record.title,
            column=INDEX if page.record.section else "",
        )


def _in_sections(site: Site) -> list[Companion[FreePage]]:
    return [page for page in site.all(FreePage) if page.record.section]


def list_view(page: Page[FreeListPlan], context: PageContext) -> FreeListView:
    """Return the pages that stand in a section."""
    sections: dict[str, list[tuple[str, str, str]]] = {}
    for id in page.plan.pages:
        record = context.get(FreePage, id)
        sections.setdefault(record.section, []).append((f"{FOLDER}/{id}.html", record.title, record.summary))
    title = context.words[FOLDER]
    head = Head(title, context.words["summary_pages"], column=title)
    return FreeListView(head, tuple((name, tuple(pages)) for name, pages in sections.items()))


def view(page: Page[FreePlan], context: PageContext) -> FreeView:
    """Return one page."""
    record = context.get(FreePage, page.plan.id)
    crumbs = ((INDEX, context.words[FOLDER]),) if record.section else ()
    date = str(record.published or page.plan.date)
    head = Head(
        record.title, record.summary or record.title, crumbs, date, column=record.section or context.words[FOLDER]
    )
    return FreeView(head, html_of(record.body, top=2))


FAMILY = PageFamily(
    plan,
    (
        PageKind("page-list", list_view, "pages.html", "index"),
        PageKind("page", view, "page.html", "page", "content"),
    ),
    (Section("pages", INDEX, lambda site: bool(_in_sections(site))),),
)
