"""Runs a program without blocking the event loop. The program never outlives the server."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

POLL_INTERVAL = 0.02  # seconds
STOP_TIMEOUT = 10.0  # seconds to wait before it is killed; Ctrl-C in the terminal reaches the program as well


async def run(command: Sequence[str], folder: Path, max_seconds: float) -> tuple[int, str]:
    """Run `command` in `folder`. Return its exit code and its output, standard error included.

    It is killed after `max_seconds` seconds. Even if this is cancelled, the program has ended afterwards.
    """
    with TemporaryFile() as output:
        process = _start(command, folder, output)
        timeout_message = ""
        try:
            async with asyncio.timeout(max_seconds):
                while process.poll() is None:  # noqa: ASYNC110 - there is no event to wait for
                    await asyncio.sleep(POLL_INTERVAL)
        except TimeoutError:
            process.kill()
            timeout_message = f"错误: 生成网站超过 {max_seconds:.0f} 秒，已停止。改动任何一个文件会再试一次。\n"
        finally:
            _wait_or_kill(process)
        output.seek(0)
        return process.returncode, output.read().decode("utf-8", "replace").replace("\r\n", "\n") + timeout_message


def _start(command: Sequence[str], folder: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    # Not asyncio's subprocesses: on Windows, they do not work with the event loop that Tornado needs.
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
