"""Lists of items, as the index pages show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby, islice
from operator import attrgetter

from builder.content.card import Card
from builder.content.model.companions import Department, Place, Topic
from builder.content.model.kinds import Key, key
from builder.content.model.quantities import Level
from builder.content.site import Site
from builder.context import Frame, RenderContext, Words
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, jumps_of, pager_of
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
class Listing:
    """A list of items, or the page of it that is shown. `style` is how links to its groups are set: "letters", "names"."""

    groups: tuple[Group, ...]
    jumps: tuple[Jump, ...] = ()
    style: str = ""
    pager: Pager | None = None


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


def numbered(head: Head, pager: Pager | None, words: Words) -> Head:
    """Return what a page of a list says of itself: after the first its number too, and where the list begins."""
    if pager is None or pager.number == 1:
        return head
    n, pages = pager.number, len(pager.urls)
    return replace(
        head,
        title=words["numbered_page"].format(title=head.title, n=n),
        description=words["numbered_description"].format(description=head.description, n=n, pages=pages),
        crumbs=(*head.crumbs, (pager.urls[0], head.title)),
    )


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


Grouped = Sequence[tuple[str, Sequence[Card]]]  # items in groups, each with its id, "" for none


def by_letter(cards: Sequence[Card]) -> Grouped:
    """Return items in groups by the first letter of their pinyin, or in one group if they are few."""
    if len(cards) <= LETTERS_FROM:
        return [("", cards)]
    return [(_OTHER if letter == "#" else letter.lower(), list(some)) for letter, some in groupby(cards, _initial)]


_initial = attrgetter("initial")
_OTHER = "other"  # the group of items whose name begins with no letter


def letter_of(group: str) -> str:
    """Return the heading of a group by letter."""
    return "#" if group == _OTHER else group.upper()


def by_area(cards: Sequence[Card], frame: Frame) -> Grouped:
    """Return items in groups by area, in the order of the areas, or in one group on a site of one area."""
    grouped: dict[str, list[Card]] = {area: [] for area in frame.areas or ("",)}
    for card in cards:
        grouped[card.area if frame.areas else ""].append(card)
    groups = [(area, some) for area, some in grouped.items() if some]
    return groups if len(groups) > 1 else [("", cards)]


def by_topic(cards: Sequence[Card], site: Site) -> Grouped:
    """Return items in groups by their first topic, in the site's order of topics, or in one group if they are few.

    Items without a topic come last, in a group without an id.
    """
    if len(cards) <= GROUPS_FROM:
        return [("", cards)]
    grouped: dict[str, list[Card]] = {}
    for card in cards:
        grouped.setdefault(card.topics[0] if card.topics else "", []).append(card)
    order = (*(topic.id for topic in site.all(Topic)), "")
    return [(topic, grouped[topic]) for topic in order if topic in grouped]


def listing_of(
    portion: Portion[str, str],
    url: str,
    heading: Callable[[str], str],
    context: RenderContext,
    *,
    style: str,
    omit: Collection[str] = (),
) -> Listing:
    """Return a portion of a list of items, by their ids, whose first page is at `url`.

    `heading` gives the heading of a group by its id, `style` says how links to the groups are set ("" for no links), and
    `omit` is that of `lines_of`.
    """
    lines = lines_of(context.cards(portion.lines), context, omit=omit)
    groups = tuple(
        Group(
            stretch.group,
            continued_in_words(heading(stretch.group), context.words, continued=stretch.continued)
            if stretch.group
            else "",
            tuple(islice(lines, len(stretch.lines))),
        )
        for stretch in portion.stretches
    )
    jumps = jumps_of(portion, url, heading) if style else ()
    return Listing(groups, jumps, style, pager_of(portion, url))
