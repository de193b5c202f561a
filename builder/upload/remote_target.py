"""A remote of rclone as a target: FTP, SFTP, WebDAV, an object store."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builder.upload.causes import failure_of
from builder.upload.rclone import NOT_FOUND, Hear, Message, Rclone
from builder.upload.target import Done, Read, UploadFailed, without_secrets

# Our lists tell what is sent: rclone compares nothing, since without checksums it would take a file of equal size for the
# same, and it does not list the target. By SFTP it would start a shell on the server for the checksum of each file, which
# takes longer than to send it; SSH itself holds that what arrives is what was sent (RFC 4253, 6.4).
AS_TOLD = ("--ignore-times", "--no-traverse", "--sftp-disable-hashcheck")
# Some FTP servers answer a listing of a folder that is not there with 501, which rclone does not take for that.
NO_FOLDER = re.compile(r"\b501\b.*no such directory", re.IGNORECASE)


class RemoteTarget:
    """A place that rclone knows, such as ``gov:bszn``. `desk` is a folder for files on their way."""

    can_look = False

    def __init__(self, remote: str, rclone: Rclone, desk: Path, transfers: int) -> None:
        self.name = without_secrets(remote)
        self._remote = remote
        self._rclone = rclone
        self._desk = desk
        self._transfers = f"--transfers={transfers}"
        self._in_place = False

    def all_paths(self) -> set[str]:
        """See `Target`."""
        return self._list("-R", "--files-only")

    def top_names(self) -> set[str]:
        """See `Target`."""
        return {name.rstrip("/") for name in self._list()}

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """See `Target`."""
        with self._files_on_desk() as desk:
            self._run("取回目标里的文件", ["copy", self._remote, str(desk / "files"), *AS_TOLD], paths)
            found = {}
            for path in paths:
                if (file := desk / "files" / path).is_file():
                    found[path] = hashlib.sha256(file.read_bytes()).hexdigest()
            return found

    def send(self, paths: Collection[str], read: Read, done: Done) -> None:
        """See `Target`."""
        left = set(paths)

        def hear(message: Message) -> None:
            if message.text.startswith("Copied") and message.object in left:
                left.remove(message.object)
                done(message.object)

        with self._files_on_desk() as desk:
            for path in paths:
                file = desk / "files" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                # The time of the file is now. With that of the release, which never changes, a server would call a
                # changed page of the same length the same (its ETag is made of both), and browsers would keep the old one.
                file.write_bytes(read(path))
            command = ["copy", str(desk / "files"), self._remote, *AS_TOLD, self._transfers]
            code, said = self._listed(command, sorted(left), hear)
            if code and not self._in_place and any("partial file rename failed" in message.text for message in said):
                self._in_place = True  # a server, such as that of Windows, that renames no file over another
            if code and self._in_place:
                code, said = self._listed(command, sorted(left), hear)
        if code:
            raise failure_of(said, "没有传完")
        if left:
            raise UploadFailed(
                f"没有传完：rclone 没有传 {min(left)}，也没有说为什么",
                "看环境变量里有没有 RCLONE_DRY_RUN 这样的，它们会改变 rclone 做的事。",
            )

    def delete(self, paths: Collection[str]) -> None:
        """See `Target`."""
        self._run("没有删完", ["delete", self._remote, "--no-traverse"], paths)

    def clear(self, paths: Collection[str]) -> None:
        """See `Target`."""
        folders = sorted({path.rpartition("/")[0] for path in paths})
        rules = [f"+ /{_as_pattern(path)}.*.partial" for path in paths]
        with self._files_on_desk() as desk:
            (desk / "rules").write_text("\n".join([*rules, "- *", ""]), "utf-8")
            code, _, said = self._rclone.run(["delete", self._remote, f"--filter-from={desk / 'rules'}"])
        if code not in (0, NOT_FOUND) and folders:
            raise failure_of(said, "没有清掉上次没传完的文件")

    def _list(self, *how: str) -> set[str]:
        code, written, said = self._rclone.run(["lsf", self._remote, *how])
        if code == NOT_FOUND or (code and not written and any(NO_FOLDER.search(message.text) for message in said)):
            return set()
        if code:
            raise failure_of(said, "看不到目标里有什么")
        return set(written.splitlines())

    def _run(self, doing: str, command: list[str], paths: Iterable[str]) -> None:
        code, said = self._listed(command, paths, None)
        if code not in (0, NOT_FOUND):
            raise failure_of(said, doing)

    def _listed(self, command: list[str], paths: Iterable[str], hear: Hear | None) -> tuple[int, list[Message]]:
        self._desk.mkdir(parents=True, exist_ok=True)
        file = self._desk / "list"
        file.write_text("".join(f"{path}\n" for path in paths), "utf-8")
        in_place = ["--inplace"] if self._in_place else []
        code, _, said = self._rclone.run([*command, f"--files-from-raw={file}", *in_place], hear)
        return code, said

    @contextmanager
    def _files_on_desk(self) -> Iterator[Path]:
        shutil.rmtree(self._desk, ignore_errors=True)
        (self._desk / "files").mkdir(parents=True)
        try:
            yield self._desk
        finally:
            shutil.rmtree(self._desk, ignore_errors=True)


def _as_pattern(path: str) -> str:
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", path)
