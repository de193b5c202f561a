"""The addresses: pages of the site, livereload's own two, and ours below ``/-/``."""

from __future__ import annotations

import mimetypes
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler  # type: ignore[import-untyped]
from livereload.watcher import Watcher  # type: ignore[import-untyped]
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from builder.commands.serve.preview import Preview

HOST = "127.0.0.1"
TRIES = 20  # ports that are tried, one after the other

SCRIPTS = '<script src="/livereload.js"></script><script src="/-/overlay.js" data-version="{}" defer></script>'
NO_SITE = "<!doctype html><html lang='zh-CN'><head><title>还没有网站</title></head><p>网站还没有生成成功。改好问题后，这里会自动更新。"

# Python's own list: Windows keeps one that any program may have changed.
TYPES = mimetypes.MimeTypes()
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("application/wasm", ".wasm"),
    ("image/svg+xml", ".svg"),
    ("image/webp", ".webp"),
    ("font/woff2", ".woff2"),
    ("application/xml", ".xml"),
    ("application/octet-stream", ".pagefind"),
):
    TYPES.add_type(_type, _suffix)


def listen(preview: Preview, port: int, say: Callable[[str], None]) -> str:
    """Serve `preview` on `port` or the next free one, and return the address. Raises OSError when none is free."""
    sockets, got = _bound(port)
    if port not in (0, got):
        say(f"端口 {port} 被别的程序占用，改用 {got}。")
    LiveReloadHandler.watcher = Watcher()  # it names a changed file when it reloads; we watch by ourselves
    routes: list[Any] = [
        (r"/livereload", LiveReloadHandler),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/-/says", Says, {"preview": preview}),
        (r"/-/(overlay\.(?:js|css))", Own),
        (r"/(.*)", Page, {"preview": preview}),
    ]
    preview.listening.add(_Reloader(preview))
    HTTPServer(Application(routes, log_function=lambda _: None)).add_sockets(sockets)
    return f"http://{HOST}:{got}/"


def _bound(port: int) -> tuple[list[socket.socket], int]:
    for candidate in range(port, min(port + TRIES, 65535)):
        try:
            sockets = bind_sockets(candidate, HOST)
        except OSError:
            continue
        return sockets, int(sockets[0].getsockname()[1])
    sockets = bind_sockets(port, HOST)
    return sockets, int(sockets[0].getsockname()[1])


class _Reloader:
    """Reloads the open pages through livereload when another site was published."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._version = preview.version

    def __call__(self) -> None:
        if self._preview.version != self._version:
            self._version = self._preview.version
            LiveReloadHandler.reload_waiters("*")


class Page(RequestHandler):
    """A page or file of the site."""

    def initialize(self, preview: Preview) -> None:
        """Keep where pages come from."""
        self._preview = preview

    async def get(self, address: str) -> None:
        """Answer with what stands at `address`, or with the site's page for what is not found."""
        path = f"{address}index.html" if address.endswith("/") or not address else address
        data, status = await self._preview.read(path), 200
        if data is None and await self._preview.read(f"{path}/index.html") is not None:
            self.redirect(f"/{path}/")
            return
        if data is None:
            path, status = "404.html", 404
            data = await self._preview.read(path)
        if data is None:
            path, status, data = "404.html", 503, NO_SITE.encode()
        self.set_status(status)
        self.set_header("Content-Type", content_type(path))
        self.set_header("Cache-Control", "no-store")
        self.finish(self._with_scripts(data, status) if path.endswith(".html") else data)

    head = get

    def _with_scripts(self, page: bytes, status: int) -> bytes:
        if status == 404:  # its links are relative to the top, the address it stands in for may be deeper
            page = page.replace(b"<head>", b'<head><base href="/">', 1)
        scripts = SCRIPTS.format(self._preview.version).encode()
        return page.replace(b"</head>", scripts + b"</head>", 1)


class Own(RequestHandler):
    """The script and the style of the overlay."""

    def get(self, name: str) -> None:
        """Answer with the file `name` beside this module."""
        self.set_header("Content-Type", content_type(name))
        self.set_header("Cache-Control", "no-store")
        self.finish((Path(__file__).with_name(name)).read_bytes())


class Says(WebSocketHandler):
    """Tells a page what the last build said, and which site is the newest, at once and after every build."""

    def initialize(self, preview: Preview) -> None:
        """Keep what is told."""
        self._preview = preview

    def open(self) -> None:
        """Tell, and listen for more."""
        self._preview.listening.add(self._tell)
        self._tell()

    def on_close(self) -> None:
        """Listen no more."""
        self._preview.listening.discard(self._tell)

    def on_message(self, message: str | bytes) -> None:
        """Pages have nothing to say."""

    def _tell(self) -> None:
        preview = self._preview
        try:
            self.write_message({"says": preview.says, "failed": preview.failed, "version": preview.version})
        except WebSocketClosedError:
            self.on_close()


def content_type(path: str) -> str:
    """Return the media type of the file at `path`; text is UTF-8, what nobody knows are plain bytes."""
    kind = TYPES.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
