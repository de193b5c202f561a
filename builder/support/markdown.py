"""Markdown to HTML that is safe to publish."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

# What most bodies are made of: headings, paragraphs and flat lists, with *stress*, **strong words** and links in them.
# Such lines can mean nothing else in Markdown, so the HTML is the converter's, ten times sooner.
_CHARACTER = r"[^\\`*_{}\[\]<>#|&\s\x00-\x1f\x7f-\x9f\ufeff]"
_WORDS = rf"{_CHARACTER}(?:(?:{_CHARACTER}| )*{_CHARACTER})?"
_LINK = rf"(?<!!)\[({_WORDS})\]\((https?://(?:[a-z0-9]+[.-])+[a-z]+(?:/[A-Za-z0-9.-]+)*/?)\)"
_LINE = rf"(?![-+=: ]|\d+\.)(?:{_CHARACTER}| |\*\*{_WORDS}\*\*(?!\*)|\*{_WORDS}\*(?!\*)|{_LINK})+(?<! )"
_TITLE = re.compile(rf"(?P<level>#{{1,6}}) {_LINE}")
_LINES = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_POINTS = re.compile(rf"- {_LINE}(?:\n- {_LINE})*")
_LINKED = re.compile(_LINK)
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_STRESS = re.compile(r"\*(.+?)\*")
_HEADING = re.compile(r"(</?h)([1-6])(?=>)")
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "code", "pre", "hr", "dl", "dt", "dd",
}  # fmt: skip
_LINKS = {"http", "https", "mailto", "tel"}


def html_of(text: str, top: int = 3) -> str:
    """Return `text` as HTML whose highest heading has the level `top`. Scripts, styles and raw HTML fall out."""
    text = text.strip()
    html = _simple(text)
    if html is None:
        html = _cleaned(_converter().reset().convert(text))
    return _with_top(html, top)


def _simple(text: str) -> str | None:
    """Return the HTML of what most bodies are made of, None where anything else stands among it."""
    parts: list[str] = []
    for block in re.split(r"\n{2,}", text):
        linked = _LINKED.sub(r'<a href="\2">\1</a>', block)
        marked = _STRESS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", linked))
        if _LINES.fullmatch(block):
            parts.append(f"<p>{marked}</p>")
        elif title := _TITLE.fullmatch(block):
            level = len(title["level"])
            parts.append(f"<h{level}>{marked[level + 1 :]}</h{level}>")
        elif _POINTS.fullmatch(block) and not (parts and parts[-1].endswith("</ul>")):  # else it is one list with gaps
            points = "</li>\n<li>".join(marked.removeprefix("- ").split("\n- "))
            parts.append(f"<ul>\n<li>{points}</li>\n</ul>")
        else:
            return None
    return "\n".join(parts)


def _with_top(html: str, top: int) -> str:
    """Shift the headings of clean `html`, which stand under the page's own headings."""
    shift = top - min((int(match[2]) for match in _HEADING.finditer(html)), default=top)
    return _HEADING.sub(lambda match: f"{match[1]}{min(6, int(match[2]) + shift)}", html)


@cache
def _converter() -> Markdown:
    from markdown import Markdown  # noqa: PLC0415 - most sites' items have no Markdown body

    return Markdown(extensions=["tables", "def_list", "sane_lists"], output_format="html")


def _cleaned(html: str) -> str:
    import nh3  # noqa: PLC0415 - as above

    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None, url_schemes=_LINKS)
