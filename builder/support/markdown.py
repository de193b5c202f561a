"""Markdown to HTML that is safe to publish."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from operator import and_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown
    from nh3 import Cleaner

_HEADING_TAG = re.compile(r"(</?h)([1-6])(?=>)")
_ALLOWED_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "code", "pre", "hr", "dl", "dt", "dd",
}  # fmt: skip
URL_SCHEMES = {"http", "https", "mailto", "tel"}


def html_of(text: str, top: int = 3) -> str:
    """Return `text` as HTML whose highest heading has the level `top`. Scripts, styles and other tags are removed."""
    blocks = _blocks(text.strip())
    html = _clean(text.strip()) if blocks is None else "\n".join(map(_clean_block, blocks))
    return _with_top(html, top)


def links_of(text: str) -> list[str]:
    """Return the addresses of the links in the Markdown `text` that may lead nowhere, each once, as they were written.

    Left out are whole web addresses, https://www.gov.cn: most texts with links have no others, and need not be converted.
    """
    others = _WEB_LINK.sub("", text)
    if "](" not in others and "<" not in others and "]:" not in others:
        return []
    addresses = map(unescape, _HREF.findall(_converted(text.strip())))
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


# A line that begins with a letter or with something bold: it is no part of a table, a quote, a definition, or code.
_LINE = r"(?:\*\*)?[^\x00-\x40\x5b-\x60\x7b-\x7f\s\d][^<\n\t\r\x02\x03]*"
_LIST = re.compile(rf"- {_LINE}(?:\n- {_LINE})*")  # one after another, they are one list
_HEADING_OR_PARAGRAPH = re.compile(rf"#{{1,6}} {_LINE}|{_LINE}(?:\n{_LINE})*")
_ITEM = re.compile(r"^- (.*)$", re.MULTILINE)
# What may be more than the words of a paragraph or a list, and what is written in another way in HTML.
_MARKED = re.compile(r"^#|[*_`\\[&>\x00-\x08\x0b-\x1f\x7f-\xa0]| $", re.MULTILINE)


def _blocks(text: str) -> list[str] | None:
    """Return the blocks of a text that can be converted one by one, None if they depend on each other.

    Most texts are headings, paragraphs and short lists, which do not depend on what stands around them. Many of these
    blocks need no converter, and many stand in hundreds of items.
    """
    blocks = text.split("\n\n")
    lists = [bool(_LIST.fullmatch(block)) for block in blocks]
    others = (block for block, is_list in zip(blocks, lists, strict=True) if not is_list)
    if any(map(and_, lists, lists[1:])) or not all(map(_HEADING_OR_PARAGRAPH.fullmatch, others)):
        return None
    return blocks


def _clean_block(block: str) -> str:
    if _MARKED.search(block):
        return _clean(block)
    if block.startswith("- "):
        return _ITEM.sub(r"<li>\1</li>", f"<ul>\n{block}\n</ul>")
    return f"<p>{block}</p>"


@lru_cache(maxsize=1 << 12)
def _clean(text: str) -> str:
    return _cleaner().clean(_converted(text))


def _converted(text: str) -> str:
    return _converter().reset().convert(text)


@cache
def _converter() -> Markdown:
    from markdown import Markdown  # noqa: PLC0415 - most items have no Markdown body

    return Markdown(extensions=["tables", "def_list", "sane_lists"], output_format="html")


@cache
def _cleaner() -> Cleaner:
    from nh3 import Cleaner  # noqa: PLC0415 - as above

    return Cleaner(
        tags=_ALLOWED_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None, url_schemes=URL_SCHEMES
    )
