"""Markdown to HTML that is safe to publish."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING_TAG = re.compile(r"(</?h)([1-6])(?=>)")
_ALLOWED_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "code", "pre", "hr", "dl", "dt", "dd",
}  # fmt: skip
URL_SCHEMES = {"http", "https", "mailto", "tel"}


def html_of(text: str, top: int = 3) -> str:
    """Return `text` as HTML whose highest heading has the level `top`. Scripts, styles and other tags are removed."""
    return _with_top(_cleaned(_converter().reset().convert(text.strip())), top)


def links_of(text: str) -> list[str]:
    """Return the addresses of the links in the Markdown `text` that may lead nowhere, each once, as they were written.

    Left out are whole web addresses, https://www.gov.cn: most texts with links have no others, and need not be converted.
    """
    others = _WEB_LINK.sub("", text)
    if "](" not in others and "<" not in others and "]:" not in others:
        return []
    addresses = map(unescape, _HREF.findall(_converter().reset().convert(text)))
    return [address for address in dict.fromkeys(addresses) if not _WEB_ADDRESS.fullmatch(address)]


_HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"', re.IGNORECASE)
_WEB_ADDRESS = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#][\w./?=&%#~:+,;@!$*-]*)?", re.ASCII | re.IGNORECASE
)
_WEB_LINK = re.compile(rf"\]\({_WEB_ADDRESS.pattern}\)", _WEB_ADDRESS.flags)


def rebased(html: str, folder: str) -> str:
    """Return `html` for a page elsewhere: its relative links begin at `folder`, an address that ends in “/”."""
    return _RELATIVE.sub(lambda match: f"{match[1]}{folder}", html)


_RELATIVE = re.compile(r'(<a href=")(?![a-z][a-z0-9+.-]*:|[/#"])', re.IGNORECASE)


def _with_top(html: str, top: int) -> str:
    """Return clean `html` with its headings shifted so that the highest has the level `top`."""
    shift = top - min((int(match[2]) for match in _HEADING_TAG.finditer(html)), default=top)
    return _HEADING_TAG.sub(lambda match: f"{match[1]}{min(6, int(match[2]) + shift)}", html)


@cache
def _converter() -> Markdown:
    from markdown import Markdown  # noqa: PLC0415 - most items have no Markdown body

    return Markdown(extensions=["tables", "def_list", "sane_lists"], output_format="html")


def _cleaned(html: str) -> str:
    import nh3  # noqa: PLC0415 - as above

    return nh3.clean(
        html, tags=_ALLOWED_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None, url_schemes=URL_SCHEMES
    )
