"""Numbers as people write them."""

from __future__ import annotations

import re
import unicodedata

_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {"〇": 0, "零": 0, "两": 2, **{character: n for n, character in enumerate("一二三四五六七八九", 1)}}


def number_in(text: str) -> str:
    """Return the number that a short text like 1,000元, 两份 or 十六 says, in plain digits, or "" if it says none."""
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})|[\s￥¥]", "", unicodedata.normalize("NFKC", text))
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)[\u4e00-\u9fff]{0,3}", plain):
        return match[1]
    if match := re.fullmatch(r"([〇零一二两三四五六七八九十百千]+)[\u4e00-\u9fff]{0,2}", plain):
        return str(_value_of(match[1]))
    return ""


def _value_of(numeral: str) -> int:
    """Return the value of a Chinese numeral below 10 000."""
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[character], 0
        else:
            digit = _DIGITS[character]
    return total + digit
