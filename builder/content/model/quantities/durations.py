"""How long something takes: 15个工作日, 当场, 3至6个月."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from pydantic import Field, model_validator

from builder.content.fields import Choice, Record

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMBER = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,7})"


def number(text: str) -> int:
    """Return the value of a number below 1,000 in digits or Chinese numerals. Raises KeyError on anything else."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


class TimeUnit(Choice):
    """Units of time. Working days leave out weekends and holidays; days do not."""

    NOW = "now", "当场"
    AT_ONCE = "at-once", "即时"
    SAME_DAY = "same-day", "当日"
    HOUR = "hour", "小时"
    WORKDAY = "workday", "个工作日"
    DAY = "day", "天"
    WEEK = "week", "周"
    MONTH = "month", "个月"
    YEAR = "year", "年"


_DURATION_UNITS = {
    "小时": TimeUnit.HOUR, "个小时": TimeUnit.HOUR, "工作日": TimeUnit.WORKDAY, "个工作日": TimeUnit.WORKDAY, "天": TimeUnit.DAY,
    "日": TimeUnit.DAY, "个自然日": TimeUnit.DAY, "周": TimeUnit.WEEK, "个星期": TimeUnit.WEEK, "月": TimeUnit.MONTH, "个月": TimeUnit.MONTH,
    "年": TimeUnit.YEAR,
}  # fmt: skip
UNITS = "|".join(sorted(_DURATION_UNITS, key=len, reverse=True))
_DURATION = re.compile(
    rf"(?:最?近)?({NUMBER})(?:\s*[-—–－～~至到]+\s*({NUMBER}))?\s*({UNITS})(?:以?内|之内)?(?:办结|办完|完成)?"
)
_HALVES = {"半年": "6个月", "半个月": "15天"}
_UNCOUNTED = {
    "当场": TimeUnit.NOW, "当场办理": TimeUnit.NOW, "当场办结": TimeUnit.NOW, "即时办结": TimeUnit.NOW, "即时": TimeUnit.AT_ONCE,
    "即时办理": TimeUnit.AT_ONCE, "即办": TimeUnit.AT_ONCE, "当日": TimeUnit.SAME_DAY, "当天": TimeUnit.SAME_DAY,
    "当日办结": TimeUnit.SAME_DAY, "当天办结": TimeUnit.SAME_DAY,
}  # fmt: skip

# How those without a number are said: 即时办理 tells when it is begun, and in some documents reviews follow.
_ENDS = {TimeUnit.NOW: "办结", TimeUnit.AT_ONCE: "办理", TimeUnit.SAME_DAY: "办结"}

# What is longer is a slip of the pen, such as a year that got among the numbers.
_LONGEST = {
    TimeUnit.HOUR: 240,
    TimeUnit.WORKDAY: 500,
    TimeUnit.DAY: 1000,
    TimeUnit.WEEK: 200,
    TimeUnit.MONTH: 240,
    TimeUnit.YEAR: 100,
}


class PlainDuration(NamedTuple):
    """A duration as plain values, for where many are kept."""

    n: int
    up_to: int | None
    unit: TimeUnit


class Duration(Record):
    """时长：如“15个工作日”“当场”“3至6个月”。"""

    shorthand: ClassVar[str] = "text"

    n: int = Field(0, title="数量", description="几个单位；当场、当日不写", ge=0, le=9_999)
    up_to: int | None = Field(None, title="至多", description="一段范围的上限，如“3至6个月”的 6", ge=1, le=9_999)
    unit: TimeUnit = Field(title="单位", description="当场、即时、当日、小时、个工作日、天、周、个月、年")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return duration_parts(raw) if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _can_be(self) -> Duration:
        most = self.up_to or self.n
        if self.unit not in _LONGEST:
            if most:
                raise ValueError(f"“{self.unit.label}”不写数量")
            return self
        if not self.n:
            raise ValueError("时长不能是0；马上办好的写“当场”或“当日”")
        if self.up_to is not None and self.up_to <= self.n:
            raise ValueError(f"“{self}”的后一个数要比前一个大")
        if most > _LONGEST[self.unit]:
            raise ValueError(f"“{self}”太长，请核对数字")
        return self

    def __str__(self) -> str:
        if self.unit in _ENDS:
            return f"{self.unit.label}{_ENDS[self.unit]}"
        extent = f"{self.n}至{self.up_to}" if self.up_to else f"{self.n}"
        return f"{extent}{self.unit.label}"

    @property
    def plain(self) -> PlainDuration:
        """The same as plain values."""
        return PlainDuration(self.n, self.up_to, self.unit)

    @property
    def workdays(self) -> int | None:
        """The longest it may take in working days, None when the unit cannot be told in them."""
        if self.unit in _ENDS or self.unit is TimeUnit.HOUR:
            return 0
        return (self.up_to or self.n) if self.unit is TimeUnit.WORKDAY else None


def duration_parts(text: str) -> dict[str, object]:
    """Return the parts of a duration written as text. Raises ValueError with advice in Chinese."""
    text = text.strip()
    if text in _UNCOUNTED:
        return {"unit": _UNCOUNTED[text]}
    for half, whole in _HALVES.items():
        text = text.replace(half, whole)
    if not (match := _DURATION.fullmatch(text)):
        raise ValueError("时长要写成“15个工作日”“30天”“3至6个月”“当场”“当日”这样的形式")
    least, most, unit = match.groups()
    return {"n": number(least), "up_to": number(most) if most else None, "unit": _DURATION_UNITS[unit]}
