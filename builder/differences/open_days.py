"""On how many days one can apply: whether application periods became longer or shorter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from builder.content.model.quantities import ApplicationPeriod, Period, Span

YEAR = 2024  # a leap year, for periods of every year


def compared(was: Sequence[ApplicationPeriod], now: Sequence[ApplicationPeriod]) -> int:
    """Return 1 if one can apply on more days than before and on all of those, -1 if on fewer, 0 if that cannot be told."""
    before, after = _days(was), _days(now)
    if before is None or after is None or before == after:
        return 0
    return 1 if before < after else -1 if after < before else 0


def _days(periods: Sequence[ApplicationPeriod]) -> frozenset[tuple[str, str, str]] | None:
    """Return the days with whom and what they are for, None where they depend on an event or are not told."""
    found: set[tuple[str, str, str]] = set()
    for period in periods:
        for span in period.span().each:
            days = list(_of(span))
            if not days:
                return None
            found |= {(period.who, period.for_, day) for day in days}
    return frozenset(found)


def _of(span: Span) -> Iterator[str]:
    if span.is_deadline:
        return
    match span.period:
        case Period.ALWAYS:
            yield from map(str, _between(date(YEAR, 1, 1), date(YEAR, 12, 31)))
        case Period.ANNUAL if span.start and span.end:
            first, last = date(YEAR, span.start.month, span.start.day or 1), _last(span.end.month, span.end.day)
            if last >= first:
                yield from map(str, _between(first, last))
            else:
                yield from map(str, _between(first, date(YEAR, 12, 31)))
                yield from map(str, _between(date(YEAR, 1, 1), last))
        case Period.DATED:
            yield from map(str, _between(*span.dates))
        case Period.MONTHLY:
            year = _between(date(YEAR, 1, 1), date(YEAR, 12, 31))
            yield from (str(day) for day in year if span.first <= day.day <= span.last)
        case Period.WEEKLY:
            year = _between(date(YEAR, 1, 1), date(YEAR, 12, 31))
            yield from (str(day) for day in year if day.isoweekday() in span.weekdays)
        case _:
            return


def _last(month: int, day: int | None) -> date:
    if day:
        return date(YEAR, month, day)
    return date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
