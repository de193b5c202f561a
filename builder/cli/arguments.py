"""The arguments of each command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from builder.report import FORMATS


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed `arguments`, with the name of the command in `command`; the default is ``build``.

    Exits with code 2 if they are invalid.
    """
    parser = argparse.ArgumentParser(prog="build.py", description="把办事指南的内容做成网站。不写命令就是 build。")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    for name, (help, add_arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help, description=help)
        command.set_defaults(site=Path("site.yaml"))
        if name != "init":  # it creates a site
            command.add_argument("--site", type=Path, metavar="文件", help="网站设置文件，默认 site.yaml")
        add_arguments(command)
    if not arguments or arguments[0] not in {*COMMANDS, "-h", "--help"}:
        arguments = ["build", *arguments]
    return parser.parse_args(arguments)


def _build(command: argparse.ArgumentParser) -> None:
    output = command.add_mutually_exclusive_group()
    output.add_argument("--out", type=Path, metavar="文件夹", help="输出文件夹，默认是 site.yaml 旁边的 public")
    output.add_argument(
        "--area",
        action="append",
        dest="areas",
        default=[],
        metavar="地区编号",
        help="只做这个地区的页面，先放着，等 build 拼成整个网站；可以写几次（很大的网站才用）",
    )
    output.add_argument("--drafts", action="store_true", help=argparse.SUPPRESS)  # a preview in the cache, for `serve`
    command.add_argument("--base-url", metavar="网址", help="上线后的网址，代替 site.yaml 里的 base_url")
    command.add_argument("--clean", action="store_true", help="不用缓存，全部重做")
    command.add_argument("--quiet", action="store_true", help="只说问题，不说结果")
    command.add_argument("--no-pdf", action="store_true", help="不做 PDF，就算 site.yaml 写了 pdf: 是")
    command.add_argument(
        "--cluster", metavar="地址", help="用几台机器一起做：Dask 集群的地址，如 192.168.1.10:8786（很大的网站才用）"
    )
    command.add_argument("--keep-index", action="store_true", help=argparse.SUPPRESS)  # index later, for `serve`
    _add_jobs(command)
    _add_findings(command)


def _pdf(command: argparse.ArgumentParser) -> None:
    command.add_argument("items", nargs="*", metavar="事项", help="事项或一件事的编号、名称或文件")
    command.add_argument("--all", action="store_true", help="全部事项")
    command.add_argument("--booklet", action="append", dest="booklets", default=[], metavar="编号", help="一本手册")
    command.add_argument(
        "--kind",
        action="append",
        dest="kinds",
        default=[],
        type=_paper,
        metavar="哪种",
        help="指南 guide、简版 short、告知单 notice、流程图 poster、一件事 event，可以写几次；不写就是全部",
    )
    command.add_argument("--out", type=Path, metavar="文件夹", help="放在哪里，默认是 site.yaml 旁边的 pdf")
    command.add_argument("--base-url", metavar="网址", help="上线后的网址，代替 site.yaml 里的 base_url")
    _add_jobs(command)


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--drafts", action="store_true", help="草稿也显示，标着“草稿”；不会写进 public")
    command.add_argument("--port", type=_port, default=8000, metavar="端口", help="默认 8000；被占用时用下一个空着的")
    _add_jobs(command)


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", type=Path, metavar="路径", help="只看这些文件或文件夹的问题")
    command.add_argument(
        "--search",
        action="store_true",
        help="再用每个名称、别名和群众的说法搜一遍，看是不是先找到该找的；数一数有几个事项认得出是办什么事",
    )
    command.add_argument("--gov", action="store_true", help="再列出政府网站检查的各条做到没有、差在哪里（整个网站）")
    command.add_argument(
        "--release",
        nargs="?",
        const="",
        metavar="上次发布",
        help="再看上次发布以后红、橙的改动有没有人签字；上次发布写标签或提交，不写就用最近的标签",
    )
    command.add_argument(
        "--summary", action="store_true", help="再列出各地区、各单位的指南写全了多少；写了路径的，一个事项一行"
    )
    command.add_argument(
        "--uses",
        metavar="种类:编号",
        help="列出哪些地方用到它，在哪个文件哪一行，如 material:id-card、law:minfadian、phone:12345；格式 text 或 json",
    )
    _add_jobs(command)
    _add_findings(command)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("code", metavar="代码", help="如 R201")


def _init(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="文件夹", help="放在哪里：一个新的或空的文件夹")
    command.add_argument("--name", metavar="单位名称", help="如 清江县政务服务中心；不写就用文件夹的名字")
    command.add_argument("--area", metavar="地区编号", help="不写就用地区名称的拼音")
    command.add_argument("--area-name", metavar="地区名称", help="如 清江县；不写就从单位名称里取")


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", metavar="名称", help="事项名称，如 社会保障卡挂失；加了 --event 的，出了什么事，如 没了工作"
    )
    command.add_argument(
        "--event", nargs="+", default=[], metavar="事项编号", help="新建的是一件事：要办哪几个事项，先办的在前"
    )
    command.add_argument("--area", metavar="地区", help="地区编号；只有一个地区时不用写")
    command.add_argument("--id", metavar="编号", help="不写就用名称的拼音")


def _register(command: argparse.ArgumentParser) -> None:
    command.add_argument("items", nargs="*", metavar="事项编号", help="印了哪些事项、哪件事")
    command.add_argument("--all", action="store_true", help="登记所有在办事项、一件事现在的版本")
    command.add_argument(
        "--paper", type=_paper, metavar="什么纸", help="如 流程图海报、简版指南、一件事；不写就只登记版本"
    )
    command.add_argument("--place", metavar="地点编号", help="纸在哪个地点（content/places/ 里的编号）")
    command.add_argument("--note", default="", metavar="位置", help="具体在哪里，如 进门左边公示栏")
    command.add_argument("--copies", type=_positive, metavar="份数", help="印了几份")
    command.add_argument("--date", type=_day, metavar="日期", help="如 2026-11-03，默认今天")
    _add_jobs(command)


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", type=Path, metavar="文件", help="Word（.docx）、Excel（.xlsx）、CSV、网页（.html）"
    )
    command.add_argument("--plan", action="store_true", help="只说认出了什么、会写什么，不写文件")
    command.add_argument(
        "--update", action="store_true", help="网站上已经有的事项，文件里说的不一样的，照文件改；没有说的不动，也不删"
    )
    command.add_argument("--area", metavar="地区编号", help="给哪个地区的；只有一个地区时不用写")
    command.add_argument("--department", metavar="单位", help="承办单位的编号或名称；不写就照文件里说的")
    command.add_argument(
        "--format",
        choices=["yaml", "neutral-json"],
        default="yaml",
        help="yaml 是网站的事项文件，都是草稿（默认）；neutral-json 是给别的程序的",
    )
    command.add_argument(
        "--out", type=Path, metavar="文件夹", help="写到哪里；不写，yaml 写进 content，neutral-json 显示在屏幕上"
    )
    command.add_argument(
        "--report",
        type=_report,
        action="append",
        dest="reports",
        default=[],
        metavar="文件",
        help="导入核对表：.html 能打印、交给单位核对，.json 给程序；可以写几次",
    )
    command.add_argument(
        "--theirs", action="store_true", help="导出的表交回来，文件也改过的，照表里写；不写就一处也不动，两边都列出来"
    )
    command.add_argument("--remove-lost-rows", action="store_true", help="交回来的表里整行没有了的，从文件里删掉")
    command.add_argument("--mapping", type=Path, metavar="对照文件", help="栏目的叫法，和 content/import.yaml 一样写")


def _fmt(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", type=Path, metavar="路径", help="只整理这些文件或文件夹；不写就是全部内容")
    command.add_argument("--check", action="store_true", help="不改文件，只列出还没有整理的；有就以退出码 1 结束")
    _add_jobs(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("items", nargs="*", metavar="事项", help="事项的编号、名称或文件")
    command.add_argument(
        "--to", required=True, choices=EXPORTED_TO, help="docx 表单，一个事项一份；xlsx 工作簿；json、csv 开放数据"
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="全部事项")
    which.add_argument("--area", default="", metavar="地区", help="一个地区的事项：编号或名称")
    which.add_argument(
        "--list", default="", metavar="编号", help="一份公开清单（content/disclosure/ 里的编号），做成 xlsx"
    )
    command.add_argument("--department", default="", metavar="单位", help="一个单位的事项：编号或名称")
    command.add_argument("--out", type=Path, metavar="文件夹", help="放在哪里，默认是 site.yaml 旁边的 export")
    command.add_argument("--overwrite", action="store_true", help="导出以后改过的文件也盖掉")
    _add_jobs(command)


EXPORTED_TO = ("docx", "xlsx", "json", "csv")
POSTED_TO = ("auto", "github", "gitlab", "gitea", "gitee", "gitcode")  # as `builder.posting` has them, which loads much


def _review(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "span",
        nargs="*",
        metavar="和什么比",
        help="分支或提交，如 main、main..HEAD；也可以写两个网站的文件夹，旧的在前；不写就和主分支比",
    )
    command.add_argument(
        "--format",
        choices=("md", "html", "sheet", "json"),
        default="md",
        help="md 贴在合并请求下面；html 一个文件，断网也能看；sheet 审核单，印一张 A4；json 给程序",
    )
    command.add_argument("--out", type=Path, metavar="文件", help="写进这个文件；不写就显示出来")
    command.add_argument(
        "--post",
        choices=POSTED_TO,
        help="再发到合并请求下面，以后每次都改那一条评论；auto 是照 CI 的环境认出平台（Forgejo 写 gitea）；令牌从环境变量取",
    )
    _add_jobs(command)


def _sign(command: argparse.ArgumentParser) -> None:
    command.add_argument("number", metavar="编号", help="审核单上的编号")
    command.add_argument("span", nargs="*", metavar="和什么比", help="和印审核单时写的一样；不写就和主分支比")
    command.add_argument("--as", dest="step", default="签发", metavar="环节", help="如 审核、签发，默认签发")
    command.add_argument("--who", required=True, metavar="职务", help="签字人的职务，如 分管副镇长；不写姓名")
    command.add_argument("--date", type=_day, metavar="日期", help="签字日期，如 2026-11-03，默认今天")
    _add_jobs(command)


def _standing(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, metavar="文件", help="网页写到哪里；三样都不写，就是 site.yaml 旁边的 report.html"
    )
    command.add_argument("--json", type=Path, metavar="文件", help="全部数字，给程序")
    command.add_argument(
        "--xlsx", type=Path, metavar="文件", help="全部数字和每个事项，Excel 表（要加 --extra office）"
    )
    command.add_argument("--date", type=_day, metavar="日期", help="算哪一天的，如 2026-11-03，默认今天")
    _add_jobs(command)


def _package(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--since",
        nargs="?",
        const="",
        metavar="发布包",
        help="再做增量包：网上现在是哪个发布包，写它的名字或后八位；不写名字就是最近的一个",
    )
    command.add_argument("--base-url", metavar="网址", help="上线后的网址，代替 site.yaml 里的 base_url")
    command.add_argument("--sign", type=Path, metavar="密钥", help="用 OpenSSH 密钥签名，如 ~/.ssh/id_ed25519")
    command.add_argument(
        "--keep", type=_positive, default=5, metavar="个数", help="留最近的几个发布包，默认 5；增量包要用的总是留着"
    )
    command.add_argument("--no-pdf", action="store_true", help="不做 PDF，就算 site.yaml 写了 pdf: 是")
    _add_jobs(command)


def _releases(command: argparse.ArgumentParser) -> None:
    """Add nothing."""


def _rename(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="现在的编号", help="事项的编号")
    command.add_argument("new", metavar="新的编号", help="小写英文字母、数字和短横线")
    _add_jobs(command)


def _archive(command: argparse.ArgumentParser) -> None:
    command.add_argument("release", nargs="?", default="", metavar="发布包", help="名字或后八位，不写就是最近的一个")
    command.add_argument("--out", type=Path, metavar="文件", help="默认 site.yaml 旁边的 archive/〈发布包〉.warc.gz")


def _publish(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "target",
        metavar="目标",
        help="文件夹（U盘、共享文件夹），或者 rclone 里的名字和路径，如 gov:bszn（FTP、SFTP、对象存储）",
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument("--release", default="", metavar="发布包", help="传哪一个，默认最新的；写名字或它的后八位")
    which.add_argument("--rollback", default="", metavar="发布包", help="退回到以前的这一个")
    command.add_argument("--dry-run", action="store_true", help="只说会传什么、删什么，不传")
    command.add_argument(
        "--adopt", action="store_true", help="目标里的文件是手工传的，或者被别人改过：取回来比一遍，只传不一样的"
    )
    check = command.add_mutually_exclusive_group()
    check.add_argument("--url", default="", metavar="网址", help="传完到哪里核对，默认是 site.yaml 里的 base_url")
    check.add_argument("--no-verify", action="store_true", help="传完不核对")
    command.add_argument("--transfers", type=_positive, default=4, metavar="个数", help="同时传几个文件，默认 4")


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "url", nargs="?", default="", metavar="网址", help="首页所在的文件夹；不写就是发布包里的 base_url"
    )
    command.add_argument(
        "--release", default="", metavar="发布包", help="和哪个发布包比，默认最新的；写名字，或它的日期、后八位"
    )
    command.add_argument("--sample", type=_positive, metavar="个数", help="只看入口和这么多个文件，每次都是同样的")
    command.add_argument("--json", action="store_true", help="给程序的结果，监测用")
    command.add_argument("--out", type=Path, metavar="文件", help="再写一张给运维的单子（.html，能打印）")
    command.add_argument("--pause", type=_seconds, default=0.02, metavar="秒", help="每次请求以前等多久，默认 0.02")


def _reference(command: argparse.ArgumentParser) -> None:
    """Add nothing."""


COMMANDS = {
    "build": ("生成网站，放进 public 文件夹", _build),
    "pdf": ("把打印版做成 PDF，放进 pdf 文件夹", _pdf),
    "serve": ("边改边看：内容一改，网站自动更新", _serve),
    "check": ("只检查内容，不生成网站", _check),
    "explain": ("说明一个代码是什么意思、怎么改", _explain),
    "init": ("新建一个网站：一个单位，两个示例，马上能生成", _init),
    "new": ("新建一个事项", _new),
    "fmt": ("整理内容文件：字段的先后、写法都一样，意思不变", _fmt),
    "import": ("从 Word、Excel 里读出事项", _import),
    "register": ("登记印好、贴出去的纸：哪一版、什么纸、在哪里", _register),
    "rename": ("改一个事项的编号（网址）：文件、引用一起改，旧网址转到新网址", _rename),
    "export": ("把事项做成 Word 表单、Excel 表、开放数据", _export),
    "review": ("看一次改动：对群众有什么不同、多重、哪些纸要重印", _review),
    "report": ("看全站的现状：写全多少、核对到期、问题、旧纸、改动、申报时间", _standing),
    "sign": ("登记签过字的审核单", _sign),
    "package": ("生成网站，打成发布包，交给管服务器的人，放进 releases 文件夹", _package),
    "releases": ("列出做过的发布包", _releases),
    "archive": ("把一个发布包存成网页档案（WARC），交档案部门；要加 --extra archive", _archive),
    "publish": ("把发布包传到服务器、对象存储或文件夹；断了再运行一次接着传", _publish),
    "verify": ("看网站上的文件和发布包是不是一样，服务器设得对不对", _verify),
    "reference": ("重写 docs 里的字段表、代码表、开放数据的说明和编辑器用的格式文件", _reference),
}


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="个数",
        help="同时用几个进程，默认是处理器核数",
    )


def _add_findings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=list(FORMATS), default="text", help="问题清单的格式，默认 text")
    command.add_argument("--strict", action="store_true", help="警告也算错误")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("要写大于 0 的整数")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 60:
        raise argparse.ArgumentTypeError("要写 0 到 60 的数，如 0.1")
    return seconds


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("要写 0 到 65535 的整数，0 是随便哪个空着的")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("要写成 2026-11-03 这样") from None


def _report(text: str) -> Path:
    if not text.lower().endswith((".html", ".json")):
        raise argparse.ArgumentTypeError("文件名要以 .html 或 .json 结尾")
    return Path(text)


def _paper(text: str) -> str:
    from builder.content.model.editions import PaperKind  # noqa: PLC0415 - seldom used

    try:
        return PaperKind.of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
