"""What a list says of an item: facts of its card in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from builder.content.card import Card, FeeFact, TimeFact
from builder.context.words import Words
from builder.wording.joining import joined
from builder.wording.money import fee_in_brief
from builder.wording.times import rounds_in_brief, time_in_brief

F = TypeVar("F")


def time_of_card(card: Card, words: Words) -> str:
    """Return how long it takes and the only times at which one can apply, "" when neither is known."""
    times = times_of_cases(card.times, words)
    time = times[0] if len(times) == 1 else words["time_by_case"]
    return joined((time, rounds_in_brief(card.rounds, words)), words)


def fee_of_card(card: Card, words: Words) -> str:
    """Return what it costs, "" when not known."""
    fees = fees_of_cases(card.fees, words)
    return fees[0] if len(fees) == 1 else words["fee_by_case"]


def times_of_cases(times: Iterable[TimeFact | None], words: Words) -> tuple[str, ...]:
    """Return the different answers that the cases give to how long it takes, "" among them where it is not known."""
    return _different(times, time_in_brief, words)


def fees_of_cases(fees: Iterable[FeeFact | None], words: Words) -> tuple[str, ...]:
    """Return the different answers that the cases give to what it costs, "" among them where it is not known."""
    return _different(fees, fee_in_brief, words)


def _different(facts: Iterable[F], in_brief: Callable[[F, Words], str], words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(in_brief(fact, words) for fact in facts))
