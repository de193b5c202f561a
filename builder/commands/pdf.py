"""``build.py pdf``: the sheets of a built site as PDF files, in a folder to print or to send from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.content.site import Site
from builder.pipeline import Progress
from builder.project import Project
from builder.publish import replace_file
from builder.render.pdf_engine import FOLDER, BuiltSite, convert, engine_version, key_of, path_of
from builder.support.diagnostics import did_you_mean
from builder.support.store import Store

# The kinds of an item's sheets, and those of the others, each with what people call it.
OF_ITEMS = {
    "guide": ("指南", "办事指南", "完整指南"),
    "short": ("简版", "简版指南", "一页"),
    "notice": ("告知单", "一次性告知单"),
    "poster": ("流程图", "海报"),
    "leaflet": ("宣传页", "社区宣传页"),
}
OF_THE_HALL = {
    "board": ("公示栏",),
    "card": ("速查卡", "窗口速查卡"),
    "sign": ("吊牌", "窗口吊牌"),
}
BOOKLET = "booklet"
KINDS = {**OF_ITEMS, **OF_THE_HALL, BOOKLET: ("手册",)}


class Refused(Exception):
    """What was asked for cannot be made; `hint` says what can."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: names of items (id, file, name or title) or all, and ids of booklets; no kinds are all kinds."""

    items: Sequence[str] = ()
    booklets: Sequence[str] = ()
    all: bool = False
    kinds: Collection[str] = ()


def kind_of(label: str) -> str | None:
    """Return the kind that `label` names, None when none is called so."""
    return next((kind for kind, names in KINDS.items() if label in {kind, *names}), None)


def folder_for(project: Project, out: Path | None) -> Path:
    """Return the folder for the files. Raises Refused when it is where a build would not bear them."""
    folder = (out or project.root / FOLDER).resolve()
    for taken in (project.out.resolve(), project.content):
        if folder == taken or taken in folder.parents:
            raise Refused(f"PDF 不能放进 {taken.name} 文件夹，那里的文件由程序管", "换一个文件夹，或不写 --out。")
    return folder


def sheets_wanted(project: Project, site: Site, wanted: Wanted) -> list[str]:
    """Return the pages of the built site that `wanted` names, each once, in order. Raises Refused."""
    items = [card.id for card in site.public] if wanted.all else [id for one in wanted.items for id in _ids(site, one)]
    kinds = [kind for kind in OF_ITEMS if not wanted.kinds or kind in wanted.kinds]
    pages = [f"print/{kind}/{id}.html" for id in items for kind in kinds]
    pages = [page for page in pages if (project.out / page).is_file()]
    if wanted.all:  # booklets bind the guides again and take long: only where they are asked for
        others = [kind for kind in (*OF_THE_HALL, BOOKLET) if kind in (wanted.kinds or OF_THE_HALL)]
        pages += [f"print/{kind}/{name}.html" for kind in others for name in _printed(project, kind)]
    if items and not pages:
        raise Refused(
            "要的这几种，这里一份也没有",
            "没有流程的事项没有流程图；已取消的事项只有指南；print_guides 写了“否”的网站都没有。",
        )
    booklets = _printed(project, BOOKLET)
    for id in wanted.booklets:
        if id not in booklets:
            has = f"有这几本：{'、'.join(booklets)}" if booklets else "这个网站还没有可打印的手册"
            raise Refused(f"没有手册“{id}”", did_you_mean(id, booklets) or f"{has}。")
    return list(dict.fromkeys((*pages, *(f"print/{BOOKLET}/{id}.html" for id in wanted.booklets))))


def _printed(project: Project, kind: str) -> list[str]:
    return sorted(path.stem for path in (project.out / "print" / kind).glob("*.html"))


def _ids(site: Site, asked: str) -> Iterator[str]:
    """Yield the ids of the items that `asked` names: several when areas call theirs the same."""
    cards = [card for card in site.public if asked in (card.id, card.file, card.name, card.title)]
    if not cards:
        known = [one for card in site.public for one in (card.id, card.name, card.title)]
        raise Refused(f"没有事项“{asked}”", did_you_mean(asked, known) or "写事项的编号（文件名）或名称。")
    yield from (card.id for card in cards)


def export(
    project: Project, pages: Sequence[str], folder: Path, jobs: int, progress: Progress
) -> list[tuple[Path, bool]]:
    """Write the PDF of each of `pages` below `folder`; return the files, and whether each is new or changed.

    Raises MissingEngine and OSError; every file is then the old one or the new one.
    """
    version = engine_version()
    site_on_disk = BuiltSite(str(project.out), project.settings.base_url, version)
    wanted = [(page, key_of(site_on_disk, page)) for page in pages]
    made: list[tuple[Path, bool]] = []
    with Store.open(project.cache / FOLDER, version) as store:
        for page, _, data in convert(site_on_disk, wanted, store, jobs, progress(FOLDER, len(wanted))):
            file = folder / path_of(page).removeprefix(f"{FOLDER}/")
            made.append((file, _put(file, data)))
    return made


def _put(file: Path, data: bytes) -> bool:
    """Let `file` hold `data`, and tell whether it did not yet."""
    if file.is_file() and file.read_bytes() == data:
        return False
    os.makedirs(file.parent, exist_ok=True)
    replace_file(str(file), data)
    return True
