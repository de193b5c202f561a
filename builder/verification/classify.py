"""What the answer for a file says about it: `classify`, a chain of judges, the surest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from posixpath import dirname
from urllib.parse import urlsplit

from builder.verification.answers import SPARE, Answer, Decoded, Response, Trouble, Unreached, decoded, gunzipped
from builder.verification.content_types import is_text, wrong_charset, wrong_type
from builder.verification.firewalls import (
    is_blocked,
    is_log_in,
    is_not_found,
    looks_like_html,
    product_of,
    server_product,
    text_of,
    title_of,
)
from builder.verification.likeness import (
    contained,
    first_difference,
    insertions,
    likeness,
    with_plain_ends,
    without_spaces,
)
from builder.verification.reference import Reference
from builder.verification.verdict import Kind, Verdict

BOM = b"\xef\xbb\xbf"
ALIKE = 0.5  # from here on a page is taken for ours, changed
THE_SAME = 0.8  # from here on, for the page that the host shows for any address that does not exist
TOLD = 160  # characters of an insertion
TROUBLES = {
    Trouble.NAME: "域名解析不到",
    Trouble.REFUSED: "连不上",
    Trouble.TIMEOUT: "等了很久没有回答",
    Trouble.RESET: "连接中途断了",
    Trouble.CERTIFICATE: "证书通不过",
    Trouble.TLS: "建立不了加密连接",
    Trouble.PROTOCOL: "回答的不是网页协议（HTTP）",
}
# Index files of Pagefind are gzip data themselves; it reads them as well where a host had them unpacked.
PACKED_OURSELVES = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What the host shows for addresses that cannot exist, if it says 200: a page, and where it redirects."""

    body: bytes = b""
    address: str = ""


@dataclass(frozen=True)
class _Case:
    path: str
    response: Response
    reference: Reference
    nowhere: Nowhere

    @cached_property
    def size(self) -> int:
        return self.reference.release.files[self.path].size

    @cached_property
    def digest(self) -> str:
        return self.reference.release.files[self.path].digest

    @cached_property
    def decoded(self) -> Decoded:
        return decoded(self.response, self.size * 2 + SPARE)

    @property
    def body(self) -> bytes:
        return self.decoded.body

    @cached_property
    def original(self) -> bytes | None:
        return self.reference.original(self.path)

    @cached_property
    def page(self) -> str:
        return text_of(self.body)

    @cached_property
    def is_ours(self) -> bool:
        if _digest(self.body) == self.digest:
            return True
        return self.path.endswith(PACKED_OURSELVES) and self._is_unpacked

    @property
    def _is_unpacked(self) -> bool:
        return self.original is not None and gunzipped(self.original, self.size * 20 + SPARE) == self.body != b""

    @property
    def stays(self) -> bool:
        """Whether the answer came from the folder in which the file should be, so that its links lead where they should."""
        asked = (*self.response.hops, self.response.address)[0]
        one, other = urlsplit(asked), urlsplit(self.response.address)
        return (one.hostname, dirname(one.path)) == (other.hostname, dirname(other.path))

    def says(self, kind: Kind, detail: str = "", group: str = "", releases: tuple[str, ...] = ()) -> Verdict:
        return Verdict(self.path, kind, detail, group or detail, releases)


def classify(path: str, answer: Answer, reference: Reference, nowhere: Nowhere) -> Verdict:
    """Return what the answer for a file of the release says about it."""
    if isinstance(answer, Unreached):
        says = TROUBLES[answer.trouble]
        return Verdict(path, Kind.UNREACHABLE, says, says)
    case = _Case(path, answer, reference, nowhere)
    return next(verdict for judge in JUDGES if (verdict := judge(case)) is not None)


def _redirected(case: _Case) -> Verdict | None:
    response = case.response
    if not response.target and (case.stays or response.status != 200):
        return None
    if response.target and response.target in (*response.hops, response.address):
        return case.says(Kind.REDIRECTED, "转来转去，到不了", "loop")
    if response.target:
        target, here = urlsplit(response.target), urlsplit(response.address)
        if target.hostname == here.hostname and target.scheme == here.scheme:
            return case.says(Kind.REDIRECTED, "转得太多，到不了", "loop")
        return _to_log_in(case, response.target) or case.says(
            Kind.REDIRECTED, f"转到 {response.target}", f"转到 {target.scheme}://{target.netloc}"
        )
    if case.nowhere.address and response.address == case.nowhere.address:
        return case.says(Kind.MISSING, f"转到 {response.address}", "soft")
    if is_log_in(case.page):
        return case.says(Kind.REDIRECTED, f"转到登录页 {response.address}", "login")
    if case.is_ours:
        return case.says(Kind.REDIRECTED, f"转到别的文件夹 {response.address}", "folder")
    if is_blocked(response, case.page):
        return None
    if case.reference.path_with(_digest(case.body)) in ("index.html", "404.html") or is_not_found(case.page):
        return case.says(Kind.MISSING, f"转到 {response.address}", "soft")
    return case.says(Kind.REDIRECTED, f"转到 {response.address}", f"转到 {response.address}")


def _to_log_in(case: _Case, target: str) -> Verdict | None:
    if re.search(r"log-?in|sign-?in|passport|sso\b|\bcas\b|oauth", target, re.IGNORECASE):
        return case.says(Kind.REDIRECTED, f"转到登录页 {target.partition('?')[0]}", "login")
    return None


def _by_status(case: _Case) -> Verdict | None:
    response, status = case.response, case.response.status
    if status in (200, 203):
        return None
    if case.is_ours and case.path == "404.html" and status in (404, 410):
        return case.says(Kind.OK)
    if case.is_ours:
        kind = Kind.MISSING if status in (404, 410) else Kind.BLOCKED
        return case.says(kind, f"内容是对的，状态却是 {status}")
    product = product_of(response, case.page)
    if status in (404, 410) and not product:
        return case.says(Kind.MISSING, str(status))
    if status in (401, 407):
        return case.says(Kind.BLOCKED, f"{status}，要登录才能看", "login")
    if status >= 500 and status not in (501, 503) and status < 520 and not is_blocked(response, case.page):
        return case.says(Kind.UNREACHABLE, f"服务器出错（{status}）")
    if status < 400:
        return case.says(Kind.TRUNCATED if status < 300 else Kind.REDIRECTED, f"状态 {status}，没有内容")
    name = product or server_product(response)
    return case.says(Kind.BLOCKED, f"{status}{f'，{name}' if name else ''}")


def _as_released(case: _Case) -> Verdict | None:
    if case.decoded.fails or not case.is_ours:
        return None
    wrong = wrong_type(case.path, case.response)
    if wrong is not None:
        says = f"类型是 {wrong}" if wrong else "没有说类型"
        return case.says(Kind.WRONG_TYPE, says, f"{case.path.rpartition('.')[2]} {wrong}")
    if charset := wrong_charset(case.path, case.response, case.body):
        return case.says(Kind.WRONG_CHARSET, f"charset={charset}")
    if case.response.codings.count("gzip") > 1:
        return case.says(Kind.DOUBLE_GZIP, "压缩了两次")
    if case.decoded.is_cut:
        return case.says(Kind.TRUNCATED, "传到一半断了")
    return case.says(Kind.OK)


def _packed(case: _Case) -> Verdict | None:
    """Judge a body that is packed otherwise than the headers say."""
    most, body = case.size * 2 + SPARE, case.body
    for _ in range(3):
        body = gunzipped(body, most) or b""
        if body and (_digest(body) == case.digest or case.reference.others_with(case.path, _digest(body))):
            twice = bool(case.response.codings)
            releases = case.reference.others_with(case.path, _digest(body))
            return case.says(Kind.DOUBLE_GZIP, "压缩了两次" if twice else "压缩了，却没有说", "", releases)
    if case.response.codings.count("gzip") > 1 and case.decoded.fails:
        return case.says(Kind.DOUBLE_GZIP, "说压缩了两次，其实没有")
    if case.decoded.fails:
        return case.says(Kind.BAD_CODING, case.decoded.fails)
    return None


def _cut(case: _Case) -> Verdict | None:
    """Judge the beginning of our file, or of an older one."""
    body = case.body
    if not body and case.size:
        return case.says(Kind.TRUNCATED, f"空的，应有 {case.size} 字节", "empty")
    for _, whole in _originals(case):
        shorter = len(body) < len(whole) and whole.startswith(body)
        plain = with_plain_ends(body)
        if shorter or (case.decoded.is_cut and with_plain_ends(whole).startswith(plain)):
            if whole[len(body) :].strip() or case.decoded.is_cut:
                return case.says(Kind.TRUNCATED, f"只有 {len(body)} 字节，应有 {len(whole)}", "cut")
    if case.decoded.is_cut:
        return case.says(Kind.TRUNCATED, f"传到 {len(body)} 字节断了，应有 {case.size}", "cut")
    return None


def _in_another_form(case: _Case) -> Verdict | None:
    """Judge the bytes of this release or another one, with other line ends, a mark before them, or in another encoding."""
    for kinds, form in _forms(case):
        digest = _digest(form)
        if digest == case.digest:
            return _of_kinds(case, kinds)
        if releases := case.reference.others_with(case.path, digest):
            return _stale(case, releases, kinds)
    for name, whole in _originals(case):
        if with_plain_ends(_without_bom(case.body)) == with_plain_ends(whole):
            kinds = (Kind.EOL, Kind.BOM) if case.body.startswith(BOM) else (Kind.EOL,)
            return _stale(case, (name,), kinds) if name else _of_kinds(case, kinds)
    return None


def _forms(case: _Case) -> Iterator[tuple[tuple[Kind, ...], bytes]]:
    body = case.body
    yield (), body
    if not is_text(case.path):
        return
    bare = _without_bom(body)
    plain = bare.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if bare != body:
        yield (Kind.BOM,), bare
    if plain != bare:
        yield ((Kind.EOL, Kind.BOM) if bare != body else (Kind.EOL,)), plain
    for recoded in _recodings(body):
        yield (Kind.RECODED,), recoded
        lines = recoded.replace(b"\r\n", b"\n")
        if lines != recoded:
            yield (Kind.RECODED, Kind.EOL), lines


def _recodings(body: bytes) -> Iterator[bytes]:
    """Yield a text as UTF-8, if it is GB 18030, Big5 or UTF-16, or UTF-8 that was taken for something else."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[tuple[str, str], ...] = (("utf-16", "utf-8"),)
    elif _is_utf8(body):
        encodings = () if body.isascii() else (("utf-8", "latin-1"), ("utf-8", "cp1252"), ("utf-8", "gb18030"))
    else:
        encodings = (("gb18030", "utf-8"), ("big5", "utf-8"))
    for source, target in encodings:
        try:
            yield body.decode(source).encode(target)
        except UnicodeError:
            continue


def _with_insertions(case: _Case) -> Verdict | None:
    texts = [_without_bom(case.body), with_plain_ends(_without_bom(case.body))] if is_text(case.path) else [case.body]
    for name, whole in _originals(case):
        for text, ours in zip(texts, (whole, with_plain_ends(whole)), strict=False):
            found = insertions(ours, text) if len(ours) >= 16 else None
            if found:
                told, group = _told_insertions(found)
                verdict = case.says(Kind.INJECTED, told, group, (name,) if name else ())
                return replace(verdict, also=(Kind.STALE,)) if name else verdict
    return None


def _told_insertions(found: list[bytes]) -> tuple[str, str]:
    """Return what was put in, as one reads it, and without what differs from page to page."""
    texts = [" ".join(text_of(one).split()) for one in found if one.strip()]
    told = " … ".join(texts) or "空行或空格"
    source = re.search(r"(?:src|href)\s*=\s*[\"']?([^\"'\s>?]+)", told)
    group = source[1] if source else re.sub(r"[0-9a-f]{6,}|\d+", "0", told)[:60]
    return told if len(told) <= TOLD else f"{told[:TOLD]}…", group


def _of_nowhere(case: _Case) -> Verdict | None:
    """Judge the page that is shown for any address that does not exist, and other pages of ours in the place of the file."""
    if path := case.reference.path_with(_digest(case.body)):
        return case.says(Kind.MISSING, f"显示的是 {path}", "soft")
    nowhere = case.nowhere.body
    if not nowhere or (case.response.address != case.nowhere.address and not looks_like_html(case.body)):
        return None
    alike = likeness(case.body, nowhere)
    if alike >= THE_SAME and (case.original is None or alike > likeness(case.body, case.original)):
        return case.says(Kind.MISSING, "显示的是“找不到”的页，状态却是 200", "soft")
    return None


def _recoded(case: _Case) -> Verdict | None:
    """Judge our text in another encoding with losses: with changed declarations, or question marks in the place of characters."""
    if not is_text(case.path) or case.original is None:
        return None
    if b"\xef\xbf\xbd" in case.body or "锟斤拷".encode() in case.body:
        if contained(case.original, case.body) >= ALIKE / 2:
            return case.says(Kind.RECODED, "文字成了乱码")
    elif any(
        likeness(case.original, form) >= max(ALIKE, likeness(case.original, case.body) + 0.1)
        for form in _recodings(case.body)
    ):
        return case.says(Kind.RECODED, _encoding_of(case.body))
    return None


def _encoding_of(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "成了 UTF-16"
    return "文字成了乱码" if _is_utf8(body) else "成了 GBK"


def _altered(case: _Case) -> Verdict | None:
    ours = case.original
    if ours is None:
        return None if looks_like_html(case.body) else case.says(Kind.ALTERED, "和发布的不一样")
    if without_spaces(ours) == without_spaces(case.body):
        return case.says(Kind.ALTERED, "空格和换行少了，像是被“精简”过", "minified")
    if not is_text(case.path):
        return None if looks_like_html(case.body) else case.says(Kind.ALTERED, "字节不一样", "bytes")
    if max(likeness(ours, case.body), contained(case.body, ours)) < ALIKE and not _is_minified(ours, case.body):
        return None
    was, now = first_difference(text_of(ours), case.page)
    return case.says(Kind.ALTERED, f"应是“{_line(was)}”，现在是“{_line(now)}”", "changed")


def _is_minified(ours: bytes, body: bytes) -> bool:
    """Whether the words are the same in the same order, whatever happened to marks and spaces between them."""
    words = [re.findall(rb"[\w\x80-\xff]+", text) for text in (ours, body)]
    shared = set(words[0]) & set(words[1])
    return bool(words[1]) and len(shared) >= 0.8 * len(set(words[1])) and len(words[1]) >= 0.3 * len(words[0])


def _blocked(case: _Case) -> Verdict | None:
    if not (looks_like_html(case.body) or len(case.body) < 2000) or not is_blocked(case.response, case.page):
        return None
    if case.original is not None and likeness(case.original, case.body) >= ALIKE:  # ours, about such things
        return None
    name = product_of(case.response, case.page) or server_product(case.response)
    title = name or title_of(case.page)
    return case.says(Kind.BLOCKED, f"{case.response.status}{f'，{title}' if title else ''}")


def _something_else(case: _Case) -> Verdict:
    if is_log_in(case.page):
        return case.says(Kind.BLOCKED, "要登录才能看", "login")
    title = title_of(case.page)
    named = f"“{title}”" if title else "别的内容"
    if is_not_found(case.page) or (looks_like_html(case.body) and not case.path.endswith(".html")):
        return case.says(Kind.MISSING, f"显示的是{named}，状态却是 200", "soft")
    return case.says(Kind.ALTERED, f"整个换成了{named}", f"replaced {title}")


JUDGES: tuple[Callable[[_Case], Verdict | None], ...] = (
    _redirected,
    _by_status,
    _as_released,
    _packed,
    _in_another_form,
    _cut,
    _with_insertions,
    _of_nowhere,
    _blocked,
    _recoded,
    _altered,
    _something_else,
)


def _originals(case: _Case) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of the release, under "", then those of others under their names."""
    if case.original is not None:
        yield "", case.original
    yield from case.reference.other_originals(case.path).values()


def _of_kinds(case: _Case, kinds: tuple[Kind, ...]) -> Verdict:
    says = {
        Kind.EOL: "换行变了",
        Kind.BOM: "开头多了 BOM",
        Kind.RECODED: _encoding_of(case.body),
    }
    verdict = case.says(kinds[0], "，".join(says[kind] for kind in kinds))
    return replace(verdict, also=kinds[1:])


def _stale(case: _Case, releases: tuple[str, ...], kinds: tuple[Kind, ...]) -> Verdict:
    return replace(case.says(Kind.STALE, f"还是 {releases[0]}", releases[0], releases), also=kinds)


def _without_bom(data: bytes) -> bytes:
    while data.startswith(BOM):
        data = data[len(BOM) :]
    return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _line(text: str) -> str:
    return " ".join(text.split())
