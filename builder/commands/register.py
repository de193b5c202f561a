"""The register of editions: what is printed now is noted in the repository, and what hangs on walls is held against it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from builder.checks.printed_papers import said_now
from builder.content.model.companions import Place
from builder.content.model.editions import Edition, Paper, Register, SaidPart
from builder.content.site import Site
from builder.guide import Said, code_of
from builder.project import Project
from builder.publish import replace_file
from builder.support.diagnostics import did_you_mean

FOLDER = "content/editions"
TOP = "# 版本登记：印过的各版，先印的在前。由 build.py register 写；papers 可以手改。\n"


class NotRegistered(Exception):
    """There is no such item or place. Says so in the editor's words."""


def register(project: Project, site: Site, ids: Sequence[str] | None, papers: Sequence[Paper], day: date) -> list[str]:
    """Register what guides say now, of all items in force or of those in `ids`, and the papers printed of each.

    Returns the files that were written: an edition that is registered already gets the papers that are new. Needs a
    site without errors. Raises NotRegistered, with nothing written.
    """
    cards = {card.id: card for card in site.offered}
    chosen = list(cards) if ids is None else ids
    _all_known("在办事项", chosen, cards)
    _all_known("地点", (paper.place for paper in papers if paper.place), {place.id for place in site.all(Place)})
    paths = []
    for id in chosen:
        after = registered(site.find(Register, id), said_now(site, cards[id], project.words), day, papers)
        if after:
            path = f"{FOLDER}/{id}.yaml"
            os.makedirs(project.root / FOLDER, exist_ok=True)
            replace_file(str(project.root / path), written(after).encode())
            paths.append(path)
    return paths


def _all_known(label: str, ids: Iterable[str], known: Collection[str]) -> None:
    for id in ids:
        if id not in known:
            raise NotRegistered(f"没有编号为“{id}”的{label}。{did_you_mean(id, known)}")


def registered(
    register: Register | None, said: tuple[Said, ...], day: date, papers: Sequence[Paper]
) -> Register | None:
    """Return `register` with the edition that says this, and with `papers`; None when nothing is new."""
    editions = list(register.editions) if register else []
    code = code_of(said)
    if not editions or editions[-1].code != code:
        parts = tuple(SaidPart(part=one.part, lines=one.lines) for one in said)
        return Register(editions=(*editions, Edition(code=code, date=day, papers=tuple(papers), said=parts)))
    last = editions[-1]
    new = [paper for paper in papers if paper not in last.papers]
    if not new:
        return None
    replaced = {(paper.kind, paper.place, paper.note) for paper in new}
    kept = (paper for paper in last.papers if (paper.kind, paper.place, paper.note) not in replaced)
    return Register(editions=(*editions[:-1], last.model_copy(update={"papers": (*kept, *new)})))


def written(register: Register) -> str:
    """Return the file of a register. Every text is quoted, so that nothing in it can be taken for anything else."""
    return TOP + "editions:\n" + "".join(line for edition in register.editions for line in _edition(edition))


def _edition(edition: Edition) -> Iterator[str]:
    yield f"  - code: {_quoted(edition.code)}\n    date: {edition.date}\n"
    if edition.papers:
        yield "    papers:\n"
        yield from (f"      - {{{_paper(paper)}}}\n" for paper in edition.papers)
    if edition.said:
        yield "    said:\n"
    for part in edition.said:
        yield f"      - part: {_quoted(part.part)}\n        lines:\n"
        yield from (f"          - {_quoted(line)}\n" for line in part.lines)


def _paper(paper: Paper) -> str:
    fields = (
        ("kind", paper.kind.label),
        ("place", paper.place or ""),
        ("note", _quoted(paper.note) if paper.note else ""),
        ("copies", str(paper.copies or "")),
    )
    return ", ".join(f"{name}: {value}" for name, value in fields if value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
