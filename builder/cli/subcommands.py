"""A function for each command. It prints the result and returns the exit code."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.areas.alone import folder_alone
from builder.checks.completeness import completeness, forms_in_words, lines, table
from builder.checks.recognised import recognised
from builder.checks.search_proof import MissingEngine, prove
from builder.cli.clock import now, today
from builder.cli.console import complain, display_path, findings_as, no_progress, progress_bars, say, show_findings
from builder.conformance import Evidence, InspectedPage, as_json, as_text, judge, notes, read_page
from builder.pipeline import Build, build, build_areas, check
from builder.project import Project, open_project
from builder.publish import replace_file
from builder.release.release import FOLDER as RELEASES
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.report import explanation
from builder.support.diagnostics import ConfigurationError, Finding, Severity, did_you_mean
from builder.support.failure import CONTENT_ERRORS, INTERRUPTED, OK, USAGE_ERROR, Failure
from builder.support.processes import Processes

if TYPE_CHECKING:
    from builder.office.returned.documents import HomeDocument
    from builder.office.shapes import Reading, Vocabulary
    from builder.review.review import Review
    from builder.support.processes import Progress

MAX_LISTED_FILES = 12


def _build(options: argparse.Namespace) -> int:
    project = open_project(
        options.site,
        out=options.out,
        base_url=options.base_url,
        with_pdf=not options.no_pdf,
        with_drafts=options.drafts,
    )
    if options.areas:
        return _build_areas(options, project)
    with progress_bars() as progress, _processes(options, project) as processes:
        result = build(
            project,
            processes,
            progress,
            today(),
            strict=options.strict,
            clean=options.clean,
            keep_index=options.keep_index,
        )
    findings = findings_as(options.format, result.findings, project.root)
    summary = options.format == "text" and not options.quiet and result.published
    said = "\n".join(filter(None, (findings, _build_summary(project, result) if summary else "")))
    if said:
        say(said)
    if not result.published:
        return _not_published(project)
    if options.last_build and not project.settings.pdf:  # which depends on the fonts of the machine, too
        options.last_build.remember(said)
    return OK


def _build_areas(options: argparse.Namespace, project: Project) -> int:
    if options.cluster:
        complain("错误: --area 只用这台机器，不能和 --cluster 一起写")
        return USAGE_ERROR
    areas = list(dict.fromkeys(options.areas))
    with progress_bars() as progress:
        result = build_areas(
            project,
            areas,
            Processes(options.jobs),
            progress,
            today(),
            strict=options.strict,
            clean=options.clean,
        )
    show_findings(result.findings, options.format, project.root)
    if not result.published:
        return _not_published(project)
    if options.format == "text" and not options.quiet:
        folders = "、".join(display_path(folder_alone(project.cache, area)) for area in areas)
        say(f"已做好 {'、'.join(areas)} 的 {result.pages} 个页面，放在 {folders}。")
        say(f"{display_path(project.out)} 没有改动。运行 build 会用上这些页面，拼成整个网站。")
    return OK


@contextmanager
def _processes(options: argparse.Namespace, project: Project) -> Iterator[Processes]:
    """Yield the processes with which to build: those of this machine, or of a cluster."""
    if not options.cluster:
        yield Processes(options.jobs)
        return
    from builder.support.cluster import cluster  # noqa: PLC0415 - seldom used

    with cluster(options.cluster, options.jobs, (project.cache, project.out.resolve().parent)) as processes:
        yield processes


def _not_published(project: Project) -> int:
    last = f"{display_path(project.out)} 里还是上一次的网站。" if project.out.exists() else ""
    complain(f"没有发布：先改好上面的问题。{last}")
    return CONTENT_ERRORS


def _build_summary(project: Project, result: Build) -> str:
    counts, out = result.counts, project.out
    numbers = f"{counts.public} 个事项，{result.pages} 个页面"
    summary = [f"已生成 {display_path(out)}：{numbers}。打开 {display_path(out / 'index.html')} 就能看。"]
    if project.settings.print_guides and not project.settings.base_url:
        summary.append("没有写网址（site.yaml 的 base_url）：打印的纸上没有二维码和网址。")
    if counts.missing:
        missing = "、".join(f"{element} {count}" for element, count in counts.missing.items())
        summary.append(f"还不完整的事项数：{missing}（页面上写“请电话确认”）。")
    return "\n".join(
        (*summary, *notes(project.settings, result.history, counts.undated, result.studied.past.missing_reason))
    )


def _pdf(options: argparse.Namespace) -> int:
    from builder.commands import folder_for  # noqa: PLC0415 - seldom used
    from builder.commands.pdf import Request, export, requested_pages  # noqa: PLC0415 - seldom used

    if not (options.items or options.all or options.booklets):
        complain("错误: 要做哪些？写事项的编号或名称；全部事项写 --all；手册写 --booklet 和它的编号。")
        return USAGE_ERROR
    pdf.require()
    project = open_project(options.site, base_url=options.base_url)
    folder = folder_for(project, options.out, pdf.FOLDER, "PDF ")
    with progress_bars() as progress:
        result = build(project, Processes(options.jobs), progress, today())
        if not result.published:
            show_findings(result.findings, "text", project.root)
            return _not_published(project)
        request = Request(options.items, options.booklets, options.all, options.kinds)
        pages = requested_pages(project, result.site, request)
        try:
            files = export(project, pages, folder, options.jobs, progress)
        except KeyboardInterrupt:
            complain("已中断。做好的都留着，再运行一次会接着做。")
            return INTERRUPTED
    changed = sum(is_changed for _, is_changed in files)
    say(f"{display_path(folder)} 里有 {len(files)} 份 PDF，新做或有变动的 {changed} 份。")
    if len(files) <= MAX_LISTED_FILES:
        say("\n".join(display_path(file) for file, _ in files))
    return OK


def _serve(options: argparse.Namespace) -> int:
    from builder.commands.serve import serve  # noqa: PLC0415 - loads a web server

    return serve(options.site, port=options.port, jobs=options.jobs, say=say, with_drafts=options.drafts)


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
        result = check(project, Processes(options.jobs), progress, today(), inspect if options.gov else None)
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
    failed = _errors(findings) or (options.strict and findings)
    return CONTENT_ERRORS if failed else OK


def _say_uses(project: Project, result: Build, asked: str, format: str) -> int:
    """Say who uses a record or a number. Records in files with errors may be missing, which is said first."""
    from builder.commands.uses import as_json, as_text, uses_of  # noqa: PLC0415 - seldom used

    def read_bytes(file: str) -> bytes | None:
        path = project.root / file
        return path.read_bytes() if path.is_file() else None

    if result.errors:
        complain(f"内容有 {result.errors} 处错误，读不出来的文件没有算进去。", "运行 build.py check 看在哪里。")
    uses = uses_of(result.site, asked, read_bytes)
    say(as_json(uses) if format == "json" else as_text(uses, lambda file: os.path.relpath(project.root / file)))
    return CONTENT_ERRORS if result.errors else OK


def _vanished(project: Project, result: Build) -> list[Finding]:
    """Return what is gone of the addresses of the last release. To collect the site takes time, so releases are looked for first."""
    if not (project.root / RELEASES).is_dir():
        return []
    from builder.commands.addresses import vanished_since_last  # noqa: PLC0415 - seldom used

    return vanished_since_last(project, result.site, today())


def _unsigned(options: argparse.Namespace, progress: Progress) -> list[Finding]:
    from builder.commands.reviewing import unsigned_since  # noqa: PLC0415 - seldom used

    return unsigned_since(options.site, options.release, Processes(options.jobs), progress, today())


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
        now().strftime("%Y-%m-%d %H:%M"),
        missed,
    )
    as_format = as_json if format == "json" else as_text
    return as_format(project.settings.name, judge(evidence), has_errors=bool(result.errors)).rstrip("\n")


def _say_completeness(result: Build, paths: Sequence[str]) -> None:
    items = [item for item in completeness(result.site) if _is_under(item.card.file, paths)]
    if items:
        say(table(result.site, items))
        say(forms_in_words(result.site))
    if items and paths:
        say(lines(items))


def _explain(options: argparse.Namespace) -> int:
    from builder.commands.explaining import explained  # noqa: PLC0415 - seldom used

    rules = explained()
    rule = rules.get(options.code.upper())
    if rule is None:
        complain(f"没有代码 {options.code}。{did_you_mean(options.code.upper(), rules)}")
        return USAGE_ERROR
    say(explanation(rule))
    return OK


def _init(options: argparse.Namespace) -> int:
    from builder.commands.init import new_site, office_of  # noqa: PLC0415 - seldom used

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
    from builder.commands.new import new_item  # noqa: PLC0415 - seldom used

    path = new_item(open_project(options.site), options.name, area=options.area, id=options.id)
    say(f"已新建 {path}，请照里面的提示填写。")
    project = open_project(options.site)
    findings = check(project, Processes(1), no_progress, today()).findings
    show_findings([finding for finding in findings if finding.file == path], "text", project.root)
    return OK


def _register(options: argparse.Namespace) -> int:
    from builder.commands.register import register  # noqa: PLC0415 - seldom used
    from builder.content.model.editions import Paper  # noqa: PLC0415 - seldom used

    if not options.items and not options.all:
        complain("错误: 写上事项编号，或用 --all 登记所有在办事项。")
        return USAGE_ERROR
    project = open_project(options.site)
    with progress_bars() as progress:
        result = check(project, Processes(options.jobs), progress, today())
    if result.errors:
        show_findings(_errors(result.findings), "text", project.root)
        return CONTENT_ERRORS
    kind = options.paper
    papers = [Paper(kind=kind, place=options.place, note=options.note, copies=options.copies)] if kind else []
    day = options.date or today()
    paths = register(project, result.site, None if options.all else options.items, papers, day)
    say("\n".join(f"已登记 {path}" for path in paths) or "这一版已经登记过，没有变化。")
    return OK


def _fmt(options: argparse.Namespace) -> int:
    from builder.commands.formatting import files_to_format, format_files  # noqa: PLC0415 - seldom used

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
        say("\n".join(f"已整理 {display_path(root / finding.file)}" for finding in other[:MAX_LISTED_FILES]))
        if len(other) > MAX_LISTED_FILES:
            say(f"……一共整理了 {len(other)} 个文件。")
    elif not told:
        say(f"看了 {len(files)} 个文件，都是整理好的。")
    return CONTENT_ERRORS if _errors(told) or (options.check and other) else OK


def _import(options: argparse.Namespace) -> int:
    from builder.office.documents.opening import require  # noqa: PLC0415 - seldom used

    require()
    from builder.commands.bring_home import apart  # noqa: PLC0415 - needs what was required
    from builder.commands.importing import (  # noqa: PLC0415 - seldom used
        UnreadableDocuments,
        neutral_files,
        read_all,
        words_for,
        write_files,
    )
    from builder.office.shapes.plan import plan  # noqa: PLC0415 - as above

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


def _export(options: argparse.Namespace) -> int:
    from builder.commands.exports import Exporter, Request, export_folder, selected  # noqa: PLC0415 - seldom used

    request = Request(options.items, options.department, options.area, options.all, options.list)
    if not any((request.items, request.department, request.area, request.all, request.list)):
        complain("错误: 导出哪些？写事项的编号或名称；一个单位的写 --department，一个地区的写 --area，全部写 --all。")
        return USAGE_ERROR
    if request.list and options.to != "xlsx":
        complain("错误: 公开清单只能做成 xlsx")
        return USAGE_ERROR
    project = open_project(options.site)
    with progress_bars() as progress:
        result = check(project, Processes(options.jobs), progress, today())
        if broken := _broken(result, request.items):
            show_findings(broken, "text", project.root)
            complain("没有导出：先改好上面的错误。")
            return CONTENT_ERRORS
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
    say("\n".join(f"已导出 {display_path(file)}" for file in files[:MAX_LISTED_FILES]))
    if len(files) > MAX_LISTED_FILES:
        say(f"……一共 {len(files)} 个文件，都在 {display_path(files[0].parent)} 里。")
    return OK


def _review(options: argparse.Namespace) -> int:
    from builder.commands.reviewing import reviewed, written_as  # noqa: PLC0415 - seldom used

    if len(options.span) > MOST_COMPARED:
        complain("错误: 写一个分支或提交，如 main..HEAD；或者两个文件夹，旧的在前。")
        return USAGE_ERROR
    try:
        with progress_bars() as progress:
            project, found = reviewed(options.site, options.span, Processes(options.jobs), progress, today())
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
    from builder.commands.reviewing import posted  # noqa: PLC0415 - seldom used

    if not options.post:
        return OK
    try:
        complain(str(posted(found, options.post, os.environ)))  # not where the review itself may be written
    except Failure as failure:
        complain(f"错误: {failure}", failure.hint)
        return failure.exit_code
    return OK


MOST_COMPARED = 2  # folders


def _sign(options: argparse.Namespace) -> int:
    from builder.commands.reviewing import reviewed  # noqa: PLC0415 - seldom used
    from builder.commands.signing import FILE, sign  # noqa: PLC0415 - seldom used

    day = options.date or today()
    with progress_bars() as progress:
        project, found = reviewed(options.site, options.span, Processes(options.jobs), progress, today())
        site = check(project, Processes(options.jobs), progress, today()).site
    sign(project, site, found, options.number, options.step, options.who, day)
    say(f"已登记：审核单 {found.number}，{options.who}{options.step}，{day}。写在 {FILE}，和改动一起提交。")
    return OK


def _report(options: argparse.Namespace) -> int:
    from builder.commands.standing import Wanted, report  # noqa: PLC0415 - seldom used

    wanted = Wanted(options.out, options.json, options.xlsx)
    with progress_bars() as progress:
        standing, files = report(
            open_project(options.site), wanted, Processes(options.jobs), progress, options.date or today()
        )
    say("\n".join(f"已写好 {display_path(file)}。" for file in files))
    if standing.errors:
        complain(f"内容有 {standing.errors} 处错误，读不出来的文件没有算进去。", "运行 build.py check 看在哪里。")
    return OK


def _package(options: argparse.Namespace) -> int:
    from builder.commands.packaging import Request, package  # noqa: PLC0415 - seldom used

    project = open_project(options.site, base_url=options.base_url, with_pdf=not options.no_pdf)
    request = Request(options.since, options.sign, options.keep)
    with progress_bars() as progress:
        made = package(project, request, Processes(options.jobs), progress, today(), options.site)
    if made.delivery is None:
        show_findings(made.findings, "text", project.root)
        complain("没有打包：先改好上面的问题。")
        return CONTENT_ERRORS
    say("\n".join(made.told(display_path(made.folder))))
    return OK


def _rename(options: argparse.Namespace) -> int:
    from builder.commands.renaming import rename  # noqa: PLC0415 - seldom used

    project = open_project(options.site)
    with progress_bars() as progress:
        result = check(project, Processes(options.jobs), progress, today())
    if result.errors:
        show_findings(_errors(result.findings), "text", project.root)
        return CONTENT_ERRORS
    done = rename(project, result.site, options.old, options.new, today())
    say("\n".join([*(f"{old} 改名为 {new}" for old, new in done.files), *(f"已改 {file}" for file in done.changed)]))
    return OK


def _archive(options: argparse.Namespace) -> int:
    from builder.commands.archiving import archive  # noqa: PLC0415 - seldom used
    from builder.release.instructions import megabytes  # noqa: PLC0415 - seldom used

    made = archive(open_project(options.site).root, options.release, options.out)
    say(f"已归档 {display_path(made.file)}：发布包 {made.release}，{made.count} 个网址，{megabytes(made.size)}。")
    say(f"SHA-256 {made.digest}，写在移交清单上。")
    return OK


def _releases(options: argparse.Namespace) -> int:
    from builder.commands.packaging import listed  # noqa: PLC0415 - seldom used

    say("\n".join(listed(open_project(options.site).root)))
    return OK


def _broken(result: Build, items: Sequence[str]) -> list[Finding]:
    """Return the errors in the way of an export: those in the files of these items, or all of them for none."""
    errors = _errors(result.findings)
    files = {
        card.file for card in result.site.cards for name in items if name in (card.id, card.file, card.name, card.title)
    }
    files |= {finding.file for finding in errors for name in items if Path(finding.file).stem == name}
    return [finding for finding in errors if not items or finding.file in files]


def _import_into_site(
    options: argparse.Namespace,
    project: Project,
    homes: Sequence[HomeDocument],
    readings: Sequence[Reading],
    words: Vocabulary,
) -> int:
    from builder.commands.bring_home import bring_home  # noqa: PLC0415 - seldom used
    from builder.commands.import_drafts import draft_all, save, where_for  # noqa: PLC0415 - as above
    from builder.office.drafts.import_report import Imported, report_of  # noqa: PLC0415 - as above
    from builder.office.drafts.told_report import told_in  # noqa: PLC0415 - as above
    from builder.office.drafts.value_words import ValueWords  # noqa: PLC0415 - as above
    from builder.office.returned.changes import Wishes  # noqa: PLC0415 - as above
    from builder.office.returned.home_report import home_data, told_home  # noqa: PLC0415 - as above
    from builder.office.shapes.plan import plan  # noqa: PLC0415 - as above

    if readings and not any(reading.items for reading in readings):
        say("\n\n".join(plan(reading, words) for reading in readings))
        complain("错误: 没有认出事项，什么也没有写。", "栏目的叫法特别，写一个对照文件，用 --mapping 指出来。")
        return CONTENT_ERRORS
    imported = Imported((), (), (), {}, (), {})
    with progress_bars() as progress:
        checked = check(project, Processes(1), progress, today())
        home = bring_home(project, checked, homes, Wishes(options.theirs, options.remove_lost_rows), progress)
        if readings:
            where = where_for(project, checked.site, options.area, options.department)
            if broken := [one for one in _errors(checked.findings) if _matters_to(one.file, where.area)]:
                show_findings(broken, "text", project.root)
                complain(
                    "错误: 这个地区现在的内容有错误，什么也没有写。", "先改好，再导入：不然认不出哪些事项已经有了。"
                )
                return CONTENT_ERRORS
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
    from builder.office.drafts.import_report import data_of  # noqa: PLC0415 - seldom used
    from builder.office.drafts.report_page import page_of  # noqa: PLC0415 - as above
    from builder.office.returned.home_report import home_page, home_summary  # noqa: PLC0415 - as above

    if path.suffix.lower() == ".json":
        return data_of(report)
    home = report["returned"]
    said = home_summary(home, planned=planned, refused=False) if home else ""
    return page_of(report, planned=planned, more=home_page(home), said=said)


def _publish(options: argparse.Namespace) -> int:
    from builder.commands.publishing import publish, tell, where_to_check  # noqa: PLC0415 - seldom used
    from builder.release.release import release_named  # noqa: PLC0415 - as above
    from builder.upload.uploading import Wanted  # noqa: PLC0415 - as above

    root = options.site.resolve().parent
    release = release_named(root, options.rollback or options.release)
    wanted = Wanted(options.target, release, options.adopt, options.transfers)
    checked = where_to_check(wanted, options.url, unwanted=options.no_verify)
    if options.dry_run:
        return tell(root, wanted, checked, say)
    try:
        with progress_bars() as progress:
            return publish(root, wanted, checked, now(), say, progress)
    except KeyboardInterrupt:
        complain("已中断。传好的都记着，再运行一次会接着传。")
        return INTERRUPTED


def _verify(options: argparse.Namespace) -> int:
    from builder.commands.verifying import page_file, write_sheet  # noqa: PLC0415 - seldom used
    from builder.verification.as_data import as_data, failure_as_data  # noqa: PLC0415 - as above
    from builder.verification.as_text import as_text  # noqa: PLC0415 - as above
    from builder.verification.pace import Manners  # noqa: PLC0415 - as above
    from builder.verification.verification import Wanted, verify  # noqa: PLC0415 - as above

    site = options.site.resolve().parent
    sheet = page_file(options.out) if options.out else None
    wanted = Wanted(options.url, options.release, options.sample)
    try:
        with progress_bars() as progress:
            found = verify(site, wanted, now(), progress, manners=Manners(pause=options.pause))
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


def _reference(options: argparse.Namespace) -> int:
    from builder.commands.explaining import explained  # noqa: PLC0415 - seldom used
    from builder.commands.reference import write_reference  # noqa: PLC0415 - seldom used

    for path in write_reference(options.site.resolve().parent / "docs", explained()):
        say(f"已写 {display_path(path)}")
    return OK


RUN: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "pdf": _pdf,
    "serve": _serve,
    "check": _check,
    "explain": _explain,
    "init": _init,
    "new": _new,
    "fmt": _fmt,
    "import": _import,
    "register": _register,
    "export": _export,
    "review": _review,
    "report": _report,
    "sign": _sign,
    "package": _package,
    "releases": _releases,
    "archive": _archive,
    "rename": _rename,
    "publish": _publish,
    "verify": _verify,
    "reference": _reference,
}


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _relative_to_site(project: Project, path: Path) -> str:
    resolved = path if path.is_absolute() else Path.cwd() / path
    try:
        return resolved.resolve().relative_to(project.root).as_posix()
    except ValueError:
        return path.as_posix()


def _is_under(file: str, paths: Sequence[str]) -> bool:
    """Return whether `file` is one of `paths` or inside one of them. No paths, and the path ".", mean all files."""
    return not paths or any(path == "." or file == path or file.startswith(f"{path}/") for path in paths)
