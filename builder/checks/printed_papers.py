"""Papers that hang on walls and lie on counters: those that no longer say what the guide says are to be printed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.content.card import Card
from builder.content.model.companions import Place
from builder.content.model.editions import Paper, Register
from builder.content.model.item import Item
from builder.content.site import Companion, Site
from builder.context import Lookup, RenderContext, Words, frame_of
from builder.guide import Said, changes, code_of, guide_of, guide_uses, said_by
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
    """Yield the papers that are to be printed again, and those to be taken down, with where they are.

    Needs a site without errors.
    """
    cards = {card.id: card for card in site.public if card.active}
    for companion in site.all(Register):
        register = companion.record
        card = cards.get(companion.id)
        if card is None:
            yield from _withdrawn(companion, register, site)
        else:
            yield from _outdated(companion, register, card, site, words)


def said_now(site: Site, card: Card, words: Words) -> tuple[Said, ...]:
    """Return what the guide of an item says. Reads the whole item again: few items have papers that hang."""
    lookup = Lookup(guide_uses(card), site.known)
    context = RenderContext(words, frame_of(site, {}, {}, words), lookup)
    return said_by(guide_of(Item.model_validate(site.raw_of(card.file)), card.id, card.area, context), words)


def _withdrawn(companion: Companion[Register], register: Register, site: Site) -> Iterator[Finding]:
    papers = [paper for edition in register.editions for paper in edition.papers]
    if papers:
        says = f"“{companion.id}”不在办了，要撤下：{_listed(papers, site)}"
        yield WITHDRAWN.at(companion.file, "editions", says=says, on="key")


def _outdated(
    companion: Companion[Register], register: Register, card: Card, site: Site, words: Words
) -> Iterator[Finding]:
    said = said_now(site, card, words)
    renewed = {(paper.kind, paper.place) for paper in register.editions[-1].papers}
    for index, edition in enumerate(register.editions):
        if code_of(said) == edition.code:
            continue
        was = tuple(Said(part.part, part.lines) for part in edition.said)
        changed = tuple(part for part, _, _ in changes(was, said)) if was else ()
        last = index == len(register.editions) - 1
        papers = [one for one in edition.papers if last or (one.kind, one.place) not in renewed]
        if papers:
            what = f"，改了：{'、'.join(changed)}" if changed else ""
            says = f"“{card.title}”{edition.date} 的版本 {edition.code} 过时了{what}"
            hint = f"要重印：{_listed(papers, site)}"
            yield OUTDATED.at(companion.file, "editions", index, "code", says=says, hint=hint)


def _listed(papers: Iterable[Paper], site: Site) -> str:
    return "；".join(_one(paper, site) for paper in papers)


def _one(paper: Paper, site: Site) -> str:
    place = site.find(Place, paper.place)
    where = "，".join(part for part in (place.name if place else "", paper.note) if part)
    copies = f"{paper.copies}份" if paper.copies else ""
    return f"{paper.kind.label}{copies}" + (f"（{where}）" if where else "")
