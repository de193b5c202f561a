"""Work in a forked process, which may be killed."""

from __future__ import annotations

import os
from collections.abc import Callable


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a forked process; return 0 when it came to its end, otherwise the exit code it chose."""
    return end_of(begin(work))


def begin(work: Callable[[], object]) -> int:
    """Begin `work` in a forked process; return its id."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def end_of(child: int) -> int:
    """Wait for a process and return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
