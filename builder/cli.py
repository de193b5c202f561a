"""The command line: reads the arguments, runs a command, shows what came of it, returns the exit code.

Exit codes: 0 well; 1 content errors; 2 usage or configuration; 3 the machine; 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from builder.checks.catalogue import RULES
from builder.checks.completeness import completeness, lines, missing_by_element, table
from builder.checks.search_proof import MissingEngine, prove
from builder.conformance import Evidence, InspectedPage, as_json, as_text, judge, notes, read_page
from builder.content.source import MissingLibyaml
from builder.pipeline import Build, Progress, build, check
from builder.project import Project, open_project
from builder.publish import PublishError
from builder.render import pdf_engine as pdf
from builder.render.page import Page
from builder.report import FORMATS, explanation, located
from builder.support.diagnostics import ConfigurationError, Finding
from builder.support.workers import WorkerDied

SHOWN = 12  # files that are told by name

WELL, CONTENT, USAGE, MACHINE, INTERRUPTED = 0, 1, 2, 3, 130

CHINA = timezone(timedelta(hours=8))

STAGES = {"load": "读取内容", "render": "生成页面", "index": "搜索索引", "pdf": "做 PDF"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (default: those of the process) name, and return the exit code."""
    gc.set_threshold(50_000, 20, 20)  # a build makes many records and few cycles: look for those seldom
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(_with_default_command(sys.argv[1:] if arguments is None else arguments))
    if getattr(options, "site", None) and options.site.is_dir():
        options.site /= "site.yaml"
    try:
        return int(options.run(options))
    except ConfigurationError as error:
        _show(error.findings, getattr(options, "format", "text"), lambda file: _bytes(options.site.parent / file))
        return USAGE
    except PublishError as error:
        _complain(f"错误: {error.says}" + (f"\n    = {error.hint}" if error.hint else ""))
        return error.exit_code
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    except pdf.MissingEngine as error:
        _complain(f"错误: {error}")
        return MACHINE
    except (WorkerDied, MissingLibyaml, MissingEngine, OSError) as error:
        _complain(f"错误: 机器出了问题：{error}")
        return MACHINE
    except KeyboardInterrupt:
        _complain("已中断，网站没有改动。")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - an editor can do nothing with a traceback; whoever maintains this can
        told = options.site.parent / ".cache" / "error.txt"
        with suppress(OSError):
            told.write_text(traceback.format_exc(), "utf-8")
        _complain(f"错误: 程序自己出了毛病（{type(error).__name__}），网站没有改动。请把 {_shown(told)} 交给维护的人。")
        return MACHINE


def _build(options: argparse.Namespace) -> int:
    project = open_project(
        options.site,
        out=options.out,
        base_url=options.base_url,
        with_pdf=not options.no_pdf,
        with_drafts=options.drafts,
    )
    with _progress() as progress:
        result = build(project, options.jobs, progress, strict=options.strict, clean=options.clean)
    _show(result.findings, options.format, project.read)
    if not result.published:
        return _unpublished(project)
    if options.format == "text" and not options.quiet:
        _say(_summary(project, result))
    return WELL


def _unpublished(project: Project) -> int:
    kept = f"{_shown(project.out)} 里还是上一次的网站。" if project.out.exists() else ""
    _complain(f"没有发布：先改好上面的问题。{kept}")
    return CONTENT


def _pdf(options: argparse.Namespace) -> int:
    from builder.commands.pdf import Refused, Wanted, export, folder_for, sheets_wanted  # noqa: PLC0415 - seldom used

    if not (options.items or options.all or options.booklets):
        _complain("错误: 要做哪些？写事项的编号或名称；全部事项写 --all；手册写 --booklet 和它的编号。")
        return USAGE
    pdf.require()
    project = open_project(options.site, base_url=options.base_url)
    try:
        folder = folder_for(project, options.out)
        with _progress() as progress:
            result = build(project, options.jobs, progress)
            if not result.published:
                _show(result.findings, "text", project.read)
                return _unpublished(project)
            wanted = Wanted(options.items, options.booklets, options.all, options.kinds)
            pages = sheets_wanted(project, result.site, wanted)
            try:
                made = export(project, pages, folder, options.jobs, progress)
            except KeyboardInterrupt:
                _complain("已中断。做好的都留着，再运行一次会接着做。")
                return INTERRUPTED
    except Refused as error:
        _complain(f"错误: {error}" + (f"\n    = {error.hint}" if error.hint else ""))
        return USAGE
    fresh = [file for file, is_fresh in made if is_fresh]
    _say(f"{_shown(folder)} 里有 {len(made)} 份 PDF，新做或有变动的 {len(fresh)} 份。")
    if len(made) <= SHOWN:
        _say("\n".join(_shown(file) for file, _ in made))
    return WELL


def _check(options: argparse.Namespace) -> int:
    project = open_project(options.site)
    wanted = [_below(project, path) for path in options.paths]
    if missing := [path for path in wanted if not (project.root / path).exists()]:
        _complain(f"错误: 没有这个文件或文件夹：{missing[0]}")
        return USAGE
    if options.gov and options.format not in ("text", "json"):
        _complain("错误: --gov 的格式只有 text 和 json")
        return USAGE
    built: list[InspectedPage] = []
    files = {f"static/{path}" for path in project.static_files} if options.gov else set()

    def look(page: Page[Any], data: bytes) -> None:
        if page.url.endswith(".html"):
            built.append(read_page(page, data))
        else:
            files.add(page.url)

    with _progress() as progress:
        result = check(project, options.jobs, progress, look if options.gov else None)
    found = (*result.findings, *(prove(project, result.site) if options.search and not result.errors else ()))
    findings = [one for one in sorted(found) if not wanted or _is_under(one.file, wanted)]
    if not (options.gov and options.format == "json"):
        _show(findings, options.format, project.read)
    if options.gov:
        _say(_conformance(project, result, built, files, options.format))
    if options.format == "text":
        if options.summary:
            told = [one for one in completeness(result.site) if not wanted or _is_under(one.card.file, wanted)]
            if told:
                _say(table(result.site, told))
            if told and wanted:
                _say(lines(told))
        if not findings and not options.gov:
            _say(f"检查了 {len(result.site.cards)} 个事项，没有发现问题。")
    failed = any(one.severity == "error" for one in findings) or (options.strict and findings)
    return CONTENT if failed else WELL


def _conformance(
    project: Project, result: Build, built: Sequence[InspectedPage], files: Iterable[str], format: str
) -> str:
    missed: list[Finding] | None = None
    with suppress(MissingEngine):
        missed = prove(project, result.site) if not result.errors else None
    evidence = Evidence(
        result.site,
        project.words,
        result.history,
        result.findings,
        built,
        frozenset(files),
        datetime.now(CHINA).strftime("%Y-%m-%d %H:%M"),  # noqa: TID251 - this room owns the clock
        missed,
    )
    told = as_json if format == "json" else as_text
    return told(project.settings.name, judge(evidence), has_errors=bool(result.errors)).rstrip("\n")


def _explain(options: argparse.Namespace) -> int:
    rule = RULES.get(options.code.upper())
    if rule is None:
        from builder.support.diagnostics import did_you_mean  # noqa: PLC0415 - for this message alone

        _complain(f"没有代码 {options.code}。{did_you_mean(options.code.upper(), RULES)}")
        return USAGE
    _say(explanation(rule))
    return WELL


def _new(options: argparse.Namespace) -> int:
    from builder.commands.new import Refused, new_item  # noqa: PLC0415 - seldom used

    try:
        path = new_item(open_project(options.site), options.name, area=options.area, id=options.id)
    except Refused as error:
        _complain(f"错误: {error}" + (f"\n    = {error.hint}" if error.hint else ""))
        return USAGE
    _say(f"已新建 {path}，请照里面的提示填写。")
    project = open_project(options.site)
    findings = check(project, 1, _silent).findings
    _show([one for one in findings if one.file == path], "text", project.read)
    return WELL


def _init(options: argparse.Namespace) -> int:
    from builder.commands.init import new_site, office_of  # noqa: PLC0415 - seldom used
    from builder.commands.new import Refused  # noqa: PLC0415 - seldom used

    try:
        office = office_of(
            options.name or options.folder.resolve().name, area=options.area, area_name=options.area_name
        )
        files = new_site(options.folder, office)
    except Refused as error:
        _complain(f"错误: {error}" + (f"\n    = {error.hint}" if error.hint else ""))
        return USAGE
    folder = _shown(options.folder)
    _say(f"已建好 {folder}：{len(files)} 个文件，单位是“{office.name}”，地区是“{office.area_name}”（{office.area}）。")
    if not options.name:
        _say("单位名称是照文件夹名写的。要换，删掉这个文件夹，加上 --name 和单位名称再来一次。")
    site = f'"{folder}"' if " " in folder else folder
    _say(f"接着：\n    uv run build.py serve --drafts --site {site}\n    uv run build.py new 事项名称 --site {site}")
    return WELL


def _register(options: argparse.Namespace) -> int:
    from builder.commands.register import NotRegistered, register  # noqa: PLC0415 - seldom used
    from builder.content.model.editions import Paper  # noqa: PLC0415 - seldom used

    if not options.items and not options.all:
        _complain("错误: 写上事项编号，或用 --all 登记所有在办事项。")
        return USAGE
    project = open_project(options.site)
    with _progress() as progress:
        result = check(project, options.jobs, progress)
    if result.errors:
        _show([one for one in result.findings if one.severity == "error"], "text", project.read)
        return CONTENT
    kind = options.paper
    papers = [Paper(kind=kind, place=options.place, note=options.note, copies=options.copies)] if kind else []
    day = options.date or datetime.now().astimezone().date()  # noqa: TID251 - the clock of the command
    try:
        paths = register(project, result.site, None if options.all else options.items, papers, day)
    except NotRegistered as error:
        _complain(f"错误: {error}")
        return USAGE
    _say("\n".join(f"已登记 {path}" for path in paths) or "这一版已经登记过，没有变化。")
    return WELL


def _serve(options: argparse.Namespace) -> int:
    from builder.commands.serve import serve  # noqa: PLC0415 - loads a web server

    return serve(options.site, port=options.port, jobs=options.jobs, say=_say, with_drafts=options.drafts)


def _reference(options: argparse.Namespace) -> int:
    from builder.commands.reference import write_reference  # noqa: PLC0415 - seldom used

    for path in write_reference(options.site.resolve().parent / "docs", RULES):
        _say(f"已写 {_shown(path)}")
    return WELL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="把办事指南的内容做成网站。不写命令就是 build。")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)

    def command(
        name: str, help: str, run: Callable[[argparse.Namespace], int], *, with_site: bool = True
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=help, description=help)
        one.set_defaults(run=run, site=Path("site.yaml"))
        if with_site:
            one.add_argument("--site", type=Path, metavar="文件", help="网站设置文件，默认 site.yaml")
        return one

    def jobs(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--jobs",
            type=_positive,
            default=os.cpu_count() or 1,
            metavar="个数",
            help="同时用几个进程，默认是处理器核数",
        )

    def findings(one: argparse.ArgumentParser) -> None:
        one.add_argument("--format", choices=list(FORMATS), default="text", help="问题清单的格式，默认 text")
        one.add_argument("--strict", action="store_true", help="警告也算错误")

    one = command("build", "生成网站，放进 public 文件夹", _build)
    place = one.add_mutually_exclusive_group()
    place.add_argument("--out", type=Path, metavar="文件夹", help="输出文件夹，默认是 site.yaml 旁边的 public")
    place.add_argument("--drafts", action="store_true", help=argparse.SUPPRESS)  # for `serve`: a preview in the cache
    one.add_argument("--base-url", metavar="网址", help="上线后的网址，代替 site.yaml 里的 base_url")
    one.add_argument("--clean", action="store_true", help="不用缓存，全部重做")
    one.add_argument("--quiet", action="store_true", help="只说问题，不说结果")
    one.add_argument("--no-pdf", action="store_true", help="不做 PDF，就算 site.yaml 写了 pdf: 是")
    jobs(one)
    findings(one)

    one = command("pdf", "把打印版做成 PDF，放进 pdf 文件夹", _pdf)
    one.add_argument("items", nargs="*", metavar="事项", help="事项的编号、名称或文件")
    one.add_argument("--all", action="store_true", help="全部事项")
    one.add_argument("--booklet", action="append", dest="booklets", default=[], metavar="编号", help="一本手册")
    one.add_argument(
        "--kind",
        action="append",
        dest="kinds",
        default=[],
        type=_kind,
        metavar="哪种",
        help="指南 guide、简版 short、告知单 notice、流程图 poster，可以写几次；不写就是全部",
    )
    one.add_argument("--out", type=Path, metavar="文件夹", help="放在哪里，默认是 site.yaml 旁边的 pdf")
    one.add_argument("--base-url", metavar="网址", help="上线后的网址，代替 site.yaml 里的 base_url")
    jobs(one)

    one = command("serve", "边改边看：内容一改，网站自动更新", _serve)
    one.add_argument("--drafts", action="store_true", help="草稿也显示，标着“草稿”；不会写进 public")
    one.add_argument("--port", type=_port, default=8000, metavar="端口", help="默认 8000；被占用时用下一个空着的")
    jobs(one)

    one = command("check", "只检查内容，不生成网站", _check)
    one.add_argument("paths", nargs="*", type=Path, metavar="路径", help="只看这些文件或文件夹的问题")
    one.add_argument("--search", action="store_true", help="再用每个名称、别名和群众的说法搜一遍，看是不是先找到该找的")
    one.add_argument("--gov", action="store_true", help="再列出政府网站检查的各条做到没有、差在哪里（整个网站）")
    one.add_argument(
        "--summary", action="store_true", help="再列出各地区、各单位的指南写全了多少；写了路径的，一个事项一行"
    )
    jobs(one)
    findings(one)

    one = command("explain", "说明一个代码是什么意思、怎么改", _explain)
    one.add_argument("code", metavar="代码", help="如 R201")

    one = command("init", "新建一个网站：一个单位，两个示例，马上能生成", _init, with_site=False)
    one.add_argument("folder", type=Path, metavar="文件夹", help="放在哪里：一个新的或空的文件夹")
    one.add_argument("--name", metavar="单位名称", help="如 清江县政务服务中心；不写就用文件夹的名字")
    one.add_argument("--area", metavar="地区编号", help="不写就用地区名称的拼音")
    one.add_argument("--area-name", metavar="地区名称", help="如 清江县；不写就从单位名称里取")

    one = command("new", "新建一个事项", _new)
    one.add_argument("name", metavar="名称", help="事项名称，如 社会保障卡挂失")
    one.add_argument("--area", metavar="地区", help="地区编号；只有一个地区时不用写")
    one.add_argument("--id", metavar="编号", help="不写就用名称的拼音")

    one = command("register", "登记印好、贴出去的纸：哪一版、什么纸、在哪里", _register)
    one.add_argument("items", nargs="*", metavar="事项编号", help="印了哪些事项")
    one.add_argument("--all", action="store_true", help="登记所有在办事项现在的版本")
    one.add_argument("--paper", type=_paper, metavar="什么纸", help="如 流程图海报、简版指南；不写就只登记版本")
    one.add_argument("--place", metavar="地点编号", help="纸在哪个地点（content/places/ 里的编号）")
    one.add_argument("--note", default="", metavar="位置", help="具体在哪里，如 进门左边公示栏")
    one.add_argument("--copies", type=_positive, metavar="份数", help="印了几份")
    one.add_argument("--date", type=_day, metavar="日期", help="如 2026-11-03，默认今天")
    jobs(one)

    command("reference", "重写 docs 里的字段表、代码表和编辑器用的格式文件", _reference)
    return parser


def _with_default_command(arguments: Sequence[str]) -> list[str]:
    named = {"build", "serve", "check", "explain", "init", "new", "pdf", "register", "reference", "-h", "--help"}
    return list(arguments) if arguments and arguments[0] in named else ["build", *arguments]


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("要写大于 0 的整数")
    return int(text)


def _paper(text: str) -> str:
    from builder.content.model.editions import PaperKind  # noqa: PLC0415 - seldom used

    try:
        return PaperKind.of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("要写成 2026-11-03 这样") from None


def _kind(text: str) -> str:
    from builder.commands.pdf import KINDS, kind_of  # noqa: PLC0415 - seldom used

    if kind := kind_of(text):
        return kind
    raise argparse.ArgumentTypeError("只能是" + "、".join(f"{names[0]}（{kind}）" for kind, names in KINDS.items()))


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("要写 0 到 65535 的整数，0 是随便哪个空着的")
    return int(text)


def _summary(project: Project, result: Build) -> str:
    cards, site = result.site.public, result.site
    lines = [
        f"已生成 {_shown(project.out)}：{len(cards)} 个事项，{result.pages} 个页面。打开 {_shown(project.out / 'index.html')} 就能看。"
    ]
    if project.settings.print_guides and not project.settings.base_url:
        lines.append("没有写网址（site.yaml 的 base_url）：打印的纸上没有二维码和网址。")
    missing = missing_by_element(completeness(site))
    if missing:
        told = "、".join(f"{element} {count}" for element, count in missing.items())
        lines.append(f"还不完整的事项数：{told}（页面上写“请电话确认”）。")
    return "\n".join((*lines, *notes(site, result.history)))


def _below(project: Project, path: Path) -> str:
    resolved = path if path.is_absolute() else Path.cwd() / path
    try:
        return resolved.resolve().relative_to(project.root).as_posix()
    except ValueError:
        return path.as_posix()


def _is_under(file: str, paths: Iterable[str]) -> bool:
    """Tell whether `file` is one of `paths` or lies below one; "." is everything."""
    return any(path == "." or file == path or file.startswith(f"{path}/") for path in paths)


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _show(findings: Iterable[Finding], format: str, read: Callable[[str], bytes | None]) -> None:
    text = FORMATS[format](located(list(findings), read), RULES)
    if text:
        _say(text.rstrip("\n"))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextmanager
def _progress() -> Iterator[Progress]:
    """Yield what shows the stages of a build as bars on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console  # noqa: PLC0415 - on a terminal only
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415 - as above
    from rich.progress import Progress as Bars  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:

        def stage(name: str, total: int) -> Callable[[int], None]:
            task = bars.add_task(STAGES[name], total=total)
            return lambda count: bars.advance(task, count)

        yield stage


def _silent(_name: str, _total: int) -> Callable[[int], None]:
    return lambda _count: None


def _say(text: str) -> None:
    # At once: what goes to standard error would overtake it in a file, and `serve` goes on for hours.
    print(text, flush=True)  # noqa: T201 - the only room that prints


def _complain(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - the only room that prints
