"""The guide of an item, made once for all the pages that show it."""

from __future__ import annotations

from typing import cast

from builder.content.model.item import Item
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Guide, Said, guide_of, said_by
from builder.render.page import Page


def guide_shown(page: Page, lookup: Lookup, frame: Frame, words: Words) -> Guide:
    """Return the guide of the page's item. The pages and sheets of an item follow each other and show the same.

    The page is given the item's id and area first.
    """
    for item, shown_with, guide in _last:
        if item is lookup.item and shown_with is words:
            return guide
    id, area = cast("tuple[str, str]", page.given[:2])
    guide = guide_of(id, area, lookup, words, frame.settings.phones)
    _last[:] = [(lookup.item, words, guide)]
    return guide


def said_shown(guide: Guide, words: Words) -> tuple[Said, ...]:
    """Return what the guide says, line by line: every page and sheet of an item asks for it."""
    for known, said in _said:
        if known is guide:
            return said
    said = said_by(guide, words)
    _said[:] = [(guide, said)]
    return said


def date_of(page: Page, guide: Guide) -> str:
    """Return the date of the page: what its content states, else the last change of its file, which it is given last."""
    return guide.published or cast("str", page.given[-1])


def column_of(guide: Guide, words: Words) -> str:
    """Return the column (栏目) in which the guide stands: its first topic."""
    return guide.topics[0][1] if guide.topics else words["sheet_title"]


_last: list[tuple[Item, Words, Guide]] = []  # at most one: the guide of the call before
_said: list[tuple[Guide, tuple[Said, ...]]] = []  # at most one, too
