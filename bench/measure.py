"""Run commands and note what they cost: seconds, and the memory of all their processes.

This process stays small: the system counts what it holds when it starts a command as memory of that command.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run cost: seconds, and MB of the largest process and of all its processes together; 0 where not known."""

    wall: float
    cpu: float = 0.0
    peak: float = 0.0
    tree: float = 0.0


def run(commands: Sequence[Command], folder: Path) -> Run:
    """Run `commands` in `folder`, one after the other, and return what they cost together. Exits if one of them fails."""
    runs = [_run(command, folder) for command in commands]
    return Run(
        sum(one.wall for one in runs),
        sum(one.cpu for one in runs),
        max(one.peak for one in runs),
        max(one.tree for one in runs),
    )


def _run(command: Command, folder: Path) -> Run:
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=subprocess.STDOUT)
        tree: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, tree), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.join()
        if process.returncode:
            told.seek(0)
            raise SystemExit(f"{told.read().decode()}\n{' '.join(command)} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, max(tree))


def _watch(pid: int, tree: list[float]) -> None:
    """Sample the memory of a process and all below it; what they share is counted in parts."""
    while True:
        start = time.perf_counter()
        memory = _memory(pid)
        if not memory:
            return
        tree[0] = max(tree[0], memory)
        time.sleep(max(0.05, 10 * (time.perf_counter() - start)))  # looking at much memory takes its time, too


def _memory(pid: int) -> float:
    try:
        shares = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        threads = list(Path(f"/proc/{pid}/task").iterdir())  # each of them may have started processes
    except OSError:
        return 0.0
    return (int(shares[1]) / 1024 if shares else 0.0) + sum(map(_memory, _children(threads)))


def _children(threads: Sequence[Path]) -> list[int]:
    children: list[int] = []
    for thread in threads:
        try:
            children += map(int, (thread / "children").read_text().split())
        except OSError:  # it has ended
            continue
    return children
