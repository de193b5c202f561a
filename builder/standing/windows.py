"""On which days of the coming year one can apply, of items for which that is not every day."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from builder.content.model.quantities import MonthDay, Period, Span
from builder.standing.items import ItemStanding


@dataclass(frozen=True)
class Year:
    """Twelve whole months from the first day of one on."""

    first: date

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The first days of its months."""
        return months_from(self.first, 12)

    @cached_property
    def last(self) -> date:
        """Its last day."""
        return months_from(self.first, 13)[-1] - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Open:
    """Days on which one can apply. Of a deadline only the last one is known: `start` is the same day."""

    start: date
    end: date
    is_deadline: bool = False


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """When an item can be applied for in a year. The items of several areas that say the same are one."""

    title: str
    says: tuple[str, ...]
    items: tuple[ItemStanding, ...]
    open: tuple[Open, ...]


@dataclass(frozen=True)
class Windows:
    """The application periods of a year, those first that open first.

    `over` are items all of whose days are past. `others` are those that are open on days of the week or after an event, or
    not before the year is over.
    """

    year: Year
    times: tuple[OpenTimes, ...]
    over: tuple[ItemStanding, ...]
    others: tuple[ItemStanding, ...]

    @cached_property
    def starting(self) -> tuple[int, ...]:
        """How many items open in each month; an item that opens twice in one counts once."""
        return self._by_month(lambda one: None if one.is_deadline else one.start)

    @cached_property
    def ending(self) -> tuple[int, ...]:
        """How many items close in each month."""
        return self._by_month(lambda one: one.end)

    def _by_month(self, day_of: Callable[[Open], date | None]) -> tuple[int, ...]:
        counts: Counter[date] = Counter()
        for times in self.times:
            months = {day.replace(day=1) for one in times.open if (day := day_of(one))}
            counts.update(dict.fromkeys(months, len(times.items)))
        return tuple(counts[month] for month in self.year.months)


def months_from(first: date, count: int) -> tuple[date, ...]:
    """Return the first days of `count` months, from that of `first` on."""
    begin = first.year * 12 + first.month - 1
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(begin, begin + count))


def windows_of(items: Iterable[ItemStanding], today: date) -> Windows:
    """Return when the items in force are open in the twelve months that begin with that of `today`."""
    year = Year(today.replace(day=1))
    same: dict[tuple[str, tuple[str, ...], tuple[Open, ...]], list[ItemStanding]] = {}
    over, others = [], []
    for item in items:
        if not (item.in_force and item.windows):
            continue
        spans = [span for window in item.windows for span in window.period.span().each]
        open = tuple(sorted(set(_open_days(spans, year)), key=_order))
        if all(_is_over(span, today) for span in spans):
            over.append(item)
        elif open:
            same.setdefault((item.card.title, tuple(map(str, item.windows)), open), []).append(item)
        else:
            others.append(item)
    times = [OpenTimes(title, says, tuple(some), open) for (title, says, open), some in same.items()]
    times.sort(key=lambda one: (_order(one.open[0]), one.title))
    return Windows(year, tuple(times), tuple(over), tuple(others))


def _is_over(span: Span, today: date) -> bool:
    return span.period is Period.DATED and span.dates[1] < today


def _order(one: Open) -> tuple[date, date]:
    return one.start, one.end


def _open_days(spans: Iterable[Span], year: Year) -> Iterator[Open]:
    """Yield the periods that touch the year, with all their days."""
    for span in spans:
        for start, end in _ends(span, year):
            first = end if span.is_deadline else start
            if first <= year.last and end >= year.first:
                yield Open(first, end, span.is_deadline)


def _ends(span: Span, year: Year) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each time that `span` comes round."""
    match span.period:
        case Period.ANNUAL if span.start and span.end:
            for number in range(year.first.year - 1, year.last.year + 1):
                yield _day(span.start, number), _day(span.end, number + span.next_year)
        case Period.DATED:
            yield span.dates
        case Period.MONTHLY:
            for month in year.months:
                longest = calendar.monthrange(month.year, month.month)[1]
                yield month.replace(day=min(span.first, longest)), month.replace(day=min(span.last, longest))
        case _:
            return


def _day(of_year: MonthDay, year: int) -> date:
    """Return the day in a year; February 29 is the last of February where the year does not have it."""
    longest = calendar.monthrange(year, of_year.month)[1]
    return date(year, of_year.month, min(of_year.day or longest, longest))
