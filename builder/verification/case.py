"""One answer for one file, with all that judges ask about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from posixpath import dirname
from urllib.parse import urlsplit

from builder.verification.answers import SPARE, Decoded, Response, decoded, gunzipped
from builder.verification.content_types import PACKED_OURSELVES
from builder.verification.firewalls import text_of
from builder.verification.reference import Reference
from builder.verification.verdict import Kind, Verdict

ALIKE = 0.5  # from here on a page is taken for ours, changed


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What the host shows for addresses that cannot exist, if it says 200: a page, and where it redirects."""

    body: bytes = b""
    address: str = ""


@dataclass(frozen=True)
class Case:
    """The answer for the file at `path` of the release, and what the host shows where there is nothing."""

    path: str
    response: Response
    reference: Reference
    nowhere: Nowhere

    @cached_property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.reference.release.files[self.path].size

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return self.reference.release.files[self.path].digest

    @cached_property
    def decoded(self) -> Decoded:
        """What came, unpacked as declared."""
        return decoded(self.response, self.size * 2 + SPARE)

    @property
    def body(self) -> bytes:
        """The bytes that came, unpacked as declared."""
        return self.decoded.body

    @cached_property
    def original(self) -> bytes | None:
        """The bytes of the file, None where the zip of the release is not there."""
        return self.reference.original(self.path)

    @cached_property
    def page(self) -> str:
        """What came, as text."""
        return text_of(self.body)

    @cached_property
    def is_ours(self) -> bool:
        """Whether the bytes that came are those of the file, or do as well."""
        if digest_of(self.body) == self.digest:
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
        """Return a verdict on the file."""
        return Verdict(self.path, kind, detail, group or detail, releases)


Judge = Callable[[Case], Verdict | None]


def digest_of(data: bytes) -> str:
    """Return the digest by which releases name bytes."""
    return sha256(data).hexdigest()
