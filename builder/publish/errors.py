"""Why a site cannot be published, in the words of the person at the machine."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from builder.support.diagnostics import quote

CONFIGURATION: Final = 2
MACHINE: Final = 3

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_RIGHTS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class PublishError(Exception):
    """The site cannot be published; the output folder is as it was.

    `says` and `hint` are for the editor; `exit_code` is 2 when the configuration is at fault, 3 when the machine is.
    """

    def __init__(self, says: str, hint: str = "", exit_code: int = MACHINE) -> None:
        super().__init__(says, hint, exit_code)
        self.says = says
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        return self.says


@contextmanager
def machine_troubles() -> Iterator[None]:
    """Turn what the operating system refuses inside the block into a `PublishError`."""
    try:
        yield
    except OSError as error:
        raise explained(error) from error


def explained(error: OSError) -> PublishError:
    """Return `error` in the editor's words."""
    place = f"“{quote(str(error.filename))}”" if error.filename else ""
    if error.errno in NO_SPACE:
        return PublishError("磁盘空间不足，网站没有写完", "原来的网站没有改动。请清理磁盘后再生成一次。")
    if error.errno in NO_RIGHTS:
        return PublishError(
            f"没有权限写入{place}",
            "原来的网站没有改动。请检查输出文件夹和它上一级文件夹的权限，并关闭正在使用其中文件的程序。",
        )
    return PublishError(f"写文件{place}时出错：{error.strerror or error}", "原来的网站没有改动。请再生成一次。")
