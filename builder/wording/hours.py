"""When a place is open, and when something is done there, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.content.model.contacts import Hours
from builder.context.words import Words
from builder.wording.joining import labelled, with_note

_CLOCK = re.compile(r"\d\s*[:：点时]|上午|下午|全天|24小时")


def hours_in_words(hours: Sequence[Hours], words: Words) -> tuple[str, ...]:
    """Return a line for each season, such as 夏季：8:00-12:00."""
    return tuple(labelled(one.when, one.hours, words) for one in hours)


def hours_there(own: Sequence[Hours], of_place: Sequence[Hours], words: Words) -> tuple[str, ...]:
    """Return when something is done in a place: its own hours, or else those of the place.

    Where its own hours tell only the days (每周三), those of the place are told with them.
    """
    if not own:
        return hours_in_words(of_place, words)
    told = hours_in_words(own, words)
    if not of_place or any(_CLOCK.search(line) for line in told):
        return told
    open_there = words["clause_separator"].join(hours_in_words(of_place, words))
    return (*told[:-1], with_note(told[-1], labelled(words["open"], open_there, words), words))
