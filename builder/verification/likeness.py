"""How the bytes on a site came from ours: what was put in, what their form is, how much is the same."""

from __future__ import annotations

import re
from collections import Counter

ANCHOR = 24  # bytes of ours by which the place after an insertion is known
MOST_INSERTIONS = 12
TELLING = 10  # bytes of a line or tag; shorter ones are in every page

_LINE_END = re.compile(rb"\r+\n|\r+")
_PIECE = re.compile(rb"[<\n]")


def with_plain_ends(data: bytes) -> bytes:
    """Return data with line feeds only, and none at the end."""
    return _LINE_END.sub(b"\n", data).rstrip(b"\n\x1a")


def insertions(ours: bytes, theirs: bytes) -> list[bytes] | None:
    """Return what was put into our bytes to make theirs, in order; None if it is more than insertions."""
    found: list[bytes] = []
    at = there = 0
    while True:
        same = _common(ours, at, theirs, there)
        at, there = at + same, there + same
        rest = ours[at:]
        if theirs.endswith(rest) and len(theirs) - len(rest) >= there:
            end = len(theirs) - len(rest)
            return [*found, _from_its_start(theirs, there, end)] if end > there else found
        if len(found) == MOST_INSERTIONS or len(rest) < ANCHOR:
            return None
        end = theirs.find(rest[:ANCHOR], there)
        if end < 0:
            return None
        found.append(_from_its_start(theirs, there, end))
        there = end


def _common(one: bytes, at: int, other: bytes, there: int) -> int:
    """Return for how many bytes two texts go on alike."""
    low, high = 0, min(len(one) - at, len(other) - there)
    if one[at : at + high] == other[there : there + high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[at + low : at + middle] == other[there + low : there + middle]:
            low = middle
        else:
            high = middle
    return low


def _from_its_start(text: bytes, start: int, end: int) -> bytes:
    """Return an insertion from where its tag begins: before ``<script>``, a second one seems to begin within the first."""
    begin, stop = start, end
    while text[begin : begin + 1] != b"<":
        if begin == 0 or text[begin - 1] != text[stop - 1]:
            return text[start:end]
        begin, stop = begin - 1, stop - 1
    return text[begin:stop]


def likeness(one: bytes, other: bytes) -> float:
    """Return which part of the tags and lines of the longer text are in both, 0 to 1."""
    pieces, others = _pieces(one), _pieces(other)
    most = max(pieces.total(), others.total())
    return (pieces & others).total() / most if most else 1.0


def contained(one: bytes, other: bytes) -> float:
    """Return which part of the tags and lines of one text are in the other, 0 to 1."""
    pieces = _pieces(one)
    return (pieces & _pieces(other)).total() / pieces.total() if pieces else 1.0


def _pieces(text: bytes) -> Counter[bytes]:
    return Counter(piece for part in _PIECE.split(text) if len(piece := part.strip()) >= TELLING)


def without_spaces(data: bytes) -> bytes:
    """Return data without white space."""
    return b"".join(data.split())


def first_difference(ours: str, theirs: str) -> tuple[str, str]:
    """Return where two texts first differ, a few characters of each."""
    start = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    since = max(0, start - 12)
    return ours[since : start + 28], theirs[since : start + 28]
