"""Text in a terminal: its width in cells (a Chinese character takes two), and visible forms of control characters."""

from __future__ import annotations

from builder.support.diagnostics import quote

EXCERPT_WIDTH = 100  # cells
_CONTEXT = 30  # cells before the marked text that are kept when a line is cut
_ELLIPSIS = "…"


def excerpt(line: str, column: int, length: int) -> tuple[str, str]:
    """Return `line` and a line of carets that mark `length` characters from `column` (counted from 1) on.

    Both are about `EXCERPT_WIDTH` cells wide at most. A longer line is cut around the marked text.
    """
    drawn = [visible(character) for character in line]
    start = min(column - 1, len(drawn))
    end = min(start + max(1, length), len(drawn))
    first = _excerpt_start(drawn, start)
    last = _excerpt_end(drawn, first)
    before = _ELLIPSIS if first else ""
    shown = before + "".join(drawn[first:last]) + (_ELLIPSIS if last < len(drawn) else "")
    gap = width(before) + width("".join(drawn[first:start]))
    carets = max(1, width("".join(drawn[start : min(end, last)])))
    return shown, " " * gap + "^" * carets


def visible(text: str) -> str:
    """Return `text` with visible symbols for its unprintable characters, such as ``→`` and spaces for a tab."""
    return "".join(_drawn(character) for character in text)


def width(text: str) -> int:
    """Return the width of `text` in cells."""
    from rich.cells import cell_len  # noqa: PLC0415 - needed only if there is something to show

    return cell_len(text)


def _drawn(character: str) -> str:
    if character.isprintable():
        return character
    match character:
        case "\t":
            return "→   "
        case "\u3000":
            return "\u3000"  # the ideographic space is normal in Chinese text
        case "\u00a0":
            return "␣"
        case _:
            return quote(character)


def _excerpt_start(drawn: list[str], start: int) -> int:
    if width("".join(drawn)) <= EXCERPT_WIDTH:
        return 0
    if width("".join(drawn[:start])) <= EXCERPT_WIDTH - _CONTEXT:
        return 0
    first, room = start, _CONTEXT
    while first > 0 and room > 0:
        first -= 1
        room -= width(drawn[first])
    return first


def _excerpt_end(drawn: list[str], first: int) -> int:
    last, room = first, EXCERPT_WIDTH
    while last < len(drawn) and room >= width(drawn[last]):
        room -= width(drawn[last])
        last += 1
    return last
