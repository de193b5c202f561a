"""The story of a build: files are studied, gathered into a site, pages are planned, rendered, and published at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from builder.checks import check_site
from builder.checks.catalogue import wrong_severities
from builder.checks.files import check_files
from builder.checks.printed_papers import check_papers
from builder.content.history import History, history_of
from builder.content.parsing import ParsedFile
from builder.content.site import Site, collect
from builder.context.frame import frame_of
from builder.loading import load_files
from builder.project import Project
from builder.publish import Staging, stage
from builder.render import pagefind as search
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.render.pages import KINDS, plan
from builder.render.rendering import Setting, keys_of, render_items, render_lists, rendered
from builder.render.templates import check_templates, template_digests
from builder.support.diagnostics import Finding, Severity, with_severities
from builder.support.fingerprint import builder_digest, digest
from builder.support.store import Store
from builder.support.workers import Workers

PRINTED = {"print", "sheet", "sheets"}  # the sorts of page that are for paper
FILLED_IN = "print-plate"  # in the browser, before it is printed
FILES_FOR_A_WORKER = 150  # content files that are worth the start of another process

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
    with _tools(project, jobs, clean=clean) as (store, workers):
        history = history_of(project.content, store)
        studied, site, findings = _examined(project, history, store, workers, progress)
        result = Build(tuple(findings), site, history)
        if result.errors or (strict and findings):
            return result
        pages = _publish(project, site, studied, workers, jobs, progress, clean=clean)
    return Build(result.findings, site, history, pages, published=True)


def check(project: Project, jobs: int, progress: Progress, look: Callable[[Page, bytes], None] | None = None) -> Build:
    """Study everything and return the findings; publish nothing. Raises ConfigurationError for templates and words.

    `look` is shown every page as it would be published, where there are no errors.
    """
    check_templates(project.root / "templates")
    _ = project.words
    with _tools(project, jobs) as (store, workers):
        history = history_of(project.content, store)
        studied, site, findings = _examined(project, history, store, workers, progress)
    result = Build(tuple(findings), site, history)
    if look and not result.errors:
        assets = {path: digest(data) for path, data in project.static_files.items()}
        pages, setting = _planned(project, site, assets, root="")
        done = progress("render", len(pages))
        for page, data in rendered(pages, site, setting, studied):
            look(page, data)
            done(1)
    return result


@contextmanager
def _tools(project: Project, jobs: int, *, clean: bool = False) -> Iterator[tuple[Store, Workers]]:
    worth_starting = 1 + len(project.content_files) // FILES_FOR_A_WORKER
    with (
        Store.open(project.cache, builder_digest()) as store,
        Workers(min(jobs, worth_starting)) as workers,
    ):
        if clean:
            store.forget()
        yield store, workers


def _examined(
    project: Project, history: History, store: Store, workers: Workers, progress: Progress
) -> tuple[dict[str, ParsedFile], Site, list[Finding]]:
    studied = load_files(project, store, workers, progress("load", len(project.content_files)))
    site = collect(project.settings, studied, history.dates)
    findings = [*project.warnings, *wrong_severities(project.settings)]
    findings += [finding for one in studied for finding in one.findings]
    findings += check_site(site)
    if site.of("form") or any(card.files for card in site.cards):
        findings += check_files(site, project.static_files)
    if site.of("edition") and not any(finding.severity is Severity.ERROR for finding in findings):
        findings += check_papers(site, project.words)
    findings = with_severities(findings, project.settings.severities)
    return {one.file: one for one in studied}, site, sorted(findings)


def _publish(
    project: Project,
    site: Site,
    studied: dict[str, ParsedFile],
    workers: Workers,
    jobs: int,
    progress: Progress,
    *,
    clean: bool,
) -> int:
    assets = {path: digest(data) for path, data in project.static_files.items()}
    with stage(project.out, project.cache, protected=(project.content, *project.template_folders)) as staging:
        if clean:
            staging.forget()
        pages, setting = _planned(project, site, assets, staging.root)
        keys = keys_of(pages, site, setting, studied)
        wanted = [(page, key) for page, key in zip(pages, keys, strict=True) if not staging.reuse(page.url, key)]
        done = progress("render", len(wanted))
        render_items(wanted, site, setting, studied, staging, workers, done)
        with search.indexing(pages, keys, staging, progress) if project.settings.search else nullcontext():
            render_lists(wanted, site, setting, staging, done)
            for path, data in project.static_files.items():
                if not staging.reuse(f"static/{path}", assets[path]):
                    staging.write(f"static/{path}", assets[path], data)
        if project.settings.pdf:
            printed = [page.url for page in pages if KINDS[page.kind].sort in PRINTED and page.kind != FILLED_IN]
            _stage_pdf(project, printed, staging, jobs, progress, clean=clean)
        staging.commit()
    return len(pages)


def _planned(project: Project, site: Site, assets: Mapping[str, str], root: str) -> tuple[tuple[Page, ...], Setting]:
    frame = frame_of(site, assets)
    companions = {one.key: one for one in site.companions}
    folders, compiled = project.template_folders, project.cache / "templates"
    return plan(site, frame), Setting(
        folders, frame, project.words, companions, root, template_digests(folders), compiled
    )


def _stage_pdf(
    project: Project, printed: list[str], staging: Staging, jobs: int, progress: Progress, *, clean: bool
) -> None:
    """Put the PDF of every sheet into the staged site; those whose sheet did not change are taken over."""
    version = pdf.engine_version()
    root = staging.lay_out([*printed, *(f"static/{path}" for path in project.static_files)])
    sheets = pdf.Sheets(root, project.settings.base_url, version)
    keyed = [(url, pdf.key_of(sheets, url)) for url in printed]
    wanted = [(url, key) for url, key in keyed if not staging.reuse(pdf.path_of(url), key)]
    with Store.open(project.cache / pdf.FOLDER, version) as store:
        if clean:
            store.forget()
        for url, key, data in pdf.convert(sheets, wanted, store, jobs, progress(pdf.FOLDER, len(wanted))):
            staging.write(pdf.path_of(url), key, data)
