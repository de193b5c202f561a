"""Printed papers on walls and counters: those that differ from the current guide must be printed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.content.card import Card
from builder.content.model.companions import Place
from builder.content.model.editions import Paper, Register
from builder.content.model.item import Item
from builder.content.site import Companion, Site
from builder.context import Lookup, RenderContext, Words, frame_of
from builder.guide import TextSection, changes, edition_code, guide_of, guide_uses, plain_text_of
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


def check_papers(site: Site, words: Words) -> Iterator[Finding]:
    """Yield a finding for each edition whose papers must be printed again or taken down, with the places of the papers.

    The site must have no errors.
    """
    cards = {card.id: card for card in site.public if card.active}
    for companion in site.all(Register):
        register = companion.record
        card = cards.get(companion.id)
        if card is None:
            yield from _withdrawn(companion, register, site)
        else:
            yield from _outdated(companion, register, card, site, words)


def current_plain_text(site: Site, card: Card, words: Words) -> tuple[TextSection, ...]:
    """Return the plain text of the guide of an item. This loads the whole item again, because few items have papers."""
    lookup = Lookup(guide_uses(card, site), site.known)
    context = RenderContext(words, frame_of(site, {}, {}, words), lookup)
    return plain_text_of(guide_of(Item.model_validate(site.raw_of(card.file)), card.id, card.area, context), words)


def _withdrawn(companion: Companion[Register], register: Register, site: Site) -> Iterator[Finding]:
    papers = [paper for edition in register.editions for paper in edition.papers]
    if papers:
        says = f"“{companion.id}”不在办了，要撤下：{_listed(papers, site)}"
        yield WITHDRAWN.at(companion.file, "editions", says=says, on="key")


def _outdated(
    companion: Companion[Register], register: Register, card: Card, site: Site, words: Words
) -> Iterator[Finding]:
    current = current_plain_text(site, card, words)
    renewed = {(paper.kind, paper.place) for paper in register.editions[-1].papers}
    for index, edition in enumerate(register.editions):
        if edition_code(current) == edition.code:
            continue
        old_sections = tuple(TextSection(part.part, part.lines) for part in edition.said)
        changed = tuple(part for part, _, _ in changes(old_sections, current)) if old_sections else ()
        last = index == len(register.editions) - 1
        papers = [paper for paper in edition.papers if last or (paper.kind, paper.place) not in renewed]
        if papers:
            summary = f"，改了：{'、'.join(changed)}" if changed else ""
            says = f"“{card.title}”{edition.date} 的版本 {edition.code} 过时了{summary}"
            hint = f"要重印：{_listed(papers, site)}"
            yield OUTDATED.at(companion.file, "editions", index, "code", says=says, hint=hint)


def _listed(papers: Iterable[Paper], site: Site) -> str:
    return "；".join(_description(paper, site) for paper in papers)


def _description(paper: Paper, site: Site) -> str:
    place = site.find(Place, paper.place)
    where = "，".join(part for part in (place.name if place else "", paper.note) if part)
    copies = f"{paper.copies}份" if paper.copies else ""
    return f"{paper.kind.label}{copies}" + (f"（{where}）" if where else "")
