"""Detects changes of the watched files.

The watcher of livereload is not used: it misses a changed file with an older modification time, and reports changed
files one at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from builder.publish.tree import scan

FileStates = dict[str, tuple[int, int]]  # size, and time of the last change in ns, by path

QUIET_PERIOD = 0.1  # debounce: seconds without a change
MAX_PERIODS = 20  # then stop waiting: a program may write all the time


def file_states(watched: Iterable[Path]) -> FileStates:
    """Return the states of all files at or below `watched`. Files that are deleted meanwhile are left out."""
    states: FileStates = {}
    for root in watched:
        try:
            files = scan(str(root)).files if root.is_dir() else {"": root}
            for path, file in files.items():
                if not _is_temporary(file.name):
                    stat = file.stat()
                    states[f"{root}/{path}"] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            continue
    return states


async def wait_until_stable(watched: Iterable[Path], current: FileStates) -> FileStates:
    """Wait until no file changes any more, then return the states. A program may save a file in several steps."""
    for _ in range(MAX_PERIODS):
        await asyncio.sleep(QUIET_PERIOD)
        previous, current = current, file_states(watched)
        if current == previous:
            break
    return current


def _is_temporary(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~")
