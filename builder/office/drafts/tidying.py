"""Texts of documents as content has them: without blanks for layout, with full-width punctuation among Chinese characters."""

from __future__ import annotations

import re
from typing import Final

from builder.editing import Value

_CHINESE: Final = "\u3400-\u9fff\u3001-\u303f\uff00-\uffef“”‘’…—"
_LAYOUT: Final = re.compile(rf"(?<=[{_CHINESE}])[^\S\n]+|[^\S\n]+(?=[{_CHINESE}])")
_BREAK: Final = re.compile(r"\s*\n\s*")
_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK: Final = re.compile(rf"(?<=[{_CHINESE}])[,;:?!](?!/)|(?<![\d:])[,;](?=[{_CHINESE}])")
_BRACKETS: Final = re.compile(r"\(([^()\n]*)\)")
_IS_CHINESE: Final = re.compile(rf"[{_CHINESE}]")
_END: Final = "。；;，,、 \t\n"


def tidy(text: str) -> str:
    """Return a text, line by line, without blanks that only lay it out and with Chinese punctuation."""
    lines = (_tidy_line(line) for line in text.replace("\u200b", "").split("\n"))
    return "\n".join(filter(None, lines))


def one_line(text: str) -> str:
    """Return a text on one line. Between Chinese characters a line break leaves nothing behind."""
    joined = _BREAK.sub("\n", text.strip())
    joined = re.sub(rf"(?<=[{_CHINESE}])\n|\n(?=[{_CHINESE}])", "", joined).replace("\n", " ")
    return _tidy_line(joined)


def entry(text: str) -> str:
    """Return a text as an entry of a list: on one line, without the punctuation that ends it."""
    return one_line(text).strip(_END)


def alone(value: Value) -> Value:
    """Return the one entry of a list by itself, as editors write it."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else value


def _tidy_line(line: str) -> str:
    bare = _LAYOUT.sub("", " ".join(line.split())).strip()
    if "://" in bare:
        return bare
    bare = _BRACKETS.sub(_full_brackets, bare)
    return _MARK.sub(lambda match: _FULL_WIDTH[match[0]], bare)


def _full_brackets(match: re.Match[str]) -> str:
    before = match.string[: match.start()][-1:]
    chinese = _IS_CHINESE.search(match[1]) or (before and _IS_CHINESE.match(before))
    return f"（{match[1]}）" if chinese else match[0]
