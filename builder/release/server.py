"""Settings for the servers on which sites of public offices run: nginx, Apache 2.4 and IIS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

BINARY = "application/octet-stream"

# The type of each kind of file. Servers answer a kind that they do not know with 404 (IIS) or as plain text.
TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "xml": "application/xml",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "wasm": "application/wasm",
    "pagefind": BINARY,
    "pf_meta": BINARY,
    "pf_index": BINARY,
    "pf_fragment": BINARY,
    "pf_filter": BINARY,
}

# Kinds that packing makes smaller. What Pagefind makes is packed already.
TEXTS = ("html", "css", "js", "mjs", "txt", "md", "csv", "ics", "xml", "json", "jsonld", "webmanifest", "svg")

DAY = 86_400  # seconds
WEEK, YEAR = 7 * DAY, 365 * DAY


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the templates of the settings are filled with.

    `path` is where the site lies on its host, such as ``/bszn/``, always with ``/`` at both ends. `types` are the types of
    all kinds of files, `texts` the types of those that are sent compressed.
    """

    path: str
    is_known: bool
    policy: str
    types: Mapping[str, str]
    texts: tuple[str, ...]
    week: int = WEEK
    year: int = YEAR

    @property
    def folder(self) -> str:
        """The name of the folder of the site on the host, "" at its top."""
        return self.path.strip("/")

    @property
    def by_type(self) -> Mapping[str, str]:
        """The endings that have each type, with a space between, in the order of the types."""
        endings: dict[str, list[str]] = {}
        for ending, type in self.types.items():
            endings.setdefault(type, []).append(ending)
        return {type: " ".join(names) for type, names in endings.items()}


def server_settings(base_url: str, paths: Iterable[str], policy: str) -> ServerSettings:
    """Return the settings for a site of the files `paths` at `base_url`; at the top of a host if that is not known."""
    unknown = {ending(path) for path in paths} - TYPES.keys() - {""}
    types = TYPES | dict.fromkeys(sorted(unknown), BINARY)
    texts = tuple(dict.fromkeys(TYPES[name] for name in TEXTS))
    return ServerSettings(f"{urlsplit(base_url).path.rstrip('/')}/", bool(base_url), policy, types, texts)


def ending(path: str) -> str:
    """Return the ending of a file's name, without the point and in lower case; "" if it has none."""
    name, _, last = path.rpartition("/")[2].rpartition(".")
    return last.lower() if name else ""
