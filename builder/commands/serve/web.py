"""The web server: the files of the site, the two addresses of livereload, and ours below ``/-/``."""

from __future__ import annotations

import mimetypes
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler  # type: ignore[import-untyped]
from livereload.watcher import Watcher  # type: ignore[import-untyped]
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from builder.commands.serve.preview import Preview

HOST = "127.0.0.1"
PORTS_TO_TRY = 20

SCRIPTS = '<script src="/livereload.js"></script><script src="/-/overlay.js" data-version="{}" defer></script>'
NO_SITE = "<!doctype html><html lang='zh-CN'><head><title>还没有网站</title></head><p>网站还没有生成成功。改好问题后，这里会自动更新。"

# Python's own list of types: the one in the Windows registry may have been changed by other programs.
MEDIA_TYPES = mimetypes.MimeTypes()
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("application/wasm", ".wasm"),
    ("image/svg+xml", ".svg"),
    ("image/webp", ".webp"),
    ("font/woff2", ".woff2"),
    ("application/xml", ".xml"),
    ("text/calendar", ".ics"),
    ("application/octet-stream", ".pagefind"),
):
    MEDIA_TYPES.add_type(_type, _suffix)


def listen(preview: Preview, port: int, say: Callable[[str], None]) -> str:
    """Serve `preview` at `port` or the next free port. Return the address. Raises `OSError` if no port is free."""
    sockets, bound_port = _bind(port)
    if port not in (0, bound_port):
        say(f"端口 {port} 被别的程序占用，改用 {bound_port}。")
    LiveReloadHandler.watcher = Watcher()  # required by the handler; it watches nothing, since we detect changes
    routes: list[Any] = [
        (r"/livereload", LiveReloadHandler),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/-/says", BuildStatus, {"preview": preview}),
        (r"/-/(overlay\.(?:js|css))", OverlayFile),
        (r"/(.*)", SiteFile, {"preview": preview}),
    ]
    preview.listeners.add(_Reloader(preview))
    HTTPServer(Application(routes, log_function=lambda _: None)).add_sockets(sockets)
    return f"http://{HOST}:{bound_port}/"


def _bind(port: int) -> tuple[list[socket.socket], int]:
    for candidate in range(port, min(port + PORTS_TO_TRY, 65535)):
        try:
            sockets = bind_sockets(candidate, HOST)
        except OSError:
            continue
        return sockets, int(sockets[0].getsockname()[1])
    sockets = bind_sockets(port, HOST)
    return sockets, int(sockets[0].getsockname()[1])


class _Reloader:
    """Reloads the open pages through livereload when a new site has been published."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._version = preview.version

    def __call__(self) -> None:
        if self._preview.version != self._version:
            self._version = self._preview.version
            LiveReloadHandler.reload_waiters("*")


class SiteFile(RequestHandler):
    """Serves a file of the site."""

    def initialize(self, preview: Preview) -> None:
        """Set the preview, as Tornado requires."""
        self._preview = preview

    async def get(self, address: str) -> None:
        """Send the file at `address`, or the 404 page of the site, or a placeholder if there is no site yet."""
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
        if status == 404:
            page = _at_the_top(page)
        scripts = SCRIPTS.format(self._preview.version).encode()
        return page.replace(b"</head>", scripts + b"</head>", 1)


def _at_the_top(page: bytes) -> bytes:
    """Return the page for wrong addresses with links to the site as it is served here: at the top of a host.

    A channel of a parent site names its own path in them; else they are relative to the top of the site.
    """
    found = re.search(rb'<link rel="canonical" href="([^"]+)404\.html">', page)
    path = urlsplit(found[1]).path if found else b""
    if path and b'="' + path + b"static/" in page:
        return page.replace(b'="' + path, b'="/')
    return page.replace(b"<head>", b'<head><base href="/">', 1)


class OverlayFile(RequestHandler):
    """Serves the script and the style sheet of the overlay."""

    def get(self, name: str) -> None:
        """Send the file `name`, which is beside this module."""
        self.set_header("Content-Type", content_type(name))
        self.set_header("Cache-Control", "no-store")
        self.finish((Path(__file__).with_name(name)).read_bytes())


class BuildStatus(WebSocketHandler):
    """Sends an open page the output of the last build and the version of the site, at once and after each build."""

    def initialize(self, preview: Preview) -> None:
        """Set the preview, as Tornado requires."""
        self._preview = preview

    def check_origin(self, origin: str) -> bool:
        """Return whether the page at `origin` is ours. A proxy with https names the host that the browser knows."""
        headers = self.request.headers
        return urlsplit(origin).netloc.lower() in (headers.get("Host"), headers.get("X-Forwarded-Host"))

    def open(self) -> None:
        """Send the status now and after each build."""
        self._preview.listeners.add(self._send_status)
        self._send_status()

    def on_close(self) -> None:
        """Stop sending the status."""
        self._preview.listeners.discard(self._send_status)

    def on_message(self, message: str | bytes) -> None:
        """Ignore messages from pages: they send none."""

    def _send_status(self) -> None:
        preview = self._preview
        try:
            self.write_message({"says": preview.says, "failed": preview.failed, "version": preview.version})
        except WebSocketClosedError:
            self.on_close()


def content_type(path: str) -> str:
    """Return the media type of the file at `path`, with UTF-8 for text; an unknown file is binary."""
    kind = MEDIA_TYPES.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
