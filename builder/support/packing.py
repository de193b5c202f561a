"""Packs texts in Chinese for scripts, so that they are a sixth smaller once a host has compressed them.

gzip writes a character that has not stood just before as three bytes. Here the commonest are a single ASCII mark, and the others
two ASCII characters. ``static/search-packed.js`` brings the texts back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MARKS = "!#$%&'()*-.;=?@[]^_`{}"  # each is a common character
LEADS = "abcdefghijklmnopqrstuvwxyz"  # the first of two
TRAILS = "".join(chr(code) for code in range(ord("#"), ord("~") + 1) if chr(code) not in "<\\")  # and the second
_PLAIN = re.compile(r"[0-9A-Z |/~+]")  # stays as it is


@dataclass(frozen=True, slots=False)
class Alphabet:
    """The characters of some texts: the commonest, one for each of `MARKS`; and how far apart the others are in Unicode."""

    common: str
    gaps: tuple[int, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Alphabet:
        """Return the alphabet of `texts`. Characters for which there is no room stay as they are: they are not ASCII."""
        counts = Counter[str]()
        for text in texts:
            counts.update(_PLAIN.sub("", text))
        common = sorted(counts, key=lambda character: (-counts[character], character))[: len(MARKS)]
        codes = sorted(map(ord, counts.keys() - set(common)))[: len(LEADS) * len(TRAILS)]
        gaps = (code - before for before, code in zip([0, *codes], codes, strict=False))
        return cls("".join(common), tuple(gaps))

    def packed(self, text: str) -> str:
        """Return a text of these characters, digits, capital letters and ` |/~+`, packed."""
        return text.translate(self.codes)

    @cached_property
    def codes(self) -> dict[int, str]:
        """The packed form of each character, by its number."""
        codes = {ord(character): mark for character, mark in zip(self.common, MARKS, strict=False)}
        code = 0
        for number, gap in enumerate(self.gaps):
            code += gap
            codes[code] = LEADS[number // len(TRAILS)] + TRAILS[number % len(TRAILS)]
        return codes
