"""A folder as a target: a USB stick, a shared drive, the folder of a web server on this machine."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.publish.errors import DISK_FULL, NO_PERMISSION
from builder.publish.tree import scan
from builder.support.diagnostics import quote
from builder.support.failure import MACHINE_ERROR, USAGE_ERROR
from builder.upload.target import Done, Read, UploadFailed

TEMPORARY = ".uploading"  # behind the name of a file that is being written
PULLED_OUT = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN})


class FolderTarget:
    """A folder, which is made if only its last part is missing. Each file is replaced in one step."""

    can_look = True

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        self.name = str(self._root)
        if self._root.is_file():
            raise UploadFailed(f"“{self._root}”是文件，不是文件夹", "目标写网站的文件夹。", USAGE_ERROR)
        if not self._root.parent.is_dir():
            raise UploadFailed(
                f"没有这个文件夹：{self._root.parent}", "U盘插好了吗？共享文件夹连上了吗？", MACHINE_ERROR
            )

    def all_paths(self) -> set[str]:
        """See `Target`."""
        with _failures(self._root):
            return {path for path in scan(self.name).files if not path.endswith(TEMPORARY)}

    def top_names(self) -> set[str]:
        """See `Target`."""
        with _failures(self._root):
            return set(os.listdir(self._root)) if self._root.is_dir() else set()

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """See `Target`."""
        found = {}
        with _failures(self._root):
            for path in paths:
                with (
                    suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError),
                    open(self._root / path, "rb") as file,
                ):
                    found[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return found

    def send(self, paths: Collection[str], read: Read, done: Done) -> None:
        """See `Target`."""
        with _failures(self._root):
            for path in paths:  # all of them, then to the disk, then in their places: that is as safe and much quicker
                (self._root / path).parent.mkdir(parents=True, exist_ok=True)
                (self._root / f"{path}{TEMPORARY}").write_bytes(read(path))
            for path in paths:
                with open(self._root / f"{path}{TEMPORARY}", "rb+") as file:
                    os.fsync(file.fileno())
            for path in paths:
                os.replace(self._root / f"{path}{TEMPORARY}", self._root / path)
                done(path)

    def delete(self, paths: Collection[str]) -> None:
        """See `Target`."""
        with _failures(self._root):
            for path in paths:
                with suppress(FileNotFoundError):
                    (self._root / path).unlink()
                with suppress(OSError):  # up to the first folder that is not empty
                    for folder in (self._root / path).parents:
                        if folder == self._root:
                            break
                        folder.rmdir()

    def clear(self, paths: Collection[str]) -> None:
        """See `Target`."""
        with _failures(self._root):
            for path in paths:
                with suppress(FileNotFoundError):
                    (self._root / f"{path}{TEMPORARY}").unlink()


@contextmanager
def _failures(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = quote(str(error.filename or root))
        if error.errno in DISK_FULL:
            raise UploadFailed(f"“{root}”的空间不够", "腾出地方再运行一次，会接着传。") from error
        if error.errno in NO_PERMISSION:
            raise UploadFailed(
                f"没有权限写“{place}”", "看看U盘是不是写保护、文件夹是不是只读，文件是不是正被别的程序开着。"
            ) from error
        if error.errno in PULLED_OUT or not root.exists():
            raise UploadFailed(
                f"“{root}”不见了", "U盘拔掉了，或者共享文件夹断开了。接好再运行一次，会接着传。"
            ) from error
        raise UploadFailed(f"写“{place}”时出错：{error.strerror or error}", "再运行一次，会接着传。") from error
