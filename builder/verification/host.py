"""What a host does with a site as a whole: `check_host`, one question after the other over one connection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from posixpath import dirname
from urllib.parse import quote, urlsplit, urlunsplit

from builder.release.release import ReleasedFile
from builder.verification.answers import SPARE, Answer, Response, Unreached, decoded
from builder.verification.classify import Nowhere, classify
from builder.verification.content_types import is_text
from builder.verification.csp import lost
from builder.verification.fetching import Fetcher
from builder.verification.firewalls import is_blocked, text_of
from builder.verification.host_finding import HostFinding, Level
from builder.verification.likeness import likeness
from builder.verification.pace import Pace
from builder.verification.reference import Reference
from builder.verification.verdict import Kind
from builder.verification.walk import ask_for

WORTH_PACKING = 1400  # bytes; less fits into one packet
LONG = 3600  # seconds for which a page may be kept without asking
GONE_ASKED = 24  # files that are no longer part of the site, of each age
QUESTION = "社保卡"
NOTFOUND = "404.html"


@dataclass(frozen=True)
class Host:
    """A host that is asked about the release of a reference at `base`. Answers are kept by what was asked for."""

    base: str
    reference: Reference
    fetcher: Fetcher
    pace: Pace
    nowhere: Nowhere = field(default_factory=Nowhere)
    _answers: dict[tuple[str, str], Answer] = field(default_factory=dict)

    @property
    def files(self) -> Mapping[str, ReleasedFile]:
        """The files of the release."""
        return self.reference.release.files

    @cached_property
    def _most(self) -> int:
        return max(file.size for file in self.files.values())

    def ask(self, relative: str, accept: str = "gzip") -> Answer:
        """Return the answer for an address below the base."""
        return self.at(f"{self.base}{relative}", accept)

    def at(self, address: str, accept: str = "gzip") -> Answer:
        """Return the answer for an address."""
        key = (address, accept)
        if key not in self._answers:
            self._answers[key] = self.pace.ask(self.fetcher, address, self._most, accept)
        return self._answers[key]

    def file(self, path: str) -> Answer:
        """Return the answer for a file of the release."""
        key = (path, "")
        if key not in self._answers:
            self._answers[key] = ask_for(path, self.base, self.fetcher, self.pace, self.reference)
        return self._answers[key]

    def kind(self, path: str, answer: Answer) -> Kind:
        """Return what an answer says about a file of the release."""
        return classify(path, answer, self.reference, self.nowhere).kind

    def largest(self, *extensions: str) -> str:
        """Return the largest file with one of these extensions, "" without one."""
        return max(
            (path for path in self.files if path.endswith(extensions)),
            key=lambda path: self.files[path].size,
            default="",
        )


Check = Callable[[Host], Iterator[HostFinding]]


def find_nowhere(host: Host) -> tuple[Nowhere, list[HostFinding]]:
    """Return what the host shows for an address that cannot exist."""
    mark = sha256(host.reference.release.name.encode()).hexdigest()[:10]
    answers = {name: host.ask(name) for name in (f"meiyou-{mark}.html", f"items/meiyou-{mark}.html")}
    for answer in answers.values():
        if isinstance(answer, Response) and answer.status == 200 and not answer.target:
            body = decoded(answer, SPARE).body
            if is_blocked(answer, text_of(body)):
                continue
            says = "不存在的网址也答 200（正常），不答 404：搜索引擎会收录空页，监测也看不出少了文件。"
            if answer.hops:
                says = f"不存在的网址转到 {answer.address}，不答 404：群众不知道走错了，监测也看不出少了文件。"
            finding = HostFinding("soft-404", Level.WARNING, says, "请让不存在的网址答 404，并显示我们的 404.html。")
            return Nowhere(body, answer.address if answer.hops else ""), [finding]
    return Nowhere(), []


def check_host(host: Host) -> list[HostFinding]:
    """Return what is to be said about a host, the gravest first."""
    found = [finding for check in CHECKS for finding in check(host)]
    return sorted(found, key=lambda finding: list(Level).index(finding.level))


def _folder_index(host: Host) -> Iterator[HostFinding]:
    if "index.html" not in host.files:
        return
    whole, folder = host.file("index.html"), host.ask("")
    if isinstance(folder, Unreached) or isinstance(whole, Unreached):
        return
    same = folder.status == whole.status and decoded(folder, SPARE).body == decoded(whole, SPARE).body
    if not same and host.kind("index.html", folder) is not Kind.OK:
        yield HostFinding(
            "folder-index",
            Level.FAULT,
            f"打开 {host.base} 看到的不是首页（要写 index.html 才是）。",
            "请把 index.html 设成文件夹的默认文档，排在最前。",
        )
    path = urlsplit(host.base).path
    if path != "/":
        bare = host.at(host.base.rstrip("/"))
        if isinstance(bare, Response) and (
            bare.status != 200 or not urlsplit(bare.address).path.endswith(("/", ".html"))
        ):
            if bare.status == 200:
                yield HostFinding(
                    "slash",
                    Level.FAULT,
                    f"打开 {host.base.rstrip('/')}（末尾没有斜杠）不会转到有斜杠的：样式和链接都不对。",
                    "请让没有斜杠的网址转（301）到有斜杠的。",
                )
            elif not bare.target:
                yield HostFinding(
                    "slash",
                    Level.WARNING,
                    f"{host.base.rstrip('/')}（末尾没有斜杠）打不开（{bare.status}）。",
                    "请让没有斜杠的网址转（301）到有斜杠的。",
                )


def _own_notfound(host: Host) -> Iterator[HostFinding]:
    mark = sha256(host.reference.release.name.encode()).hexdigest()[:10]
    answer = host.ask(f"meiyou-{mark}.html")
    if NOTFOUND not in host.files or isinstance(answer, Unreached) or answer.status not in (404, 410):
        return
    ours = host.reference.original(NOTFOUND)
    body = decoded(answer, SPARE).body
    digest = sha256(body).hexdigest()
    others = host.reference.others_with(NOTFOUND, digest)
    if digest != host.files[NOTFOUND].digest and not others and (ours is None or likeness(ours, body) < 0.5):
        yield HostFinding(
            "404-page",
            Level.NOTE,
            "网址写错时，显示的不是我们的“没有找到”页。",
            "能设的话，请把 404 页设成我们的 404.html：上面有搜索框和首页的链接。",
        )


def _compression(host: Host) -> Iterator[HostFinding]:
    unpacked = []
    for path in filter(None, (host.largest(".html"), host.largest(".js"), host.largest(".css"))):
        if host.files[path].size < WORTH_PACKING:
            continue
        answer = host.ask(quote(path), "gzip, br")
        if isinstance(answer, Response) and answer.status == 200 and not answer.codings:
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


def _queries(host: Host) -> Iterator[HostFinding]:
    page = "search.html" if "search.html" in host.files else "index.html"
    versioned = _versioned_asset(host)
    for path, query, check, what in (
        (versioned[0], versioned[1], "query", "样式和脚本的网址带着 ?v=…"),
        (page, f"q={quote(QUESTION)}", "chinese-query", f"搜索的网址带着 ?q=…（中文，如“{QUESTION}”）"),
    ):
        if path not in host.files:
            continue
        plain, asked = host.file(path), host.ask(f"{quote(path)}?{query}")
        kind = host.kind(path, asked)
        if kind is Kind.OK or kind is host.kind(path, plain):
            continue
        status = f"（{asked.status}）" if isinstance(asked, Response) and asked.status != 200 else ""
        yield HostFinding(
            check,
            Level.FAULT,
            f"{what}，加上问号以后就拿不到文件了{status}，不加是好的。",
            "请在防火墙和缓存里放行带问号的网址，照不带问号的给文件。",
        )


def _versioned_asset(host: Host) -> tuple[str, str]:
    """Return an asset that the home page asks for with a version, and that query."""
    home = host.reference.original("index.html") or b""
    for path, query in re.findall(r'(?:src|href)="([^"?#:]+)\?([^"#]+)"', home.decode("utf-8", "replace")):
        if path in host.files:
            return path, query
    return host.largest(".css", ".js"), "v=1"


def _policy(host: Host) -> Iterator[HostFinding]:
    with_search = any(path.startswith("pagefind/") for path in host.files)
    told = set()
    for path in ("index.html", "search.html"):
        answer = host.file(path) if path in host.files else None
        if not isinstance(answer, Response):
            continue
        for loses, fix in lost(answer.all("content-security-policy"), host.base, with_search=with_search):
            if fix not in told:
                told.add(fix)
                yield HostFinding("csp", Level.FAULT, f"安全策略（CSP）拦住了网页：{loses}。", f"请在 {fix}。")


def _caching(host: Host) -> Iterator[HostFinding]:
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


def _listing(host: Host) -> Iterator[HostFinding]:
    folders = sorted({dirname(path) for path in host.files} - {""})
    for folder in [one for one in folders if f"{one}/index.html" not in host.files][:2]:
        answer = host.ask(f"{quote(folder)}/")
        if isinstance(answer, Unreached) or answer.status != 200:
            continue
        page = text_of(decoded(answer, SPARE).body)
        names = [path.rpartition("/")[2] for path in host.files if dirname(path) == folder]
        listed = sum(f'"{name}"' in page or f"/{name}" in page or f">{name}<" in page for name in names)
        if listed >= min(2, len(names)) and host.reference.path_with(sha256(page.encode()).hexdigest()) == "":
            yield HostFinding(
                "listing",
                Level.WARNING,
                f"打开文件夹 {folder}/ 会列出里面的文件，安全检查会算漏洞。",
                "请关掉目录浏览（nginx 的 autoindex，Apache 的 Indexes，IIS 的“目录浏览”）。",
            )
            return


def _other_scheme(host: Host) -> Iterator[HostFinding]:
    url = urlsplit(host.base)
    if url.port is not None:  # which port the other one has, nobody knows
        return
    other = "http" if url.scheme == "https" else "https"
    answer = host.at(urlunsplit((other, url.netloc, url.path, "", "")))
    if url.scheme == "http":
        if isinstance(answer, Unreached):
            yield HostFinding("https", Level.NOTE, "没有 https：浏览器会标“不安全”。", "可以装上证书，开通 https。")
        return
    if isinstance(answer, Unreached):
        yield HostFinding(
            "http",
            Level.NOTE,
            "用 http 打不开，要写 https。",
            "可以让 http 的网址转（301）到 https：老链接、手输的网址才打得开。",
        )
    elif answer.status == 200 and answer.address.startswith("http:"):
        yield HostFinding(
            "http", Level.NOTE, "用 http 也能看，没有转到 https。", "可以让 http 的网址转（301）到 https。"
        )


def _address(host: Host) -> Iterator[HostFinding]:
    built_for = host.reference.release.base_url.rstrip("/")
    if built_for and built_for != host.base.rstrip("/"):
        yield HostFinding(
            "base-url",
            Level.NOTE,
            f"这一版是给 {built_for} 做的（site.yaml 的 base_url）：纸上的二维码和网站地图指到那里。",
        )


def check_gone(host: Host) -> list[HostFinding]:
    """Return which files are served that are no longer part of the site.

    Those of the release before stay until the next one, because open pages still ask for them.
    """
    release = host.reference.release
    older = sorted((one for one in host.reference.others if one.name < release.name), key=lambda one: one.name)
    if not older:
        return []
    gone: dict[str, set[str]] = {}  # digests by path
    for one in older:
        for path, file in one.files.items():
            if path not in release.files:
                gone.setdefault(path, set()).add(file.digest)
    last = set(older[-1].files)
    found = []
    for is_long_ago in (True, False):
        paths = sorted(path for path in gone if (path not in last) is is_long_ago)
        drawn = sorted(paths, key=lambda path: sha256(f"{release.name}/{path}".encode()).digest())[:GONE_ASKED]
        served = [path for path in sorted(drawn) if _is_served(host, path, gone[path])]
        if not served:
            continue
        more = f"（看了 {len(paths)} 个里的 {len(drawn)} 个）" if len(paths) > len(drawn) else ""
        names = "、".join(served[:3]) + ("等" if len(served) > 3 else "")
        if is_long_ago:
            found.append(
                HostFinding(
                    "gone-long-ago",
                    Level.WARNING,
                    f"有 {len(served)} 个早就该删的文件还在{more}：{names}。搜索引擎会带人去看旧的。",
                    "请照删除清单把它们删掉。",
                )
            )
        else:
            found.append(
                HostFinding(
                    "gone-lately",
                    Level.NOTE,
                    f"有 {len(served)} 个上一版的文件还在{more}：{names}。下次发布以后再删，现在留着是对的。",
                )
            )
    return found


def _is_served(host: Host, path: str, digests: set[str]) -> bool:
    answer = host.ask(quote(path))
    if isinstance(answer, Unreached) or answer.status != 200 or answer.hops:
        return False
    body = decoded(answer, SPARE).body
    plain = body.replace(b"\r\n", b"\n") if is_text(path) else body
    return bool({sha256(body).hexdigest(), sha256(plain).hexdigest()} & digests)


CHECKS: tuple[Check, ...] = (
    _folder_index,
    _own_notfound,
    _compression,
    _queries,
    _policy,
    _caching,
    _listing,
    _other_scheme,
    _address,
)
