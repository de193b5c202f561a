"""The story of a verification: `verify` looks at a live site and says how far it is the release that it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit

from builder.publish.artifact import MANIFEST
from builder.release.release import Release, release_named, releases_in
from builder.support.failure import CONTENT_ERRORS, MACHINE_ERROR, OK, USAGE_ERROR
from builder.support.processes import Progress
from builder.verification.addresses import find_nowhere
from builder.verification.answers import SPARE, Response, decoded
from builder.verification.causes import Cause, causes_of
from builder.verification.checks import check_host
from builder.verification.classify import classify
from builder.verification.fetching import Access, Fetcher
from builder.verification.gone import check_gone
from builder.verification.host import Host
from builder.verification.host_finding import HostFinding, Level
from builder.verification.journal import Journal
from builder.verification.location import NoSite, base_of, locate
from builder.verification.pace import Manners, Pace
from builder.verification.reference import Reference
from builder.verification.sampling import entries_of, files_to_see
from builder.verification.verdict import Kind, Verdict
from builder.verification.walk import Walked, walk

CACHE_ASKED = 3  # stale files of which the copy behind the cache is asked for


@dataclass(frozen=True)
class Verification:
    """What was found at `base` at a time: the verdicts of the files that were looked at, and the findings about the host.

    `live` is the other release that the site holds as a whole, None if there is none. `unseen` are files that were left alone
    because the host let nobody in any more. `requests` counts all that was asked. `known` counts the files that an unfinished
    verification had found right shortly before, and that were not looked at again.
    """

    base: str
    release: Release
    now: datetime
    verdicts: Mapping[str, Verdict]
    unseen: Sequence[str]
    findings: Sequence[HostFinding]
    live: Release | None
    requests: int
    known: int = 0

    @cached_property
    def causes(self) -> list[Cause]:
        """What is wrong with files, by cause, the gravest first."""
        return causes_of(self.verdicts.values(), is_another_release=self.live is not None)

    @property
    def wrong(self) -> list[Verdict]:
        """The verdicts of all files that are not as they should be."""
        return [verdict for verdict in self.verdicts.values() if verdict.kind is not Kind.OK]

    @property
    def blocked(self) -> list[str]:
        """The files that the host gave to nobody."""
        return [verdict.path for verdict in self.wrong if verdict.kind in (Kind.BLOCKED, Kind.UNREACHABLE)]

    @property
    def to_mend(self) -> list[HostFinding]:
        """The findings about the host that ask for something."""
        return [finding for finding in self.findings if finding.level is not Level.NOTE]

    @property
    def exit_code(self) -> int:
        """0 if all is well, 1 if something is to be mended, 3 if no file could be reached at all."""
        if self.verdicts and all(verdict.kind is Kind.UNREACHABLE for verdict in self.verdicts.values()):
            return MACHINE_ERROR
        return CONTENT_ERRORS if self.wrong or self.unseen or self.to_mend else OK


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be verified: the release of a name, or the beginning or the end of one, "" for the newest; how many files, None for all."""

    url: str = ""
    release: str = ""
    sample: int | None = None


def verify(
    site: Path,
    wanted: Wanted,
    now: datetime,
    progress: Progress,
    access: Access | None = None,
    manners: Manners | None = None,
) -> Verification:
    """Compare a live site with a release that lies in the folder of a site.

    Raises `BadRelease` without such a release, `NoSite` if the address is none or nobody answers there.
    """
    reference = _reference(site, wanted.release)
    pace = Pace(manners or Manners())
    asked = wanted.url or reference.release.base_url
    if not asked:
        raise NoSite("没有说是哪个网站", "写上网址：build.py verify https://www.example.gov.cn/bszn/", USAGE_ERROR)
    location = locate(base_of(asked), access or Access(), pace, now)
    try:
        with Fetcher(location.access) as fetcher:
            host = Host(location.base, reference, fetcher, pace)
            nowhere, findings = find_nowhere(host)
            host = replace(host, nowhere=nowhere)
            findings = [*location.findings, *findings, *check_host(host)]
        paths = files_to_see(reference.release, wanted.sample)
        # A sample is quick, and looks for what has changed since: it takes nothing over.
        walked = _walk(host, paths, location.access, site / ".cache", now, progress, goes_on=wanted.sample is None)
        live = live_release(walked.verdicts, reference)
        with Fetcher(location.access) as again:
            host = replace(host, fetcher=again)
            if not walked.unseen:
                findings += _behind_the_cache(host, walked.verdicts)
                findings += [] if live else _unknown_release(host, walked.verdicts)
                findings += [] if live else check_gone(host)
            requests = walked.requests + fetcher.asked + again.asked
    finally:
        reference.close()
    findings += _proxy(location.base, location.access)
    findings.sort(key=lambda finding: list(Level).index(finding.level))
    return Verification(
        location.base, reference.release, now, walked.verdicts, walked.unseen, findings, live, requests, walked.known
    )


def _reference(site: Path, name: str) -> Reference:
    release = release_named(site, name)
    return Reference(site, release, [one for one in releases_in(site) if one.name != release.name])


def _walk(
    host: Host, paths: Sequence[str], access: Access, cache: Path, now: datetime, progress: Progress, *, goes_on: bool
) -> Walked:
    """Look at the files, the entry points first: where none of them is reached, nothing else is asked for.

    With `goes_on`, what an unfinished walk found right is taken over, the entry points apart.
    """
    release = host.reference.release
    entries = entries_of(release)
    step = progress("verify", len(paths))
    with Journal(cache, host.base, release.name, now) as journal:

        def on_verdict(verdict: Verdict) -> None:
            step(1)
            if verdict.kind is Kind.OK and goes_on:
                journal.note(verdict.path)

        known = {
            path: Verdict(path, Kind.OK) for path in paths if goes_on and path in journal.right and path not in entries
        }
        step(len(known))
        rest = [path for path in paths if path not in known]
        seen: dict[str, Verdict] = dict(known)
        unseen: tuple[str, ...] = ()
        requests = 0
        for some in ([path for path in rest if path in entries], [path for path in rest if path not in entries]):
            walked = walk(host.base, some, host.reference, host.nowhere, access, host.pace, on_verdict)
            seen |= walked.verdicts
            unseen += walked.unseen
            requests += walked.requests
            if seen and all(verdict.kind is Kind.UNREACHABLE for verdict in seen.values()):
                break
        if not unseen and goes_on:
            journal.end()
    return Walked({path: seen[path] for path in paths if path in seen}, unseen, requests, len(known))


def live_release(verdicts: Mapping[str, Verdict], reference: Reference) -> Release | None:
    """Return the other release that is on the site as a whole, as far as it was looked at; None if none is.

    Files which it has not may be there all the same: a release that was rolled back leaves them.
    """
    files = reference.release.files

    def is_of(other: Release, verdict: Verdict) -> bool:
        there = other.files.get(verdict.path)
        if there is None:
            return verdict.kind in (Kind.OK, Kind.MISSING)
        if verdict.kind is Kind.OK:
            return there.digest == files[verdict.path].digest
        return other.name in verdict.releases

    for other in reference.others:
        if any(other.name in verdict.releases for verdict in verdicts.values()):
            if all(is_of(other, verdict) for verdict in verdicts.values()):
                return other
    return None


def _behind_the_cache(host: Host, verdicts: Mapping[str, Verdict]) -> list[HostFinding]:
    """Tell a cache that keeps what is old from a host that has nothing new: a query passes most caches."""
    stale = [verdict.path for verdict in verdicts.values() if verdict.kind is Kind.STALE][:CACHE_ASKED]
    new = 0
    for path in stale:
        answer = host.ask(f"{quote(path)}?{host.reference.release.files[path].digest[:8]}")
        new += classify(path, answer, host.reference, host.nowhere).kind is Kind.OK
    if not new:
        return []
    says = "旧文件的网址后面加上问号再取，就是新的：文件已经换了，是缓存（CDN）没有刷新。"
    return [HostFinding("cdn-cache", Level.FAULT, says, "请在 CDN 和防篡改系统里刷新这个文件夹的缓存。")]


def _unknown_release(host: Host, verdicts: Mapping[str, Verdict]) -> list[HostFinding]:
    """Tell if the site says itself that it is one of which there is no release here."""
    if MANIFEST not in verdicts or verdicts[MANIFEST].kind is not Kind.ALTERED:
        return []
    answer = host.file(MANIFEST)
    found = (
        re.match(rb'\s*{"digest": "([0-9a-f]{64})"', decoded(answer, SPARE).body)
        if isinstance(answer, Response)
        else None
    )
    if found is None:
        return []
    number = found[1][:8].decode()
    known = [one.name for one in (host.reference.release, *host.reference.others) if one.name.endswith(number)]
    if known:
        return []
    says = f"网站说自己的版号是 {number}（{MANIFEST} 的第一行），releases 里没有这个发布包。"
    return [
        HostFinding("unknown-release", Level.FAULT, says, f"请把发布包 {host.reference.release.name} 完整地上传一遍。")
    ]


def _proxy(base: str, access: Access) -> list[HostFinding]:
    proxy = access.proxy_for(urlsplit(base))
    if proxy is None:
        return []
    at = proxy.netloc.rpartition("@")[2]
    return [
        HostFinding(
            "proxy",
            Level.NOTE,
            f"是经过代理 {at} 看的（环境变量 {urlsplit(base).scheme}_proxy），和群众看到的可能不一样。",
        )
    ]
