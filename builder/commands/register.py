"""``build.py register``: records the current edition of guides, and where their printed papers are.

The check of printed papers compares the registered editions with the current guides.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from builder.checks.printed_papers import current_event_text, current_plain_text
from builder.commands import Refused
from builder.content.model.companions import Place
from builder.content.model.editions import Edition, Paper, PaperKind, Register, SaidPart
from builder.content.site import Site
from builder.editing import Change, Insert, NotEdited, Set, edited, plain, written
from builder.guide import TextSection, edition_code
from builder.project import Project
from builder.publish import replace_file
from builder.support.diagnostics import did_you_mean

PlainText = tuple[TextSection, ...]

FOLDER = "content/editions"
HEADER = "# 版本登记：印过的各版，先印的在前。由 build.py register 写；papers 可以手改。"


def register(project: Project, site: Site, ids: Sequence[str] | None, papers: Sequence[Paper], day: date) -> list[str]:
    """Register the current edition of each of the items and events `ids`, or of all for None, with its `papers`.

    For None, papers of events are those of events only, all other papers those of offered items.

    If the edition is registered already, only new papers are added. Return the files that were written, relative to the
    site. The site must have no errors. Raises `Refused` for an unknown item or place, for paper that an item or an event
    does not have, and for a register that cannot be edited; nothing is written then.
    """
    cards = {card.id: card for card in site.offered}
    events = {event.id: event for event in site.events}
    kinds = {paper.kind is PaperKind.EVENT for paper in papers}
    if ids is None:
        selected = [*(cards if kinds != {True} else ()), *(events if kinds != {False} else ())]
    else:
        selected = list(ids)
        _check_ids("在办事项或一件事", selected, {**cards, **events})
        _check_kinds(selected, events, papers)
    _check_ids("地点", (paper.place for paper in papers if paper.place), {place.id for place in site.all(Place)})
    files = {}
    for id in selected:
        path = f"{FOLDER}/{id}.yaml"
        if id in events:
            plain_text = current_event_text(site, events[id], project.words)
        else:
            plain_text = current_plain_text(site, cards[id], project.words)
        data = _registered(project, path, site.find(Register, id), plain_text, day, papers)
        if data is not None:
            files[path] = data
    if files:
        os.makedirs(project.root / FOLDER, exist_ok=True)
    for path, data in files.items():
        replace_file(str(project.root / path), data)
    return list(files)


def _registered(
    project: Project, path: str, registered: Register | None, plain_text: PlainText, day: date, papers: Sequence[Paper]
) -> bytes | None:
    """Return the bytes of a register with an edition and its papers, None if they are in it already. Raises `Refused`."""
    if registered is None:
        return written(path, Register(editions=(_edition(plain_text, day, papers),)), HEADER)
    if not (changes := _changes(registered, plain_text, day, papers)):
        return None
    try:
        return edited(path, (project.root / path).read_bytes(), changes)
    except NotEdited as refusal:
        raise Refused(f"{path}：{refusal}", refusal.findings[0].hint) from None


def _check_ids(label: str, ids: Iterable[str], known: Collection[str]) -> None:
    for id in ids:
        if id not in known:
            raise Refused(f"没有编号为“{id}”的{label}。{did_you_mean(id, known)}")


def _check_kinds(ids: Iterable[str], events: Collection[str], papers: Sequence[Paper]) -> None:
    for paper in papers:
        for id in ids:
            if (id in events) != (paper.kind is PaperKind.EVENT):
                what = "一件事只有一件事告知单：--paper 一件事。" if id in events else "一件事告知单，写一件事的编号。"
                raise Refused(f"“{id}”没有“{paper.kind.label}”这种纸", what)


def _changes(registered: Register, plain_text: PlainText, day: date, papers: Sequence[Paper]) -> list[Change]:
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


def _edition(plain_text: PlainText, day: date, papers: Sequence[Paper]) -> Edition:
    said = tuple(SaidPart(part=section.part, lines=section.lines) for section in plain_text)
    return Edition(code=edition_code(plain_text), date=day, papers=tuple(papers), said=said)
