"""A release reaches its host: `package`, `releases`, `publish`, `verify` and `archive`."""

from __future__ import annotations

import argparse

from builder.cli import clock
from builder.cli.console import complain, display_path, progress_bars, say
from builder.commands.archiving import archive
from builder.commands.packaging import Request, listed, package
from builder.commands.publishing import publish, tell, where_to_check
from builder.commands.verifying import page_file, write_sheet
from builder.project import open_project
from builder.release.instructions import megabytes
from builder.release.release import release_named
from builder.support.diagnostics import ContentErrors
from builder.support.failure import INTERRUPTED, OK, Failure
from builder.support.processes import Processes
from builder.upload.uploading import Wanted as Upload
from builder.verification.as_data import as_data, failure_as_data
from builder.verification.as_text import as_text
from builder.verification.pace import Manners
from builder.verification.verification import Wanted as Verification
from builder.verification.verification import verify


def _package(options: argparse.Namespace) -> int:
    project = open_project(options.site, base_url=options.base_url, with_pdf=not options.no_pdf)
    request = Request(options.since, options.sign, options.keep)
    with progress_bars() as progress:
        made = package(project, request, Processes(options.jobs), progress, clock.today(), options.site)
    if made.delivery is None:
        raise ContentErrors(made.findings, "没有打包：先改好上面的问题。")
    say("\n".join(made.told(display_path(made.folder))))
    return OK


def _releases(options: argparse.Namespace) -> int:
    say("\n".join(listed(open_project(options.site).root)))
    return OK


def _archive(options: argparse.Namespace) -> int:
    made = archive(open_project(options.site).root, options.release, options.out)
    say(f"已归档 {display_path(made.file)}：发布包 {made.release}，{made.count} 个网址，{megabytes(made.size)}。")
    say(f"SHA-256 {made.digest}，写在移交清单上。")
    return OK


def _publish(options: argparse.Namespace) -> int:
    root = options.site.resolve().parent
    release = release_named(root, options.rollback or options.release)
    wanted = Upload(options.target, release, options.adopt, options.transfers)
    checked = where_to_check(wanted, options.url, unwanted=options.no_verify)
    if options.dry_run:
        return tell(root, wanted, checked, say)
    try:
        with progress_bars() as progress:
            return publish(root, wanted, checked, clock.now(), say, progress)
    except KeyboardInterrupt:
        complain("已中断。传好的都记着，再运行一次会接着传。")
        return INTERRUPTED


def _verify(options: argparse.Namespace) -> int:
    site = options.site.resolve().parent
    sheet = page_file(options.out) if options.out else None
    wanted = Verification(options.url, options.release, options.sample)
    try:
        with progress_bars() as progress:
            found = verify(site, wanted, clock.now(), progress, manners=Manners(pause=options.pause))
    except KeyboardInterrupt:
        complain("已中断。看过没有问题的都记着，再运行一次会接着看。")
        return INTERRUPTED
    except Failure as failure:
        if options.json:
            say(failure_as_data(failure))
        raise
    say(as_data(found) if options.json else as_text(found))
    if sheet:
        write_sheet(found, site, sheet)
        complain(f"已写好 {display_path(sheet)}，可以发给运维。")
    return found.exit_code


RUN = {
    "package": _package,
    "releases": _releases,
    "publish": _publish,
    "verify": _verify,
    "archive": _archive,
}
