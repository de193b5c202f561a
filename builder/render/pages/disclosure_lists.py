"""Disclosure lists (政务公开事项清单): their index, and a page for each with its rows grouped by duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.fields import references
from builder.content.model.companions import Area, Department, Source
from builder.content.model.disclosure import ContentPart, DisclosureList, DisclosureRow
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.listing import Entry, Head
from builder.render.page import Page

FOLDER = "disclosure"


@dataclass(frozen=True, slots=True)
class DisclosureIndexView:
    """All disclosure lists, with the number of their rows."""

    head: Head
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]


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
    """One list: its rows by duty, and the terms and forms that they can be narrowed to."""

    head: Head
    summary: str
    department: str
    duties: tuple[DutyGroup, ...]
    count: int
    doubtful: int
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    sample: bool


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the index of the lists and a page for each; nothing where there is none."""
    lists = site.of("disclosure")
    if lists:
        yield Page(f"{FOLDER}/index.html", "disclosure-list", uses=tuple(one.key for one in lists))
    for one in lists:
        uses = tuple(dict.fromkeys((kind, id) for _, kind, id in references(one.record)))
        yield Page(f"{FOLDER}/{one.id}.html", "disclosure", uses=(one.key, *uses), given=(site.date_of(one),))


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> DisclosureIndexView | DisclosureView:
    """Return what the page shows."""
    if page.kind == "disclosure-list":
        head = Head(words["disclosure"], words["summary_disclosure"], column=words["disclosure"])
        return DisclosureIndexView(head, (("", tuple(_entry(id, lookup) for _, id in page.uses)),))
    return _list(page.uses[0][1], cast("str", page.given[0]), lookup, words)


def _entry(id: str, lookup: Lookup) -> Entry:
    listed = lookup.record("disclosure", id, DisclosureList)
    return Entry(f"{FOLDER}/{id}.html", listed.title, listed.summary, sum(len(duty.rows) for duty in listed.duties))


def _list(id: str, date: str, lookup: Lookup, words: Words) -> DisclosureView:
    listed = lookup.record("disclosure", id, DisclosureList)
    rows = [row for duty in listed.duties for row in duty.rows]
    duties = tuple(
        DutyGroup(number, duty.duty, tuple(_row(row, lookup) for row in duty.rows))
        for number, duty in enumerate(listed.duties, 1)
    )
    area = lookup.record("area", listed.area, Area) if listed.area else None
    description = words["disclosure_description"].format(title=listed.title, n=len(rows))
    crumbs = ((f"{FOLDER}/index.html", words["disclosure"]),)
    return DisclosureView(
        Head(listed.title, description, crumbs, date, area.short if area else "", column=words["disclosure"]),
        listed.summary,
        lookup.record("department", listed.department, Department).name if listed.department else "",
        duties,
        len(rows),
        sum(bool(row.doubt) for row in rows),
        _by_number(str(row.term) for row in rows if row.term),
        _by_number(form.label for row in rows for form in row.form),
        tuple((lookup.record("source", one.source, Source).title, one.at) for one in listed.provenance),
        any(lookup.record("source", one.source, Source).sample for one in listed.provenance),
    )


def _row(row: DisclosureRow, lookup: Lookup) -> Disclosed:
    cards = [lookup.card(id) for id in row.items]
    return Disclosed(
        row.seq,
        row.business,
        row.category,
        tuple(map(_part, row.content)),
        str(row.term or ""),
        tuple(form.label for form in row.form),
        tuple((card.url, card.title) for card in cards if card.public),
        row.doubt,
        row.note,
    )


def _part(part: ContentPart) -> str:
    return f"{part.name}（{'、'.join(part.parts)}）" if part.parts else part.name


def _by_number(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, the frequent ones first."""
    counted: dict[str, int] = {}
    for text in texts:
        counted[text] = counted.get(text, 0) + 1
    return tuple(sorted(counted, key=lambda text: -counted[text]))
