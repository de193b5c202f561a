"""The items that name a record, on as many pages as they take: by area, each with what it says of the record.

A page lists up to `PAGE_LINES` items. A longer list is cut by area: the page leads to a page for each. Of what is long
the sections are folded, and within them items stand by topic.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from builder.content.card import Card
from builder.content.model.companions import Topic
from builder.content.model.item import Item
from builder.content.model.kinds import Key, key
from builder.content.site import Site
from builder.context import Frame, Words
from builder.render.listing import GROUPS_FROM, LETTERS_FROM, by_topic
from builder.render.page import PageContext
from builder.render.pagination import PAGE_LINES, Jump, Pager, Portion, Stretch, continued_in_words, cut, pager_of
from builder.wording.joining import enumerated, labelled, with_note

Found = Sequence[tuple[Card, bytes]]  # items, each with its traces of a record, packed
Row = tuple[str, bytes]  # the id of an item, and these traces
FEW = 4  # lines of the longest section of a long list that are never folded


class Place(NamedTuple):
    """Where rows stand: the id of an area, "" for no heading; the section; and where that is folded, the id of a topic or ""."""

    area: str
    section: str
    folded: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Tracing:
    """The items of one page of a record. `url` is that of the first page, and `area` that of a page of one area.

    `areas` are the areas that have pages of their own: id, address and number of items.
    """

    portion: Portion[Place, Row]
    url: str
    area: str = ""
    areas: tuple[tuple[str, str, int], ...] = ()

    @property
    def address(self) -> str:
        """The address of the page."""
        return self.portion.address(self.url)

    @property
    def is_first(self) -> bool:
        """Whether the page tells of the record, and not only goes on with its items."""
        return not self.area and self.portion.number == 1

    @property
    def uses(self) -> Iterable[Key]:
        """The items that the page shows, and the topics that group them."""
        topics = (key(Topic, one.group.topic) for one in self.portion.stretches if one.group.topic)
        return dict.fromkeys((*topics, *(key(Item, id) for id, _ in self.portion.lines)))


class TracedLine(NamedTuple):
    """A link with the facts below it, a line each."""

    url: str
    title: str
    facts: tuple[str, ...] = ()


class TracedGroup(NamedTuple):
    """Lines of one topic, with how many they are."""

    heading: str
    counted: str
    lines: tuple[TracedLine, ...]


class TracedSection(NamedTuple):
    """Lines under a heading ("" for none), or groups of them, which are folded, with how many all of them have."""

    heading: str
    lines: tuple[TracedLine, ...]
    groups: tuple[TracedGroup, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class TracedArea:
    """The items of an area; id and heading are "" on a site of one area."""

    id: str
    heading: str
    sections: tuple[TracedSection, ...]


@dataclass(frozen=True, slots=True)
class TracedItems:
    """The items of one page in words; `counts` are areas with pages of their own: address, name, how many."""

    areas: tuple[TracedArea, ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None
    counts: tuple[tuple[str, str, str], ...]


def traced(
    folder: str, id: str, sections: Mapping[str, Found], site: Site, frame: Frame, ids: Collection[str]
) -> Iterator[Tracing]:
    """Yield what the pages of a record show: one page, or above `PAGE_LINES` items on a site of several areas one an area.

    `ids` are those of all records with pages in the folder.
    """
    url = f"{folder}/{id}.html"
    rows = _by_area(sections, site, frame)
    if not frame.areas or sum(len(lines) for _, lines in rows) <= PAGE_LINES:
        yield from (Tracing(portion, url) for portion in cut(rows))
        return
    areas = {area: list(some) for area, some in groupby(rows, lambda row: row[0].area)}
    apart = "--" if any(f"{id}-{area}" in ids for area in areas) else "-"
    addresses = {area: f"{folder}/{id}{apart}{area}.html" for area in areas}
    counts = tuple((area, addresses[area], sum(len(lines) for _, lines in some)) for area, some in areas.items())
    yield Tracing(cut(rows[:0])[0], url, areas=counts)
    for area, some in areas.items():
        yield from (Tracing(portion, addresses[area], area) for portion in cut(some))


def _by_area(sections: Mapping[str, Found], site: Site, frame: Frame) -> list[tuple[Place, list[Row]]]:
    """Return the rows of all sections by area, in the order of the areas, and within each in that of the sections."""
    grouped: dict[tuple[str, str], list[tuple[Card, Row]]] = {
        (area, name): [] for area in frame.areas or ("",) for name, found in sections.items() if found
    }
    for name, found in sections.items():
        for card, packed in found:
            grouped[card.area if frame.areas else "", name].append((card, (card.id, packed)))
    is_long = bool(frame.areas) and sum(map(len, grouped.values())) > LETTERS_FROM
    longest = max(sections, key=lambda name: len(sections[name])) if is_long else ""
    rows: list[tuple[Place, list[Row]]] = []
    for (area, name), own in grouped.items():
        if len(own) > (FEW if name == longest else GROUPS_FROM):
            row_of = {card.id: row for card, row in own}
            groups = by_topic([card for card, _ in own], site)
            rows += [(Place(area, name, True, topic), [row_of[card.id] for card in some]) for topic, some in groups]
        elif own:
            rows.append((Place(area, name), [row for _, row in own]))
    return rows


def traced_in_words(
    tracing: Tracing,
    heading: Callable[[str], str],
    facts: Callable[[str, bytes], tuple[str, ...]],
    context: PageContext,
) -> TracedItems:
    """Return the items in words. `heading` gives that of a section, `facts` tells what an item there says of the record."""
    words, names = context.words, context.frame.areas
    areas = []
    for area, own in groupby(tracing.portion.stretches, lambda stretch: stretch.group.area):
        sections = tuple(
            _section(list(some), heading(section), facts, context)
            for section, some in groupby(own, lambda stretch: stretch.group.section)
        )
        told_apart = area and not tracing.area
        areas.append(TracedArea(area if told_apart else "", names[area] if told_apart else "", sections))
    counts = tuple((url, names[area], words["count"].format(n=n)) for area, url, n in tracing.areas)
    return TracedItems(tuple(areas), _jumps(tracing, context), pager_of(tracing.portion, tracing.url), counts)


def _section(
    stretches: Sequence[Stretch[Place, Row]],
    heading: str,
    facts: Callable[[str, bytes], tuple[str, ...]],
    context: PageContext,
) -> TracedSection:
    """Return a section of an area: as lines, or in groups by topic."""
    words = context.words

    def lines(stretch: Stretch[Place, Row]) -> tuple[TracedLine, ...]:
        cards = context.cards(id for id, _ in stretch.lines)
        pairs = zip(cards, stretch.lines, strict=True)
        section = stretch.group.section
        return tuple(TracedLine(card.url, card.title, facts(section, packed)) for card, (_, packed) in pairs)

    first = stretches[0]
    if not first.group.folded:
        return TracedSection(continued_in_words(heading, words, continued=first.continued), lines(first))
    groups = tuple(
        TracedGroup(
            continued_in_words(
                _topic(one.group.topic, context) if len(stretches) > 1 else "", words, continued=one.continued
            ),
            words["traced_counted"].format(n=len(one.lines)),
            lines(one),
        )
        for one in stretches
    )
    number = sum(len(one.lines) for one in stretches)
    return TracedSection(heading, (), groups, words["traced_counted"].format(n=number))


def _topic(id: str, context: PageContext) -> str:
    return context.get(Topic, id).name if id else context.words["traced_other"]


def _jumps(tracing: Tracing, context: PageContext) -> tuple[Jump, ...]:
    """Return links to the areas of the list, where there are several, each with the number of its items.

    A list of several areas is on one page: a longer one is cut by area.
    """
    counted: dict[str, set[str]] = {}
    for stretch in tracing.portion.stretches:
        counted.setdefault(stretch.group.area, set()).update(id for id, _ in stretch.lines)
    if len(counted) < 2 or tracing.area:
        return ()
    names, words = context.frame.areas, context.words
    return tuple(Jump("", area, with_note(names[area], str(len(ids)), words)) for area, ids in counted.items())


def told_by_case(traces: Iterable[tuple[str, str]], words: Words) -> tuple[str, ...]:
    """Return what the traces of an item say, each thing once, with the cases in which it holds: 补办：复印件1份.

    A trace is the name of its case, "" for the whole item, and what it says there.
    """
    cases: dict[str, dict[str, None]] = {}
    for case, text in traces:
        cases.setdefault(text, {})[case] = None
    told = ((enumerated(some, words), text) for text, some in cases.items())
    return tuple(filter(None, (labelled(some, text, words) if text else some for some, text in told)))
