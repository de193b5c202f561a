"""When a text that came home is the one that went out. Programs change white space, and nobody means anything by it."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


def tidied(text: str) -> str:
    """Return a text with plain line ends and without white space around it, or before the ends of its lines."""
    if not text:
        return ""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def same(one: str, other: str) -> bool:
    """Tell whether two texts differ in white space only, such as the full-width space before a line that goes on."""
    return one == other or _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "\n".join(line.strip() for line in _SPACES.sub(" ", tidied(text)).split("\n"))
