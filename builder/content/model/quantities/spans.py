"""What an application period means: days of every year, of one, of a month or week, or days around an event."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from builder.content.fields import Choice
from builder.content.model.quantities.durations import Duration


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

    def in_year(self, year: int) -> date:
        """Return the day in `year`. Raises ValueError where that year does not have it."""
        longest = calendar.monthrange(year, self.month)[1]
        if self.day > longest:
            raise ValueError(f"{year}年{self.month}月没有{self.day}日，最后一天是{longest}日")
        return date(year, self.month, self.day or longest)

    def __str__(self) -> str:
        return f"{self.month}月底" if self.day == 0 else f"{self.month}月{self.day}日"


class Period(Choice):
    """How an application window comes round."""

    ANNUAL = "annual", "每年"
    MONTHLY = "monthly", "每月"
    WEEKLY = "weekly", "每周"
    DATED = "dated", "某一年"
    EVENT = "event", "事前、事后"
    UNDATED = "undated", "每年几次，没写几月"
    ALWAYS = "always", "常年"


@dataclass(frozen=True, slots=True)
class Span:
    """What an application period means: two days of every year or of one, days of every month, weekdays, or days around an event.

    `weekdays` count from 1 for Monday; `next_year` says that `end` lies in the year after `start`; `is_deadline` that only
    the end is stated, as in 每年10月底前. `year` is that of `start` where it is one year only. `within` runs from the `event`, or,
    with `is_before`, up to it. `others` are further spans of the same kind, as in 每月5日、15日.
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
    is_before: bool = False
    is_deadline: bool = False
    year: int = 0
    others: tuple[Span, ...] = ()

    @property
    def each(self) -> tuple[Span, ...]:
        """The spans one by one."""
        return (replace(self, others=()), *self.others)

    @property
    def days(self) -> str:
        """The days in a form for scripts, with spaces between spans.

        They are ``09-01/09-25`` of every year, ``2027-03-01/2027-03-15`` of one, ``05/20`` of a month, ``135`` of a week.
        It is "" for a period around an event or without a month, and for a deadline, whose first day is not known. A month without stated days
        ends on day 31. A period that continues in the next year ends before it begins.
        """
        if self.others:
            days = [span.days for span in self.each]
            return " ".join(days) if all(days) else ""
        if self.is_deadline:
            return ""
        match self.period:
            case Period.ANNUAL:
                return "/".join(f"{end.month:02}-{end.day or 31:02}" for end in (self.start, self.end) if end)
            case Period.DATED:
                return "/".join(map(str, self.dates))
            case Period.MONTHLY:
                return f"{self.first:02}/{self.last:02}"
            case Period.WEEKLY:
                return "".join(map(str, self.weekdays))
            case Period.EVENT | Period.UNDATED | Period.ALWAYS:
                return ""

    @property
    def until(self) -> str:
        """The last day of a deadline in a form for scripts, "" where a first day is known too.

        It is ``10-31`` of every year, ``2027-03-15`` of one, ``20`` of a month; those of several spans with spaces between.
        """
        return " ".join(map(_last_of, self.each)) if self.is_deadline else ""

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the year that it touches, in their order; of a deadline that of its last day. Of other periods none.

        One that continues in the next year touches months of both.
        """
        return tuple(sorted({month for span in self.each for month in _months_of(span)}))

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last day of a period of one year. Raises ValueError for a day that this year does not have."""
        if self.start is None or self.end is None:
            raise ValueError("a period of one year has a start and an end")
        return self.start.in_year(self.year), self.end.in_year(self.year + self.next_year)


def _last_of(span: Span) -> str:
    if span.period is Period.DATED:
        return str(span.dates[1])
    return f"{span.end.month:02}-{span.end.day or 31:02}" if span.end else f"{span.last:02}"


def _months_of(span: Span) -> Iterator[int]:
    if span.start is None or span.end is None:
        return
    if span.is_deadline:
        yield span.end.month
        return
    for n in range(span.end.month - span.start.month + 12 * span.next_year + 1):
        yield (span.start.month - 1 + n) % 12 + 1
