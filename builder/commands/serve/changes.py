"""What the watched files look like, so that a change can be seen.

The watcher of livereload is not used: it takes a file that was moved here with an older date for unchanged, and tells
of many changed files one by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from builder.publish.tree import scan

Facts = dict[str, tuple[int, int]]  # size and time of change in ns, by path

QUIET = 0.1  # seconds without a change, after which an editor's program has done saving
ROUNDS = 20  # times that we wait for quiet: something may be writing for ever


def facts(watched: Iterable[Path]) -> Facts:
    """Return the facts of every file at or below `watched`; what vanishes meanwhile is left out."""
    found: Facts = {}
    for place in watched:
        try:
            files = scan(str(place)).files if place.is_dir() else {"": place}
            for path, file in files.items():
                if not _is_litter(file.name):
                    stat = file.stat()
                    found[f"{place}/{path}"] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            continue
    return found


async def settled(watched: Iterable[Path], now: Facts) -> Facts:
    """Return the facts once nothing changes any more: many files may be saved together, or one in several steps."""
    for _ in range(ROUNDS):
        await asyncio.sleep(QUIET)
        before, now = now, facts(watched)
        if now == before:
            break
    return now


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~")
