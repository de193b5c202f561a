"""A published file (`Artifact`), the list of all published files (`Manifest`), and functions that write files."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import repeat
from json.encoder import encode_basestring as quoted
from typing import Any

from builder.publish.errors import PublishError, publish_errors
from builder.publish.tree import folders_of, make_folders
from builder.support.diagnostics import quote
from builder.support.failure import USAGE_ERROR

MANIFEST = "data/manifest.json"  # published with the site, so that a webmaster can verify an upload

# Matches a character that some system forbids, an empty name, or a name that ends in a dot or a space.
# This includes the names "." and "..".
INVALID_PATH = re.compile(r'[<>:"\\|?*]|(^|/)(/|$)|[. ](/|$)')

PARSE_ERRORS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)

CREATE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site.

    `path` is relative, with ``/``. `key` is the cache key of the content. `digest` is the SHA-256 of the bytes in
    hexadecimal, `size` their number. `mtime_ns` is the time of the last change, -1 if unknown.
    """

    path: str
    key: str
    digest: str
    size: int
    mtime_ns: int = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages that were planned together: the key of all that they are made of, and the kind of each page by its path.

    `bound` are the keys of pages of other units that these take up, by path.
    """

    key: str
    kinds: Mapping[str, str]
    bound: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one site, by path. `published` is the SHA-256 of the manifest file in the site, or "".

    `units` are known only to the cache.
    """

    artifacts: Mapping[str, Artifact] = field(default_factory=dict)
    published: str = ""
    units: Mapping[str, Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, artifacts: Iterable[Artifact], units: Mapping[str, Unit]) -> Manifest:
        """Return the manifest of `artifacts`, sorted by path."""
        by_path = sorted(artifacts, key=lambda artifact: artifact.path)
        return cls({artifact.path: artifact for artifact in by_path}, units=units)

    @classmethod
    def parse(cls, public: bytes) -> Manifest:
        """Return the manifest in `public`, the content of a site's manifest file; an empty one if it is invalid.

        It knows no cache keys: they are of no use outside, and change when the builder does.
        """
        try:
            return cls(_artifacts(json.loads(public)["files"], repeat(""), repeat(-1)))
        except PARSE_ERRORS:
            return cls()

    @classmethod
    def from_cache(cls, cached: bytes) -> Manifest:
        """Return the manifest in `cached`, as `for_cache` made it; an empty one if it is invalid."""
        try:
            record = json.loads(cached)
            units = {name: Unit(**unit) for name, unit in record["units"].items()}
            files = _artifacts(record["manifest"]["files"], record["keys"], record["mtimes_ns"])
            return cls(files, record["published"], units)
        except PARSE_ERRORS:
            return cls()

    @property
    def digest(self) -> str:
        """The digest of the whole site: that of `checksums`. The manifest file, which tells it, is not part of it."""
        return digest_of(self.checksums())

    def checksums(self) -> bytes:
        """Return digest and path of each file, as ``sha256sum`` writes and checks them."""
        return "".join(f"{a.digest}  {a.path}\n" for a in self.artifacts.values()).encode()

    def public(self) -> bytes:
        """Return the manifest file of the site: JSON, one line per file, without anything that depends on the time.

        The first line tells the digest of the whole site, so that one look at a host shows which site it has.
        """
        # With `json`, one line per file would take three times as long, and a site may have tens of thousands.
        lines = ",\n".join(
            f'{quoted(a.path)}: {{"sha256": "{a.digest}", "size": {a.size}}}' for a in self.artifacts.values()
        )
        return f'{{"digest": "{self.digest}",\n"files": {{\n{lines}\n}}}}\n'.encode()

    def for_cache(self, public: bytes) -> bytes:
        """Return the record that the next build reads: the `public` manifest, its digest, the keys and times of the files."""
        keys = json.dumps([artifact.key for artifact in self.artifacts.values()])
        times = [artifact.mtime_ns for artifact in self.artifacts.values()]
        units = json.dumps({name: asdict(unit) for name, unit in self.units.items()})
        head = f'{{"published": "{digest_of(public)}", "keys": {keys}, "mtimes_ns": {times}, "units": {units}, "manifest": '
        return head.encode() + public + b"}"


def _artifacts(rows: dict[str, dict[str, Any]], keys: Iterable[str], times: Iterable[int]) -> dict[str, Artifact]:
    return {
        path: Artifact(path, key, row["sha256"], row["size"], mtime_ns)
        for (path, row), key, mtime_ns in zip(rows.items(), keys, times, strict=False)
    }


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_file(root: str, path: str, key: str, data: bytes) -> Artifact:
    """Write a new file at `path` below `root` and return its `Artifact`. Several processes may call this at once.

    Raises `PublishError` if the path is invalid or already exists, or if the file cannot be written.
    """
    check_path(path)
    target = f"{root}/{path}"
    with publish_errors():
        try:
            write_new(target, data)
        except FileNotFoundError:
            make_folders(root, folders_of((path,)))  # not `root`: if it is gone, the build has ended
            write_new(target, data)
        except FileExistsError:
            raise same_path_error(path, path) from None
        status = os.stat(target)  # only now: some systems set the time when the file is closed
    return Artifact(path, key, digest_of(data), status.st_size, status.st_mtime_ns)


def existing_artifact(root: str, path: str, key: str) -> Artifact:
    """Return the `Artifact` of a file that another program wrote at `path` below `root`.

    Raises `PublishError` if the path is invalid, `OSError` if the file cannot be read.
    """
    check_path(path)
    with open(f"{root}/{path}", "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    status = os.stat(f"{root}/{path}")
    return Artifact(path, key, digest, status.st_size, status.st_mtime_ns)


def write_new(target: str, data: bytes) -> None:
    """Write `data` to a new file `target`. Raises `FileExistsError` if it exists, `OSError` if it cannot be written."""
    handle = os.open(target, CREATE_FLAGS, 0o666)
    try:
        unwritten = memoryview(data)
        while unwritten:
            unwritten = unwritten[os.write(handle, unwritten) :]
    finally:
        os.close(handle)


def replace_file(target: str, data: bytes) -> None:
    """Replace the content of `target` by `data` atomically. Raises `OSError`, and then the old content is still there."""
    temporary = f"{target}.new"
    with suppress(FileNotFoundError):
        os.unlink(temporary)
    write_new(temporary, data)
    os.replace(temporary, target)


def check_path(path: str) -> None:
    """Raise `PublishError` unless `path` is a relative path with ``/`` inside the site, valid on every system."""
    if INVALID_PATH.search(path) or not path.isprintable():
        raise PublishError(f"网页地址“{quote(path)}”不能用作文件名", exit_code=USAGE_ERROR)
    if path == MANIFEST:
        raise PublishError(f"“{MANIFEST}”是文件清单的位置，不能给别的文件用", exit_code=USAGE_ERROR)


def same_path_error(first: str, second: str) -> PublishError:
    """Return the error that two pages have the same path, or paths that differ only in case."""
    hint = "不区分大小写的系统会把它们当作同一个文件。请改其中一个的编码或文件名。"
    return PublishError(f"两个文件的地址相同：“{first}”和“{second}”", hint, USAGE_ERROR)
