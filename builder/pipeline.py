"""The steps of a build: load the files, collect them into a site, check it, plan the pages, render and publish them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from builder.checks import check_record, check_site
from builder.checks.catalogue import wrong_severities
from builder.checks.files import check_files
from builder.checks.links import check_links
from builder.checks.printed_papers import check_papers
from builder.checks.time import check_days
from builder.content.history import History, history_of
from builder.content.model.companions import LibraryForm
from builder.content.model.editions import Register
from builder.content.parsing import ParsedFile
from builder.content.site import Site, collect
from builder.context import Frame, frame_of
from builder.loading import load_files
from builder.project import Project
from builder.publish import Staging, stage
from builder.render import pagefind as search
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.render.pages import PAGE_KINDS, plan, sections_of
from builder.render.rendering import RenderSetup, keys_of, render_items, render_lists, rendered
from builder.render.templates import check_templates, template_digests
from builder.support.diagnostics import Finding, Severity, with_severities
from builder.support.fingerprint import builder_digest, digest
from builder.support.store import Store

# Takes the name of a stage and its number of steps; returns a function to call with the number of completed steps.
Progress = Callable[[str, int], Callable[[int], None]]


@dataclass(frozen=True, slots=True)
class Build:
    """The result of a build. `pages` is their number; `published` is False if the site was not published."""

    findings: tuple[Finding, ...]
    site: Site
    history: History
    pages: int = 0
    published: bool = False

    @property
    def errors(self) -> int:
        """The number of errors among the findings."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Examined:
    """The site once it is loaded and checked. `pages` are its pages if a check had to plan them."""

    history: History
    files: Mapping[str, ParsedFile]
    site: Site
    findings: tuple[Finding, ...]
    pages: tuple[Page[Any], ...] = ()


def build(
    project: Project,
    jobs: int,
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
        examined = _examine(project, store, jobs, progress, today)
        result = Build(examined.findings, examined.site, examined.history)
        if result.errors or (strict and result.findings):
            return result
        if project.with_drafts:
            examined = replace(examined, site=examined.site.preview(project.words["draft_title"]), pages=())
        pages = _publish(project, examined, store, jobs, progress, clean=clean, keep_index=keep_index)
    return replace(result, pages=pages, published=True)


def check(
    project: Project,
    jobs: int,
    progress: Progress,
    today: date,
    on_page: Callable[[Page[Any], bytes], None] | None = None,
) -> Build:
    """Load and check the site, and return the result without publishing.

    `on_page` is called with each page and its bytes, if there are no errors. Raises `ConfigurationError` if templates or
    interface words are wrong.
    """
    check_templates(project.root / "templates")
    _ = project.words
    with Store.open(project.cache, builder_digest()) as store:
        examined = _examine(project, store, jobs, progress, today)
        result = Build(examined.findings, examined.site, examined.history)
        if on_page and not result.errors:
            pages, setup = _plan_pages(project, examined, store, root="")
            done = progress("render", len(pages))
            for page, data in rendered(pages, examined.site, setup, examined.files):
                on_page(page, data)
                done(1)
    return result


def _examine(project: Project, store: Store, jobs: int, progress: Progress, today: date) -> Examined:
    history = history_of(project.content, store)
    files = load_files(project, store, jobs, progress("load", len(project.content_files)))
    site = collect(project.settings, files, history)
    findings = [*project.warnings, *wrong_severities(project.settings), *project.unreadable()]
    findings += check_record(project.settings, dict(project.raw_settings), "site.yaml")
    findings += [finding for file in files for finding in file.findings]
    findings += check_site(site)
    findings += check_days(files, str(today))
    if site.all(LibraryForm) or any(card.files for card in site.cards):
        findings += check_files(site, project.static_files)
    pages: tuple[Page[Any], ...] = ()
    if not any(finding.severity is Severity.ERROR for finding in findings):
        if site.all(Register):
            findings += check_papers(site, project.words)
        if project.root_files or any(file.links for file in files):
            pages = plan(site, _frame(project, site))
            urls = {page.url for page in pages}
            findings += project.taken_names(urls)
            findings += check_links(site, files, {*urls, *project.root_files}, project.static_files)
    findings = with_severities(findings, project.settings.severities)
    return Examined(history, {file.file: file for file in files}, site, tuple(sorted(findings)), pages)


def _frame(project: Project, site: Site) -> Frame:
    return frame_of(site, project.asset_digests, sections_of(site), project.words)


def _publish(
    project: Project,
    examined: Examined,
    store: Store,
    jobs: int,
    progress: Progress,
    *,
    clean: bool,
    keep_index: bool,
) -> int:
    site, files, assets = examined.site, examined.files, project.asset_digests
    with stage(project.out, project.cache, protected=(project.content, *project.template_folders)) as staging:
        if clean:
            staging.forget()
        pages, setup = _plan_pages(project, examined, store, staging.root)
        keys = keys_of(pages, site, setup, files)
        changed = [(page, key) for page, key in zip(pages, keys, strict=True) if not staging.reuse(page.url, key)]
        done = progress("render", len(changed))
        render_items(changed, site, setup, files, staging, jobs, done)
        if project.settings.search and keep_index:
            staging.keep_tree(search.FOLDER)
        index_now = project.settings.search and not keep_index
        with search.indexing(pages, keys, staging, progress) if index_now else nullcontext():
            render_lists(changed, site, setup, staging, done)
            for path, data in project.static_files.items():
                if not staging.reuse(f"static/{path}", assets[path]):
                    staging.write(f"static/{path}", assets[path], data)
            for path, data in project.root_files.items():
                if not staging.reuse(path, key := digest(data)):
                    staging.write(path, key, data)
        if project.settings.pdf:
            printed = [page.url for page in pages if PAGE_KINDS[page.kind].printed]
            _stage_pdf(project, printed, staging, jobs, progress, clean=clean)
        staging.commit()
    return len(pages)


def _plan_pages(
    project: Project, examined: Examined, store: Store, root: str
) -> tuple[tuple[Page[Any], ...], RenderSetup]:
    site, frame, folders = examined.site, _frame(project, examined.site), project.template_folders
    return examined.pages or plan(site, frame), RenderSetup(
        template_folders=folders,
        template_digests=template_digests(folders, store),
        compiled=project.cache / "templates",
        frame=frame,
        words=project.words,
        companions={companion.key: companion for companion in site.companions},
        root=root,
    )


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
