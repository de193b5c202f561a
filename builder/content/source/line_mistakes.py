"""Mistakes that a single line shows by itself, once the file is known to be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.content.source.mends import Mend, corrected
from builder.content.source.rules import (
    COLON_SPACE,
    DASH_SPACE,
    FULLWIDTH_COLON,
    TAB,
    WIDE_COMMA,
    WIDE_DASH,
    WIDE_SPACE,
)

_LEAD = r"^(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = r"(?P<key>[A-Za-z_][A-Za-z0-9_-]*)"
_WIDE = "\u3000\u00a0\u2000-\u200f\u202f\u205f\u2060"

_TAB = re.compile(r"^(?P<lead>[ ]*(?:-[ ]+)*-?)(?P<wrong>\t[ \t]*)")
_WIDE_LEAD = re.compile(_LEAD + f"(?P<wrong>[ {_WIDE}]{{0,40}}[{_WIDE}][ {_WIDE}]{{0,40}})(?=\\S)")
_DASH = re.compile(_LEAD + r"(?P<wrong>-)(?=[^\W\d])")
_WIDE_DASH = re.compile(r"^(?P<lead>[ ]*)(?P<wrong>[－—–−﹣][ \u3000]*)(?=[^－—–−﹣\s])")
_BRACES = re.compile(r"^[^#\"']*?(?P<inside>\{[^\"']*\})")
_WIDE_COMMA = re.compile(r"[ ]*(?P<wrong>，)[ \u3000]*(?=[A-Za-z_]+[ ]*[:：])")
_FULLWIDTH = re.compile(_LEAD + _KEY + f"[ ]*(?P<wrong>：)[ {_WIDE}]*")
_TIGHT = re.compile(_LEAD + _KEY + f"(?P<wrong>:)(?=[^\\s/:{_WIDE}])")
_WIDE_VALUE = re.compile(_LEAD + _KEY + f":(?P<wrong>[ {_WIDE}]*[{_WIDE}][ {_WIDE}]*)")

_BLOCK = re.compile(r"(?:[:：]|-)[ \t]*[|>][0-9+-]{0,2}[ \t]*(?:#.*)?$")


def line_mistakes(lines: list[str]) -> tuple[list[Mend], list[str]]:
    """Return the mistakes of each line, and the lines without them; block text (``|``) is left alone."""
    found: list[Mend] = []
    mended = list(lines)
    tab = _tab_size(lines)
    for number in _structure(lines):
        for mend in _of_line(number, lines[number], tab):
            found.append(mend)
            mended[number] = mend.lines[0]
    return found, mended


def _structure(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are neither comment nor inside block text."""
    inside: int | None = None
    for number, line in enumerate(lines):
        bare = line.strip(" ")
        indent = len(line) - len(line.lstrip(" \t"))
        if inside is not None and (not bare.strip() or (indent > inside and line[0] != "\t")):
            continue
        inside = None
        if bare.startswith("#"):
            continue
        yield number
        if _BLOCK.search(line):
            inside = indent


def _tab_size(lines: list[str]) -> int:
    """Return how many spaces a tab stands for: the step of the lines indented with spaces, else two."""
    widths = {len(line) - len(line.lstrip(" ")) for line in lines if line.strip()} - {0}
    return min(widths, default=2)


def _of_line(number: int, line: str, tab: int) -> Iterator[Mend]:
    """Yield the mistakes at the beginning of `line`, from left to right, each mending what the one before left."""
    now = line

    def mend(rule_match: re.Match[str], replacement: str) -> tuple[int, int, str]:
        start, end = rule_match.span("wrong")
        return start - (len(now) - len(line)), end - start, now[:start] + replacement + now[end:]

    if match := _TAB.match(now):
        dash = match["lead"].endswith("-")
        width = " " if dash else " " * (match["wrong"].count("\t") * tab + match["wrong"].count(" "))
        column, length, now_next = mend(match, width if now.strip() else "")
        says = "“-”后面用了 Tab 键，应当用一个空格" if dash else "行首用了 Tab 键，应当用空格"
        now = now_next
        hint = f"删掉标出的空白，改成 {len(width)} 个空格" if now else "删掉这一行的空白"
        yield Mend(TAB, number, column, length, says, hint, [now], on_tab=True)
    if match := _WIDE_LEAD.match(now):
        column, length, now = mend(match, match["wrong"].translate(_NARROW))
        says = "行首有全角空格或看不见的空格，应当用英文空格"
        yield Mend(WIDE_SPACE, number, column, length, says, WIDE_SPACE.fix, [now])
    if match := _DASH.match(now):
        column, length, now = mend(match, "- ")
        yield Mend(DASH_SPACE, number, column, length, "减号后面少了空格", corrected(now), [now])
    if match := _WIDE_DASH.match(now):
        column, length, now = mend(match, "- ")
        yield Mend(
            WIDE_DASH, number, column, length, f"“{match['wrong'].strip()}”不是英文的短横线", corrected(now), [now]
        )
    if (braces := _BRACES.match(now)) and (match := _WIDE_COMMA.search(now, *braces.span("inside"))):
        column, length, _ = mend(match, ",")
        now = now[: braces.start("inside")] + _WIDE_COMMA.sub(", ", braces["inside"]) + now[braces.end("inside") :]
        says = "花括号里用了中文逗号“，”，应当用英文逗号“,”加一个空格"
        yield Mend(WIDE_COMMA, number, column, length, says, corrected(now), [now])
    if match := _FULLWIDTH.match(now):
        column, length, _ = mend(match, ":")
        now = _FULLWIDTH.sub(lambda m: f"{m['lead']}{m['key']}: ", now).rstrip()
        says = f"“{match['key']}”后面用了中文冒号“：”，应当用英文冒号“:”加一个空格"
        yield Mend(FULLWIDTH_COLON, number, column, length, says, corrected(now), [now])
    elif match := _TIGHT.match(now):
        column, length, now = mend(match, ": ")
        says = f"“{match['key']}:”的冒号后面少了空格"
        yield Mend(COLON_SPACE, number, column, length, says, corrected(now), [now])
    elif match := _WIDE_VALUE.match(now):
        column, length, now = mend(match, " ")
        says = "冒号后面是全角空格或看不见的空格，应当用英文空格"
        yield Mend(WIDE_SPACE, number, column, length, says, WIDE_SPACE.fix, [now])


# An ideographic space is two cells wide, so two spaces keep the lines aligned as the editor saw them.
_NARROW = {0x3000: "  ", **dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")} | dict.fromkeys(
    [*range(0x200B, 0x2010), 0x2060]
)
