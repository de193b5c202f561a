"""The bars of one row of a year chart, month by month, as inline SVG in millimetres of paper.

Bars are told apart by shape, so that a chart is right in black and white: full where one can apply, hatched where only the last
day is known, and a triangle below each last day.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.content.model.quantities import MonthDay, Period, Span

MONTH, HEIGHT = 21.0, 7.0  # mm
TOP, BOTTOM = 1.2, 4.4  # of a bar
_HATCH = 1.3  # mm between two lines
_LENGTHS = [calendar.monthrange(2023, month)[1] for month in range(1, 13)]  # of a year that is no leap year


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `start` to `end`, in mm. `ends` tells whether the period ends there or goes on in the next year."""

    start: float
    end: float
    is_deadline: bool = False
    ends: bool = True


def bars_of(span: Span) -> Iterator[Bar]:
    """Yield the bars of a period that has days of the year or of the month; none for others."""
    for one in span.each:
        if one.period is Period.MONTHLY:
            for month in range(1, 13):
                yield Bar(_begin(month, one.first), _end(month, one.last), one.is_deadline)
        elif one.start and one.end:
            yield from _of_year(one, one.start, one.end)


def _of_year(span: Span, start: MonthDay, end: MonthDay) -> Iterator[Bar]:
    """Yield the bars of a period of the year: of a deadline one in its own month, of what goes on in the next year two."""
    last = _end(end.month, end.day)
    if span.is_deadline:
        yield Bar(_begin(end.month, 1), last, is_deadline=True)
    elif span.next_year:
        yield Bar(_begin(start.month, start.day), 12 * MONTH, ends=False)
        yield Bar(0, last)
    else:
        yield Bar(_begin(start.month, start.day), last)


def _begin(month: int, day: int) -> float:
    length = _LENGTHS[month - 1]
    return round(MONTH * (month - 1 + (min(day or length, length) - 1) / length), 2)


def _end(month: int, day: int) -> float:
    length = _LENGTHS[month - 1]
    return round(MONTH * (month - 1 + min(day or length, length) / length), 2)


def drawn(bars: Iterable[Bar]) -> tuple[str, ...]:
    """Return a drawing for each month with what the bars have in it, "" for none."""
    parts = [list[Bar]() for _ in range(12)]
    for bar in bars:
        for month in range(12):
            begin, end = month * MONTH, (month + 1) * MONTH
            if bar.start < end and bar.end > begin:
                ends = bar.ends and bar.end <= end
                part = Bar(
                    max(bar.start - begin, 0), min(bar.end - begin, MONTH), is_deadline=bar.is_deadline, ends=ends
                )
                parts[month].append(part)
    return tuple(_svg("year-bars", MONTH, some) if some else "" for some in parts)


def swatch(bar: Bar) -> str:
    """Return one bar by itself, for the legend."""
    return _svg("year-swatch", bar.end + 1.5, [bar])


def _svg(name: str, width: float, bars: Iterable[Bar]) -> str:
    drawn = "".join(_drawn(bar, width) for bar in bars)
    return f'<svg viewBox="0 0 {width:g} {HEIGHT:g}" class="{name}" aria-hidden="true">{drawn}</svg>'


def _drawn(bar: Bar, width: float) -> str:
    if bar.is_deadline:
        return _hatched(bar) + (_last_day(bar.end, width) if bar.ends else "")
    shape = f'<path d="M{bar.start:.2f} {TOP}H{bar.end:.2f}V{BOTTOM}H{bar.start:.2f}z" fill="#222"/>'
    return shape + (_last_day(bar.end, width) if bar.ends else "")


def _hatched(bar: Bar) -> str:
    """Return a frame, and in it lines that rise to the right, cut at its ends."""
    height = BOTTOM - TOP
    path = [f"M{bar.start:.2f} {TOP}H{bar.end:.2f}V{BOTTOM}H{bar.start:.2f}z"]
    at = bar.start - height + _HATCH
    while at < bar.end:
        left, right = max(at, bar.start), min(at + height, bar.end)
        path.append(f"M{left:.2f} {BOTTOM - (left - at):.2f}L{right:.2f} {BOTTOM - (right - at):.2f}")
        at += _HATCH
    return f'<path d="{"".join(path)}" fill="none" stroke="#222" stroke-width=".25"/>'


def _last_day(x: float, width: float) -> str:
    """Return a triangle whose tip is below the end of a bar, as far as the drawing is wide enough."""
    x = min(x, width - 1.1)
    return f'<path d="M{x - 1.1:.2f} {HEIGHT - 0.3:g}h2.2l-1.1 -1.9z" fill="#000"/>'
