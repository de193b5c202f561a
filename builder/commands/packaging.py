"""``build.py package``: the published site as a release, which is handed to whoever keeps the host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder.checks.vanished import lost
from builder.commands.addresses import vanished_since
from builder.commands.reviewing import unsigned_since
from builder.content.settings import ReviewSettings
from builder.pipeline import Build, build
from builder.project import Project
from builder.release.comparison import compared
from builder.release.contents import Contents, NotPackaged, contents_of
from builder.release.folder import new_folder, remove_old
from builder.release.instructions import Delivery, megabytes
from builder.release.release import FOLDER, Release, releases_in
from builder.release.signature import key_of
from builder.release.writing import SHEET, write_release
from builder.review.states import NotCompared, last_tag
from builder.support.diagnostics import Finding, errors_in, quote
from builder.support.failure import USAGE_ERROR
from builder.support.git import run_git
from builder.support.processes import Processes, Progress
from builder.upload.ledger import shown_releases

NEWEST = ""  # what `--since` asks for without a name
KEEP = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the release on the host (None for no delta), a key to sign with, how many releases to keep."""

    since: str | None = None
    key: Path | None = None
    keep: int = KEEP


@dataclass(frozen=True, slots=True)
class Packaged:
    """What came of it. Without a `delivery` nothing was packaged, and `findings` say why."""

    findings: tuple[Finding, ...]
    delivery: Delivery | None = None
    folder: Path = Path()
    unsigned_unknown: bool = False
    removed: tuple[str, ...] = ()

    def told(self, shown: str) -> Iterator[str]:
        """Yield what is said of it, line by line; `shown` is how the folder is called."""
        if (of := self.delivery) is None:
            return
        yield f"已打包 {shown}：{of.full.said}。交给管服务器的人，先看里面的 {SHEET}。"
        if of.delta and of.before:
            yield f"增量包 {of.delta.said}：只能盖在 {of.before.name} 上。"
        if of.before and of.change:
            yield f"和 {of.before.name} 比：{of.change}。"
        if not of.release.base_url:
            yield "没有写网址（site.yaml 的 base_url）：二维码、网站地图没有做；server 里的设置当作网站在最上一层；上传后用 verify 核对，要另外写上网址。"
        if self.findings:
            yield f"内容有 {len(self.findings)} 处警告，不碍打包；运行 build.py check 看是哪些。"
        if not of.call:
            yield "上传说明上没有写有问题找谁：site.yaml 里写 release: {contact: 单位和电话}，或者印出来再填。"
        if self.unsigned_unknown:
            yield "第一个发布包，没有上一个可以比，没有看改动签字没有。"
        if self.removed:
            yield f"删掉了旧的发布包：{'、'.join(self.removed)}。"


def package(
    project: Project, request: Request, processes: Processes, progress: Progress, today: date, settings: Path
) -> Packaged:
    """Build the site, write a release of it to ``releases/``, and remove old ones that no target shows.

    `settings` is the settings file. Raises `NotPackaged`, `PublishError`, `NotCompared`, `ConfigurationError`.
    """
    key = key_of(request.key) if request.key else None
    known = releases_in(project.root)
    built = build(project, processes, progress, today)
    if not built.published:
        return Packaged(built.findings)
    contents = contents_of(project.out)
    release, before = _release_of(project, contents, known, request.since, today)
    unsigned, unknown = _unsigned(project, before, processes, progress, today, settings)
    vanished = _vanished(project, built, contents, before, today)
    if unsigned or errors_in(vanished):
        return Packaged((*vanished, *unsigned))
    others = [one for one in known if one.name != release.name]
    earlier = [one for one in others if one != before]
    with new_folder(project.root, release.name) as folder:
        delivery = write_release(folder, project, contents, release, before, earlier, key)
    needed = shown_releases(project.root) | ({before.name} if before else set())
    removed = remove_old(project.root, [release, *others], request.keep, needed)
    return Packaged(
        (*built.findings, *vanished), delivery, project.root / FOLDER / release.name, unknown, tuple(removed)
    )


def _release_of(
    project: Project, contents: Contents, known: list[Release], since: str | None, today: date
) -> tuple[Release, Release | None]:
    """Return the release to be written, and the one with which it is compared: that which is asked for, or the last.

    The same site again is the same release, with the same name and the same bytes.
    """
    name = f"{today}-{contents.digest[:8]}"
    release = Release(name, project.settings.name, project.settings.base_url, contents.files)
    newest = known[0] if known else None
    if newest and (newest.site, newest.base_url, newest.files) == (release.site, release.base_url, release.files):
        release = replace(newest, base="")
    else:
        commit, committed = _head(project.root)
        release = replace(release, number=newest.number + 1 if newest else 1, commit=commit, committed=committed)
    others = [one for one in known if one.name != release.name]
    if since is None:
        return release, others[0] if others else None
    if (
        newest
        and newest.name == release.name
        and since in (release.name, release.mark, NEWEST)
        and (since or not others)
    ):
        raise NotPackaged(
            f"现在的网站和 {newest.name} 一个字不差，没有增量可做", "网上已经是这一版的，不用传。", USAGE_ERROR
        )
    before = _named(since, others)
    return replace(release, base=before.name), before


def _head(site: Path) -> tuple[str, str]:
    """Return the commit that is checked out, and its day; "" for both where there is none."""
    said, complaint = run_git(str(site), "log", "-1", "--format=%H %cs")
    commit, _, day = ("" if complaint else said.strip()).partition(" ")
    return commit, day


def _named(name: str, known: list[Release]) -> Release:
    """Return the release of this name or of these eight digits; the newest for no name. Raises `NotPackaged`."""
    found = [one for one in known if name in (NEWEST, one.name, one.mark)]
    if found:
        return found[0]
    have = "、".join(one.name for one in known[:KEEP])
    if not have:
        raise NotPackaged("以前没有别的发布包，做不了增量包", "第一次不写 --since，交整包 site.zip。", USAGE_ERROR)
    says = f"没有“{quote(name)}”这个发布包" if name else "没有发布包"
    raise NotPackaged(says, f"现在有：{have}。build.py releases 列出全部。", USAGE_ERROR)


def _vanished(project: Project, built: Build, contents: Contents, before: Release | None, today: date) -> list[Finding]:
    """Return what is gone of the addresses of the release before: each has to lead on, or to say why there is nothing."""
    if before is None or lost(before.files, contents.files) == lost((), ()):
        return []  # to collect the site takes time
    return vanished_since(before, project, built.site, contents.files, contents.text, today)


def _unsigned(
    project: Project, before: Release | None, processes: Processes, progress: Progress, today: date, settings: Path
) -> tuple[list[Finding], bool]:
    """Return the grave changes since the last release that nobody has signed, if the site demands signatures.

    The second value tells whether that is unknown: there is nothing to compare with.
    """
    if not (project.settings.review or ReviewSettings()).required:
        return [], False
    since = before.commit if before else ""
    try:
        since = since or last_tag(project)
    except NotCompared:
        if before:
            raise
        return [], True  # the first release
    return unsigned_since(settings, since, processes, progress, today), False


def listed(site: Path) -> Iterator[str]:
    """Yield a line for each release in the folder of a site, the newest first: what it is, and what it changed."""
    known = releases_in(site)
    if not known:
        yield "还没有发布包。运行 build.py package 做一个。"
    for release, before in zip(known, [*known[1:], None], strict=True):
        line = f"{release.name}　{len(release.files)} 个文件，{megabytes(release.size)}"
        yield f"{line}　和上一个比：{compared(before, release)}" if before else line
