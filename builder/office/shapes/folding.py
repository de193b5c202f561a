"""Texts in one form, to compare them: half-width, without blanks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Full-width letters, digits and punctuation, each to one character: places in the folded text are those in the text.
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    ord("﹕"): ":",
    ord("︰"): ":",
    ord("∶"): ":",
    ord("〔"): "(",
    ord("〕"): ")",
    ord("﹝"): "(",
    ord("﹞"): ")",
    ord("［"): "(",
    ord("］"): ")",
}
_NO_WORD: Final = re.compile(r"[\s\W_]+")
_REMARK: Final = re.compile(r"\(.*?\)")
_NUMBER_BEFORE: Final = re.compile(r"(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]+|[①-⑳])\s*(?=\D)")


def half_width(text: str) -> str:
    """Return `text` with full-width characters made half-width. Its length stays."""
    return text.translate(_HALF_WIDTH)


@lru_cache(4096)
def fold(label: str) -> str:
    """Return the letters and digits of a label: 【办 理 地 点】： becomes 办理地点."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", label)).lower()


@lru_cache(4096)
def bare(label: str) -> str:
    """Return a label folded, without a number before it and without remarks in brackets."""
    plain = half_width(label).strip().strip("【】[]◇◆●■★*")
    return fold(_REMARK.sub("", _NUMBER_BEFORE.sub("", plain, count=1)))


def squeezed(text: str) -> str:
    """Return `text` without any blanks."""
    return "".join(text.split())
