"""With what a live site is compared: a release, and the others that are known."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from builder.release.release import ARCHIVE, FOLDER, Release

OTHERS = 6  # releases of which the zip is opened to find a changed file


class Reference:
    """A release whose zip lies in the folder of a site, and the other releases there.

    `kept` are all of them, the newest first; `others` and `older` are in the same order.
    """

    def __init__(self, site: Path, release: Release, kept: Sequence[Release]) -> None:
        self.release = release
        self.others = [one for one in kept if one.name != release.name]
        names = [one.name for one in kept]
        self.older = kept[names.index(release.name) + 1 :] if release.name in names else self.others
        self._site = site
        self._lock = Lock()
        self._archives: dict[str, zipfile.ZipFile | None] = {}

    def original(self, path: str, release: str = "") -> bytes | None:
        """Return the bytes of a file as released, None if there is no zip with it."""
        name = release or self.release.name
        with self._lock:
            if name not in self._archives:
                try:
                    self._archives[name] = zipfile.ZipFile(self._site / FOLDER / name / ARCHIVE)
                except (OSError, zipfile.BadZipFile):
                    self._archives[name] = None
            archive = self._archives[name]
            try:
                return archive.read(path) if archive else None
            except (KeyError, OSError, zipfile.BadZipFile):
                return None

    def close(self) -> None:
        """Close all zips."""
        for archive in self._archives.values():
            if archive:
                archive.close()

    def others_with(self, path: str, digest: str) -> tuple[str, ...]:
        """Return the other releases that have these bytes at a path."""
        return tuple(one.name for one in self.others if (file := one.files.get(path)) and file.digest == digest)

    def other_originals(self, path: str) -> dict[str, tuple[str, bytes]]:
        """Return the different bytes that a path has in the other releases, by digest, with the newest release."""
        found: dict[str, tuple[str, bytes]] = {}
        for one in self.others[:OTHERS]:
            file = one.files.get(path)
            if file is None or file.digest in found or file.digest == self.release.files[path].digest:
                continue
            if (data := self.original(path, one.name)) is not None:
                found[file.digest] = (one.name, data)
        return found

    def path_with(self, digest: str) -> str:
        """Return the path of the file of the release with a digest, "" for none."""
        return self._paths.get(digest, "")

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {file.digest: path for path, file in self.release.files.items() if file.size}
