"""What a page says to each answer, said once: every text with the answers under which it is shown.

The texts are made for each state, at build time; here those that several states have in common become one, with a condition
that a script can tell without knowing what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
State = tuple[
    int, ...
]  # for each question of a grid the position of what was answered; of all but the first, 0 is no answer
States = frozenset[State]


@dataclass(frozen=True, slots=True)
class Folded(Generic[T]):
    """What is shown under a condition: ``shei=,tx,sy can=you|can=``, of which one alternative has to hold with all its parts, "" for always.

    Nothing behind a comma stands for no answer. `of` are the answers to the first question that it is for, by position, () for
    all to whom it could be shown. `later` tells that it is not shown before a further question is answered.
    """

    what: T
    on: str
    of: tuple[int, ...]
    later: bool
    states: States


@dataclass(frozen=True, slots=True)
class Grid:
    """All that can be answered: each question with its answers, those together between which nothing differs.

    The answers to the first question exclude each other, and each is one of them; a page that was not told one shows all.
    """

    questions: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]

    @property
    def states(self) -> States:
        """All states."""
        return frozenset(product(*(range(len(answers)) for _, answers in self.questions)))

    def chosen(self, state: State) -> Mapping[str, str]:
        """Return what is chosen in a state, an option of each question that is answered."""
        return {id: answers[at][0] for (id, answers), at in zip(self.questions, state, strict=True) if answers[at][0]}

    def folded(
        self, said: Mapping[State, Sequence[T]], within: States, same: Callable[[T], Hashable] = lambda one: one
    ) -> Iterator[Folded[T]]:
        """Yield what is said in some states, in an order that all of them have, each once.

        `within` are the states in which it can be shown at all. What is the `same` is said in the words of the first state.
        """
        if said.keys() == within and _is_whole(within) and _are_equal(said.values()):  # as most lines are
            later = not any(map(is_before_answers, within))
            yield from (Folded(one, "", (), later, within) for one in next(iter(said.values())))
            return
        first: dict[Hashable, T] = {}
        keyed: dict[State, list[Hashable]] = {}
        for state in sorted(said):
            keys = keyed.setdefault(state, [])
            for one in said[state]:
                key: Hashable = same(one)
                while key in keys:
                    key = (key, "again")  # what is said twice is two
                first.setdefault(key, one)
                keys.append(key)
        for key in _in_one_order(keyed.values()):
            shown = frozenset(state for state, some in keyed.items() if key in some)
            for part in _by_first(shown):
                of = tuple(sorted({state[0] for state in part}))
                yield Folded(
                    first[key],
                    self.condition(part, within),
                    () if {state[0] for state in within} <= set(of) else of,
                    not any(map(is_before_answers, part)),
                    part,
                )

    def condition(self, shown: States, within: States) -> str:
        """Return when something is shown, of what is shown `within` some states."""
        firsts, rest = {state[0] for state in within}, {state[1:] for state in within}
        free = frozenset(state for state in self.states if state[0] not in firsts or state[1:] not in rest)
        left, found = set(shown), []
        while left:
            box = self._box(min(left), shown | free)
            left -= set(product(*box))
            found.append(self._told(self._needed(box, shown)))
        return "" if "" in found else "|".join(found)

    def _box(self, start: State, allowed: States) -> list[list[int]]:
        """Return the largest choice of answers around a state that one finds by widening it, question by question."""
        box = [[at] for at in start]
        for nth, (_, answers) in enumerate(self.questions):
            for at in range(len(answers)):
                wider = [*box[:nth], [at], *box[nth + 1 :]]
                if at not in box[nth] and allowed.issuperset(product(*wider)):
                    box[nth].append(at)
        return box

    def _needed(self, box: Sequence[Sequence[int]], shown: States) -> list[list[int]]:
        """Return a choice of answers without those of which nothing is shown, where not every answer will do."""
        states = shown.intersection(product(*box))
        return [
            list(taken) if len(taken) == len(answers) else sorted({state[nth] for state in states})
            for nth, ((_, answers), taken) in enumerate(zip(self.questions, box, strict=True))
        ]

    def _told(self, box: Sequence[Sequence[int]]) -> str:
        parts = []
        for nth, ((id, answers), taken) in enumerate(zip(self.questions, box, strict=True)):
            if len(taken) < len(answers):
                options = [option for at in sorted(taken) for option in answers[at]]
                parts.append(f"{id}={','.join(options if nth else ('', *options))}")
        return " ".join(parts)


def is_before_answers(state: State) -> bool:
    """Tell whether of all questions but the first none is answered."""
    return not any(state[1:])


def _is_whole(states: States) -> bool:
    """Tell whether each of the first answers goes with the same further answers."""
    return len(states) == len({state[0] for state in states}) * len({state[1:] for state in states})


def _are_equal(sequences: Iterable[Sequence[object]]) -> bool:
    first, *others = sequences
    return all(other == first for other in others)


def _by_first(states: States) -> Iterator[States]:
    """Yield the states of which the first answers go with the same further answers, together."""
    rest: dict[int, set[State]] = {}
    for state in sorted(states):
        rest.setdefault(state[0], set()).add(state[1:])
    same: dict[frozenset[State], list[int]] = {}
    for first, some in rest.items():
        same.setdefault(frozenset(some), []).append(first)
    for further, firsts in same.items():
        yield frozenset((first, *one) for first in firsts for one in further)


def _in_one_order(sequences: Iterable[Sequence[Hashable]]) -> list[Hashable]:
    """Return all that is in some sequences, each once, in the order of each of them as far as they agree."""
    left = [list(sequence) for sequence in dict.fromkeys(map(tuple, sequences)) if sequence]
    order: list[Hashable] = []
    while left:
        behind = {one for sequence in left for one in sequence[1:]}
        heads = [sequence[0] for sequence in left]
        order.append(taken := next((one for one in heads if one not in behind), heads[0]))
        left = [some for sequence in left if (some := [one for one in sequence if one != taken])]
    return order
