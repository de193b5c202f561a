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
_WORDS = re.compile(r"[a-z]+:[a-z]+")  # such as end:returned
_ESCAPED = re.compile(r'["\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SPACES_AT_END = re.compile(r"\s$(?<!\n)", re.MULTILINE)
_BREAKS = re.compile(r"\n+")


def scalar(
    text: str, *, quotes: str = "", preferred: str = '"', in_brackets: bool = False, behind_dash: bool = False
) -> str:
    """Return `text` on one line, without quotes where it then reads back as the same text.

    `quotes` are the marks that are wanted in any case; `preferred` are those that are taken where some are needed.
    `in_brackets` says that it is to stand in a list or mapping in brackets, `behind_dash` that it is an entry on a line of
    its own; else it stands behind a key.
    """
    if not quotes and is_plain(text, in_brackets=in_brackets, behind_dash=behind_dash):
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
def is_plain(text: str, *, in_brackets: bool = False, behind_dash: bool = False) -> bool:
    """Tell whether `text` reads back as the same text without quotes, and nobody is warned of it."""
    if _PLAIN.fullmatch(text):
        return text not in ("null", "Null", "NULL")
    if not text or text != text.strip() or not text.isprintable():
        return False
    if LOOKS_LIKE_FIELD.match(text) and (behind_dash or not _WORDS.fullmatch(text)):
        return False  # whether the reader takes it for a slip depends on what else the file says
    if in_brackets and not _PLAIN_IN_BRACKETS.fullmatch(text):
        return False
    before, behind = ("a: {b: ", ", c: d}") if in_brackets else ("a:\n  - ", "\n  - d") if behind_dash else ("a: ", "")
    document, findings = read("sample.yaml", f"{before}{text}{behind}\n".encode())
    value = {"b": text, "c": "d"} if in_brackets else [text, "d"] if behind_dash else text
    return document is not None and not findings and document.raw == {"a": value}


def block(text: str, mark: str, indent: int) -> list[str] | None:
    """Return the mark and the lines of a text of several lines, None if it cannot be written so.

    `mark` is ``|`` or ``>``; `indent` is the column of the lines, at least 1.
    """
    if "\n" not in text or _SPACES_AT_END.search(text):
        return None  # spaces at the end of a line are lost in many programs
    words = text.removesuffix("\n")
    if not words or words.endswith("\n"):
        return None  # all blank lines below would become a part of it
    chomp = "" if text.endswith("\n") else "-"
    if mark == ">":
        words = _BREAKS.sub(lambda run: run[0] + "\n", words)
    result = [mark + chomp, *(" " * indent + line if line else "" for line in words.split("\n"))]
    document, findings = read("sample.yaml", "\n".join((f"a: {result[0]}", *result[1:], "b: c\n")).encode())
    return result if document and not findings and document.raw == {"a": text, "b": "c"} else None
