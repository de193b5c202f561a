"""The page on which a paper is checked: whether it is current, and if not, what changed and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.card import Card, Key
from builder.content.model.editions import Edition, Register
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Guide, Said, changes, code_of
from builder.guide.phrases import day
from builder.render.listing import Head
from builder.render.page import Page
from builder.render.shown import guide_shown, said_shown

FOLDER = "editions"


@dataclass(frozen=True, slots=True)
class Older:
    """An edition that was registered and is no longer current: its days, and what a reader of it would get wrong."""

    code: str
    since: str
    until: str  # "" when it is not known on which day it was replaced
    changes: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class EditionsView:
    """All that is known of an item's editions. `since` is "" where the current one was not registered."""

    head: Head
    guide: Guide
    current: str
    since: str
    older: tuple[Older, ...]


def plan_of(card: Card, uses: tuple[Key, ...]) -> Iterator[Page]:
    """Plan the page for an item's papers."""
    yield Page(f"{FOLDER}/{card.id}.html", "editions", item=card.file, uses=uses, given=(card.id, card.area))


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> EditionsView:
    """Return what the page shows, the newest edition first."""
    guide = guide_shown(page, lookup, frame, words)
    said = said_shown(guide, words)
    current = code_of(said)
    register = lookup.record("edition", guide.id, Register) if ("edition", guide.id) in lookup else None
    editions = register.editions if register else ()
    since = next((day(one.date, words) for one in reversed(editions) if one.code == current), "")
    head = Head(
        words["edition_title"].format(title=guide.title),
        words["edition_description"].format(title=guide.title, area=guide.area),
        ((f"items/{guide.id}.html", guide.title),),
        area=frame.areas.get(cast("str", page.given[1]), ""),
    )
    return EditionsView(head, guide, current, since, tuple(_older(editions, current, said, words)))


def _older(editions: tuple[Edition, ...], current: str, now: tuple[Said, ...], words: Words) -> Iterator[Older]:
    after: Edition | None = None
    seen = {current}
    for one in reversed(editions):
        if one.code not in seen:
            seen.add(one.code)
            until = day(after.date, words) if after else ""
            was = tuple(Said(part.part, part.lines) for part in one.said)
            yield Older(one.code, day(one.date, words), until, tuple(changes(was, now)))
        after = one
