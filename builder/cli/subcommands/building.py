"""`build`, `pdf` and `serve`: content becomes pages and sheets."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from builder.areas.alone import folder_alone
from builder.cli import clock
from builder.cli.console import MOST_LISTED, complain, display_path, findings_as, progress_bars, say, show_findings
from builder.commands import folder_for
from builder.conformance import notes
from builder.pipeline import Build, build, build_areas
from builder.project import Project, open_project
from builder.render import pdf_engine
from builder.support.failure import CONTENT_ERRORS, INTERRUPTED, OK, USAGE_ERROR
from builder.support.processes import Processes


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
            clock.today(),
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
            clock.today(),
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
    if not (options.items or options.all or options.booklets):
        complain("错误: 要做哪些？写事项的编号或名称；全部事项写 --all；手册写 --booklet 和它的编号。")
        return USAGE_ERROR
    from builder.commands.pdf import Request, export, requested_pages  # noqa: PLC0415 - a build needs none of it

    pdf_engine.require()
    project = open_project(options.site, base_url=options.base_url)
    folder = folder_for(project, options.out, pdf_engine.FOLDER, "PDF ")
    with progress_bars() as progress:
        result = build(project, Processes(options.jobs), progress, clock.today())
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
    if len(files) <= MOST_LISTED:
        say("\n".join(display_path(file) for file, _ in files))
    return OK


def _serve(options: argparse.Namespace) -> int:
    from builder.commands.serve import serve  # noqa: PLC0415 - loads a web server

    return serve(options.site, port=options.port, jobs=options.jobs, say=say, with_drafts=options.drafts)


RUN = {"build": _build, "pdf": _pdf, "serve": _serve}
