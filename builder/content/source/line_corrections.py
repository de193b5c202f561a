"""Mistakes that can be recognised in a single line. They are looked for only in a file with something suspicious."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.content.source.corrections import Correction, corrected_hint
from builder.content.source.flow_mappings import mended
from builder.content.source.rules import (
    COLON_SPACE,
    DASH_SPACE,
    FULLWIDTH_COLON,
    TAB,
    WIDE_DASH,
    WIDE_SPACE,
)

_LEAD = r"^(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = r"(?P<key>[A-Za-z_][A-Za-z0-9_-]*)"
_WIDE_SPACES = "\u3000\u00a0\u2000-\u200f\u202f\u205f\u2060"

_TAB = re.compile(r"^(?P<lead>[ ]*(?:-[ ]+)*-?)(?P<wrong>\t[ \t]*)")
_WIDE_LEAD = re.compile(_LEAD + f"(?P<wrong>[ {_WIDE_SPACES}]{{0,40}}[{_WIDE_SPACES}][ {_WIDE_SPACES}]{{0,40}})(?=\\S)")
_DASH = re.compile(_LEAD + r"(?P<wrong>-)(?=[^\W\d])")
_WIDE_DASH = re.compile(r"^(?P<lead>[ ]*)(?P<wrong>[－—–−﹣][ \u3000]*)(?=[^－—–−﹣\s])")
_FULLWIDTH = re.compile(_LEAD + _KEY + f"[ ]*(?P<wrong>：)[ {_WIDE_SPACES}]*")
_NO_SPACE = re.compile(_LEAD + _KEY + f"(?P<wrong>:)(?=[^\\s/:{_WIDE_SPACES}])")
_WIDE_VALUE = re.compile(_LEAD + _KEY + f":(?P<wrong>[ {_WIDE_SPACES}]*[{_WIDE_SPACES}][ {_WIDE_SPACES}]*)")

_BLOCK = re.compile(r"(?:[:：]|-)[ \t]*[|>][0-9+-]{0,2}[ \t]*(?:#.*)?$")


def line_corrections(lines: list[str]) -> tuple[list[Correction], list[str]]:
    """Return the corrections of all lines, and the corrected lines. Comments and block text (``|``) are not changed."""
    corrections: list[Correction] = []
    corrected = list(lines)
    tab = _tab_size(lines)
    for number in _structure_lines(lines):
        for correction in _corrections_of(number, lines[number], tab):
            corrections.append(correction)
            corrected[number] = correction.lines[0]
    return corrections, corrected


def flow_corrections(lines: list[str]) -> tuple[list[Correction], list[str]]:
    """Return the corrections of mappings in braces, and the corrected lines. What YAML reads as meant is not changed."""
    corrections: list[Correction] = []
    corrected = list(lines)
    for number in _structure_lines(lines):
        line, slip = mended(lines[number])
        if slip:
            corrected[number] = line
            hint = corrected_hint(line)
            corrections.append(Correction(slip.rule, number, slip.column, slip.length, slip.says, hint, [line]))
    return corrections, corrected


def _structure_lines(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are neither comments nor inside block text."""
    inside: int | None = None
    for number, line in enumerate(lines):
        stripped = line.strip(" ")
        indent = len(line) - len(line.lstrip(" \t"))
        if inside is not None and (not stripped.strip() or (indent > inside and line[0] != "\t")):
            continue
        inside = None
        if stripped.startswith("#"):
            continue
        yield number
        if _BLOCK.search(line):
            inside = indent


def _tab_size(lines: list[str]) -> int:
    """Return how many spaces replace a tab: the smallest indentation with spaces in the file, or 2."""
    widths = {len(line) - len(line.lstrip(" ")) for line in lines if line.strip()} - {0}
    return min(widths, default=2)


def _corrections_of(number: int, line: str, tab: int) -> Iterator[Correction]:
    """Yield the corrections at the beginning of `line`, from left to right. Each starts from the result of the last."""
    current = line

    def replaced(match: re.Match[str], replacement: str) -> tuple[int, int, str]:
        start, end = match.span("wrong")
        return start - (len(current) - len(line)), end - start, current[:start] + replacement + current[end:]

    if match := _TAB.match(current):
        after_dash = match["lead"].endswith("-")
        spaces = " " if after_dash else " " * (match["wrong"].count("\t") * tab + match["wrong"].count(" "))
        column, length, next_line = replaced(match, spaces if current.strip() else "")
        says = "“-”后面用了 Tab 键，应当用一个空格" if after_dash else "行首用了 Tab 键，应当用空格"
        current = next_line
        hint = f"删掉标出的空白，改成 {len(spaces)} 个空格" if current else "删掉这一行的空白"
        yield Correction(TAB, number, column, length, says, hint, [current], fixes_tab=True)
    if match := _WIDE_LEAD.match(current):
        column, length, current = replaced(match, match["wrong"].translate(_NARROW))
        says = "行首有全角空格或看不见的空格，应当用英文空格"
        hint = f"删掉标出的空白，改成 {len(match['wrong'].translate(_NARROW))} 个空格"
        yield Correction(WIDE_SPACE, number, column, length, says, hint, [current])
    if match := _DASH.match(current):
        column, length, current = replaced(match, "- ")
        yield Correction(DASH_SPACE, number, column, length, "减号后面少了空格", corrected_hint(current), [current])
    if match := _WIDE_DASH.match(current):
        column, length, current = replaced(match, "- ")
        yield Correction(
            WIDE_DASH,
            number,
            column,
            length,
            f"“{match['wrong'].strip()}”不是英文的短横线",
            corrected_hint(current),
            [current],
        )
    if match := _FULLWIDTH.match(current):
        column, length, _ = replaced(match, ":")
        current = _FULLWIDTH.sub(lambda m: f"{m['lead']}{m['key']}: ", current).rstrip()
        says = f"“{match['key']}”后面用了中文冒号“：”，应当用英文冒号“:”加一个空格"
        yield Correction(FULLWIDTH_COLON, number, column, length, says, corrected_hint(current), [current])
    elif match := _NO_SPACE.match(current):
        column, length, current = replaced(match, ": ")
        says = f"“{match['key']}:”的冒号后面少了空格"
        yield Correction(COLON_SPACE, number, column, length, says, corrected_hint(current), [current])
    elif match := _WIDE_VALUE.match(current):
        column, length, current = replaced(match, " ")
        says = "冒号后面是全角空格或看不见的空格，应当用英文空格"
        yield Correction(WIDE_SPACE, number, column, length, says, corrected_hint(current), [current])


# Two spaces replace an ideographic space, which is as wide as two cells, so that lines remain aligned.
_NARROW = {0x3000: "  ", **dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")} | dict.fromkeys(
    [*range(0x200B, 0x2010), 0x2060]
)
