"""A verification in a few words, for the first line of every report."""

from __future__ import annotations

from builder.release.release import Release
from builder.verification.addresses import NOTFOUND
from builder.verification.verdict import Kind
from builder.verification.verification import Verification


def headline(found: Verification) -> str:
    """Return in one sentence how a site is."""
    if found.live:
        is_older = (found.live.date, found.live.number) < (found.release.date, found.release.number)
        there, wanted = edition(found.live, found.release), edition(found.release, found.live)
        return f"网站上{'还是' if is_older else '已经是'} {there} 那一版，不是 {wanted} 的。"
    if found.unseen:
        return f"没有看完：还有 {len(found.unseen)} 个文件没有看，网站不让看了。过一会儿再运行一次，会接着看。"
    host = f"，服务器有 {len(found.to_mend)} 处要改" if found.to_mend else ""
    not_missing = [path for path, verdict in found.verdicts.items() if verdict.kind is not Kind.MISSING]
    if set(not_missing) <= {NOTFOUND}:  # which other addresses show, too
        return f"这个网址上没有我们的网站：看了 {len(found.verdicts)} 个文件，一个也没有。看看网址写对没有。"
    if found.wrong:
        return f"看了 {len(found.verdicts)} 个文件，{len(found.wrong)} 个不对（{len(found.causes)} 种原因）{host}。"
    return f"网站上就是 {edition(found.release)} 这一版，看了的 {len(found.verdicts)} 个文件都对{host}。"


def edition(release: Release, other: Release | None = None) -> str:
    """Return a release by its day, or by its whole name where another one is of the same day."""
    return release.name if other and other.date == release.date else release.date


def looked_at(found: Verification) -> str:
    """Return what was looked at."""
    seen, whole = len(found.verdicts), len(found.release.files)
    part = f"全部 {whole} 个文件" if seen == whole else f" {whole} 个文件里的 {seen} 个"
    return f"{found.base}　对照发布包 {found.release.name}，看了{part}，问了 {found.requests} 次。"
