"""A target: a place to which releases are sent. `Target` is what an upload asks of it, whatever its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from hashlib import sha256
from typing import Protocol

from builder.support.failure import Failure

Read = Callable[[str], bytes]  # the bytes of a file of the release, by path
Done = Callable[[str], None]  # is told the path of each file that has been sent

_SECRET = re.compile(
    r"(?i)(?<=,)([^,=:]*(?:pass|secret|key|token|credential|sas|auth)[^,=:]*)=(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[^,:]*)"
)


class UploadFailed(Failure):
    """A target cannot be reached, or refuses what is asked of it. What was sent before is there, and is noted."""


class Target(Protocol):
    """A place to which files are sent. All paths are relative to it, with ``/``. All methods raise `UploadFailed`."""

    name: str
    """As it is shown, without passwords."""

    can_look: bool
    """Whether it costs little to look at what is there, so that an upload need not believe its ledger."""

    def all_paths(self) -> AbstractSet[str]:
        """Return the paths of all files that are there, whoever has put them there."""

    def top_names(self) -> AbstractSet[str]:
        """Return the names of the files and folders at the top."""

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Return the SHA-256, in hexadecimal, of those of these files that are there."""

    def send(self, paths: Collection[str], read: Read, done: Done) -> None:
        """Send these files, in any order, over those that may be there. Each is told to `done` once it is there."""

    def delete(self, paths: Collection[str]) -> None:
        """Delete these files, where they are there."""

    def clear(self, paths: Collection[str]) -> None:
        """Delete what an interrupted upload of these files may have left beside them."""


def without_secrets(text: str) -> str:
    """Return a remote of rclone, or a message that names one, with the values of passwords and keys left out."""
    return _SECRET.sub(r"\1=…", text)


def key_of(name: str) -> str:
    """Return the name of the ledger of a target: what one recognises it by, and a digest of the whole."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50].rstrip("-")
    return f"{readable}-{sha256(name.encode()).hexdigest()[:8]}".lstrip("-")
