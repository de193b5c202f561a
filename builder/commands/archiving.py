"""``build.py archive``: a release as a web archive, to be handed to the archives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from builder.release.release import FOLDER, releases_in
from builder.release.web_archive import SUFFIX, NoWebArchive, require, write_web_archive
from builder.support.diagnostics import quote
from builder.support.failure import USAGE_ERROR

ARCHIVES = "archive"  # in the folder of a site


@dataclass(frozen=True, slots=True)
class Archived:
    """The file that was written, of which release, how many addresses it has, and its SHA-256 in hexadecimal."""

    file: Path
    release: str
    count: int
    size: int
    digest: str


def archive(site: Path, name: str, out: Path | None) -> Archived:
    """Write a release of the site in the folder `site` as a web archive: the one called `name`, "" for the newest.

    `name` may be its last eight digits; `out` is the file, by default ``archive/<name>.warc.gz``. A file of this name is
    replaced, once the new one is whole. Raises `NoWebArchive`, `BadRelease`, `OSError`.
    """
    require()
    known = releases_in(site)
    found = [one for one in known if name in ("", one.name, one.mark)]
    if not known:
        raise NoWebArchive("还没有发布包，没有东西可以归档", "先运行 build.py package。", USAGE_ERROR)
    if not found:
        have = "、".join(one.name for one in known)
        raise NoWebArchive(f"没有发布包“{quote(name)}”", f"现在有：{have}。", USAGE_ERROR)
    release = found[0]
    file = out or site / ARCHIVES / f"{release.name}{SUFFIX}"
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.new")
    try:
        with draft.open("wb") as written:
            count = write_web_archive(written, site / FOLDER / release.name, release, file.name)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    with file.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return Archived(file, release.name, count, file.stat().st_size, digest)
