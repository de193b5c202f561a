"""Free pages written in Markdown: hall rules, about this site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.frame import Frame
from builder.markdown import html_of
from builder.model.companions import FreePage
from builder.page import Known, Page
from builder.pages.listing import Head
from builder.site import Site
from builder.words import Words


@dataclass(frozen=True, slots=True)
class FreeView:
    """A title and its text."""

    head: Head
    body: str


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan a page for each file in ``content/pages``."""
    for page in site.of("page"):
        yield Page(f"pages/{page.id}.html", "page", uses=(page.key,))


def view(page: Page, known: Known, frame: Frame, words: Words) -> FreeView:
    """Return what the page shows."""
    record = known.record("page", page.uses[0][1], FreePage)
    description = record.summary or record.title
    return FreeView(Head(record.title, description, date=str(record.published or "")), html_of(record.body, top=2))
