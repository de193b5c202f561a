"""Under which types browsers do with a file what they should (MIME Sniffing, Fetch and HTML standards of WHATWG)."""

from __future__ import annotations

import codecs
from posixpath import splitext

from builder.verification.answers import Response

SCRIPTS = (
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "text/ecmascript",
    "application/ecmascript",
    "text/x-javascript",
)
# Index files of Pagefind are gzip data themselves; it reads them as well where a host had them unpacked.
PACKED_OURSELVES = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")
# Data for programs, which only a type of texts can spoil: gateways change texts on their way.
DATA = ("application/octet-stream", "application/*", "binary/*", "image/*", "font/*", "audio/*", "video/*")
# What a type may be, the one to ask for first. Where it stands with "*", any of that kind will do.
TEXT_TYPES: dict[str, tuple[str, ...]] = {
    ".html": ("text/html",),
    ".css": ("text/css",),
    ".js": SCRIPTS,
    ".mjs": SCRIPTS,
    ".svg": ("image/svg+xml",),
    ".json": ("application/json", "text/json", "*+json"),
    ".jsonld": ("application/ld+json", "application/json", "text/json", "*+json"),
    ".xml": ("application/xml", "text/xml", "*+xml"),
    ".txt": ("text/plain",),
}
# Texts that programs read whatever they are called, but a page.
LOOSE: dict[str, tuple[str, ...]] = {
    ".csv": ("text/csv", "text/plain", *DATA),
    ".ics": ("text/calendar", "text/plain", *DATA),
    ".md": ("text/markdown", "text/plain", *DATA),
    ".webmanifest": ("application/manifest+json", "text/plain", *DATA),
}
TYPES: dict[str, tuple[str, ...]] = {
    **TEXT_TYPES,
    ".wasm": ("application/wasm",),
    ".pdf": ("application/pdf", "application/x-pdf", "application/octet-stream"),
}
# A browser finds out by itself what these are, if nothing is said and nothing forbids it.
GUESSED = {".html", ".css", ".xml", ".txt", ".pdf", ".svg"}


def is_text(path: str) -> bool:
    """Whether a file of the site is a text."""
    return splitext(path)[1] in TEXT_TYPES.keys() | LOOSE.keys()


def right_type(path: str) -> str:
    """Return the type to ask for."""
    return _allowed(splitext(path)[1])[0]


def _allowed(extension: str) -> tuple[str, ...]:
    return TYPES.get(extension) or LOOSE.get(extension, DATA)


def wrong_type(path: str, response: Response) -> str | None:
    """Return the type of a response if it spoils the file, "" if there is none and there has to be one; else None."""
    extension = splitext(path)[1]
    allowed = _allowed(extension) if extension else (*DATA, "text/plain")
    given = response.header("content-type").partition(";")[0].strip().lower()
    if not given:
        sniffed = "nosniff" not in response.header("x-content-type-options").lower()
        needs_one = extension in TYPES and not (extension in GUESSED and sniffed)
        return "" if needs_one else None
    return None if any(_fits(given, one) for one in allowed) else given


def _fits(given: str, allowed: str) -> bool:
    if allowed.endswith("/*"):
        return given.startswith(allowed[:-1])
    return given.endswith(allowed[1:]) if allowed.startswith("*") else given == allowed


def wrong_charset(path: str, response: Response, body: bytes) -> str:
    """Return the encoding that a response declares, if the text is in another one, "" otherwise."""
    if not is_text(path) or body.isascii():
        return ""
    for parameter in response.header("content-type").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            declared = value.split(",")[0].strip().strip("\"'").lower()
            try:
                return "" if codecs.lookup(declared).name == "utf-8" else declared
            except LookupError:
                return declared if declared not in ("", "unicode-1-1-utf-8") else ""
    return ""
