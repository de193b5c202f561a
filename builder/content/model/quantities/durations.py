"""How long something takes or holds: 15个工作日, 当场, 3至6个月, 不少于7天, 长期."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Annotated, ClassVar, NamedTuple

from pydantic import AfterValidator, Field, model_validator

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
    MINUTE = "minute", "分钟"
    HOUR = "hour", "小时"
    WORKDAY = "workday", "个工作日"
    DAY = "day", "天"
    WEEK = "week", "周"
    MONTH = "month", "个月"
    YEAR = "year", "年"
    UNLIMITED = "unlimited", "长期"
    PERMANENT = "permanent", "永久"


class Bound(Choice):
    """What a number is, where it is not the very length."""

    AT_MOST = "at-most", "不超过"
    AT_LEAST = "at-least", "不少于"


_DURATION_UNITS = {
    "分": TimeUnit.MINUTE, "分钟": TimeUnit.MINUTE, "小时": TimeUnit.HOUR, "个小时": TimeUnit.HOUR, "工作日": TimeUnit.WORKDAY, "个工作日": TimeUnit.WORKDAY, "天": TimeUnit.DAY,
    "日": TimeUnit.DAY, **dict.fromkeys(("个自然日", "自然日", "个日历日", "日历日", "个日历天", "日历天"), TimeUnit.DAY),
    "周": TimeUnit.WEEK, "星期": TimeUnit.WEEK, "个星期": TimeUnit.WEEK, "月": TimeUnit.MONTH, "个月": TimeUnit.MONTH,
    "年": TimeUnit.YEAR,
}  # fmt: skip
UNITS = "|".join(sorted(_DURATION_UNITS, key=len, reverse=True))
_BOUNDS_BEFORE = {
    **dict.fromkeys(("不超过", "最长不超过", "最多不超过", "不多于", "不长于", "不得超过", "最多", "至多", "最长"), Bound.AT_MOST),
    **dict.fromkeys(("不少于", "不得少于", "不低于", "不短于", "至少", "最少", "最短"), Bound.AT_LEAST),
}  # fmt: skip
_BOUNDS_AFTER = {"以内": Bound.AT_MOST, "之内": Bound.AT_MOST, "以上": Bound.AT_LEAST}
BOUNDS = "|".join(sorted(_BOUNDS_BEFORE, key=len, reverse=True))
_DURATION = re.compile(
    rf"(?:最?近|({BOUNDS}))?({NUMBER})(?:\s*[-—–－～~至到]+\s*({NUMBER}))?\s*({UNITS})(以内|之内|以上|内)?(?:办结|办完|完成)?"
)

# A length in two units is told in the smaller, where so many of it always make the larger: 1年6个月 is 18个月.
_SMALLER = {"年": (12, "个月"), "小时": (60, "分钟"), "周": (7, "天")}
_TWO_UNITS = re.compile(rf"({NUMBER})个?(年|小时|周)(?:零|又)?({NUMBER})(个月|月|分钟|分|天|日)")
_WITH_HALF = re.compile(rf"({NUMBER})(?:个?(年|小时)半|个半(月|小时))")
_HALVES = {"年": (6, "个月"), "月": (15, "天"), "小时": (30, "分钟")}
_HALF = re.compile(r"半个?(年|月|小时)")

# A length in a longer phrase, such as 1年6个月 in 死亡后1年6个月内.
LENGTH = rf"(?:{NUMBER}个?(?:年|小时|周)(?:零|又)?)?{NUMBER}(?:{UNITS})半?|{NUMBER}个半(?:月|小时)|半个?(?:年|月|小时)"
_UNCOUNTED = {
    **dict.fromkeys(("立等可取", "现场办结", "现场办理", "即到即办", "即来即办", "马上办结"), TimeUnit.NOW), "当场": TimeUnit.NOW, "当场办理": TimeUnit.NOW, "当场办结": TimeUnit.NOW, "即时办结": TimeUnit.NOW, "即时": TimeUnit.AT_ONCE,
    "即时办理": TimeUnit.AT_ONCE, "即办": TimeUnit.AT_ONCE, "当日": TimeUnit.SAME_DAY, "当天": TimeUnit.SAME_DAY,
    "当日办结": TimeUnit.SAME_DAY, "当天办结": TimeUnit.SAME_DAY,
    **dict.fromkeys(("长期", "长期有效", "无限期", "无固定期限", "无期限", "不限期", "没有期限"), TimeUnit.UNLIMITED),
    **dict.fromkeys(("永久", "永久有效", "终身", "终身有效"), TimeUnit.PERMANENT),
}  # fmt: skip

# How those without a number are said: 即时办理 tells when it is begun, and in some documents reviews follow.
_ENDS = {
    TimeUnit.NOW: "办结",
    TimeUnit.AT_ONCE: "办理",
    TimeUnit.SAME_DAY: "办结",
    TimeUnit.UNLIMITED: "有效",
    TimeUnit.PERMANENT: "有效",
}
WITHOUT_END = frozenset({TimeUnit.UNLIMITED, TimeUnit.PERMANENT})

# What is longer is a slip of the pen, such as a year that got among the numbers.
_LONGEST = {
    TimeUnit.MINUTE: 600,
    TimeUnit.HOUR: 240,
    TimeUnit.WORKDAY: 500,
    TimeUnit.DAY: 1000,
    TimeUnit.WEEK: 200,
    TimeUnit.MONTH: 240,
    TimeUnit.YEAR: 100,
}

_LENGTH_IN_WORDS = re.compile(rf"(?<![\d.至到—–－～~-]){LENGTH}(?![\d年月岁])")


class PlainDuration(NamedTuple):
    """A duration as plain values, for where many are kept."""

    n: int
    up_to: int | None
    unit: TimeUnit
    bound: Bound | None = None


class Duration(Record):
    """时长：如“15个工作日”“当场”“3至6个月”“不超过3年”“不少于7天”“30分钟”“长期”。"""

    shorthand: ClassVar[str] = "text"

    n: int = Field(0, title="数量", description="几个单位；当场、当日、长期不写", ge=0, le=9_999)
    up_to: int | None = Field(None, title="至多", description="一段范围的上限，如“3至6个月”的 6", ge=1, le=9_999)
    unit: TimeUnit = Field(
        title="单位", description="当场、即时、当日、分钟、小时、个工作日、天、周、个月、年、长期、永久"
    )
    bound: Bound | None = Field(None, title="上限还是下限", description="不超过、不少于；不写就是写的那么长")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return duration_parts(raw) if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _can_be(self) -> Duration:
        most = self.up_to or self.n
        if self.unit not in _LONGEST:
            if most or self.bound:
                raise ValueError(f"“{self.unit.label}”不写数量")
            return self
        if not self.n:
            raise ValueError("时长不能是0；马上办好的写“当场”或“当日”")
        if self.up_to is not None and self.bound:
            raise ValueError(f"写了“{self.bound.label}”，数量只写一个，如“{self.bound.label}{most}{self.unit.label}”")
        if self.up_to is not None and self.up_to <= self.n:
            raise ValueError(f"“{self}”的后一个数要比前一个大")
        if most > _LONGEST[self.unit]:
            raise ValueError(f"“{self}”太长，请核对数字")
        return self

    def __str__(self) -> str:
        if self.unit in _ENDS:
            return f"{self.unit.label}{_ENDS[self.unit]}"
        extent = f"{self.n}至{self.up_to}" if self.up_to else f"{self.n}"
        return f"{self.bound.label if self.bound else ''}{extent}{self.unit.label}"

    @property
    def plain(self) -> PlainDuration:
        """The same as plain values."""
        return PlainDuration(self.n, self.up_to, self.unit, self.bound)

    @property
    def workdays(self) -> int | None:
        """The longest it may take in working days, None when that is not known or the unit cannot be told in them."""
        if self.unit in WITHOUT_END or self.bound is Bound.AT_LEAST:
            return None
        if self.unit in _ENDS or self.unit in (TimeUnit.MINUTE, TimeUnit.HOUR):
            return 0
        return (self.up_to or self.n) if self.unit is TimeUnit.WORKDAY else None

    @property
    def is_at_once(self) -> bool:
        """Whether nobody has to come back for it: it is done on the spot, at once or on the same day."""
        return self.unit in (TimeUnit.NOW, TimeUnit.AT_ONCE, TimeUnit.SAME_DAY)

    @property
    def has_end(self) -> bool:
        """Whether it says how long it can be at most."""
        return self.unit not in WITHOUT_END and self.bound is not Bound.AT_LEAST

    def is_longer_than(self, other: Duration) -> bool:
        """Return whether the longest that this can be is certainly longer than the longest that `other` can be.

        Units are compared by the least and the most days that they can have, so 30天 is not longer than 20个工作日.
        """
        if self.unit is other.unit and self.has_end and other.has_end:
            return (self.up_to or self.n) > (other.up_to or other.n)
        return self._longest_in_minutes[0] > other._longest_in_minutes[1]

    @property
    def _longest_in_minutes(self) -> tuple[float, float]:
        """The least and the most minutes that the longest of it can have."""
        if self.unit in WITHOUT_END:
            return math.inf, math.inf
        longest = self.up_to or self.n
        least, most = _MINUTES[self.unit](longest)
        return least, most if self.has_end else math.inf


_DAY = 24 * 60

# The least and the most minutes of so many. Weekends and the longest holidays can make ten working days thirty days.
_MINUTES: Mapping[TimeUnit, Callable[[int], tuple[float, float]]] = {
    TimeUnit.NOW: lambda _: (0, 0),
    TimeUnit.AT_ONCE: lambda _: (0, math.inf),  # what is begun at once can go on for days
    TimeUnit.SAME_DAY: lambda _: (0, _DAY - 1),
    TimeUnit.MINUTE: lambda n: (n, n),
    TimeUnit.HOUR: lambda n: (60 * n, 60 * n),
    TimeUnit.WORKDAY: lambda n: (n * _DAY, (2 * n + 10) * _DAY),
    TimeUnit.DAY: lambda n: (n * _DAY, n * _DAY),
    TimeUnit.WEEK: lambda n: (7 * n * _DAY, 7 * n * _DAY),
    TimeUnit.MONTH: lambda n: (28 * n * _DAY, 31 * n * _DAY),
    TimeUnit.YEAR: lambda n: (365 * n * _DAY, 366 * n * _DAY),
}


def _with_end(duration: Duration) -> Duration:
    if duration.bound is Bound.AT_LEAST:
        raise ValueError("这里写最长多久，不写最短；公示至少几天，写在步骤的 publicity（公示）里")
    if duration.unit in WITHOUT_END:
        raise ValueError("这里写最长多久；没有期限的不写")
    return duration


# A duration that says how long something takes at most.
Limit = Annotated[Duration, AfterValidator(_with_end)]


def duration_parts(text: str) -> dict[str, object]:
    """Return the parts of a duration written as text. Raises ValueError with advice in Chinese."""
    text = text.strip()
    if text in _UNCOUNTED:
        return {"unit": _UNCOUNTED[text]}
    if not (match := _DURATION.fullmatch(text) or _DURATION.fullmatch(text := _in_one_unit(text))):
        if inner := _only_length(text):
            raise ValueError(
                f"时长要写成“{inner}”，别的话写在 note（说明）里；办理时限从什么时候算起写 starts，不算在内的写 excludes"
            )
        raise ValueError("时长要写成“15个工作日”“30天”“3至6个月”“不少于7天”“30分钟”“当场”“长期”这样的形式")
    before, least, most, unit, after = match.groups()
    bound = _BOUNDS_BEFORE.get(before) or _BOUNDS_AFTER.get(after)
    return {
        "n": number(least),
        "up_to": number(most) if most else None,
        "unit": _DURATION_UNITS[unit],
        "bound": None
        if most and not before and bound is Bound.AT_MOST
        else bound,  # 3至5天以内 says no more than 3至5天
    }


def _only_length(text: str) -> str:
    """Return the one length that stands among other words, "" if there is none or there are several."""
    lengths = [match[0] for match in _LENGTH_IN_WORDS.finditer(text)]
    return lengths[0] if len(lengths) == 1 and _DURATION.fullmatch(lengths[0]) else ""


def _in_one_unit(text: str) -> str:
    return _HALF.sub(_half, _WITH_HALF.sub(_and_half, _TWO_UNITS.sub(_in_smaller_unit, text)))


def _in_smaller_unit(match: re.Match[str]) -> str:
    many, unit, few, smaller = match.groups()
    times, name = _SMALLER[unit]
    is_part = smaller.removeprefix("个")[0] == name.removeprefix("个")[0] or (smaller, name) == ("日", "天")
    return f"{times * number(many) + number(few)}{name}" if is_part else match[0]


def _and_half(match: re.Match[str]) -> str:
    unit = match[2] or match[3]
    half, smaller = _HALVES[unit]
    return f"{2 * half * number(match[1]) + half}{smaller}"


def _half(match: re.Match[str]) -> str:
    half, smaller = _HALVES[match[1]]
    return f"{half}{smaller}"
