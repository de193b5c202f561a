"""What changed within a text, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORD = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    """A piece of a text: in both, only in the old one (``gone``), or only in the new one (``new``)."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_diff(was: str, now: str) -> list[Piece]:
    """Return the pieces of two texts in order. Numbers and Latin words are whole; of Chinese, each character is a word."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    pieces: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[first:last])))
            continue
        pieces += [Piece("gone", "".join(old[first:last]))] if last > first else []
        pieces += [Piece("new", "".join(new[start:end]))] if end > start else []
    return pieces


def line_diff(was: tuple[str, ...], now: tuple[str, ...]) -> list[list[Piece]]:
    """Return the lines of two texts in order, each with its pieces: a line that changed stands once, with both."""
    result: list[list[Piece]] = []
    for kind, first, last, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            result += [[Piece("same", line)] for line in was[first:last]]
            continue
        gone, new = list(was[first:last]), list(now[start:end])
        while gone and new:
            result.append(word_diff(gone.pop(0), new.pop(0)))
        result += [[Piece("gone", line)] for line in gone]
        result += [[Piece("new", line)] for line in new]
    return result
