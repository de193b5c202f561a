"""Asks a host for one file at a time, over a connection that is kept.

`http.client` of the standard library, because all that other clients do for one's comfort hides what is to be seen here:
they unpack bodies, follow redirects, try again, and put every trouble with a certificate into one exception.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from builder.verification.answers import SPARE, Answer, Response, Trouble, Unreached

# It says who asks; the first word is there because many firewalls let nobody in without it.
AGENT = "Mozilla/5.0 (compatible; banshizhinan-verify; +build.py verify)"
HOPS = 5
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST = 90  # seconds for one body


@dataclass(frozen=True, slots=True)
class Access:
    """How a host is asked. `seconds` to wait for each piece; without `verified` any certificate will do.

    `proxies` by scheme, as the environment has them (``http_proxy``, ``https_proxy``, ``no_proxy``).
    """

    seconds: float = 20
    verified: bool = True
    proxies: Mapping[str, str] | None = None

    def unverified(self) -> Access:
        """Return the same access with any certificate."""
        return replace(self, verified=False)

    def proxy_for(self, address: SplitResult) -> SplitResult | None:
        """Return the proxy for an address. This machine itself is never asked through one, as in Go's net/http."""
        proxies = getproxies() if self.proxies is None else self.proxies
        found = proxies.get(address.scheme)
        host = address.hostname or ""
        if not found or _is_loopback(host) or proxy_bypass(host):
            return None
        return urlsplit(found if "//" in found else f"http://{found}")


class Fetcher:
    """One connection to a host, opened when it is first needed and whenever it was lost."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.asked = 0
        self.certificate_ends: datetime | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._place: tuple[str, str] = ("", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def follow(self, address: str, size: int = 0, accept: str = "gzip") -> Answer:
        """Return the answer in the end. Redirects within the host are followed, up to `HOPS`.

        Where one leads to another host, in a circle or too far, the answer is that redirect, with its `target`.
        """
        hops: list[str] = []
        host = urlsplit(address).hostname
        while True:
            answer = self.get(address, size, accept)
            if isinstance(answer, Unreached):
                return answer
            answer = replace(answer, hops=tuple(hops))
            if answer.status not in REDIRECTS or not answer.header("location"):
                return answer
            target = urljoin(address, _ascii(answer.all("location")[0])).partition("#")[0]
            hops.append(address)
            split = urlsplit(target)
            if split.hostname != host or split.scheme not in ("http", "https") or target in hops or len(hops) > HOPS:
                return replace(answer, target=target)
            address = target

    def get(self, address: str, size: int = 0, accept: str = "gzip") -> Answer:
        """Return the answer to one request, of a body that should have `size` bytes."""
        url = urlsplit(address)
        try:
            was_open = self._open(url)
            answer = self._ask(url, address, size, accept)
            if was_open and isinstance(answer, Unreached) and answer.trouble is Trouble.RESET:
                self._open(url)  # a kept connection may be closed by the host at any moment
                answer = self._ask(url, address, size, accept)
        except ValueError as error:  # an address or a header that the library refuses
            self.close()
            return Unreached(Trouble.PROTOCOL, str(error))
        if isinstance(answer, Unreached):
            self.close()
        return answer

    def _open(self, url: SplitResult) -> bool:
        """Have a connection for an address; return whether there was one."""
        place = (url.scheme, url.netloc)
        if self._connection is not None and self._place == place:
            return self._connection.sock is not None
        self.close()
        host, port = url.hostname or "", url.port
        proxy = self.access.proxy_for(url)
        through = (proxy.hostname or "", proxy.port or 80) if proxy else None
        at, at_port = through or (host, port)
        if url.scheme == "https":
            context = ssl.create_default_context()
            if not self.access.verified:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            made: http.client.HTTPConnection = http.client.HTTPSConnection(
                at, at_port, timeout=self.access.seconds, context=context
            )
            if through:
                made.set_tunnel(host, port or 443, _credentials(proxy))
        else:
            made = http.client.HTTPConnection(at, at_port, timeout=self.access.seconds)
        self._connection, self._place = made, place
        return False

    def _ask(self, url: SplitResult, address: str, size: int, accept: str) -> Answer:
        connection = self._connection
        assert connection is not None  # noqa: S101 - `_open` made it
        target = f"{url.path or '/'}{f'?{url.query}' if url.query else ''}"
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Language": "zh-CN", "Accept-Encoding": accept}
        if url.scheme == "http" and (proxy := self.access.proxy_for(url)):
            target = address
            headers |= _credentials(proxy)
        self.asked += 1
        try:
            connection.request("GET", target, headers={**headers, "Host": url.netloc.rpartition("@")[2]})
            if isinstance(connection.sock, ssl.SSLSocket):
                self._note_certificate(connection.sock)
            _acknowledge_at_once(connection.sock)
            answer = connection.getresponse()
            body, is_cut = _read(answer, size + SPARE)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return _trouble(error)
        if is_cut or not answer.isclosed():  # what is left of it would be taken for the next answer
            connection.close()
        return Response(answer.status, tuple(answer.getheaders()), body, address, is_cut)

    def _note_certificate(self, connection: ssl.SSLSocket) -> None:
        ends = (connection.getpeercert() or {}).get("notAfter")
        if isinstance(ends, str):
            self.certificate_ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)


def _acknowledge_at_once(connection: socket.socket) -> None:
    """Keep no host waiting that sends the head of an answer by itself, and its body only once that is acknowledged."""
    if hasattr(socket, "TCP_QUICKACK"):  # Linux waits 40 ms otherwise, half of the time of a walk
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _read(answer: http.client.HTTPResponse, most: int) -> tuple[bytes, bool]:
    """Return the body of an answer, at most `most` bytes, and whether it ends before it should."""
    pieces, length = [], 0
    until = time.monotonic() + LONGEST
    try:
        while length <= most and (piece := answer.read(65536)):
            pieces.append(piece)
            length += len(piece)
            if time.monotonic() > until:
                raise TimeoutError
    except http.client.IncompleteRead as early:
        return b"".join((*pieces, early.partial)), True
    except ConnectionError:
        if not pieces:
            raise
        return b"".join(pieces), True
    return b"".join(pieces), length <= most and bool(answer.length)


def _trouble(error: Exception) -> Unreached:
    match error:
        case ssl.SSLCertVerificationError():
            return Unreached(Trouble.CERTIFICATE, error.verify_message, error.verify_code)
        case ssl.SSLError():
            return Unreached(Trouble.TLS, error.reason or str(error))
        case socket.gaierror():
            return Unreached(Trouble.NAME, error.strerror or str(error))
        case TimeoutError():
            return Unreached(Trouble.TIMEOUT, "timeout")
        case ConnectionRefusedError():
            return Unreached(Trouble.REFUSED, "refused")
        case ConnectionError():
            return Unreached(Trouble.RESET, type(error).__name__)
        case OSError():
            return Unreached(Trouble.REFUSED, error.strerror or str(error))
        case _:
            return Unreached(Trouble.PROTOCOL, type(error).__name__)


def _ascii(location: str) -> str:
    """Return a Location with bytes beyond ASCII escaped; http.client reads headers as Latin-1."""
    return "".join(char if " " < char < "\x7f" else f"%{ord(char) & 255:02X}" for char in location.strip())


def _credentials(proxy: SplitResult | None) -> dict[str, str]:
    if proxy is None or not proxy.username:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
