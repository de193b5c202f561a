"""The files of a folder as builds and `serve` see them: links are followed, leftovers of other programs are skipped."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

# What a server or an authority asks for at the top of a site. All other names that begin with a dot are hidden files.
PUBLISHED_DOT_NAMES = frozenset({".well-known", ".nojekyll", ".htaccess"})

# Copies and locks that editors, merge tools and cloud drives leave beside a file, and what file managers create.
_LEFTOVER = re.compile(
    r"\..*|~\$.*|#.*#|.*~|.*\.(bak|backup|old|orig|rej|swp|swo|tmp|temp|part|crdownload)|.*___jb_(tmp|old)___"
    r"|(eh)?thumbs\.db|desktop\.ini|icon\r|__macosx|@eadir",
    re.IGNORECASE | re.DOTALL,
)

# Two writes within one tick of the file system have the same time. If a file was written this shortly before we looked
# at it, its size and times do not prove that it is unchanged, so it is read again next time. (In git: "racily clean".)
RACY_NS = 2_000_000_000

FileState = tuple[int, int, int, int]  # size, mtime in ns, ctime in ns, inode


class Fault(Enum):
    """Why a file or folder cannot be read."""

    DANGLING_LINK = "dangling link"
    LINK_LOOP = "link loop"
    NO_PERMISSION = "no permission"
    NOT_A_FILE = "not a file"
    NAME_NOT_UTF8 = "name not UTF-8"


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The files below a folder, by relative path with ``/``, and what cannot be read there, in the order of paths."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)


def files_below(folder: str) -> FolderFiles:
    """Return the files below `folder`; none if there is no such folder."""
    if not os.path.isdir(folder):
        return FolderFiles()
    found = dict(sorted(_walk(folder, "", (os.path.realpath(folder),))))
    return FolderFiles(
        {path: facts for path, facts in found.items() if not isinstance(facts, Fault)},
        {path: fault for path, fault in found.items() if isinstance(fault, Fault)},
    )


def state_of(facts: os.stat_result) -> FileState:
    """Return what tells a changed file from an unchanged one. A replaced file of equal size and date differs too."""
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


def file_system_time(folder: str) -> int:
    """Return the current time of the file system of `folder` in ns, 0 if the folder is not there or cannot be written."""
    clock = f"{folder}/clock"
    with suppress(OSError):
        with open(clock, "wb"):
            pass
        return os.stat(clock).st_mtime_ns
    return 0


def is_leftover(name: str) -> bool:
    """Return whether a file or folder of this name is a leftover of some program, or hidden, and is not to be read."""
    return name not in PUBLISHED_DOT_NAMES and _LEFTOVER.fullmatch(name) is not None


def printable_path(path: str) -> str:
    """Return `path` for a message. A name that is not UTF-8 is read as GBK, the encoding of Chinese Windows."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path


def _walk(folder: str, prefix: str, real_parents: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result | Fault]]:
    """Yield each file with its facts, or what is wrong with it. `real_parents` are the folders that lead here."""
    try:
        with os.scandir(folder) as entries:
            listed = [entry for entry in entries if not is_leftover(entry.name)]
    except PermissionError:
        yield prefix.rstrip("/"), Fault.NO_PERMISSION
        return
    for entry in listed:
        path = prefix + entry.name
        facts = _facts_of(entry)
        if isinstance(facts, Fault) or not stat.S_ISDIR(facts.st_mode):
            yield path, facts
            continue
        real = os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(real_parents[-1], entry.name)
        if any(_is_inside(parent, real) for parent in real_parents):
            yield path, Fault.LINK_LOOP
        else:
            yield from _walk(entry.path, f"{path}/", (*real_parents, real))


def _facts_of(entry: os.DirEntry[str]) -> os.stat_result | Fault:
    try:
        entry.name.encode()
        facts = entry.stat()
    except UnicodeEncodeError:
        return Fault.NAME_NOT_UTF8
    except PermissionError:
        return Fault.NO_PERMISSION
    except FileNotFoundError:
        return Fault.DANGLING_LINK
    except OSError:  # a link to itself
        return Fault.LINK_LOOP
    return facts if stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode) else Fault.NOT_A_FILE


def _is_inside(inner: str, folder: str) -> bool:
    return (inner + os.sep).startswith(folder.rstrip(os.sep) + os.sep)
