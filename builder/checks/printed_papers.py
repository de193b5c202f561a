"""Printed papers on walls and counters: those that differ from the current guide must be printed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.companions import Place
from builder.content.model.editions import Paper, Register
from builder.content.model.events import Event
from builder.content.model.item import Item
from builder.content.site import Companion, Site
from builder.context import Lookup, RenderContext, Words, frame_of, words_for
from builder.guide import TextSection, changes, edition_code, guide_of, guide_uses, plain_text_of
from builder.render.event import parts_of, text_of
from builder.render.page import PageContext
from builder.render.pages.events import named, uses_of
from builder.support.diagnostics import Finding, Rule, Severity

OUTDATED = Rule(
    "R240",
    "指南改了，贴出去的纸要重印",
    why="墙上、柜台上的纸还是老内容，群众照着办会白跑。",
    fix="重印后运行 build.py register 登记新的一版；不再用的纸，从版本登记里删掉它那一行。",
    severity=Severity.WARNING,
)
WITHDRAWN = Rule(
    "R241",
    "不办了的事项，贴出去的纸要撤下",
    why="事项已经取消、暂停或删掉，纸还挂着。",
    fix="撤下后删掉这个事项的版本登记（content/editions/ 里的文件）。",
    severity=Severity.WARNING,
)
RULES = (OUTDATED, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class StalePapers:
    """Papers of one edition that hang somewhere and should not: `index` is that of the edition in its register.

    `title` is what the item or the event is called, "" where it is not in force any more and the papers of all editions
    are to be taken down.
    `changed` are the parts of the guide that are said otherwise now.
    """

    register: Companion[Register]
    index: int
    title: str
    papers: tuple[Paper, ...]
    changed: tuple[str, ...] = ()


def check_papers(site: Site, words: Words) -> Iterator[Finding]:
    """Yield a finding for each edition whose papers must be printed again or taken down, with the places of the papers.

    The site must have no errors.
    """
    for stale in stale_papers(site, words):
        listed = "；".join(_description(paper, site) for paper in stale.papers)
        if not stale.title:
            says = f"“{stale.register.id}”不在办了，要撤下：{listed}"
            yield WITHDRAWN.at(stale.register.file, "editions", says=says, on="key")
        else:
            edition = stale.register.record.editions[stale.index]
            summary = f"，改了：{'、'.join(stale.changed)}" if stale.changed else ""
            says = f"“{stale.title}”{edition.date} 的版本 {edition.code} 过时了{summary}"
            hint = f"要重印：{listed}"
            yield OUTDATED.at(stale.register.file, "editions", stale.index, "code", says=says, hint=hint)


def stale_papers(site: Site, words: Words) -> Iterator[StalePapers]:
    """Yield the papers that must be printed again or taken down. The site must have no errors."""
    cards = {card.id: card for card in site.public if card.active}
    events = {event.id: event for event in site.events}
    for register in site.all(Register):
        if card := cards.get(register.id):
            yield from _outdated(register, card.title, current_plain_text(site, card, words))
        elif event := events.get(register.id):
            yield from _outdated(register, named(event, site), current_event_text(site, event, words))
        elif papers := tuple(paper for edition in register.record.editions for paper in edition.papers):
            yield StalePapers(register, 0, "", papers)


def current_plain_text(site: Site, card: Card, words: Words) -> tuple[TextSection, ...]:
    """Return the plain text of the guide of an item. This loads the whole item again, because few items have papers."""
    lookup = Lookup(guide_uses(card, site), site.known)
    context = RenderContext(words, frame_of(site, {}, {}, words), lookup)
    return plain_text_of(guide_of(Item.model_validate(site.raw_of(card.file)), card.id, card.area, context), words)


def current_event_text(site: Site, event: Companion[Event], words: Words) -> tuple[TextSection, ...]:
    """Return the text of the sheets of an event. This loads its items again, too."""
    frame = frame_of(site, {}, {}, words)
    items = {card.id: Item.model_validate(site.raw_of(card.file)) for _, card in site.steps_of(event.record)}
    lookup = Lookup(uses_of(event, site), site.known)
    context = PageContext(words_for(frame.calls, words), frame, lookup, items=items)
    return text_of(event.record, parts_of(event.record, context), context)


def _outdated(register: Companion[Register], title: str, current: tuple[TextSection, ...]) -> Iterator[StalePapers]:
    editions = register.record.editions
    renewed = {(paper.kind, paper.place) for paper in editions[-1].papers}
    for index, edition in enumerate(editions):
        if edition_code(current) == edition.code:
            continue
        old_sections = tuple(TextSection(part.part, part.lines) for part in edition.said)
        changed = tuple(part for part, _, _ in changes(old_sections, current)) if old_sections else ()
        last = index == len(editions) - 1
        papers = tuple(paper for paper in edition.papers if last or (paper.kind, paper.place) not in renewed)
        if papers:
            yield StalePapers(register, index, title, papers, changed)


def _description(paper: Paper, site: Site) -> str:
    place = site.find(Place, paper.place)
    where = "，".join(part for part in (place.name if place else "", paper.note) if part)
    copies = f"{paper.copies}份" if paper.copies else ""
    return f"{paper.kind.label}{copies}" + (f"（{where}）" if where else "")
