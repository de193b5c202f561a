"""A release: the files of one published site, by name and digest, kept in ``releases/<name>/`` with its zip.

`package` writes releases; `verify` compares a live site with one; `publish` uploads one.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a release has a date of its own
from pathlib import Path

from builder.support.failure import USAGE_ERROR, Failure

FOLDER = "releases"  # in the folder of the site
RECORD = "release.json"  # in the folder of a release: what `Release` holds
ARCHIVE = "site.zip"  # beside it: all files of the release


class BadRelease(Failure):
    """A folder that should hold a release does not."""


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """One file of a release: the SHA-256 of its bytes in hexadecimal, and their number."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Release:
    """The files of a release by path, relative and with ``/``; their order is that of the paths.

    `name` is ``<date>-<first eight digits of the digest of all files>``, the digest that the first line of the site's own
    manifest tells. `base_url` is the address for which the site was built, "" where `site.yaml` has none. `number` counts
    the releases of a site: of two of one day it tells the later one (0 in records of before). `commit` is where git stood,
    "" if unknown: from there on changes have to be signed for the next release. `base` is the release of its delta, "" if it
    has none: as long as this one is kept, that one is. `committed` is the day of the commit, as 2026-11-03, "" if unknown.
    """

    name: str
    site: str
    base_url: str
    files: Mapping[str, ReleasedFile]
    number: int = 0
    commit: str = ""
    base: str = ""
    committed: str = ""

    @property
    def mark(self) -> str:
        """The eight digits by which people tell this release from others: those of its name."""
        return self.name.rpartition("-")[2]

    @property
    def date(self) -> str:
        """The day on which it was made, as 2026-11-03."""
        return self.name[:10]

    @property
    def dated(self) -> Day:
        """The day that its files have in a zip: that of the commit, the same on every machine, or else its own."""
        return Day.fromisoformat(self.committed or self.date)

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(file.size for file in self.files.values())

    def as_json(self) -> bytes:
        """Return the record of this release, a line a file."""
        files = ",\n".join(
            f'{json.dumps(path)}: {{"sha256": "{file.digest}", "size": {file.size}}}'
            for path, file in self.files.items()
        )
        head = {
            "name": self.name,
            "number": self.number,
            "site": self.site,
            "base_url": self.base_url,
            "commit": self.commit,
            "committed": self.committed,
            "base": self.base,
        }
        return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "files": {{\n{files}\n}}}}\n'.encode()


def read_release(folder: Path) -> Release:
    """Return the release in a folder. Raises `BadRelease` if its record is missing or damaged."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
        files = {path: ReleasedFile(row["sha256"], row["size"]) for path, row in record["files"].items()}
        later = {key: record[key] for key in ("number", "commit", "base", "committed") if key in record}
        return Release(record["name"], record["site"], record["base_url"], files, **later)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadRelease(
            f"“{folder}”里没有完整的发布包", f"里面要有 {RECORD}，由 build.py package 写。", USAGE_ERROR
        ) from None


def releases_in(site: Path) -> list[Release]:
    """Return the releases kept in the folder of a site, the newest first. Damaged ones are left out."""
    found = []
    for record in (site / FOLDER).glob(f"[!.]*/{RECORD}"):
        try:
            found.append(read_release(record.parent))
        except BadRelease:
            continue
    return sorted(found, key=lambda release: (release.date, release.number, release.name), reverse=True)


def release_named(site: Path, name: str = "") -> Release:
    """Return a kept release by its name or the end of it, by default the newest. Raises `BadRelease` if there is none."""
    kept = releases_in(site)
    if not kept:
        raise BadRelease("还没有发布包", "先运行 build.py package。", USAGE_ERROR)
    if not name:
        return kept[0]
    found = [release for release in kept if release.name == name] or [
        release for release in kept if release.name.startswith(name) or release.name.endswith(name)
    ]
    if len(found) != 1:
        says = "有几个" if found else "没有"
        names = "、".join(release.name for release in (found or kept)[:10])
        raise BadRelease(f"{says}发布包“{name}”", f"写全名字：{names}", USAGE_ERROR)
    return found[0]


def read_file(folder: Path, path: str) -> bytes:
    """Return the bytes of one file of the release in a folder. Raises `BadRelease` if its zip does not hold it."""
    try:
        with zipfile.ZipFile(folder / ARCHIVE) as archive:
            return archive.read(path)
    except (OSError, KeyError, zipfile.BadZipFile):
        raise BadRelease(f"“{folder / ARCHIVE}”里没有 {path}", "重新运行 build.py package。", USAGE_ERROR) from None
