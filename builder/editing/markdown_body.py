"""Another text in the body of a Markdown file, in which the lines that it still has stay as they are."""

from __future__ import annotations

import re
from itertools import takewhile

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")


def with_text(body: str, text: str, line_end: str) -> str:
    """Return `body` with another `text` in it. Blank lines around the text stay; there is one above a new one.

    New lines end in `line_end`.
    """
    lead, words, tail = _parted(body)
    _, text, _ = _parted(text)
    if not text:
        return ""
    if not words:
        lead, tail = body + line_end, line_end
    return lead + _merged(words, text, line_end) + tail


def _parted(text: str) -> tuple[str, str, str]:
    """Return the blank lines before a text, the text, and the spaces and line breaks behind it."""
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    words = text[start:].rstrip()
    return text[:start], words, text[start + len(words) :]


def _merged(old: str, new: str, line_end: str) -> str:
    """Return `new`; the lines with which it begins and ends as `old` does end in what they end in there."""
    there, lines = _LINE.findall(old), _LINE.findall(new)
    ends = [line_end for _ in lines]
    for index in range(_alike(there, lines)):
        ends[index] = _end(there[index]) or line_end
    for index in range(1, _alike(there[::-1], lines[::-1]) + 1):
        ends[-index] = _end(there[-index]) or line_end
    return "".join(line.rstrip("\r\n") + end for line, end in zip(lines, [*ends[:-1], ""], strict=True))


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _alike(lines: list[str], others: list[str]) -> int:
    pairs = zip(lines, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].rstrip("\r\n") == pair[1].rstrip("\r\n"), pairs))
