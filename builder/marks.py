"""Short marks that stand for a name, where a page or a visitor's device has to tell many apart in little room."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def mark_of(name: str) -> str:
    """Return four letters and digits that stand for `name` (FNV-1a); ``static/mine.js`` reckons the same for ids."""
    hashed = 2166136261
    for byte in name.encode():
        hashed = (hashed ^ byte) * 16777619 & 0xFFFFFFFF
    return "".join(_DIGITS[hashed // 36**place % 36] for place in (3, 2, 1, 0))
