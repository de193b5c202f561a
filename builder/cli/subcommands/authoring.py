"""Commands that write content: `init`, `new`, `fmt`, `rename` and `register`."""

from __future__ import annotations

import argparse

from builder.cli import clock
from builder.cli.checked import checked
from builder.cli.console import complain, display_path, listed_files, no_progress, progress_bars, say, show_findings
from builder.commands.formatting import files_to_format, format_files
from builder.commands.init import new_site, office_of
from builder.commands.new import new_item
from builder.commands.new_event import new_event
from builder.commands.register import register
from builder.commands.renaming import rename
from builder.content.model.editions import Paper
from builder.pipeline import check
from builder.project import open_project
from builder.support.diagnostics import errors_in
from builder.support.failure import CONTENT_ERRORS, OK, USAGE_ERROR
from builder.support.processes import Processes


def _init(options: argparse.Namespace) -> int:
    name = options.name or options.folder.resolve().name
    office = office_of(name, area=options.area, area_name=options.area_name)
    files = new_site(options.folder, office)
    folder = display_path(options.folder)
    say(f"已建好 {folder}：{len(files)} 个文件，单位是“{office.name}”，地区是“{office.area_name}”（{office.area}）。")
    if not options.name:
        say("单位名称是照文件夹名写的。要换，删掉这个文件夹，加上 --name 和单位名称再来一次。")
    site = f'"{folder}"' if " " in folder else folder
    say(f"接着：\n    uv run build.py serve --drafts --site {site}\n    uv run build.py new 事项名称 --site {site}")
    return OK


def _new(options: argparse.Namespace) -> int:
    project = open_project(options.site)
    if options.event:
        site = check(project, Processes(1), no_progress, clock.today()).site
        path = new_event(project, site, options.name, options.event, id=options.id)
    else:
        path = new_item(project, options.name, area=options.area, id=options.id)
    say(f"已新建 {path}，请照里面的提示填写。")
    project = open_project(options.site)
    findings = check(project, Processes(1), no_progress, clock.today()).findings
    show_findings([finding for finding in findings if finding.file == path], "text", project.root)
    return OK


def _fmt(options: argparse.Namespace) -> int:
    root = options.site.resolve().parent
    files = files_to_format(options.site, options.paths)
    with progress_bars() as progress:
        outcomes = format_files(root, files, options.jobs, progress, write=not options.check)
    other = [outcome.other_style for outcome in outcomes if outcome.other_style]
    told = [finding for outcome in outcomes for finding in outcome.findings]
    show_findings([*told, *(other if options.check else ())], "text", root)
    if options.check and other:
        complain(f"有 {len(other)} 个文件还没有整理。", "运行 uv run build.py fmt，再提交。")
    elif other:
        say(listed_files("已整理", [root / finding.file for finding in other]))
    elif not told:
        say(f"看了 {len(files)} 个文件，都是整理好的。")
    return CONTENT_ERRORS if errors_in(told) or (options.check and other) else OK


def _rename(options: argparse.Namespace) -> int:
    project = open_project(options.site)
    result = checked(project, options.jobs)
    done = rename(project, result.site, options.old, options.new, clock.today())
    say("\n".join([*(f"{old} 改名为 {new}" for old, new in done.files), *(f"已改 {file}" for file in done.changed)]))
    return OK


def _register(options: argparse.Namespace) -> int:
    if not options.items and not options.all:
        complain("错误: 写上事项编号，或用 --all 登记所有在办事项。")
        return USAGE_ERROR
    project = open_project(options.site)
    result = checked(project, options.jobs)
    kind = options.paper
    papers = [Paper(kind=kind, place=options.place, note=options.note, copies=options.copies)] if kind else []
    day = options.date or clock.today()
    paths = register(project, result.site, None if options.all else options.items, papers, day)
    say("\n".join(f"已登记 {path}" for path in paths) or "这一版已经登记过，没有变化。")
    return OK


RUN = {"init": _init, "new": _new, "fmt": _fmt, "rename": _rename, "register": _register}
