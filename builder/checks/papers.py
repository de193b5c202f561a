"""Papers that hang on walls and lie on counters: those that no longer say what the guide says are to be printed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from builder.diagnostics import Finding, Rule, Severity
from builder.model.companions import Place
from builder.model.editions import Edition, Paper, Register

if TYPE_CHECKING:
    from builder.card import Card
    from builder.site import Companion, Site

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

# What a guide says now: the code of its edition, and the names of the parts that differ from an edition of old.
Compare = Callable[["Card", Edition], tuple[str, tuple[str, ...]]]


def check_papers(site: Site, compare: Compare) -> Iterator[Finding]:
    """Yield the papers that are to be printed again, and those to be taken down, with where they are."""
    cards = {card.id: card for card in site.public if card.active}
    for companion in site.of("edition"):
        register = cast("Register", companion.record)
        card = cards.get(companion.id)
        if card is None:
            yield from _withdrawn(companion, register, site)
        else:
            yield from _outdated(companion, register, card, site, compare)


def _withdrawn(companion: Companion, register: Register, site: Site) -> Iterator[Finding]:
    papers = [paper for edition in register.editions for paper in edition.papers]
    if papers:
        says = f"“{companion.id}”不在办了，要撤下：{_listed(papers, site)}"
        yield WITHDRAWN.at(companion.file, "editions", says=says, on="key")


def _outdated(companion: Companion, register: Register, card: Card, site: Site, compare: Compare) -> Iterator[Finding]:
    renewed = {(paper.kind, paper.place) for paper in register.editions[-1].papers}
    for index, edition in enumerate(register.editions):
        code, changed = compare(card, edition)
        if code == edition.code:
            continue
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
    found = site.known.get(("place", paper.place)) if paper.place else None
    place = cast("Place", cast("Companion", found).record).name if found else ""
    where = "，".join(part for part in (place, paper.note) if part)
    copies = f"{paper.copies}份" if paper.copies else ""
    return f"{paper.kind.label}{copies}" + (f"（{where}）" if where else "")
