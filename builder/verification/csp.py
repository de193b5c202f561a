"""Whether a Content-Security-Policy (W3C CSP 3) lets the pages of a site work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from builder.release.needs import Needs

Policy = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Need:
    """What the pages do, the directives that govern it, the first of which counts, and what happens without."""

    directives: tuple[str, ...]
    loses: str
    source: str = "'self'"


NEEDS = (
    Need(("script-src-elem", "script-src", "default-src"), "脚本不能用：搜索、收藏、打钩都不动"),
    Need(("style-src-elem", "style-src", "default-src"), "样式不能用：页面没有排版"),
    Need(("img-src", "default-src"), "图标不显示"),
    Need(("form-action",), "首页的搜索框提交不了"),
)
SEARCHING = (
    Need(("connect-src", "default-src"), "全文搜索读不到索引"),
    Need(("script-src", "default-src"), "全文搜索不能用（要 WebAssembly）", "'wasm-unsafe-eval'"),
)


def policies(values: list[str]) -> list[Policy]:
    """Return the policies of the headers with these values; all of them are in force."""
    found = []
    for value in values:
        for text in value.split(","):
            policy: Policy = {}
            for directive in text.split(";"):
                if words := directive.split():
                    policy.setdefault(words[0].lower(), tuple(words[1:]))  # the first of a name counts
            if policy:
                found.append(policy)
    return found


def needs_of(pages: Iterable[bytes], *, with_search: bool) -> list[Need]:
    """Return what pages need of a policy: what the built-in ones do, and what own templates add to them."""
    found = Needs()
    for page in pages:
        found.look_at("page.html", page)
    own = [
        Need((directive, "default-src"), "网页里直接写的脚本或样式不能用", "'unsafe-inline'")
        for directive in sorted(found.inline)
    ]
    elsewhere = [
        Need((directive, "default-src"), f"{host} 上的东西用不了", host)
        for directive, hosts in sorted(found.hosts.items())
        for host in sorted(hosts)
    ]
    return [*NEEDS, *(SEARCHING if with_search else ()), *own, *elsewhere]


def lost(values: list[str], base: str, needs: Sequence[Need]) -> Iterator[tuple[str, str]]:
    """Yield what the policies take from pages at `base`, and the directive with what it would have to allow."""
    told = set()
    for policy in policies(values):
        if "sandbox" in policy and "allow-scripts" not in policy["sandbox"]:
            yield "脚本不能用", "sandbox 里加 allow-scripts"
        for need in needs:
            name = next((one for one in need.directives if one in policy), "")
            if name and not _allows(policy[name], need.source, base) and (name, need.source) not in told:
                told.add((name, need.source))
                yield need.loses, f"{name} 里加 {need.source}"


def _allows(sources: tuple[str, ...], needed: str, base: str) -> bool:
    lower = [source.lower() for source in sources]
    if needed == "'wasm-unsafe-eval'":
        return "'wasm-unsafe-eval'" in lower or "'unsafe-eval'" in lower
    if needed == "'unsafe-inline'":  # which counts for nothing beside a nonce or a hash
        return needed in lower and not any(source.startswith(("'nonce-", "'sha")) for source in lower)
    if "'strict-dynamic'" in lower:  # then hosts and 'self' count for nothing
        return False
    if needed == "'self'":
        return any(source == needed or _matches(source, base) for source in lower)
    address = needed if "://" in needed else f"{urlsplit(base).scheme}://{needed}"
    return any(_matches(source, f"{address}/") for source in lower)


def _matches(source: str, address: str) -> bool:
    """Whether a source of a policy stands for an address (CSP 3, 6.7.2.8)."""
    url = urlsplit(address)
    if source == "*":
        return True
    if source.endswith(":"):
        return source[:-1] == url.scheme or (source, url.scheme) == ("http:", "https")
    scheme, _, rest = source.rpartition("://")
    host, _, path = rest.partition("/")
    if scheme and scheme != url.scheme and (scheme, url.scheme) != ("http", "https"):
        return False
    name, _, port = host.partition(":")
    usual = {"http": "80", "https": "443"}.get(url.scheme, "")
    if port != "*" and (port or usual) != (str(url.port) if url.port else usual):
        return False
    own = url.hostname or ""
    return (name == own or (name.startswith("*.") and own.endswith(name[1:]))) and url.path.startswith(f"/{path}")
