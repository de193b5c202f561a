"""A verification in a few words, for the first line of every report."""

from __future__ import annotations

from collections.abc import Sequence

from builder.verification.addresses import NOTFOUND
from builder.verification.verdict import Kind
from builder.verification.verification import Verification


def headline(found: Verification) -> str:
    """Return in one sentence how a site is."""
    if found.live:
        is_older = (found.live.date, found.live.number) < (found.release.date, found.release.number)
        return f"网站上{'还是' if is_older else '已经是'} {found.live.name} 那一版，不是 {found.release.name} 的。"
    if found.unseen:
        left = f"没有看完：还有 {len(found.unseen)} 个文件没有看，网站不让看了"
        if folder := _only_folder([*found.unseen, *found.blocked]):
            return f"{left}，都在 {folder}/ 里。请运维照下面说的放行，再运行一次，会接着看。"
        return f"{left}。过一会儿再运行一次，会接着看。"
    host = f"，服务器有 {len(found.to_mend)} 处要改" if found.to_mend else ""
    not_missing = [path for path, verdict in found.verdicts.items() if verdict.kind is not Kind.MISSING]
    if set(not_missing) <= {NOTFOUND}:  # which other addresses show, too
        return f"这个网址上没有我们的网站：看了 {len(found.verdicts)} 个文件，一个也没有。看看网址写对没有{_built_for(found)}，网站还在不在。"
    if found.wrong:
        return f"看了 {len(found.verdicts)} 个文件，{len(found.wrong)} 个不对（{len(found.causes)} 种原因）{host}。"
    return f"网站上就是 {found.release.name} 这一版，看了的 {len(found.verdicts)} 个文件都对{host}。"


def _built_for(found: Verification) -> str:
    """Return for which address a release was built, where that is another one."""
    wanted = found.release.base_url.rstrip("/")
    return f"（这一版是给 {wanted}/ 做的）" if wanted and wanted != found.base.rstrip("/") else ""


def _only_folder(paths: Sequence[str]) -> str:
    """Return the folder in which all these files are, "" if they are in several."""
    folders = {path.partition("/")[0] if "/" in path else "" for path in paths}
    return folders.pop() if len(folders) == 1 else ""


def looked_at(found: Verification) -> str:
    """Return what was looked at."""
    seen, whole = len(found.verdicts), len(found.release.files)
    part = f"全部 {whole} 个文件" if seen == whole else f" {whole} 个文件里的 {seen} 个"
    known = f"（其中 {found.known} 个是上一次没看完时看过的，没有再看）" if found.known else ""
    return f"{found.base}　对照发布包 {found.release.name}，看了{part}{known}，问了 {found.requests} 次。"
