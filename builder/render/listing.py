"""Lists of items, as the index pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.content.card import Card
from builder.content.model.companions import Department, Place, Topic
from builder.content.model.kinds import Key, key
from builder.content.model.quantities import Level
from builder.content.site import Site
from builder.context import RenderContext, Words
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


def line_uses(cards: Iterable[Card], *, omit: Collection[str] = ()) -> Iterator[Key]:
    """Yield the records that the lines of items show; `omit` is that of `line_of`."""
    for card in cards:
        yield card.key
        if "where" in omit:
            continue
        if card.where[:1] == ("place",):
            yield key(Place, card.where[1])
        elif not card.where and card.department and "department" not in omit:
            yield key(Department, card.department)


def line_of(card: Card, context: RenderContext, *, omit: Collection[str] = ()) -> Line:
    """Return the line that shows `card` in a list.

    `omit` names what the line leaves out, since the page or a heading says it: "area", "where", "department".
    """
    area = "" if "area" in omit else context.frame.areas.get(card.area, "")
    where = "" if "where" in omit else where_in_words(card, context, with_department="department" not in omit)
    facts = (fact for fact in facts_in_brief(card, context.words) if len(fact) <= IN_BRIEF)
    return Line(card.url, card.title, area, tuple(filter(None, (*facts, where))))


def facts_in_brief(card: Card, words: Words) -> tuple[str, str]:
    """Return how long it takes with the only times at which one can apply, and what it costs; "" is not known."""
    rounds = rounds_of_card(card, words)
    time = time_of_card(card, words, IN_BRIEF - len(rounds) - 1 if rounds else IN_BRIEF)
    return joined((time, rounds), words), fee_of_card(card, words, IN_BRIEF)


def where_in_words(card: Card, context: RenderContext, *, with_department: bool = True) -> str:
    """Return where an item is handled, as its guide says it, or else by whom."""
    match card.where:
        case ("place", id):
            return context.words["listed_at"].format(place=context.get(Place, id).name)
        case ("level", *levels):
            return context.words["listed_at"].format(
                place=where_at_levels([Level.of(level) for level in levels], context.words)
            )
        case ("online",):
            return context.words["listed_online"]
        case () if with_department and card.department:
            department = context.get(Department, card.department)
            return context.words["listed_with"].format(unit=department.short or department.name)
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
    cards = list(cards)
    groups = []
    for area, name in context.frame.areas.items() or [("", "")]:
        some = [card for card in cards if card.area == area or not area]
        lines = tuple(line_of(card, context, omit=("area",)) for card in some)
        if lines:
            groups.append(Group(area, name, lines))
    return (Group("", "", groups[0].lines),) if len(groups) == 1 else tuple(groups)


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
