"""The search page, and what it knows of the items before it asks the full-text index: names, everyday words, what to bring.

The data are plain scripts that put a value each into one variable, so that they can be read from a disk and where a page may fetch
nothing. A site of up to `AT_ONCE` items has them in one file that comes with the page. A larger one has a file per area
and a directory that tells in which areas a pair of characters occurs: the page reads the areas that a question needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from builder.card import Card, Key
from builder.characters import by_reading, is_chinese, traditional_forms
from builder.frame import Frame
from builder.model.companions import Area, Audience, Department, Law, LibraryForm, LibraryMaterial, Topic
from builder.page import Known, Page
from builder.pages.listing import Group, Head, by_letter, line_of
from builder.site import Site
from builder.source import digest
from builder.words import Words

AT_ONCE = 500  # items up to which the search page has all data, and lists all items without script

FOLDER = "search"
Areas = tuple[tuple[str, int], ...]  # the areas with their number of items
Pairs = tuple[tuple[str, int], ...]  # pairs of characters, each with the areas that have it as bits
Said = tuple[str, int]  # an everyday word, and the place of the item among those that it points to, from 0
Characters = tuple[
    str, tuple[str, ...], tuple[tuple[str, ...], ...]
]  # those in use, unusual readings, words of one meaning
Row = tuple[str, tuple[str, ...], tuple[Said, ...]]  # an item's id, its things, its everyday words


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page: the scripts with its data, and every item for those without script, where they are not too many."""

    head: Head
    scripts: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """Names among the data of the search, each with its value as JSON that is safe in a script.

    The file that the page loads brings the search itself along: a request less on a slow line.
    """

    values: tuple[tuple[str, str], ...]
    with_engine: bool


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the page and its data; nothing where no item is offered."""
    cards = site.offered
    if not cards:
        return
    first = _items(site, "items", cards, _characters(site)) if len(cards) <= AT_ONCE else _directory(site)
    departments = dict.fromkeys(("department", card.department) for card in cards if card.department)
    listed = (*departments, *(card.key for card in cards)) if len(cards) <= AT_ONCE else ()
    yield Page("search.html", "search", uses=listed, given=(f"{first.url}?v={_version(first, site, frame)}",))
    yield first
    if len(cards) > AT_ONCE:
        yield from (_items(site, f"items-{area}", some, ()) for area, some in site.by_area.items())


def _version(page: Page, site: Site, frame: Frame) -> str:
    """Return the mark by which browsers tell a changed file: it stands for all that the page is made of."""
    made_of = [site.known[key].digest for key in page.uses if key in site.known]
    return digest(repr((page.given, made_of, frame.assets.get("search.js"))).encode())[:8]


def _characters(site: Site) -> Characters:
    texts = (text for card in site.offered for text in _texts(card, site.everyday_words.get(card.id, ())))
    unusual = tuple(sorted({sound for card in site.offered for sound in card.sounds}))
    return "".join(sorted(set("".join(texts)))), unusual, site.same_words


def _items(site: Site, name: str, cards: Sequence[Card], characters: Characters | tuple[()]) -> Page:
    uses = dict.fromkeys(key for card in cards for key in (card.key, *_named(card)))
    rows = tuple((card.id, card.things, site.everyday_words.get(card.id, ())) for card in cards)
    return Page(f"{FOLDER}/{name}.js", "search-items", uses=tuple(uses), given=(characters, rows))


def _directory(site: Site) -> Page:
    """Plan the directory: the areas with their number of items, and every pair of characters with the areas that have it."""
    areas: dict[str, list[int]] = {}
    for number, cards in enumerate(site.by_area.values()):
        for pair in {pair for card in cards for text in _names_of(site, card) for pair in _pairs(text)}:
            areas.setdefault(pair, []).append(number)
    listed = tuple((id, len(cards)) for id, cards in site.by_area.items())
    pairs = tuple((pair, sum(1 << number for number in areas[pair])) for pair in sorted(areas))
    uses = tuple(("area", id) for id, _ in listed)
    return Page(f"{FOLDER}/areas.js", "search-areas", uses=uses, given=(_characters(site), (listed, pairs)))


def _names_of(site: Site, card: Card) -> Iterator[str]:
    yield from (card.name, card.title, *card.aliases, *(text for text, _ in site.everyday_words.get(card.id, ())))


def _pairs(text: str) -> Iterator[str]:
    yield from (one + other for one, other in pairwise(text) if is_chinese(one) and is_chinese(other))


def _named(card: Card) -> Iterator[Key]:
    """Yield the records by whose names an item can be found."""
    shown = ("area", "department", "topic", "audience", "material", "form", "law")
    yield from (key for key in card.references if key[0] in shown)


def _texts(card: Card, said: Iterable[Said]) -> Iterator[str]:
    yield from (card.name, card.title, *card.aliases, *(text for text, _ in said), *card.things)


def view(page: Page, known: Known, frame: Frame, words: Words) -> SearchView | DataView:
    """Return the page, or the data that its script reads."""
    match page.kind:
        case "search":
            cards = [known.card(id) for kind, id in page.uses if kind == "item"]
            lines = (line_of(card, known, frame) for card in cards)
            head = Head(words["search"], words["search_title"], column=words["search"])
            return SearchView(head, cast("tuple[str, ...]", page.given), by_letter(cards, lines) if cards else ())
        case "search-areas":
            characters, (listed, pairs) = cast("tuple[Characters, tuple[Areas, Pairs]]", page.given)
            areas = [(id, *_area(id, known), count) for id, count in listed]
            directory = {"areas": areas, "pairs": {pair: f"{mask:x}" for pair, mask in pairs}}
            return DataView((*_described(characters), ("areas", _json(directory))), with_engine=True)
        case _:
            characters, rows = cast("tuple[Characters, tuple[Row, ...]]", page.given)
            name = page.url.removeprefix(f"{FOLDER}/").removesuffix(".js")
            values = (*_described(characters), (name, _json(_rows(rows, known, frame))))
            return DataView(values, with_engine=bool(characters))


def _described(characters: Characters | tuple[()]) -> Iterator[tuple[str, str]]:
    """Yield what the script has to know of characters; nothing in the files of single areas."""
    if characters:
        used, unusual, same = characters
        known = {"read": by_reading(used, unusual), "traditional": traditional_forms(used), "same": same}
        yield "characters", _json(known)


def _area(id: str, known: Known) -> tuple[str, str]:
    area = known.record("area", id, Area)
    return area.short or area.name, area.name


class _Table:
    """Texts that many items share, each kept once; items hold their numbers."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


def _rows(given: Iterable[Row], known: Known, frame: Frame) -> dict[str, object]:
    """Return the table of shared texts and a row per item; ``static/search.js`` names the cells of a row."""
    table = _Table()
    rows = []
    for id, things, said in given:
        card = known.card(id)
        department = known.record("department", card.department, Department) if card.department else None
        found = dict.fromkeys((*things, *(text for key in _named(card) for text in _names(*key, known))))
        rows.append((
            id,
            card.title,
            card.name if card.name != card.title else "",
            card.summary,
            card.aliases,
            said,
            table(frame.areas.get(card.area, "")),
            table(known.record("area", card.area, Area).name),
            table((department.short or department.name) if department else ""),
            [table(known.record("topic", topic, Topic).name) for topic in card.topics],
            [table(known.record("audience", one, Audience).name) for one in card.audiences],
            table(card.time),
            table(card.fee),
            [table(text) for text in found],
        ))  # fmt: skip
    return {"texts": list(table.texts), "rows": rows}


def _names(kind: str, id: str, known: Known) -> Iterator[str]:
    """Yield the names of a thing that an item refers to."""
    match kind:
        case "material":
            material = known.record(kind, id, LibraryMaterial)
            yield " ".join((material.name, *material.aliases))
        case "form":
            yield known.record(kind, id, LibraryForm).title
        case "law":
            law = known.record(kind, id, Law)
            yield f"{law.title} {law.number}".strip()
        case _:
            pass


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
