"""Makes the pages of the items of areas: each area is planned by itself, with what it has to know of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from builder.areas.export import AreaContent, area_store
from builder.checks.proofreading import Lexicon
from builder.content.card import Card
from builder.content.history import PastChange
from builder.content.site import Elsewhere, Site
from builder.publish import Artifact
from builder.render.page import Page
from builder.render.pages import plan_items
from builder.render.rendering import AreaPage, ItemPages, PageWriter, RenderSetup, keys_of, page_writer
from builder.support.processes import Processes, Progress
from builder.support.workers import Workers, workers_for

CHUNK = 50  # items that a worker renders at a time


@dataclass(frozen=True, slots=True)
class MakeSetup:
    """What the making of all areas shares: the folder of the site and its cache, and the set-up of rendering.

    `draft_title` makes the titles of drafts in a preview, "" where drafts are not shown.
    """

    root: str
    cache: Path
    lexicon: Lexicon
    render: RenderSetup
    draft_title: str


@dataclass(frozen=True, slots=True)
class AreaTask:
    """An area whose pages are to be made: its files, the dates of their last changes, the rest of the site, its past changes.

    `files_digest` stands for the content of its files as they were studied. `known` are the addresses and keys of pages
    that are there already.
    """

    area: str
    files: tuple[str, ...]
    files_digest: str
    dates: Mapping[str, str]
    elsewhere: Elsewhere
    past: tuple[PastChange, ...]
    known: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AreaPages:
    """The pages of an area: the kind of each by its address, the keys of those that were there, the others as written."""

    area: str
    kinds: Mapping[str, str]
    kept: Mapping[str, str]
    written: tuple[Artifact, ...]


@dataclass(frozen=True, slots=True)
class PlannedArea:
    """The planned pages of an area: as in `AreaPages`, and those to write: of its items, and of the area as a whole."""

    area: str
    kinds: Mapping[str, str]
    kept: Mapping[str, str]
    wanted: tuple[ItemPages, ...]
    whole: tuple[AreaPage, ...]


def make_areas(
    areas: Sequence[AreaTask], setup: MakeSetup, processes: Processes, progress: Progress
) -> Iterator[AreaPages]:
    """Make the pages of `areas`, and yield those of each. They are written into the staged site."""
    sizes = [len(area.files) for area in areas]
    if not processes.take_areas(sizes):
        yield from _make_together(areas, setup, processes.jobs, progress)
        return
    largest_first = sorted(areas, key=lambda area: -len(area.files))
    with processes.workers(sizes, area_maker, (setup,)) as workers:
        for some in workers.map(largest_first, 1, progress("render", len(areas))):
            yield from some


def area_maker(setup: MakeSetup) -> Callable[[Sequence[AreaTask]], list[AreaPages]]:
    """Return what makes the pages of whole areas in a worker."""
    writer = PageWriter(setup.render)

    def make(areas: Sequence[AreaTask]) -> list[AreaPages]:
        return [made(plan_area(area, setup)) for area in areas]

    def made(area: PlannedArea) -> AreaPages:
        return AreaPages(area.area, area.kinds, area.kept, tuple(writer.write((*area.whole, *area.wanted))))

    return make


def _make_together(areas: Sequence[AreaTask], setup: MakeSetup, jobs: int, progress: Progress) -> Iterator[AreaPages]:
    """Plan areas in this process, and share their pages among `jobs` workers."""
    planned = [plan_area(area, setup) for area in areas]
    whole = [page for area in planned for page in area.whole]  # first, because they take longer
    tasks: list[ItemPages | AreaPage] = [*whole, *(item for area in planned for item in area.wanted)]
    done = progress("render", len(tasks))
    with Workers(workers_for(len(tasks), jobs), page_writer, (setup.render,)) as workers:
        written = {one.path: one for some in workers.map(tasks, CHUNK, done) for one in some}
    for area in planned:
        pages = (*(page for item in area.wanted for page, _ in item.pages), *(one.page for one in area.whole))
        yield AreaPages(area.area, area.kinds, area.kept, tuple(written[page.url] for page in pages))


def plan_area(task: AreaTask, setup: MakeSetup) -> PlannedArea:
    """Plan the pages of an area, and load the items of those that have to be written. Raises `ContentChanged`."""
    with area_store(setup.cache, task.area) as store:
        content = AreaContent(setup.root, task.files, task.files_digest, setup.lexicon, store)
        site = _site_of(task, content, setup)
        pages = list(plan_items(site, setup.render.frame))
        keys = keys_of(pages, site.known, setup.render, files=content.digests())
        kept = {page.url: key for page, key in zip(pages, keys, strict=True) if (page.url, key) in task.known}
        changed = [(page, key) for page, key in zip(pages, keys, strict=True) if page.url not in kept]
        wanted = [(page, key) for page, key in changed if page.item]
        items = {page.item: None for page, _ in wanted}
        items |= {file: None for page, _ in changed for _, file in page.items}
        raw_records = {parsed.file: parsed.raw_records for parsed in content.parsed(list(items))}
    kinds = {page.url: page.kind for page in pages}
    whole = tuple(
        AreaPage(page, key, {file: raw_records[file] for _, file in page.items})
        for page, key in changed
        if not page.item
    )
    return PlannedArea(task.area, kinds, kept, tuple(_by_item(wanted, site, raw_records)), whole)


def _site_of(task: AreaTask, content: AreaContent, setup: MakeSetup) -> Site:
    site = Site(
        setup.render.frame.settings,
        content.cards(),
        tuple(setup.render.companions.values()),
        _no_values,
        lambda _: content.told(),
        dates=task.dates,
        past=task.past,
        elsewhere=task.elsewhere,
    )
    return site.preview(setup.draft_title) if setup.draft_title else site


def _no_values(file: str) -> bytes:
    raise LookupError(f"the values of {file} are not needed to plan pages")


def _by_item(
    wanted: Sequence[tuple[Page[Any], str]], site: Site, raw_records: Mapping[str, bytes]
) -> Iterator[ItemPages]:
    cards = {card.file: card for card in site.cards}
    for file, group in groupby(wanted, key=lambda pair: pair[0].item):
        pages = tuple(group)
        used = dict.fromkeys(key for page, _ in pages for key in page.uses)
        others = tuple(other for key in used if isinstance(other := site.known.get(key), Card))
        yield ItemPages(cards[file], raw_records[file], pages, others)
