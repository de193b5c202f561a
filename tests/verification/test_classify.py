"""What a single answer says about a file: each fault is named, and no harmless difference is taken for one."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import pytest
from live_host import released
from site_folder import Files

from builder.verification.answers import Answer, Response, Trouble, Unreached
from builder.verification.case import Nowhere
from builder.verification.causes import causes_of
from builder.verification.classify import classify
from builder.verification.reference import Reference
from builder.verification.verdict import Kind, Verdict

BASE = "https://www.example.gov.cn/bszn/"
GUIDE = "items/linshi-jiuzhu.html"
STYLE, SCRIPT, ICON, DATA = "static/style.css", "static/site.js", "static/favicon.svg", "data/items.json"
INDEX = "pagefind/wasm.unknown.pagefind"

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "json": "application/json",
    "pagefind": "",
}


@pytest.fixture(scope="module")
def reference(
    tmp_path_factory: pytest.TempPathFactory, town_files: Files, older_town_files: Files
) -> Iterator[Reference]:
    folder = tmp_path_factory.mktemp("town")
    older = released(folder, older_town_files, "2026-11-02")
    newer = released(folder, town_files, "2026-11-30")
    reference = Reference(folder, newer, [newer, older])
    yield reference
    reference.close()


def answer(
    path: str, body: bytes, status: int = 200, type: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    kind = TYPES[path.rpartition(".")[2]] if type is None else type
    given = {**({"Content-Type": kind} if kind else {}), **(headers or {})}
    return Response(status, tuple(given.items()), body, f"{BASE}{path}")


def ours_as(change: Callable[[bytes], bytes], town_files: Files, path: str = GUIDE) -> Response:
    return answer(path, change(town_files[path]))


SCRIPT_TAG = b'<script src="//tongji.example.com/t.js?id=38"></script>'
BAR = '<div id="gov-bar"><a href="//bar.example.com/">无障碍</a></div>'.encode()
CAPTCHA = (
    "<html><head><title>安全验证</title></head><body>请拖动滑块完成验证<script>go()</script></body></html>".encode()
)
ALIYUN = b'<html><body><img src="https://errors.aliyun.com/images/405.png"></body></html>'
NOTFOUND = "<html><head><title>页面找不到了</title></head><body><h1>抱歉</h1></body></html>".encode()
HOME = "<html><head><title>清江县人民政府</title></head><body><p>今日要闻</p></body></html>".encode()

CHANGED: dict[str, tuple[Kind, str, Callable[[bytes], bytes]]] = {
    "every line ends as on Windows": (Kind.EOL, GUIDE, lambda data: data.replace(b"\n", b"\r\n")),
    "every line ends as on an old Mac": (Kind.EOL, STYLE, lambda data: data.replace(b"\n", b"\r")),
    "some lines end as on Windows": (Kind.EOL, GUIDE, lambda data: data.replace(b"\n", b"\r\n", 3)),
    "an index went through a text mode": (Kind.EOL, INDEX, lambda data: data.replace(b"\n", b"\r\n")),
    "a line end more at the end": (Kind.EOL, GUIDE, lambda data: data + b"\n"),
    "a mark stands before it": (Kind.BOM, DATA, lambda data: b"\xef\xbb\xbf" + data),
    "two marks stand before it": (Kind.BOM, SCRIPT, lambda data: b"\xef\xbb\xbf" * 2 + data),
    "a script in the head": (Kind.INJECTED, GUIDE, lambda data: data.replace(b"</head>", SCRIPT_TAG + b"</head>")),
    "a script before another one": (
        Kind.INJECTED,
        GUIDE,
        lambda data: data.replace(b"<script", SCRIPT_TAG + b"<script", 1),
    ),
    "a script and a bar": (
        Kind.INJECTED,
        GUIDE,
        lambda data: data.replace(b"<head>", b"<head>" + SCRIPT_TAG).replace(b"</body>", BAR + b"</body>"),
    ),
    "a script and Windows line ends": (
        Kind.INJECTED,
        GUIDE,
        lambda data: data.replace(b"</body>", SCRIPT_TAG + b"</body>").replace(b"\n", b"\r\n"),
    ),
    "a remark after the end": (Kind.INJECTED, GUIDE, lambda data: data + b"<!-- cached at node 12 -->"),
    "code in a script of ours": (Kind.INJECTED, SCRIPT, lambda data: data + b";document.write('<a href=//x.example>')"),
    "half of it": (Kind.TRUNCATED, GUIDE, lambda data: data[: len(data) // 2]),
    "half of an index": (Kind.TRUNCATED, INDEX, lambda data: data[: len(data) // 2]),
    "half of it with other line ends": (
        Kind.ALTERED,
        STYLE,
        lambda data: data[: len(data) // 2].replace(b"{", b" {"),
    ),
    "nothing": (Kind.TRUNCATED, SCRIPT, lambda data: b""),
    "packed and not declared": (Kind.DOUBLE_GZIP, GUIDE, gzip.compress),
    "an index packed and not declared": (Kind.DOUBLE_GZIP, INDEX, gzip.compress),
    "packed twice and not declared": (Kind.DOUBLE_GZIP, STYLE, lambda data: gzip.compress(gzip.compress(data))),
    "in GBK": (Kind.RECODED, GUIDE, lambda data: data.decode().encode("gb18030")),
    "in GBK, and declared so": (
        Kind.RECODED,
        GUIDE,
        lambda data: data.decode().replace("utf-8", "gbk", 1).encode("gbk", "replace"),
    ),
    "in UTF-16": (Kind.RECODED, GUIDE, lambda data: data.decode().encode("utf-16")),
    "read as Latin and written as UTF-8": (Kind.RECODED, GUIDE, lambda data: data.decode("latin-1").encode()),
    "read as GBK and written as UTF-8": (Kind.RECODED, GUIDE, lambda data: data.decode("gbk", "replace").encode()),
    "without line ends": (Kind.ALTERED, GUIDE, lambda data: b" ".join(data.split())),
    "another phone": (Kind.ALTERED, GUIDE, lambda data: data.replace("临时救助".encode(), "临时补助".encode())),
    "without quotes": (Kind.ALTERED, GUIDE, lambda data: data.replace(b'"', b"")),
    "a byte of an index changed": (Kind.ALTERED, INDEX, lambda data: data[:90] + b"\x00" + data[91:]),
    "another page of the portal": (Kind.ALTERED, GUIDE, lambda data: HOME),
    "a page that says in words that there is none": (Kind.MISSING, GUIDE, lambda data: NOTFOUND),
    "a page in the place of a style": (Kind.MISSING, STYLE, lambda data: HOME),
    "a captcha": (Kind.BLOCKED, GUIDE, lambda data: CAPTCHA),
    "a captcha in the place of a script": (Kind.BLOCKED, SCRIPT, lambda data: CAPTCHA),
    "a page that only a script goes on from": (
        Kind.BLOCKED,
        GUIDE,
        lambda data: b"<html><head><script>var _0x1f=['x'];eval(_0x1f)</script></head><body></body></html>",
    ),
    "a log-in": (
        Kind.BLOCKED,
        GUIDE,
        lambda data: "<html><title>登录</title><form><input type=password></form>".encode(),
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_was_done_to_a_file_is_named(what: str, town_files: Files, reference: Reference) -> None:
    kind, path, change = CHANGED[what]
    assert change(town_files[path]) != town_files[path]

    verdict = classify(path, ours_as(change, town_files, path), reference, Nowhere())

    assert verdict.kind is kind, verdict


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, NOTFOUND, Kind.MISSING),
        (410, b"", Kind.MISSING),
        (404, ALIYUN, Kind.BLOCKED),
        (403, b"<h1>403 Forbidden</h1>", Kind.BLOCKED),
        (405, ALIYUN, Kind.BLOCKED),
        (412, b"<html><script>$_ts=window</script></html>", Kind.BLOCKED),
        (400, b"bad", Kind.BLOCKED),
        (401, b"", Kind.BLOCKED),
        (429, b"slow down", Kind.BLOCKED),
        (493, b"", Kind.BLOCKED),
        (501, b"", Kind.BLOCKED),
        (503, b"", Kind.BLOCKED),
        (521, b"<script>document.cookie='__jsl_clearance=1'</script>", Kind.BLOCKED),
        (500, b"", Kind.UNREACHABLE),
        (502, b"<h1>Bad Gateway</h1>", Kind.UNREACHABLE),
        (502, "<h1>您的请求已被防火墙拦截</h1>".encode(), Kind.BLOCKED),
        (204, b"", Kind.TRUNCATED),
    ],
)
def test_a_status_says_what_became_of_a_file(status: int, body: bytes, kind: Kind, reference: Reference) -> None:
    assert classify(GUIDE, answer(GUIDE, body, status), reference, Nowhere()).kind is kind


def test_a_file_of_the_release_before_is_stale_and_says_of_which(older_town_files: Files, reference: Reference) -> None:
    body = older_town_files[GUIDE]

    for form in (body, body.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + body, body.decode().encode("gb18030")):
        verdict = classify(GUIDE, answer(GUIDE, form), reference, Nowhere())
        assert (verdict.kind, verdict.releases) == (Kind.STALE, (reference.others[0].name,))


def test_all_that_is_wrong_with_one_file_is_told(
    town_files: Files, older_town_files: Files, reference: Reference
) -> None:
    old = older_town_files[GUIDE].replace(b"\n", b"\r\n")
    stale = classify(GUIDE, answer(GUIDE, old, type="text/html; charset=gb2312"), reference, Nowhere())
    injected = older_town_files[GUIDE].replace(b"</body>", BAR + b"</body>")
    hacked = classify(GUIDE, answer(GUIDE, injected, type="text/plain"), reference, Nowhere())

    assert [one.kind for one in (stale, *stale.also)] == [Kind.STALE, Kind.EOL, Kind.WRONG_CHARSET]
    assert [one.kind for one in (hacked, *hacked.also)] == [Kind.INJECTED, Kind.STALE, Kind.WRONG_TYPE]
    assert [cause.kind for cause in causes_of([stale, hacked])] == [
        Kind.INJECTED,
        Kind.STALE,
        Kind.WRONG_CHARSET,
        Kind.EOL,
        Kind.WRONG_TYPE,
    ]


def test_what_was_put_into_a_page_is_shown_from_tag_to_tag(town_files: Files, reference: Reference) -> None:
    page = town_files[GUIDE].replace(b"<script", SCRIPT_TAG + b"<script", 1).replace(b"</body>", BAR + b"</body>")

    verdict = classify(GUIDE, answer(GUIDE, page), reference, Nowhere())

    assert verdict.detail == f"{SCRIPT_TAG.decode()} … {BAR.decode()}"


WRONG_TYPES = [
    (GUIDE, "text/plain"),
    (GUIDE, "application/octet-stream"),
    (STYLE, "text/plain"),
    (STYLE, "text/html"),
    (SCRIPT, "text/plain"),
    (SCRIPT, "application/octet-stream"),
    (SCRIPT, ""),
    (ICON, "text/xml"),
    (DATA, "text/html; charset=utf-8"),
    (INDEX, "text/html"),
    (INDEX, "text/plain"),
]


@pytest.mark.parametrize(("path", "type"), WRONG_TYPES)
def test_a_type_that_spoils_a_file_is_named(path: str, type: str, town_files: Files, reference: Reference) -> None:
    assert classify(path, answer(path, town_files[path], type=type), reference, Nowhere()).kind is Kind.WRONG_TYPE


GOOD = [
    (GUIDE, "text/html; charset=UTF-8", {}),
    (GUIDE, 'text/html;charset="utf-8"', {}),
    (GUIDE, "TEXT/HTML", {}),
    (GUIDE, "", {}),
    (SCRIPT, "application/javascript", {}),
    (SCRIPT, "application/x-javascript; charset=utf8", {}),
    (STYLE, "text/css; charset=UTF8", {}),
    (DATA, "application/json;charset=utf-8", {}),
    (INDEX, "", {}),
    (INDEX, "application/octet-stream", {}),
    (INDEX, "application/wasm", {}),
    (ICON, "image/svg+xml", {"etag": 'W/"5f-18"', "x-content-type-options": "nosniff"}),
]


@pytest.mark.parametrize(("path", "type", "headers"), GOOD)
def test_what_browsers_take_is_well(
    path: str, type: str, headers: dict[str, str], town_files: Files, reference: Reference
) -> None:
    assert classify(path, answer(path, town_files[path], type=type, headers=headers), reference, Nowhere()) == Verdict(
        path, Kind.OK
    )


def test_another_encoding_in_the_header_spoils_a_page(town_files: Files, reference: Reference) -> None:
    for type in ("text/html; charset=gbk", "text/html; charset=GB2312", "text/html;charset=iso-8859-1"):
        verdict = classify(GUIDE, answer(GUIDE, town_files[GUIDE], type=type), reference, Nowhere())
        assert verdict.kind is Kind.WRONG_CHARSET


@pytest.mark.parametrize(
    ("declared", "pack", "kind"),
    [
        ("gzip", gzip.compress, Kind.OK),
        ("x-gzip", gzip.compress, Kind.OK),
        ("GZIP", gzip.compress, Kind.OK),
        ("identity", bytes, Kind.OK),
        ("deflate", zlib.compress, Kind.OK),
        ("deflate", lambda data: zlib.compress(data, wbits=-15), Kind.OK),
        ("gzip", lambda data: gzip.compress(data[:999]) + gzip.compress(data[999:]), Kind.OK),
        ("gzip", lambda data: gzip.compress(gzip.compress(data)), Kind.DOUBLE_GZIP),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data)), Kind.DOUBLE_GZIP),
        ("gzip, gzip", gzip.compress, Kind.DOUBLE_GZIP),
        ("gzip", bytes, Kind.BAD_CODING),
        ("br", bytes, Kind.BAD_CODING),
        ("gzip", lambda data: gzip.compress(data)[:-400], Kind.TRUNCATED),
    ],
)
def test_packing_is_undone_as_declared(
    declared: str, pack: Callable[[bytes], bytes], kind: Kind, town_files: Files, reference: Reference
) -> None:
    response = answer(GUIDE, pack(town_files[GUIDE]), headers={"Content-Encoding": declared})

    assert classify(GUIDE, response, reference, Nowhere()).kind is kind


def test_an_index_that_the_browser_unpacks_is_well_as_pagefind_reads_both(
    town_files: Files, reference: Reference
) -> None:
    response = answer(INDEX, town_files[INDEX], headers={"Content-Encoding": "gzip"})

    assert classify(INDEX, response, reference, Nowhere()).kind is Kind.OK


def test_our_own_pages_in_the_place_of_a_file_say_that_it_is_missing(town_files: Files, reference: Reference) -> None:
    for page in ("404.html", "index.html"):
        assert classify(GUIDE, answer(GUIDE, town_files[page]), reference, Nowhere()).kind is Kind.MISSING


def test_the_page_for_any_address_says_that_a_file_is_missing(reference: Reference) -> None:
    lines = "".join(f"<li><a href='/{n}/'>栏目{n}</a></li>" for n in range(30))
    page = f"<html><title>门户</title><body><ul>{lines}</ul><p>%s</p></body></html>"

    nowhere = Nowhere((page % "/bszn/meiyou.html").encode())

    assert classify(GUIDE, answer(GUIDE, (page % GUIDE).encode()), reference, nowhere).kind is Kind.MISSING


@pytest.mark.parametrize(
    ("hops", "address", "target", "kind"),
    [
        ((f"{BASE}{GUIDE}",), f"{BASE}items/linshi-jiuzhu", "", Kind.OK),
        ((f"{BASE}{GUIDE}",), f"{BASE}linshi-jiuzhu.html", "", Kind.REDIRECTED),
        (
            (f"{BASE}{GUIDE}", f"http://www.example.gov.cn/bszn/{GUIDE}"),
            f"{BASE}{GUIDE}",
            f"{BASE}{GUIDE}",
            Kind.REDIRECTED,
        ),
        ((), f"{BASE}{GUIDE}", "https://sso.example.gov.cn/login?to=1", Kind.REDIRECTED),
        ((), f"{BASE}{GUIDE}", "https://www.example.com/", Kind.REDIRECTED),
    ],
)
def test_a_redirect_is_well_if_it_stays_in_the_folder(
    hops: tuple[str, ...], address: str, target: str, kind: Kind, town_files: Files, reference: Reference
) -> None:
    status = 302 if target else 200
    response = Response(status, (("content-type", "text/html"),), town_files[GUIDE], address, hops=hops, target=target)

    assert classify(GUIDE, response, reference, Nowhere()).kind is kind


@pytest.mark.parametrize("trouble", Trouble)
def test_no_answer_is_told_as_such(trouble: Trouble, reference: Reference) -> None:
    failed: Answer = Unreached(trouble, "")

    assert classify(GUIDE, failed, reference, Nowhere()).kind is Kind.UNREACHABLE


def test_a_file_that_leads_to_where_nothing_is_says_where(reference: Reference) -> None:
    away = Response(
        404, (("content-type", "text/html"),), NOTFOUND, "http://localhost/error/404", hops=(f"{BASE}{GUIDE}",)
    )

    verdict = classify(GUIDE, away, reference, Nowhere())

    assert verdict.kind is Kind.MISSING
    assert verdict.detail == "转到 http://localhost/error/404，那里是 404"
