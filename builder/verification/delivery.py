"""How a host delivers files: packed, under which policy, and for how long they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from builder.verification.answers import Answer, Response, Unreached
from builder.verification.csp import lost, needs_of
from builder.verification.host import Host
from builder.verification.host_finding import HostFinding, Level
from builder.verification.verdict import Kind

WORTH_PACKING = 1400  # bytes; less fits into one packet
LONG = 3600  # seconds for which a page may be kept without asking


def compression(host: Host) -> Iterator[HostFinding]:
    """Tell whether texts come packed."""
    unpacked = []
    for path in filter(None, (host.largest(".html"), host.largest(".js"), host.largest(".css"))):
        if host.files[path].size < WORTH_PACKING:
            continue
        answer = host.ask(quote(path), "gzip, br")
        if isinstance(answer, Response) and answer.status == 200 and not answer.codings and not answer.is_cut:
            kind = host.kind(path, answer)
            if kind not in (Kind.MISSING, Kind.BLOCKED, Kind.REDIRECTED, Kind.DOUBLE_GZIP):
                unpacked.append(path.rpartition(".")[2])
    if unpacked:
        yield HostFinding(
            "compression",
            Level.WARNING,
            f"{'、'.join(unpacked)} 文件没有压缩（gzip），手机上打开要慢几倍。",
            "请打开 gzip 压缩，类型包括 text/html、text/css、text/javascript、application/json、image/svg+xml。",
        )


def policy(host: Host) -> Iterator[HostFinding]:
    """Tell what the policy of the host takes from our pages."""
    with_search = any(path.startswith("pagefind/") for path in host.files)
    told = set()
    for path in filter(host.files.get, ("index.html", "search.html", host.largest(".html"))):
        answer = host.file(path)
        values = answer.all("content-security-policy") if isinstance(answer, Response) else []
        page = host.reference.original(path)
        for loses, fix in lost(values, host.base, needs_of([page] if page else [], with_search=with_search)):
            if fix not in told:
                told.add(fix)
                yield HostFinding("csp", Level.FAULT, f"安全策略（CSP）拦住了网页：{loses}。", f"请在 {fix}。")


def caching(host: Host) -> Iterator[HostFinding]:
    """Tell whether pages are kept too long, and assets not at all."""
    longest = max(
        (_kept_for(host.file(path)) for path in ("index.html", host.largest(".html")) if path in host.files), default=0
    )
    if longest > LONG:
        yield HostFinding(
            "cache-html",
            Level.WARNING,
            f"网页在浏览器里一存就是 {_span(longest)}：改了电话、材料，老访客看到的还是旧的。",
            "请把 .html 的缓存时间改成 no-cache 或几分钟。",
        )
    for path in filter(None, (host.largest(".css"), host.largest(".js"))):
        answer = host.file(path)
        if isinstance(answer, Response) and answer.status == 200:
            if not any(map(answer.header, ("cache-control", "expires", "etag", "last-modified"))):
                yield HostFinding(
                    "cache-assets",
                    Level.NOTE,
                    "样式和脚本没有缓存的说明，每一页都要重新下载。",
                    "可以给 static、search、pagefind 三个文件夹设上缓存时间。",
                )
                return


def _kept_for(answer: Answer) -> float:
    """Return for how many seconds a browser keeps an answer without asking (RFC 9111, 4.2.1)."""
    if isinstance(answer, Unreached) or answer.status != 200:
        return 0
    control = answer.header("cache-control").lower()
    if "no-store" in control or "no-cache" in control:
        return 0
    if found := re.search(r"(?<![a-z-])max-age\s*=\s*\"?(\d+)", control):
        return float(found[1])
    try:
        expires = parsedate_to_datetime(answer.header("expires"))
        return (expires - parsedate_to_datetime(answer.header("date"))).total_seconds()
    except (ValueError, TypeError):
        return 0


def _span(seconds: float) -> str:
    days, hours = divmod(round(seconds / 3600), 24)
    return f"{days} 天" if days else f"{hours} 小时"
