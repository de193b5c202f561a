"""What the pages of a site ask of a browser, and the Content-Security-Policy that allows this and nothing else.

The built-in pages load everything from their own host and run no code that stands in a page. Own templates and the header
of a parent site may; what they name is allowed, too, so that the policy never breaks the site that it protects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# What loads something when a page is opened, by element, with the directive that allows it.
_DIRECTIVES = {
    b"script": "script-src",
    b"img": "img-src",
    b"source": "img-src",
    b"iframe": "frame-src",
    b"video": "media-src",
    b"audio": "media-src",
    b"form": "form-action",
}
_LINKS = {b"stylesheet": "style-src", b"icon": "img-src"}  # a link element, by what it links

# Read in small letters, with plain spaces: patterns that begin with fixed characters are found ten times as fast.
_ELSEWHERE = re.compile(rb"= ?[\"']?((?:https?:)?//[^\"' >]+)")
_LOADS = re.compile(rb" (?:src|action|href) ?$")
_IN_CSS = re.compile(rb"(?:url\(|@import ) ?[\"']?((?:https?:)?//[^\"' )]+)")
_TAG = re.compile(rb"<([a-z][a-z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*")
_SCRIPT = re.compile(rb"<script\b([^>]*)>")
_IS_NO_INLINE_CODE = re.compile(rb" src ?=|type ?= ?[\"']?application/(?:ld\+)?json")
_HANDLER = re.compile(rb" on[a-z]+ ?= ?[\"']")
_STYLE = re.compile(rb" style ?= ?[\"']")


@dataclass(slots=True)
class Needs:
    """What was found in the pages and style sheets that were looked at."""

    hosts: dict[str, set[str]] = field(default_factory=dict)  # by directive
    inline: set[str] = field(default_factory=set)  # directives

    def look_at(self, path: str, data: bytes) -> None:
        """Take up what the file at `path` needs."""
        if path.endswith(".html"):
            self._look_at_page(_simple(data))
        elif path.endswith(".css"):
            for address in _IN_CSS.findall(_simple(data)):
                for directive in ("img-src", "font-src", "style-src"):
                    self._add(directive, address)

    def _look_at_page(self, page: bytes) -> None:
        for found in _ELSEWHERE.finditer(page):
            if _LOADS.search(page, found.start() - 8, found.start()) and (
                directive := _directive(_tag_at(page, found.start()))
            ):
                self._add(directive, found[1])
        if any(not _IS_NO_INLINE_CODE.search(attributes) for attributes in _SCRIPT.findall(page)):
            self.inline.add("script-src")
        if any(_tag_at(page, found.start()) for found in _HANDLER.finditer(page)):
            self.inline.add("script-src")
        if b"<style" in page or any(_tag_at(page, found.start()) for found in _STYLE.finditer(page)):
            self.inline.add("style-src")

    def _add(self, directive: str, address: bytes) -> None:
        parts = urlsplit(address.decode("utf-8", "replace"))
        if re.fullmatch(r"[A-Za-z0-9._:-]+", parts.netloc):
            self.hosts.setdefault(directive, set()).add(f"{parts.scheme}://{parts.netloc}".removeprefix("://"))

    def policy(self, framed_by: str = "") -> str:
        """Return the Content-Security-Policy; the site at the address `framed_by` may show pages in a frame.

        The full-text search runs WebAssembly, which ``wasm-unsafe-eval`` allows (CSP 3, section 4.4.2).
        """
        directives = {
            "default-src": ["'none'"],
            "script-src": ["'self'", "'wasm-unsafe-eval'"],
            "worker-src": ["'self'"],
            "connect-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "form-action": ["'self'"],
            "base-uri": ["'self'"],
            "frame-ancestors": ["'self'", *filter(None, [_origin(framed_by)])],
        }
        for directive in sorted({*self.hosts, *self.inline}):
            allowed = directives.setdefault(directive, ["'self'"])
            if directive in self.inline:
                allowed.append("'unsafe-inline'")
            allowed += sorted(self.hosts.get(directive, ()))
        return "; ".join(f"{directive} {' '.join(allowed)}" for directive, allowed in directives.items())


def _simple(data: bytes) -> bytes:
    """Return a text in small letters and with plain spaces; of addresses only the host is used, where this says the same."""
    return data.lower().replace(b"\n", b" ").replace(b"\t", b" ").replace(b"\r", b" ")


def _tag_at(data: bytes, at: int) -> bytes:
    """Return the tag in which a position lies, "" if that is text between tags."""
    tag = _TAG.match(data, data.rfind(b"<", 0, at))
    return tag[0] if tag and tag.end() > at else b""


def _directive(tag: bytes) -> str:
    """Return the directive that allows what a tag loads, "" if it loads nothing, as a link that one follows."""
    element = _TAG.match(tag)
    name = element[1] if element else b""
    if name == b"link":
        return next((directive for relation, directive in _LINKS.items() if relation in tag), "")
    return _DIRECTIVES.get(name, "")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
