"""Sheets of an event (一次性告知单（一件事）): one for each answer to its first question, and one that has all answers.

Who asks at a counter gives one answer, so it has a paper of its own, with one list of all that is to be brought. The
sheet of the event tells which steps belong to which answer, and each step once, with its own list: one list of what
excludes each other would be nobody's. All sheets of an event have the same edition, which its register knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.model.editions import Register
from builder.content.model.events import Event, EventOption, OutsideStep
from builder.content.model.kinds import Key, key
from builder.content.site import Companion
from builder.context import brief_words
from builder.context.phones import Call
from builder.guide import TextSection
from builder.guide.sources import Sources, sources_of
from builder.merge.bundle import Sort
from builder.merge.in_words import BundleInWords, PaperInWords, sort_in_words
from builder.render.event import only_one_of, parts_of, text_of
from builder.render.event_on_paper import (
    AnswerInBrief,
    PartOnSheet,
    StepAlone,
    answers_in_brief,
    legend_of,
    part_on_sheet,
    room_of_all,
    said_of_all,
    steps_alone,
)
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageKind
from builder.render.stamp import Stamp, stamp_of_event
from builder.wording.joining import joined, labelled


@dataclass(frozen=True, slots=True)
class EventSheetPlan:
    """An event, what it is called, its area where that has to be told, its date, and the answer, "" for the sheet of all."""

    id: str
    name: str
    area: str
    date: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class EventSheetView:
    """A sheet of an event: of one answer (`part`), or of all (`answers` and `steps`). `legend` explains what is short.

    `said_of_all` steps stands once, where none has a list. `room` are the classes of a sheet that would leave much of its page empty.

    `only_one` are the titles of what excludes each other; `calls` are those of the site: a step may have its own.
    """

    head: Head
    id: str
    name: str
    ask: str
    part: PartOnSheet | None
    answers: tuple[AnswerInBrief, ...]
    steps: tuple[StepAlone, ...]
    said_of_all: tuple[str, ...]
    room: str
    legend: tuple[str, ...]
    only_one: str
    outside: tuple[OutsideStep, ...]
    calls: tuple[Call, ...]
    sources: Sources
    stamp: Stamp

    def sorts(self, bundle: BundleInWords, words: dict[str, str]) -> Iterator[tuple[str, list[PaperInWords]]]:
        """Yield the papers of a list, those of one sort together."""
        for sort in Sort:
            if of_sort := [paper for paper in bundle.papers if paper.sort is sort]:
                yield sort_in_words(sort, words), of_sort


def address(id: str, answer: str = "") -> str:
    """Return the address of the sheet of an event, or of that for one answer."""
    return f"print/event/{id}/{answer}.html" if answer else f"print/event/{id}.html"


def answers_with_sheets(event: Event) -> tuple[EventOption, ...]:
    """Return the answers that have a sheet of their own: those to the first question."""
    return event.questions[0].options if event.questions else ()


def former_answers(event: Event) -> tuple[str, ...]:
    """Return the ids of the answers that had a sheet once, and have none any more."""
    now = {option.id for option in answers_with_sheets(event)}
    return tuple(id for question in event.questions[:1] for id in dict.fromkeys(question.before) if id not in now)


def plan_of(
    companion: Companion[Event], plan: EventSheetPlan, uses: tuple[Key, ...], items: tuple[tuple[str, str], ...]
) -> Iterator[Page[EventSheetPlan]]:
    """Plan the sheets of an event, whose page uses these records and shows parts of these items."""
    uses = (*uses, key(Register, companion.id))
    for answer in ("", *(option.id for option in answers_with_sheets(companion.record))):
        own = EventSheetPlan(plan.id, plan.name, plan.area, plan.date, answer)
        yield Page(address(companion.id, answer), "print-event", own, uses, items=items)


def view(page: Page[EventSheetPlan], context: PageContext) -> EventSheetView:
    """Return what a sheet shows."""
    plan, words = page.plan, context.words
    context.lookup.declared(set(page.uses))
    event = context.get(Event, plan.id)
    option = next((one for one in answers_with_sheets(event) if one.id == plan.answer), None)
    is_of_all = option is None and bool(answers_with_sheets(event))
    part = None if is_of_all else part_on_sheet(event, option, context)
    steps = steps_alone(event, context) if is_of_all else ()
    name = labelled(plan.name, option.text, words) if option else plan.name
    head = Head(
        plan.name,
        labelled(words["event_title"], joined((name, plan.area), words), words),
        date=str(event.published or event.checked or "") or plan.date,
        area=plan.area,
        column=words["events"],
    )
    return EventSheetView(
        head,
        plan.id,
        plan.name,
        event.questions[0].ask if is_of_all else "",
        part,
        tuple(answers_in_brief(event, context)) if is_of_all else (),
        steps,
        said_of_all(steps),
        part.room if part else room_of_all(steps, words),
        part.legend if part else legend_of((step.bundle for step in steps), brief_words(words)),
        only_one_of(event, context),
        event.outside,
        context.frame.calls,
        sources_of(event.provenance, context),
        stamp_of_event(plan.id, _text(plan.id, event, context), address(plan.id), context),
    )


def _text(id: str, event: Event, context: PageContext) -> tuple[TextSection, ...]:
    """Return the text of which the edition is made. All sheets of an event have the same, so it is kept for the next one."""
    if id not in context.shared:
        context.shared[id] = text_of(event, parts_of(event, context), context)
    text: tuple[TextSection, ...] = context.shared[id]
    return text


KINDS = (PageKind("print-event", view, "print/event.html", "sheet", "content", indexed=False, printed=True),)
