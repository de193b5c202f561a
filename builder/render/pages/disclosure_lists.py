"""Disclosure lists (政务公开事项清单): an index, and a page for each list with its rows grouped by duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.content.fields import references
from builder.content.model.companions import Area, Department
from builder.content.model.disclosure import ContentPart, DisclosureList, DisclosureRow
from builder.content.site import Companion, Site
from builder.context import Frame, Words
from builder.guide import Sources, sources_of
from builder.render.listing import Entry, Head
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pagination import Jump, Pager
from builder.wording.choices import choice_in_words
from builder.wording.joining import enumerated, with_note
from builder.wording.times import term_in_words

FOLDER = "disclosure"
INDEX = f"{FOLDER}/index.html"


@dataclass(frozen=True, slots=True)
class DisclosureIndexView:
    """All disclosure lists, with the number of their rows."""

    head: Head
    groups: tuple[tuple[str, str, tuple[Entry, ...]], ...]  # ids and headings are "": the lists are one group
    jumps: tuple[Jump, ...] = ()
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One row of a list, in words. `items` are addresses and titles of the guides that belong to it."""

    seq: str
    business: str
    category: str
    content: tuple[str, ...]
    term: str
    forms: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    doubt: str
    note: str


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """A duty with its rows; `number` counts the duties of the list from 1."""

    number: int
    duty: str
    rows: tuple[Disclosed, ...]


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """One list: its rows by duty, and the terms and forms by which they can be filtered."""

    head: Head
    summary: str
    department: str
    duties: tuple[DutyGroup, ...]
    count: int
    doubtful: int
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class DisclosureIndexPlan:
    """The ids of all lists."""

    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisclosurePlan:
    """The id of one list, and the last change of its file."""

    id: str
    date: str


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the index of the lists and a page for each; nothing where there is none."""
    lists = _shown(site)
    if lists:
        index = DisclosureIndexPlan(tuple(listed.id for listed in lists))
        yield Page(INDEX, "disclosure-list", index, tuple(listed.key for listed in lists))
    for listed in lists:
        uses = dict.fromkeys((listed.key, *((kind, id) for _, kind, id in references(listed.record))))
        yield Page(
            f"{FOLDER}/{listed.id}.html",
            "disclosure",
            DisclosurePlan(listed.id, site.date_of(listed)),
            tuple(uses),
            name=listed.record.title,
            column=INDEX,
        )


def _shown(site: Site) -> list[Companion[DisclosureList]]:
    """Return the lists that have a page: drafts only in a preview."""
    return [listed for listed in site.all(DisclosureList) if site.with_drafts or not listed.record.is_draft]


def index_view(page: Page[DisclosureIndexPlan], context: PageContext) -> DisclosureIndexView:
    """Return all lists."""
    title = context.words["disclosure"]
    head = Head(title, context.words["summary_disclosure"], column=title)
    return DisclosureIndexView(head, (("", "", tuple(_entry(id, context) for id in page.plan.lists)),))


def _entry(id: str, context: PageContext) -> Entry:
    listed = context.get(DisclosureList, id)
    return Entry(
        f"{FOLDER}/{id}.html",
        _title(listed, context.words),
        listed.summary,
        sum(len(duty.rows) for duty in listed.duties),
    )


def _title(listed: DisclosureList, words: Words) -> str:
    return words["draft_title"].format(title=listed.title) if listed.is_draft else listed.title


def view(page: Page[DisclosurePlan], context: PageContext) -> DisclosureView:
    """Return one list with its rows."""
    listed, words = context.get(DisclosureList, page.plan.id), context.words
    rows = [row for duty in listed.duties for row in duty.rows]
    duties = tuple(
        DutyGroup(number, duty.duty, tuple(_row(row, context) for row in duty.rows))
        for number, duty in enumerate(listed.duties, 1)
    )
    area = context.get(Area, listed.area) if listed.area else None
    description = words["disclosure_description"].format(title=listed.title, n=len(rows))
    crumbs = ((INDEX, words["disclosure"]),)
    return DisclosureView(
        Head(
            _title(listed, words),
            description,
            crumbs,
            page.plan.date,
            (area.short or area.name) if area else "",
            column=words["disclosure"],
        ),
        listed.summary,
        context.get(Department, listed.department).name if listed.department else "",
        duties,
        len(rows),
        sum(bool(row.doubt) for row in rows),
        _by_number(term_in_words(row.term, words) for row in rows if row.term),
        _by_number(choice_in_words(form, words) for row in rows for form in row.form),
        sources_of(listed.provenance, context),
    )


def _row(row: DisclosureRow, context: PageContext) -> Disclosed:
    cards = [context.card(id) for id in row.items]
    return Disclosed(
        row.seq,
        row.business,
        row.category,
        tuple(_part(part, context.words) for part in row.content),
        term_in_words(row.term, context.words) if row.term else "",
        tuple(choice_in_words(form, context.words) for form in row.form),
        tuple((card.url, card.title) for card in cards if card.public),
        row.doubt,
        row.note,
    )


def _part(part: ContentPart, words: Words) -> str:
    return with_note(part.name, enumerated(part.parts, words), words)


def _by_number(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, the frequent ones first."""
    counted: dict[str, int] = {}
    for text in texts:
        counted[text] = counted.get(text, 0) + 1
    return tuple(sorted(counted, key=lambda text: -counted[text]))


FAMILY = PageFamily(
    plan,
    (
        PageKind("disclosure-list", index_view, "collections.html", "index"),
        PageKind("disclosure", view, "disclosure.html", "disclosure", "content"),
    ),
    (Section("disclosure", INDEX, lambda site: bool(_shown(site))),),
)
