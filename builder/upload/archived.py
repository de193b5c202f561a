"""The files of a release, read from its zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from builder.release.release import ARCHIVE, BadRelease, Release
from builder.support.failure import USAGE_ERROR
from builder.upload.target import Read


@contextmanager
def archived_files(folder: Path, release: Release) -> Iterator[Read]:
    """Yield what returns the bytes of a file of the release in a folder.

    It raises `BadRelease` if the zip is damaged, or a file is not what the record of the release tells.
    """

    def read(path: str) -> bytes:
        try:
            data = archive.read(path)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError):
            raise _damaged(release, f"{path} 取不出来") from None
        if sha256(data).hexdigest() != release.files[path].digest:
            raise _damaged(release, f"{path} 和清单不符")
        return data

    try:
        archive = zipfile.ZipFile(folder / ARCHIVE)
    except (OSError, zipfile.BadZipFile):
        raise _damaged(release, f"{ARCHIVE} 打不开") from None
    with archive:
        yield read


def _damaged(release: Release, says: str) -> BadRelease:
    return BadRelease(
        f"发布包 {release.name} 坏了：{says}",
        "重新运行 build.py package，或者用别的发布包（--release）。",
        USAGE_ERROR,
    )
