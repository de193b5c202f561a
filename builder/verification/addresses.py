"""Which addresses a host answers: folders, queries, those that do not exist, and the other scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from posixpath import dirname
from urllib.parse import quote, urlsplit, urlunsplit

from builder.verification.answers import SPARE, Answer, Response, Unreached, decoded
from builder.verification.case import ALIKE, Nowhere, digest_of
from builder.verification.firewalls import is_blocked, text_of
from builder.verification.host import Host
from builder.verification.host_finding import HostFinding, Level
from builder.verification.likeness import likeness
from builder.verification.verdict import Kind

QUESTION = "社保卡"
NOTFOUND = "404.html"
LISTED = 2  # folders of which it is asked whether they are listed


def find_nowhere(host: Host) -> tuple[Nowhere, list[HostFinding]]:
    """Return what the host shows for addresses that cannot exist, and what is to be said about that."""
    for folder in ("", "items/"):
        answer = _impossible(host, folder)
        if not isinstance(answer, Response) or answer.status != 200 or answer.target:
            continue
        body = decoded(answer, SPARE).body
        if is_blocked(answer, text_of(body)):
            continue
        shown = f"转到 {answer.address}" if answer.hops else "也答 200（正常）"
        says = f"不存在的网址{shown}，不答 404：搜索引擎会收录空页，少了文件也看不出来。"
        finding = HostFinding("soft-404", Level.WARNING, says, "请让不存在的网址答 404，并显示我们的 404.html。")
        return Nowhere(body, answer.address if answer.hops else ""), [finding]
    return Nowhere(), []


def _impossible(host: Host, folder: str = "") -> Answer:
    mark = sha256(host.reference.release.name.encode()).hexdigest()[:10]
    return host.ask(f"{folder}meiyou-{mark}.html")


def own_notfound(host: Host) -> Iterator[HostFinding]:
    """Tell whether a wrong address shows our page for that."""
    answer = _impossible(host)
    if NOTFOUND not in host.files or isinstance(answer, Unreached) or answer.status not in (404, 410):
        return
    body, ours = decoded(answer, SPARE).body, host.reference.original(NOTFOUND)
    is_ours = host.files[NOTFOUND].digest == digest_of(body) or host.reference.others_with(NOTFOUND, digest_of(body))
    if not is_ours and (ours is None or likeness(ours, body) < ALIKE):
        yield HostFinding(
            "404-page",
            Level.NOTE,
            "网址写错时，显示的不是我们的“没有找到”页。",
            "能设的话，请把 404 页设成我们的 404.html：上面有搜索框和首页的链接。",
        )


def folder_index(host: Host) -> Iterator[HostFinding]:
    """Tell whether the address of the folder shows the home page, with a slash at its end and without."""
    if "index.html" not in host.files:
        return
    home, folder = host.file("index.html"), host.ask("")
    if isinstance(home, Unreached) or isinstance(folder, Unreached):
        return
    same = folder.status == home.status and decoded(folder, SPARE).body == decoded(home, SPARE).body
    if not same and host.kind("index.html", folder) is not Kind.OK:
        yield HostFinding(
            "folder-index",
            Level.FAULT,
            f"打开 {host.base} 看到的不是首页，写上 index.html 才是。",
            "请把 index.html 设成文件夹的默认文档，排在最前。",
        )
    if urlsplit(host.base).path == "/" or folder.status != 200:
        return
    bare = host.base.rstrip("/")
    answer = host.at(bare)
    if isinstance(answer, Unreached) or answer.target:
        return
    fix = "请让末尾没有斜杠的网址转（301）到有斜杠的。"
    if answer.status != 200:
        yield HostFinding("slash", Level.WARNING, f"{bare}（末尾没有斜杠）打不开（{answer.status}）。", fix)
    elif urlsplit(answer.address).path == urlsplit(bare).path:
        says = f"{bare}（末尾没有斜杠）不会转到有斜杠的，页面上的样式和链接都不对。"
        yield HostFinding("slash", Level.FAULT, says, fix)


def queries(host: Host) -> Iterator[HostFinding]:
    """Tell whether files are there under addresses with a query, too, as pages have them."""
    page = "search.html" if "search.html" in host.files else "index.html"
    asset, version = _versioned_asset(host)
    search = f"搜索的网址带着 ?q=…（中文，如“{QUESTION}”）"
    for path, query, check, what in (
        (asset, version, "query", "样式和脚本的网址带着 ?v=…"),
        (page, f"q={quote(QUESTION)}", "chinese-query", search),
    ):
        if path not in host.files:
            continue
        plain, asked = host.file(path), host.ask(f"{quote(path)}?{query}")
        kind = host.kind(path, asked)
        if kind in (Kind.OK, host.kind(path, plain)):
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


def listing(host: Host) -> Iterator[HostFinding]:
    """Tell whether the address of a folder without index shows what is in it."""
    folders = sorted({dirname(path) for path in host.files} - {""})
    for folder in [one for one in folders if f"{one}/index.html" not in host.files][:LISTED]:
        answer = host.ask(f"{quote(folder)}/")
        if isinstance(answer, Unreached) or answer.status != 200 or answer.hops:
            continue
        body = decoded(answer, SPARE).body
        page = text_of(body)
        names = [path.rpartition("/")[2] for path in host.files if dirname(path) == folder]
        listed = sum(f'"{name}"' in page or f"/{name}" in page or f">{name}<" in page for name in names)
        if listed >= min(2, len(names)) and not host.reference.path_with(digest_of(body)):
            yield HostFinding(
                "listing",
                Level.WARNING,
                f"打开文件夹 {folder}/ 会列出里面的文件，安全检查会算漏洞。",
                "请关掉目录浏览（nginx 的 autoindex，Apache 的 Indexes，IIS 的“目录浏览”）。",
            )
            return


def other_scheme(host: Host) -> Iterator[HostFinding]:
    """Tell what http does where the site has https, and the other way round."""
    url = urlsplit(host.base)
    if url.port is not None:  # which port the other one has, nobody knows
        return
    other = "http" if url.scheme == "https" else "https"
    answer = host.at(urlunsplit((other, url.netloc, url.path, "", "")))
    works = isinstance(answer, Response) and answer.status == 200
    redirect = "可以让 http 的网址转（301）到 https：老链接、手输的网址也打得开，也安全。"
    if other == "https" and not works:
        yield HostFinding("https", Level.NOTE, "没有 https：浏览器会标“不安全”。", "可以装上证书，开通 https。")
    elif other == "https":
        yield HostFinding("https", Level.NOTE, "用 https 也能看，http 没有转过去。", redirect)
    elif isinstance(answer, Unreached):
        yield HostFinding("http", Level.NOTE, "用 http 打不开，要写 https。", redirect)
    elif works and urlsplit(answer.address).scheme == "http":
        yield HostFinding("http", Level.NOTE, "用 http 也能看，没有转到 https。", redirect)


def base_url(host: Host) -> Iterator[HostFinding]:
    """Tell if the release was made for another address."""
    made_for = host.reference.release.base_url.rstrip("/")
    if made_for and made_for != host.base.rstrip("/"):
        says = f"这一版是给 {made_for} 做的（site.yaml 的 base_url）：纸上的二维码和网站地图指到那里。"
        yield HostFinding("base-url", Level.NOTE, says)
