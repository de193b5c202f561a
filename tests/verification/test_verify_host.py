"""What a host does with a site as a whole is asked, and what is not right is said with what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from live_host import Asked, Fault, Reply, Town, released
from site_folder import Files

from builder.cli.console import no_progress
from builder.verification.addresses import other_scheme
from builder.verification.answers import Response, Trouble, Unreached
from builder.verification.fetching import Access, Fetcher
from builder.verification.host import Host
from builder.verification.host_finding import HostFinding, Level
from builder.verification.location import NoSite, base_of
from builder.verification.pace import Manners, Pace
from builder.verification.reference import Reference
from builder.verification.verification import Wanted, verify

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
QUICK = Manners(pause=0, first_wait=0.01)


def asked_about(town: Town) -> dict[str, Level]:
    """Return what was found about the host, with a few files looked at, all of which are right."""
    found = verify(town.folder, Wanted(town.host.url, sample=3), NOW, no_progress, manners=QUICK)
    assert found.wrong == []
    return {finding.check: finding.level for finding in found.findings}


def with_header(name: str, value: str, extension: str = "html") -> Fault:
    def fault(asked: Asked, reply: Reply) -> Reply | None:
        path = asked.path or "index.html"
        return replace(reply, headers={**reply.headers, name: value}) if path.endswith(extension) else None

    return fault


def for_queries(status: int) -> Fault:
    return lambda asked, reply: Reply(status, {}, b"") if asked.query.startswith(("v=", "q=")) else None


FAULTS: dict[str, tuple[Fault, dict[str, Level]]] = {
    "search scripts may not be made": (
        with_header("Content-Security-Policy", "default-src 'self'; object-src 'none'"),
        {"csp": Level.FAULT},
    ),
    "no script at all": (with_header("Content-Security-Policy", "script-src 'none'"), {"csp": Level.FAULT}),
    "styles of another host only": (
        with_header("Content-Security-Policy", "style-src https://cdn.example.cn"),
        {"csp": Level.FAULT},
    ),
    "a second policy": (
        with_header("Content-Security-Policy", "img-src *\nscript-src 'unsafe-eval'"),
        {"csp": Level.FAULT},
    ),
    "pages are kept for a week": (
        with_header("Cache-Control", "public, max-age=604800"),
        {"cache-html": Level.WARNING},
    ),
    "pages expire in a year": (
        with_header("Expires", "Wed, 01 Dec 2100 00:00:00 GMT"),
        {"cache-html": Level.WARNING},
    ),
    "queries are refused": (for_queries(403), {"query": Level.FAULT, "chinese-query": Level.FAULT}),
    "queries lead nowhere": (for_queries(404), {"query": Level.FAULT, "chinese-query": Level.FAULT}),
    "wrong addresses go home": (
        lambda asked, reply: Reply(302, {"Location": "/bszn/"}, b"") if reply.status == 404 else None,
        {"soft-404": Level.WARNING},
    ),
    "wrong addresses have another page": (
        lambda asked, reply: (
            Reply(404, {"Content-Type": "text/html"}, b"<h1>404</h1>") if reply.status == 404 else None
        ),
        {"404-page": Level.NOTE},
    ),
    "the folder shows a portal": (
        lambda asked, reply: Reply(200, {"Content-Type": "text/html"}, b"<h1>portal</h1>") if not asked.path else None,
        {"folder-index": Level.FAULT},
    ),
    "the folder is refused": (
        lambda asked, reply: Reply(403, {}, b"") if not asked.path else None,
        {"folder-index": Level.FAULT},
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_what_a_host_does_wrong_is_named(what: str, town: Town) -> None:
    fault, found = FAULTS[what]
    town.host.faults.append(fault)

    assert asked_about(town) == found


GOOD: dict[str, Fault] = {
    "a policy that fits": with_header(
        "Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'self'"
    ),
    "a policy that only reports": with_header("Content-Security-Policy-Report-Only", "default-src 'none'"),
    "pages asked for anew each time": with_header("Cache-Control", "no-cache, max-age=604800"),
    "pages kept for ten minutes": with_header("Cache-Control", "max-age=600"),
    "pages kept by the CDN": with_header("Cache-Control", "max-age=60, s-maxage=604800"),
    "assets kept for a year": with_header("Cache-Control", "max-age=31536000, immutable", ".css"),
    "framing and sniffing forbidden": with_header("X-Frame-Options", "DENY"),
    "chunks": lambda asked, reply: replace(reply, headers={**reply.headers, "Transfer-Encoding": "chunked"}),
    "small headers": lambda asked, reply: replace(reply, headers={k.lower(): v for k, v in reply.headers.items()}),
    "pretty addresses": lambda asked, reply: (
        Reply(301, {"Location": "./"}) if asked.path == "index.html" and not asked.query else None
    ),
}


@pytest.mark.parametrize("what", GOOD)
def test_what_a_good_host_does_is_no_fault(what: str, town: Town) -> None:
    town.host.faults.append(GOOD[what])

    assert asked_about(town) == {}


def test_texts_that_come_unpacked_are_a_warning(town: Town) -> None:
    town.host.packs = False

    assert asked_about(town) == {"compression": Level.WARNING}


def test_a_folder_that_shows_its_files_is_a_warning(town: Town) -> None:
    def listing(asked: Asked, reply: Reply) -> Reply | None:
        if not asked.path.endswith("/"):
            return None
        names = [path for path in town.host.files if path.startswith(asked.path)]
        links = "".join(f'<a href="/bszn/{path}">{path.rpartition("/")[2]}</a>' for path in names)
        return Reply(200, {"Content-Type": "text/html"}, f"<pre>[转到父目录]{links}</pre>".encode())

    town.host.faults.append(listing)

    assert asked_about(town) == {"listing": Level.WARNING}


def test_the_address_without_a_slash_has_to_lead_to_the_one_with(town: Town) -> None:
    home = town.host.files["index.html"]
    town.host.bare = Reply(200, {"Content-Type": "text/html"}, home)

    assert asked_about(town) == {"slash": Level.FAULT}


def test_files_of_the_release_before_may_stay_and_older_ones_may_not(town: Town, town_files: Files) -> None:
    oldest = {**town_files, "items/geng-lao.html": "<!doctype html><p>更老的事项</p>".encode()}
    released(town.folder, oldest, "2026-09-01")
    town.host.files["items/geng-lao.html"] = oldest["items/geng-lao.html"]
    town.host.files["items/jiu-shixiang.html"] = "<!doctype html><p>已取消的事项</p>".encode()

    assert asked_about(town) == {"gone-long-ago": Level.WARNING, "gone-lately": Level.NOTE}


def test_a_cache_that_keeps_old_files_is_told_from_files_that_are_old(town: Town, older_town_files: Files) -> None:
    page = "items/linshi-jiuzhu.html"

    def cached(asked: Asked, reply: Reply) -> Reply | None:
        return replace(reply, body=older_town_files[page]) if asked.path == page and not asked.query else None

    town.host.faults.append(cached)
    found = verify(town.folder, Wanted(town.host.url), NOW, no_progress, manners=QUICK)

    assert [verdict.path for verdict in found.wrong] == [page]
    assert [finding.check for finding in found.findings] == ["cdn-cache"]


def host_with(base: str, address: str, answer: Response | Unreached, town: Town) -> Host:
    host = Host(base, Reference(town.folder, town.newer, ()), Fetcher(Access()), Pace(QUICK))
    host._answers[address, "gzip"] = answer
    return host


@pytest.mark.parametrize(
    ("base", "other", "answer", "says"),
    [
        ("https://a.gov.cn/", "http://a.gov.cn/", Response(200, (), b"", "https://a.gov.cn/"), ""),
        ("https://a.gov.cn/", "http://a.gov.cn/", Response(200, (), b"", "http://a.gov.cn/"), "没有转到 https"),
        ("https://a.gov.cn/", "http://a.gov.cn/", Unreached(Trouble.REFUSED, ""), "用 http 打不开"),
        ("http://a.gov.cn/", "https://a.gov.cn/", Unreached(Trouble.CERTIFICATE, ""), "没有 https"),
        ("http://a.gov.cn/", "https://a.gov.cn/", Response(200, (), b"", "https://a.gov.cn/"), "用 https 也能看"),
    ],
)
def test_the_other_scheme_is_tried(base: str, other: str, answer: Response | Unreached, says: str, town: Town) -> None:
    found: list[HostFinding] = list(other_scheme(host_with(base, other, answer, town)))

    assert [one.level for one in found] == ([Level.NOTE] if says else [])
    assert all(says in one.says for one in found)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://www.example.gov.cn", "https://www.example.gov.cn/"),
        ("HTTPS://www.Example.gov.cn:8443/bszn", "https://www.example.gov.cn:8443/bszn/"),
        ("http://www.example.gov.cn/bszn/index.html", "http://www.example.gov.cn/bszn/"),
        ("http://办事.政务/指南/", "http://xn--3kq12h.xn--zfr164b/%E6%8C%87%E5%8D%97/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
    ],
)
def test_an_address_is_that_of_a_folder(url: str, base: str) -> None:
    assert base_of(url) == base


@pytest.mark.parametrize(
    "url",
    ["", "www.example.gov.cn", "ftp://a.cn/", "http://", "http://a.cn:x/", "http://a.cn/?q=1", "http://u:p@a.cn/"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(NoSite):
        base_of(url)
