"""`export`, and `import` once what it needs is there."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from builder.cli import clock
from builder.cli.console import complain, listed_files, progress_bars, say
from builder.commands.exports import Exporter, Request, export_folder, selected
from builder.office.documents.opening import require
from builder.pipeline import Build, check
from builder.project import open_project
from builder.support.diagnostics import ContentErrors, Finding, errors_in
from builder.support.failure import OK, USAGE_ERROR
from builder.support.processes import Processes


def _import(options: argparse.Namespace) -> int:
    require()
    from builder.cli.subcommands.importing import import_documents  # noqa: PLC0415 - needs what was required

    return import_documents(options)


def _export(options: argparse.Namespace) -> int:
    request = Request(options.items, options.department, options.area, options.all, options.list)
    if not any((request.items, request.department, request.area, request.all, request.list)):
        complain("错误: 导出哪些？写事项的编号或名称；一个单位的写 --department，一个地区的写 --area，全部写 --all。")
        return USAGE_ERROR
    if request.list and options.to != "xlsx":
        complain("错误: 公开清单只能做成 xlsx")
        return USAGE_ERROR
    project = open_project(options.site)
    with progress_bars() as progress:
        result = check(project, Processes(options.jobs), progress, clock.today())
        if broken := _broken(result, request.items):
            raise ContentErrors(broken, "没有导出：先改好上面的错误。")
        folder = export_folder(project, options.out, overwrite=options.overwrite)
        exporter = Exporter(project, result.studied, folder, progress)
        if request.list:
            files = exporter.disclosure(request.list)
        else:
            selection = selected(result.site, request)
            files = {
                "docx": exporter.word,
                "xlsx": exporter.excel,
                "json": exporter.json,
                "csv": exporter.csv,
            }[options.to](selection)
        folder.close()
    say(listed_files("已导出", files))
    return OK


def _broken(result: Build, items: Sequence[str]) -> list[Finding]:
    """Return the errors in the way of an export: those in the files of these items, or all of them for none."""
    errors = errors_in(result.findings)
    files = {
        card.file for card in result.site.cards for name in items if name in (card.id, card.file, card.name, card.title)
    }
    files |= {finding.file for finding in errors for name in items if Path(finding.file).stem == name}
    return [finding for finding in errors if not items or finding.file in files]


RUN = {"import": _import, "export": _export}
