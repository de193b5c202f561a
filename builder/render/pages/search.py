"""The search page and its data: names and everyday words of items, by which it finds them at once.

The data files are plain scripts, each of which assigns a value to one variable. So they load from a disk and where a page
may not fetch. What the guides tell besides is in files of its own (`search_texts`). A site of up to `AT_ONCE` items has one file, loaded with the page. A larger site has a file per area and a
directory of the areas in which a pair of characters occurs; the page loads the areas that a question needs. What the
search knows of characters (pinyin, traditional forms) is a separate file, which few questions need; so is how people speak
of the matters to which the items belong, as far as the site has items of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeAlias

from builder.content.card import Card
from builder.content.model.companions import Area, Audience, Department, LibraryMaterial, Topic
from builder.content.model.events import Life
from builder.content.model.kinds import BY_RECORD, Key
from builder.content.site import Site
from builder.context import Frame
from builder.matters import Recognition, speech, speech_of_matters
from builder.render.listing import (
    Group,
    Head,
    Listing,
    by_letter,
    facts_in_brief,
    letter_of,
    line_uses,
    lines_of,
    places_in_words,
)
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.pages import finder, search_texts
from builder.render.pages.collection import COLLECTIONS, offering
from builder.render.pages.search_data import FOLDER, DataView, json_of, table_of
from builder.render.pages.traced_records import named_by_public
from builder.support.characters import OTHER_READINGS, by_reading, by_syllable, is_chinese, traditional_forms
from builder.support.fingerprint import digest
from builder.support.packing import Alphabet

ENGINE = (
    "fold.js",
    "search-numbers.js",
    "search-packed.js",
    "search-events.js",
    "search-engine.js",
)  # what ranks items
SCRIPTS = (*ENGINE, "search-groups.js", "typing.js", "search.js")  # and the page
LETTERS_SCRIPT = "search-letters.js"  # what reads letters as characters: it comes with the file of characters
MATTERS_SCRIPT = "search-matters.js"  # what finds matters in a question: it comes with the file of matters
EMBEDDED = frozenset({*SCRIPTS, LETTERS_SCRIPT, MATTERS_SCRIPT})

Everyday: TypeAlias = tuple[str, int]  # an everyday word, and the place of the item among those that it points to


class Entry(NamedTuple):
    """An item as the search knows it. The fields are the columns of the data file."""

    id: str
    title: str
    name: str  # the official one, "" where it is the title
    summary: str
    aliases: tuple[str, ...]
    everyday: tuple[Everyday, ...]
    area: int
    department: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    time: str
    fee: str
    where: str
    matters: tuple[str, ...]  # the names of the matters of life to which it belongs


# The columns of which many items have the same texts: each text is written once, and rows hold its number.
SHARED = ("department", "topics", "audiences", "time", "fee", "where", "matters")

# What an area's name ends in and people leave out: 渝中 for 渝中区.
_LEVEL = re.compile(r"(?<=..)(?:自治[区州县]|新区|地区|街道|社区|[省市区州盟县旗乡镇村])$")


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page: the addresses of its data scripts, and all items for visitors without script if there are not too many."""

    head: Head
    scripts: tuple[str, ...]
    listing: Listing


class NamedArea(NamedTuple):
    """An area that people may name in a question. The fields are the columns of the data file."""

    id: str  # "" where it has no items of its own
    name: str  # as results show it
    names: tuple[str, ...]  # as people say it
    above: int  # the place in the list of the area above it, -1 for none


class FoundList(NamedTuple):
    """A list of items to which a question may lead that no item answers. The fields are the columns of the data file."""

    url: str
    name: str
    size: int  # how many items it has


class FoundEvent(NamedTuple):
    """What happened to somebody and how people say it, by "|"; and its events, the id and the area of each.

    Where the id is that of the area and of what happened, as editors are told to call it, only the area is there.
    """

    id: str
    said: str
    pages: tuple[int | tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the script has to know besides items."""

    synonyms: tuple[tuple[str, ...], ...]
    areas: tuple[NamedArea, ...]
    papers: tuple[tuple[str, ...], ...]  # the materials that have a page: id, name and other names
    events: tuple[FoundEvent, ...]
    characters: str  # the address of the file of characters
    speech: str  # the address of the file of matters
    texts: str  # the address of the file of what the guides tell, "" where each area has its own
    ways: str  # and of how they say that it goes, "" where that is in the files of the areas


class FoundItem(NamedTuple):
    """An item that can be found: its area by number, its everyday words and its matters."""

    id: str
    area: int
    everyday: tuple[Everyday, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """The items that the page lists for visitors without script, and the address of its data."""

    items: tuple[str, ...]
    data: str


@dataclass(frozen=True, slots=True)
class ItemsPlan:
    """A file of items: the name of its variable, the items, and for the first file of a site what they are `about`."""

    name: str
    items: tuple[FoundItem, ...]
    about: About | None = None


@dataclass(frozen=True, slots=True)
class DirectoryPlan:
    """The first file of a large site: each pair of characters with a bit mask of the areas in which it occurs."""

    about: About
    pairs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CharactersPlan:
    """The characters in use, and unusual readings."""

    used: str
    unusual: tuple[str, ...]


class SpokenMatter(NamedTuple):
    """A matter of which the site has items, and what people say. The fields are the columns of the data file.

    The script reads them packed. Expressions are separated by "|"; `builder.matters.Matter` says how one is written.
    """

    areas: tuple[int, ...]  # those with its items, () on a site that has all items in one file
    name: str
    certain: str
    likely: str
    perhaps: str
    things: str
    people: str


class SpokenPeople(NamedTuple):
    """A kind of people, with what is separated by "|", as the script reads it packed. The fields are the columns of the data file."""

    formal: str
    said: str
    matters: str  # names


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """The matters of the site, what their expressions need, as `builder.matters.Speech` says, its lists, and kinds of people."""

    variants: tuple[str, ...]
    classes: tuple[str, ...]
    lists: tuple[FoundList, ...]
    matters: tuple[SpokenMatter, ...]
    people: tuple[SpokenPeople, ...] = ()


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the page and its data; nothing where no item is offered."""
    cards = site.offered
    if not cards:
        return
    at_once = not site.is_large
    names = Names.of(site)
    characters = Page(f"{FOLDER}/characters.js", "search-characters", _characters(site, names))
    matters = matters_of_items(cards)
    spoken = Page(f"{FOLDER}/matters.js", "search-matters", _speech(site, frame, matters, at_once=at_once))
    texts, ways = search_texts.plan_site(site) if at_once else (None, None)
    addresses = (_versioned(page, site, frame) if page else "" for page in (characters, spoken, texts, ways))
    about = About(site.same_words, _areas(site, names), _papers(site), _events(site), *addresses)
    first = _items(site, "items", cards, matters, about) if at_once else _directory(names, about)
    listed = cards if at_once else ()
    search = SearchPlan(tuple(card.id for card in listed), _versioned(first, site, frame))
    yield Page("search.html", "search", search, tuple(card.key for card in listed))
    yield first
    yield from finder.plan(site)
    yield characters
    yield spoken
    if texts and ways:
        yield from (texts, ways)
    else:
        yield from (_items(site, f"items-{area}", some, matters) for area, some in site.by_area.items())


def matters_of_items(cards: Iterable[Card]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the matters of life to which each item belongs, by its id."""
    recognition = Recognition(speech().matters)
    return {card.id: recognition.matters_of(card.name, (card.title, *card.aliases)) for card in cards}


class Names(NamedTuple):
    """The names and everyday words of the items of each area, a line each; and each pair of characters in them.

    A pair has a bit mask of the areas in which it occurs. Areas are numbered in the order of `Site.by_area`.
    """

    texts: tuple[str, ...]
    pairs: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, site: Site) -> Names:
        """Return the names of the items that are offered."""
        said = site.everyday_words
        texts = tuple(
            "\n".join(
                name
                for card in cards
                for name in (card.name, card.title, *card.aliases, *(text for text, _ in said.get(card.id, ())))
            )
            for cards in site.by_area.values()
        )
        pairs: dict[tuple[str, str], int] = {}
        for number, text in enumerate(texts):
            for pair in set(pairwise(text)):
                pairs[pair] = pairs.get(pair, 0) | 1 << number
        return cls(texts, pairs)

    def areas_with(self, name: str) -> Iterator[int]:
        """Yield the numbers of the areas in whose names `name` occurs."""
        mask = (1 << len(self.texts)) - 1
        for pair in pairwise(name):
            mask &= self.pairs.get(pair, 0)
        yield from (number for number, text in enumerate(self.texts) if mask >> number & 1 and name in text)


def _versioned(page: Page[Any], site: Site, frame: Frame) -> str:
    """Return the address of a file with a version, so that browsers load a changed file anew."""
    made_of = [site.known[key].digest for key in page.uses if key in site.known]
    scripts = [frame.assets.get(script) for script in sorted(EMBEDDED)]
    version = digest(repr((page.plan, made_of, frame.words_digest, scripts)).encode())[:8]
    return f"{page.url}?v={version}"


def _characters(site: Site, names: Names) -> CharactersPlan:
    details = [card.details for card in site.offered]
    used = set[str]().union(*names.texts, *(one.uncommon for one in details))
    unusual = tuple(sorted({sound for one in details for sound in one.sounds}))
    return CharactersPlan("".join(sorted(used - {"\n"})), unusual)


def _speech(site: Site, frame: Frame, matters: Mapping[str, tuple[str, ...]], *, at_once: bool) -> SpeechPlan:
    """Return how people speak of the matters of these items."""
    areas: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for number, cards in enumerate(site.by_area.values()):
        for card in cards:
            for matter in matters[card.id]:
                areas[matter][number] = None
    spoken = speech_of_matters(areas)
    found = tuple(
        SpokenMatter(() if at_once else tuple(areas[matter.id]), matter.name, *map("|".join, matter.said))
        for matter in spoken.matters
    )
    names = {matter.id: matter.name for matter in spoken.matters}
    people = tuple(
        SpokenPeople(*map("|".join, (one.formal, one.said, map(names.__getitem__, one.matters))))
        for one in spoken.people
    )
    return SpeechPlan(spoken.variants, spoken.classes, _lists(site, frame, with_departments=at_once), found, people)


def _papers(site: Site) -> tuple[tuple[str, ...], ...]:
    materials = named_by_public(site, LibraryMaterial)
    return tuple((one.id, one.record.name, *one.record.aliases) for one in materials)


def _events(site: Site) -> tuple[FoundEvent, ...]:
    """Return what may have happened to somebody, each with its events; then those that are called otherwise, by that name."""
    places = {area: place for place, area in enumerate(site.by_area)}
    by_life: dict[tuple[str, str], list[int | tuple[str, int]]] = {}
    by_name: dict[tuple[str, str], list[int | tuple[str, int]]] = {}
    for one in site.events:
        life, area = one.record.life, one.record.area
        page = places[area] if one.id == f"{area}-{life}" and area in places else (one.id, places.get(area, -1))
        by_life.setdefault((life, ""), []).append(page)
        if one.record.name:
            by_name.setdefault((life, one.record.name), []).append(page)

    def found(id: str, name: str, pages: list[int | tuple[str, int]]) -> FoundEvent:
        life = site.find(Life, id)
        said = (name,) if name or not life else (life.name, *life.say)
        return FoundEvent(id, "|".join(said), tuple(pages))

    return tuple(found(id, name, pages) for (id, name), pages in (*by_life.items(), *by_name.items()))


def _lists(site: Site, frame: Frame, *, with_departments: bool) -> tuple[FoundList, ...]:
    """Return the lists by topic and by department that have pages; a large site has too many departments for one file."""
    records = (Topic, Department) if with_departments else (Topic,)
    shown = (one for one in COLLECTIONS if one.record in records and one.folder in frame.sections)
    return tuple(
        FoundList(f"{collection.folder}/{one.id}.html", getattr(one.record, "short", "") or one.record.name, len(cards))
        for collection in shown
        for one, cards in offering(site, collection)
    )


def _areas(site: Site, names: Names) -> tuple[NamedArea, ...]:
    """Return the areas that a question may name: those with items, in their order, then the areas above them.

    A name of a smaller area, such as a community, counts for the nearest of these areas above it.
    """
    order = list(site.by_area)
    for id in order:  # it grows
        order += [above for above in _line_of_areas(site, id) if above not in order]
    places = {id: place for place, id in enumerate(order)}
    own = {id: _own_names(site, id) for id in order}
    below = _names_below(site, places) if not site.is_large else {}  # a large site has too many for one file
    taken = _in_names_elsewhere(site, {id: bare for id, (_, bare, _) in own.items()}, names)

    def named(id: str) -> NamedArea:
        said = dict.fromkeys(name for name in (*own[id], *below.get(id, ())) if name and name not in taken)
        above = places.get(_area_of(site, id).parent or "", -1)
        return NamedArea(id if id in site.by_area else "", site.area_name(id), tuple(said), above)

    return tuple(named(id) for id in order)


def _names_below(site: Site, listed: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the areas below each listed area: 平乐园社区, 平乐园; 百子湾 for 百子湾东 and 百子湾西."""
    below: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for area in site.all(Area):
        if area.id not in listed:
            near = next((above for above in _line_of_areas(site, area.id) if above in listed), "")
            own, bare, _ = _own_names(site, area.id)
            below[near] += (own, bare, re.sub(r"(?<=...)[东南西北]$", "", bare))
    return below


def _area_of(site: Site, id: str) -> Area:
    area = site.find(Area, id)
    if area is None:
        raise LookupError(f"the site has no area {id}")
    return area


def _own_names(site: Site, id: str) -> tuple[str, str, str]:
    """Return the name of an area without the area above it, that name without its level, and the short name.

    For example 渝中区, 渝中, 重庆渝中区.
    """
    area = _area_of(site, id)
    above = site.find(Area, area.parent)
    own = re.sub(r"（.*）$", "", area.name).removeprefix(above.name if above else "") or area.name
    bare = _LEVEL.sub("", own)
    return own, bare if bare != own else "", area.short


def _in_names_elsewhere(site: Site, bare: Mapping[str, str], names: Names) -> set[str]:
    """Return the bare names of areas that occur in names of other areas' items, such as 健康 (健康街道) in 健康证."""
    lines = [set(_line_of_areas(site, area)) for area in site.by_area]
    ids = {name: id for id, name in bare.items() if name}
    return {name for name, id in ids.items() if any(id not in lines[number] for number in names.areas_with(name))}


def _line_of_areas(site: Site, id: str) -> Iterator[str]:
    """Yield an area and those above it."""
    seen: set[str] = set()
    while id not in seen and site.find(Area, id):
        yield id
        seen.add(id)
        id = _area_of(site, id).parent or ""


def _items(
    site: Site, name: str, cards: Sequence[Card], matters: Mapping[str, tuple[str, ...]], about: About | None = None
) -> Page[ItemsPlan]:
    places = {area: place for place, area in enumerate(site.by_area)}
    said = site.everyday_words
    called = {matter.id: matter.name for matter in speech().matters}

    def found(card: Card) -> FoundItem:
        own = tuple(called[matter] for matter in matters[card.id])
        return FoundItem(card.id, places[card.area], said.get(card.id, ()), own)

    items = tuple(map(found, cards))
    uses = dict.fromkeys((*line_uses(cards), *_named(cards)))
    return Page(f"{FOLDER}/{name}.js", "search-items", ItemsPlan(name, items, about), tuple(uses))


def _directory(names: Names, about: About) -> Page[DirectoryPlan]:
    """Plan the directory: every pair of Chinese characters with the areas that have it."""
    pairs = ((one + other, mask) for (one, other), mask in names.pairs.items() if is_chinese(one) and is_chinese(other))
    return Page(f"{FOLDER}/areas.js", "search-areas", DirectoryPlan(about, tuple(sorted(pairs))))


_DEPARTMENT, _TOPIC, _AUDIENCE = (BY_RECORD[record].name for record in (Department, Topic, Audience))


def _named(cards: Sequence[Card]) -> Iterator[Key]:
    yield from dict.fromkeys((_DEPARTMENT, card.department) for card in cards if card.department)
    named = dict.fromkeys(reference for card in cards for reference in card.references)
    yield from (reference for reference in named if reference[0] in (_TOPIC, _AUDIENCE))


def view(page: Page[SearchPlan], context: PageContext) -> SearchView:
    """Return the page."""
    groups = tuple(
        Group(
            letter,
            letter_of(letter),
            tuple(replace(line, facts=()) for line in lines_of(some, context, omit=("where",))),
        )
        for letter, some in by_letter(context.cards(page.plan.items))
        if some
    )  # without facts: kept light
    head = Head(context.words["search"], context.words["search_title"], column=context.words["search"])
    return SearchView(head, (page.plan.data,), Listing(groups))


def items_view(page: Page[ItemsPlan], context: PageContext) -> DataView:
    """Return items as the script reads them."""
    items = page.plan.items
    grouping: dict[str, type[Topic | Audience]] = {_TOPIC: Topic, _AUDIENCE: Audience}
    names = {(kind, id): context.get(grouping[kind], id).name for kind, id in page.uses if kind in grouping}
    departments = {id: context.get(Department, id) for kind, id in page.uses if kind == _DEPARTMENT}
    where_in = places_in_words(context)
    entries = (
        _entry(item, card, departments.get(card.department), where_in(card.where, card.department), names, context)
        for item, card in zip(items, context.cards(item.id for item in items), strict=True)
    )
    return _data({page.plan.name: table_of(Entry._fields, entries, SHARED)}, page.plan.about)


def directory_view(page: Page[DirectoryPlan], context: PageContext) -> DataView:
    """Return in which areas pairs of characters occur."""
    return _data({"pairs": {pair: f"{mask:x}" for pair, mask in page.plan.pairs}}, page.plan.about)


def characters_view(page: Page[CharactersPlan], context: PageContext) -> DataView:
    """Return what is known of the characters in use."""
    used, unusual = page.plan.used, page.plan.unusual
    value = {
        "read": by_reading(used, unusual),
        "also": by_syllable(OTHER_READINGS),
        "traditional": traditional_forms(used),
    }
    return DataView((("characters", json_of(value)),), (LETTERS_SCRIPT,))


def speech_view(page: Page[SpeechPlan], context: PageContext) -> DataView:
    """Return how people speak of the matters of the site."""
    return DataView((("speech", json_of(packed_speech(page.plan))),), (MATTERS_SCRIPT,))


def packed_speech(plan: SpeechPlan) -> dict[str, object]:
    """Return what `MATTERS_SCRIPT` reads."""
    alphabet = Alphabet.of(chain(plan.variants, plan.classes, *(texts for _, *texts in plan.matters), *plan.people))
    packed = alphabet.packed
    return {
        "common": alphabet.common,
        "gaps": alphabet.gaps,
        "variants": [*map(packed, plan.variants)],
        "classes": [*map(packed, plan.classes)],
        "lists": table_of(FoundList._fields, plan.lists),
        "matters": table_of(SpokenMatter._fields, ((areas, *map(packed, texts)) for areas, *texts in plan.matters)),
        "people": table_of(SpokenPeople._fields, (tuple(map(packed, texts)) for texts in plan.people)),
    }


def _data(values: Mapping[str, object], about: About | None = None) -> DataView:
    """Return the content of a data file. The first file of a site has `about`, and embeds the scripts."""
    if about is None:
        return DataView(tuple((name, json_of(value)) for name, value in values.items()))
    described = {
        "synonyms": about.synonyms,
        "areas": table_of(NamedArea._fields, about.areas),
        "characters": about.characters,
        "speech": about.speech,
        "texts": about.texts,
        "ways": about.ways,
        "papers": about.papers,
        **({"events": about.events} if about.events else {}),
    }
    named = {"about": described, **values}
    return DataView(tuple((name, json_of(value)) for name, value in named.items()), SCRIPTS)


def _entry(
    item: FoundItem,
    card: Card,
    department: Department | None,
    where: str,
    names: Mapping[Key, str],
    context: PageContext,
) -> Entry:
    details = card.details
    time, fee = facts_in_brief(card, context)
    return Entry(
        id=card.id,
        title=card.title,
        name=card.name if card.name != card.title else "",
        summary=card.summary,
        aliases=tuple(filter(None, (*details.aliases, details.name_en))),
        everyday=item.everyday,
        area=item.area,
        department=(department.short or department.name) if department else "",
        topics=tuple(names[_TOPIC, id] for id in card.topics),
        audiences=tuple(names[_AUDIENCE, id] for id in card.audiences),
        time=time,
        fee=fee,
        where=where,
        matters=item.matters,
    )


FAMILY = PageFamily(
    plan,
    (
        PageKind("search", view, "search.html", "search"),
        PageKind("search-items", items_view, "data.js", "data"),
        PageKind("search-areas", directory_view, "data.js", "data"),
        PageKind("search-characters", characters_view, "data.js", "data"),
        PageKind("search-matters", speech_view, "data.js", "data"),
        search_texts.KIND,
        *finder.KINDS,
    ),
    (finder.SECTION,),
)
