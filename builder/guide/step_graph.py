"""Steps as a graph: which step leads to which, and where the flow ends."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from builder.content.model.steps import Ending, Step


class Way(NamedTuple):
    """A way out of a step: to another step by its position, or to an ending."""

    to: int | Ending
    when: str = ""
    text: str = ""
    document: str = ""


@dataclass(frozen=True)
class Graph:
    """The ways out of each step, by the step's position from 0."""

    ways: tuple[tuple[Way, ...], ...]

    @property
    def size(self) -> int:
        """How many steps there are."""
        return len(self.ways)

    @cached_property
    def _sources(self) -> dict[int, list[int]]:
        sources: dict[int, list[int]] = {}
        for source, ways in enumerate(self.ways):
            for way in ways:
                if isinstance(way.to, int):
                    sources.setdefault(way.to, []).append(source)
        return sources

    def reachable_from(self, start: int) -> set[int]:
        """Return the steps that can be come to from `start`, itself among them."""
        return _closure([start], lambda step: [way.to for way in self.ways[step] if isinstance(way.to, int)])

    def least_to(self, endings: Container[Ending], costs: Sequence[int]) -> int | None:
        """Return the least sum of `costs`, one for each step, on a way from the first step to one of `endings`.

        Costs are not negative. Return None if there is no such way.
        """
        least, waiting = {0: costs[0]}, [0]
        while waiting:
            step = waiting.pop()
            for to in (way.to for way in self.ways[step] if isinstance(way.to, int)):
                cost = least[step] + costs[to]
                if to not in least or cost < least[to]:
                    least[to] = cost
                    waiting.append(to)
        ends = (
            cost
            for step, cost in least.items()
            if any(way.to in endings for way in self.ways[step] if isinstance(way.to, Ending))
        )
        return min(ends, default=None)

    def leading_to_an_end(self) -> set[int]:
        """Return the steps from which some ending can be come to."""
        last = [step for step, ways in enumerate(self.ways) if any(isinstance(way.to, Ending) for way in ways)]
        return _closure(last, lambda step: self._sources.get(step, []))


def graph_of(steps: Sequence[Step]) -> Graph:
    """Return the graph of `steps`. A step without branches and `next` leads to the following one, the last to the end.

    Raises KeyError for a target that does not exist; `builder.checks.step_flow` reports those before.
    """
    positions = {step.id: index for index, step in enumerate(steps) if step.id}

    def target(name: str) -> int | Ending:
        return positions[name] if name in positions else _ENDINGS[name]

    def ways(index: int, step: Step) -> tuple[Way, ...]:
        if step.branches:
            return tuple(Way(target(b.to), b.when, b.text, b.document) for b in step.branches)
        if step.next:
            return (Way(target(step.next)),)
        return (Way(index + 1 if index + 1 < len(steps) else Ending.DONE),)

    return Graph(tuple(ways(index, step) for index, step in enumerate(steps)))


_ENDINGS = {ending.value: ending for ending in Ending}


def _closure(start: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int]:
    seen, waiting = set(start), list(start)
    while waiting:
        for step in onward(waiting.pop()):
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return seen
