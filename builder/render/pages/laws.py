"""Laws from behind: whether each is in force, what replaces it, and which items rest on it, with the article, by area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from builder.content.model.companions import Law, LawStatus
from builder.content.model.kinds import key
from builder.content.site import Companion, Site
from builder.content.traces import Citation
from builder.context import Frame, Words
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages.tracing import (
    TracedItems,
    TracedLine,
    TracedSection,
    Tracing,
    found_by_reference,
    named_by_public,
    told_by_case,
    traced,
    traced_in_words,
)
from builder.render.pagination import Pager, Portion, continued_in_words, cut, pager_of
from builder.wording.choices import choice_in_words
from builder.wording.joining import joined
from builder.wording.times import day

FOLDER = "laws"
INDEX = f"{FOLDER}/index.html"

ENDED = (LawStatus.REPEALED, LawStatus.REPLACED)
GROUPS = ("law_ended", "law_unknown", "law_in_force")  # of the index, in its order
ITEMS = "items"  # the only section of a page


class IndexLine(NamedTuple):
    """A law in the index: its title and number, what is known of its force, and how many items rest on it."""

    id: str
    title: str
    number: str
    status: str
    now: str  # the title of the law that replaces it, "" for none
    items: int


@dataclass(frozen=True, slots=True)
class LawsPlan:
    """The laws of one page of the index, those that are no longer in force first."""

    portion: Portion[str, IndexLine]


@dataclass(frozen=True, slots=True)
class LawPlan:
    """A law with the items of one page; `count` is that of all its items, `replaces` are laws that it replaced."""

    id: str
    now: str
    replaces: tuple[str, ...]
    count: int
    tracing: Tracing


@dataclass(frozen=True, slots=True)
class LawsView:
    """One page of the index."""

    head: Head
    groups: tuple[TracedSection, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class LawView:
    """A law and the items that rest on it; `whole` where the page tells of it, and not only goes on with its items.

    `now` and `replaces` are addresses and titles of other laws. `ended` tells that it is no longer in force.
    """

    head: Head
    counted: str  # how many items rest on it
    facts: tuple[tuple[str, str], ...]
    source_url: str
    ended: str
    now: tuple[str, str] | None
    replaces: tuple[tuple[str, str], ...]
    items: TracedItems
    whole: bool
    unused: bool


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the index, and the pages of each law on which a public item rests; nothing where there is none."""
    laws = _laws(site)
    if not laws:
        return
    traces = ((card, card.traces.citations) for card in site.offered)
    found = found_by_reference(traces, lambda citation: citation.ref)
    grouped: dict[str, list[IndexLine]] = {group: [] for group in GROUPS}
    for law in laws:
        grouped[_group(law.record)].append(_index_line(law, site, len(found.get(law.id, ()))))
    for portion in cut(grouped.items()):
        yield Page(portion.address(INDEX), "law-list", LawsPlan(portion))
    ids = {law.id for law in laws}
    for law in laws:
        own = found.get(law.id, ())
        now = (law.record.replaced_by or "") if law.record.status in ENDED else ""
        replaces = tuple(one.id for one in laws if one.record.replaced_by == law.id and one.record.status in ENDED)
        for tracing in traced(FOLDER, law.id, ((ITEMS, own),), frame, ids):
            plan = LawPlan(law.id, now, replaces, len(own), tracing)
            others = (key(Law, id) for id in (now, *replaces) if id and tracing.is_first)
            uses = tuple(dict.fromkeys((law.key, *others, *tracing.uses)))
            name = law.record.title if tracing.is_first else ""
            yield Page(tracing.address, "law", plan, uses, name=name, column=INDEX)


def _laws(site: Site) -> list[Companion[Law]]:
    """Return the laws on which public items rest, and those that replaced them, in pinyin order."""
    known = {law.id: law for law in site.all(Law)}
    laws: dict[str, Companion[Law]] = {}
    for law in named_by_public(site, Law):
        one: Companion[Law] | None = law
        while one and one.id not in laws:
            laws[one.id] = one
            one = known.get(one.record.replaced_by or "") if one.record.status in ENDED else None
    return sorted(laws.values(), key=lambda law: (law.order, law.id))


def _group(law: Law) -> str:
    if law.status in ENDED:
        return "law_ended"
    return "law_in_force" if _is_proved(law) else "law_unknown"


def _is_proved(law: Law) -> bool:
    """Tell whether it is known to be in force: by which source, and when that was looked up."""
    return law.status is LawStatus.IN_FORCE and bool(law.status_source and law.status_date)


def _index_line(law: Companion[Law], site: Site, count: int) -> IndexLine:
    record = law.record
    now = site.find(Law, record.replaced_by) if record.status in ENDED else None
    status = record.status.value if record.status in ENDED else ""
    return IndexLine(law.id, record.title, record.number, status, now.title if now else "", count)


def index_view(page: Page[LawsPlan], context: PageContext) -> LawsView:
    """Return one page of the index."""
    portion, words = page.plan.portion, context.words
    groups = tuple(
        TracedSection(
            continued_in_words(words[f"{stretch.group}_head"], words, continued=stretch.continued),
            tuple(_index_line_in_words(line, words) for line in stretch.lines),
        )
        for stretch in portion.stretches
    )
    title, pager = words["law_list"], pager_of(portion, INDEX)
    head = numbered(Head(title, words["summary_laws"], column=title), pager, words)
    return LawsView(head, groups, pager)


def _index_line_in_words(line: IndexLine, words: Words) -> TracedLine:
    ended = _ended(LawStatus.of(line.status), line.now, words) if line.status else ""
    counted = words["rested_on_by"].format(n=line.items) if line.items else ""
    title = words["title_of_document"].format(title=line.title)
    return TracedLine(
        f"{FOLDER}/{line.id}.html", title, tuple(filter(None, (ended, joined((line.number, counted), words))))
    )


def _ended(status: LawStatus, now: str, words: Words) -> str:
    """Return that a law is no longer in force, and which one is: 已废止，现在看《民法典》."""
    return joined((choice_in_words(status, words), words["law_now"].format(title=now) if now else ""), words)


def view(page: Page[LawPlan], context: PageContext) -> LawView:
    """Return a law with its items."""
    plan, tracing, words = page.plan, page.plan.tracing, context.words
    law, whole = context.get(Law, plan.id), tracing.is_first

    def facts(citations: tuple[Citation, ...]) -> tuple[str, ...]:
        return told_by_case(((one.case, one.article) for one in citations), words)

    items = traced_in_words(tracing, {ITEMS: words["law_items"]}, facts, context)
    title = words["title_of_document"].format(title=law.title)
    crumbs = ((f"{FOLDER}/{plan.id}.html", title),) if tracing.area else ()
    head = Head(
        title,
        words["law_description"].format(title=law.title),
        ((INDEX, words["law_list"]), *crumbs),
        area=context.frame.areas[tracing.area] if tracing.area else "",
        column=words["law_list"],
    )
    now = _linked(plan.now, context) if plan.now and whole else None
    return LawView(
        numbered(head, items.pager, words),
        words["rested_on_by"].format(n=plan.count) if plan.count and whole else "",
        tuple(_facts(law, words)) if whole else (),
        law.url if whole else "",
        choice_in_words(law.status, words) if law.status in ENDED else "",
        now,
        tuple(_linked(id, context) for id in plan.replaces) if whole else (),
        items,
        whole,
        unused=not plan.count,
    )


def _linked(id: str, context: PageContext) -> tuple[str, str]:
    title = context.words["title_of_document"].format(title=context.get(Law, id).title)
    return f"{FOLDER}/{id}.html", title


def _facts(law: Law, words: Words) -> Iterator[tuple[str, str]]:
    rows = (
        ("law_number", law.number),
        ("law_issuer", law.issuer),
        ("law_issued", day(law.issued, words)),
        ("law_effect", _effect(law, words)),
    )
    yield from ((words[label], text) for label, text in rows if text)


def _effect(law: Law, words: Words) -> str:
    """Return what is known of its force. That it is in force is said only with the source and the day."""
    if law.status not in ENDED and not _is_proved(law):
        return words["law_force_unknown"]
    checked = words["law_checked"].format(day=day(law.status_date, words)) if law.status_date else ""
    return joined((choice_in_words(law.status, words), law.status_source, checked), words)


FAMILY = PageFamily(
    plan,
    (
        PageKind("law-list", index_view, "laws.html", "index"),
        PageKind("law", view, "law.html", "list"),
    ),
    (Section("law_list", INDEX, lambda site: bool(named_by_public(site, Law))),),
)
