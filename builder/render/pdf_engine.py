"""Built sheets as PDF files: the same page, the same print stylesheet, set by WeasyPrint.

WeasyPrint is an extra, and wants libraries and a Chinese font of the system; only this room knows of it. A sheet is set
again only when its bytes, its stylesheets, WeasyPrint or the fonts have changed.
"""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from builder.support.fingerprint import digest
from builder.support.store import Store
from builder.support.workers import Workers

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse  # type: ignore[import-untyped]

FOLDER = "pdf"  # in the site, beside "print"
NOWHERE = "https://site.invalid"  # the address of a site that does not know its own (RFC 2606, section 2)
AT_ONCE = 32  # sheets set between two rests, when what is there is remembered
FOR_A_WORKER = 6  # sheets that are worth the start of another process: it loads WeasyPrint anew

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"

# The files that a page or a stylesheet shows: not those that it leads to.
_SHOWN = re.compile(r"""(?:href|src)="([^"]+)"|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_SEEN_ON_PAPER = (".css", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2", ".ttf", ".otf")

# Those of print.css, which does not reach into drawings here: they would be set in the shapes of Japanese.
FONTS = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif'

# In both weights: the fonts that answer are those of every sheet.
_CHINESE = "办事指南一二三"  # not in the order of their codes
_PROBE = f"{_CHINESE}：，。 Aa 12"
_PROBE_PAGE = (
    f'<!doctype html><html lang="zh-CN"><title>-</title><style>body {{ font-family: {FONTS} }}</style>'
    f"<p>{_PROBE}</p><p><b>{_PROBE}</b></p>"
)


class MissingEngine(Exception):
    """WeasyPrint, a library that it needs, or a Chinese font is not installed."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A built site: its folder and its address, "" when it knows none; `version` is that of the engine and its fonts."""

    root: str
    address: str
    version: str


def require() -> None:
    """Raise MissingEngine when WeasyPrint is not installed. Quick: it is not loaded."""
    if find_spec("weasyprint") is None:
        raise MissingEngine(
            "做 PDF 要装 WeasyPrint，请用 uv run --extra pdf build.py pdf …（生成网站也一样，在 uv run 后面加 --extra pdf）"
        )


@cache
def engine_version() -> str:
    """Return what changes with WeasyPrint, its libraries, the fonts or this room: the digest of a sheet that they have set.

    Raises MissingEngine, which names the packages to install.
    """
    weasyprint = _loaded()
    plain = weasyprint.HTML(string=_PROBE_PAGE).write_pdf(uncompressed_pdf=True)
    if not _knows_chinese(plain):
        raise MissingEngine(f"做 PDF 没有找到中文字体，在 Debian 上请装 {PACKAGES}")
    with open(__file__, "rb") as code:
        return digest(b"\0".join((weasyprint.VERSION.encode(), code.read(), plain)))


@cache
def _loaded() -> Any:
    """Return WeasyPrint, which tells no more of every property that only browsers know. Raises MissingEngine."""
    require()
    # A layout is full of cycles: looked for as seldom as in a build, they would fill a gigabyte.
    gc.set_threshold(700, 10, 10)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # or the time would stand in the fonts, where fontTools cuts them
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", "No fonts|FontConfig cannot", UserWarning)  # to go on would be a crash
            import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow to load
    except (OSError, UserWarning) as error:
        raise MissingEngine(f"做 PDF 缺少系统的库或字体，在 Debian 上请装 {PACKAGES}") from error
    logger = logging.getLogger("weasyprint")
    logger.handlers = [logging.NullHandler()]
    logger.propagate = False
    return weasyprint


def _knows_chinese(plain: bytes) -> bool:
    """Tell whether some font has the letters of the probe: WeasyPrint counts up those that none has, as they come."""
    for font in plain.split(b"begincmap")[1:]:
        shapes = {letter: int(shape, 16) for shape, letter in re.findall(rb"<(\w{4})> <(\w{4})>", font)}
        found = [shapes.get(b"%04x" % ord(letter), 0) for letter in _CHINESE]
        if all(found) and any(later - earlier != 1 for earlier, later in pairwise(found)):
            return True
    return False


def path_of(page: str) -> str:
    """Return the place in a site of the PDF of the sheet ``print/<kind>/<id>.html``."""
    return f"{FOLDER}/{page.removeprefix('print/').removesuffix('.html')}.pdf"


def key_of(sheets: Sheets, page: str) -> str:
    """Return the name of everything that the PDF of `page` comes from. Raises OSError."""
    parts = [sheets.version.encode(), sheets.address.encode(), page.encode()]
    for path in sorted({page, *_shown_by(sheets.root, page)}):
        with open(f"{sheets.root}/{path}", "rb") as file:
            parts += [path.encode(), digest(file.read()).encode()]
    return digest(b"\0".join(parts))


def _shown_by(root: str, page: str) -> set[str]:
    """Return the files of the site that are seen on `page`, those named by its stylesheets too."""
    seen: set[str] = set()
    waiting = [page]
    while waiting:
        here = waiting.pop()
        with open(f"{root}/{here}", encoding="utf-8", errors="replace") as file:
            named = (next(filter(None, found.groups())) for found in _SHOWN.finditer(file.read()))
        for one in named:
            path = _path_in(root, urljoin(f"{NOWHERE}/{here}", one), NOWHERE)
            if path and path.endswith(_SEEN_ON_PAPER) and path not in seen and os.path.isfile(f"{root}/{path}"):
                seen.add(path)
                waiting += [path] if path.endswith(".css") else []
    return seen


def _path_in(root: str, url: str, address: str) -> str | None:
    """Return the path below `root` of the file at `url`, None when it is not of this site or leads out of it."""
    if not url.startswith(f"{address}/"):
        return None
    path = unquote(urlsplit(url.removeprefix(f"{address}/")).path)
    top = os.path.realpath(root)
    return path if os.path.realpath(f"{top}/{path}").startswith(f"{top}{os.sep}") else None


def pdf_of(sheets: Sheets, page: str) -> bytes:
    """Return `page` as PDF/UA-1 with bookmarks and embedded fonts: the same bytes for the same site, wherever it lies.

    It sees files below the site's folder and nothing else; what a page shows from elsewhere is left out. Links between
    pages get the site's address; without one they fall away.
    """
    weasyprint = _loaded()
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    address = sheets.address or NOWHERE

    class OfTheSite(URLFetcher):  # type: ignore[misc] # WeasyPrint declares no types
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - as WeasyPrint calls it
            path = _path_in(sheets.root, url, address)
            if path is None:
                raise ValueError(f"not of the site: {url}")
            with open(f"{sheets.root}/{path}", "rb") as file:
                return URLFetcherResponse(url, file.read(), {"Content-Type": _type_of(path)})

    with open(f"{sheets.root}/{page}", "rb") as file:
        html = weasyprint.HTML(file_obj=file, base_url=f"{address}/{page}", url_fetcher=OfTheSite(), encoding="utf-8")
    for drawing in html.etree_element.iter("{http://www.w3.org/2000/svg}svg"):
        drawing.attrib.setdefault("font-family", FONTS)
    if not sheets.address:
        for link in html.etree_element.iter("a"):
            if not re.match(r"[a-z]+:|#", link.get("href", "#")):
                del link.attrib["href"]
    return bytes(html.write_pdf(pdf_variant="pdf/ua-1"))


def _type_of(path: str) -> str:
    return "text/css" if path.endswith(".css") else "application/octet-stream"


def convert(
    sheets: Sheets,
    wanted: Sequence[tuple[str, str]],
    store: Store,
    jobs: int,
    done: Callable[[int], None],
) -> Iterator[tuple[str, str, bytes]]:
    """Yield page, key and PDF of each of the `wanted` pages with their keys, in order; remembered ones are not set again.

    What is set is remembered at once, so that a run that was interrupted goes on where it was.
    """
    worth_starting = 1 + len(wanted) // FOR_A_WORKER
    # Never forked: Pango keeps a thread, and a fork of it waits for ever.
    with Workers(min(jobs, worth_starting), _setter, (sheets,), "spawn") as workers:
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            known = {page: data for page, key in some for data in store.get_many(page, [key]).values()}
            missing = [page for page, _ in some if page not in known]
            done(len(known))
            fresh = dict(zip(missing, workers.map(missing, 1, done), strict=True))
            for page, key in some:
                if page in fresh:
                    store.put_many(page, [(key, fresh[page])])
                    store.keep_only(page, [key])
                yield page, key, known.get(page) or fresh[page]


def _setter(sheets: Sheets) -> Callable[[Sequence[str]], bytes]:
    """Return what sets a page as PDF in a worker, one at a time."""
    return lambda pages: pdf_of(sheets, *pages)
