"""One build at a time, or one upload to a target: a lock file beside what is written.

The operating system releases the lock when the process ends, so a killed build never blocks the next one.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from builder.publish.errors import PublishError, publish_errors

RETRY_INTERVAL = 0.1  # seconds

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def one_at_a_time(
    path: str,
    timeout: float,
    busy: str = "另一个构建正在进行，这一次没有生成",
    hint: str = "请等它结束后再生成一次。",
) -> Iterator[int]:
    """Hold the lock file `path` inside the block. Wait up to `timeout` seconds for who holds it to end.

    Yields the descriptor of the file: a program that inherits it holds the lock, too, for as long as it runs.
    Raises `PublishError` with `busy` and `hint` if that has not ended by then.
    """
    handle = _acquire(path, timeout, busy, hint)
    try:
        yield handle
    finally:
        _release(handle, path)


def _acquire(path: str, timeout: float, busy: str, hint: str) -> int:
    for _ in range(max(1, round(timeout / RETRY_INTERVAL))):
        with publish_errors():
            handle = _try_acquire(path)
        if handle is not None:
            return handle
        time.sleep(RETRY_INTERVAL)
    raise PublishError(busy, hint)


def _try_acquire(path: str) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _try_lock(handle)
        # The previous holder deletes the file. We may have opened it before that, and locked a deleted file.
        if os.path.samestat(os.fstat(handle), os.stat(path)):
            return handle
    except (BlockingIOError, PermissionError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _release(handle: int, path: str) -> None:
    # If possible, delete the file before the lock is released, so that no other build can lock it in between.
    # Windows cannot delete an open file. There, delete it afterwards, unless another build has opened it.
    with suppress(OSError):
        os.unlink(path)
        os.close(handle)
        return
    os.close(handle)
    with suppress(OSError):
        os.unlink(path)
