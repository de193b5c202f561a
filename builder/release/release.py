"""A release: the files of one published site, by name and digest, kept in ``releases/<name>/`` with its zip.

`package` writes releases; `verify` compares a live site with one; `publish` uploads one.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
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

    `name` is ``<date>-<first eight digits of the digest of all files>``. `base_url` is the address for which the site was
    built, "" where `site.yaml` has none.
    """

    name: str
    site: str
    base_url: str
    files: Mapping[str, ReleasedFile]

    def as_json(self) -> bytes:
        """Return the record of this release, a line a file."""
        files = ",\n".join(
            f'{json.dumps(path)}: {{"sha256": "{file.digest}", "size": {file.size}}}'
            for path, file in self.files.items()
        )
        head = {"name": self.name, "site": self.site, "base_url": self.base_url}
        return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "files": {{\n{files}\n}}}}\n'.encode()


def read_release(folder: Path) -> Release:
    """Return the release in a folder. Raises `BadRelease` if its record is missing or damaged."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
        files = {path: ReleasedFile(row["sha256"], row["size"]) for path, row in record["files"].items()}
        return Release(record["name"], record["site"], record["base_url"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadRelease(
            f"“{folder}”里没有完整的发布包", f"里面要有 {RECORD}，由 build.py package 写。", USAGE_ERROR
        ) from None


def releases_in(site: Path) -> list[Release]:
    """Return the releases kept in the folder of a site, the newest first by name. Damaged ones are left out."""
    found = []
    for record in sorted((site / FOLDER).glob(f"*/{RECORD}"), reverse=True):
        try:
            found.append(read_release(record.parent))
        except BadRelease:
            continue
    return found


def read_file(folder: Path, path: str) -> bytes:
    """Return the bytes of one file of the release in a folder. Raises `BadRelease` if its zip does not hold it."""
    try:
        with zipfile.ZipFile(folder / ARCHIVE) as archive:
            return archive.read(path)
    except (OSError, KeyError, zipfile.BadZipFile):
        raise BadRelease(f"“{folder / ARCHIVE}”里没有 {path}", "重新运行 build.py package。", USAGE_ERROR) from None
