"""Lists of items, as the index pages show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from builder.content.card import Card
from builder.content.model.companions import Department, Place, Topic
from builder.content.model.kinds import Key, key
from builder.content.model.quantities import Level
from builder.content.site import Site
from builder.context import RenderContext
from builder.wording.cards import fee_of_card, rounds_of_card, time_of_card
from builder.wording.choices import where_at_levels
from builder.wording.joining import joined

LETTERS_FROM = 40  # a list of more items than this is split by letters
IN_BRIEF = 20  # the longest fact that a line shows, in characters; longer ones are left to the guide
GROUPS_FROM = 12  # a list of more items than this is split by topics or areas


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a list: its link, and the facts below it that distinguish it."""

    url: str
    title: str
    area: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading ("" for none)."""

    id: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself: title, description, breadcrumbs, and date, area and column if it has them.

    The date is a day, or a day and a minute: ``2026-11-03 09:30``.
    """

    title: str
    description: str
    crumbs: tuple[tuple[str, str], ...] = ()
    date: str = ""
    area: str = ""
    keywords: tuple[str, ...] = ()
    column: str = ""

    @property
    def minute(self) -> str:
        """The date for the label PubDate. A day without a time gets midnight."""
        return self.date if " " in self.date else f"{self.date} 00:00"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link to a list, with how many items it holds."""

    url: str
    name: str
    summary: str
    count: int


def topics_of(site: Site, cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the ids of the topics that group a list of items, in the site's order; () for a short list."""
    if len(cards) <= GROUPS_FROM:
        return ()
    first = {card.topics[0] for card in cards if card.topics}
    return tuple(topic.id for topic in site.all(Topic) if topic.id in first)


def line_uses(cards: Sequence[Card], *, omit: Collection[str] = ()) -> Iterator[Key]:
    """Yield the records that the lines of items show, each once; `omit` is that of `lines_of`."""
    yield from dict.fromkeys(card.key for card in cards)
    if "where" in omit:
        return
    handled = dict.fromkeys((card.where, card.department) for card in cards)
    yield from dict.fromkeys(key(Place, where[1]) for where, _ in handled if where[:1] == ("place",))
    if "department" not in omit:
        yield from dict.fromkeys(key(Department, unit) for where, unit in handled if unit and not where)


def line_of(card: Card, context: RenderContext, *, omit: Collection[str] = ()) -> Line:
    """Return the line that shows `card` in a list; see `lines_of`."""
    return next(lines_of((card,), context, omit=omit))


def lines_of(cards: Iterable[Card], context: RenderContext, *, omit: Collection[str] = ()) -> Iterator[Line]:
    """Yield the line that shows each card in a list.

    `omit` names what lines leave out, since the page or a heading says it: "area", "where", "department".
    """
    areas = {} if "area" in omit else context.frame.areas
    with_where, with_department = "where" not in omit, "department" not in omit
    where_in = places_in_words(context)
    for card in cards:
        facts = [fact for fact in facts_in_brief(card, context) if 0 < len(fact) <= IN_BRIEF]
        if with_where and (where := where_in(card.where, card.department if with_department else "")):
            facts.append(where)
        yield Line(card.url, card.title, areas.get(card.area, ""), tuple(facts))


def facts_in_brief(card: Card, context: RenderContext) -> tuple[str, str]:
    """Return how long it takes with the only times at which one can apply, and what it costs; "" is not known."""
    facts = (card.times_pickled, card.fees_pickled, card.rounds_pickled)
    told = context.told.get(facts)
    if told is None:
        words = context.words
        rounds = rounds_of_card(card, words)
        time = time_of_card(card, words, IN_BRIEF - len(rounds) - 1 if rounds else IN_BRIEF)
        told = context.told[facts] = joined((time, rounds), words), fee_of_card(card, words, IN_BRIEF)
    return told


def places_in_words(context: RenderContext) -> Callable[[tuple[str, ...], str], str]:
    """Return `where_in_words` for one list, which asks the same of most items once."""
    return cache(partial(where_in_words, context))


def where_in_words(context: RenderContext, where: tuple[str, ...], department: str) -> str:
    """Return where an item is handled (`Card.where`), as its guide says it, or else by which department, "" for neither."""
    match where:
        case ("place", id):
            return context.words["listed_at"].format(place=context.get(Place, id).name)
        case ("level", *levels):
            return context.words["listed_at"].format(
                place=where_at_levels([Level.of(level) for level in levels], context.words)
            )
        case ("online",):
            return context.words["listed_online"]
        case () if department:
            unit = context.get(Department, department)
            return context.words["listed_with"].format(unit=unit.short or unit.name)
        case _:
            return ""


def by_letter(cards: Iterable[Card], lines: Iterable[Line]) -> tuple[Group, ...]:
    """Return lines in groups by the first letter of their pinyin, or in one group if they are few."""
    pairs = list(zip(cards, lines, strict=True))
    if len(pairs) <= LETTERS_FROM:
        return (Group("", "", tuple(line for _, line in pairs)),)
    grouped = groupby(pairs, key=lambda pair: pair[0].initial)
    return tuple(
        Group("other" if letter == "#" else letter.lower(), letter, tuple(line for _, line in some))
        for letter, some in grouped
    )


def by_area(cards: Iterable[Card], context: RenderContext) -> tuple[Group, ...]:
    """Return lines in groups by area, in the order of the areas, or in one group on a site of one area."""
    areas = context.frame.areas
    grouped: dict[str, list[Card]] = {area: [] for area in areas or ("",)}
    for card in cards:
        grouped[card.area if areas else ""].append(card)
    listed = {area: tuple(lines_of(some, context, omit=("area",))) for area, some in grouped.items() if some}
    if len(listed) == 1:
        return (Group("", "", *listed.values()),)
    return tuple(Group(area, areas[area], lines) for area, lines in listed.items())


def by_topic(
    cards: Sequence[Card], lines: Sequence[Line], topics: Sequence[str], context: RenderContext
) -> tuple[Group, ...]:
    """Return lines in groups by the first topic of their item, in the order of `topics`; in one group without topics.

    Items without a topic come last, under no heading.
    """
    if not topics:
        return (Group("", "", tuple(lines)),)
    names = {id: context.get(Topic, id).name for id in topics}
    grouped: dict[str, list[Line]] = {id: [] for id in (*names, "")}
    for card, line in zip(cards, lines, strict=True):
        grouped[card.topics[0] if card.topics else ""].append(line)
    return tuple(Group(id, names.get(id, ""), tuple(some)) for id, some in grouped.items() if some)
