"""Numbers of a worksheet as Excel shows them: ``2026年3月1日``, ``0012``, ``15%``.

Of format codes (ECMA-376 part 1, 18.8.31) this knows what offices use; a number whose code it does not know is shown plain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Final

from builder.office.documents.numerals import chinese, formal_chinese

# Codes of the formats that a file names by number only, as Excel shows them in Chinese (ECMA-376 part 1, 18.8.30).
BUILT_IN: Final[Mapping[int, str]] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_TOKEN: Final = re.compile(
    r"""(?P<literal>"[^"]*"|\\.|_.|\*.)
    |(?P<bracket>\[[^\]]*\])
    |(?P<half>AM/PM|A/P|上午/下午)
    |(?P<date>yyyy|yy|y|e|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|hh|h|ss|s)(?P<fraction>\.0+)?
    |(?P<digits>[0#?][0#?,.]*[0#?,.]*(?:E[+-]0+)?%*)
    |(?P<text>@)
    |(?P<general>General|G/通用格式)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_WEEK: Final = "一二三四五六日"
_LARGEST_DATE: Final = 2_958_465  # 9999-12-31


def shown(value: str, code: str, *, from_1904: bool = False) -> str:
    """Return a number, written as in the XML of the sheet, as the format `code` shows it.

    `from_1904` says that dates count from 1904, as they do in files of old Macintosh computers.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return value
    section, number = _section(code, number)
    tokens = _tokens(section)
    kinds = {kind for kind, _ in tokens}
    if "general" in kinds or not kinds & {"date", "digits", "half"}:
        plain = _plain(number)
        return "".join(plain if kind in ("general", "text") else _literal(kind, text) for kind, text in tokens) or plain
    if kinds & {"date", "half"}:
        return _date(number, tokens, section, from_1904=from_1904)
    return _with_digits(number, tokens, section)


def day(value: str, code: str, *, from_1904: bool = False) -> str:
    """Return the day that the format `code` shows of a number, as 2026-03-01; "" if it shows none, or more than a day."""
    if not _shows_a_day(code):
        return ""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ""
    if not 0 <= number <= _LARGEST_DATE or number != number.to_integral_value():
        return ""
    return _moment(number, from_1904=from_1904).date().isoformat()


@cache
def _shows_a_day(code: str) -> bool:
    """Tell whether a format shows the year, the month and the day, and no more."""
    dates = [text.partition(".")[0].lower()[0] for kind, text in _tokens(_split(code)[0]) if kind == "date"]
    return {"m", "d"} <= {*dates} and bool({"y", "e"} & {*dates}) and not {"h", "s"} & {*dates}


def _section(code: str, number: Decimal) -> tuple[str, Decimal]:
    """Return the part of `code` for a number of this sign, and the number without the sign that the part writes itself."""
    parts = _split(code)
    numbers = parts[:3] if len(parts) > 3 else parts
    if any(
        re.search(r"\[[<>=]", part) for part in numbers
    ):  # conditions: seldom used, and never for what is a text here
        return parts[0], number
    if number < 0 and len(numbers) > 1:
        return numbers[1], -number
    if number == 0 and len(numbers) > 2:
        return numbers[2], number
    return numbers[0], number


def _split(code: str) -> list[str]:
    parts, quoted, start = [], False, 0
    for place, character in enumerate(code):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            parts.append(code[start:place])
            start = place + 1
    return [*parts, code[start:]]


@cache
def _tokens(section: str) -> tuple[tuple[str, str], ...]:
    tokens = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup if match.lastgroup != "fraction" else "date"
        tokens.append((kind or "other", match[0]))
    return tuple(tokens)


def _literal(kind: str, text: str) -> str:
    if kind == "literal":
        return text[1:-1] if text.startswith('"') else text[1:] if text[0] == "\\" else " " if text[0] == "_" else ""
    if kind == "bracket":
        currency = re.match(r"\[\$([^-\]]*)", text)
        return currency[1] if currency else ""
    return text if kind == "other" else ""


def _plain(number: Decimal) -> str:
    """Return a number as Excel shows it without a format: at most eleven significant digits of a fraction."""
    if number == number.to_integral_value():
        return str(int(number))
    return format(_rounded(number, max(0, 10 - max(number.adjusted(), 0))).normalize(), "f")


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _with_digits(number: Decimal, tokens: tuple[tuple[str, str], ...], section: str) -> str:
    digits = "".join(text for kind, text in tokens if kind == "digits")
    percent = "".join(text for kind, text in tokens).count("%")
    if "E" in digits.upper():
        return _plain(number)
    pattern = digits.rstrip("%")
    while pattern.endswith(","):  # each comma at the end shows thousands
        pattern, number = pattern[:-1], number / 1000
    whole, _, fraction = pattern.partition(".")
    number = _rounded(number * 100**percent, len(fraction))
    sign, plain = ("-" if number < 0 else ""), format(abs(number), "f")
    before, _, after = plain.partition(".")
    least = fraction.rfind("0") + 1
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    before = before.lstrip("0").rjust(whole.replace(",", "").count("0"), "0")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", before)
    before = _in_chinese(before, section)
    written = f"{before}.{after}" if after else before
    text, done = sign, False
    for kind, token in tokens:
        if kind == "digits":
            text += ("" if done else written) + "%" * token.count("%")
            done = True
        else:
            text += _literal(kind, token)
    return text.strip()


def _in_chinese(digits: str, section: str) -> str:
    chosen = re.search(r"\[DBNum([12])\]", section, re.IGNORECASE)
    if not chosen or not digits.isdecimal():
        return digits
    return (chinese if chosen[1] == "1" else formal_chinese)(int(digits))


def _date(number: Decimal, tokens: tuple[tuple[str, str], ...], section: str, *, from_1904: bool) -> str:
    if number < 0 or number > _LARGEST_DATE:
        return _plain(number)
    moment = _moment(number, from_1904=from_1904)
    half_day = any(kind == "half" for kind, _ in tokens)
    in_chinese = re.search(r"\[DBNum1\]", section, re.IGNORECASE) is not None
    text, last = "", ""
    for index, (kind, token) in enumerate(tokens):
        if kind == "date":
            letters = token.partition(".")[0].lower()
            if letters in ("m", "mm") and (last.startswith("h") or _next_letters(tokens, index).startswith("s")):
                letters = letters.replace("m", "i")  # minutes
            text += _of_date(moment, letters, half_day=half_day, in_chinese=in_chinese)
            last = letters
        elif kind == "half":
            text += ("上午" if moment.hour < 12 else "下午") if "午" in token else "AM" if moment.hour < 12 else "PM"
        elif kind == "bracket" and re.fullmatch(r"\[(h+|m+|s+)\]", token, re.IGNORECASE):
            unit = {"h": 24, "m": 1440, "s": 86400}[token[1].lower()]
            text += str(int(number * unit))
            last = token[1].lower()
        else:
            text += _literal(kind, token)
    return text.strip()


def _next_letters(tokens: tuple[tuple[str, str], ...], index: int) -> str:
    return next((token.lower() for kind, token in tokens[index + 1 :] if kind == "date"), "")


def _moment(number: Decimal, *, from_1904: bool) -> datetime:
    """Return the moment of a serial number. Excel takes 1900 for a leap year, so days before March 1900 are one off."""
    seconds = int((number % 1 * 86400).to_integral_value(ROUND_HALF_UP))
    days = int(number)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if days >= 60 else 31)  # noqa: DTZ001
    return start + timedelta(days=days, seconds=seconds)


def _of_date(moment: datetime, letters: str, *, half_day: bool, in_chinese: bool) -> str:
    if letters.startswith("a") or letters in ("ddd", "dddd"):
        name = "日一二三四五六"[(moment.weekday() + 1) % 7]
        return name if letters == "aaa" else f"星期{name}"
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    part = {
        "y": moment.year,
        "e": moment.year,
        "m": moment.month,
        "d": moment.day,
        "h": hour,
        "i": moment.minute,
        "s": moment.second,
    }[letters[0]]
    if letters in ("yy", "y"):
        part %= 100
    if in_chinese:
        return (
            "".join("〇一二三四五六七八九"[int(digit)] for digit in str(part)) if letters[0] in "ye" else chinese(part)
        )
    if letters == "e":
        return str(part)
    return str(part).rjust(min(len(letters), 4 if letters[0] == "y" else 2), "0")
