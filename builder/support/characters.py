"""Chinese characters as people type them: how they are read, and their traditional forms.

The search of the site has to know this of the characters that its words are made of, and of those that people
type by mistake in their place. The common ones are the first level of GB/T 2312 (3,755 characters, in every input method).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

_CJK = range(0x4E00, 0xA000)


def unusual_readings(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the readings in `texts` that a character alone would not have, such as ``行hang`` of 银行, sorted."""
    found = set()
    for text in texts:
        for word in "".join(one if is_chinese(one) else " " for one in text).split():
            found |= {f"{one}{read}" for one, read in zip(word, _read(word), strict=True) if read != usual_reading(one)}
    return tuple(sorted(found))


def by_reading(characters: Iterable[str], unusual: Iterable[str]) -> dict[str, str]:
    """Return for each syllable, in pinyin without tones, those of `characters` and of the common ones that are read so.

    `unusual` are further readings, such as ``行hang``.
    """
    found: dict[str, set[str]] = {}
    for character in common_characters().union(filter(is_chinese, characters)):
        found.setdefault(usual_reading(character), set()).add(character)
    for one in unusual:
        found.setdefault(one[1:], set()).add(one[0])
    return {syllable: "".join(sorted(found[syllable])) for syllable in sorted(found)}


def traditional_forms(characters: Iterable[str]) -> str:
    """Return pairs of characters: a traditional one, and the simplified one among `characters` or the common ones."""
    known = common_characters().union(characters)
    return "".join(old + new for old, new in _simplified() if new in known)


def is_chinese(character: str) -> bool:
    """Tell whether `character` is an ideograph of the basic block."""
    return ord(character) in _CJK


@cache
def usual_reading(character: str) -> str:
    """Return the reading of a character that stands alone, in pinyin without tones; ü is v."""
    return _read(character)[0]


@cache
def common_characters() -> frozenset[str]:
    """Return the first level of GB/T 2312."""
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(pair.decode("gb2312", "ignore") for pair in pairs) - {""}


def _read(word: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to import, and needed only when words have changed

    return lazy_pinyin(word)


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    from opencc import OpenCC  # noqa: PLC0415 - as above

    all_of_them = [chr(code) for code in _CJK]
    converted = OpenCC("t2s").convert("\n".join(all_of_them)).split("\n")
    return tuple((old, new) for old, new in zip(all_of_them, converted, strict=True) if old != new and len(new) == 1)
