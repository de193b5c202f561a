"""The visitor's own page (我的收藏): guides saved and materials ticked, known to no one but his own device.

The builder does not know what is saved. It gives the page a fingerprint of every guide, so that the script can tell
without a request which saved guides no longer exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.site import Site
from builder.context import Frame
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages.moved import moved_guides
from builder.support.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class MineView:
    """The page; `marks` are the fingerprints of all guides and events, separated by spaces.

    `moved` are the old ids of guides, each with ``:`` and the new id, or with nothing behind it where a page tells why the guide is gone.
    """

    head: Head
    marks: str
    moved: str


@dataclass(frozen=True, slots=True)
class MinePlan:
    """The fingerprints of all guides, and where those are that moved, separated by spaces."""

    marks: str
    moved: str


def plan(site: Site, frame: Frame) -> Iterator[Page[MinePlan]]:
    """Plan the page."""
    kept = (*(card.id for card in site.public), *(f"e/{event.id}" for event in site.events))
    marks = sorted({fingerprint(id) for id in kept})
    moved = [f"{old}:{new}" for old, new in moved_guides(site)]
    yield Page("mine.html", "mine", MinePlan(" ".join(marks), " ".join(moved)))


def view(page: Page[MinePlan], context: PageContext) -> MineView:
    """Return the page as it is before its script fills it."""
    return MineView(Head(context.words["mine"], context.words["summary_mine"]), page.plan.marks, page.plan.moved)


FAMILY = PageFamily(
    plan, (PageKind("mine", view, "mine.html", "mine", indexed=False),), (Section("mine", "mine.html"),)
)
