"""PDF files of built sheets, made by WeasyPrint from the same pages and the same print style sheet.

WeasyPrint is an extra that needs system libraries and a Chinese font; no other module imports it. A PDF is made again
only when its sheet, its style sheets, WeasyPrint or the fonts have changed.
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

from builder.support.failure import Failure
from builder.support.fingerprint import digest
from builder.support.store import Store
from builder.support.workers import Workers

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse  # type: ignore[import-untyped]

FOLDER = "pdf"  # in the site, beside "print"
NOWHERE = "https://site.invalid"  # the address of a site that does not know its own (RFC 2606, section 2)
BATCH = 32  # sheets that are made before they are written to the store
FOR_A_WORKER = 6  # sheets that justify another process, which has to import WeasyPrint

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"

# Files that a page or a style sheet embeds or links; targets of plain links are filtered out by `_SEEN_ON_PAPER`.
_SHOWN = re.compile(r"""(?:href|src)="([^"]+)"|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_SEEN_ON_PAPER = (".css", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2", ".ttf", ".otf")

# The fonts of print.css. WeasyPrint does not apply them inside SVG, where Han letters would get their Japanese shapes.
FONTS = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif'

# A page in both weights: it is set with the fonts that every sheet is set with.
_CHINESE = "办事指南一二三"  # not in the order of their codes
_PROBE = f"{_CHINESE}：，。 Aa 12"
_PROBE_PAGE = (
    f'<!doctype html><html lang="zh-CN"><title>-</title><style>body {{ font-family: {FONTS} }}</style>'
    f"<p>{_PROBE}</p><p><b>{_PROBE}</b></p>"
)


class MissingEngine(Failure):
    """WeasyPrint, a library that it needs, or a Chinese font is not installed."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site on disk: its folder, its address ("" if unknown), and the version of the engine and its fonts."""

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
    """Return a digest that changes with WeasyPrint, its libraries, the fonts and this module.

    It is made from a probe page. Raises MissingEngine, which names the packages to install.
    """
    weasyprint = _loaded()
    plain = weasyprint.HTML(string=_PROBE_PAGE).write_pdf(uncompressed_pdf=True)
    if not _knows_chinese(plain):
        raise MissingEngine(f"做 PDF 没有找到中文字体，在 Debian 上请装 {PACKAGES}")
    with open(__file__, "rb") as code:
        return digest(b"\0".join((weasyprint.VERSION.encode(), code.read(), plain)))


@cache
def _loaded() -> Any:
    """Import WeasyPrint with its warnings silenced, and return it. Raises MissingEngine."""
    require()
    # A layout holds many reference cycles. With the collector as lazy as in a build they would fill a gigabyte.
    gc.enable()
    gc.set_threshold(700, 10, 10)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # fontTools writes the time into font subsets otherwise
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", "No fonts|FontConfig cannot", UserWarning)  # Pango crashes later otherwise
            import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow to load
    except (OSError, UserWarning) as error:
        raise MissingEngine(f"做 PDF 缺少系统的库或字体，在 Debian 上请装 {PACKAGES}") from error
    logger = logging.getLogger("weasyprint")
    logger.handlers = [logging.NullHandler()]
    logger.propagate = False
    return weasyprint


def _knows_chinese(plain: bytes) -> bool:
    """Tell whether some font has the letters of the probe. WeasyPrint numbers letters that no font has consecutively."""
    for font in plain.split(b"begincmap")[1:]:
        shapes = {letter: int(shape, 16) for shape, letter in re.findall(rb"<(\w{4})> <(\w{4})>", font)}
        found = [shapes.get(b"%04x" % ord(letter), 0) for letter in _CHINESE]
        if all(found) and any(later - earlier != 1 for earlier, later in pairwise(found)):
            return True
    return False


def path_of(page: str) -> str:
    """Return the path of the PDF of the sheet ``print/<kind>/<id>.html``."""
    return f"{FOLDER}/{page.removeprefix('print/').removesuffix('.html')}.pdf"


def key_of(site: BuiltSite, page: str) -> str:
    """Return the cache key of the PDF of `page`: a digest of all that it is made from. Raises OSError."""
    parts = [site.version.encode(), site.address.encode(), page.encode()]
    for path in sorted({page, *_shown_by(site.root, page)}):
        with open(f"{site.root}/{path}", "rb") as file:
            parts += [path.encode(), digest(file.read()).encode()]
    return digest(b"\0".join(parts))


def _shown_by(root: str, page: str) -> set[str]:
    """Return the files of the site that show on `page`, those used by its style sheets included."""
    seen: set[str] = set()
    waiting = [page]
    while waiting:
        here = waiting.pop()
        with open(f"{root}/{here}", encoding="utf-8", errors="replace") as file:
            named = (next(filter(None, found.groups())) for found in _SHOWN.finditer(file.read()))
        for reference in named:
            path = _path_in(root, urljoin(f"{NOWHERE}/{here}", reference), NOWHERE)
            if path and path.endswith(_SEEN_ON_PAPER) and path not in seen and os.path.isfile(f"{root}/{path}"):
                seen.add(path)
                waiting += [path] if path.endswith(".css") else []
    return seen


def _path_in(root: str, url: str, address: str) -> str | None:
    """Return the path below `root` of the file at `url`, None for a file outside the site."""
    if not url.startswith(f"{address}/"):
        return None
    path = unquote(urlsplit(url.removeprefix(f"{address}/")).path)
    top = os.path.realpath(root)
    return path if os.path.realpath(f"{top}/{path}").startswith(f"{top}{os.sep}") else None


def pdf_of(site: BuiltSite, page: str) -> bytes:
    """Return `page` as PDF/UA-1 with bookmarks and embedded fonts. The bytes do not depend on where the site lies.

    Only files below the site's folder are read; anything else that a page shows is left out. Links between pages
    become absolute; without an address of the site they are removed.
    """
    weasyprint = _loaded()
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    address = site.address or NOWHERE

    class SiteFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint declares no types
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - as WeasyPrint calls it
            path = _path_in(site.root, url, address)
            if path is None:
                raise ValueError(f"not of the site: {url}")
            with open(f"{site.root}/{path}", "rb") as file:
                return URLFetcherResponse(url, file.read(), {"Content-Type": _type_of(path)})

    with open(f"{site.root}/{page}", "rb") as file:
        html = weasyprint.HTML(file_obj=file, base_url=f"{address}/{page}", url_fetcher=SiteFetcher(), encoding="utf-8")
    for drawing in html.etree_element.iter("{http://www.w3.org/2000/svg}svg"):
        drawing.attrib.setdefault("font-family", FONTS)
    if not site.address:
        for link in html.etree_element.iter("a"):
            if not re.match(r"[a-z]+:|#", link.get("href", "#")):
                del link.attrib["href"]
    return bytes(html.write_pdf(pdf_variant="pdf/ua-1"))


def _type_of(path: str) -> str:
    return "text/css" if path.endswith(".css") else "application/octet-stream"


def convert(
    site: BuiltSite,
    wanted: Sequence[tuple[str, str]],
    store: Store,
    jobs: int,
    done: Callable[[int], None],
) -> Iterator[tuple[str, str, bytes]]:
    """Yield page, key and PDF of each of the `wanted` pages with their keys, in order. Those in the store are not made again.

    Each batch is stored when it is done, so an interrupted run resumes there.
    """
    worth_starting = 1 + len(wanted) // FOR_A_WORKER
    # Never forked: Pango runs a thread, and a forked copy of it would wait forever.
    with Workers(min(jobs, worth_starting), _pdf_maker, (site,), "spawn") as workers:
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            stored = {page: data for page, key in batch for data in store.get_many(page, [key]).values()}
            missing = [page for page, _ in batch if page not in stored]
            done(len(stored))
            made = dict(zip(missing, workers.map(missing, 1, done), strict=True))
            for page, key in batch:
                if page in made:
                    store.put_many(page, [(key, made[page])])
                    store.keep_only(page, [key])
                yield page, key, stored.get(page) or made[page]


def _pdf_maker(site: BuiltSite) -> Callable[[Sequence[str]], bytes]:
    """Return what a worker does with a chunk of one page: make its PDF."""
    return lambda pages: pdf_of(site, *pages)
