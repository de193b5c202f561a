"""One build at a time: a lock file beside the output folder, held by the operating system.

The lock ends with its process however that ends, so a killed build never bars the next one.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from builder.publish.errors import PublishError, machine_troubles

PAUSE = 0.1  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_build(path: str, patience: float) -> Iterator[None]:
    """Hold the lock file `path` for the block; wait `patience` seconds for another build to end.

    Raises `PublishError` when the other build is still going on.
    """
    handle = _acquire(path, patience)
    try:
        yield
    finally:
        _release(handle, path)


def _acquire(path: str, patience: float) -> int:
    for _ in range(max(1, round(patience / PAUSE))):
        with machine_troubles():
            handle = _try_acquire(path)
        if handle is not None:
            return handle
        time.sleep(PAUSE)
    raise PublishError("另一个构建正在进行，这一次没有生成", "请等它结束后再生成一次。")


def _try_acquire(path: str) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _try_lock(handle)
        # The holder before us removed the file as it left: what we locked may be a file without a name.
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
    # Where an open file can be removed, it goes before the lock does, and nobody can slip in between. Windows
    # refuses; there it goes afterwards, unless another build has opened it meanwhile.
    with suppress(OSError):
        os.unlink(path)
        os.close(handle)
        return
    os.close(handle)
    with suppress(OSError):
        os.unlink(path)
