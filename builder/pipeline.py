"""The story of a build: files are loaded and collected into a site; pages are planned, rendered, and published at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from builder.checks import check_site
from builder.checks.catalogue import wrong_severities
from builder.checks.files import check_files
from builder.checks.printed_papers import check_papers
from builder.content.history import History, history_of
from builder.content.model.companions import LibraryForm
from builder.content.model.editions import Register
from builder.content.parsing import ParsedFile
from builder.content.site import Site, collect
from builder.context import frame_of
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

Progress = Callable[[str, int], Callable[[int], None]]  # name and size of a stage -> what to call as it gets done


@dataclass(frozen=True, slots=True)
class Build:
    """What came of a build. Nothing was published when there are errors."""

    findings: tuple[Finding, ...]
    site: Site
    history: History
    pages: int = 0
    published: bool = False

    @property
    def errors(self) -> int:
        """The number of errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def build(project: Project, jobs: int, progress: Progress, *, strict: bool = False, clean: bool = False) -> Build:
    """Build and publish the site, or, if anything is wrong, leave the last good one. Raises PublishError, MissingEngine.

    With `strict` warnings stop publishing too; with `clean` nothing is taken over from earlier builds.
    """
    if project.settings.pdf:
        pdf.require()
    with Store.open(project.cache, builder_digest()) as store:
        if clean:
            store.forget()
        history, files, site, findings = _examined(project, store, jobs, progress)
        result = Build(tuple(findings), site, history)
        if result.errors or (strict and findings):
            return result
        shown = site.preview(project.words["draft_title"]) if project.with_drafts else site
        pages = _publish(project, shown, store, files, jobs, progress, clean=clean)
    return Build(result.findings, site, history, pages, published=True)


def check(
    project: Project, jobs: int, progress: Progress, look: Callable[[Page[Any], bytes], None] | None = None
) -> Build:
    """Load and check everything and return the findings; publish nothing. Raises ConfigurationError for templates and words.

    `look` is shown every page as it would be published, where there are no errors.
    """
    check_templates(project.root / "templates")
    _ = project.words
    with Store.open(project.cache, builder_digest()) as store:
        history, files, site, findings = _examined(project, store, jobs, progress)
        result = Build(tuple(findings), site, history)
        if look and not result.errors:
            assets = {path: digest(data) for path, data in project.static_files.items()}
            pages, setup = _planned(project, site, store, assets, root="")
            done = progress("render", len(pages))
            for page, data in rendered(pages, site, setup, files):
                look(page, data)
                done(1)
    return result


def _examined(
    project: Project, store: Store, jobs: int, progress: Progress
) -> tuple[History, dict[str, ParsedFile], Site, list[Finding]]:
    history = history_of(project.content, store)
    files = load_files(project, store, jobs, progress("load", len(project.content_files)))
    site = collect(project.settings, files, history.dates)
    findings = [*project.warnings, *wrong_severities(project.settings)]
    findings += [finding for file in files for finding in file.findings]
    findings += check_site(site)
    if site.all(LibraryForm) or any(card.files for card in site.cards):
        findings += check_files(site, project.static_files)
    if site.all(Register) and not any(finding.severity is Severity.ERROR for finding in findings):
        findings += check_papers(site, project.words)
    findings = with_severities(findings, project.settings.severities)
    return history, {file.file: file for file in files}, site, sorted(findings)


def _publish(
    project: Project,
    site: Site,
    store: Store,
    files: dict[str, ParsedFile],
    jobs: int,
    progress: Progress,
    *,
    clean: bool,
) -> int:
    assets = {path: digest(data) for path, data in project.static_files.items()}
    with stage(project.out, project.cache, protected=(project.content, *project.template_folders)) as staging:
        if clean:
            staging.forget()
        pages, setup = _planned(project, site, store, assets, staging.root)
        keys = keys_of(pages, site, setup, files)
        wanted = [(page, key) for page, key in zip(pages, keys, strict=True) if not staging.reuse(page.url, key)]
        done = progress("render", len(wanted))
        render_items(wanted, site, setup, files, staging, jobs, done)
        with search.indexing(pages, keys, staging, progress) if project.settings.search else nullcontext():
            render_lists(wanted, site, setup, staging, done)
            for path, data in project.static_files.items():
                if not staging.reuse(f"static/{path}", assets[path]):
                    staging.write(f"static/{path}", assets[path], data)
        if project.settings.pdf:
            printed = [page.url for page in pages if PAGE_KINDS[page.kind].printed]
            _stage_pdf(project, printed, staging, jobs, progress, clean=clean)
        staging.commit()
    return len(pages)


def _planned(
    project: Project, site: Site, store: Store, assets: Mapping[str, str], root: str
) -> tuple[tuple[Page[Any], ...], RenderSetup]:
    frame = frame_of(site, assets, sections_of(site), project.words)
    folders = project.template_folders
    return plan(site, frame), RenderSetup(
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
    """Put the PDF of every sheet into the staged site; those whose sheet did not change are taken over."""
    version = pdf.engine_version()
    root = staging.lay_out([*printed, *(f"static/{path}" for path in project.static_files)])
    site = pdf.BuiltSite(root, project.settings.base_url, version)
    keyed = [(url, pdf.key_of(site, url)) for url in printed]
    wanted = [(url, key) for url, key in keyed if not staging.reuse(pdf.path_of(url), key)]
    with Store.open(project.cache / pdf.FOLDER, version) as store:
        if clean:
            store.forget()
        for url, key, data in pdf.convert(site, wanted, store, jobs, progress(pdf.FOLDER, len(wanted))):
            staging.write(pdf.path_of(url), key, data)
