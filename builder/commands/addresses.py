"""Compares the addresses of a site with those of its last release: none may die."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from builder.checks.vanished import ReadPage, check_vanished
from builder.content.site import Site
from builder.context import frame_of
from builder.project import Project
from builder.release.release import ARCHIVE, FOLDER, Release, releases_in
from builder.render.pages import plan, sections_of
from builder.support.diagnostics import Finding, with_severities


def vanished_since(
    last: Release, project: Project, site: Site, now: Collection[str], new_page: ReadPage, today: date
) -> list[Finding]:
    """Return a finding for what is gone of the addresses of the release `last`.

    `now` are the paths of all files of the site as it is to be released, and `new_page` returns the text of one of its
    pages, "" where it cannot be read.
    """
    with _archive(project.root / FOLDER / last.name / ARCHIVE) as archive:

        def old_page(url: str) -> str:
            with suppress(KeyError, zipfile.BadZipFile, OSError):
                return archive.read(url).decode("utf-8", "replace") if archive else ""
            return ""

        found = check_vanished(last.files, now, site, old_page, new_page, today)
        return sorted(with_severities(found, project.settings.severities))


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile | None]:
    """Yield the files of a release, None where they cannot be read."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        yield None
        return
    with archive:
        yield archive


def vanished_since_last(project: Project, site: Site, today: date) -> list[Finding]:
    """Return a finding for what is gone of the addresses of the newest release, none where there is no release.

    The site need not be built: its pages are only planned. It must have no errors.
    """
    releases = releases_in(project.root)
    if not releases:
        return []
    last = releases[0]
    frame = frame_of(site, project.asset_digests, sections_of(site), project.words)
    now = {page.url for page in plan(site, frame)}
    now |= {f"static/{path}" for path in project.published_static} | set(project.root_files)
    if project.settings.pdf:
        now |= {url for url in last.files if url.startswith("pdf/")}
    return vanished_since(last, project, site, now | _made_by_the_build(last), lambda url: "", today)


def _made_by_the_build(last: Release) -> set[str]:
    """Return the files of a release that a build always writes without planning them: those at the top that are no pages."""
    return {url for url in last.files if "/" not in url and not url.endswith(".html")}
