"""What the answer for a file says about it: `classify`, a chain of judges, the surest first."""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import dirname
from urllib.parse import urlsplit

from builder.verification.answers import SPARE, Answer, Trouble, Unreached, gunzipped
from builder.verification.case import ALIKE, Case, Judge, Nowhere, digest_of
from builder.verification.changed import altered, cut_off, in_another_form, recoded_with_losses, with_insertions
from builder.verification.content_types import PACKED_OURSELVES, right_type, wrong_charset, wrong_type
from builder.verification.firewalls import (
    is_blocked,
    is_log_in,
    is_not_found,
    looks_like_html,
    product_of,
    server_product,
    title_of,
)
from builder.verification.likeness import likeness
from builder.verification.reference import Reference
from builder.verification.verdict import Kind, Verdict

THE_SAME = 0.8  # from here on a page is that which the host shows for any address that does not exist
# Of these files something is ours, so that they come under a type of their own.
OF_OURS = (Kind.STALE, Kind.EOL, Kind.BOM, Kind.INJECTED, Kind.ALTERED, Kind.TRUNCATED)
TROUBLES = {
    Trouble.NAME: "域名解析不到",
    Trouble.REFUSED: "连不上",
    Trouble.TIMEOUT: "等了很久没有回答",
    Trouble.RESET: "连接中途断了",
    Trouble.CERTIFICATE: "证书通不过",
    Trouble.TLS: "建立不了加密连接",
    Trouble.PROTOCOL: "回答的不是网页协议（HTTP）",
}


def classify(path: str, answer: Answer, reference: Reference, nowhere: Nowhere) -> Verdict:
    """Return what the answer for a file of the release says about it."""
    if isinstance(answer, Unreached):
        says = TROUBLES[answer.trouble]
        return Verdict(path, Kind.UNREACHABLE, says, says)
    case = Case(path, answer, reference, nowhere)
    verdict = next(verdict for judge in JUDGES if (verdict := judge(case)) is not None)
    headers = _wrong_headers(case) if verdict.kind in OF_OURS else None
    return replace(verdict, also=(*verdict.also, headers)) if headers else verdict


def _redirected(case: Case) -> Verdict | None:
    response = case.response
    if not response.target and (case.stays or response.status != 200):
        return None
    if response.target and response.target in (*response.hops, response.address):
        if response.header("set-cookie"):  # a browser would come back with it
            return case.says(Kind.BLOCKED, "要先收 Cookie 才给看")
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
    if is_log_in(case.page) or _to_log_in(case, response.address):
        return case.says(Kind.REDIRECTED, f"转到登录页 {response.address.partition('?')[0]}", "login")
    if case.is_ours:
        return case.says(Kind.REDIRECTED, f"转到别的文件夹 {response.address}", "folder")
    if is_blocked(response, case.page):
        return None
    if case.reference.path_with(digest_of(case.body)) in ("index.html", "404.html") or is_not_found(case.page):
        return case.says(Kind.MISSING, f"转到 {response.address}", "soft")
    return case.says(Kind.REDIRECTED, f"转到 {response.address}", f"转到 {dirname(response.address)}")


def _to_log_in(case: Case, target: str) -> Verdict | None:
    if re.search(r"log-?in|sign-?in|passport|\bsso\b|\bcas\b|oauth|denglu", target.partition("?")[0], re.IGNORECASE):
        return case.says(Kind.REDIRECTED, f"转到登录页 {target.partition('?')[0]}", "login")
    return None


def _by_status(case: Case) -> Verdict | None:
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
        to = "" if case.stays else f"转到 {response.address}，那里是 "
        return case.says(Kind.MISSING, f"{to}{status}")
    if status in (401, 407):
        return case.says(Kind.BLOCKED, f"{status}，要登录才能看", "login")
    if status >= 500 and status not in (501, 503) and status < 520 and not is_blocked(response, case.page):
        return case.says(Kind.UNREACHABLE, f"服务器出错（{status}）")
    if status < 400:
        return case.says(Kind.TRUNCATED if status < 300 else Kind.REDIRECTED, f"状态 {status}，没有内容")
    name = product or server_product(response)
    return case.says(Kind.BLOCKED, f"{status}{f'，{name}' if name else ''}")


def _as_released(case: Case) -> Verdict | None:
    if case.decoded.fails or not case.is_ours:
        return None
    if wrong := _wrong_headers(case):
        return wrong
    if case.response.codings.count("gzip") > 1:
        return case.says(Kind.DOUBLE_GZIP, "压缩了两次")
    if case.decoded.is_cut:
        return case.says(Kind.TRUNCATED, "传到一半断了")
    return case.says(Kind.OK)


def _wrong_headers(case: Case) -> Verdict | None:
    """Return what is wrong with the type under which a file comes, or the encoding that is declared."""
    wrong = wrong_type(case.path, case.response)
    if wrong is not None:
        says = f"类型是 {wrong}" if wrong else "没有说类型"
        group = "index" if case.path.endswith(PACKED_OURSELVES) else f"{wrong} {right_type(case.path)}"
        return case.says(Kind.WRONG_TYPE, says, group)
    if charset := wrong_charset(case.path, case.response, case.body):
        return case.says(Kind.WRONG_CHARSET, f"charset={charset}")
    return None


def _packed(case: Case) -> Verdict | None:
    """Judge a body that is packed otherwise than the headers say."""
    most, body = case.size * 2 + SPARE, case.body
    for _ in range(3):
        body = gunzipped(body, most) or b""
        if body and (digest_of(body) == case.digest or case.reference.others_with(case.path, digest_of(body))):
            twice = bool(case.response.codings)
            releases = case.reference.others_with(case.path, digest_of(body))
            return case.says(Kind.DOUBLE_GZIP, "压缩了两次" if twice else "压缩了，却没有说", "", releases)
    if case.response.codings.count("gzip") > 1 and case.decoded.fails:
        return case.says(Kind.DOUBLE_GZIP, "说压缩了两次，其实没有")
    if case.decoded.fails:
        return case.says(Kind.BAD_CODING, case.decoded.fails)
    return None


def _of_nowhere(case: Case) -> Verdict | None:
    """Judge the page that is shown for any address that does not exist, and other pages of ours in the place of the file."""
    if path := case.reference.path_with(digest_of(case.body)):
        return case.says(Kind.MISSING, f"显示的是 {path}", "soft")
    nowhere = case.nowhere.body
    if nowhere and case.body == nowhere:
        return case.says(Kind.MISSING, "显示的是“找不到”的页，状态却是 200", "soft")
    if not nowhere or (case.response.address != case.nowhere.address and not looks_like_html(case.body)):
        return None
    alike = likeness(case.body, nowhere)
    if alike >= THE_SAME and (case.original is None or alike > likeness(case.body, case.original)):
        return case.says(Kind.MISSING, "显示的是“找不到”的页，状态却是 200", "soft")
    return None


def _blocked(case: Case) -> Verdict | None:
    if not (looks_like_html(case.body) or len(case.body) < 2000) or not is_blocked(case.response, case.page):
        return None
    if case.original is not None and likeness(case.original, case.body) >= ALIKE:  # ours, about such things
        return None
    name = product_of(case.response, case.page) or server_product(case.response)
    title = name or title_of(case.page)
    return case.says(Kind.BLOCKED, f"{case.response.status}{f'，{title}' if title else ''}")


def _something_else(case: Case) -> Verdict:
    if is_log_in(case.page):
        return case.says(Kind.BLOCKED, "要登录才能看", "login")
    title = title_of(case.page)
    named = f"“{title}”" if title else "别的内容"
    if is_not_found(case.page) or (looks_like_html(case.body) and not case.path.endswith(".html")):
        return case.says(Kind.MISSING, f"显示的是{named}，状态却是 200", "soft")
    return case.says(Kind.ALTERED, f"整个换成了{named}", f"replaced {title}")


JUDGES: tuple[Judge, ...] = (
    _redirected,
    _by_status,
    _as_released,
    _packed,
    in_another_form,
    cut_off,
    with_insertions,
    _of_nowhere,
    _blocked,
    recoded_with_losses,
    altered,
    _something_else,
)
