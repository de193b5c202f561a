"""Free pages written in Markdown: hall rules, about this site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.model.companions import FreePage
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.listing import Head
from builder.render.page import Page
from builder.support.markdown import html_of

FOLDER = "pages"


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


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan a page for each file in ``content/pages``, and a list of those that stand in a section."""
    pages = site.of("page")
    if FOLDER in frame.sections:
        yield Page(f"{FOLDER}/index.html", "page-list", uses=tuple(page.key for page in pages))
    for page in pages:
        date = site.date_of(page, str(cast("FreePage", page.record).published or ""))
        yield Page(f"{FOLDER}/{page.id}.html", "page", uses=(page.key,), given=(date,))


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> FreeView | FreeListView:
    """Return what the page shows."""
    if page.kind == "page-list":
        return _list(page, lookup, words)
    record = lookup.record("page", page.uses[0][1], FreePage)
    crumbs = ((f"{FOLDER}/index.html", words[FOLDER]),) if record.section else ()
    date = str(record.published or page.given[0])
    column = record.section or words[FOLDER]
    head = Head(record.title, record.summary or record.title, crumbs, date=date, column=column)
    return FreeView(head, html_of(record.body, top=2))


def _list(page: Page, lookup: Lookup, words: Words) -> FreeListView:
    sections: dict[str, list[tuple[str, str, str]]] = {}
    for _, id in page.uses:
        record = lookup.record("page", id, FreePage)
        if record.section:
            sections.setdefault(record.section, []).append((f"{FOLDER}/{id}.html", record.title, record.summary))
    head = Head(words[FOLDER], words["summary_pages"], column=words[FOLDER])
    return FreeListView(head, tuple((name, tuple(pages)) for name, pages in sections.items()))
