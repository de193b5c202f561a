"""What a list says of an item: facts of its card in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from builder.content.card import Card, CaseFacts
from builder.context.words import Words
from builder.support.characters import is_chinese
from builder.wording.joining import enumerated, in_clauses, labelled, with_note
from builder.wording.money import fee_in_brief
from builder.wording.times import rounds_in_brief, time_in_brief

F = TypeVar("F")


class CaseAnswer(NamedTuple):
    """What an item answers to one question: the rule, and what is so in other cases, each with the names of the cases.

    The rule is "" where there is none or it is not known.
    """

    rule: str
    others: tuple[tuple[str, str], ...] = ()


def time_of_card(card: Card, words: Words, room: int) -> str:
    """Return how long it takes in up to `room` characters where cases differ, "" when not known."""
    return _within(case_answer(card.times, time_in_brief, words), room, words["time_by_case"], words)


def fee_of_card(card: Card, words: Words, room: int) -> str:
    """Return what it costs in up to `room` characters where cases differ, "" when not known."""
    return _within(case_answer(card.fees, fee_in_brief, words), room, words["fee_by_case"], words)


def rounds_of_card(card: Card, words: Words) -> str:
    """Return the only times at which one can apply, "" when one can apply on any working day."""
    return rounds_in_brief(card.rounds, words)


def case_answer(facts: CaseFacts[F], in_brief: Callable[[F | None, Words], str], words: Words) -> CaseAnswer:
    """Return facts in words. Facts that read the same are one answer; a case of which nothing is known says so."""
    rule = in_brief(facts.rule, words)
    named: dict[str, tuple[str, ...]] = {}
    for fact, cases in facts.others:
        told = in_brief(fact, words) or words["ask_by_phone"]
        named[told] = (*named.get(told, ()), *cases)
    others = {told: enumerated(cases, words) for told, cases in named.items() if told != rule}
    if not rule and len(others) == 1 and None not in [fact for fact, _ in facts.others]:
        return CaseAnswer(next(iter(others)))
    return CaseAnswer(rule, tuple((cases, told) for told, cases in others.items()))


def of_cases(cases: str, told: str, words: Words) -> str:
    """Return what is so in some cases. A name that ends in a digit or a letter is set off from the figure behind it."""
    return cases + told if is_chinese(cases[-1]) or cases[-1] in "）》”" else labelled(cases, told, words)


def in_one_line(answer: CaseAnswer, words: Words, bound: Callable[[str, str, Words], str] = of_cases) -> str:
    """Return an answer as one line: 7个工作日（分户当场办结）, or 个人：3天；单位：5天 where there is no rule."""
    if not answer.rule:
        return in_clauses((labelled(cases, told, words) for cases, told in answer.others), words)
    return with_note(answer.rule, in_clauses((bound(*one, words) for one in answer.others), words), words)


def _within(answer: CaseAnswer, room: int, by_case: str, words: Words) -> str:
    line = in_one_line(answer, words)
    return line if not answer.others or len(line) <= room else by_case
