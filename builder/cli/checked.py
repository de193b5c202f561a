"""Content that a command needs without errors."""

from __future__ import annotations

from builder.cli import clock
from builder.cli.console import progress_bars
from builder.pipeline import Build, check
from builder.project import Project
from builder.support.diagnostics import ContentErrors, errors_in
from builder.support.processes import Processes


def checked(project: Project, jobs: int) -> Build:
    """Return what a check of `project` found. Raises `ContentErrors`."""
    with progress_bars() as progress:
        result = check(project, Processes(jobs), progress, clock.today())
    if errors := errors_in(result.findings):
        raise ContentErrors(errors)
    return result
