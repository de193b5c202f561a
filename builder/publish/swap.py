"""Put a new folder in the place of the old one, in one step where the system can, in two undoable ones elsewhere."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress

CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP})

HERE = -100  # AT_FDCWD
EXCHANGE = 2  # RENAME_EXCHANGE of Linux and, by chance, RENAME_SWAP of macOS

PATIENCE = 20  # tries, on Windows, where a virus scanner may hold a folder for a moment


def swap(new: str, out: str, old: str) -> str | None:
    """Put the folder `new` at `out`; return where the folder that stood there is now, None when there was none.

    `old` is a free name beside `out`. A process killed in between leaves `out` whole or missing; when it is missing,
    `recover` puts it back. Raises `OSError`, and then `out` is as it was.
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
    # Published. The old tree leaves the name from which `recover` would take it; if it cannot, the next start sees to it.
    with suppress(OSError):
        _rename(old, new)
        return new
    return old


def recover(out: str, old: str) -> None:
    """Put back the last good site when a swap was cut off between its two steps."""
    if os.path.lexists(old) and not os.path.lexists(out):
        _rename(old, out)


def exchange(one: str, other: str) -> bool:
    """Exchange two folders in one step; return False where the system or the disk cannot."""
    if not sys.platform.startswith(("linux", "darwin")):
        return False
    import ctypes  # noqa: PLC0415 -- slow to load, and needed only when something changed

    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(first, second, EXCHANGE)
        else:
            failed = library.renameat2(HERE, first, HERE, second, EXCHANGE)
    except AttributeError:  # a C library older than the system call
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in CANNOT:
        return False
    raise OSError(code, os.strerror(code), other)


def _rename(source: str, target: str) -> None:
    for _ in range(PATIENCE if os.name == "nt" else 0):
        try:
            os.rename(source, target)
        except PermissionError:
            time.sleep(0.1)
        else:
            return
    os.rename(source, target)
