"""What the pages of materials, laws and forms share: the items that name a record, by area, each with what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from builder.content.card import Card
from builder.content.fields import Record
from builder.content.model.item import Item
from builder.content.model.kinds import BY_RECORD, Key, key
from builder.content.site import Companion, Site
from builder.context import Frame, Words
from builder.render.listing import LETTERS_FROM
from builder.render.page import PageContext
from builder.render.pagination import PAGE_LINES, Jump, Pager, Portion, continued_in_words, cut, pager_of
from builder.wording.joining import enumerated, labelled

T = TypeVar("T")

Found = Sequence[tuple[Card, tuple[T, ...]]]  # items, each with its traces of a record
Row = tuple[str, tuple[T, ...]]  # the id of an item, and its traces
Place = tuple[str, str]  # where rows stand: the id of an area, "" for no heading, and the section within it


@dataclass(frozen=True, slots=True)
class Tracing:
    """The items of one page of a record. `url` is that of the first page, and `area` that of a page of one area.

    `areas` are the areas that have pages of their own: id, address and number of items.
    """

    portion: Portion[Place, Row[Any]]
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
        """The items that the page shows."""
        return dict.fromkeys(key(Item, id) for id, _ in self.portion.lines)


class TracedLine(NamedTuple):
    """A link with the facts below it, a line each."""

    url: str
    title: str
    facts: tuple[str, ...] = ()


class TracedSection(NamedTuple):
    """Lines under a heading ("" for none)."""

    heading: str
    lines: tuple[TracedLine, ...]


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


def named_by_public(site: Site, record: type[Record]) -> list[Companion[Any]]:
    """Return the records of this type that public items name, in pinyin order."""
    kind = BY_RECORD[record].name
    named = {id for card in site.public for of, id in card.references if of == kind}
    return sorted((one for one in site.all(record) if one.id in named), key=lambda one: (one.order, one.id))


def found_by_reference(traces: Iterable[tuple[Card, Sequence[T]]], of: Callable[[T], str]) -> dict[str, Found[T]]:
    """Return for each record the items that name it, each with its traces. `of` tells the id of the record."""
    found: dict[str, list[tuple[Card, tuple[T, ...]]]] = {}
    for card, some in traces:
        grouped: dict[str, list[T]] = {}
        for trace in some:
            grouped.setdefault(of(trace), []).append(trace)
        for id, own in grouped.items():
            found.setdefault(id, []).append((card, tuple(own)))
    return dict(found)


def traced(
    folder: str, id: str, sections: Iterable[tuple[str, Found[Any]]], frame: Frame, ids: Collection[str]
) -> Iterator[Tracing]:
    """Yield what the pages of a record show: one page, or above `PAGE_LINES` items on a site of several areas one an area.

    `ids` are those of all records with pages in the folder.
    """
    url = f"{folder}/{id}.html"
    rows = _by_area(sections, frame)
    if not frame.areas or sum(len(lines) for _, lines in rows) <= PAGE_LINES:
        yield from (Tracing(portion, url) for portion in cut(rows))
        return
    areas = {area: list(some) for area, some in groupby(rows, lambda row: row[0][0])}
    apart = "--" if any(f"{id}-{area}" in ids for area in areas) else "-"
    addresses = {area: f"{folder}/{id}{apart}{area}.html" for area in areas}
    counts = tuple((area, addresses[area], sum(len(lines) for _, lines in some)) for area, some in areas.items())
    yield Tracing(cut(rows[:0])[0], url, areas=counts)
    for area, some in areas.items():
        yield from (Tracing(portion, addresses[area], area) for portion in cut(some))


def _by_area(sections: Iterable[tuple[str, Found[Any]]], frame: Frame) -> list[tuple[Place, list[Row[Any]]]]:
    """Return the rows of all sections by area, in the order of the areas, and within each in that of the sections."""
    grouped: dict[Place, list[Row[Any]]] = {}
    named = [(name, found) for name, found in sections if found]
    grouped = {(area, name): [] for area in frame.areas or ("",) for name, _ in named}
    for name, found in named:
        for card, traces in found:
            grouped[card.area if frame.areas else "", name].append((card.id, traces))
    return [(place, rows) for place, rows in grouped.items() if rows]


def traced_in_words(
    tracing: Tracing,
    headings: Mapping[str, str],
    facts: Callable[[tuple[Any, ...]], tuple[str, ...]],
    context: PageContext,
) -> TracedItems:
    """Return the items in words. `headings` are those of the sections, `facts` tells what an item says of the record."""
    portion, words, names = tracing.portion, context.words, context.frame.areas
    areas = []
    for area, stretches in groupby(portion.stretches, lambda stretch: stretch.group[0]):
        sections = []
        for stretch in stretches:
            cards = context.cards(id for id, _ in stretch.lines)
            lines = tuple(
                TracedLine(card.url, card.title, facts(traces))
                for card, (_, traces) in zip(cards, stretch.lines, strict=True)
            )
            heading = continued_in_words(headings[stretch.group[1]], words, continued=stretch.continued)
            sections.append(TracedSection(heading, lines))
        told_apart = area and not tracing.area
        areas.append(TracedArea(area if told_apart else "", names[area] if told_apart else "", tuple(sections)))
    counts = tuple((url, names[area], words["count"].format(n=n)) for area, url, n in tracing.areas)
    return TracedItems(tuple(areas), _jumps(tracing, context.frame), pager_of(portion, tracing.url), counts)


def _jumps(tracing: Tracing, frame: Frame) -> tuple[Jump, ...]:
    """Return links to the areas of the list, where there are several."""
    portion = tracing.portion
    begins: dict[str, int] = {}
    for (area, _), number in portion.starts:
        begins.setdefault(area, number)
    if len(begins) == 1 or tracing.area:
        return ()
    return tuple(
        Jump("" if number == portion.number else portion.address(tracing.url, number), area, frame.areas[area])
        for area, number in begins.items()
    )


def told_by_case(traces: Iterable[tuple[str, str]], words: Words) -> tuple[str, ...]:
    """Return what the traces of an item say, each thing once, with the cases in which it holds: 补办：复印件1份.

    A trace is the name of its case, "" for the whole item, and what it says there.
    """
    cases: dict[str, dict[str, None]] = {}
    for case, text in traces:
        cases.setdefault(text, {})[case] = None
    told = ((enumerated(some, words), text) for text, some in cases.items())
    return tuple(filter(None, (labelled(some, text, words) if text else some for some, text in told)))


def by_letter(lines: Iterable[tuple[str, T]]) -> list[tuple[str, list[T]]]:
    """Return lines, each with its key for pinyin order, by their first letter, or in one group if they are few."""
    found = list(lines)
    if len(found) <= LETTERS_FROM:
        return [("", [line for _, line in found])]
    grouped: dict[str, list[T]] = {}
    for order, line in found:
        letter = order[:1]
        grouped.setdefault(letter if "a" <= letter <= "z" else "other", []).append(line)
    return list(grouped.items())
