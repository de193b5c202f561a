"""How gently a host is asked: so many requests at once, a pause between them, and more time when it asks for that."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Event, Lock

from builder.verification.answers import Answer, Response, Trouble, Unreached
from builder.verification.fetching import Fetcher

BUSY = (429, 502, 503, 504)
BROKEN = (Trouble.RESET, Trouble.TIMEOUT, Trouble.REFUSED)
LOST_HEART = 3  # files given up one after the other; then each is asked for once only


@dataclass(frozen=True, slots=True)
class Manners:
    """How many requests run at once, the pause before each, and how often and how long to wait for a busy host, in seconds.

    A host that wants to be left alone for longer than `longest_wait` is not waited for.
    """

    at_once: int = 4
    pause: float = 0.02
    tries: int = 4
    first_wait: float = 0.5
    longest_wait: float = 60


class Pace:
    """What all connections to a host share: until when nobody asks, and whether to ask at all."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.stopped = Event()
        self._lock = Lock()
        self._not_before = 0.0
        self._given_up = 0

    def ask(self, fetcher: Fetcher, address: str, size: int = 0, accept: str = "gzip") -> Answer:
        """Return the answer for an address, asked again while the host is too busy or the connection breaks."""
        attempt = 0
        while True:
            self._wait()
            answer = fetcher.follow(address, size, accept)
            wait = _wanted_wait(answer)
            if wait is None:
                self._given_up = 0
                return answer
            attempt += 1
            if self.stopped.is_set() or attempt >= self._tries(answer) or wait > self.manners.longest_wait:
                self._given_up += 1
                return answer
            wait = max(wait, self.manners.first_wait * 2 ** (attempt - 1))
            with self._lock:
                self._not_before = max(self._not_before, time.monotonic() + wait)

    def _tries(self, answer: Answer) -> int:
        if self._given_up >= LOST_HEART:
            return 1
        costly = isinstance(answer, Unreached) and answer.trouble in (Trouble.TIMEOUT, Trouble.REFUSED)
        return min(2, self.manners.tries) if costly else self.manners.tries

    def _wait(self) -> None:
        self.stopped.wait(self.manners.pause)
        while (left := self._not_before - time.monotonic()) > 0 and not self.stopped.wait(left):
            pass


def _wanted_wait(answer: Answer) -> float | None:
    """Return for how many seconds the host wants to be left alone, 0 if it does not say; None if it answered."""
    if isinstance(answer, Unreached):
        return 0 if answer.trouble in BROKEN else None
    return _retry_after(answer) if answer.status in BUSY else None


def _retry_after(response: Response) -> float:
    """Return the seconds that Retry-After tells (RFC 9110, 10.2.3), a date counted from the host's own Date."""
    told = response.header("retry-after")
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - parsedate_to_datetime(response.header("date"))).total_seconds())
    except (ValueError, TypeError):
        return 0
