"""Where a site is: its address, followed to where it is served, and whether the certificate there is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit, urlunsplit

from builder.support.failure import MACHINE_ERROR, USAGE_ERROR, Failure
from builder.verification.answers import Answer, Trouble, Unreached
from builder.verification.classify import TROUBLES
from builder.verification.fetching import Access, Fetcher
from builder.verification.host_finding import HostFinding, Level
from builder.verification.pace import Pace

SOON = timedelta(days=30)
MOVES = 3  # from one host to the next


class NoSite(Failure):
    """An address is none, or nobody answers there."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where the site is served: `base` ends with ``/``. `access` asks for no good certificate where there is none."""

    base: str
    access: Access
    findings: tuple[HostFinding, ...]


def base_of(url: str) -> str:
    """Return the address of the folder of a site, from what somebody wrote. Raises `NoSite`."""
    hint = "写成 https://www.example.gov.cn/bszn/ 这样，首页所在的文件夹。"
    try:
        split = urlsplit(url.strip())
        host, port = split.hostname or "", split.port
        name = host.encode("ascii" if host.isascii() else "idna").decode()
    except ValueError:  # a port that is no number, a name that none can have
        raise NoSite(f"“{url}”不是网址", hint, USAGE_ERROR) from None
    if split.scheme.lower() not in ("http", "https") or not name:
        raise NoSite(f"“{url}”不是完整的网址", hint, USAGE_ERROR)
    if split.username or split.query or split.fragment:
        raise NoSite(f"“{url}”里不能有账号、问号和井号", hint, USAGE_ERROR)
    path = split.path or "/"
    if path.endswith((".html", ".htm")):
        path = path[: path.rindex("/") + 1]
    shown = f"[{name}]" if ":" in name else name
    netloc = f"{shown}:{port}" if port else shown
    return urlunsplit((split.scheme.lower(), netloc, f"{quote(path, safe='/%~').rstrip('/')}/", "", ""))


def locate(base: str, access: Access, pace: Pace, now: datetime) -> Location:
    """Return where a site is served. Raises `NoSite` if nobody answers."""
    findings: list[HostFinding] = []
    asked = base
    for _ in range(MOVES):
        with Fetcher(access) as fetcher:
            answer = pace.ask(fetcher, base)
            ends = fetcher.certificate_ends
        if isinstance(answer, Unreached):
            if answer.trouble is not Trouble.CERTIFICATE or not access.verified:
                raise NoSite(f"{urlsplit(base).netloc} {TROUBLES[answer.trouble]}", _hint(answer), MACHINE_ERROR)
            findings.append(_bad_certificate(answer, base))
            access = access.unverified()
            continue
        target = _moved_to(answer, base)
        if not target:
            break
        base = target
    else:
        ends = None
    if base != asked:
        findings.append(HostFinding("moved", Level.NOTE, f"{asked} 转到 {base}，以下看的是后一个。"))
    if ends is not None and ends - now <= SOON:
        findings.append(_ends_soon(ends, now))
    return Location(base, access, tuple(findings))


def _moved_to(answer: Answer, base: str) -> str:
    """Return where the whole site is, if the answer came from there or leads there; "" if it is where it was asked for."""
    if isinstance(answer, Unreached):
        return ""
    end = urlsplit(answer.target or answer.address)
    begin = urlsplit(base)
    if answer.target and answer.target in (*answer.hops, answer.address):
        return ""
    if end.scheme not in ("http", "https") or end.path.removesuffix("index.html") != begin.path or end.query:
        return ""
    moved = urlunsplit((end.scheme, end.netloc, begin.path, "", ""))
    return moved if moved != base else ""


def _hint(answer: Unreached) -> str:
    match answer.trouble:
        case Trouble.NAME:
            return "看网址写对没有；写对了，请管域名的人看解析，也看这台电脑能不能上网。"
        case Trouble.REFUSED:
            return "看网址的端口写对没有；写对了，请运维的人看网站服务开着没有、防火墙放行没有。"
        case Trouble.TIMEOUT:
            return "可能是防火墙不放行这台电脑的地址。换个网络再试，或请运维的人看。"
        case Trouble.TLS:
            return "这个端口可能不是 https 的，或服务器只会旧的加密方式（TLS 1.2 以前）。请运维的人看。"
        case _:
            return "过一会儿再试；总是这样，请运维的人看服务器。"


# Numbers of OpenSSL's x509_vfy.h.
CERTIFICATES: dict[int, tuple[str, str, str]] = {
    9: ("not-yet-valid", "证书还没到生效的日子", "看服务器的时间对不对，证书是不是装早了。"),
    10: ("expired", "证书过期了", "马上换新证书；以后到期前一个月就换。"),
    18: ("self-signed", "证书是服务器自己签的，浏览器不认", "换成正规机构签发的证书。"),
    19: ("unknown-issuer", "证书是不认得的机构签的", "换成浏览器认得的机构签发的证书。"),
    20: (
        "unknown-issuer",
        "证书的签发机构不认得，或服务器没有把中间证书一起发出来",
        "把证书链（中间证书）补全；已经是全的，换成浏览器认得的机构签发的证书。",
    ),
    21: ("unknown-issuer", "证书链不全，看不出是谁签的", "把证书链（中间证书）补全。"),
    23: ("revoked", "证书已经吊销", "换新证书。"),
    62: ("wrong-name", "证书不是这个域名的", "换成写着这个域名的证书；有“www”和没有“www”的都要写上。"),
    64: ("wrong-name", "证书不是这个地址的", "换成写着这个地址的证书。"),
}


def _bad_certificate(answer: Unreached, base: str) -> HostFinding:
    check, says, fix = CERTIFICATES.get(answer.code, ("certificate", f"证书通不过（{answer.says}）", "换证书。"))
    says = f"{urlsplit(base).netloc}：{says}。浏览器会拦住，群众打不开。"
    return HostFinding(f"certificate-{check}", Level.FAULT, says, f"请{fix}")


def _ends_soon(ends: datetime, now: datetime) -> HostFinding:
    left = max(0, (ends - now).days)
    day = ends.astimezone(now.tzinfo).date()
    return HostFinding(
        "certificate-ends-soon", Level.WARNING, f"证书 {day} 到期，还有 {left} 天。", "请在到期以前换上新证书。"
    )
