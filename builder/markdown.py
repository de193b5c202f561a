"""Markdown to HTML that is safe to publish."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

# Headings of a body stand under the page's own headings of level 2.
_HEADING = re.compile(r"^(#{1,4})(?= )", re.MULTILINE)
_PLAIN = re.compile(r"[^\\`*_{}\[\]<>#+\-!|&~:.\d]*\Z")
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "table", "thead", "tbody",
    "tr", "th", "td", "code", "pre", "hr", "dl", "dt", "dd",
}  # fmt: skip


def html_of(text: str, top: int = 3) -> str:
    """Return `text` as HTML whose highest heading has the level `top`. Scripts, styles and raw HTML fall out."""
    if _PLAIN.match(text):
        return "".join(f"<p>{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    shifted = _HEADING.sub(lambda match: "#" * min(6, len(match[1]) - _top_level(text) + top), text)
    return _cleaned(_converter().reset().convert(shifted))


def _top_level(text: str) -> int:
    return min((len(match[1]) for match in _HEADING.finditer(text)), default=1)


@cache
def _converter() -> Markdown:
    from markdown import Markdown  # noqa: PLC0415 - most sites' items have no Markdown body

    return Markdown(extensions=["tables", "def_list", "sane_lists"], output_format="html")


def _cleaned(html: str) -> str:
    import nh3  # noqa: PLC0415 - as above

    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None, url_schemes={"http", "https", "mailto", "tel"})
