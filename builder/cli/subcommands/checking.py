"""`check`, and what it says at length: `explain` of a code, `reference` of all codes and fields."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from builder.checks.completeness import completeness, forms_in_words, lines, table, whom_in_words
from builder.checks.event_coverage import event_coverage
from builder.checks.event_coverage import in_words as coverage_in_words
from builder.checks.recognised import recognised
from builder.checks.search_proof import MissingEngine, prove
from builder.cli import clock
from builder.cli.console import complain, display_path, progress_bars, say, show_findings
from builder.commands.explaining import explained
from builder.conformance import Evidence, InspectedPage, as_json, as_text, judge, read_page
from builder.pipeline import Build, check
from builder.project import Project, open_project
from builder.release.release import FOLDER as RELEASES
from builder.render.page import Page
from builder.report import explanation
from builder.support.diagnostics import Finding, did_you_mean, errors_in
from builder.support.failure import CONTENT_ERRORS, OK, USAGE_ERROR
from builder.support.processes import Processes, Progress


def _check(options: argparse.Namespace) -> int:
    project = open_project(options.site)
    paths = [_relative_to_site(project, path) for path in options.paths]
    if missing := [path for path in paths if not (project.root / path).exists()]:
        complain(f"错误: 没有这个文件或文件夹：{missing[0]}")
        return USAGE_ERROR
    if options.gov and options.format not in ("text", "json"):
        complain("错误: --gov 的格式只有 text 和 json")
        return USAGE_ERROR
    if options.uses is not None and options.format not in ("text", "json"):
        complain("错误: --uses 的格式只有 text 和 json")
        return USAGE_ERROR
    pages: list[InspectedPage] = []
    files = {f"static/{path}" for path in project.static_files} if options.gov else set()

    def inspect(page: Page[Any], data: bytes) -> None:
        if page.url.endswith(".html"):
            pages.append(read_page(page, data))
        else:
            files.add(page.url)

    with progress_bars() as progress:
        result = check(project, Processes(options.jobs), progress, clock.today(), inspect if options.gov else None)
        unsigned = _unsigned(options, progress) if options.release is not None and not result.errors else []
    if options.uses is not None:
        return _say_uses(project, result, options.uses, options.format)
    proof = prove(project, result.site) if options.search and not result.errors else []
    gone = _vanished(project, result) if not result.errors else []
    findings = [
        finding for finding in sorted((*result.findings, *proof, *unsigned, *gone)) if _is_under(finding.file, paths)
    ]
    if not (options.gov and options.format == "json"):
        show_findings(findings, options.format, project.root)
    if options.gov:
        say(_conformance_report(project, result, pages, files, options.format))
    if options.format == "text" and options.summary:
        _say_completeness(result, paths)
    if options.format == "text" and options.search and not result.errors:
        known = recognised(result.site)
        say(str(known))
        if options.summary:
            say(known.in_full)
    if options.format == "text" and not findings and not options.gov:
        say(f"检查了 {result.counts.items} 个事项，没有发现问题。")
    failed = errors_in(findings) or (options.strict and findings)
    return CONTENT_ERRORS if failed else OK


def _say_uses(project: Project, result: Build, asked: str, format: str) -> int:
    """Say who uses a record or a number. Records in files with errors may be missing, which is said first."""
    from builder.commands import uses  # noqa: PLC0415 - seldom used

    def read_bytes(file: str) -> bytes | None:
        path = project.root / file
        return path.read_bytes() if path.is_file() else None

    if result.errors:
        complain(f"内容有 {result.errors} 处错误，读不出来的文件没有算进去。", "运行 build.py check 看在哪里。")
    found = uses.uses_of(result.site, asked, read_bytes)
    say(
        uses.as_json(found)
        if format == "json"
        else uses.as_text(found, lambda file: os.path.relpath(project.root / file))
    )
    return CONTENT_ERRORS if result.errors else OK


def _vanished(project: Project, result: Build) -> list[Finding]:
    """Return what is gone of the addresses of the last release. To collect the site takes time, so releases are looked for first."""
    if not (project.root / RELEASES).is_dir():
        return []

    from builder.commands.addresses import vanished_since_last  # noqa: PLC0415 - seldom used

    return vanished_since_last(project, result.site, clock.today())


def _unsigned(options: argparse.Namespace, progress: Progress) -> list[Finding]:
    from builder.commands.reviewing import unsigned_since  # noqa: PLC0415 - seldom used

    return unsigned_since(options.site, options.release, Processes(options.jobs), progress, clock.today())


def _conformance_report(
    project: Project, result: Build, pages: Sequence[InspectedPage], files: Iterable[str], format: str
) -> str:
    missed: list[Finding] | None = None
    with suppress(MissingEngine):
        missed = prove(project, result.site) if not result.errors else None
    evidence = Evidence(
        result.site,
        project.words,
        result.history,
        result.findings,
        pages,
        frozenset(files),
        clock.now().strftime("%Y-%m-%d %H:%M"),
        missed,
    )
    as_format = as_json if format == "json" else as_text
    return as_format(project.settings.name, judge(evidence), has_errors=bool(result.errors)).rstrip("\n")


def _say_completeness(result: Build, paths: Sequence[str]) -> None:
    items = [item for item in completeness(result.site) if _is_under(item.card.file, paths)]
    if items:
        say(table(result.site, items))
        if forms := forms_in_words(result.site):
            say(forms)
        say(whom_in_words(result.site))
    if not result.errors and (coverage := event_coverage(result.site)):
        say(coverage_in_words(coverage))
        for card in coverage.alone if paths else ():
            if _is_under(card.file, paths):
                say(f"不在任何一件事里：{card.file}　{card.name}")
    if items and paths:
        say(lines(items))


def _relative_to_site(project: Project, path: Path) -> str:
    resolved = path if path.is_absolute() else Path.cwd() / path
    try:
        return resolved.resolve().relative_to(project.root).as_posix()
    except ValueError:
        return path.as_posix()


def _is_under(file: str, paths: Sequence[str]) -> bool:
    """Return whether `file` is one of `paths` or inside one of them. No paths, and the path ".", mean all files."""
    return not paths or any(path == "." or file == path or file.startswith(f"{path}/") for path in paths)


def _explain(options: argparse.Namespace) -> int:
    rules = explained()
    rule = rules.get(options.code.upper())
    if rule is None:
        complain(f"没有代码 {options.code}。{did_you_mean(options.code.upper(), rules)}")
        return USAGE_ERROR
    say(explanation(rule))
    return OK


def _reference(options: argparse.Namespace) -> int:
    from builder.commands.reference import write_reference  # noqa: PLC0415 - seldom used

    for path in write_reference(options.site.resolve().parent / "docs", explained()):
        say(f"已写 {display_path(path)}")
    return OK


RUN = {"check": _check, "explain": _explain, "reference": _reference}
