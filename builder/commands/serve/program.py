"""Runs ``build.py`` without blocking the event loop. The program never outlives the server."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self, cast

from builder.support.fingerprint import BUILT_IN

POLL_INTERVAL = 0.02  # seconds
STOP_TIMEOUT = 10.0  # seconds to wait before it is killed; Ctrl-C in the terminal reaches the program as well

COMMAND = (sys.executable, "-m", "builder.cli.prepared")


class Builder:
    """Runs commands of ``build.py`` in `folder`, one after the other, each in its own process.

    The process for the next command is started ahead, because most of a small build is the time to load the program.
    Use it in a ``with`` block.
    """

    def __init__(self, folder: Path, command: Sequence[str] = COMMAND) -> None:
        self._folder = folder
        self._command = command
        self._waiting: Program | None = None

    def __enter__(self) -> Self:
        self.prepare()
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting:
            self._waiting.stop()

    def prepare(self) -> Program:
        """Start the process for the next command, if none is waiting. Return it."""
        if self._waiting and not self._waiting.is_running:
            self._waiting.stop()
            self._waiting = None
        self._waiting = self._waiting or Program(self._command, self._folder)
        return self._waiting

    async def run(self, arguments: Sequence[str], max_seconds: float) -> tuple[int, str]:
        """Run a command. Return its exit code and its output, standard error included.

        It is killed after `max_seconds` seconds. Even if this is cancelled, it has ended afterwards.
        """
        program, self._waiting = self.prepare(), None
        return await program.run(arguments, max_seconds)


class Program:
    """A process that waits for its arguments."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        # Not asyncio's subprocesses: on Windows, they do not work with the event loop that Tornado needs.
        self._output = TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(BUILT_IN)},
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    async def run(self, arguments: Sequence[str], max_seconds: float) -> tuple[int, str]:
        """Give the process its arguments. Return its exit code and output, as `Builder.run` does."""
        timeout_message = ""
        try:
            self._tell(arguments)
            async with asyncio.timeout(max_seconds):
                while self.is_running:  # noqa: ASYNC110 - there is no event to wait for
                    await asyncio.sleep(POLL_INTERVAL)
        except TimeoutError:
            self._process.kill()
            timeout_message = f"错误: 生成网站超过 {max_seconds:.0f} 秒，已停止。改动任何一个文件会再试一次。\n"
        finally:
            self._end()
        self._output.seek(0)
        said = self._output.read().decode("utf-8", "replace").replace("\r\n", "\n")
        self._output.close()
        return self._process.returncode, said + timeout_message

    def stop(self) -> None:
        """End a process that was never told anything, and close its files."""
        self._end()
        self._output.close()

    def _end(self) -> None:
        """Wait until the process has ended. One that waits for its arguments ends at once."""
        with suppress(BrokenPipeError):
            self._input.close()
        try:
            self._process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _tell(self, arguments: Sequence[str]) -> None:
        with suppress(BrokenPipeError):  # it could not even be started; its output says why
            self._input.write(json.dumps([*arguments]).encode() + b"\n")
            self._input.flush()

    @property
    def _input(self) -> IO[bytes]:
        return cast("IO[bytes]", self._process.stdin)
