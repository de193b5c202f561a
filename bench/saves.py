"""How long an editor waits after a save in ``serve``: until the page holds the new words, and until it is reloaded.

The program is asked as a browser asks it: over HTTP for the page, over livereload's connection for the message.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect
from works import TEXT, Server, Tool

HOST = "127.0.0.1"
POLL_INTERVAL = 0.01  # seconds
PAUSE = 1.0  # seconds before a save
START, LONGEST = 7_200.0, 600.0  # seconds after which we give up


@dataclass(frozen=True, slots=True)
class Save:
    """Seconds from a save until the page holds the new words, and until the message comes that reloads it."""

    page: float
    reload: float


def saves(tool: Tool, server: Server, page: str, numbers: Iterable[int]) -> list[Save]:
    """Serve the site of `tool`, edit a text with each of `numbers`, and stop serving."""
    with _serving(tool, server) as address:
        return asyncio.run(_saves(tool, address, page, numbers))


@contextmanager
def _serving(tool: Tool, server: Server) -> Iterator[str]:
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        command = (*server.command, str(port))
        # In a group of its own, so that a build that it has started ends with it.
        process = subprocess.Popen(
            command, cwd=tool.folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            end = time.monotonic() + START
            while server.ready not in (said := _said(log.fileno())):
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{said}\n{' '.join(command)} did not serve")
                time.sleep(POLL_INTERVAL)
            yield f"{HOST}:{port}"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _said(log: int) -> str:
    """Return the end of what was said: of a large site much may be wrong."""
    return os.pread(log, 10_000, max(0, os.fstat(log).st_size - 10_000)).decode(errors="replace")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


async def _saves(tool: Tool, address: str, page: str, numbers: Iterable[int]) -> list[Save]:
    reloads: asyncio.Queue[float] = asyncio.Queue()
    connection = await _connected(address, page, reloads)
    await _get(address, page)  # Hugo makes the pages first that somebody has looked at
    done: list[Save] = []
    for number in numbers:
        # What is made after a save, such as the search index, has to be there before the next one.
        await asyncio.sleep(PAUSE + (3 * done[-1].reload if done else 0))
        while not reloads.empty():
            reloads.get_nowait()
        start = time.perf_counter()
        words = tool.edit(TEXT, number)
        async with asyncio.timeout(LONGEST):
            shown = await _shown(address, page, words)
            reloaded = await reloads.get()
        done.append(Save(shown - start, reloaded - start))
    connection.close()
    return done


async def _connected(address: str, page: str, reloads: asyncio.Queue[float]) -> WebSocketClientConnection:
    """Connect to livereload and greet it as its script does. The time of each message to reload goes to `reloads`."""

    def hear(message: str | bytes | None) -> None:
        if message is not None and json.loads(message)["command"] == "reload":
            reloads.put_nowait(time.perf_counter())

    connection = await websocket_connect(f"ws://{address}/livereload", on_message_callback=hear)
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    for greeting in (hello, {"command": "info", "url": f"http://{address}/{page}"}):
        await connection.write_message(json.dumps(greeting))
    return connection


async def _shown(address: str, page: str, words: str) -> float:
    """Wait until the page holds `words`, and return when."""
    while words not in await _get(address, page):  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(POLL_INTERVAL)
    return time.perf_counter()


async def _get(address: str, page: str) -> str:
    answer = await AsyncHTTPClient().fetch(f"http://{address}/{page}", raise_error=False, request_timeout=LONGEST)
    return answer.body.decode(errors="replace") if answer.code == 200 else ""
