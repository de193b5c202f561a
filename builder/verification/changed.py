"""What was done to our bytes, where something of them is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder.verification.case import ALIKE, Case, digest_of
from builder.verification.content_types import is_text
from builder.verification.firewalls import looks_like_html, text_of
from builder.verification.likeness import (
    contained,
    first_difference,
    insertions,
    likeness,
    with_plain_ends,
    without_spaces,
)
from builder.verification.verdict import Kind, Verdict

BOM = b"\xef\xbb\xbf"
TOLD = 160  # characters of an insertion
LEAST = 16  # bytes of a file; any page holds the bytes of a shorter one in their order


def in_another_form(case: Case) -> Verdict | None:
    """Judge the bytes of this release or another one, with other line ends, a mark before them, or in another encoding."""
    for kinds, form in _forms(case):
        digest = digest_of(form)
        if digest == case.digest:
            return _of_kinds(case, kinds)
        if releases := case.reference.others_with(case.path, digest):
            return _stale(case, releases, kinds)
    for name, whole in _originals(case):
        if with_plain_ends(_without_bom(case.body)) == with_plain_ends(whole):
            kinds = (Kind.EOL, Kind.BOM) if case.body.startswith(BOM) else (Kind.EOL,)
            return _stale(case, (name,), kinds) if name else _of_kinds(case, kinds)
    return None


def _forms(case: Case) -> Iterator[tuple[tuple[Kind, ...], bytes]]:
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


def with_insertions(case: Case) -> Verdict | None:
    """Judge our bytes, or older ones, with something put in."""
    texts = [_without_bom(case.body), with_plain_ends(_without_bom(case.body))] if is_text(case.path) else [case.body]
    for name, whole in _originals(case):
        for text, ours in zip(texts, (whole, with_plain_ends(whole)), strict=False):
            found = insertions(ours, text) if len(ours) >= LEAST else None
            if found and not any(one.strip() for one in found):
                return case.says(Kind.ALTERED, "多了空格或空行", "spaces", (name,) if name else ())
            if found:
                told, group = _told_insertions(found)
                verdict = case.says(Kind.INJECTED, told, group, (name,) if name else ())
                return replace(verdict, also=(_stale(case, (name,)),)) if name else verdict
    return None


def _told_insertions(found: list[bytes]) -> tuple[str, str]:
    """Return what was put in, as one reads it, and without what differs from page to page."""
    told = " … ".join(" ".join(text_of(one).split()) for one in found if one.strip())
    source = re.search(r"(?:src|href)\s*=\s*[\"']?([^\"'\s>?]+)", told)
    group = source[1] if source else re.sub(r"[0-9a-f]{6,}|\d+", "0", told)[:60]
    return told if len(told) <= TOLD else f"{told[:TOLD]}…", group


def cut_off(case: Case) -> Verdict | None:
    """Judge the beginning of our file, or of an older one, whatever its line ends; zeros may stand for what is lost."""
    body = case.body
    if not body and case.size:
        return case.says(Kind.TRUNCATED, f"空的，应有 {case.size} 字节", "empty")
    start = body.rstrip(b"\0")
    plain = with_plain_ends(_without_bom(start)) if is_text(case.path) else start
    for name, whole in _originals(case):
        if len(start) < len(whole) and whole.startswith(start):
            also: tuple[Verdict, ...] = ()
        elif plain and with_plain_ends(whole).startswith(plain) and len(plain) < len(with_plain_ends(whole)):
            also = (_of_kinds(case, (Kind.EOL,)),)
        else:
            continue
        says = f"只有 {len(start)} 字节，应有 {len(whole)}"
        return replace(case.says(Kind.TRUNCATED, says, "cut", (name,) if name else ()), also=also)
    if case.decoded.is_cut:
        return case.says(Kind.TRUNCATED, f"传到 {len(body)} 字节断了，应有 {case.size}", "cut")
    return None


def recoded_with_losses(case: Case) -> Verdict | None:
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


def altered(case: Case) -> Verdict | None:
    """Judge a file of which much is still ours, and a file of data of which nothing can be said but that it is not."""
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


def _originals(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of the release, under "", then those of others under their names."""
    if case.original is not None:
        yield "", case.original
    yield from case.reference.other_originals(case.path).values()


def _of_kinds(case: Case, kinds: tuple[Kind, ...]) -> Verdict:
    says = {Kind.EOL: "换行变了", Kind.BOM: "开头多了 BOM"}
    first, *others = [case.says(kind, says.get(kind) or _encoding_of(case.body)) for kind in kinds]
    return replace(first, also=tuple(others))


def _stale(case: Case, releases: tuple[str, ...], kinds: tuple[Kind, ...] = ()) -> Verdict:
    verdict = case.says(Kind.STALE, f"还是 {releases[0]}", releases[0], releases)
    if not kinds:
        return verdict
    form = _of_kinds(case, kinds)
    return replace(verdict, also=(replace(form, also=()), *form.also))


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


def _line(text: str) -> str:
    return " ".join(text.split())
