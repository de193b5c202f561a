"""Today. Only the command line may ask, so that the same content always makes the same pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def now() -> datetime:
    """Return the time in China, wherever the machine is."""
    return datetime.now(CHINA)  # noqa: TID251 - only the command line may read the clock


def today() -> date:
    """Return the day in China."""
    return now().date()
