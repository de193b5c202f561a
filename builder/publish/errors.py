"""`PublishError`: why a site cannot be published, in words for the editor."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from builder.support.diagnostics import quote
from builder.support.failure import Failure

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class PublishError(Failure):
    """The site cannot be published. The output folder has not changed."""


@contextmanager
def publish_errors() -> Iterator[None]:
    """Turn an `OSError` inside the block into a `PublishError`."""
    try:
        yield
    except OSError as error:
        raise publish_error_of(error) from error


def publish_error_of(error: OSError) -> PublishError:
    """Return the `PublishError` that explains `error` to the editor."""
    place = f"“{quote(str(error.filename))}”" if error.filename else ""
    if error.errno in DISK_FULL:
        return PublishError("磁盘空间不足，网站没有写完", "原来的网站没有改动。请清理磁盘后再生成一次。")
    if error.errno in NO_PERMISSION:
        return PublishError(
            f"没有权限写入{place}",
            "原来的网站没有改动。请检查输出文件夹和它上一级文件夹的权限，并关闭正在使用其中文件的程序。",
        )
    return PublishError(f"写文件{place}时出错：{error.strerror or error}", "原来的网站没有改动。请再生成一次。")
