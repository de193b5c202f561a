"""Markdown to HTML that is safe to publish."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING_TAG = re.compile(r"(</?h)([1-6])(?=>)")
_ALLOWED_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "code", "pre", "hr", "dl", "dt", "dd",
}  # fmt: skip
_URL_SCHEMES = {"http", "https", "mailto", "tel"}


def html_of(text: str, top: int = 3) -> str:
    """Return `text` as HTML whose highest heading has the level `top`. Scripts, styles and other tags are removed."""
    return _with_top(_cleaned(_converter().reset().convert(text.strip())), top)


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
        html, tags=_ALLOWED_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None, url_schemes=_URL_SCHEMES
    )
