"""The answer box: who, where, how long, how much and whom to call, then what one gets and when to apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from builder.content.card import facts_of_cases, fees_of, nearest_levels, rounds_of, time_of, times_of
from builder.content.model.access import Booking, CoverageRange
from builder.content.model.companions import Area, Audience, Department, Place
from builder.content.model.item import Channel, Item, Procedure, Time
from builder.content.model.quantities import Period
from builder.content.own_periods import own_periods
from builder.context import RenderContext
from builder.context.phones import Call
from builder.context.words import Words
from builder.guide.course import CALLS, Course
from builder.guide.place_facts import BranchInWords, PlaceInWords
from builder.wording.access import booked_in_brief, online_in_brief, online_with_host, visits_in_brief
from builder.wording.cards import CaseAnswer, case_answer, in_one_line, of_cases
from builder.wording.choices import choice_in_words, where_at_levels
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.money import benefit_in_words, fee_in_brief, fees_in_words
from builder.wording.times import limits, rounds_in_brief, time_in_brief, window_in_words

BENEFITS, LONGEST = 2, 40  # lines on what one gets that fit into the box, and the characters of one
ONLINE = 2  # addresses that fit into the box
PEOPLE = 2  # audiences named in the box; all stand among the facts
LINES = 3  # lines on what it costs that fit into the box
TIMES = 3  # times of application that fit into the box
SHORT = 20  # characters of a note on a place that fit into the box; a longer one stands with the place
ONE_LINE = 40  # characters in which the box says what holds in which case
BRANCHES = 4  # branches that a sheet names with address and phone
ALONE, WIDTH = 6, 30  # lines, and their characters, that a sheet by itself has for a question


class Told(NamedTuple):
    """An answer where the guide follows, and on a sheet by itself, which says all of it or points to the full guide."""

    lines: tuple[str, ...]
    alone: tuple[str, ...]


class Answer(NamedTuple):
    """One row of the answer box. `known` is false where the page asks the reader to phone.

    `lines` may point to what stands below. Sheets that show only part of the guide have the lines `alone` instead.
    `days` maps the last line on a matter to the days on which one can apply for it, as `Span.days` writes them,
    separated by spaces. `links` maps a line to the address that it leads to.
    """

    id: str  # who, where, how_long, how_much, phone, benefits or when
    question: str
    lines: tuple[str, ...]
    alone: tuple[str, ...]
    known: bool = True
    calls: tuple[Call, ...] = ()
    days: Mapping[str, str] = {}
    links: Mapping[str, str] = {}


def answers_of(
    item: Item,
    area: Area,
    common: Course,
    variants: tuple[Course, ...],
    places: tuple[PlaceInWords, ...],
    calls: tuple[Call, ...],
    context: RenderContext,
) -> Iterator[Answer]:
    """Yield the rows of the answer box: the five of every guide, which fit on the first screen of a phone, then others.

    "When" is left out if one can apply on any working day.
    """
    words = context.words

    def answer(id: str, told: Told, days: Mapping[str, str] | None = None) -> Answer:
        lines, alone = (tuple(filter(None, some)) or (words["ask_by_phone"],) for some in told)
        return Answer(id, words[id], lines, alone, any(told.lines), days=days or {})

    yield answer("who", _same(_who(item, common, variants, context)))
    access = dict(_access(item, words))
    lines, alone = _where(item, area, places, context)
    yield answer("where", Told((*lines, *access), (*alone, *access)))._replace(links=access)
    yield answer("how_long", _how_long(item, words))
    yield answer("how_much", _how_much(item, words))
    lines, alone = ((), ()) if calls else _phones_elsewhere(places, words)
    yield Answer("phone", words["phone"], lines, alone, bool(calls or lines != alone), calls[:CALLS])
    benefits = [benefit_in_words(one, words) for part in item.parts for one in part.benefits]
    if benefits:
        many = len(benefits) > BENEFITS or any(len(line) > LONGEST for line in benefits)
        yield answer("benefits", _abridged((), benefits, "", words) if many else _same(*benefits))
    if times := _times(item, words):  # the rule, below which a screen says when it comes round next
        few, many = list(times)[:TIMES], len(times) > TIMES
        yield answer("when", _abridged(few, list(times), words["more_windows"], words) if many else _same(*few), times)


def _same(*lines: str) -> Told:
    return Told(lines, lines)


def _abridged(some: Sequence[str], all: Sequence[str], left: str, words: Words) -> Told:
    """Return some lines, and that the rest follows: what is `left` out stands below, or in the full guide.

    A sheet by itself says all lines, if they are few.
    """
    elsewhere = _pointing(some, left, words["in_full_guide"], words)
    return Told(_pointing(some, left, words["told_below"], words), tuple(all) if _fit(all) else elsewhere)


def _fit(lines: Sequence[str]) -> bool:
    """Tell whether a sheet by itself has room for these lines."""
    return sum(1 + len(line) // WIDTH for line in lines) <= ALONE


def _pointing(lines: Sequence[str], left: str, pointer: str, words: Words) -> tuple[str, ...]:
    before, last = (lines, left) if left else (lines[:-1], "".join(lines[-1:]))
    return (*before, joined((last, pointer), words))


def _by_case(
    answer: CaseAnswer, rule: Sequence[str], words: Words, bound: Callable[[str, str, Words], str] = of_cases
) -> Told:
    """Return an answer that may differ by case; `rule` are the lines that say the rule at length."""
    each = [labelled(cases, told, words) for cases, told in answer.others]
    whole = tuple(filter(None, (*rule, *each)))
    if not each and len(rule) <= LINES:
        return _same(*rule)
    line = in_one_line(answer, words, bound)
    in_line = bool(answer.rule) and (len(line) <= ONE_LINE or not each)

    def brief(pointer: str) -> tuple[str, ...]:
        more = pointer if len(rule) > LINES else ""
        if in_line:
            return (joined((line, more), words),)
        if answer.rule and len(each) == 1:
            return joined((answer.rule, more), words), *each
        if not answer.rule and words["ask_by_phone"] in [told for _, told in answer.others] and len(each) <= LINES:
            return tuple(each)  # what is not known does not differ
        differ = words["some_cases_differ" if answer.rule else "differs_by_case"]
        return answer.rule, joined((differ, pointer), words)

    all_said = _fit(whole) and not (in_line and len(rule) <= 1)
    return Told(brief(words["told_below"]), whole if all_said else brief(words["in_full_guide"]))


def _who(item: Item, common: Course, variants: tuple[Course, ...], context: RenderContext) -> str:
    words = context.words
    if common.unconditional:
        return context.words["anyone"]
    names = [context.get(Audience, one).name for one in item.audiences]
    people = enumerated(names[:PEOPLE], context.words) + (context.words["and_others"] if len(names) > PEOPLE else "")
    single = common.conditions[0] if len(common.conditions) == 1 and not item.variants else None
    if single and not single.all and not single.any and len(single.text) <= 40:
        return single.text
    if not common.conditions:
        differ = any(course.conditions or course.unconditional for course in variants)
        return people or (joined((words["differs_by_case"], words["told_below"]), words) if differ else "")
    if not people:
        return context.words["whoever_meets_conditions"]
    return joined((people, context.words["who_meets_conditions"]), context.words)


def _phones_elsewhere(places: tuple[PlaceInWords, ...], words: Words) -> Told:
    """Return where the phones are, if only branches have some."""
    branches = [branch for place in places for branch in place.branches]
    if not any(branch.calls for branch in branches):
        return _same(words["no_phone"])
    elsewhere = words["told_above" if len(branches) <= BRANCHES else "in_full_guide"]
    return Told(*(_pointing((), words["see_branches"], pointer, words) for pointer in (words["told_below"], elsewhere)))


def _times(item: Item, words: Words) -> dict[str, str]:
    """Return the application periods, grouped by matter: each line with its `Answer.days`, or "".

    Periods in which an office acts are left out. If a deadline runs from an event (60 days after losing a job), monthly
    and weekly periods have no days: they concern a later step, and "next on the 4th" would tell people to wait.
    """
    periods = [(period, period.span) for period in own_periods(item)]
    running = any(span.period is Period.EVENT for _, span in periods)
    matters: dict[tuple[str, str], dict[str, str]] = {}
    for period, span in periods:
        days = span.days if span.period in (Period.ANNUAL, Period.DATED) or not running else ""
        _, case = period.matter
        matters.setdefault(period.matter, {})[labelled(case, window_in_words(period, words), words)] = days
    times: dict[str, str] = {}
    for lines in matters.values():
        times |= dict.fromkeys(lines, "")
        times[list(lines)[-1]] = " ".join(lines.values()) if all(lines.values()) else ""
    return times


def _where(item: Item, area: Area, places: tuple[PlaceInWords, ...], context: RenderContext) -> Told:
    words = context.words
    if places:
        elsewhere = [
            labelled(variant.name, _places_of(variant, context), words)
            for variant in item.variants
            if {(at.place, at.window) for at in variant.places} - {(at.place, at.window) for at in item.places}
        ]
        return _at_places(places, elsewhere, words)
    answer = _without_place(item, area, context)
    lines, alone = _by_case(answer, [answer.rule], words, bound=labelled)
    address = address_of_window(item, context)
    return Told((*lines, address), (*alone, address))


def where_without_place(item: Item, area: Area, context: RenderContext) -> tuple[str, ...]:
    """Return the lines on where one goes with an item that names no place: what its levels, cases, channels and entrances say."""
    words = context.words
    rule, others = _without_place(item, area, context)
    in_cases = (labelled(cases, told, words) for cases, told in others)
    online = (online_with_host(one, words) for one in item.online)
    return tuple(filter(None, (rule, address_of_window(item, context), *in_cases, *online)))


def address_of_window(item: Item, context: RenderContext) -> str:
    """Return the address of the department at whose window an item is handled, "" if it says otherwise or none is known."""
    elsewhere = any(part.places or part.depth for part in item.parts)
    if elsewhere or Channel.WINDOW not in item.channels or not item.department:
        return ""
    return context.get(Department, item.department).address


def _without_place(item: Item, area: Area, context: RenderContext) -> CaseAnswer:
    stated = ((variant.name, _places_of(variant, context) or None) for variant in item.variants)
    facts = facts_of_cases(where_at_levels(nearest_levels(item.depth), context.words) or None, stated)
    answer = case_answer(facts, lambda place, words: place or "", context.words)
    return (
        CaseAnswer(enumerated(_by_channel(item, area, context), context.words)) if answer == CaseAnswer("") else answer
    )


def _places_of(part: Procedure, context: RenderContext) -> str:
    """Return where one goes in a case, "" where it states no place, no level and no website."""
    names = (joined((context.get(Place, at.place).name, at.window), context.words) for at in part.places)
    there = enumerated(names, context.words) or where_at_levels(nearest_levels(part.depth), context.words)
    online = (online_in_brief(one, context.words) for one in part.online[:ONLINE])
    return enumerated((there, *online), context.words)


def _at_places(places: tuple[PlaceInWords, ...], elsewhere: Sequence[str], words: Words) -> Told:
    """Return the first place, and how many others there are; `elsewhere` are the lines on cases that go to others."""
    first, *others = places
    short = [_name_and_branches(first, words), first.address, first.note if len(first.note) <= SHORT else ""]
    left = in_clauses(
        (
            words["more_places"].format(n=len(others)) if others else "",
            words["some_go_elsewhere"] if elsewhere else "",
        ),
        words,
    )
    branches = [_branch(branch, words) for place in places for branch in place.branches]
    whole = [
        *(_name_and_branches(first, words), first.address, first.note),
        *(joined((_name_and_branches(place, words), place.address, place.note), words) for place in others),
        *elsewhere,
    ]
    told = _abridged(short, list(filter(None, whole)), left, words)
    of_branches = branches if len(branches) <= BRANCHES else [words["branches_in_full_guide"]]
    return Told(told.lines if left else tuple(short), (*told.alone, *of_branches))


def _branch(branch: BranchInWords, words: Words) -> str:
    return joined((branch.name, branch.address, enumerated((call.shown for call in branch.calls), words)), words)


def _name_and_branches(place: PlaceInWords, words: Words) -> str:
    """Return the name with the counter to go to, and how many branches there are and have a phone."""
    name = joined((place.name, place.window), words)
    if not place.branches:
        return name
    phones = sum(bool(branch.calls) for branch in place.branches)
    has = words["all_have_phones"] if phones == len(place.branches) else words["some_have_phones"].format(n=phones)
    count = words["number_of_places"].format(n=len(place.branches))
    return with_note(name, joined((count, has if phones else ""), words), words)


def _access(item: Item, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what one must know before one goes, each line with the address to which it leads or ""."""
    yield from ((online_with_host(one, words), one.url) for one in item.online[:ONLINE])
    elsewhere = ""
    if item.coverage and item.coverage.range is not CoverageRange.LOCAL:
        elsewhere = choice_in_words(item.coverage.range, words)
    comes = visits_in_brief(item.visits, words) if item.visits else ""
    if item.visits and item.visits.times == 0 and item.online and (item.places or item.depth):
        comes = words["no_visit_online"]
    yield joined((elsewhere, comes if len(comes) <= SHORT else ""), words), ""
    if item.appointment and item.appointment.required is Booking.REQUIRED:
        yield booked_in_brief(item.appointment, words)


def _by_channel(item: Item, area: Area, context: RenderContext) -> Iterator[str]:
    """Yield where to apply, as far as the channels say it. An agent (代办) is not a place, and an address says more."""
    department = context.get(Department, item.department).name if item.department else ""
    for channel in item.channels:
        match channel:
            case Channel.ONLINE | Channel.APP if item.online:
                pass
            case Channel.WINDOW:
                yield context.words["window_of"].format(unit=department)
            case Channel.COMMUNITY:
                yield context.words["level_village_community" if area.has_villages else "level_community"]
            case Channel.BANK:
                yield context.words["level_bank"]
            case Channel.ONLINE | Channel.APP | Channel.SELF_SERVICE | Channel.MAIL | Channel.VISIT | Channel.PHONE:
                yield choice_in_words(channel, context.words)
            case Channel.PROXY:
                pass


def _how_long(item: Item, words: Words) -> Told:
    answer = case_answer(times_of(item), time_in_brief, words)
    at_length = next(limits(item.time, words), "") if isinstance(item.time, Time) else ""
    rule = at_length if answer.rule and answer.rule == time_in_brief(time_of(item), words) else ""
    told = _by_case(answer, [rule or answer.rule], words)
    rounds = rounds_in_brief(rounds_of(item), words) if any(told.lines) else ""  # or "at once" is read as "today"
    return Told((*told.lines, rounds), (*told.alone, rounds))


def _how_much(item: Item, words: Words) -> Told:
    answer = case_answer(fees_of(item), fee_in_brief, words)
    each = fees_in_words(item.fees, words) if isinstance(item.fees, tuple) else ()
    return _by_case(answer, each or [answer.rule], words)
