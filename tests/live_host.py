"""A web server on loopback that serves the files of a release, well or with faults, and counts how it is asked."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import SSLContext
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from builder.release.release import ARCHIVE, FOLDER, RECORD, Release, ReleasedFile

TYPES = {
    "html": "text/html; charset=UTF-8",
    "css": "text/css",
    "js": "application/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "xml": "text/xml",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv",
}


@dataclass(slots=True)
class Reply:
    """What is answered. With `announced`, that is the Content-Length, whatever the body has; `broken` ends the connection."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    announced: int | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path below the folder of the site, unquoted, its query, and its headers."""

    path: str
    query: str
    headers: Mapping[str, str]


Fault = Callable[[Asked, Reply], Reply | None]


@dataclass
class LiveHost:
    """Serves `files` below `folder`. Faults see each answer before it leaves, and may put another in its place."""

    files: dict[str, bytes]
    folder: str = "/bszn/"
    faults: list[Fault] = field(default_factory=list)
    packs: bool = True
    bare: Reply = field(default_factory=lambda: Reply(301, {"Location": "/bszn/"}))  # for the folder without a slash
    delay: float = 0
    address: str = ""
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: Any = field(default_factory=Lock)

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"{self.address}{self.folder}"

    def spoil(self, path: str, change: Callable[[Reply], Reply]) -> None:
        """Answer for one file otherwise."""
        self.faults.append(lambda asked, reply: change(reply) if asked.path == path else None)

    def answer(self, target: str, headers: Mapping[str, str]) -> Reply:
        """Return the answer to a request."""
        url = urlsplit(target)
        if url.path == self.folder.rstrip("/") and self.folder != "/":
            return self.bare
        inside = url.path.startswith(self.folder)
        asked = Asked(unquote(url.path[len(self.folder) :]) if inside else "../", url.query, headers)
        reply = self._well(asked)
        for fault in self.faults:
            reply = fault(asked, reply) or reply
        if self.packs and "gzip" in headers.get("Accept-Encoding", "") and len(reply.body) > 100:
            kind = {name.lower(): value for name, value in reply.headers.items()}.get("content-type", "").partition(
                ";"
            )[0]
            if kind in {one.partition(";")[0] for one in TYPES.values()} and "Content-Encoding" not in reply.headers:
                if reply.announced is None:
                    reply.body = gzip.compress(reply.body, 1, mtime=0)
                    reply.headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return reply

    def _well(self, asked: Asked) -> Reply:
        path = f"{asked.path}index.html" if asked.path.endswith("/") or not asked.path else asked.path
        if path not in self.files:
            return Reply(404, {"Content-Type": TYPES["html"]}, self.files.get("404.html", b"<h1>404</h1>"))
        kind = TYPES.get(path.rpartition(".")[2])
        tag = {"ETag": f'W/"{hashlib.md5(self.files[path]).hexdigest()}"', "Server": "nginx"}  # noqa: S324
        return Reply(200, {**tag, **({"Content-Type": kind} if kind else {})}, self.files[path])


@dataclass
class Town:
    """The folder of a site with two releases, and the host that serves the newer one."""

    folder: Path
    older: Release
    newer: Release
    host: LiveHost


@contextmanager
def serving(host: LiveHost, context: SSLContext | None = None) -> Iterator[LiveHost]:
    """Serve while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        timeout = 10

        def do_GET(self) -> None:
            with host.lock:
                host.asked.append(self.path)
                host.at_once += 1
                host.most_at_once = max(host.most_at_once, host.at_once)
            if host.delay:
                Event().wait(host.delay)
            reply = host.answer(self.path, dict(self.headers))
            with host.lock:
                host.at_once -= 1
            if reply.broken:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                for one in value.split("\n"):
                    self.send_header(name, one)
            if "Transfer-Encoding" in reply.headers:
                body = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in _chunks(reply.body)) + b"0\r\n\r\n"
            else:
                self.send_header("Content-Length", str(len(reply.body) if reply.announced is None else reply.announced))
                body = reply.body
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
            if reply.announced is not None and reply.announced != len(reply.body):
                self.close_connection = True

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    scheme = "https" if context else "http"
    host.address = f"{scheme}://localhost:{server.server_address[1]}"
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 1000):
        yield body[start : start + 1000]


def released(site: Path, files: Mapping[str, bytes], day: str, base_url: str = "") -> Release:
    """Write a release of these files into the folder of a site."""
    record = {path: ReleasedFile(hashlib.sha256(data).hexdigest(), len(data)) for path, data in sorted(files.items())}
    name = f"{day}-{hashlib.sha256(repr(record).encode()).hexdigest()[:8]}"
    release = Release(name, "清江县办事指南", base_url, record)
    folder = site / FOLDER / name
    folder.mkdir(parents=True)
    (folder / RECORD).write_bytes(release.as_json())
    with zipfile.ZipFile(folder / ARCHIVE, "w") as archive:
        for path, data in sorted(files.items()):
            archive.writestr(path, data)
    return release
