"""The page that checks a printed paper: whether it is current, and if not, what changed and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.editions import Edition, Register
from builder.content.model.kinds import Key
from builder.context import Words
from builder.guide import Guide, TextSection, changes
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageKind, calls_of_guide
from builder.wording.times import day

FOLDER = "editions"


@dataclass(frozen=True, slots=True)
class Older:
    """A registered edition that is no longer current: its code, its days, and what has changed since."""

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


@dataclass(frozen=True, slots=True)
class EditionsPlan:
    """What the page is told of its item."""

    id: str
    area: str


def plan_of(card: Card, uses: tuple[Key, ...]) -> Iterator[Page[EditionsPlan]]:
    """Plan the page for an item's papers."""
    yield Page(f"{FOLDER}/{card.id}.html", "editions", EditionsPlan(card.id, card.area), uses, item=card.file)


def view(page: Page[EditionsPlan], context: PageContext) -> EditionsView:
    """Return what the page shows, the newest edition first."""
    guide, words = context.guide, context.words
    current = context.edition
    register = context.find(Register, page.plan.id)
    editions = register.editions if register else ()
    since = next((day(edition.date, words) for edition in reversed(editions) if edition.code == current), "")
    head = Head(
        words["edition_title"].format(title=guide.title),
        words["edition_description"].format(title=guide.title, area=guide.area),
        ((f"items/{guide.id}.html", guide.title),),
        area=context.frame.areas.get(page.plan.area, ""),
    )
    return EditionsView(head, guide, current, since, tuple(_older(editions, current, context.plain_text, words)))


KINDS = (PageKind("editions", view, "editions.html", "editions", indexed=False, calls=calls_of_guide),)


def _older(editions: tuple[Edition, ...], current: str, now: tuple[TextSection, ...], words: Words) -> Iterator[Older]:
    after: Edition | None = None
    seen = {current}
    for one in reversed(editions):
        if one.code not in seen:
            seen.add(one.code)
            until = day(after.date, words) if after else ""
            was = tuple(TextSection(part.part, part.lines) for part in one.said)
            yield Older(one.code, day(one.date, words), until, tuple(changes(was, now)) if was else ())
        after = one
