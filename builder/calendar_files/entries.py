"""The days of an application period that a calendar is to show: the first, the last, and what comes before a deadline.

Entries are single days, never bars: a bar has a fixed length, and a period that contains February has not. Days that not
every year or month has are moved to one that each has, since calendars skip the others: the 28th.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from builder.content.model.quantities import MonthDay, Period, Span

LAST_OF_ALL = 28  # the last day that every month has
AHEAD = timedelta(days=14)  # how long before a deadline an entry tells of it
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NO_LEAP_YEAR = 2023


class Role(Enum):
    """What a day is in its period; the value is a part of the UID and never changes."""

    FIRST = "a"
    LAST = "z"
    AHEAD = "r"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day: `start`, and, with a `rule` (RRULE of RFC 5545, 3.3.10), all that come round after it.

    `number` counts the stretches of the period from 1, as in 每年3月、9月. `is_only` says that the day is the whole stretch, or
    that nothing but such days are known, as of weekdays; `is_near` that it stands for a later day, which not every year or
    month has.
    """

    number: int
    role: Role
    start: date
    rule: str
    is_only: bool = False
    is_near: bool = False


def entries_of(span: Span, year: int) -> Iterator[DayEntry]:
    """Yield the entries of `span`, those that come round from `year` on. None for a period around an event or without days."""
    for number, one in enumerate(span.each, start=1):
        match one.period:
            case Period.ANNUAL:
                yield from _of_every_year(one, number, year)
            case Period.DATED:
                yield from _of_one_year(one, number)
            case Period.MONTHLY:
                yield from _of_every_month(one, number, year)
            case Period.WEEKLY:
                yield _of_every_week(one, number, year)
            case Period.EVENT | Period.UNDATED | Period.ALWAYS:
                pass


def has_entries(span: Span) -> bool:
    """Tell whether the period has days that a calendar can show."""
    return any(True for _ in entries_of(span, _NO_LEAP_YEAR))


def _of_every_year(span: Span, number: int, year: int) -> Iterator[DayEntry]:
    if span.start is None or span.end is None:
        return
    rule = "FREQ=YEARLY"
    first, is_first_near = _in_every_year(span.start, year)
    last, is_last_near = _in_every_year(span.end, year)
    if span.is_deadline:
        ahead = _in_every_year(span.end, _NO_LEAP_YEAR)[0] - AHEAD  # counted where February is always as long
        yield DayEntry(number, Role.AHEAD, ahead.replace(year=year), rule)
    elif span.start == span.end and not span.next_year:
        yield DayEntry(number, Role.FIRST, first, rule, is_only=True, is_near=is_first_near)
        return
    else:
        yield DayEntry(number, Role.FIRST, first, rule, is_near=is_first_near)
    yield DayEntry(number, Role.LAST, last, rule, is_near=is_last_near)


def _in_every_year(day: MonthDay, year: int) -> tuple[date, bool]:
    """Return the day in a year, and whether it had to be moved: the end of February."""
    if day.month == 2 and (day.day == 0 or day.day > LAST_OF_ALL):
        return date(year, 2, LAST_OF_ALL), True
    return day.in_year(year), False


def _of_one_year(span: Span, number: int) -> Iterator[DayEntry]:
    first, last = span.dates
    if span.is_deadline:
        yield DayEntry(number, Role.AHEAD, last - AHEAD, "")
    elif first == last:
        yield DayEntry(number, Role.FIRST, first, "", is_only=True)
        return
    else:
        yield DayEntry(number, Role.FIRST, first, "")
    yield DayEntry(number, Role.LAST, last, "")


def _of_every_month(span: Span, number: int, year: int) -> Iterator[DayEntry]:
    """Yield days of the month. A deadline has none ahead: the month before had one too."""
    first, last = min(span.first, LAST_OF_ALL), min(span.last, LAST_OF_ALL)

    def entry(role: Role, day: int, meant: int, *, is_only: bool = False) -> DayEntry:
        rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
        return DayEntry(number, role, date(year, 1, day), rule, is_only=is_only, is_near=day < meant)

    if span.first == span.last and not span.is_deadline:
        yield entry(Role.FIRST, first, span.first, is_only=True)
        return
    if not span.is_deadline:
        yield entry(Role.FIRST, first, span.first)
    yield entry(Role.LAST, last, span.last)


def _of_every_week(span: Span, number: int, year: int) -> DayEntry:
    """Return the weekdays as one entry, which begins on the first of them in the year."""
    beginning = date(year, 1, 1)
    first = next(day for n in range(7) if (day := beginning + timedelta(days=n)).isoweekday() in span.weekdays)
    days = ",".join(_DAYS[day - 1] for day in sorted(span.weekdays))
    return DayEntry(number, Role.FIRST, first, f"FREQ=WEEKLY;BYDAY={days}", is_only=True)
