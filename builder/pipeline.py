"""The steps of a build: examine the content, make the pages, publish them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from builder.areas.alone import stage_alone
from builder.areas.overview import Counts
from builder.areas.studied import StudiedSite
from builder.areas.study import forget_areas
from builder.content.history import History
from builder.content.site import Site
from builder.examining import Examined, examine
from builder.making import make_booklets, make_data, make_items, make_lists, make_pdf, render_setup
from builder.project import Project
from builder.publish import Staging, Unit, stage
from builder.render import pagefind as search
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.render.pages import plan
from builder.render.rendering import rendered
from builder.render.templates import check_templates
from builder.support.diagnostics import Finding, errors_in
from builder.support.fingerprint import builder_digest, digest
from builder.support.processes import Processes, Progress
from builder.support.store import Store


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
        return len(errors_in(self.findings))


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
    `clean`, nothing is reused from earlier builds. With `keep_index`, the full-text index and what the search is told of
    texts stay what they were: to make them takes longer than an edit. Raises `PublishError`, and `MissingEngine` if the
    site needs PDF files and WeasyPrint is missing.
    """
    if project.settings.pdf:
        pdf.require()
    with Store.open(project.cache, builder_digest()) as store:
        if clean:
            store.forget()
            forget_areas(project.cache)
        examined = examine(project, store, processes, progress, today)
        result = _result(examined)
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
        examined = examine(project, store, processes, progress, today)
        result = _result(examined)
        if result.errors or (strict and result.findings):
            return result
        pages = 0
        for area in areas:
            with stage_alone(project.cache, area) as staging:
                setup = render_setup(project, examined, store, staging.root)
                made = make_items(project, examined, setup, staging, processes, progress, only=area)
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
        examined = examine(project, store, processes, progress, today)
        if on_page and not _result(examined).errors:
            site, setup = examined.studied.site, render_setup(project, examined, store, root="")
            pages = plan(site, setup.frame)
            done = progress("render", len(pages))
            for page, data in rendered(pages, site, setup):
                on_page(page, data)
                done(1)
    return _result(examined)


def _result(examined: Examined) -> Build:
    """Return the result if nothing is published."""
    return Build(examined.findings, examined.studied, examined.overview.counts)


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
        setup = render_setup(project, examined, store, staging.root)
        areas = make_items(project, examined, setup, staging, processes, progress)
        if project.settings.search and keep_index:
            staging.keep_tree(search.FOLDER)
        index_now = project.settings.search and not keep_index
        with search.indexing(_item_keys(areas, staging), staging, progress) if index_now else nullcontext():
            lists = make_lists(examined, setup, staging, progress, keep_told=keep_index)
            booklets = make_booklets(examined, setup, staging, progress)
            data_files = make_data(examined, setup, staging, progress)
            for path, data in project.published_static.items():
                if not staging.reuse(f"static/{path}", assets[path]):
                    staging.write(f"static/{path}", assets[path], data)
            for path, data in project.root_files.items():
                if not staging.reuse(path, key := digest(data)):
                    staging.write(path, key, data)
        units = (*areas.values(), lists, booklets, *data_files)
        if project.settings.pdf:
            make_pdf(project, units, staging, processes.jobs, progress, clean=clean)
        examined.studied.forget_cards()  # the manifest of a large site needs their room
        staging.commit()
    return sum(len(unit.kinds) for unit in units)


def _item_keys(areas: Mapping[str, Unit], staging: Staging) -> Mapping[str, Mapping[str, str]]:
    """Return the keys of the pages of the items themselves, by area and address."""
    return {
        area: {url: staging.key_of(url) for url, kind in unit.kinds.items() if kind == "item"}
        for area, unit in sorted(areas.items())
    }
