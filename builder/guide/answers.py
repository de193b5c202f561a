"""The answer box: who, where, how long, how much and whom to call, then what one gets and when to apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from builder.content.card import fees_of, nearest_levels, rounds_of, time_of, times_of
from builder.content.fields import listed
from builder.content.model.access import Booking
from builder.content.model.companions import Audience, Department
from builder.content.model.item import Channel, Item, Time, Variant
from builder.content.model.quantities import ApplicationPeriod, Period
from builder.content.model.steps import Visibility
from builder.context import RenderContext
from builder.context.phones import Call
from builder.context.words import Words
from builder.guide.course import CALLS, Course
from builder.guide.place_facts import PlaceInWords
from builder.wording.access import booked_in_brief, comes_in_words, online_with_host
from builder.wording.cards import fees_of_cases, times_of_cases
from builder.wording.choices import choice_in_words, where_at_levels
from builder.wording.joining import enumerated, joined, labelled
from builder.wording.money import benefit_in_words, fees_in_words
from builder.wording.times import limits, rounds_in_brief, time_in_brief, window_in_words

BENEFITS, LONGEST = 2, 40  # lines on what one gets that fit into the box, and the characters of one
ONLINE = 2  # addresses that fit into the box
PEOPLE = 2  # audiences named in the box; all stand among the facts
TIMES = 3  # times of application that fit into the box
SHORT = 20  # characters of a note on a place that fit into the box; a longer one stands with the place

# What a time of application is for: who does what, and where nobody said, in which case of the item.
Matter: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the answer box. `known` is false where the page asks the reader to phone.

    `days` maps the last line on a matter to the days on which one can apply for it, as `Span.days` writes them,
    separated by spaces. `links` maps a line to the address that it leads to.
    """

    id: str  # who, where, how_long, how_much, phone, benefits or when
    question: str
    lines: tuple[str, ...]
    known: bool = True
    calls: tuple[Call, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def answers_of(
    item: Item,
    common: Course,
    variants: tuple[Course, ...],
    places: tuple[PlaceInWords, ...],
    calls: tuple[Call, ...],
    context: RenderContext,
) -> Iterator[Answer]:
    """Yield the rows of the answer box: the five of every guide, which fit on the first screen of a phone, then others.

    "When" is left out if one can apply on any working day.
    """
    ask = context.words["ask_by_phone"]

    def answer(id: str, *lines: str) -> Answer:
        told = tuple(line for line in lines if line)
        return Answer(id, context.words[id], told or (ask,), bool(told))

    yield answer("who", _who(item, common, variants, context))
    access = dict(_access(item, context.words))
    yield replace(answer("where", *_where(item, places, context), *access), links=access)
    yield answer("how_long", *_how_long(item, context.words))
    yield answer("how_much", *_how_much(item, context.words))
    lines = () if calls else (context.words["no_phone"],)
    yield Answer("phone", context.words["phone"], lines, bool(calls), calls[:CALLS])
    benefits = [benefit_in_words(one, context.words) for part in item.parts for one in part.benefits]
    if benefits:
        many = len(benefits) > BENEFITS or any(len(line) > LONGEST for line in benefits)
        yield answer("benefits", *(() if many else benefits), context.words["told_below"] if many else "")
    if times := _times(item, context.words):  # the rule, below which a screen says when it comes round next
        more = (context.words["more_windows"],) if len(times) > TIMES else ()
        yield Answer("when", context.words["when"], (*list(times)[:TIMES], *more), days=times)


def _who(item: Item, common: Course, variants: tuple[Course, ...], context: RenderContext) -> str:
    if common.unconditional:
        return context.words["anyone"]
    names = [context.get(Audience, one).name for one in item.audiences]
    people = enumerated(names[:PEOPLE], context.words) + (context.words["and_others"] if len(names) > PEOPLE else "")
    single = common.conditions[0] if len(common.conditions) == 1 and not item.variants else None
    if single and not single.all and not single.any and len(single.text) <= 40:
        return single.text
    if not common.conditions:
        differ = any(course.conditions or course.unconditional for course in variants)
        return people or (context.words["differs_by_case"] if differ else "")
    if not people:
        return context.words["whoever_meets_conditions"]
    return joined((people, context.words["who_meets_conditions"]), context.words)


def _times(item: Item, words: Words) -> dict[str, str]:
    """Return the application periods, grouped by matter: each line with its `Answer.days`, or "".

    Periods in which an office acts are left out. If a deadline runs from an event (60 days after losing a job), monthly
    and weekly periods have no days: they concern a later step, and "next on the 4th" would tell people to wait.
    """
    windows = list(_own_windows(item))
    running = any(window.span().period is Period.EVENT for _, window in windows)
    matters: dict[Matter, dict[str, str]] = {}
    for matter, window in windows:
        _, case = matter
        span = window.span()
        days = span.days if span.period is Period.ANNUAL or not running else ""
        matters.setdefault(matter, {})[labelled(case, window_in_words(window, words), words)] = days
    times: dict[str, str] = {}
    for lines in matters.values():
        times |= dict.fromkeys(lines, "")
        times[list(lines)[-1]] = " ".join(lines.values()) if all(lines.values()) else ""
    return times


def _own_windows(item: Item) -> Iterator[tuple[Matter, ApplicationPeriod]]:
    """Yield the periods in which residents apply, each with the matter that it is for."""
    for part in item.parts:
        public = (step for step in listed(part.steps) if step.visibility is Visibility.PUBLIC)
        actors = list(dict.fromkeys(step.actor for step in public))
        for window in sorted(part.windows, key=lambda window: bool(window.who)):  # the applicant's own first
            if window.who not in actors[1:]:
                what = window.who + window.for_
                yield (what, part.name if isinstance(part, Variant) and not what else ""), window


def _where(item: Item, places: tuple[PlaceInWords, ...], context: RenderContext) -> Iterator[str]:
    if places:
        yield from _where_first(places, context.words)
    elif any(variant.places or variant.depth or variant.online for variant in item.variants):
        yield context.words["differs_by_case"]
    elif item.depth:
        yield where_at_levels(nearest_levels(item.depth), context.words)
    else:
        yield enumerated(_by_channel(item, context), context.words)


def _access(item: Item, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what one must know before one goes, each line with the address to which it leads or ""."""
    yield from ((online_with_host(one, words), one.url) for one in item.online[:ONLINE])
    if item.visits and item.visits.times == 0:
        yield words["no_visit"], ""
    if item.visits and len(who := comes_in_words(item.visits, words)) <= SHORT:
        yield who, ""
    if item.appointment and item.appointment.required is Booking.REQUIRED:
        yield booked_in_brief(item.appointment, words)


def _where_first(places: tuple[PlaceInWords, ...], words: Words) -> Iterator[str]:
    first = places[0]
    name = joined((first.name, first.window), words)
    yield words["more_branches"].format(name=name, n=len(first.branches)) if first.branches else name
    yield first.address
    yield first.note if len(first.note) <= SHORT else ""
    if len(places) > 1:
        yield words["more_places"].format(n=len(places) - 1)


def _by_channel(item: Item, context: RenderContext) -> Iterator[str]:
    """Yield where to apply, as far as the channels say it. An agent (代办) is not a place, and an address says more."""
    department = context.get(Department, item.department).name if item.department else ""
    for channel in item.channels:
        match channel:
            case Channel.ONLINE | Channel.APP if item.online:
                pass
            case Channel.WINDOW:
                yield context.words["window_of"].format(unit=department)
            case Channel.COMMUNITY:
                yield context.words["level_community"]
            case Channel.BANK:
                yield context.words["level_bank"]
            case Channel.ONLINE | Channel.APP | Channel.SELF_SERVICE | Channel.MAIL | Channel.VISIT | Channel.PHONE:
                yield choice_in_words(channel, context.words)
            case Channel.PROXY:
                pass


def _how_long(item: Item, words: Words) -> Iterator[str]:
    answers = times_of_cases(times_of(item), words)
    if len(answers) > 1:
        yield words["differs_by_case"]
    elif isinstance(item.time, Time) and answers[0] == time_in_brief(time_of(item), words):
        yield next(limits(item.time, words), "")
    else:
        yield answers[0]
    yield rounds_in_brief(rounds_of(item), words)  # or "at once" is read as "today"


def _how_much(item: Item, words: Words) -> Iterator[str]:
    answers = fees_of_cases(fees_of(item), words)
    if len(answers) > 1:
        yield words["differs_by_case"]
    elif isinstance(item.fees, tuple) and len(item.fees) <= 3:
        yield from fees_in_words(item.fees, words)
    else:
        yield answers[0]
