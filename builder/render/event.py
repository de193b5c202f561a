"""An event (一件事) in words: for each answer to its first question what is done, what to bring, where and by when.

The answers exclude each other, so each has its own steps and its own totals. What hangs on another question stays in, with
the answer on which it hangs: without script everything is to be read, and with script it is folded (`static/event.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from builder.content.fields import listed
from builder.content.model.companions import Glossary, LibraryMaterial, Place
from builder.content.model.events import Event, EventItem, EventOption, Life
from builder.content.model.item import Item
from builder.content.model.quantities import ApplicationPeriod, Period, TimeUnit
from builder.context import Words
from builder.context.phones import Call, calls_of
from builder.guide import TextSection
from builder.guide.guide import GLOSSARY
from builder.merge import (
    Answers,
    Bundle,
    BundleInWords,
    Chosen,
    bundle_in_words,
    bundle_of,
    nth_in_words,
)
from builder.merge.in_words import OptionInWords
from builder.merge.needs import OR
from builder.merge.trips import Trip, Visit, trips_of, visit_of
from builder.render.page import PageContext
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.times import duration_in_words, time_in_words, trip_days_in_words, window_in_words


@dataclass(frozen=True, slots=True)
class Term:
    """By when something has to be done, or when one can come: of which step, and the words. `days` count from the day on which it happened, 0 if they do not."""

    who: str
    text: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class StepInWords:
    """A step: its number, the item and what of it; `only` says for whom it is, `is_one_of` that one can do no other of its kind.

    `online` says that it can be done online, or only there. `gets` is what one has afterwards. `url` leads to the guide.
    """

    number: int
    nth: str
    url: str
    title: str
    case: str
    only: str
    maybe: bool
    is_one_of: bool
    note: str
    after: str
    places: tuple[str, ...]
    online: str
    times: tuple[str, ...]
    gets: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to go to, and which steps are done there on one trip, with its days and what one has to wait for."""

    name: str
    steps: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be done by those who give one answer to the first question; `id` is "" where nothing is asked.

    `way` tells that there is more to say of the route than where a step is done. `only_one` names the steps of which one can do only one, where there are several.

    `counted` says in `counts` clauses how much it is. `papers` counts what everybody brings, for the steps that everybody does. `nothing_known` tells that no guide says what
    to bring. `glosses` are the words of the title that the glossary explains, with their meanings.
    """

    id: str
    title: str
    glosses: tuple[tuple[str, str], ...]
    counts: tuple[str, ...]
    counted: str
    steps: tuple[StepInWords, ...]
    bundle: BundleInWords
    papers: int
    nothing_known: bool
    route: tuple[Stop, ...]
    way: bool
    terms: tuple[Term, ...]
    only_one: str


def parts_of(event: Event, context: PageContext) -> tuple[Part, ...]:
    """Return the parts of an event, one for each answer to its first question. The context has the items that are in force."""
    if not event.questions:
        return (part_of(event, {}, context),)
    main = event.questions[0]
    return tuple(part_of(event, {main.id: option.id}, context) for option in main.options)


def steps_of(event: Event, chosen: Mapping[str, str], context: PageContext) -> tuple[tuple[int, EventItem], ...]:
    """Return the steps of who has `chosen` these options, in order, each with its number.

    A step keeps its number whatever is answered after the first question: it is called by it.
    """
    numbered = enumerate(_of_first(event, chosen, context), start=1)
    return tuple((number, step) for number, step in numbered if step.is_done(chosen))


def _of_first(event: Event, chosen: Mapping[str, str], context: PageContext) -> list[EventItem]:
    """Return the steps of who has given this answer to the first question, whatever else is answered."""
    first = {question.id: chosen[question.id] for question in event.questions[:1] if question.id in chosen}
    return [step for step in event.items if step.item in context.items and step.is_done(first)]


def part_of(event: Event, chosen: Mapping[str, str], context: PageContext) -> Part:
    """Return what is to be done by who has `chosen` these options, of any questions; the others are open."""
    words = context.words
    steps = steps_of(event, chosen, context)
    taken = taken_of(steps, event, chosen, context)
    options = _options(event, chosen)
    bundle = merged(taken, event, chosen, context)
    told = bundle_in_words(bundle, words, several=len(_of_first(event, chosen, context)) > 1)
    made = tuple(
        step_in_words(one, step, steps, event, chosen, context) for one, (_, step) in zip(taken, steps, strict=True)
    )
    sure = frozenset(step.number for step in made if not step.only and not step.maybe)
    papers = sum(not sure.isdisjoint(line.number for line in paper.parts) for paper in bundle.papers)
    papers += sum(
        not choice.whens and not sure.isdisjoint(part.number for part in choice.parts) for choice in bundle.choices
    )
    visits = tuple(_visits(steps, taken, context))
    trips = trips_of(visits)
    of_all = trips_of(visit for visit in visits if visit.number in sure)
    counts = tuple(_counts(sure, len(made), papers, bundle, of_all, words))
    main = next((option for option in options if event.questions and option in event.questions[0].options), None)
    return Part(
        main.id if main else "",
        main.text if main else "",
        glosses_of(main.text, context) if main else (),
        counts,
        in_clauses(counts, words),
        made,
        told,
        papers,
        nothing_known=bool(bundle.numbers) and set(bundle.unsaid) == set(bundle.numbers),
        route=tuple(_route(trips, taken, context)),
        way=len(trips) > 1 or any(trip.is_worth_planning for trip in trips),
        terms=tuple(terms_of(taken, event, words)),
        only_one=_only_one(made, words),
    )


def _only_one(steps: Iterable[StepInWords], words: Words) -> str:
    """Return which steps exclude each other, "" where no two of them are there."""
    some = [step.nth for step in steps if step.is_one_of]
    return words["event_only_one_meet"].format(who=enumerated(some, words)) if len(some) > 1 else ""


def merged(taken: Sequence[Chosen], event: Event, chosen: Mapping[str, str], context: PageContext) -> Bundle:
    """Return what to bring for some steps together, for who has `chosen` these options."""
    options = _options(event, chosen)
    answers = Answers(
        frozenset(text for option in options for text in option.holds),
        frozenset(text for option in options for text in option.fails),
    )
    return bundle_of(taken, answers, context, event.people)


def _options(event: Event, chosen: Mapping[str, str]) -> tuple[EventOption, ...]:
    return tuple(
        option for question in event.questions for option in question.options if option.id == chosen.get(question.id)
    )


def taken_of(
    steps: Iterable[tuple[int, EventItem]], event: Event, chosen: Mapping[str, str], context: PageContext
) -> list[Chosen]:
    """Return steps with their numbers as what is merged."""
    return [
        Chosen(number, context.items[step.item], step.case, _hanging(step, event, chosen, context.words), step.persons)
        for number, step in steps
    ]


def glosses_of(text: str, context: PageContext) -> tuple[tuple[str, str], ...]:
    """Return the words of a text that the glossary explains, with their meanings."""
    glossary = context.find(Glossary, GLOSSARY) or Glossary()
    return tuple((word, glossary.meanings[word]) for word in dict.fromkeys(glossary.pattern.findall(text)))


def _counts(
    sure: frozenset[int], steps: int, papers: int, bundle: Bundle, trips: Sequence[Trip], words: Words
) -> Iterator[str]:
    """Yield how many of the steps everybody has to do, at how many places, on how many trips, with how many papers; and how many steps are for some."""
    if not steps:
        yield words["event_nothing"]
        return
    told = []
    if sure:
        told.append(words["event_steps_counted"].format(n=len(sure)))
        if stops := len({trip.places for trip in trips}):
            told.append(words["event_stops_counted"].format(n=stops))
        if len(trips) > stops:
            told.append(words["event_trips_counted"].format(n=len(trips)))
        is_open = not sure.isdisjoint(bundle.unsaid)
        if papers:
            told.append(words["event_papers_at_least" if is_open else "event_papers_counted"].format(n=papers))
        elif is_open:
            told.append(words["event_papers_unsaid"])
        yield joined(told, words)
    if steps > len(sure):
        yield words["event_maybe_counted" if sure else "event_maybe_counted_only"].format(n=steps - len(sure))


# --- For whom a step is ----------------------------------------------------------------------------------------------


def only_in_words(step: EventItem, event: Event, chosen: Mapping[str, str], words: Words) -> str:
    """Return for whom a step is, such as 有残疾人证的, "" for everybody who has `chosen` these options."""
    said = [
        OR.join(option.text for option in question.options if option.id in wanted)
        for question in event.questions[1:]
        if question.id not in chosen and (wanted := step.answers.get(question.id))
    ]
    if not said:
        return ""
    if len(said) == 1:
        return OR.join(words["event_who"].format(who=one) for one in said[0].split(OR))
    return words["event_who"].format(who=enumerated((one.replace(OR, words["or"]) for one in said), words))


def _hanging(step: EventItem, event: Event, chosen: Mapping[str, str], words: Words) -> str:
    """Return on what it hangs that its papers are brought: on an answer, or on whether one does it at all."""
    return only_in_words(step, event, chosen, words) or (words["event_if_done"] if step.maybe else "")


# --- A step ----------------------------------------------------------------------------------------------------------


def step_in_words(
    taken: Chosen,
    step: EventItem,
    steps: Sequence[tuple[int, EventItem]],
    event: Event,
    chosen: Mapping[str, str],
    context: PageContext,
) -> StepInWords:
    """Return a step as one reads it, among the `steps` of who has `chosen` these options."""
    item, words = taken.item, context.words
    timed = taken.part if taken.part.time is not None else item
    before = [number for number, one in steps if one.item in step.after]
    results = [output.name or context.get(LibraryMaterial, output.ref or "").name for output in taken.outputs]
    only = only_in_words(step, event, chosen, words).replace(OR, words["or"])
    return StepInWords(
        number=taken.number,
        nth=nth_in_words(taken.number, words),
        url=f"items/{step.item}.html",
        title=item.title or item.name,
        case=taken.variant[1].name if taken.variant else "",
        only=only,
        maybe=step.maybe,
        is_one_of=step.item in event.only_one,
        note=step.note,
        after=words["event_after"].format(who=_before(before, dict(steps), words)) if before else "",
        places=taken.places(context),
        online=_online(taken, words),
        times=time_in_words(timed, words),
        gets=enumerated(results, words),
        calls=_calls(item, context)[:1],
    )


def _online(taken: Chosen, words: Words) -> str:
    if taken.is_done_at_home:
        return words["event_online_only"]
    return words["event_online"] if taken.is_online else ""


def _before(numbers: Sequence[int], steps: Mapping[int, EventItem], words: Words) -> str:
    """Return the steps that come before another: all of them, or any where nobody does two."""
    told = [nth_in_words(number, words) for number in numbers]
    pairs = combinations((steps[number] for number in numbers), 2)
    return words["or"].join(told) if all(one.excludes(other) for one, other in pairs) else enumerated(told, words)


def _calls(item: Item, context: PageContext) -> tuple[Call, ...]:
    """Return the phones of an item, else those of the first of its places that has some."""
    if item.phones:
        return calls_of(item.phones, context.words)
    places = (calls_of(context.get(Place, at.place).phones, context.words) for at in item.places)
    return next(filter(None, places), ())


# --- Where and when --------------------------------------------------------------------------------------------------


def _visits(steps: Sequence[tuple[int, EventItem]], taken: Iterable[Chosen], context: PageContext) -> Iterator[Visit]:
    """Yield what each step asks of who goes there."""
    by_number = dict(steps)
    for one in taken:
        step = by_number[one.number]
        before = [number for number, other in steps if other.item in step.after]
        yield visit_of(one.number, one.item, one.part, one.places(context), before, is_optional=step.maybe)


def _route(trips: Iterable[Trip], taken: Iterable[Chosen], context: PageContext) -> Iterator[Stop]:
    """Yield the places to go to, trip by trip, each with what is done there, on which days, and for what one has to wait."""
    words = context.words
    phones: dict[str, tuple[Call, ...]] = {}
    for one in taken:
        for at in one.part.places or one.item.places:
            place = context.get(Place, at.place)
            phones[place.name] = calls_of(place.phones, words)
    been: set[tuple[str, ...]] = set()
    for trip in trips:
        name = words["or"].join(trip.places)
        calls = next(filter(None, (phones[place] for place in trip.places)), ())
        is_again = trip.places in been
        told = _trip(trip, words, with_days=is_again or trip.is_worth_planning)
        name = words["event_trip_again"].format(place=name) if is_again else name
        yield Stop(name, joined(told, words), calls[:1])
        been.add(trip.places)


def _trip(trip: Trip, words: Words, *, with_days: bool) -> Iterator[str]:
    needed, optional = (
        enumerated((nth_in_words(number, words) for number in some), words) for some in (trip.needed, trip.optional)
    )
    yield words["event_trip"].format(steps=needed) if trip.is_worth_planning else needed
    if with_days and (days := trip_days_in_words(trip.days, words)):
        yield words["event_trip_days"].format(days=days)
    for visit in trip.waits_for:
        who = nth_in_words(visit.number, words)
        time = duration_in_words(visit.takes, words) if visit.takes else ""
        yield words["event_trip_wait" if time else "event_trip_wait_unsaid"].format(who=who, time=time)
    if optional:
        yield words["event_trip_too"].format(steps=optional)
    if trip.apart:
        who = enumerated((nth_in_words(number, words) for number in trip.apart), words)
        yield words["event_trip_apart"].format(who=who)


def terms_of(taken: Iterable[Chosen], event: Event, words: Words) -> Iterator[Term]:
    """Yield all terms and times of the steps, those that count from the day on which it happened first."""
    found = []
    for one in taken:
        own = listed(one.part.windows) if one.variant else ()
        windows = own or listed(one.item.windows)
        who = nth_in_words(one.number, words)
        for window in windows:
            found.append(Term(who, window_in_words(window, words), _days(window, event)))
    yield from sorted(found, key=lambda term: term.days or 10_000)


def _days(window: ApplicationPeriod, event: Event) -> int:
    """Return within how many days of what happened it is, 0 if it does not count so, or not in days."""
    span = window.span()
    if span.period is not Period.EVENT or not span.within or span.within.unit is not TimeUnit.DAY:
        return 0
    return span.within.n if any(word in span.event for word in event.starts) else 0


def _option(option: OptionInWords) -> Iterator[str]:
    yield from (option.title, option.only, *option.notes)
    yield from (f"{paper.name}{paper.amount}" for paper in option.papers)
    for choice in option.choices:
        yield choice.title
        yield from (text for inner in choice.options for text in _option(inner))


def text_of(event: Event, parts: Iterable[Part], context: PageContext) -> tuple[TextSection, ...]:
    """Return what the sheets of an event say, line by line: what is printed is another edition when one of these differs."""
    words = context.words
    area = context.frame.areas.get(event.area, "")
    found = [
        (words["name_and_summary"], (name_of(event, context), area, only_one_of(event, context))),
        *((part.title or words["event_steps"], _lines(part, words)) for part in parts),
        (words["event_outside"], (f"{one.do} {one.where} {one.note}" for one in event.outside)),
    ]
    sections = ((part, tuple(filter(None, (" ".join(line.split()) for line in lines)))) for part, lines in found)
    return tuple(TextSection(part, lines) for part, lines in sections if lines)


def name_of(event: Event, context: PageContext) -> str:
    """Return what an event is called."""
    return event.name or context.get(Life, event.life).name


def only_one_of(event: Event, context: PageContext) -> str:
    """Return the titles of the items of which one can have only one."""
    items = (context.items.get(id) for id in event.only_one)
    return enumerated((item.title or item.name for item in items if item), context.words)


def _lines(part: Part, words: Words) -> Iterator[str]:
    yield part.title
    for step in part.steps:
        texts = (step.only, step.after, step.note, *step.places, step.online, *step.times, step.gets)
        yield joined((step.nth, with_note(step.title, step.case, words), *texts), words)
    yield from bundle_lines(part.bundle, words)
    yield from (labelled(stop.name, stop.steps, words) for stop in part.route)
    yield from (labelled(term.who, term.text, words) for term in part.terms)


def bundle_lines(bundle: BundleInWords, words: Words) -> Iterator[str]:
    """Yield what is to be brought, line by line."""
    yield from bundle.head
    for paper in bundle.papers:
        yield joined((paper.name, paper.amount, *paper.also, *paper.places, *paper.details), words)
    for choice in bundle.choices:
        yield joined((choice.title, choice.only, choice.met), words)
        yield from (joined(_option(option), words) for option in choice.options)
    yield from (bundle.shared, *bundle.notes)
