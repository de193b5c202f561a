"""Chinese characters as people type them: their pinyin readings and their traditional forms.

The site search needs both for the characters in its index and for those that people type by mistake instead.
"Common" characters are the first level of GB/T 2312: 3,755 characters that every input method offers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

_CJK = range(0x4E00, 0xA000)


def unusual_readings(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the readings in `texts` that differ from the usual ones, such as ``行hang`` in 银行, sorted.

    Each is a character followed by its pinyin without tones.
    """
    unusual = set()
    for text in texts:
        for word in "".join(character if is_chinese(character) else " " for character in text).split():
            for character, reading in zip(word, _readings(word), strict=True):
                if reading != usual_reading(character):
                    unusual.add(f"{character}{reading}")
    return tuple(sorted(unusual))


def by_reading(characters: Iterable[str], unusual: Iterable[str]) -> dict[str, str]:
    """Return `characters` and the common ones, grouped by reading: syllable (pinyin without tones) → characters.

    `unusual` are additional readings in the form that `unusual_readings` returns, such as ``行hang``.
    """
    groups: dict[str, set[str]] = {}
    for character in common_characters().union(filter(is_chinese, characters)):
        groups.setdefault(usual_reading(character), set()).add(character)
    for reading in unusual:
        groups.setdefault(reading[1:], set()).add(reading[0])
    return {syllable: "".join(sorted(groups[syllable])) for syllable in sorted(groups)}


def traditional_forms(characters: Iterable[str]) -> str:
    """Return traditional and simplified characters in pairs, without separators: 證证號号….

    A pair is included when its simplified character is common or in `characters`.
    """
    known = common_characters().union(characters)
    return "".join(old + new for old, new in _simplified() if new in known)


def is_chinese(character: str) -> bool:
    """Return whether `character` is in the Unicode block CJK Unified Ideographs."""
    return ord(character) in _CJK


@cache
def usual_reading(character: str) -> str:
    """Return the reading of a character on its own, in pinyin without tones; ü is written v."""
    return _readings(character)[0]


@cache
def common_characters() -> frozenset[str]:
    """Return the first level of GB/T 2312, rows 16 to 55."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", "ignore") for code in codes) - {""}


def _readings(word: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to import, and needed only when words have changed

    return lazy_pinyin(word)


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    from opencc import OpenCC  # noqa: PLC0415 - as above

    characters = [chr(code) for code in _CJK]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return tuple((old, new) for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1)
