"""Numbers as Word and Excel write them: 3, III, c, 三, 叁, ③, ３."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, format: str) -> str:
    """Return `number` in a number format of Word (ECMA-376 part 1, 17.18.59), in Arabic digits if it is not known."""
    return _FORMATS.get(format, str)(number)


def chinese(number: int) -> str:
    """Return a number below 100,000,000 as it is read: 二十一, 一百零五."""
    return _read_out(number, "零一二三四五六七八九", "十百千")


def formal_chinese(number: int) -> str:
    """Return a number as it stands on a receipt: 贰拾壹."""
    return _read_out(number, _FORMAL, "拾佰仟", leading_one=True)


def digit_by_digit(number: int) -> str:
    """Return the digits of a number in Chinese: 二〇二六."""
    return "".join(_DIGITS[int(digit)] if digit.isdigit() else digit for digit in str(number))


def _read_out(number: int, digits: str, units: str, *, leading_one: bool = False) -> str:
    if number <= 0 or number >= 10**8:
        return digits[0] if number == 0 else str(number)
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        rest = _read_out(low, digits, units, leading_one=True) if low else ""
        return f"{_read_out(high, digits, units, leading_one=leading_one)}万{digits[0] if low and low < 1000 else ''}{rest}"
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += digits[0] if gap and text else ""
            text += digits[digit] + (units[power - 1] if power else "")
        gap = not digit
    return text[1:] if 10 <= number < 20 and not leading_one else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * min(count, 40)
    return text


def _letter(number: int) -> str:
    """Return a, …, z, aa, bb, …, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 40) if number > 0 else ""


def _circled(number: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "none": lambda number: "",
    "bullet": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "ordinal": str,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "ideographDigital": digit_by_digit,
    "japaneseDigitalTenThousand": digit_by_digit,
    "taiwaneseDigital": digit_by_digit,
    "koreanDigital2": digit_by_digit,
    "chineseLegalSimplified": formal_chinese,
    "ideographLegalTraditional": formal_chinese,
    "japaneseLegal": formal_chinese,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "ideographEnclosedCircle": lambda number: f"({chinese(number)})",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
}
