"""Texts inside Chinese quotation marks, which an input method types in the place of the quotes of YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from builder.content.source.corrections import corrected_hint
from builder.content.source.events import position_of
from builder.content.source.rules import WIDE_QUOTES
from builder.support.diagnostics import Finding, quote

WIDE_QUOTES_USED = "“”‘’＂"  # a text that begins with none of them is not wrapped
_QUOTE = re.compile(r"[“”‘’＂\"]")


def is_wrapped(text: str) -> bool:
    """Return whether the quotation mark at the start of `text` is meant for all of it, so that no other is inside."""
    return not _QUOTE.search(_unwrapped(text))


def wide_quotes(file: str, text: str, wrapped: Sequence[Any]) -> Iterator[Finding]:
    """Yield a finding for each line of `text` with such texts. `wrapped` are their events, in order."""
    lines = re.split(r"\r\n|\n|\r", text) if wrapped else []
    for number, events in groupby(wrapped, key=lambda event: event.start_mark.line):
        first, *more = events
        says = f"整段内容外面是中文引号：{quote(first.value)}" + (f"，这一行有{len(more) + 1}处" if more else "")
        says += "。要印出引号的，外面再加一对英文引号"
        if all(event.end_mark.line == number for event in (first, *more)):
            hint = corrected_hint(_mended(lines[number], (first, *more)))
        else:
            hint = "删掉开头和结尾的引号"
        yield WIDE_QUOTES.at(file, says=says, hint=hint, position=position_of(first))


def _mended(line: str, events: Sequence[Any]) -> str:
    for event in reversed(events):
        start, end = event.start_mark.column, event.end_mark.column
        line = line[:start] + _unwrapped(line[start:end]) + line[end:]
    return line


def _unwrapped(text: str) -> str:
    return text[1:-1] if len(text) > 1 and _QUOTE.match(text[-1]) else text[1:]
