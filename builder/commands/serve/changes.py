"""Detects changes of the watched files.

The watcher of livereload is not used: it misses a changed file with an older modification time, and reports changed
files one at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from builder.support.folder import Fault, FileState, files_below, state_of

FileStates = dict[str, FileState | Fault]  # by path

QUIET_PERIOD = 0.1  # debounce: seconds without a change
MAX_PERIODS = 20  # then stop waiting: a program may write all the time


def file_states(watched: Iterable[Path]) -> FileStates:
    """Return the states of all files at or below `watched`, as a build sees them. What cannot be read has its fault."""
    states: FileStates = {}
    for root in watched:
        try:
            if root.is_file():
                states[str(root)] = state_of(root.stat())
                continue
            found = files_below(str(root))
        except OSError:
            continue
        states.update((f"{root}/{path}", state_of(facts)) for path, facts in found.files.items())
        states.update((f"{root}/{path}", fault) for path, fault in found.faults.items())
    return states


async def wait_until_stable(watched: Iterable[Path], current: FileStates) -> FileStates:
    """Wait until no file changes any more, then return the states. A program may save a file in several steps."""
    for _ in range(MAX_PERIODS):
        await asyncio.sleep(QUIET_PERIOD)
        previous, current = current, file_states(watched)
        if current == previous:
            break
    return current
