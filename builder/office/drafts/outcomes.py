"""Finds the outcomes of an examination in the sentences of a step: 材料齐全的……；不齐全的，当场一次性告知……"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from builder.content.model.steps import Ending
from builder.editing import Value

_STATE: Final = r"(?:齐全|齐备|完整|真实|有效|属实|符合[^，。；的]{0,16}?(?:条件|要求|规定|标准|形式)?|合格|通过|同意|准予|无误|无异议)"
_GOOD: Final = re.compile(
    rf"(?:对)?(?P<when>[^，。；]{{0,14}}?(?<!不)(?<!未)(?<!没有){_STATE}(?:[、，且并和]+[^，。；]{{0,4}}?(?<!不){_STATE})*)(?:的|，|(?=予以|准予))，?(?P<then>[^。；]*)"
)
_BAD: Final = re.compile(
    r"(?:对)?(?P<when>[^，。；]{0,14}?(?:不齐全?|不全|不完整|不齐备|不真实|不属实|不符合?[^，。；的]{0,16}|不合格|未通过|不通过|不予[^，。；的]{0,6}|有异议|缺少[^，。；的]{0,6})"
    r"(?:[、或者]+[^，。；的]{0,16}?(?:不齐全?|不全|不完整|不真实|不符合?[^，。；的]{0,16}|不合格))*)的?，?(?P<then>[^。；]+)"
)
_ENDS: Final = (
    (re.compile("退回|退还|退件"), Ending.RETURNED),
    (re.compile("不予(?!公示)|说明理由|不批准|书面告知|终止|驳回"), Ending.REJECTED),
)
_COME_AGAIN: Final = re.compile("补正|补齐|补充|补交|一次性?告知|告知[^，。]{0,12}(?:需|要|应)")
WHEN_LIMIT, TEXT_LIMIT, QUESTION_LIMIT = 120, 80, 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows where an examination ends well, or badly: in which case, and what is done then."""

    when: str
    then: str
    is_good: bool

    def target(self, first: str, onward: str) -> str:
        """Return where it leads: `onward` if all is well, to the end, or to the `first` step, where one hands in again."""
        if self.is_good:
            return onward
        ending = next((ending.value for pattern, ending in _ENDS if pattern.search(self.then)), "")
        if _COME_AGAIN.search(self.then) and ending in ("", Ending.RETURNED.value):
            return first or Ending.RETURNED.value
        return ending


@dataclass(frozen=True, slots=True)
class Examined:
    """What is done in a step before it divides, and its outcomes."""

    do: str
    outcomes: tuple[Outcome, ...]

    @property
    def question(self) -> str:
        """What is asked: whether it is as the good outcome says."""
        good = next(one.when for one in self.outcomes if one.is_good)
        return f"{good}吗？"

    def branches(self, first: str, onward: str) -> list[Value] | None:
        """Return the branches as plain values, None if it is not clear where one leads."""
        made: list[Value] = []
        for one in self.outcomes:
            to = one.target(first, onward)
            if not to:
                return None
            made.append({"when": one.when, "to": to, **({"text": one.then} if one.then else {})})
        return made


def read_outcomes(text: str) -> Examined | None:
    """Return the outcomes of an examination, None unless the text ends in one good one and one bad one or more."""
    sentences = [sentence for sentence in re.split("[。；]", text) if sentence.strip()]
    for first, sentence in enumerate(sentences):
        do, outcome = ("", _outcome(sentence)) if first and _outcome(sentence) else _divided(sentence)
        if outcome is None:
            continue
        others = [_outcome(later) for later in sentences[first + 1 :]]
        found = [outcome, *(one for one in others if one)]
        before = "。".join(filter(None, (*sentences[:first], do)))
        return Examined(before, tuple(found)) if before and all(others) and _is_decision(found) else None
    return None


def _is_decision(outcomes: Sequence[Outcome]) -> bool:
    good = [one for one in outcomes if one.is_good]
    fits = all(len(one.then) <= TEXT_LIMIT and len(one.when) <= WHEN_LIMIT for one in outcomes)
    return len(good) == 1 and len(outcomes) > 1 and fits and len(good[0].when) < QUESTION_LIMIT - 1


def _divided(sentence: str) -> tuple[str, Outcome | None]:
    """Return what a sentence says before an outcome, and the outcome behind its last comma but that of the outcome."""
    for comma in re.finditer("，", sentence):
        if outcome := _outcome(sentence[comma.end() :]):
            return sentence[: comma.start()], outcome
    return "", None


def _outcome(sentence: str) -> Outcome | None:
    for pattern, is_good in ((_BAD, False), (_GOOD, True)):
        if match := pattern.fullmatch(sentence.strip()):
            return Outcome(match["when"].strip("，"), match["then"].strip("，"), is_good)
    return None
