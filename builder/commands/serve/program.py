"""A program that runs beside us: waited for without blocking, ended with us."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

GLANCE = 0.02  # seconds between two looks at whether it has ended
FAREWELL = 10.0  # seconds that it gets to end by itself: Ctrl-C at the terminal reaches it too


async def run(command: Sequence[str], folder: Path, longest: float) -> tuple[int, str]:
    """Run `command` in `folder`; return its exit code and all that it said. It is ended after `longest` seconds.

    However this is left, the program has ended.
    """
    with TemporaryFile() as output:
        program = _start(command, folder, output)
        too_long = ""
        try:
            async with asyncio.timeout(longest):
                while program.poll() is None:  # noqa: ASYNC110 - nobody can tell us
                    await asyncio.sleep(GLANCE)
        except TimeoutError:
            program.kill()
            too_long = f"错误: 生成网站超过 {longest:.0f} 秒，已停止。改动任何一个文件会再试一次。\n"
        finally:
            _end(program)
        output.seek(0)
        return program.returncode, output.read().decode("utf-8", "replace").replace("\r\n", "\n") + too_long


def _start(command: Sequence[str], folder: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    # Not the subprocesses of asyncio: on Windows they do not go with the event loop that Tornado needs.
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)


def _end(program: subprocess.Popen[bytes]) -> None:
    try:
        program.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
