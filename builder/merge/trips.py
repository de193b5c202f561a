"""On how many trips some steps are done: what is done at one place, on days that meet, and needs nothing that takes time.

What a step needs of an earlier one it can have on the same trip only if that one is done at once. Periods that come round in
different ways are compared day by day. A step of some months of the year shares no trip with one of other months: nobody should put off
the one for the other. A last day of the year binds nobody to a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, reduce
from operator import and_, or_

from builder.content.fields import listed
from builder.content.model.item import Item, Procedure, Time
from builder.content.model.quantities import Duration, Period, Span


@dataclass(frozen=True, slots=True)
class Visit:
    """A step that is done somewhere: at any of its `places`, in any of its `spans`, once the steps `after` which it comes are done.

    `takes` is how long it takes until one has what it gives, None if nobody says so. `is_optional` tells that one may leave it out.
    """

    number: int
    places: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    after: tuple[int, ...] = ()
    takes: Duration | None = None
    is_optional: bool = False

    @property
    def is_done_at_once(self) -> bool:
        """Whether one has what it gives when one leaves."""
        return self.takes is not None and self.takes.is_at_once


@dataclass(frozen=True, slots=True)
class Trip:
    """A way to one place, any of `places`, on which some steps are done.

    It has to wait for some steps of earlier trips. It is another trip than that of the steps `apart`, at the same place,
    because their days never meet.
    """

    places: tuple[str, ...]
    visits: tuple[Visit, ...]
    waits_for: tuple[Visit, ...] = ()
    apart: tuple[int, ...] = ()

    @property
    def needed(self) -> tuple[int, ...]:
        """The numbers of the steps, without those that one may leave out, if there are others."""
        return tuple(visit.number for visit in self._needed)

    @property
    def optional(self) -> tuple[int, ...]:
        """The numbers of the other steps."""
        return tuple(visit.number for visit in self.visits if visit not in self._needed)

    @property
    def _needed(self) -> tuple[Visit, ...]:
        return tuple(visit for visit in self.visits if not visit.is_optional) or self.visits

    @property
    def is_worth_planning(self) -> bool:
        """Whether several steps of it have to be done."""
        return sum(not visit.is_optional for visit in self.visits) > 1

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all steps."""
        return tuple(visit.number for visit in self.visits)

    @property
    def days(self) -> tuple[tuple[Span, ...], ...]:
        """The periods of the needed steps, of which each has to hold, each by any of its spans; () for any day."""
        bound = list(dict.fromkeys(visit.spans for visit in self._needed if _days_to_go(visit.spans) != _EVERY_DAY))
        monthly = [spans[0] for spans in bound if len(spans) == 1 and spans[0].period is Period.MONTHLY]
        if len(bound) == len(monthly) > 1 and not any(span.others for span in monthly):
            first, last = max(span.first for span in monthly), min(span.last for span in monthly)
            until = all(span.is_deadline for span in monthly)
            return ((replace(monthly[0], first=first, last=last, is_deadline=until),),)
        return tuple(bound)


def visit_of(
    number: int,
    item: Item,
    part: Procedure,
    places: Sequence[str],
    after: Sequence[int] = (),
    *,
    is_optional: bool = False,
) -> Visit:
    """Return what a step, an item or a case of it, asks of who goes there."""
    own = listed(part.windows) if part is not item else ()
    spans = tuple(window.span() for window in own or listed(item.windows))
    time = part.time if part.time is not None else item.time
    takes = (time.promised or time.statutory) if isinstance(time, Time) else None
    return Visit(number, tuple(places), spans, tuple(after), takes, is_optional)


def trips_of(visits: Iterable[Visit]) -> tuple[Trip, ...]:
    """Return the trips for some steps, in the order in which they are made. Steps of which nobody says where are on none."""
    trips: list[Trip] = []
    known: dict[int, Visit] = {}
    ready: dict[int, int] = {}  # the first trip on which one has what a step gives
    for visit in visits:
        start = max((ready[number] for number in visit.after if number in ready), default=0)
        waits_for = tuple(known[number] for number in visit.after if number in known)
        known[visit.number] = visit
        at = _join(trips, start, visit, waits_for) if visit.places else start
        ready[visit.number] = at if visit.is_done_at_once else at + 1
    return tuple(trips)


def meet(one: Visit, other: Visit) -> bool:
    """Tell whether there is a day on which both can be done."""
    return bool(_open_days(one.spans) & _open_days(other.spans))


def _join(trips: list[Trip], start: int, visit: Visit, waits_for: Sequence[Visit]) -> int:
    """Put a visit on a trip that is made no earlier than `start`, if need be a new one. Returns which it is."""
    apart: list[int] = []
    for at, trip in enumerate(trips):
        common = tuple(place for place in trip.places if place in visit.places)
        if at >= start and common and _go_together(visit, trip.visits):
            late = (*trip.waits_for, *_not_at_hand(waits_for, trip.numbers))
            trips[at] = replace(trip, places=common, visits=(*trip.visits, visit), waits_for=tuple(dict.fromkeys(late)))
            return at
        if at >= start and common:
            apart += (other.number for other in trip.visits if not meet(visit, other))
    trips.append(Trip(visit.places, (visit,), _not_at_hand(waits_for, ()), tuple(apart)))
    return len(trips) - 1


def _not_at_hand(visits: Iterable[Visit], here: Sequence[int]) -> tuple[Visit, ...]:
    """Return those of some steps for which one has to wait when one goes there."""
    return tuple(visit for visit in visits if visit.number not in here and not visit.is_done_at_once)


def _go_together(visit: Visit, others: Sequence[Visit]) -> bool:
    """Tell whether in each month in which any of some steps can be done there is a day for all of them."""
    each = [_days_to_go(one.spans) for one in (visit, *others)]
    of_all = reduce(and_, each)
    return bool(of_all) and all(_months(days) == _months(of_all) for days in each)


# --- Days ------------------------------------------------------------------------------------------------------------

# Every day of a leap year on every weekday: over the years, a day falls on each.
_DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(366)]
_KINDS = [(day.month, day.day, weekday) for day in _DAYS for weekday in range(1, 8)]
_EVERY_DAY = (1 << len(_KINDS)) - 1
_MONTHS = [sum(1 << n for n, (of, _, _) in enumerate(_KINDS) if of == month) for month in range(1, 13)]


def _open_days(spans: tuple[Span, ...]) -> int:
    """Return the days on which something can be done, one bit a day; all where no period binds them."""
    return reduce(or_, map(_days_of, spans)) if spans else _EVERY_DAY


def _days_to_go(spans: tuple[Span, ...]) -> int:
    """Return the days on which one goes there: a last day of the year is far off, and binds nobody."""
    return _EVERY_DAY if any(span.is_deadline and span.end for span in spans) else _open_days(spans)


def _months(days: int) -> tuple[bool, ...]:
    """Return for each month whether one of some days lies in it."""
    return tuple(bool(days & month) for month in _MONTHS)


@cache
def _days_of(span: Span) -> int:
    if any(one.period in (Period.EVENT, Period.UNDATED, Period.ALWAYS) for one in span.each):
        return _EVERY_DAY
    return sum(1 << n for n, day in enumerate(_KINDS) if any(_holds(one, *day) for one in span.each))


def _holds(span: Span, month: int, day: int, weekday: int) -> bool:
    """Tell whether a day lies in a span, whatever the year. To a deadline belong all days before it of its month or year."""
    if span.period is Period.WEEKLY:
        return weekday in span.weekdays
    if span.period is Period.MONTHLY:
        return (1 if span.is_deadline else span.first) <= day <= span.last
    if span.start is None or span.end is None:
        return True
    start = (1, 1) if span.is_deadline else (span.start.month, span.start.day or 31)
    end, here = (span.end.month, span.end.day or 31), (month, day)
    goes_on = span.next_year and not span.is_deadline
    return here >= start or here <= end if goes_on else start <= here <= end
