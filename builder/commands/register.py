"""``build.py register``: records the current edition of guides, and where their printed papers are.

The check of printed papers compares the registered editions with the current guides.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from builder.checks.printed_papers import current_plain_text
from builder.commands import Refused
from builder.content.model.companions import Place
from builder.content.model.editions import Edition, Paper, Register, SaidPart
from builder.content.site import Site
from builder.guide import TextSection, edition_code
from builder.project import Project
from builder.publish import replace_file
from builder.support.diagnostics import did_you_mean

FOLDER = "content/editions"
HEADER = "# 版本登记：印过的各版，先印的在前。由 build.py register 写；papers 可以手改。\n"


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
        plain_text = current_plain_text(site, cards[id], project.words)
        updated = updated_register(site.find(Register, id), plain_text, day, papers)
        if updated:
            path = f"{FOLDER}/{id}.yaml"
            os.makedirs(project.root / FOLDER, exist_ok=True)
            replace_file(str(project.root / path), register_text(updated).encode())
            paths.append(path)
    return paths


def _check_ids(label: str, ids: Iterable[str], known: Collection[str]) -> None:
    for id in ids:
        if id not in known:
            raise Refused(f"没有编号为“{id}”的{label}。{did_you_mean(id, known)}")


def updated_register(
    register: Register | None, plain_text: tuple[TextSection, ...], day: date, papers: Sequence[Paper]
) -> Register | None:
    """Return `register` with an edition for `plain_text` and with `papers`, or None if both are registered already."""
    editions = list(register.editions) if register else []
    code = edition_code(plain_text)
    if not editions or editions[-1].code != code:
        parts = tuple(SaidPart(part=section.part, lines=section.lines) for section in plain_text)
        return Register(editions=(*editions, Edition(code=code, date=day, papers=tuple(papers), said=parts)))
    last = editions[-1]
    new = [paper for paper in papers if paper not in last.papers]
    if not new:
        return None
    replaced = {(paper.kind, paper.place, paper.note) for paper in new}
    unchanged = (paper for paper in last.papers if (paper.kind, paper.place, paper.note) not in replaced)
    return Register(editions=(*editions[:-1], last.model_copy(update={"papers": (*unchanged, *new)})))


def register_text(register: Register) -> str:
    """Return the YAML text of a register. All texts are quoted, so that each is parsed as text."""
    return HEADER + "editions:\n" + "".join(line for edition in register.editions for line in _edition(edition))


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
