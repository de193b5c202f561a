"""The page of an event for all answers at once: what several of them have in common is said once.

Each answer to the first question has its own totals. Those that share most of what is to be done share a passage, in which it
is told what is for whom. What further answers change is there for each of them, under a condition (`folding`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, NamedTuple, TypeVar

from builder.content.model.events import Event, EventItem, EventOption
from builder.merge.bundle import Sort
from builder.merge.in_words import AlternativesInWords, PaperInWords, sort_in_words
from builder.render.event import Part, StepInWords, part_of, steps_of
from builder.render.folding import Folded, Grid, State, States, is_before_answers
from builder.render.page import PageContext
from builder.wording.joining import in_clauses

T = TypeVar("T", bound=Hashable)


class Bit(NamedTuple):
    """A thing that is shown under the condition `on`. `of` says for whom of those who share a passage it is, "" for all.

    `later` tells that it is hidden as long as no further question is answered.
    """

    what: Any
    on: str
    of: str
    later: bool


class StepLine(NamedTuple):
    """A step, with what the answers change of it: for whom it is, and what comes before it."""

    step: Bit  # of StepInWords
    only: tuple[Bit, ...]
    after: tuple[Bit, ...]


class PaperLine(NamedTuple):
    """A paper, with its name, how many, what only some bring, where, and what else, as the answers have it."""

    paper: Bit  # of PaperInWords
    names: tuple[Bit, ...]
    amount: tuple[Bit, ...]
    besides: tuple[Bit, ...]
    some: tuple[Bit, ...]
    places: tuple[Bit, ...]
    details: tuple[Bit, ...]


class ChoiceLine(NamedTuple):
    """A choice, with when it is asked, whether another paper does, and who asks, as the answers have it."""

    choice: Bit  # of AlternativesInWords
    only: tuple[Bit, ...]
    met: tuple[Bit, ...]
    places: tuple[Bit, ...]


class Run(NamedTuple):
    """Papers that are for the same of those who share a passage, and the condition under which they are shown.

    `of` is for whom they are; "" where all papers under the heading are for all.
    """

    of: str
    on: str
    papers: tuple[PaperLine, ...]


class Group(NamedTuple):
    """The papers under a heading, at last those for all who share a passage."""

    head: Bit
    runs: tuple[Run, ...]


class Heading(NamedTuple):
    """An answer to the first question, at the head of its passage."""

    id: str
    text: str
    on: str
    counted: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be done by those of some answers. `on` is the condition under which it is shown.

    `bring`, `way` and `when` tell under which answers there is a list, a way or a term at all. `matters` are the further
    questions, each with those of the answers for which it makes a difference.
    """

    on: str
    matters: Mapping[str, tuple[str, ...]]
    headings: tuple[Heading, ...]
    unknown: tuple[Bit, ...]
    only_one: tuple[Bit, ...]
    steps: tuple[StepLine, ...]
    bring: Bit | None
    head: tuple[Bit, ...]
    groups: tuple[Group, ...]
    choices: tuple[ChoiceLine, ...]
    notes: tuple[Bit, ...]
    way: Bit | None
    route: tuple[Bit, ...]
    when: Bit | None
    terms: tuple[Bit, ...]

    def is_unsaid(self, amount: str) -> bool:
        """Tell whether of some paper nothing but this amount is known."""
        known = (bit.what for group in self.groups for run in group.runs for line in run.papers for bit in line.amount)
        offered = chain.from_iterable(map(_papers_in, (line.choice.what for line in self.choices)))
        return amount in known or any(paper.amount == amount for paper in offered)


def passages_of(event: Event, parts: Sequence[Part], context: PageContext) -> tuple[Passage, ...]:
    """Return the passages of the page of an event. `parts` are those of each answer to the first question."""
    return tuple(_Maker(event, context, tuple(some)).passage() for some in _alike(parts))


# --- Who shares a passage --------------------------------------------------------------------------------------------

_ENOUGH = 0.4  # of what is said to one answer, that others of a passage are told, too


def _alike(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts, those together that have much in common, in the order of the first of each."""
    found: list[list[Part]] = []
    told: list[set[str]] = []  # what is said to those who are together
    for part in parts:
        said = _said(part)
        size = sum(map(len, said)) or 1
        shares = [sum(map(len, said & others)) / size for others in told]
        if shares and max(shares) >= _ENOUGH:
            nearest = shares.index(max(shares))
            found[nearest].append(part)
            told[nearest] |= said
        else:
            found.append([part])
            told.append(said)
    return found


def _said(part: Part) -> set[str]:
    """Return what is said to one answer, as texts to compare."""
    return {str(one) for one in (*part.steps, *part.bundle.papers, *part.bundle.choices, *part.terms)}


# --- A passage -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Maker:
    event: Event
    context: PageContext
    parts: tuple[Part, ...]

    def passage(self) -> Passage:
        grid = _grid(self.event, self.parts, self.context)
        told = {
            state: self.parts[state[0]]
            if is_before_answers(state)
            else part_of(self.event, grid.chosen(state), self.context)
            for state in grid.states
        }
        return _Told(self, grid, told).passage()

    def names(self, of: Iterable[int]) -> str:
        """Return for whom something is, of those who share the passage."""
        return in_clauses((self.parts[at].title for at in of), self.context.words)


@dataclass(frozen=True)
class _Told:
    """What is said in each state of a passage."""

    maker: _Maker
    grid: Grid
    told: Mapping[State, Part]

    def passage(self) -> Passage:
        parts = self.told
        return Passage(
            on=self._on_main(range(len(self.maker.parts))) if self.maker.event.questions else "",
            matters=dict(self._matters()),
            headings=tuple(self._headings()),
            unknown=self._bits({state: [""] for state, part in parts.items() if part.nothing_known}),
            only_one=self._texts({state: (part.only_one,) for state, part in parts.items()}),
            steps=tuple(self._steps()),
            bring=self._there(state for state, part in parts.items() if _brings(part)),
            head=self._bits({state: part.bundle.head for state, part in parts.items()}),
            groups=tuple(self._groups()),
            choices=tuple(self._choices()),
            notes=self._bits(
                {
                    state: [text for text in (part.bundle.shared, *part.bundle.notes) if text]
                    for state, part in parts.items()
                }
            ),
            way=self._there(state for state, part in parts.items() if part.way),
            route=self._bits({state: part.route for state, part in parts.items() if part.way}),
            when=self._there(state for state, part in parts.items() if part.terms),
            terms=self._bits({state: part.terms for state, part in parts.items()}),
        )

    def _on_main(self, of: Iterable[int]) -> str:
        ids = [self.maker.parts[at].id for at in of]
        return f"{self.maker.event.questions[0].id}={','.join(('', *ids))}"

    def _matters(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each further question with the answers to the first for which it changes something."""
        for nth, (id, _) in enumerate(self.grid.questions[1:], start=1):
            firsts = {
                state[0] for state in self.told if self.told[state] != self.told[(*state[:nth], 0, *state[nth + 1 :])]
            }
            yield id, tuple(self.maker.parts[at].id for at in sorted(firsts))

    def _headings(self) -> Iterator[Heading]:
        for at, part in enumerate(self.maker.parts):
            own = frozenset(state for state in self.told if state[0] == at)
            more = self.maker.context.words["clause_separator"]
            said = {state: self.told[state].counts for state in own}
            counted = self._texts(
                {state: (first, *(more + one for one in rest)) for state, (first, *rest) in said.items()}
            )
            on = self._on_main([at]) if len(self.maker.parts) > 1 else ""
            yield Heading(part.id, part.title, on, counted)

    def _steps(self) -> Iterator[StepLine]:
        said = {state: part.steps for state, part in self.told.items()}
        for one in self.grid.folded(said, self._all, _without_answers):
            same = {state: _step_like(one.what, self.told[state].steps) for state in one.states}
            yield StepLine(
                self._bit(one),
                self._texts({state: (step.only,) for state, step in same.items()}),
                self._texts({state: (step.after,) for state, step in same.items()}),
            )

    def _groups(self) -> Iterator[Group]:
        """Yield the papers, those of one sort together; last what only some bring, whatever they answer."""
        words = self.maker.context.words
        sure = {
            (state[0], paper.mark) for state, part in self.told.items() for paper in part.bundle.papers if paper.amount
        }
        sorts = {
            (state[0], paper.mark): paper.sort
            for state in sorted(self.told, reverse=True)  # at last before any further answer, when all is told
            for paper in self.told[state].bundle.papers
        }
        for sort in (*Sort, None):
            said = {
                state: [
                    paper
                    for paper in part.bundle.papers
                    if (sorts[of] if (of := (state[0], paper.mark)) in sure else None) is sort
                ]
                for state, part in self.told.items()
            }
            if there := self._there(state for state, papers in said.items() if papers):
                head = words["event_sort_some"] if sort is None else sort_in_words(sort, words)
                yield Group(there._replace(what=head), tuple(self._runs(said)))

    def _runs(self, said: Mapping[State, Sequence[PaperInWords]]) -> Iterator[Run]:
        runs: dict[tuple[int, ...], list[PaperLine]] = {}
        for one in self.grid.folded(said, self._all, _which):
            runs.setdefault(one.of, []).append(self._paper(one, said))
        shared = runs.pop((), [])
        for of, lines in runs.items():
            yield Run(self.maker.names(of), self._on_main(of), tuple(lines))
        if shared:
            yield Run(self.maker.context.words["event_of_all"] if runs else "", "", tuple(shared))

    def _paper(self, one: Folded[PaperInWords], said: Mapping[State, Sequence[PaperInWords]]) -> PaperLine:
        same = {state: next(p for p in said[state] if _which(p) == _which(one.what)) for state in one.states}
        within = frozenset(state for state in self.told if state[0] in one.of or not one.of)
        return PaperLine(
            Bit(one.what, self.grid.condition(one.states, within), "", one.later),
            self._texts({state: (paper.name,) for state, paper in same.items()}),
            self._joined(self._texts({state: paper.amounts for state, paper in same.items()})),
            self._texts({state: (paper.besides,) for state, paper in same.items()}),
            self._texts({state: paper.some for state, paper in same.items()}),
            self._texts({state: paper.places for state, paper in same.items()}),
            self._joined(self._texts({state: paper.details for state, paper in same.items()})),
        )

    def _choices(self) -> Iterator[ChoiceLine]:
        said = {state: part.bundle.choices for state, part in self.told.items()}
        for one in self.grid.folded(said, self._all, _of_what):
            same = {state: next(c for c in said[state] if _of_what(c) == _of_what(one.what)) for state in one.states}
            yield ChoiceLine(
                self._bit(one),
                self._texts({state: (choice.only,) for state, choice in same.items()}),
                self._texts({state: (choice.met,) for state, choice in same.items()}),
                self._texts({state: (self._clauses(choice.places),) for state, choice in same.items()}),
            )

    def _texts(self, said: Mapping[State, Sequence[str]]) -> tuple[Bit, ...]:
        """Return texts of a line that is shown in exactly these states."""
        return self._bits({state: list(filter(None, texts)) for state, texts in said.items()}, frozenset(said))

    def _joined(self, bits: Iterable[Bit]) -> tuple[Bit, ...]:
        """Return texts that are shown under the same condition, and stand together, as one."""
        alike = ((next(some), *some) for _, some in groupby(bits, key=lambda bit: bit[1:]))
        return tuple(some[0]._replace(what=self._clauses(bit.what for bit in some)) for some in alike)

    def _clauses(self, texts: Iterable[str]) -> str:
        return in_clauses(texts, self.maker.context.words)

    @property
    def _all(self) -> States:
        return frozenset(self.told)

    def _bits(self, said: Mapping[State, Sequence[T]], within: States | None = None) -> tuple[Bit, ...]:
        return tuple(map(self._bit, self.grid.folded(said, within or self._all)))

    def _there(self, states: Iterable[State]) -> Bit | None:
        """Return when there is something at all, None for never."""
        shown = frozenset(states)
        later = not any(is_before_answers(state) for state in shown)
        return Bit("", self.grid.condition(shown, self._all), "", later) if shown else None

    def _bit(self, one: Folded[T]) -> Bit:
        return Bit(one.what, one.on, self.maker.names(one.of), one.later)


def _papers_in(choice: AlternativesInWords) -> Iterator[PaperInWords]:
    for option in choice.options:
        yield from option.papers
        yield from chain.from_iterable(map(_papers_in, option.choices))


def _brings(part: Part) -> bool:
    return (
        bool(part.bundle.papers or part.bundle.choices or part.bundle.shared or part.bundle.head)
        and not part.nothing_known
    )


def _which(paper: PaperInWords) -> Hashable:
    """Return by what a paper is the same under all answers."""
    return paper.mark, paper.ref


def _of_what(choice: AlternativesInWords) -> Hashable:
    """Return by what a choice is the same under all answers."""
    return choice.title, choice.options


def _without_answers(step: StepInWords) -> StepInWords:
    """Return what of a step is the same under all answers to further questions."""
    return replace(step, only="", after="")


def _step_like(step: StepInWords, steps: Iterable[StepInWords]) -> StepInWords:
    return next(one for one in steps if _without_answers(one) == _without_answers(step))


# --- What makes a difference -----------------------------------------------------------------------------------------


def _grid(event: Event, parts: Sequence[Part], context: PageContext) -> Grid:
    """Return the questions whose answers change what is said to some parts."""
    if not event.questions:
        return Grid((("", (("",),)),))
    main = event.questions[0]
    steps = [step for part in parts for _, step in steps_of(event, {main.id: part.id}, context)]
    questions: list[tuple[str, tuple[tuple[str, ...], ...]]] = [(main.id, tuple((part.id,) for part in parts))]
    for question in event.questions[1:]:
        alike: dict[Hashable, list[str]] = {}
        for option in question.options:
            alike.setdefault(_effect(question.id, option, steps), []).append(option.id)
        settles = any(option.holds or option.fails for option in question.options)
        if settles or any(question.id in step.answers for step in steps):
            questions.append((question.id, (("",), *map(tuple, alike.values()))))
    return Grid(tuple(questions))


def _effect(question: str, option: EventOption, steps: Sequence[EventItem]) -> Hashable:
    """Return what an answer changes: which steps are done, and what is known to hold or not."""
    done = frozenset(at for at, step in enumerate(steps) if option.id in step.answers.get(question, ()))
    return done, option.holds, option.fails
