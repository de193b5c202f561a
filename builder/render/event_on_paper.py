"""An event on paper, where room is scarce: in brief words, and nothing twice.

What is told of a step, for whom it is and where it is done, is not told again of each paper that it asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.content.model.events import Event, EventItem, EventOption
from builder.context import Words, brief_words
from builder.context.phones import Call
from builder.merge import (
    Bundle,
    BundleInWords,
    Chosen,
    bundle_in_words,
    nth_in_words,
    told_beside,
)
from builder.merge.needs import OR
from builder.render.event import (
    Part,
    StepInWords,
    Term,
    bundle_lines,
    glosses_of,
    merged,
    only_in_words,
    part_of,
    step_in_words,
    steps_of,
    taken_of,
    terms_of,
)
from builder.render.page import PageContext
from builder.wording.joining import enumerated


@dataclass(frozen=True, slots=True)
class StepOnSheet:
    """A step on paper: what it is called, and its facts. `only` says for whom it is, `maybe` that one may leave it out.

    `calls` are numbers that are told neither of the site nor of its place.
    """

    nth: str
    title: str
    case: str
    only: str
    maybe: bool
    facts: tuple[str, ...]
    calls: tuple[Call, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PartOnSheet:
    """A part on paper. `unplaced` are the steps of which nobody says where they are done, `legend` explains what is short.

    `room` are the classes of a sheet that would leave much of its page empty.
    """

    part: Part
    steps: tuple[StepOnSheet, ...]
    unplaced: str
    legend: tuple[str, ...]
    room: str


@dataclass(frozen=True, slots=True)
class StepAlone:
    """A step on the sheet of all answers: with its places and its own list."""

    step: StepOnSheet
    places: tuple[str, ...]
    bundle: BundleInWords


@dataclass(frozen=True, slots=True)
class AnswerInBrief:
    """An answer on the sheet of all answers: which steps are for everybody who gives it, and which for some, with for whom."""

    id: str
    title: str
    glosses: tuple[tuple[str, str], ...]
    sure: str
    some: tuple[tuple[str, str], ...]


# How many characters are on a sheet at most that is set wider, and how: so that it is still one page.
ROOM = ((500, "airy roomy"), (740, "airy"))


def part_on_sheet(event: Event, option: EventOption | None, context: PageContext) -> PartOnSheet:
    """Return the part of an answer to the first question, None where nothing is asked, for paper."""
    context = replace(context, words=brief_words(context.words))
    chosen = {event.questions[0].id: option.id} if option else {}
    words, part = context.words, part_of(event, chosen, context)
    taken = taken_of(steps_of(event, chosen, context), event, chosen, context)
    part = replace(part, bundle=_list_of(merged(taken, event, chosen, context), taken, words))
    told = {call.shown for calls in (context.frame.calls, *(stop.calls for stop in part.route)) for call in calls}
    steps = tuple(_on_sheet(step, part.terms, told) for step in part.steps)
    unplaced = enumerated(
        (step.nth for one, step in zip(taken, part.steps, strict=True) if not step.places and not one.is_done_at_home),
        words,
    )
    said = "".join(bundle_lines(part.bundle, words))
    length = len(said) + sum(map(_length, steps))
    return PartOnSheet(part, steps, unplaced, tuple(_legend(said, words)), _room(length))


def room_of_all(steps: Iterable[StepAlone], words: Words) -> str:
    """Return the classes of the sheet of all answers, as `PartOnSheet.room` has those of one."""
    return _room(sum(_length(one.step) + sum(map(len, bundle_lines(one.bundle, words))) for one in steps))


def _room(length: int) -> str:
    """Return the classes of a sheet with so many characters."""
    return next((classes for most, classes in ROOM if length < most), "")


def said_of_all(steps: Sequence[StepAlone]) -> tuple[str, ...]:
    """Return what is said of all steps instead of a list, () where one has a list or says something else."""
    heads = {one.bundle.head for one in steps if not one.bundle.papers and not one.bundle.choices}
    with_list = any(one.bundle.papers or one.bundle.choices for one in steps)
    return next(iter(heads)) if len(heads) == 1 and not with_list else ()


def _length(step: StepOnSheet) -> int:
    return len(f"{step.title}{step.only}{step.note}{step.facts}")


def steps_alone(event: Event, context: PageContext) -> tuple[StepAlone, ...]:
    """Return every step of an event, whatever is answered, each with its own list."""
    context = replace(context, words=brief_words(context.words))
    steps = _numbered(event, context)
    taken = taken_of(steps, event, {}, context)
    terms = tuple(terms_of(taken, event, context.words))
    told = {call.shown for call in context.frame.calls}
    found = []
    for one, (_, step) in zip(taken, steps, strict=True):
        said = step_in_words(one, step, steps, event, {}, context)
        bundle = _list_of(merged((one,), event, {}, context), (one,), context.words)
        found.append(StepAlone(_on_sheet(said, terms, told), said.places, bundle))
    return tuple(found)


def answers_in_brief(event: Event, context: PageContext) -> Iterator[AnswerInBrief]:
    """Yield for each answer to the first question which of all steps of the event are to be done."""
    words, main = brief_words(context.words), event.questions[0]
    for option in main.options:
        by: dict[str, list[str]] = {}
        for number, step in _numbered(event, context):
            if step.is_done({main.id: option.id}):
                only = only_in_words(step, event, {}, words).replace(OR, words["or"])
                maybe = words["event_maybe"] if step.maybe else ""
                by.setdefault(only or maybe, []).append(nth_in_words(number, words))
        told = {only: enumerated(numbers, words) for only, numbers in by.items()}
        some = tuple((only, numbers) for only, numbers in told.items() if only)
        yield AnswerInBrief(option.id, option.text, glosses_of(option.text, context), told.get("", ""), some)


def _numbered(event: Event, context: PageContext) -> tuple[tuple[int, EventItem], ...]:
    """Return all steps that are in force, each with the number by which the sheet of all answers calls it."""
    return tuple(enumerate((step for step in event.items if step.item in context.items), start=1))


def _list_of(bundle: Bundle, taken: Sequence[Chosen], words: Words) -> BundleInWords:
    """Return what to bring. Beside it stand the steps, with where they are done and for whom they are."""
    several = len(taken) > 1
    told = bundle_in_words(told_beside(bundle, {one.when for one in taken}), words, several=several)
    papers = []
    for paper, said in zip(bundle.papers, told.papers, strict=True):
        numbers = dict.fromkeys(line.number for line in paper.parts)
        alone = tuple(nth_in_words(number, words) for number in numbers if several)
        papers.append(said if len(numbers) > 1 else said._replace(places=alone))
    return replace(told, papers=tuple(papers))


def legend_of(bundles: Iterable[BundleInWords], words: Words) -> tuple[str, ...]:
    """Return what explains the brief words of some lists."""
    return tuple(_legend("".join(line for bundle in bundles for line in bundle_lines(bundle, words)), words))


def _legend(said: str, words: Words) -> Iterator[str]:
    for short, meaning in (("bundle_form_unsaid", "event_legend_form"), ("bundle_at_least", "event_legend_at_least")):
        sign = words[short].partition("{n}")[0].replace("{who}", "")
        if sign and sign in said:
            yield words[meaning].format(sign=sign)


def _on_sheet(step: StepInWords, terms: Iterable[Term], told: Iterable[str]) -> StepOnSheet:
    dates = tuple(term.text for term in terms if term.who == step.nth)
    calls = tuple(call for call in step.calls if call.shown not in told)
    facts = tuple(filter(None, (step.after, step.online, *dates, *step.times)))
    return StepOnSheet(step.nth, step.title, step.case, step.only, step.maybe, facts, calls, step.note)
