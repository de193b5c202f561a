"""The events of the sample site, and what the merge of the chosen items says to any answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, product

from bundles import sample
from guide_world import words
from site_folder import sample_content

from builder.content.model.events import Event, EventItem
from builder.content.source import read
from builder.merge import AlternativesInWords, Answers, Chosen, PaperInWords, bundle_in_words, bundle_of
from builder.merge.needs import OR

Chosens = Mapping[str, str]  # for each question that is answered the option


@cache
def event(id: str) -> Event:
    """Return an event of the sample site."""
    file = sample_content() / "events" / f"{id}.yaml"
    document, _ = read(file.name, file.read_bytes())
    assert document is not None
    return Event.model_validate(document.raw)


def answer_sets(one: Event) -> Iterator[Chosens]:
    """Yield all that can be answered, by who gave an answer to the first question."""
    first, *further = ([option.id for option in question.options] for question in one.questions)
    for options in product(first, *(["", *some] for some in further)):
        yield {question.id: option for question, option in zip(one.questions, options, strict=True) if option}


def list_of(one: Event, chosen: Chosens) -> list[str]:
    """Return the papers for who has `chosen` these options, each with all that is said of it, in any order."""
    main = one.questions[0]
    steps = [step for step in one.items if step.is_done({main.id: chosen[main.id]})]
    taken = [
        Chosen(number, sample().items[step.item], step.case, _open(step, one, chosen), step.persons)
        for number, step in enumerate(steps, start=1)
        if step.is_done(chosen)
    ]
    options = [
        option for question in one.questions for option in question.options if option.id == chosen.get(question.id)
    ]
    answers = Answers(
        frozenset(text for option in options for text in option.holds),
        frozenset(text for option in options for text in option.fails),
    )
    told = bundle_in_words(bundle_of(taken, answers, sample(), one.people), words(), several=len(steps) > 1)
    return sorted(map(_line, (*told.papers, *(paper for choice in told.choices for paper in _offered(choice)))))


def _open(step: EventItem, one: Event, chosen: Chosens) -> str:
    """Return on what a step still hangs."""
    texts = [
        [option.text for option in question.options if option.id in step.answers[question.id]]
        for question in one.questions[1:]
        if question.id in step.answers and question.id not in chosen
    ]
    if not texts:
        return words()["event_if_done"] if step.maybe else ""
    return (
        OR.join(f"{text}的" for text in texts[0])
        if len(texts) == 1
        else "、".join("或".join(some) for some in texts) + "的"
    )


def _offered(choice: AlternativesInWords) -> Iterator[PaperInWords]:
    for option in choice.options:
        yield from option.papers
        for inner in option.choices:
            yield from _offered(inner)


def _line(paper: PaperInWords) -> str:
    amount = "" if paper.amount == "没写原件还是复印件" else paper.amount
    places = [f"交到{place}" for place in paper.places]
    return " | ".join(
        filter(None, (paper.name, amount, paper.besides, *paper.some, "；".join([*places, *paper.details])))
    )


def lines(shown: Sequence[Sequence[tuple[str, str]]]) -> list[str]:
    """Return the lines of a page, each as its pieces with their tags, in the same words and any order."""
    return sorted(" | ".join(_pieces(line)) for line in shown)


def _pieces(line: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the pieces of a line, how many in which form as one, and where and what else as one."""
    for tag, pieces in groupby(line, key=lambda piece: piece[0]):
        texts = [text for _, text in pieces]
        yield from ["；".join(texts)] if tag in ("EM", "SMALL") else texts
