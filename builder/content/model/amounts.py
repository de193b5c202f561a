"""Amounts of money and shares of something, as documents write them: 20万, 1,000元, 20至40, 不超过1.2%, 5‰, 减半.

They are kept as numbers, so that they can be compared and shown in one form. What is not understood is refused, never
guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticKnownError

HIGHEST = 1_000_000  # yuan; what is higher is a slip of the pen

_POWERS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = rf"({_DIGITS})\s*(百万|[百千万亿]?)"
_YUAN = rf"(?:人民币|[¥￥])?\s*{_NUMBER}\s*元?"
_PERCENT = rf"({_DIGITS})\s*([%％‰]?)"
_TO = r"\s*[-—–－～~至到]+\s*"
_AT_MOST = r"(不超过|不高于|至多|最高|最多)?\s*"
_LIMIT = r"(?:最低|最少|至少|最高|最多|至多|不超过|不低于)?\s*收?\s*"

_EXTENT = re.compile(rf"(?:不满|不超过|至|到)?\s*{_NUMBER}\s*(.{{0,8}})")
_FREE = ("免费", "不收费", "不收", "免收", "免")
_HALF = ("减半", "一半")


class Price(NamedTuple):
    """What is charged, in yuan or in percent: from `least` to `most`, which are often the same.

    `at_most` says that the document states a ceiling, below which an office sets its own price.
    """

    least: Decimal
    most: Decimal
    at_most: bool = False


class Extent(NamedTuple):
    """A number of something, such as 180立方米. `unit` is "" for yuan."""

    n: Decimal
    unit: str


def _decimal(number: str, power: str = "") -> Decimal:
    value = Decimal(re.sub("[,，]", "", number)) * _POWERS[power]
    return value.quantize(Decimal(1)) if power and value == value.to_integral() else value


def _price(text: str, number: str, highest: int) -> Price:
    """Return the price in `text`, each of whose numbers matches `number` with two groups.

    Raises `ValueError`, of which Pydantic's errors for numbers are a kind.
    """
    if text.strip() in _FREE:
        return Price(Decimal(0), Decimal(0))
    if not (match := re.fullmatch(rf"{_AT_MOST}{number}(?:{_TO}{number})?", text.strip())):
        negative = re.fullmatch(r"-\d+(?:\.\d+)?", text.strip())
        raise PydanticKnownError("greater_than_equal", {"ge": 0}) if negative else PydanticKnownError("decimal_parsing")
    ceiling, first, unit, second, last_unit = match.groups()
    most = _scaled(second, last_unit) if second else _scaled(first, unit)
    least = _scaled(first, unit)
    if (
        second and not unit and _decimal(first) < _decimal(second)
    ):  # 20至40万 means 20万至40万, 500至1万 is as it stands
        least = _scaled(first, last_unit)
    if most < least:
        raise ValueError(f"“{text.strip()}”的后一个数要比前一个大")
    if most > highest:
        raise PydanticKnownError("less_than_equal", {"le": highest})
    return Price(least, most, bool(ceiling))


def _scaled(number: str, unit: str) -> Decimal:
    if unit in ("%", "％"):
        return _decimal(number)
    return _decimal(number) / 10 if unit == "‰" else _decimal(number, unit)


def stated_in(note: str) -> tuple[Price | None, Price | None]:
    """Return the amount or the share with which a note begins: 不超过1%, 20元; (None, None) without one."""
    begins = re.split("[，,；;。（(]", note, maxsplit=1)[0].strip()
    try:
        if begins.endswith(("%", "％", "‰")):
            return None, _price(begins, _PERCENT, 100)
        return (_price(begins, _YUAN, HIGHEST), None) if begins.endswith("元") else (None, None)
    except ValueError:
        return None, None


def extent(text: str) -> Extent | None:
    """Return the number of something that `text` says, such as 20万 or 180立方米; None if it says none."""
    match = _EXTENT.fullmatch(text)
    return Extent(_decimal(match[1], match[2]), match[3].removeprefix("元")) if match else None


def _read_money(value: object) -> object:
    return value if isinstance(value, Price) else _price(_text(value), _YUAN, HIGHEST)


def _read_share(value: object) -> object:
    if value in _HALF:
        return Price(Decimal(50), Decimal(50))
    return value if isinstance(value, Price) else _price(_text(value), _PERCENT, 100)


def _text(value: object) -> str:
    """Return `value`, which has to be a text. Numbers are taken too, for records that a program makes."""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    return value


def _read_amount(value: object) -> object:
    """Return a single amount as a text that Pydantic reads as a number; what is not understood passes, and fails there."""
    match = re.fullmatch(f"{_LIMIT}{_YUAN}", value.strip()) if isinstance(value, str) else None
    return _decimal(*match.groups()) if match else value


def _read_percent(value: object) -> object:
    match = re.fullmatch(_PERCENT, value.strip()) if isinstance(value, str) else None
    return _scaled(*match.groups()) if match else value


def _schema(number: str, highest: int, *words: str) -> WithJsonSchema:
    plain = re.sub(r"\((?!\?)", "(?:", number)  # JavaScript has no use for the groups
    text = {"type": "string", "pattern": f"^(?:{'|'.join((plain, *words))})$"}
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": highest}, text]})


Money = Annotated[Price, BeforeValidator(_read_money), _schema(rf"{_AT_MOST}{_YUAN}(?:{_TO}{_YUAN})?", HIGHEST, *_FREE)]
Share = Annotated[
    Price, BeforeValidator(_read_share), _schema(rf"{_AT_MOST}{_PERCENT}(?:{_TO}{_PERCENT})?", 100, *_FREE, *_HALF)
]
Amount = Annotated[Decimal, BeforeValidator(_read_amount), _schema(f"{_LIMIT}{_YUAN}", 100 * HIGHEST)]
Percent = Annotated[Decimal, BeforeValidator(_read_percent), _schema(_PERCENT, 100)]
