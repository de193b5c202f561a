"""``build.py register``: records the current edition of guides, and where their printed papers are.

The check of printed papers compares the registered editions with the current guides.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from builder.checks.printed_papers import current_plain_text
from builder.commands import Refused
from builder.content.model.companions import Place
from builder.content.model.editions import Edition, Paper, Register, SaidPart
from builder.content.site import Site
from builder.editing import Change, Insert, Set, edited, plain, written
from builder.guide import TextSection, edition_code
from builder.project import Project
from builder.publish import replace_file
from builder.support.diagnostics import did_you_mean

FOLDER = "content/editions"
HEADER = "# 版本登记：印过的各版，先印的在前。由 build.py register 写；papers 可以手改。"


def register(project: Project, site: Site, ids: Sequence[str] | None, papers: Sequence[Paper], day: date) -> list[str]:
    """Register the current edition of each of the items `ids`, or of all offered items for None, with its `papers`.

    If the edition is registered already, only new papers are added. Return the files that were written, relative to the
    site. The site must have no errors. Raises `Refused` for an unknown item or place; nothing is written then.
    """
    cards = {card.id: card for card in site.offered}
    selected = list(cards) if ids is None else ids
    _check_ids("在办事项", selected, cards)
    _check_ids("地点", (paper.place for paper in papers if paper.place), {place.id for place in site.all(Place)})
    paths = []
    for id in selected:
        path = f"{FOLDER}/{id}.yaml"
        plain_text = current_plain_text(site, cards[id], project.words)
        registered = site.find(Register, id)
        if registered is None:
            new = Register(editions=(_edition(plain_text, day, papers),))
            os.makedirs(project.root / FOLDER, exist_ok=True)
            replace_file(str(project.root / path), written(path, new, HEADER))
            paths.append(path)
        elif changes := _changes(registered, plain_text, day, papers):
            data = edited(path, (project.root / path).read_bytes(), changes)
            replace_file(str(project.root / path), data)
            paths.append(path)
    return paths


def _check_ids(label: str, ids: Iterable[str], known: Collection[str]) -> None:
    for id in ids:
        if id not in known:
            raise Refused(f"没有编号为“{id}”的{label}。{did_you_mean(id, known)}")


def _changes(
    registered: Register, plain_text: tuple[TextSection, ...], day: date, papers: Sequence[Paper]
) -> list[Change]:
    """Return what is to be changed in the file of a register; nothing if the edition and its papers are in it already."""
    count, last = len(registered.editions), registered.editions[-1]
    if last.code != edition_code(plain_text):
        return [Insert(("editions",), count, plain(_edition(plain_text, day, papers)))]
    new = [paper for paper in papers if paper not in last.papers]
    if not new:
        return []
    replaced = {(paper.kind, paper.place, paper.note) for paper in new}
    unchanged = (paper for paper in last.papers if (paper.kind, paper.place, paper.note) not in replaced)
    return [Set(("editions", count - 1, "papers"), [plain(paper) for paper in (*unchanged, *new)])]


def _edition(plain_text: tuple[TextSection, ...], day: date, papers: Sequence[Paper]) -> Edition:
    said = tuple(SaidPart(part=section.part, lines=section.lines) for section in plain_text)
    return Edition(code=edition_code(plain_text), date=day, papers=tuple(papers), said=said)
