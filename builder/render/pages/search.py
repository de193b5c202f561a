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
from typing import cast

from builder.content.card import Card, Key
from builder.content.model.companions import Area, Audience, Department, Law, LibraryForm, LibraryMaterial, Topic
from builder.content.site import Companion, Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.listing import Group, Head, by_letter, line_of, offices, where_in_words
from builder.render.page import Page
from builder.support.characters import by_reading, is_chinese, traditional_forms
from builder.support.fingerprint import digest

AT_ONCE = 500  # items up to which the search page has all data, and lists all items without script

FOLDER = "search"
Pairs = tuple[tuple[str, int], ...]  # pairs of characters, each with the areas that have it as bits
Said = tuple[str, int]  # an everyday word, and the place of the item among those that it points to, from 0
Characters = tuple[str, tuple[str, ...]]  # those in use, and unusual readings
Named = tuple[
    str, str, tuple[str, ...], int
]  # an area's id, "" without items; its short name; its own names; the place of that above
About = tuple[
    tuple[tuple[str, ...], ...], tuple[Named, ...], str
]  # words of one meaning, areas, the file of characters
Row = tuple[
    str, int, tuple[str, ...], tuple[Said, ...]
]  # an item's id, the place of its area, its things, its everyday words

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

    The file that the page loads brings the search itself along: a request less on a slow line.
    """

    values: tuple[tuple[str, str], ...]
    with_engine: bool


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the page and its data; nothing where no item is offered."""
    cards = site.offered
    if not cards:
        return
    characters = Page(f"{FOLDER}/characters.js", "search-characters", given=_characters(site))
    about = (site.same_words, _areas(site), f"{characters.url}?v={_version(characters, site, frame)}")
    first = _items(site, "items", cards, about) if len(cards) <= AT_ONCE else _directory(site, about)
    listed = tuple(card.key for card in cards) if len(cards) <= AT_ONCE else ()
    yield Page("search.html", "search", uses=listed, given=(f"{first.url}?v={_version(first, site, frame)}",))
    yield first
    yield characters
    if len(cards) > AT_ONCE:
        yield from (_items(site, f"items-{area}", some, ()) for area, some in site.by_area.items())


def _version(page: Page, site: Site, frame: Frame) -> str:
    """Return the mark by which browsers tell a changed file: it stands for all that the page is made of."""
    made_of = [site.known[key].digest for key in page.uses if key in site.known]
    return digest(repr((page.given, made_of, frame.assets.get("search.js"))).encode())[:8]


def _characters(site: Site) -> Characters:
    texts = (text for card in site.offered for text in _texts(card, site.everyday_words.get(card.id, ())))
    unusual = tuple(sorted({sound for card in site.offered for sound in card.sounds}))
    return "".join(sorted(set("".join(texts)))), unusual


def _areas(site: Site) -> tuple[Named, ...]:
    """Return the areas that people may name in a question: those that have items, in their order, then those above them.

    Who names an area below, such as his community, means the nearest of these above it.
    """
    order = list(site.by_area)
    for id in order:  # it grows
        order += [above for above in _line_of_areas(site, id) if above not in order]
    places = {id: place for place, id in enumerate(order)}
    names = {id: _own_names(site, id) for id in order}
    below = _names_below(site, places) if len(site.offered) <= AT_ONCE else {}  # a large site has too many for one file
    taken = _in_names_elsewhere(site, {id: short for id, (_, short, *_) in names.items()})
    return tuple(
        (
            id if id in site.by_area else "",
            site.area_name(id),
            tuple(dict.fromkeys(name for name in (*names[id], *below.get(id, ())) if name and name not in taken)),
            places.get(_area_of(site, id).parent or "", -1),
        )
        for id in order
    )


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


def _items(site: Site, name: str, cards: Sequence[Card], about: About | tuple[()]) -> Page:
    uses = dict.fromkeys(key for card in cards for key in (card.key, *_named(card), *offices((card,))))
    places = {area: place for place, area in enumerate(site.by_area)}
    rows = tuple((card.id, places[card.area], card.things, site.everyday_words.get(card.id, ())) for card in cards)
    return Page(f"{FOLDER}/{name}.js", "search-items", uses=tuple(uses), given=(about, rows))


def _directory(site: Site, about: About) -> Page:
    """Plan the directory: every pair of characters with the areas that have it."""
    areas: dict[str, list[int]] = {}
    for number, cards in enumerate(site.by_area.values()):
        for pair in {pair for card in cards for text in _names_of(site, card) for pair in _pairs(text)}:
            areas.setdefault(pair, []).append(number)
    pairs = tuple((pair, sum(1 << number for number in areas[pair])) for pair in sorted(areas))
    return Page(f"{FOLDER}/areas.js", "search-areas", given=(about, pairs))


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


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> SearchView | DataView:
    """Return the page, or the data that its script reads."""
    match page.kind:
        case "search":
            cards = [lookup.card(id) for kind, id in page.uses if kind == "item"]
            told = (line_of(card, lookup, frame, words, omit=("where",)) for card in cards)
            lines = (replace(line, facts=()) for line in told)  # a list for those without script, kept light
            head = Head(words["search"], words["search_title"], column=words["search"])
            return SearchView(head, cast("tuple[str, ...]", page.given), by_letter(cards, lines) if cards else ())
        case "search-characters":
            used, unusual = cast("Characters", page.given)
            characters = {"read": by_reading(used, unusual), "traditional": traditional_forms(used)}
            return DataView((("characters", _json(characters)),), with_engine=False)
        case "search-areas":
            about, pairs = cast("tuple[About, Pairs]", page.given)
            directory = _json({pair: f"{mask:x}" for pair, mask in pairs})
            return DataView((*_described(about), ("pairs", directory)), with_engine=True)
        case _:
            about, rows = cast("tuple[About, tuple[Row, ...]]", page.given)
            name = page.url.removeprefix(f"{FOLDER}/").removesuffix(".js")
            return DataView((*_described(about), (name, _json(_rows(rows, lookup, words)))), with_engine=bool(about))


def _described(about: About | tuple[()]) -> Iterator[tuple[str, str]]:
    """Yield what the script has to know besides items; nothing in the files of single areas."""
    if about:
        same, areas, characters = about
        yield "about", _json({"same": same, "areas": areas, "characters": characters})


class _Table:
    """Texts that many items share, each kept once; items hold their numbers."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


def _rows(given: Iterable[Row], lookup: Lookup, words: Words) -> dict[str, object]:
    """Return the table of shared texts and a row per item; ``static/search.js`` names the cells of a row."""
    table = _Table()
    rows = []
    for id, area, things, said in given:
        card = lookup.card(id)
        department = lookup.record("department", card.department, Department) if card.department else None
        found = dict.fromkeys((*things, *(text for key in _named(card) for text in _names(*key, lookup))))
        rows.append((
            id,
            card.title,
            card.name if card.name != card.title else "",
            card.summary,
            card.aliases,
            said,
            area,
            table((department.short or department.name) if department else ""),
            [table(lookup.record("topic", topic, Topic).name) for topic in card.topics],
            [table(lookup.record("audience", one, Audience).name) for one in card.audiences],
            table(card.time),
            table(card.fee),
            table(where_in_words(card, lookup, words)),
            [table(text) for text in found],
        ))  # fmt: skip
    return {"texts": list(table.texts), "rows": rows}


def _names(kind: str, id: str, lookup: Lookup) -> Iterator[str]:
    """Yield the names of a thing that an item refers to."""
    match kind:
        case "material":
            material = lookup.record(kind, id, LibraryMaterial)
            yield " ".join((material.name, *material.aliases))
        case "form":
            yield lookup.record(kind, id, LibraryForm).title
        case "law":
            law = lookup.record(kind, id, Law)
            yield f"{law.title} {law.number}".strip()
        case _:
            pass


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
