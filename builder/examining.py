"""Examines a site: studies its areas, and checks the site that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from builder.areas.event_checks import check_events
from builder.areas.overview import Counts, Overview, keep_overview, known_overview
from builder.areas.studied import StudiedSite
from builder.areas.study import StudySetup, study_areas
from builder.checks import check_record, check_site
from builder.checks.catalogue import wrong_levels, wrong_severities
from builder.checks.completeness import completeness, missing_by_element
from builder.checks.files import check_files
from builder.checks.links import check_links
from builder.checks.moved import check_moved
from builder.checks.printed_papers import check_papers
from builder.checks.time import check_days
from builder.conformance.facts import undated
from builder.content.history import history_of
from builder.content.model.companions import LibraryForm
from builder.content.model.editions import Register
from builder.content.model.moved import Moved
from builder.content.site import Site
from builder.context import Frame, frame_of
from builder.differences.levels import own_levels
from builder.differences.past import past_of
from builder.loading import load_companions
from builder.matters import speech_digest
from builder.project import Project
from builder.render.page import Page
from builder.render.pages import is_at_old_address, plan_booklets, plan_data, plan_items, plan_lists, sections_of
from builder.support.diagnostics import Finding, errors_in, with_severities
from builder.support.fingerprint import digest, digest_of
from builder.support.folder import file_system_time
from builder.support.processes import Processes, Progress
from builder.support.store import Store


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


def examine(project: Project, store: Store, processes: Processes, progress: Progress, today: date) -> Examined:
    """Study and check the site. `today` is for checks only."""
    studied = _study(project, store, processes, progress)
    findings = [*project.warnings, *wrong_severities(project.settings), *project.unreadable()]
    findings += wrong_levels(project.settings)
    findings += check_record(project.settings, dict(project.raw_settings), "site.yaml")
    findings += studied.findings
    findings += check_days(studied.dated_after(str(today)), str(today))
    findings += check_events(studied, store)
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
    past = past_of(project.root, history, store, own_levels(project.settings), progress)
    areas = {area: files for area, files in project.files_by_area.items() if area}
    others = project.files_by_area[""]
    files, lexicon = load_companions(root, others, store, now, processes.jobs, progress("load", len(others)))
    setup = StudySetup(root, project.cache, lexicon, now)
    exports = study_areas(areas, setup, store, processes, progress)
    paths = {area: tuple(files) for area, files in areas.items()}
    draft_title = project.words["draft_title"] if project.with_drafts else ""
    return StudiedSite(
        root, project.cache, project.settings, history, past, lexicon, files, paths, exports, draft_title
    )


def _mark(project: Project, studied: StudiedSite, *, has_errors: bool) -> str:
    """Return the digest of all that is known of the whole site."""
    known = (
        project.settings,
        project.with_drafts,
        digest_of([*project.words.items()]),
        project.asset_digests,
        speech_digest(),
        list(project.root_files),
        [(file.file, file.digest) for file in studied.files],
        [export.digest for export in studied.exports],
        digest_of([studied.history.dates, studied.history.added, [*map(tuple, studied.past.changes)]]),
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
        if project.root_files or any(studied.linking) or site.all(Moved):
            frame = _frame(project, site)
            lists = plan_lists(site, frame)
            pages = [*lists, *plan_items(site, frame)]
            urls = {page.url for page in pages}
            gone = {page.url for page in pages if is_at_old_address(page) and not page.plan.to}
            findings += project.taken_names(urls)
            findings += _wrong_moves(site, frame, pages, project)
            findings += check_links(site, studied.linking, {*urls, *project.root_files}, project.static_files, gone)
    missing = missing_by_element(completeness(site))
    overview = Overview(
        findings=tuple(findings),
        depends=studied.digests_of([*registered, *(finding.file for finding in findings)]),
        counts=Counts(len(site.cards), len(site.public), missing, len(list(undated(site)))),
        frame=_frame(project, studied.shown),
        elsewhere=studied.shown.elsewhere_of_areas(),
    )
    return overview, () if project.with_drafts else lists


def _wrong_moves(site: Site, frame: Frame, pages: Iterable[Page[Any]], project: Project) -> Iterator[Finding]:
    """Yield the findings about old addresses; `pages` are those that are not made of others."""
    if site.all(Moved):
        live = {page.url for some in (pages, plan_booklets(site, frame), plan_data(site, frame)) for page in some
                if not is_at_old_address(page)}  # fmt: skip
        yield from check_moved(site, live, {*project.root_files, *(f"static/{path}" for path in project.static_files)})


def _has_errors(findings: Iterable[Finding]) -> bool:
    return bool(errors_in(findings))


def _frame(project: Project, site: Site) -> Frame:
    return frame_of(site, project.asset_digests, sections_of(site), project.words)
