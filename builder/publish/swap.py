"""Replace a folder by a new one: in one atomic step if the system can, otherwise in two steps that can be undone."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress

UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP})

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # of Linux; RENAME_SWAP of macOS has the same value

WINDOWS_TRIES = 20  # on Windows, a virus scanner may lock a folder for a moment


def swap(new: str, out: str, old: str) -> str | None:
    """Move the folder `new` to `out`. Return where the previous folder is now, or None if there was none.

    `old` is an unused path beside `out`. If the process is killed, `out` is complete or missing; if it is missing,
    `recover` restores it. Raises `OSError`, and then `out` has not changed.
    """
    if not os.path.lexists(out):
        _rename(new, out)
        return None
    if exchange(new, out):
        return new
    _rename(out, old)
    try:
        _rename(new, out)
    except BaseException:
        recover(out, old)
        raise
    # The new site is published. Move the old tree away from `old`, so that `recover` cannot restore it. If this fails,
    # the next build removes it.
    with suppress(OSError):
        _rename(old, new)
        return new
    return old


def recover(out: str, old: str) -> None:
    """Restore the last good site from `old` if a `swap` was interrupted between its two steps."""
    if os.path.lexists(old) and not os.path.lexists(out):
        _rename(old, out)


def exchange(first: str, second: str) -> bool:
    """Exchange two folders atomically. Return False if the system or the file system does not support it.

    Raises `OSError` if the exchange fails for another reason.
    """
    if not sys.platform.startswith(("linux", "darwin")):
        return False
    import ctypes  # noqa: PLC0415 -- slow to import, and needed only when something has changed

    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(paths[0], paths[1], RENAME_EXCHANGE)
        else:
            failed = library.renameat2(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE)
    except AttributeError:  # the C library is older than the system call
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), second)


def _rename(source: str, target: str) -> None:
    for _ in range(WINDOWS_TRIES if os.name == "nt" else 0):
        try:
            os.rename(source, target)
        except PermissionError:
            time.sleep(0.1)
        else:
            return
    os.rename(source, target)
