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
from builder.support.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class MineView:
    """The page; `marks` are the fingerprints of all guides, separated by spaces."""

    head: Head
    marks: str


@dataclass(frozen=True, slots=True)
class MinePlan:
    """The fingerprints of all guides, separated by spaces."""

    marks: str


def plan(site: Site, frame: Frame) -> Iterator[Page[MinePlan]]:
    """Plan the page."""
    yield Page("mine.html", "mine", MinePlan(" ".join(sorted({fingerprint(card.id) for card in site.public}))))


def view(page: Page[MinePlan], context: PageContext) -> MineView:
    """Return the page as it is before its script fills it."""
    return MineView(Head(context.words["mine"], context.words["summary_mine"]), page.plan.marks)


FAMILY = PageFamily(
    plan, (PageKind("mine", view, "mine.html", "mine", indexed=False),), (Section("mine", "mine.html"),)
)
