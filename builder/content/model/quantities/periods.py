"""When one can apply, where that is not every working day: 每年9月20日至9月30日, 每周一, 招用之日起30日内."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from typing import ClassVar

from pydantic import Field, ValidationError, model_validator

from builder.content.fields import Choice, Record, Text
from builder.content.model.quantities.durations import LENGTH, Duration, number


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year; `day` 0 is the last of the month. Raises ValueError for a day that no calendar has."""

    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"没有{self.month}月，请核对")
        longest = calendar.monthrange(2024, self.month)[1]
        if self.day > longest:
            raise ValueError(f"{self.month}月没有{self.day}日，最后一天是{longest}日")

    def __str__(self) -> str:
        return f"{self.month}月底" if self.day == 0 else f"{self.month}月{self.day}日"


class Period(Choice):
    """How an application window comes round."""

    ANNUAL = "annual", "每年"
    MONTHLY = "monthly", "每月"
    WEEKLY = "weekly", "每周"
    EVENT = "event", "事后"


_TO = r"[至到\-—–－～~]+"
_YEARLY = (
    r"(?:从|自)?(?:每年|次年)?的?"  # a window that lies wholly in the year after comes round every year like any other
)
_ANNUAL_SPAN = re.compile(
    rf"{_YEARLY}(\d+)月(?:(\d+)[日号]?)?起?{_TO}(次年)?的?(?:(\d+)月份?)?(?:(\d+)[日号]|(底))?(?:前|止|期间)?"
)
_ANNUAL_MONTHS = re.compile(rf"{_YEARLY}(\d+)月?{_TO}(\d+)月份?(?:期间)?")
_ANNUAL_BEFORE = re.compile(rf"{_YEARLY}(\d+)月(?:(\d+)[日号]|底)(?:之?前|以前)")
_QUARTER = re.compile(r"(?:每年)?的?第?([一二三四1-4])季度")
_MONTHLY_SPAN = re.compile(rf"每月的?(\d+)[日号]?{_TO}(\d+)[日号]?(?:期间)?(?:的?工作日)?")
_MONTHLY_BEFORE = re.compile(r"每月的?(\d+)[日号](?:之?前|以前)")
_MONTHLY_DAY = re.compile(r"每月的?(\d+)[日号]")
_WEEKDAYS = "一二三四五六日"
_WEEKLY = re.compile(rf"每(?:周|星期)((?:[{_WEEKDAYS}至到\-、，,和周]|星期)+)")
_EVENT = re.compile(rf"(?:自|从)?(.+?)(?:之日)?(?:起|后|的)?({LENGTH})(?:之?内|以内)")


class ApplicationPeriod(Record):
    """申报时间：一年、一月、一周里的一段，或某事发生后的若干天。

    可以只写一句话：“每年9月20日至9月30日”“每月5日至20日”“每周一”“每年第一季度”“招用之日起30日内”。
    """

    shorthand: ClassVar[str] = "when"

    when: Text = Field(
        title="什么时候", description="如“每年9月20日至9月30日”“每月5日至20日”“每周一”“招用之日起30日内”"
    )
    who: str = Field("", title="谁", description="这段时间是给谁的；不写就是申请人", max_length=30)
    for_: str = Field(
        "", alias="for", title="办什么", description="同一事项有几段时间时，说明这一段办什么", max_length=60
    )
    pays: str = Field(
        "",
        title="何时有结果",
        description="在这段时间申请的，什么时候发钱或出结果，如 当年11月15日前发放",
        max_length=60,
    )
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _understood(self) -> ApplicationPeriod:
        self.span()
        return self

    def span(self) -> Span:
        """Return what the phrase means. Raises ValueError with advice when it means nothing that can be."""
        return read_span(self.when)


@dataclass(frozen=True, slots=True)
class Span:
    """What an application period means: two days of every year, days of every month, weekdays, or days after an event.

    `weekdays` count from 1 for Monday; `next_year` says that `end` lies in the year after `start`; `is_deadline` that only
    the end is stated, as in 每年10月底前.
    """

    period: Period
    start: MonthDay | None = None
    end: MonthDay | None = None
    next_year: bool = False
    first: int = 1
    last: int = 31
    weekdays: tuple[int, ...] = ()
    event: str = ""
    within: Duration | None = None
    is_deadline: bool = False

    @property
    def days(self) -> str:
        """The days in a form for scripts: ``09-01/09-25`` of a year, ``05/20`` of a month, ``135`` of a week.

        It is "" for a period after an event, and for a deadline, whose first day is not known. A month without stated days
        ends on day 31. A period that continues in the next year ends before it begins.
        """
        if self.is_deadline:
            return ""
        match self.period:
            case Period.ANNUAL:
                return "/".join(f"{end.month:02}-{end.day or 31:02}" for end in (self.start, self.end) if end)
            case Period.MONTHLY:
                return f"{self.first:02}/{self.last:02}"
            case Period.WEEKLY:
                return "".join(map(str, self.weekdays))
            case Period.EVENT:
                return ""


def read_span(text: str) -> Span:
    """Return the meaning of an application period. Raises ValueError naming what is wrong or the forms that are understood."""
    text = re.sub(r"\s+", "", text)
    for reader in (_annual, _monthly, _weekly, _after_event):
        if found := reader(text):
            return found
    raise ValueError(_advice(text))


def _advice(text: str) -> str:
    if "或" in text or "；" in text:
        return "几段时间要分成几条写，一条一段"
    if match := re.search(r"(\d+[日号])(\d+[日号])", text):
        return f"“{match[1]}”和“{match[2]}”中间是不是漏了“至”？"
    if match := re.search(r"\d+$", text):
        return f"“{match[0]}”后面是不是漏了“日”？"
    return "看不懂这个申报时间。可以写：每年9月20日至9月30日、每年10月底前、每年第一季度、每月5日至20日、每月20日前、每周一、招用之日起30日内"


def _annual(text: str) -> Span | None:
    if match := _QUARTER.fullmatch(text):
        quarter = number(match[1])
        return _year_span(MonthDay(3 * quarter - 2, 1), MonthDay(3 * quarter, 0))
    if match := _ANNUAL_BEFORE.fullmatch(text):
        return replace(_year_span(MonthDay(1, 1), _day(match[1], match[2])), is_deadline=True)
    if match := _ANNUAL_MONTHS.fullmatch(text):
        return _year_span(_day(match[1], "1"), _day(match[2], None))
    if match := _ANNUAL_SPAN.fullmatch(text):
        month, day, next_year, end_month, end_day, end = match.groups()
        if end_month or end_day or end:
            return _year_span(_day(month, day or "1"), _day(end_month or month, end_day), next_year=bool(next_year))
    return None


def _day(month: str, day: str | None) -> MonthDay:
    """Return the day as written; without one, the end of the month."""
    if day is not None and not int(day):
        raise ValueError(f"{month}月没有{day}日")
    return MonthDay(int(month), int(day or 0))


def _year_span(start: MonthDay, end: MonthDay, *, next_year: bool = False) -> Span:
    if not next_year and (end.month, end.day or 31) < (start.month, start.day):
        raise ValueError(f"截止日（{end}）早于开始日（{start}）；跨年的要写“次年”")
    return Span(Period.ANNUAL, start, end, next_year)


def _monthly(text: str) -> Span | None:
    before = None
    if match := _MONTHLY_SPAN.fullmatch(text):
        first, last = int(match[1]), int(match[2])
    elif before := _MONTHLY_BEFORE.fullmatch(text):
        first, last = 1, int(before[1])
    elif match := _MONTHLY_DAY.fullmatch(text):
        first = last = int(match[1])
    else:
        return None
    if not 1 <= first <= last <= 31:
        raise ValueError(f"没有“{text}”这样一段，请核对日期")
    return Span(Period.MONTHLY, first=first, last=last, is_deadline=bool(before))


def _weekly(text: str) -> Span | None:
    if not (match := _WEEKLY.fullmatch(text)):
        return None
    days: list[int] = []
    for part in re.split(r"[、，,和]", re.sub(r"周|星期", "", match[1])):
        ends = re.fullmatch(rf"([{_WEEKDAYS}])(?:[至到\-]([{_WEEKDAYS}]))?", part)
        if not ends:
            return None
        first, last = _WEEKDAYS.index(ends[1]) + 1, _WEEKDAYS.index(ends[2] or ends[1]) + 1
        if last < first:
            raise ValueError(f"“{part}”的后一天早于前一天，请分开写，如“每周六、日、一”")
        days += range(first, last + 1)
    return Span(Period.WEEKLY, weekdays=tuple(dict.fromkeys(days)))


def _after_event(text: str) -> Span | None:
    if not (match := _EVENT.fullmatch(text)):
        return None
    event, length = match.groups()
    if event.startswith("每") or re.search(r"\d[月日号]", event):  # a day of the year or month, not an event
        return None
    try:
        within = Duration.model_validate(length)
    except ValidationError:
        raise ValueError(f"“{length}”不对，请核对数字") from None
    return Span(Period.EVENT, event=event, within=within)
