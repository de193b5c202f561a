"""The last published site, as the server shows it, and the output of the last build."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from builder.publish import MANIFEST, Manifest
from builder.render.pagefind import FOLDER
from builder.support.fingerprint import digest

INDEX = f"{FOLDER}/"


@dataclass
class Preview:
    """The site in the folder `out`, and the output of the last build (`says`), which `failed` or not.

    `version` identifies the pages of the published site, "" if there is none. The `listeners` are called after each
    build.
    """

    out: Path
    says: str = ""
    failed: bool = False
    version: str = ""
    listeners: set[Callable[[], None]] = field(default_factory=set)
    _files: frozenset[str] = frozenset()
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._idle.set()
        self._load_manifest()

    @contextmanager
    def building(self, *, for_search: bool = False) -> Iterator[None]:
        """Mark the block as a build, during which the site may be replaced.

        One that is only `for_search` makes what the search knows of pages that are there: it leaves the version as it is.
        """
        self._idle.clear()
        version = self.version
        try:
            yield
        finally:
            self._load_manifest()
            if for_search:
                self.version = version
            self._idle.set()

    def show(self, says: str, *, failed: bool) -> None:
        """Set the output of the last build and call the listeners."""
        self.says, self.failed = says.strip(), failed
        for listener in tuple(self.listeners):
            listener()

    async def read(self, path: str) -> bytes | None:
        """Return the content of the file at `path`, or None if the site has no such file.

        If the file is missing during a build, wait for the end of the build and look again: the file may be new, or the
        output folder is being swapped.
        """
        data = self._read(path)
        if data is None and not self._idle.is_set():
            await self._idle.wait()
            data = self._read(path)
        return data

    def _load_manifest(self) -> None:
        try:
            manifest = (self.out / MANIFEST).read_bytes()
        except OSError:
            manifest = b""
        artifacts = Manifest.parse(manifest).artifacts
        # Not of the text index: it is made after the pages, and must not load them anew.
        pages = "".join(artifact.digest for path, artifact in artifacts.items() if not path.startswith(INDEX))
        self.version = digest(pages.encode())[:16] if manifest else ""
        self._files = frozenset((*artifacts, MANIFEST))

    def _read(self, path: str) -> bytes | None:
        # Only paths in the manifest, compared exactly. So nobody can read files outside the site, and a link that works
        # here works on a case-sensitive server too.
        if path not in self._files:
            return None
        try:
            return (self.out / path).read_bytes()
        except OSError:
            return None
