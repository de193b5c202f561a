"""``build.py report``: where the guides of a site stand, as a page for the person in charge, as data and as a workbook."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder.commands import Refused, folder_for
from builder.commands.explaining import explained
from builder.pipeline import check
from builder.project import Project
from builder.publish import replace_file
from builder.render.templates import environment_of, rendered
from builder.standing.figures import as_data
from builder.standing.page import StandingPage
from builder.standing.standing import Standing, standing_of
from builder.standing.workbook import standing_workbook
from builder.support.processes import Processes, Progress

USUAL = "report.html"  # beside the settings of a site


@dataclass(frozen=True, slots=True)
class Wanted:
    """The files that are wanted: a page, data, a workbook. The page is made if nothing is asked for."""

    page: Path | None = None
    data: Path | None = None
    workbook: Path | None = None


def report(
    project: Project, wanted: Wanted, processes: Processes, progress: Progress, today: date
) -> tuple[Standing, list[Path]]:
    """Write where a site stands on a day; return that and the files.

    Nothing is written before all is made. Raises `ConfigurationError`, `MissingExcel`, and `Refused` for a folder, or a file
    in one that belongs to the builder.
    """
    page = wanted.page or (None if wanted.data or wanted.workbook else project.root / USUAL)
    for file in filter(None, (page, wanted.data, wanted.workbook)):
        folder_for(project, file.parent, "", "报告")
        if file.is_dir():
            raise Refused(f"{file.name} 是文件夹", f"写上文件名，如 {file.name}/{USUAL}。")
    checked = check(project, processes, progress, today)
    standing = standing_of(project, checked, explained(), today, progress)
    made: dict[Path, bytes] = {}
    if page:
        made[page] = page_of(standing, project, page)
    if wanted.data:
        made[wanted.data] = as_data(standing).encode()
    if wanted.workbook:
        made[wanted.workbook] = standing_workbook(standing)
    for file, data in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(str(file), data)
    return standing, list(made)


def page_of(standing: Standing, project: Project, file: Path) -> bytes:
    """Return the page that is to be written to `file`, from which it leads to the site: where it is published, or on disk."""
    folders = project.template_folders
    environment = environment_of(folders, project.cache / "templates")
    page = StandingPage(standing, _to_site(project, file))
    return rendered(environment, folders, "report/standing.html", {"standing": standing, "page": page})


def _to_site(project: Project, file: Path) -> str:
    if project.settings.base_url:
        return f"{project.settings.base_url}/"
    out = project.out.resolve()
    try:
        return f"{Path(os.path.relpath(out, file.parent.resolve())).as_posix()}/"
    except ValueError:  # another drive of Windows
        return f"{out.as_uri()}/"
