"""The page of changes (更新记录) and its feed: what changed for residents in the last year, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from builder.content.history import PastChange
from builder.content.model.events import Event, Life
from builder.content.model.item import Item
from builder.content.model.kinds import BY_RECORD
from builder.content.site import Site
from builder.context import Frame, Words
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages import events
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
from builder.wording.changes import change_in_words
from builder.wording.joining import in_clauses, labelled

ADDRESS, FEED = "changes.html", "changes.xml"
FEED_LENGTH = 50  # changes in the feed


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change: its day, what it is of (with the address of the guide, "" for none, and the area where there are several), and what it is."""

    day: str
    title: str
    url: str
    area: str
    says: str


@dataclass(frozen=True, slots=True)
class ChangesView:
    """The changes of one page by month: its id, its heading, and its lines."""

    head: Head
    months: tuple[tuple[str, str, tuple[ChangeLine, ...]], ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class ChangesFeedView:
    """The last changes: id, title, address, day, what it is."""

    entries: tuple[tuple[str, ChangeLine], ...]
    updated: str


Placed = tuple[
    tuple[PastChange, ...], str
]  # what changed of a record on a day, with the address of its guide, "" for none
SHOWN = {
    "item",
    "department",
    "place",
    "material",
    "form",
    "law",
    "event",
}  # the kinds of records whose changes residents are told
MOST = 3  # changes of a record on a day that one line tells


@dataclass(frozen=True, slots=True)
class ChangesPlan:
    """The changes of one page, by month (``2026-11``)."""

    portion: Portion[str, Placed]


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """The changes in the feed, the newest first."""

    changes: tuple[Placed, ...]


def plan(site: Site, frame: Frame) -> Iterator[Page[ChangesPlan] | Page[FeedPlan]]:
    """Plan the pages and the feed, where the history of the content is known and has changes."""
    named = (_named(change, site) for change in site.past if change.kind in SHOWN)
    shown = [one for one in named if one.title or one.kind == BY_RECORD[Item].name]
    if not shown:
        return
    of_a_day = (tuple(some) for _, some in groupby(shown, lambda one: (one.day, one.kind, one.id)))
    placed = [(some, _url(some[0], site)) for some in of_a_day]
    months = [(month, list(some)) for month, some in groupby(placed, lambda one: one[0][0].day[:7])]
    for portion in cut(months):
        yield Page(portion.address(ADDRESS), "changes", ChangesPlan(portion))
    yield Page(FEED, "changes-feed", FeedPlan(tuple(placed[:FEED_LENGTH])))


def _named(change: PastChange, site: Site) -> PastChange:
    """Return the change with the name and the area of its event: a file says only what happened, by its id."""
    if change.kind != BY_RECORD[Event].name:
        return change
    if event := site.find(Event, change.id):
        return change._replace(title=site.event_name(event), area=event.area)
    life = next((life.record.name for life in site.all(Life) if change.id.endswith(f"-{life.id}")), "")
    return change if change.title != change.id else change._replace(title=life)


def _url(change: PastChange, site: Site) -> str:
    if change.kind == BY_RECORD[Event].name:
        return events.address(change.id) if any(event.id == change.id for event in site.events) else ""
    card = site.card(change.id) if change.kind == BY_RECORD[Item].name else None
    return card.url if card and card.public else ""


def view(page: Page[ChangesPlan], context: PageContext) -> ChangesView:
    """Return what the page shows."""
    portion, words = page.plan.portion, context.words
    title, pager = words["changes_title"], pager_of(portion, ADDRESS)
    months = tuple(
        (
            stretch.group,
            continued_in_words(_month(stretch.group, words), words, continued=stretch.continued),
            tuple(_line(one, context) for one in stretch.lines),
        )
        for stretch in portion.stretches
    )
    head = numbered(Head(title, words["summary_changes"], column=title), pager, words)
    return ChangesView(head, months, jumps_of(portion, ADDRESS, lambda month: _month(month, words)), pager)


def feed_view(page: Page[FeedPlan], context: PageContext) -> ChangesFeedView:
    """Return what the feed has."""
    lines = [(f"{at}", _line(one, context)) for at, one in enumerate(reversed(page.plan.changes))]
    return ChangesFeedView(tuple(reversed(lines)), page.plan.changes[0][0][0].day)


def _line(placed: Placed, context: PageContext) -> ChangeLine:
    changes, url = placed
    first, words = changes[0], context.words
    each = list(dict.fromkeys(change_in_words(change, words) for change in changes))
    says = in_clauses(each[:MOST], words)
    if len(each) > MOST:
        says = words["changed_and_more"].format(changes=says, n=len(each))
    return ChangeLine(first.day, first.title, url, context.frame.areas.get(first.area, ""), says)


def last_change(change: PastChange | None, words: Words) -> str:
    """Return the last change of a guide in one line with its day, "" for none."""
    return labelled(change.day, change_in_words(change, words), words) if change else ""


def _month(month: str, words: Words) -> str:
    first = date.fromisoformat(f"{month}-01")
    return words["year_and_month"].format(y=first.year, m=first.month)


def _is_there(site: Site) -> bool:
    return any(change.kind in SHOWN for change in site.past)


FAMILY = PageFamily(
    plan,
    (PageKind("changes", view, "changes.html", "index"), PageKind("changes-feed", feed_view, "changes.xml", "data")),
    (Section("changes_title", ADDRESS, _is_there),),
)
