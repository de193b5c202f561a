"""What a host answers to one request, and what it was asked for."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# More than this beyond what a file should have is not read, nor unpacked.
SPARE = 2_000_000


class Trouble(StrEnum):
    """Why there is no answer."""

    NAME = "name"  # the name of the host is not known
    REFUSED = "refused"  # nobody listens
    TIMEOUT = "timeout"
    RESET = "reset"  # the connection broke off
    CERTIFICATE = "certificate"
    TLS = "tls"  # no encrypted connection came about
    PROTOCOL = "protocol"  # what was answered is not HTTP


@dataclass(frozen=True, slots=True)
class Unreached:
    """No answer: why, and what the system says of it. `code` is OpenSSL's number of what is wrong with a certificate."""

    trouble: Trouble
    says: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. `body` is as it came, without the chunks of the transfer; `address` is what was asked for in the end.

    `hops` are the addresses before that, each of which redirected. `is_cut` if fewer bytes came than were announced. A
    redirect that was not followed has its target in `target`.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str
    is_cut: bool = False
    hops: tuple[str, ...] = ()
    target: str = ""

    def all(self, name: str) -> list[str]:
        """Return the values of every header of a name."""
        return [value for header, value in self.headers if header.lower() == name]

    def header(self, name: str) -> str:
        """Return the values of a header, joined as RFC 9110, 5.3, has it; "" without one."""
        return ", ".join(self.all(name))

    @property
    def codings(self) -> list[str]:
        """The content codings as declared, in the order in which they were applied."""
        declared = (coding.strip().lower() for coding in self.header("content-encoding").split(","))
        return [coding for coding in declared if coding and coding != "identity"]


Answer = Response | Unreached


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as a browser has it. `fails` says why the declared coding cannot be undone; then `body` is as it came.

    `is_cut` if the packed data end too early; `body` is what there is.
    """

    body: bytes
    fails: str = ""
    is_cut: bool = False


def decoded(response: Response, most: int) -> Decoded:
    """Undo the declared codings of a response, up to `most` bytes."""
    body, is_cut = response.body, response.is_cut
    for coding in reversed(response.codings):
        if coding not in UNPACKED:
            return Decoded(response.body, f"压缩方式 {coding} 不认得")
        unpacked = unpack(body, UNPACKED[coding], most)
        if unpacked is None:
            if not body:
                return Decoded(b"", is_cut=is_cut)
            return Decoded(response.body, f"说是用 {coding} 压缩的，其实不是")
        body, ends_early = unpacked
        is_cut = is_cut or ends_early
    return Decoded(body, is_cut=is_cut)


GZIP, ZLIB = (31,), (15, -15)  # windows of zlib; servers have long disagreed on what "deflate" means
UNPACKED: dict[str, Sequence[int]] = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}


def unpack(data: bytes, windows: Sequence[int], most: int) -> tuple[bytes, bool] | None:
    """Return unpacked data, at most `most` bytes, and whether they end too early; None if they are not packed so."""
    for window in windows:
        whole, rest = b"", data
        try:
            while rest and len(whole) < most:
                engine = zlib.decompressobj(window)
                whole += engine.decompress(rest, most - len(whole))
                if not engine.eof:
                    return whole, True
                rest = engine.unused_data.lstrip(b"\0")
        except zlib.error:
            if whole:  # what comes after the packed data is of no account
                return whole, False
            continue
        if data:
            return whole, False
    return None


def gunzipped(data: bytes, most: int) -> bytes | None:
    """Return unpacked gzip data, None if they are not such."""
    if data[:2] != b"\x1f\x8b":
        return None
    unpacked = unpack(data, GZIP, most)
    return unpacked[0] if unpacked and not unpacked[1] else None
