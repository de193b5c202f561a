"""``build.py pdf``: writes the sheets of a built site as PDF files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.commands import Refused
from builder.content.model.editions import PaperKind
from builder.content.site import Site
from builder.project import Project
from builder.publish import replace_file
from builder.render.pages.events import named
from builder.render.pages.sheets import SHEETS
from builder.render.pdf_engine import FOLDER, BuiltSite, convert, engine_version, key_of, path_of
from builder.support.diagnostics import did_you_mean
from builder.support.processes import Progress
from builder.support.store import Store

ITEM_SHEETS = (PaperKind.GUIDE, *(sheet.name for sheet in SHEETS))
ITEMS_AND_EVENTS = (*ITEM_SHEETS, PaperKind.EVENT)
HALL_SHEETS = (PaperKind.BOARD, PaperKind.CARD, PaperKind.SIGN, PaperKind.CALENDAR)


@dataclass(frozen=True, slots=True)
class Request:
    """The requested sheets: of `items` (each an id, file, name or title, of an event too) or of all, and booklets by id.

    `kinds` are the kinds of sheets; () means all kinds.
    """

    items: Sequence[str] = ()
    booklets: Sequence[str] = ()
    all: bool = False
    kinds: Collection[PaperKind] = ()


def requested_pages(project: Project, site: Site, request: Request) -> list[str]:
    """Return the addresses of the built pages that `request` asks for, without repetition. Raises `Refused`."""
    if request.all:
        ids = [*(card.id for card in site.public), *(event.id for event in site.events)]
    else:
        ids = [id for name in request.items for id in _ids(site, name)]
    kinds = [kind for kind in ITEMS_AND_EVENTS if not request.kinds or kind in request.kinds]
    pages = [page for id in ids for kind in kinds for page in _pages(project, kind, id)]
    if request.all:  # booklets repeat the guides and take long, so they are included only on request
        others = [kind for kind in (*HALL_SHEETS, PaperKind.BOOKLET) if kind in (request.kinds or HALL_SHEETS)]
        pages += [f"print/{kind}/{id}.html" for kind in others for id in _page_ids(project, kind)]
    if ids and not pages:
        raise Refused(
            "要的这几种，这里一份也没有",
            "没有流程的事项没有流程图；已取消的事项只有指南；print_guides 写了“否”的网站都没有。",
        )
    booklets = _page_ids(project, PaperKind.BOOKLET)
    for id in request.booklets:
        if id not in booklets:
            existing = f"有这几本：{'、'.join(booklets)}" if booklets else "这个网站还没有可打印的手册"
            raise Refused(f"没有手册“{id}”", did_you_mean(id, booklets) or f"{existing}。")
    return list(dict.fromkeys((*pages, *(f"print/{PaperKind.BOOKLET}/{id}.html" for id in request.booklets))))


def _page_ids(project: Project, kind: PaperKind) -> list[str]:
    return sorted(path.stem for path in (project.out / "print" / kind).glob("*.html"))


def _pages(project: Project, kind: PaperKind, id: str) -> Iterator[str]:
    """Yield the sheets of this kind of an item or event that there are: of an event also those for single answers."""
    if (project.out / f"print/{kind}/{id}.html").is_file():
        yield f"print/{kind}/{id}.html"
    yield from (f"print/{kind}/{id}/{path.name}" for path in sorted((project.out / "print" / kind / id).glob("*.html")))


def _ids(site: Site, name: str) -> Iterator[str]:
    """Yield the ids of the items and events with this id, file, name or title. Those of several areas may have the same name."""
    found = [card.id for card in site.public if name in (card.id, card.file, card.name, card.title)]
    found += [
        one.id for one in site.events if name in (one.id, one.file, site.event_name(one.record), named(one, site))
    ]
    if not found:
        known = [text for card in site.public for text in (card.id, card.name, card.title)]
        known += [text for one in site.events for text in (one.id, site.event_name(one.record))]
        raise Refused(f"没有事项“{name}”", did_you_mean(name, known) or "写事项或一件事的编号（文件名）或名称。")
    yield from found


def export(
    project: Project, pages: Sequence[str], folder: Path, jobs: int, progress: Progress
) -> list[tuple[Path, bool]]:
    """Write the PDF files of `pages` to `folder`. Return their paths, each with whether the file is new or changed.

    Raises `MissingEngine` or `OSError`. A file then has its old content or the complete new one.
    """
    version = engine_version()
    site_on_disk = BuiltSite(str(project.out), project.settings.base_url, version)
    wanted = [(page, key_of(site_on_disk, page)) for page in pages]
    files: list[tuple[Path, bool]] = []
    with Store.open(project.cache / FOLDER, version) as store:
        for page, _, data in convert(site_on_disk, wanted, store, jobs, progress(FOLDER, len(wanted))):
            file = folder / path_of(page).removeprefix(f"{FOLDER}/")
            files.append((file, _write_if_changed(file, data)))
    return files


def _write_if_changed(file: Path, data: bytes) -> bool:
    """Write `data` to `file` unless that is its content already. Return whether it was written."""
    if file.is_file() and file.read_bytes() == data:
        return False
    os.makedirs(file.parent, exist_ok=True)
    replace_file(str(file), data)
    return True
