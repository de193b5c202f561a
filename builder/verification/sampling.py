"""Which files are looked at, and in which order."""

from __future__ import annotations

from hashlib import sha256
from posixpath import dirname, splitext

from builder.release.release import Release

# What a visit begins with, and what changes with every release.
ENTRIES = (
    "index.html",
    "search.html",
    "404.html",
    "pagefind/pagefind-entry.json",
    "pagefind/pagefind.js",
    "sitemap.xml",
)


def entries_of(release: Release) -> list[str]:
    """Return the entry points that a release has."""
    return [path for path in ENTRIES if path in release.files]


def files_to_see(release: Release, sample: int | None) -> list[str]:
    """Return the entry points, then all other files, or `sample` of them: the same of the same release each time.

    One of each extension comes first, then one of each folder, so that all kinds are there if there is room.
    """
    entries = entries_of(release)
    others = [path for path in release.files if path not in entries]
    if sample is None:
        return [*entries, *others]
    drawn = sorted(others, key=lambda path: sha256(f"{release.name}/{path}".encode()).digest())
    chosen: dict[str, None] = {}
    for kind_of in (_extension, dirname):
        kinds = {kind_of(path) for path in (*entries, *chosen)}
        for path in drawn:
            if (kind := kind_of(path)) not in kinds:
                kinds.add(kind)
                chosen[path] = None
    return [*entries, *dict.fromkeys((*chosen, *drawn))][: len(entries) + sample]


def _extension(path: str) -> str:
    return splitext(path)[1]
