"""`import`: Word, Excel and web documents become items. Loaded once the extra ``office`` is known to be there."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.cli import clock
from builder.cli.console import complain, display_path, progress_bars, say
from builder.commands.bring_home import apart, bring_home
from builder.commands.import_drafts import draft_all, save, where_for
from builder.commands.importing import UnreadableDocuments, neutral_files, read_all, words_for, write_files
from builder.office.drafts.import_report import Imported, data_of, report_of
from builder.office.drafts.report_page import page_of
from builder.office.drafts.told_report import told_in
from builder.office.drafts.value_words import ValueWords
from builder.office.returned.changes import Wishes
from builder.office.returned.documents import HomeDocument
from builder.office.returned.home_report import home_data, home_page, home_summary, told_home
from builder.office.shapes import Reading, Vocabulary
from builder.office.shapes.plan import plan
from builder.pipeline import check
from builder.project import Project, open_project
from builder.support.diagnostics import ContentErrors, errors_in
from builder.support.failure import CONTENT_ERRORS, OK
from builder.support.processes import Processes


def import_documents(options: argparse.Namespace) -> int:
    """Read the documents that `options` name; write them as items of the site, or as neutral files."""
    needed = options.format == "yaml" or options.site.is_file()
    project = open_project(options.site) if needed else None
    words = words_for(project, options.mapping)
    into_site = project if options.format == "yaml" else None
    homes, files = apart(options.files, into_site.words) if into_site else ([], options.files)
    try:
        with progress_bars() as progress:
            readings = read_all(files, words, progress)
    except UnreadableDocuments as failed:
        for failure in failed.failures:
            complain(f"错误: {failure}", failure.hint)
        complain("没有写任何文件。")
        return failed.exit_code
    if into_site is not None:
        return _import_into_site(options, into_site, homes, readings, words)
    neutral = neutral_files(options.files, readings)
    if options.plan:
        say("\n\n".join(plan(reading, words) for reading in readings))
        where = display_path(options.out) if options.out else "屏幕上"
        say(f"\n会写到{where}：{'、'.join(neutral)}")
        return OK
    for reading in readings:
        if not reading.items:
            complain(
                f"“{reading.document}”里没有认出事项",
                "用 --plan 看看认出了什么；栏目的叫法特别，写一个对照文件，用 --mapping 指出来。",
            )
    if not any(reading.items for reading in readings):
        return CONTENT_ERRORS
    if options.out is None:
        say("\n".join(text.rstrip("\n") for text in neutral.values()))
        return OK
    write_files(options.out, neutral)
    for reading, name in zip(readings, neutral, strict=True):
        left = len(reading.leftovers) + sum(len(item.leftovers) for item in reading.items)
        about = f"，{left} 处文字没有放进事项" if left else ""
        say(f"已写 {display_path(options.out / name)}：{len(reading.items)} 个事项{about}")
    return OK


def _import_into_site(
    options: argparse.Namespace,
    project: Project,
    homes: Sequence[HomeDocument],
    readings: Sequence[Reading],
    words: Vocabulary,
) -> int:
    if readings and not any(reading.items for reading in readings):
        say("\n\n".join(plan(reading, words) for reading in readings))
        complain("错误: 没有认出事项，什么也没有写。", "栏目的叫法特别，写一个对照文件，用 --mapping 指出来。")
        return CONTENT_ERRORS
    imported = Imported((), (), (), {}, (), {})
    with progress_bars() as progress:
        checked = check(project, Processes(1), progress, clock.today())
        home = bring_home(project, checked, homes, Wishes(options.theirs, options.remove_lost_rows), progress)
        if readings:
            where = where_for(project, checked.site, options.area, options.department)
            if broken := [one for one in errors_in(checked.findings) if _matters_to(one.file, where.area)]:
                raise ContentErrors(
                    broken,
                    "错误: 这个地区现在的内容有错误，什么也没有写。",
                    "先改好，再导入：不然认不出哪些事项已经有了。",
                )
            imported = draft_all(
                project, checked, readings, where, words, progress, updating=options.update, but_not=home.files
            )
    report = {**report_of(imported, words, ValueWords(checked.site)), "returned": home_data(home.contents, home.items)}
    if homes:
        say(told_home(report["returned"], planned=options.plan, refused=home.has_errors))
    if home.has_errors:
        return CONTENT_ERRORS
    reports = {path: _report_as(path, report, planned=options.plan) for path in options.reports}
    save(project, imported, home, options.out, reports, planned=options.plan)
    if readings:
        say(told_in(report, planned=options.plan))
    if reports:
        say(f"核对表在 {'，'.join(map(display_path, reports))}")
    return CONTENT_ERRORS if home.has_conflicts or imported.held else OK


def _matters_to(file: str, area: str) -> bool:
    """Whether a file says what an area has: one of its items, or a record that all areas share."""
    return file.startswith(f"content/items/{area}/") or not file.startswith("content/items/")


def _report_as(path: Path, report: Mapping[str, Any], *, planned: bool) -> str:
    if path.suffix.lower() == ".json":
        return data_of(report)
    home = report["returned"]
    said = home_summary(home, planned=planned, refused=False) if home else ""
    return page_of(report, planned=planned, more=home_page(home), said=said)
