"""The cells of a terminal: a Chinese character takes two, and what cannot be seen is drawn."""

from __future__ import annotations

from builder.support.diagnostics import quote

WINDOW = 100  # cells of a source line that are shown
_LEAD = 30  # cells kept in front of the place when a line is cut
_MORE = "…"


def excerpt(line: str, column: int, length: int) -> tuple[str, str]:
    """Return `line` and the carets that mark `length` characters from `column` (from 1) on, fit for a terminal.

    Both are at most about 100 cells wide; a longer line is cut around the place.
    """
    drawn = [visible(character) for character in line]
    start = min(column - 1, len(drawn))
    end = min(start + max(1, length), len(drawn))
    first = _start_of_window(drawn, start)
    last = _end_of_window(drawn, first)
    before = _MORE if first else ""
    shown = before + "".join(drawn[first:last]) + (_MORE if last < len(drawn) else "")
    gap = width(before) + width("".join(drawn[first:start]))
    carets = max(1, width("".join(drawn[start : min(end, last)])))
    return shown, " " * gap + "^" * carets


def visible(text: str) -> str:
    """Return `text` with a tab as ``→`` and two spaces, and every other unprintable character drawn."""
    return "".join(_drawn(character) for character in text)


def width(text: str) -> int:
    """Return how many cells `text` takes."""
    from rich.cells import cell_len  # noqa: PLC0415 - not needed when there is nothing to show

    return cell_len(text)


def _drawn(character: str) -> str:
    if character.isprintable():
        return character
    match character:
        case "\t":
            return "→   "
        case "\u3000":
            return "\u3000"  # wide and blank, as in any Chinese text
        case "\u00a0":
            return "␣"
        case _:
            return quote(character)


def _start_of_window(drawn: list[str], start: int) -> int:
    if width("".join(drawn)) <= WINDOW:
        return 0
    if width("".join(drawn[:start])) <= WINDOW - _LEAD:
        return 0
    first, room = start, _LEAD
    while first > 0 and room > 0:
        first -= 1
        room -= width(drawn[first])
    return first


def _end_of_window(drawn: list[str], first: int) -> int:
    last, room = first, WINDOW
    while last < len(drawn) and room >= width(drawn[last]):
        room -= width(drawn[last])
        last += 1
    return last
