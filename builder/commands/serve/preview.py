"""The published site as the browser may see it: whole, the last good one, with what is wrong with the present one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from builder.publish import MANIFEST, Manifest
from builder.support.fingerprint import digest


@dataclass
class Preview:
    """The site in the folder `out`, and what the last build said (`says`; `failed` if it published nothing).

    `version` names the published site, "" when there is none. Those `listening` are called after every build.
    """

    out: Path
    says: str = ""
    failed: bool = False
    version: str = ""
    listening: set[Callable[[], None]] = field(default_factory=set)
    _files: frozenset[str] = frozenset()
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._idle.set()
        self._look()

    @contextmanager
    def building(self) -> Iterator[None]:
        """Mark the time of a build, during which the site may be swapped for another."""
        self._idle.clear()
        try:
            yield
        finally:
            self._look()
            self._idle.set()

    def show(self, says: str, *, failed: bool) -> None:
        """Tell those who listen what the build said, and that there may be a new site."""
        self.says, self.failed = says.strip(), failed
        for listener in tuple(self.listening):
            listener()

    async def read(self, path: str) -> bytes | None:
        """Return the bytes of a page or file by its address, None when the site has none there.

        What is missing during a build is looked for again after it: it may be new, or its folder just being swapped.
        """
        data = self._read(path)
        if data is None and not self._idle.is_set():
            await self._idle.wait()
            data = self._read(path)
        return data

    def _look(self) -> None:
        try:
            manifest = (self.out / MANIFEST).read_bytes()
        except OSError:
            manifest = b""
        self.version = digest(manifest)[:16] if manifest else ""
        self._files = frozenset((*Manifest.parse(manifest).artifacts, MANIFEST))

    def _read(self, path: str) -> bytes | None:
        # Only what the list of files names, letter by letter: no way leads out of the site, and an address that works
        # here works on a server that tells capitals from small letters too.
        if path not in self._files:
            return None
        try:
            return (self.out / path).read_bytes()
        except OSError:
            return None
