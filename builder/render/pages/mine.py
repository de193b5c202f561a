"""The visitor's own page (我的收藏): guides saved and materials ticked, known to no one but his own device.

The builder cannot know what stands there. It gives the page a short mark of every guide there is, by which the script tells,
without asking the server, which of the saved ones are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.listing import Head
from builder.render.page import Page
from builder.support.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class MineView:
    """The page; `marks` are those of all guides, parted by spaces."""

    head: Head
    marks: str


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the page."""
    yield Page("mine.html", "mine", given=(" ".join(sorted({fingerprint(card.id) for card in site.public})),))


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> MineView:
    """Return what the page shows before its script fills it."""
    return MineView(Head(words["mine"], words["summary_mine"]), cast("str", page.given[0]))
