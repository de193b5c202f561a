"""Writes a text as a YAML scalar that reads back as the same text."""

from __future__ import annotations

import re
from functools import lru_cache

from builder.content.source import read
from builder.content.source.diagnosis import LOOKS_LIKE_FIELD

# What can stand without quotes wherever a value can; any other text is tried.
_PLAIN = re.compile(
    r"[\u4e00-\u9fff《（〈【〔A-Za-z0-9](?:[\u4e00-\u9fff\w《》（）〈〉【】〔〕、，。；？！“”·—％%+./@~&=-]|(?<! ) (?! ))*(?<! )"
)
# In brackets the reader of content takes more for slips of the pen.
_PLAIN_IN_BRACKETS = re.compile(r"[^\W_](?:[^－｛｝{}\[\],#\"'：:]|:(?=[^\s]))*")
_ESCAPED = re.compile(r'["\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_BREAKS = re.compile(r"\n+")


def scalar(text: str, *, quotes: str = "", preferred: str = '"', in_brackets: bool = False) -> str:
    """Return `text` on one line, without quotes where it then reads back as the same text.

    `quotes` are the marks that are wanted in any case; `preferred` are those that are taken where some are needed.
    `in_brackets` says that it is to stand in a list or mapping in brackets.
    """
    if not quotes and is_plain(text, in_brackets=in_brackets):
        return text
    marks = quotes or preferred
    if _ESCAPED.search(text.replace('"', "").replace("\\", "")):
        marks = '"'
    elif not quotes and ('"' in text or "\\" in text):
        marks = "'"
    if marks == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text) + '"'


@lru_cache(maxsize=4096)
def is_plain(text: str, *, in_brackets: bool = False) -> bool:
    """Tell whether `text` reads back as the same text without quotes, and nobody is warned of it."""
    if _PLAIN.fullmatch(text):
        return text not in ("null", "Null", "NULL")
    if text != text.strip() or not text.isprintable() or LOOKS_LIKE_FIELD.match(text):
        return False
    if not text or (in_brackets and not _PLAIN_IN_BRACKETS.fullmatch(text)):
        return False
    sample = f"a: {{b: {text}, c: d}}\ne: [{text}, f]\n" if in_brackets else f"a: {text}\ne:\n  - {text}\n  - f\n"
    document, findings = read("sample.yaml", sample.encode())
    value = {"b": text, "c": "d"} if in_brackets else text
    return document is not None and not findings and document.raw == {"a": value, "e": [text, "f"]}


def block(text: str, mark: str, indent: int) -> list[str] | None:
    """Return the mark and the lines of a text of several lines, None if it cannot be written so.

    `mark` is ``|`` or ``>``; `indent` is the column of the lines, at least 1.
    """
    if "\n" not in text:
        return None
    words = text.removesuffix("\n")
    if not words or words.endswith("\n"):
        return None  # all blank lines below would become a part of it
    chomp = "" if text.endswith("\n") else "-"
    if mark == ">":
        words = _BREAKS.sub(lambda run: run[0] + "\n", words)
    result = [mark + chomp, *(" " * indent + line if line else "" for line in words.split("\n"))]
    document, findings = read("sample.yaml", "\n".join((f"a: {result[0]}", *result[1:], "b: c\n")).encode())
    return result if document and not findings and document.raw == {"a": text, "b": "c"} else None
