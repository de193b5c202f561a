"""The steps of a build: study the areas, check the site that they make together, make its pages and publish them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from builder.areas.alone import made_alone, stage_alone
from builder.areas.make import AreaTask, MakeSetup, make_areas
from builder.areas.overview import Counts, Overview, keep_overview, known_overview
from builder.areas.studied import StudiedSite
from builder.areas.study import StudySetup, forget_areas, study_areas
from builder.checks import check_record, check_site
from builder.checks.catalogue import wrong_severities
from builder.checks.completeness import completeness, missing_by_element
from builder.checks.files import check_files
from builder.checks.links import check_links
from builder.checks.printed_papers import check_papers
from builder.checks.time import check_days
from builder.conformance.facts import undated
from builder.content.history import History, history_of
from builder.content.model.companions import LibraryForm
from builder.content.model.editions import Register
from builder.content.site import Site
from builder.context import Frame, frame_of
from builder.loading import load_companions
from builder.project import Project
from builder.publish import Staging, Unit, stage
from builder.render import pagefind as search
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.render.pages import PAGE_KINDS, plan, plan_booklets, plan_items, plan_lists, sections_of
from builder.render.rendering import RenderSetup, keys_of, render_lists, rendered
from builder.render.templates import check_templates, template_digests
from builder.support.diagnostics import Finding, Severity, with_severities
from builder.support.fingerprint import builder_digest, digest, digest_of
from builder.support.folder import file_system_time
from builder.support.processes import Processes, Progress
from builder.support.store import Store

LISTS, BOOKLETS = "/lists", "/booklets"  # the units of pages that are not those of an area, whose names have no slash


@dataclass(frozen=True, slots=True)
class Build:
    """The result of a build. `pages` is their number; `published` is False if the site was not published."""

    findings: tuple[Finding, ...]
    studied: StudiedSite
    counts: Counts
    pages: int = 0
    published: bool = False

    @property
    def site(self) -> Site:
        """The whole site; to collect it takes time."""
        return self.studied.site

    @property
    def history(self) -> History:
        """When the files changed."""
        return self.studied.history

    @property
    def errors(self) -> int:
        """The number of errors among the findings."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Examined:
    """The site once it is studied and checked.

    `mark` stands for all that its overview is made of. `lists` are the pages that list items if a check had to plan them.
    """

    studied: StudiedSite
    findings: tuple[Finding, ...]
    overview: Overview
    mark: str
    lists: tuple[Page[Any], ...]

    @property
    def result(self) -> Build:
        """The result if nothing is published."""
        return Build(self.findings, self.studied, self.overview.counts)


def build(
    project: Project,
    processes: Processes,
    progress: Progress,
    today: date,
    *,
    strict: bool = False,
    clean: bool = False,
    keep_index: bool = False,
) -> Build:
    """Build and publish the site. If there are errors, publish nothing.

    `today` is for checks only; pages do not depend on it. With `strict`, warnings prevent publishing as well. With
    `clean`, nothing is reused from earlier builds. With `keep_index`, the full-text index stays what it was: to make it
    takes longer than an edit. Raises `PublishError`, and `MissingEngine` if the site needs PDF files and WeasyPrint is
    missing.
    """
    if project.settings.pdf:
        pdf.require()
    with Store.open(project.cache, builder_digest()) as store:
        if clean:
            store.forget()
            forget_areas(project.cache)
        examined = _examine(project, store, processes, progress, today)
        result = examined.result
        if result.errors or (strict and result.findings):
            return result
        pages = _publish(project, examined, store, processes, progress, clean=clean, keep_index=keep_index)
    return replace(result, pages=pages, published=True)


def build_areas(
    project: Project,
    areas: Sequence[str],
    processes: Processes,
    progress: Progress,
    today: date,
    *,
    strict: bool = False,
    clean: bool = False,
) -> Build:
    """Make the pages of the items of some areas, each into a folder of its own. The next `build` takes them from there.

    Parameters and errors are those of `build`. Raises `Failure` if the site has no such area.
    """
    for area in areas:
        project.require_area(area)
    with Store.open(project.cache, builder_digest()) as store:
        if clean:
            store.forget()
            forget_areas(project.cache)
        examined = _examine(project, store, processes, progress, today)
        result = examined.result
        if result.errors or (strict and result.findings):
            return result
        pages = 0
        for area in areas:
            with stage_alone(project.cache, area) as staging:
                setup = _render_setup(project, examined, store, staging.root)
                made = _make_areas(project, examined, setup, staging, processes, progress, only=area)
                staging.commit()
            pages += sum(len(unit.kinds) for unit in made.values())
    return replace(result, pages=pages, published=True)


def check(
    project: Project,
    processes: Processes,
    progress: Progress,
    today: date,
    on_page: Callable[[Page[Any], bytes], None] | None = None,
) -> Build:
    """Study and check the site, and return the result without publishing.

    `on_page` is called with each page and its bytes, if there are no errors. Raises `ConfigurationError` if templates or
    interface words are wrong.
    """
    _ = project.words
    with Store.open(project.cache, builder_digest()) as store:
        check_templates(project.root / "templates", store)
        examined = _examine(project, store, processes, progress, today)
        if on_page and not examined.result.errors:
            site, setup = examined.studied.site, _render_setup(project, examined, store, root="")
            pages = plan(site, setup.frame)
            done = progress("render", len(pages))
            for page, data in rendered(pages, site, setup):
                on_page(page, data)
                done(1)
    return examined.result


def _examine(project: Project, store: Store, processes: Processes, progress: Progress, today: date) -> Examined:
    studied = _study(project, store, processes, progress)
    findings = [*project.warnings, *wrong_severities(project.settings), *project.unreadable()]
    findings += check_record(project.settings, dict(project.raw_settings), "site.yaml")
    findings += studied.findings
    findings += check_days(studied.dated_after(str(today)), str(today))
    mark = _mark(project, studied, has_errors=_has_errors(findings))
    lists: tuple[Page[Any], ...] = ()
    overview = known_overview(mark, studied, store)
    if overview is None:
        overview, lists = _look_over(project, studied, has_errors=_has_errors(findings))
        keep_overview(overview, mark, store)
    findings = with_severities([*findings, *overview.findings], project.settings.severities)
    return Examined(studied, tuple(sorted(findings)), overview, mark, lists)


def _study(project: Project, store: Store, processes: Processes, progress: Progress) -> StudiedSite:
    now, root = file_system_time(str(project.cache)), str(project.root)
    history = history_of(project.content, store)
    areas = {area: files for area, files in project.files_by_area.items() if area}
    others = project.files_by_area[""]
    files, lexicon = load_companions(root, others, store, now, processes.jobs, progress("load", len(others)))
    setup = StudySetup(root, project.cache, lexicon, now)
    exports = study_areas(areas, setup, store, processes, progress)
    paths = {area: tuple(files) for area, files in areas.items()}
    draft_title = project.words["draft_title"] if project.with_drafts else ""
    return StudiedSite(root, project.cache, project.settings, history, lexicon, files, paths, exports, draft_title)


def _mark(project: Project, studied: StudiedSite, *, has_errors: bool) -> str:
    """Return the digest of all that is known of the whole site."""
    known = (
        project.settings,
        project.with_drafts,
        digest_of([*project.words.items()]),
        project.asset_digests,
        list(project.root_files),
        [(file.file, file.digest) for file in studied.files],
        [export.digest for export in studied.exports],
        digest_of([studied.history.dates, studied.history.added]),
        has_errors,
    )
    return digest(repr(known).encode())


def _look_over(project: Project, studied: StudiedSite, *, has_errors: bool) -> tuple[Overview, tuple[Page[Any], ...]]:
    """Check the whole site; return its overview, and the pages that list items if they had to be planned."""
    site = studied.site
    findings = [*check_site(site)]
    if site.all(LibraryForm) or any(card.files for card in site.cards):
        findings += check_files(site, project.static_files)
    registered = [card.file for register in site.all(Register) if (card := site.card(register.id))]
    lists: tuple[Page[Any], ...] = ()
    if not has_errors and not _has_errors(findings):
        findings += check_papers(site, project.words)
        if project.root_files or any(studied.linking):
            frame = _frame(project, site)
            lists = plan_lists(site, frame)
            urls = {page.url for pages in (lists, plan_items(site, frame)) for page in pages}
            findings += project.taken_names(urls)
            findings += check_links(site, studied.linking, {*urls, *project.root_files}, project.static_files)
    missing = missing_by_element(completeness(site))
    overview = Overview(
        findings=tuple(findings),
        depends=studied.digests_of([*registered, *(finding.file for finding in findings)]),
        counts=Counts(len(site.cards), len(site.public), missing, len(list(undated(site)))),
        frame=_frame(project, studied.shown),
        elsewhere=studied.shown.elsewhere_of_areas(),
    )
    return overview, () if project.with_drafts else lists


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _frame(project: Project, site: Site) -> Frame:
    return frame_of(site, project.asset_digests, sections_of(site), project.words)


def _render_setup(project: Project, examined: Examined, store: Store, root: str) -> RenderSetup:
    return RenderSetup(
        template_folders=project.template_folders,
        template_digests=template_digests(project.template_folders, store),
        compiled=project.cache / "templates",
        frame=examined.overview.frame,
        words=project.words,
        companions={companion.key: companion for companion in examined.studied.companions},
        root=root,
    )


def _publish(
    project: Project,
    examined: Examined,
    store: Store,
    processes: Processes,
    progress: Progress,
    *,
    clean: bool,
    keep_index: bool,
) -> int:
    assets = project.asset_digests
    with stage(project.out, project.cache, protected=(project.content, *project.template_folders)) as staging:
        if clean:
            staging.forget()
        setup = _render_setup(project, examined, store, staging.root)
        areas = _make_areas(project, examined, setup, staging, processes, progress)
        if project.settings.search and keep_index:
            staging.keep_tree(search.FOLDER)
        index_now = project.settings.search and not keep_index
        with search.indexing(_item_keys(areas, staging), staging, progress) if index_now else nullcontext():
            lists = _make_unit(LISTS, lambda *of: examined.lists or plan_lists(*of), examined, setup, staging, progress)
            booklets = _make_unit(BOOKLETS, plan_booklets, examined, setup, staging, progress)
            for path, data in project.static_files.items():
                if not staging.reuse(f"static/{path}", assets[path]):
                    staging.write(f"static/{path}", assets[path], data)
            for path, data in project.root_files.items():
                if not staging.reuse(path, key := digest(data)):
                    staging.write(path, key, data)
        units = (*areas.values(), lists, booklets)
        if project.settings.pdf:
            printed = [url for unit in units for url, kind in unit.kinds.items() if PAGE_KINDS[kind].printed]
            _stage_pdf(project, printed, staging, processes.jobs, progress, clean=clean)
        staging.commit()
    return sum(len(unit.kinds) for unit in units)


def _make_areas(
    project: Project,
    examined: Examined,
    setup: RenderSetup,
    staging: Staging,
    processes: Processes,
    progress: Progress,
    only: str = "",
) -> Mapping[str, Unit]:
    """Stage the pages of all areas, or of one. They are planned again only if something that they are made of changed.

    Pages that were made of an area alone are taken over.
    """
    studied, overview = examined.studied, examined.overview
    keys = {area: key for area, key in _keys_of_areas(studied, overview, setup).items() if only in ("", area)}
    units = {area: unit for area, key in keys.items() if (unit := staging.reuse_unit(area, key))}
    alone = {area: made_alone(project.cache, area) for area in keys if area not in units}
    units |= {area: unit for area, made in alone.items() if (unit := made.take_unit(keys[area], staging))}
    tasks = [
        AreaTask(
            area,
            tuple(studied.areas[area]),
            _dates_in(area, studied),
            overview.elsewhere[area],
            frozenset((*staging.keys_in_unit(area).items(), *alone[area].keys)),
        )
        for area in keys
        if area not in units
    ]
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
            parts = (shared, export.files_digest, others, sorted(elsewhere.listed), sorted(dates.items()))
            keys[export.area] = digest(repr(parts).encode())
    return keys


def _dates_in(area: str, studied: StudiedSite) -> Mapping[str, str]:
    dates = studied.history.dates
    return {file: dates[file] for file in studied.areas[area] if file in dates}


def _item_keys(areas: Mapping[str, Unit], staging: Staging) -> Mapping[str, Mapping[str, str]]:
    """Return the keys of the pages of the items themselves, by area and address."""
    return {
        area: {url: staging.key_of(url) for url, kind in unit.kinds.items() if kind == "item"}
        for area, unit in sorted(areas.items())
    }


def _make_unit(
    name: str,
    planned: Callable[[Site, Frame], tuple[Page[Any], ...]],
    examined: Examined,
    setup: RenderSetup,
    staging: Staging,
    progress: Progress,
) -> Unit:
    """Stage the pages that `planned` returns for the whole site.

    They are planned again only if an area exports something else, or if a page of an area changed that they take up.
    """
    key = digest(repr((examined.mark, setup.digest, sorted(setup.template_digests.items()))).encode())
    if unit := staging.reuse_unit(name, key):
        return unit
    site = examined.studied.shown
    pages = planned(site, setup.frame)
    bound = {url: staging.key_of(url) for page in pages for url in page.binds}
    keys = keys_of(pages, site.known, setup, bound=bound)
    changed = [(page, key) for page, key in zip(pages, keys, strict=True) if not staging.reuse(page.url, key)]
    render_lists(changed, site, setup, staging, progress("render", len(changed)))
    unit = Unit(key, {page.url: page.kind for page in pages}, bound)
    staging.add_unit(name, unit)
    return unit


def _stage_pdf(
    project: Project, printed: list[str], staging: Staging, jobs: int, progress: Progress, *, clean: bool
) -> None:
    """Add the PDF of each sheet to the staged site. PDF files of unchanged sheets are reused."""
    version = pdf.engine_version()
    root = staging.lay_out([*printed, *(f"static/{path}" for path in project.static_files)])
    site = pdf.BuiltSite(root, project.settings.base_url, version)
    page_keys = [(url, pdf.key_of(site, url)) for url in printed]
    changed = [(url, key) for url, key in page_keys if not staging.reuse(pdf.path_of(url), key)]
    with Store.open(project.cache / pdf.FOLDER, version) as store:
        if clean:
            store.forget()
        for url, key, data in pdf.convert(site, changed, store, jobs, progress(pdf.FOLDER, len(changed))):
            staging.write(pdf.path_of(url), key, data)
