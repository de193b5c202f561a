"""The sample site behind a strict web server, and pages of a real browser that tell what went wrong on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from playwright.sync_api import ConsoleMessage, Page, Request, Response
from sample_site import Built

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"

ROOT, BELOW = "/", "/a/b/"  # the two places at which the site is served

PHONE = {"width": 360, "height": 640}


@dataclass(frozen=True, slots=True)
class Served:
    """A built site with the address of its top folder, which ends in a slash."""

    built: Built
    top: str

    def __truediv__(self, path: str) -> str:
        return self.top + path


@dataclass
class Watch:
    """What went wrong on a page, and the addresses that it asked for."""

    troubles: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Note everything that happens on `page` from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def outside(self, top: str) -> list[str]:
        """Return the addresses asked for that do not lie below `top`."""
        return [url for url in self.asked if not url.startswith(top)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":  # here Chromium reports what the policy forbids, too
            self.troubles.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # we went on to another page before this one had everything
            self.troubles.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` at `ROOT` and at `BELOW` while the block runs; yield the address without a slash at its end."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix(BELOW.rstrip("/")) if path.startswith(BELOW) else path)

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *arguments: Any) -> None:
            """Say nothing: a browser that goes on to another page hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Three frames of a phone's size, each of which loads one page after the other.
_IN_FRAMES = """async paths => {
  const seen = {}, waiting = [...paths];
  const look = async () => {
    const frame = document.createElement("iframe");
    Object.assign(frame.style, {position: "fixed", top: 0, left: 0, border: 0, width: "%(width)dpx", height: "%(height)dpx"});
    document.body.append(frame);
    while (waiting.length) {
      const path = waiting.shift();
      await new Promise(done => { frame.onload = done; frame.src = path; });
      seen[path] = (%(measure)s)(frame.contentDocument);
    }
  };
  await Promise.all([look(), look(), look()]);
  return seen;
}"""


def seen_in_frames(page: Page, site: Served, paths: list[str], measure: str) -> dict[str, Any]:
    """Return what `measure`, a function of a document, finds on each page. Twice as quick as to go from page to page."""
    page.goto(site / "index.html")
    seen: dict[str, Any] = page.evaluate(_IN_FRAMES % {**PHONE, "measure": measure}, paths)
    assert seen.keys() == set(paths)
    return seen


def search_address(top: str, query: str) -> str:
    """Return the address to which the search form of a site leads."""
    return f"{top}search.html?q={quote(query)}"


def printed(page: Page) -> tuple[int, set[tuple[int, int]]]:
    """Return how many sheets the page that is open takes, and their sizes in mm."""
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    sizes = {(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in boxes}
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf)), sizes


def sheets_of(page: Page) -> int:
    """Return how many sheets the page that is open takes."""
    return printed(page)[0]
