"""One published file, the list of all of them, and the way they are written."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import repeat
from json.encoder import encode_basestring as quoted
from typing import Any

from builder.publish.errors import CONFIGURATION, PublishError, machine_troubles
from builder.support.diagnostics import quote

MANIFEST = "data/manifest.json"  # inside the site, so that a webmaster can verify an upload

# A name that some system refuses, an empty one, or one that ends in a dot: thereby also "." and "..".
NO_PATH = re.compile(r'[<>:"\\|?*]|(^|/)(/|$)|[. ](/|$)')

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)

CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site. `path` is relative with ``/``; `key` names all that the content came from.

    `digest` is the SHA-256 of the bytes, `size` their number; `mtime_ns` is -1 where it is not known.
    """

    path: str
    key: str
    digest: str
    size: int
    mtime_ns: int = -1


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one site, by path. `published` is the SHA-256 of the list as it stands in the site."""

    artifacts: Mapping[str, Artifact] = field(default_factory=dict)
    published: str = ""

    @classmethod
    def of(cls, artifacts: Iterable[Artifact]) -> Manifest:
        """Return the manifest of `artifacts`, sorted by path."""
        return cls({artifact.path: artifact for artifact in sorted(artifacts, key=lambda artifact: artifact.path)})

    @classmethod
    def parse(cls, public: bytes) -> Manifest:
        """Return the manifest that stands in a site; an empty one when `public` is no manifest."""
        try:
            return cls._from(json.loads(public)["files"], repeat(-1))
        except UNREADABLE:
            return cls()

    @classmethod
    def recall(cls, memory: bytes) -> Manifest:
        """Return what `memory` said; an empty manifest when it says nothing."""
        try:
            head = json.loads(memory)
            return cls._from(head["manifest"]["files"], head["mtimes_ns"], head["published"])
        except UNREADABLE:
            return cls()

    @classmethod
    def _from(cls, rows: dict[str, dict[str, Any]], times: Iterable[int], published: str = "") -> Manifest:
        return cls(
            {
                path: Artifact(path, row["key"], row["sha256"], row["size"], mtime_ns)
                for (path, row), mtime_ns in zip(rows.items(), times, strict=False)
            },
            published,
        )

    def public(self) -> bytes:
        """Return the list for the site: JSON, a line for each file, nothing in it that depends on the time."""
        # A line at a time by `json` takes three times as long, and a site may have tens of thousands.
        lines = ",\n".join(
            f'{quoted(a.path)}: {{"sha256": "{a.digest}", "size": {a.size}, "key": {quoted(a.key)}}}'
            for a in self.artifacts.values()
        )
        return f'{{"files": {{\n{lines}\n}}}}\n'.encode()

    def memory(self, public: bytes) -> bytes:
        """Return what the next build should know: the `public` list, its digest, and the times."""
        times = [artifact.mtime_ns for artifact in self.artifacts.values()]
        return f'{{"published": "{digest_of(public)}", "mtimes_ns": {times}, "manifest": '.encode() + public + b"}"


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_file(root: str, path: str, key: str, data: bytes) -> Artifact:
    """Write a new file at `path` under `root` and return its facts. Safe to call in many processes at once.

    Raises `PublishError` when the path leads out of the site or is taken, or when the machine refuses.
    """
    check_path(path)
    target = f"{root}/{path}"
    with machine_troubles():
        try:
            write_new(target, data)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            write_new(target, data)
        except FileExistsError:
            raise clash(path, path) from None
        facts = os.stat(target)  # after closing: some systems settle the time only then
    return Artifact(path, key, digest_of(data), facts.st_size, facts.st_mtime_ns)


def facts_of(root: str, path: str, key: str) -> Artifact:
    """Return the facts of a file that another program wrote at `path` under `root`. Raises `OSError`."""
    check_path(path)
    with open(f"{root}/{path}", "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    facts = os.stat(f"{root}/{path}")
    return Artifact(path, key, digest, facts.st_size, facts.st_mtime_ns)


def write_new(target: str, data: bytes) -> None:
    """Write the file `target`, which must not exist. Raises `OSError`."""
    handle = os.open(target, CREATE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def replace_file(target: str, data: bytes) -> None:
    """Write the file `target` so that it holds its old content or `data`, never a part. Raises `OSError`."""
    fresh = f"{target}.new"
    with suppress(FileNotFoundError):
        os.unlink(fresh)
    write_new(fresh, data)
    os.replace(fresh, target)


def check_path(path: str) -> None:
    """Raise `PublishError` unless `path` is a plain relative path with ``/`` that stays inside the site."""
    if NO_PATH.search(path) or not path.isprintable():
        raise PublishError(f"网页地址“{quote(path)}”不能用作文件名", exit_code=CONFIGURATION)
    if path == MANIFEST:
        raise PublishError(f"“{MANIFEST}”是文件清单的位置，不能给别的文件用", exit_code=CONFIGURATION)


def clash(one: str, other: str) -> PublishError:
    """Return the error that two files want the same place."""
    hint = "不区分大小写的系统会把它们当作同一个文件。请改其中一个的编码或文件名。"
    return PublishError(f"两个文件的地址相同：“{one}”和“{other}”", hint, CONFIGURATION)
