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

_ELSEWHERE = re.compile(rb"\s(?:src|action|href)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)", re.IGNORECASE)
_IN_CSS = re.compile(rb"(?:url\(|@import\s+)\s*[\"']?((?:https?:)?//[^\"'\s)]+)", re.IGNORECASE)
_TAG = re.compile(rb"<([a-z][a-z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*", re.IGNORECASE)
_CODE = re.compile(rb"<script\b([^>]*)>|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
_IS_NO_INLINE_CODE = re.compile(rb"\ssrc\s*=|type\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
_STYLE = re.compile(rb"<style\b|\sstyle\s*=\s*[\"']", re.IGNORECASE)


@dataclass(slots=True)
class Needs:
    """What was found in the pages and style sheets that were looked at."""

    hosts: dict[str, set[str]] = field(default_factory=dict)  # by directive
    inline: set[str] = field(default_factory=set)  # directives

    def look_at(self, path: str, data: bytes) -> None:
        """Take up what the file at `path` needs."""
        if path.endswith(".html"):
            for found in _ELSEWHERE.finditer(data):
                if directive := _directive(_tag_at(data, found.start())):
                    self._add(directive, found[1])
            for found in _CODE.finditer(data):
                is_element = found[1] is not None
                if not _IS_NO_INLINE_CODE.search(found[1]) if is_element else _tag_at(data, found.start()):
                    self.inline.add("script-src")
            if any(found[0].startswith(b"<") or _tag_at(data, found.start()) for found in _STYLE.finditer(data)):
                self.inline.add("style-src")
        elif path.endswith(".css"):
            for address in _IN_CSS.findall(data):
                for directive in ("img-src", "font-src", "style-src"):
                    self._add(directive, address)

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


def _tag_at(data: bytes, at: int) -> bytes:
    """Return the tag in which a position lies, "" if that is text between tags."""
    tag = _TAG.match(data, data.rfind(b"<", 0, at))
    return tag[0] if tag and tag.end() > at else b""


def _directive(tag: bytes) -> str:
    """Return the directive that allows what a tag loads, "" if it loads nothing, as a link that one follows."""
    element = _TAG.match(tag)
    name = element[1].lower() if element else b""
    if name == b"link":
        return next((directive for relation, directive in _LINKS.items() if relation in tag.lower()), "")
    return _DIRECTIVES.get(name, "")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
