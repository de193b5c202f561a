"""Writes several files, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from builder.publish import replace_file
from builder.support.failure import MACHINE_ERROR, Failure


def save_all(files: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> None:
    """Write `files`. `before` are the bytes that some of them have now; the others must not exist.

    Raises `Failure`, and then everything is as it was: a file that somebody wrote in the meantime, a full disk, no permission.
    """
    for path in files:
        now = path.read_bytes() if path.is_file() else None
        if path.exists() and path not in before:
            raise Failure(
                f"已经有 {path.as_posix()} 了，没有覆盖它，什么也没有写",
                "换一个文件夹，或者先把它移开。",
                MACHINE_ERROR,
            )
        if now != before.get(path):
            raise Failure(f"{path.as_posix()} 刚才被改过，什么也没有写", "再运行一次。", MACHINE_ERROR)
    folders: list[Path] = []
    done: list[Path] = []
    try:
        for path, data in files.items():
            folders += _made(path.parent)
            done.append(path)
            replace_file(str(path), data)
    except BaseException as failure:
        for path in done:
            _restore(path, before.get(path))
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(failure, OSError):
            raise Failure(
                f"写不进去，什么也没有写：{failure}", "看看磁盘满了没有、文件夹能不能写。", MACHINE_ERROR
            ) from failure
        raise


def _made(folder: Path) -> list[Path]:
    """Make a folder. Return those that were not there, the outermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    os.makedirs(folder, exist_ok=True)
    return missing[::-1]


def _restore(path: Path, data: bytes | None) -> None:
    with suppress(OSError):
        path.with_name(f"{path.name}.new").unlink(missing_ok=True)
    if data is None:
        path.unlink(missing_ok=True)
    else:
        replace_file(str(path), data)
