"""``build.py rename OLD NEW``: gives an item another id, which is its address, and lets nobody stand before the old one.

The file is renamed with its register of editions, what refers to it refers to the new id, and the old address gets its
entry. Links in Markdown stay as they are: the old address leads them on.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from builder.commands import Refused
from builder.content.addresses import beside
from builder.content.card import Card
from builder.content.fields import references
from builder.content.model.editions import Register
from builder.content.model.events import Event
from builder.content.model.kinds import Key
from builder.content.model.moved import Moved
from builder.content.names import check_name
from builder.content.site import Site
from builder.editing import Change, NotEdited, Set, Value, edited, written
from builder.project import Project
from builder.publish import replace_file
from builder.support.diagnostics import did_you_mean

MOVED = "content/moved.yaml"
LONGEST_NAME = 60  # of an entry there


@dataclass(frozen=True, slots=True)
class Renamed:
    """What was done: files that have another name, the old one and the new one, and files in which something changed."""

    files: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]


def rename(project: Project, site: Site, old: str, new: str, today: date) -> Renamed:
    """Give the item `old` the id `new`. The site must have no errors.

    Raises `Refused` for an id that is unknown, wrong or taken, and for a file that cannot be edited; nothing is written then.
    """
    card = site.card(old)
    if card is None:
        if any(event.id == old for event in site.all(Event)):
            hint = f"改文件名，再在 content/moved.yaml 里写：events/{old}.html: events/{new}.html"
            raise Refused(f"“{old}”是一件事，rename 只改事项的编号", hint)
        raise Refused(f"没有编号为“{old}”的事项。{did_you_mean(old, (card.id for card in site.cards))}")
    _check_new(site, card, new)
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for file, change in (*_references(site, card.key, new), *_old_addresses(site, card, new)):
        changes[file].append(change)
    entry: Value = {"name": card.title[:LONGEST_NAME], "to": f"items/{new}.html", "date": str(today)}
    is_first = card.public and not (project.root / MOVED).exists()
    if card.public and not is_first:
        changes[MOVED].append(Set((card.url,), entry))
    try:
        data = {file: edited(file, (project.root / file).read_bytes(), some) for file, some in changes.items()}
    except NotEdited as refusal:
        finding = refusal.findings[0]
        raise Refused(f"{finding.file}：{refusal}，编号没有改", finding.hint) from None
    if is_first:
        data[MOVED] = written(MOVED, {card.url: entry})
    for file, some_bytes in data.items():
        replace_file(str(project.root / file), some_bytes)
    files = tuple(_files(site, card, new))
    for file, renamed in files:
        os.rename(project.root / file, project.root / renamed)
    return Renamed(files, tuple(sorted(data)))


def _check_new(site: Site, card: Card, new: str) -> None:
    for finding in check_name(f"{new}.yaml"):
        raise Refused(finding.says, finding.hint.replace("文件名改成", "改成").removesuffix(".yaml"))
    if other := site.card(new):
        raise Refused(f"编号“{new}”已经用在 {other.file}", "换一个编号；是同一件事，合成一个事项。")
    if any(entry.id == f"items/{new}.html" for entry in site.all(Moved)):
        raise Refused(
            f"“items/{new}.html”是旧网址，写在 {MOVED} 里", f"换一个编号；要改回来，先从 {MOVED} 里删掉那一条。"
        )
    if site.find(Register, new):
        raise Refused(f"content/editions/{new}.yaml 是别的事项的版本登记", "换一个编号。")


def _references(site: Site, target: Key, new: str) -> Iterator[tuple[str, Change]]:
    """Yield the changes by which all that refers to the item refers to its new id, each with its file."""
    for card in site.cards:
        if target in card.references:
            yield from ((card.file, Set(path, new)) for path in site.paths_to(card.file, target))
    for companion in site.companions:
        base = (companion.id,) if companion.many else ()
        for path, kind, id in references(companion.record):
            if (kind, id) == target:
                yield companion.file, Set((*base, *path), new)
    for path, kind, id in references(site.settings):
        if (kind, id) == target:
            yield "site.yaml", Set(path, new)


def _old_addresses(site: Site, card: Card, new: str) -> Iterator[tuple[str, Change]]:
    """Yield the changes by which older addresses that lead to the item lead to it at once."""
    own = dict(zip((card.url, *beside(card.url)), (f"items/{new}.html", *beside(f"items/{new}.html")), strict=True))
    for entry in site.all(Moved):
        page, mark, place = entry.record.to.partition("#")
        if page in own:
            yield entry.file, Set((entry.id, "to"), f"{own[page]}{mark}{place}")


def _files(site: Site, card: Card, new: str) -> Iterator[tuple[str, str]]:
    """Yield the files that carry the id in their name, and their new names."""
    yield card.file, f"{card.file.rpartition('/')[0]}/{new}.{card.file.rpartition('.')[2]}"
    if site.find(Register, card.id):
        yield f"content/editions/{card.id}.yaml", f"content/editions/{new}.yaml"
