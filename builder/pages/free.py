"""Free pages written in Markdown: hall rules, about this site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.frame import Frame
from builder.markdown import html_of
from builder.model.companions import FreePage
from builder.page import Known, Page
from builder.pages.listing import Head
from builder.site import Site
from builder.words import Words

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


def view(page: Page, known: Known, frame: Frame, words: Words) -> FreeView | FreeListView:
    """Return what the page shows."""
    if page.kind == "page-list":
        return _list(page, known, words)
    record = known.record("page", page.uses[0][1], FreePage)
    crumbs = ((f"{FOLDER}/index.html", words[FOLDER]),) if record.section else ()
    date = str(record.published or page.given[0])
    column = record.section or words[FOLDER]
    head = Head(record.title, record.summary or record.title, crumbs, date=date, column=column)
    return FreeView(head, html_of(record.body, top=2))


def _list(page: Page, known: Known, words: Words) -> FreeListView:
    sections: dict[str, list[tuple[str, str, str]]] = {}
    for _, id in page.uses:
        record = known.record("page", id, FreePage)
        if record.section:
            sections.setdefault(record.section, []).append((f"{FOLDER}/{id}.html", record.title, record.summary))
    head = Head(words[FOLDER], words["summary_pages"], column=words[FOLDER])
    return FreeListView(head, tuple((name, tuple(pages)) for name, pages in sections.items()))
