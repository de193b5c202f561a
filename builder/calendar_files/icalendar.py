"""Entries of single days as text: iCalendar (RFC 5545) without alarms, time zones, or a word of the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

LONGEST = 75  # octets of a line, without its end (RFC 5545, 3.1)
END = "\r\n"
_SPECIAL = re.compile(r"[\\;,]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # no text may have them; tab and line feed are replaced
_EVENTS = re.compile(r"BEGIN:VEVENT\n.*END:VEVENT\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: its permanent name, the day of its content, the day it is on, and what it says; "" is left out.

    `changed` is the day on which its content last changed. `rule` tells how it comes round. `url` is an absolute address.
    """

    uid: str
    changed: date
    day: date
    rule: str
    title: str
    details: str
    place: str = ""
    url: str = ""


def calendar_text(name: str, maker: str, events: Iterable[Event]) -> str:
    """Return the calendar with these events; `name` is what a calendar program calls it, `maker` who made it."""
    return _calendar(name, maker, "".join(map(_event_text, events)))


def together(name: str, maker: str, calendars: Iterable[str]) -> str:
    """Return one calendar with the events of `calendars`, which are texts of `calendar_text` with any line ends."""
    found = (_EVENTS.search(text.replace(END, "\n")) for text in calendars)
    return _calendar(name, maker, "".join(match[0].replace("\n", END) for match in found if match))


def _calendar(name: str, maker: str, events: str) -> str:
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped(maker).replace('/', ' ')}//banshizhinan//ZH",
        "CALSCALE:GREGORIAN",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
    )
    return f"{_lines(head)}{events}END:VCALENDAR{END}"


def _event_text(event: Event) -> str:
    changed = f"{event.changed:%Y%m%d}T000000Z"
    stated = (
        ("RRULE", event.rule),
        ("SUMMARY", _escaped(event.title)),
        ("DESCRIPTION", _escaped(event.details)),
        ("LOCATION", _escaped(event.place)),
        ("URL", event.url),
    )
    return _lines(
        (
            "BEGIN:VEVENT",
            f"UID:{_escaped(event.uid)}",
            f"DTSTAMP:{changed}",
            f"LAST-MODIFIED:{changed}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            *(f"{name}:{value}" for name, value in stated if value),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        )
    )


def _escaped(text: str) -> str:
    """Return a value of type TEXT (RFC 5545, 3.3.11)."""
    plain = _CONTROL.sub("", text.replace("\t", " ").replace(END, "\n").replace("\r", "\n"))
    return _SPECIAL.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{part}{END}" for line in lines for part in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line, each of at most `LONGEST` octets, none of which ends inside a character."""
    data = line.encode()
    start, room, before = 0, LONGEST, ""
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        yield before + data[start:end].decode()
        start, room, before = end, LONGEST - 1, " "
    yield before + data[start:].decode()
