"""The search page, and what it knows of the items before it asks the full-text index: names, everyday words, what to bring.

The data are plain scripts that put a value each into one variable, so that they can be read from a disk and where a page may fetch
nothing. A site of up to `AT_ONCE` items has them in one file that comes with the page. A larger one has a file per area
and a directory that tells in which areas a pair of characters occurs: the page reads the areas that a question needs.
What it has to know of characters (pinyin, traditional forms) is a file of its own, which few questions need.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, cast

from builder.card import Card, Key
from builder.characters import by_reading, is_chinese, traditional_forms
from builder.frame import Frame
from builder.model.companions import Area, Audience, Department, Law, LibraryForm, LibraryMaterial, Topic
from builder.page import Known, Page
from builder.pages.listing import Group, Head, by_letter, line_of, offices, where_in_words
from builder.site import Companion, Site
from builder.source import digest
from builder.words import Words

AT_ONCE = 500  # items up to which the search page has all data, and lists all items without script

FOLDER = "search"
SCRIPTS = ("search-engine.js", "search.js")  # what ranks items, and the page

Pairs = tuple[tuple[str, int], ...]  # pairs of characters, each with the areas that have it as bits
Said = tuple[str, int]  # an everyday word, and the place of the item among those that it points to, from 0
Characters = tuple[str, tuple[str, ...]]  # those in use, and unusual readings


class NamedArea(NamedTuple):
    """An area that people may name in a question. The fields are the columns of the data file."""

    id: str  # "" where it has no items of its own
    name: str  # as results show it
    names: tuple[str, ...]  # as people say it
    above: int  # the place in the list of the area above it, -1 for none


class About(NamedTuple):
    """What the script has to know besides items."""

    synonyms: tuple[tuple[str, ...], ...]
    areas: tuple[NamedArea, ...]
    characters: str  # the address of the file of characters


class Planned(NamedTuple):
    """What is known of an item when its data file is planned, besides its card."""

    id: str
    area: int  # the place of its area in the list
    things: tuple[str, ...]
    everyday: tuple[Said, ...]


class Entry(NamedTuple):
    """An item as the search knows it. The fields are the columns of the data file."""

    id: str
    title: str
    name: str  # the official one, "" where it is the title
    summary: str
    aliases: tuple[str, ...]
    everyday: tuple[Said, ...]
    area: int
    department: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    time: str
    fee: str
    where: str
    things: tuple[str, ...]  # what to bring, forms, laws


# The columns of which many items have the same texts: each text is written once, and rows hold its number.
SHARED = ("department", "topics", "audiences", "time", "fee", "where", "things")

# What an area's name ends in and people leave out: 渝中 for 渝中区.
_LEVEL = re.compile(r"(?<=..)(?:自治[区州县]|新区|地区|街道|社区|[省市区州盟县旗乡镇村])$")


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page: the scripts with its data, and every item for those without script, where they are not too many."""

    head: Head
    scripts: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """Names among the data of the search, each with its value as JSON that is safe in a script.

    The file that the page loads brings the scripts along: a request less on a slow line.
    """

    values: tuple[tuple[str, str], ...]
    scripts: tuple[str, ...] = ()


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the page and its data; nothing where no item is offered."""
    cards = site.offered
    if not cards:
        return
    characters = Page(f"{FOLDER}/characters.js", "search-characters", given=_characters(site))
    about = About(site.same_words, _areas(site), f"{characters.url}?v={_version(characters, site, frame)}")
    first = _items(site, "items", cards, about) if len(cards) <= AT_ONCE else _directory(site, about)
    listed = tuple(card.key for card in cards) if len(cards) <= AT_ONCE else ()
    yield Page("search.html", "search", uses=listed, given=(f"{first.url}?v={_version(first, site, frame)}",))
    yield first
    yield characters
    if len(cards) > AT_ONCE:
        yield from (_items(site, f"items-{area}", some) for area, some in site.by_area.items())


def _version(page: Page, site: Site, frame: Frame) -> str:
    """Return the mark by which browsers tell a changed file: it stands for all that the page is made of."""
    made_of = [site.known[key].digest for key in page.uses if key in site.known]
    scripts = [frame.assets.get(script) for script in SCRIPTS]
    return digest(repr((page.given, made_of, scripts)).encode())[:8]


def _characters(site: Site) -> Characters:
    texts = (text for card in site.offered for text in _texts(card, site.everyday_words.get(card.id, ())))
    unusual = tuple(sorted({sound for card in site.offered for sound in card.sounds}))
    return "".join(sorted(set("".join(texts)))), unusual


def _areas(site: Site) -> tuple[NamedArea, ...]:
    """Return the areas that people may name in a question: those that have items, in their order, then those above them.

    Who names an area below, such as his community, means the nearest of these above it.
    """
    order = list(site.by_area)
    for id in order:  # it grows
        order += [above for above in _line_of_areas(site, id) if above not in order]
    places = {id: place for place, id in enumerate(order)}
    own = {id: _own_names(site, id) for id in order}
    below = _names_below(site, places) if len(site.offered) <= AT_ONCE else {}  # a large site has too many for one file
    taken = _in_names_elsewhere(site, {id: bare for id, (_, bare, _) in own.items()})

    def named(id: str) -> NamedArea:
        names = dict.fromkeys(name for name in (*own[id], *below.get(id, ())) if name and name not in taken)
        above = places.get(_area_of(site, id).parent or "", -1)
        return NamedArea(id if id in site.by_area else "", site.area_name(id), tuple(names), above)

    return tuple(named(id) for id in order)


def _names_below(site: Site, listed: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return for each area listed the names of those below it: 平乐园社区, 平乐园; 百子湾 for its east and its west."""
    below: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in site.of("area"):
        if one.id not in listed:
            near = next((above for above in _line_of_areas(site, one.id) if above in listed), "")
            own, bare, _ = _own_names(site, one.id)
            below[near] += (own, bare, re.sub(r"(?<=...)[东南西北]$", "", bare))
    return below


def _area_of(site: Site, id: str) -> Area:
    return cast("Area", cast("Companion", site.known["area", id]).record)


def _own_names(site: Site, id: str) -> tuple[str, str, str]:
    """Return what an area is called below the one above it, that without its level, and its short name: 渝中区, 渝中, 重庆渝中区."""
    area = _area_of(site, id)
    above = _area_of(site, area.parent).name if area.parent and ("area", area.parent) in site.known else ""
    own = re.sub(r"（.*）$", "", area.name).removeprefix(above) or area.name
    bare = _LEVEL.sub("", own)
    return own, bare if bare != own else "", area.short


def _in_names_elsewhere(site: Site, bare: Mapping[str, str]) -> set[str]:
    """Return the bare names of areas that are words in the names of other areas' items: 健康 of 健康街道 in 健康证."""
    everything = "\n".join(text for card in site.offered for text in _names_of(site, card))
    words = {name: id for id, name in bare.items() if name and name in everything}
    return {
        name
        for name, id in words.items()
        for card in site.offered
        if id not in _line_of_areas(site, card.area) and any(name in text for text in _names_of(site, card))
    }


def _line_of_areas(site: Site, id: str) -> Iterator[str]:
    """Yield an area and those above it."""
    seen: set[str] = set()
    while id and id not in seen and ("area", id) in site.known:
        yield id
        seen.add(id)
        id = _area_of(site, id).parent or ""


def _items(site: Site, name: str, cards: Sequence[Card], about: About | tuple[()] = ()) -> Page:
    """Plan a file of items; the one that the page loads says what it is `about`."""
    uses = dict.fromkeys(key for card in cards for key in (card.key, *_named(card), *offices((card,))))
    places = {area: place for place, area in enumerate(site.by_area)}
    rows = tuple(
        Planned(card.id, places[card.area], card.things, site.everyday_words.get(card.id, ())) for card in cards
    )
    return Page(f"{FOLDER}/{name}.js", "search-items", uses=tuple(uses), given=(rows, about))


def _directory(site: Site, about: About) -> Page:
    """Plan the directory: every pair of characters with the areas that have it."""
    areas: dict[str, list[int]] = {}
    for number, cards in enumerate(site.by_area.values()):
        for pair in {pair for card in cards for text in _names_of(site, card) for pair in _pairs(text)}:
            areas.setdefault(pair, []).append(number)
    pairs = tuple((pair, sum(1 << number for number in areas[pair])) for pair in sorted(areas))
    return Page(f"{FOLDER}/areas.js", "search-areas", given=(pairs, about))


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
            told = (line_of(card, known, frame, words, omit=("where",)) for card in cards)
            lines = (replace(line, facts=()) for line in told)  # a list for those without script, kept light
            head = Head(words["search"], words["search_title"], column=words["search"])
            return SearchView(head, cast("tuple[str, ...]", page.given), by_letter(cards, lines) if cards else ())
        case "search-characters":
            used, unusual = cast("Characters", page.given)
            characters = {"read": by_reading(used, unusual), "traditional": traditional_forms(used)}
            return _data({"characters": characters})
        case "search-areas":
            pairs, about = cast("tuple[Pairs, About]", page.given)
            return _data({"pairs": {pair: f"{mask:x}" for pair, mask in pairs}}, about)
        case _:
            planned, said = cast("tuple[tuple[Planned, ...], About | tuple[()]]", page.given)
            name = page.url.removeprefix(f"{FOLDER}/").removesuffix(".js")
            entries = [_entry(item, known, words) for item in planned]
            return _data({name: _table(Entry._fields, entries, SHARED)}, said)


def _data(values: Mapping[str, object], about: About | tuple[()] = ()) -> DataView:
    """Return what a data file holds; the one that says what the data are `about` brings the scripts along."""
    scripts: tuple[str, ...] = ()
    if about:
        values = {"about": about._asdict() | {"areas": _table(NamedArea._fields, about.areas)}, **values}
        scripts = SCRIPTS
    return DataView(tuple((name, _json(value)) for name, value in values.items()), scripts)


def _table(columns: Sequence[str], rows: Iterable[tuple[object, ...]], shared: Sequence[str] = ()) -> dict[str, object]:
    """Return `rows` with the names of their columns, which the script reads them by."""
    texts: dict[str, int] = {}

    def cell(column: str, value: object) -> object:
        if column not in shared:
            return value
        if isinstance(value, str):
            return texts.setdefault(value, len(texts))
        return [cell(column, text) for text in cast("tuple[str, ...]", value)]

    numbered = [[cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows]
    return {"columns": columns, "shared": shared, "texts": list(texts), "rows": numbered}


def _entry(item: Planned, known: Known, words: Words) -> Entry:
    card = known.card(item.id)
    department = known.record("department", card.department, Department) if card.department else None
    return Entry(
        id=card.id,
        title=card.title,
        name=card.name if card.name != card.title else "",
        summary=card.summary,
        aliases=card.aliases,
        everyday=item.everyday,
        area=item.area,
        department=(department.short or department.name) if department else "",
        topics=tuple(known.record("topic", id, Topic).name for id in card.topics),
        audiences=tuple(known.record("audience", id, Audience).name for id in card.audiences),
        time=card.time,
        fee=card.fee,
        where=where_in_words(card, known, words),
        things=tuple(dict.fromkeys((*item.things, *(text for key in _named(card) for text in _names(*key, known))))),
    )


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
