"""A change is judged: `review`, `sign` and `report`."""

from __future__ import annotations

import argparse
import os

from builder.cli import clock
from builder.cli.console import complain, display_path, progress_bars, say
from builder.commands.reviewing import posted, reviewed, written_as
from builder.commands.signing import FILE, sign
from builder.commands.standing import Wanted, report
from builder.pipeline import check
from builder.project import open_project
from builder.publish import replace_file
from builder.review.review import Review
from builder.support.diagnostics import ConfigurationError
from builder.support.failure import CONTENT_ERRORS, OK, USAGE_ERROR, Failure
from builder.support.processes import Processes

MOST_COMPARED = 2  # folders


def _review(options: argparse.Namespace) -> int:
    if len(options.span) > MOST_COMPARED:
        complain("错误: 写一个分支或提交，如 main..HEAD；或者两个文件夹，旧的在前。")
        return USAGE_ERROR
    try:
        with progress_bars() as progress:
            project, found = reviewed(options.site, options.span, Processes(options.jobs), progress, clock.today())
    except (Failure, ConfigurationError) as none:
        _post_review(options, none)
        raise
    text = written_as(options.format, found, project)
    if options.out is None:
        say(text.rstrip("\n"))
    else:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        replace_file(str(options.out), text.encode())
        say(f"已写好 {display_path(options.out)}。")
    if found.errors:
        complain(f"现在的内容有 {len(found.errors)} 处错误，没有比较。")
    return _post_review(options, found) or (CONTENT_ERRORS if found.errors else OK)


def _post_review(options: argparse.Namespace, found: Review | ConfigurationError | Failure) -> int:
    """Post the review where that is asked for, say what came of it, and return the exit code."""
    if not options.post:
        return OK
    try:
        complain(str(posted(found, options.post, os.environ)))  # not where the review itself may be written
    except Failure as failure:
        complain(f"错误: {failure}", failure.hint)
        return failure.exit_code
    return OK


def _sign(options: argparse.Namespace) -> int:
    day = options.date or clock.today()
    with progress_bars() as progress:
        project, found = reviewed(options.site, options.span, Processes(options.jobs), progress, clock.today())
        site = check(project, Processes(options.jobs), progress, clock.today()).site
    sign(project, site, found, options.number, options.step, options.who, day)
    say(f"已登记：审核单 {found.number}，{options.who}{options.step}，{day}。写在 {FILE}，和改动一起提交。")
    return OK


def _report(options: argparse.Namespace) -> int:
    wanted = Wanted(options.out, options.json, options.xlsx)
    with progress_bars() as progress:
        standing, files = report(
            open_project(options.site), wanted, Processes(options.jobs), progress, options.date or clock.today()
        )
    say("\n".join(f"已写好 {display_path(file)}。" for file in files))
    if standing.errors:
        complain(f"内容有 {standing.errors} 处错误，读不出来的文件没有算进去。", "运行 build.py check 看在哪里。")
    return OK


RUN = {"review": _review, "sign": _sign, "report": _report}
