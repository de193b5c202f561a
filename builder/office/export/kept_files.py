"""Exported files on disk. What somebody may have written into one of them is never overwritten unasked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from builder.publish import replace_file
from builder.support.failure import USAGE_ERROR, Failure
from builder.support.fingerprint import digest

NOTE = "exported.json"  # in the cache: the digest of each file as it was written
LONGEST_NAME = 60  # characters of a file name, which may have 255 bytes


class NotWritten(Failure):
    """A file was not written. Nothing else was either, unless the disk failed."""

    def __init__(self, says: str, hint: str) -> None:
        super().__init__(says, hint, USAGE_ERROR)


class ExportFolder:
    """The folder for exported files. The cache of the site remembers what was written there.

    Raises `NotWritten`: where a file has changed since it was exported, or is no export of ours, where another program has it
    open, and where nothing can be written.
    """

    def __init__(self, folder: Path, cache: Path, *, overwrite: bool = False) -> None:
        self._folder = folder
        self._note = cache / NOTE
        self._overwrite = overwrite
        self._written: dict[str, str] = _noted(self._note)

    def check(self, names: Iterable[str]) -> None:
        """Raise `NotWritten` unless files with all these names can be written."""
        for name in names:
            path = self._folder / name
            if _is_open(path):
                raise NotWritten(f"“{path.name}”正在 Word、WPS 或 Excel 里打开着", "先关掉它，再导出一次。")
            if path.exists() and not self._overwrite and not self._is_ours(path):
                hint = "里面的改动要的，先导入或者移走；不要了，加上 --overwrite；或者用 --out 换一个文件夹。"
                raise NotWritten(f"“{path.name}”导出以后改过，或者不是导出的，没有盖掉它", hint)

    def write(self, name: str, data: bytes) -> Path:
        """Write a file and return its path."""
        path = self._folder / name
        try:
            os.makedirs(path.parent, exist_ok=True)
            if not (path.is_file() and path.read_bytes() == data):
                replace_file(str(path), data)
        except PermissionError:
            hint = "文件夹要有写的权限；文件在 Word、Excel 里打开着的，先关掉。或者用 --out 换一个文件夹。"
            raise NotWritten(f"写不了“{path}”", hint) from None
        self._written[str(path.resolve())] = digest(data)
        return path

    def close(self) -> None:
        """Remember what was written. Without it, the next export asks before it overwrites."""
        with suppress(OSError):
            os.makedirs(self._note.parent, exist_ok=True)
            text = json.dumps(dict(sorted(self._written.items())), ensure_ascii=False, indent=0)
            replace_file(str(self._note), text.encode())

    def _is_ours(self, path: Path) -> bool:
        return path.is_file() and digest(path.read_bytes()) == self._written.get(str(path.resolve()))


def _noted(note: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        known = json.loads(note.read_text("utf-8"))
        if isinstance(known, Mapping):
            return dict(known)
    return {}


def _is_open(path: Path) -> bool:
    """Tell whether Word, WPS or LibreOffice has the file open: they lay a file beside it meanwhile."""
    name = path.name
    marks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return any((path.parent / mark).exists() for mark in marks)


def file_name(name: str, extension: str, id: str = "") -> str:
    """Return the name of a file for something that people call `name`; with an `id`, no two are the same."""
    words = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", name).strip(" .")[:LONGEST_NAME].strip()
    return f"{words}（{id}）.{extension}" if id else f"{words}.{extension}"
