"""Makes the pages of an examined site: those of items area by area, then all others, into the staged site.

Pages that are planned together are a unit. A unit that is made of the same as in the last build is taken over whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from builder.areas.alone import made_alone
from builder.areas.make import AreaTask, MakeSetup, make_areas
from builder.areas.overview import Overview
from builder.areas.studied import StudiedSite
from builder.content.model.events import Event, Life
from builder.content.site import Site
from builder.context import Frame
from builder.examining import Examined
from builder.project import Project
from builder.publish import Staging, Unit
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.render.pages import PAGE_KINDS, open_data, plan_booklets, plan_data, plan_lists
from builder.render.rendering import RenderSetup, keys_of, render_lists
from builder.render.templates import template_digests
from builder.support.fingerprint import digest
from builder.support.processes import Processes, Progress
from builder.support.store import Store

LISTS, BOOKLETS, DATA = (
    "/lists",
    "/booklets",
    "/data",
)  # the units of pages that are not those of an area, whose names have no slash


def render_setup(project: Project, examined: Examined, store: Store, root: str) -> RenderSetup:
    """Return what the pages of one build share. `root` is the folder into which they are written."""
    return RenderSetup(
        template_folders=project.template_folders,
        template_digests=template_digests(project.template_folders, store),
        compiled=project.cache / "templates",
        frame=examined.overview.frame,
        words=project.words,
        companions={companion.key: companion for companion in examined.studied.companions},
        root=root,
    )


def make_items(
    project: Project,
    examined: Examined,
    setup: RenderSetup,
    staging: Staging,
    processes: Processes,
    progress: Progress,
    only: str = "",
) -> Mapping[str, Unit]:
    """Stage the pages of the items of all areas, or of one. They are planned again only if something that they are made of changed.

    Pages that were made of an area alone are taken over.
    """
    studied, overview = examined.studied, examined.overview
    keys = {area: key for area, key in _keys_of_areas(studied, overview, setup).items() if only in ("", area)}
    units = {area: unit for area, key in keys.items() if (unit := staging.reuse_unit(area, key))}
    alone = {area: made_alone(project.cache, area) for area in keys if area not in units}
    units |= {area: unit for area, made in alone.items() if (unit := made.take_unit(keys[area], staging))}
    files_digests = {export.area: export.files_digest for export in studied.exports}
    tasks = [
        AreaTask(
            area,
            tuple(studied.areas[area]),
            files_digests[area],
            _dates_in(area, studied),
            overview.elsewhere[area],
            studied.past_of(area),
            frozenset((*staging.keys_in_unit(area).items(), *alone[area].keys)),
        )
        for area in keys
        if area not in units
    ]
    if processes.take_areas([len(task.files) for task in tasks]):
        studied.forget_cards()  # many areas, many cards, of which the workers need few
    make_setup = MakeSetup(studied.root, project.cache, studied.lexicon, setup, studied.draft_title)
    for made in make_areas(tasks, make_setup, processes, progress):
        alone[made.area].take([url for url, key in made.kept.items() if not staging.reuse(url, key)], staging)
        staging.add_written(made.written)
        units[made.area] = Unit(keys[made.area], made.kinds)
        staging.add_unit(made.area, units[made.area])
    return units


def _keys_of_areas(studied: StudiedSite, overview: Overview, setup: RenderSetup) -> Mapping[str, str]:
    """Return for each area with items the digest of all that its pages are made of."""
    companions = [(companion.key, companion.digest) for companion in studied.companions]
    shared = digest(repr((setup.digest, sorted(setup.template_digests.items()), companions)).encode())
    keys = {}
    for export in studied.exports:
        if elsewhere := overview.elsewhere.get(export.area):
            others = [(card.id, card.digest) for card in elsewhere.cards]
            dates = _dates_in(export.area, studied)
            parts = (
                shared,
                export.files_digest,
                others,
                sorted(elsewhere.listed),
                elsewhere.is_large,
                sorted(dates.items()),
                studied.past_of(export.area),
            )
            keys[export.area] = digest(repr(parts).encode())
    return keys


def _dates_in(area: str, studied: StudiedSite) -> Mapping[str, str]:
    dates = studied.history.dates
    return {file: dates[file] for file in studied.areas[area] if file in dates}


def make_lists(
    examined: Examined, setup: RenderSetup, staging: Staging, progress: Progress, *, keep_told: bool = False
) -> Unit:
    """Stage the pages that list items, and those of none.

    On a site that is not large what all guides tell is among them. With `keep_told` that stays what it was.
    """
    key = _unit_key(examined, setup)
    if not any(elsewhere.is_large for elsewhere in examined.overview.elsewhere.values()):
        last = staging.unit_key(LISTS)
        told = digest(b"".join(export.told_digest for export in examined.studied.exports))
        key = last if keep_told and last.startswith(key) else key + told

    def planned(site: Site, frame: Frame) -> tuple[Page[Any], ...]:
        return examined.lists or plan_lists(site, frame)

    return _make_unit(LISTS, key, planned, examined, setup, staging, progress)


def make_booklets(examined: Examined, setup: RenderSetup, staging: Staging, progress: Progress) -> Unit:
    """Stage the pages that take up pages of items, which are staged by then."""
    return _make_unit(BOOKLETS, _unit_key(examined, setup), plan_booklets, examined, setup, staging, progress)


def make_data(examined: Examined, setup: RenderSetup, staging: Staging, progress: Progress) -> list[Unit]:
    """Stage the files of open data, which take up records of items: of a large site those of each area by themselves."""
    studied = examined.studied
    if sum(export.count for export in studied.exports) <= open_data.TOGETHER:
        return [_make_unit(DATA, _unit_key(examined, setup), plan_data, examined, setup, staging, progress)]
    units = []
    for export in studied.exports:
        name, dates = f"{DATA}/{export.area}", sorted(_dates_in(export.area, studied).items())
        # Their items are the area's, but what there is of events the libraries tell.
        events = [one.digest for one in studied.companions if isinstance(one.record, (Event, Life))]
        key = _key_of((export.digest, dates, events), setup)
        unit = staging.reuse_unit(name, key)
        if unit is None:
            site = studied.of_area(export.area)
            pages = plan_data(site, setup.frame, export.area)
            unit = _stage_unit(name, key, pages, site, setup, staging, progress)
        units.append(unit)
    return units


def _unit_key(examined: Examined, setup: RenderSetup) -> str:
    """Return the digest of what areas export, and of all else of which pages of the whole site are made."""
    return _key_of(examined.mark, setup)


def _key_of(known: object, setup: RenderSetup) -> str:
    return digest(repr((known, setup.digest, sorted(setup.template_digests.items()))).encode())


def _make_unit(
    name: str,
    key: str,
    planned: Callable[[Site, Frame], tuple[Page[Any], ...]],
    examined: Examined,
    setup: RenderSetup,
    staging: Staging,
    progress: Progress,
) -> Unit:
    """Stage the pages that `planned` returns for the whole site.

    They are planned again only if the key is another one, or if a page of an area changed that they take up.
    """
    if unit := staging.reuse_unit(name, key):
        return unit
    site = examined.studied.shown
    return _stage_unit(name, key, planned(site, setup.frame), site, setup, staging, progress)


def _stage_unit(
    name: str,
    key: str,
    pages: tuple[Page[Any], ...],
    site: Site,
    setup: RenderSetup,
    staging: Staging,
    progress: Progress,
) -> Unit:
    """Stage pages of `site` that are a unit. Those that are there already are taken over."""
    bound = {url: staging.key_of(url) for page in pages for url in page.binds}
    keys = keys_of(pages, site.known, setup, bound=bound)
    changed = [(page, key) for page, key in zip(pages, keys, strict=True) if not staging.reuse(page.url, key)]
    render_lists(changed, site, setup, staging, progress("render", len(changed)))
    unit = Unit(key, {page.url: page.kind for page in pages}, bound)
    staging.add_unit(name, unit)
    return unit


def make_pdf(
    project: Project, units: Iterable[Unit], staging: Staging, jobs: int, progress: Progress, *, clean: bool
) -> None:
    """Stage the PDF of each sheet. PDF files of unchanged sheets are reused."""
    printed = [url for unit in units for url, kind in unit.kinds.items() if PAGE_KINDS[kind].printed]
    version = pdf.engine_version()
    root = staging.lay_out([*printed, *(f"static/{path}" for path in project.published_static)])
    site = pdf.BuiltSite(root, project.settings.base_url, version)
    page_keys = [(url, pdf.key_of(site, url)) for url in printed]
    changed = [(url, key) for url, key in page_keys if not staging.reuse(pdf.path_of(url), key)]
    with Store.open(project.cache / pdf.FOLDER, version) as store:
        if clean:
            store.forget()
        for url, key, data in pdf.convert(site, changed, store, jobs, progress(pdf.FOLDER, len(changed))):
            staging.write(pdf.path_of(url), key, data)
