"""我能办什么: a page that sorts the items by what a visitor says of herself, and what of each item is stated for it.

It never says that somebody may have something: what her words stand in comes first, what nobody stated is to be asked for,
and only where a guide states another 户口 or another certificate it is folded away. Without script it is the list of all items.

A large site has no such list: there the script reads the items of an area as the search has them, and beside them a file of what
is stated, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_letters, digits
from typing import Any, TypeAlias

from builder.content.card import Card
from builder.content.fields import Choice
from builder.content.model.companions import Area, Audience, LibraryMaterial
from builder.content.model.kinds import Key, key
from builder.content.model.whom import OLDEST, Ages, Family, Hukou, Income, Occupation, read_ages
from builder.content.site import Site
from builder.content.stated_for import StatedFor
from builder.context import Words
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageKind, Section
from builder.render.pages import events
from builder.render.pages.collection import COLLECTIONS, offering
from builder.render.pages.search_data import FOLDER, DataView, json_of
from builder.support.fingerprint import fingerprint

ADDRESS = "finder.html"
NAME = "finder"  # of the variable that holds what is stated; of an area of a large site, with its id behind it

CHOICES: Mapping[str, type[Choice]] = {"hukou": Hukou, "work": Occupation, "income": Income, "family": Family}

# Who gives the second answer fits what is stated as the first: a local 户口 is one of the city, too.
WIDER: Mapping[str, tuple[str, ...]] = {Hukou.CITY: (Hukou.LOCAL,), Income.LOW: (Income.LEAST,)}

# What somebody is who has a certificate, by what stands in its name. It leads to items only, never away from them.
MEANT: Mapping[str, tuple[str, Choice]] = {
    "低保": ("income", Income.LEAST),
    "低收入": ("income", Income.LOW),
    "失业": ("work", Occupation.UNEMPLOYED),
    "退休": ("work", Occupation.RETIRED),
    "残疾": ("family", Family.DISABLED),
}

Link: TypeAlias = tuple[str, str]  # an address and a name


@dataclass(frozen=True, slots=True)
class OfferedArea:
    """An area in which one may live: its id and name, and the areas whose items are for it, its own and those above."""

    id: str
    name: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedCertificate:
    """A certificate that one may have: its id, its name, and the answers that come with it."""

    id: str
    name: str
    means: str


@dataclass(frozen=True, slots=True)
class StatedPlan:
    """Items by their ids, and what is stated of each."""

    items: tuple[str, ...]
    stated: tuple[StatedFor, ...]


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """What is stated of the items of an area."""

    area: str
    stated: StatedPlan


@dataclass(frozen=True, slots=True)
class FinderPlan:
    """What is asked: only answers that make a difference for some item. `ages` are those at which a stated age begins or has ended.

    `stated` is what each item of the page states; a large site has neither on the page, and of its areas `only` is the only one.
    """

    areas: tuple[OfferedArea, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    certificates: tuple[OfferedCertificate, ...]
    ages: tuple[int, ...]
    ways: tuple[tuple[str, tuple[Link, ...]], ...]
    count: int
    stated: StatedPlan | None
    only: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question: what the address says, and what the page says."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class FinderView:
    """The page. `questions` are those answered by pressing, by the name of what they ask; `stated` is what `items` state."""

    head: Head
    plan: FinderPlan
    questions: Mapping[str, tuple[Answer, ...]]
    ages: tuple[Answer, ...]
    items: Sequence[Card]
    stated: str


def is_there(site: Site) -> bool:
    """Return whether there is anything to sort by."""
    return any(card.stated_packed for card in site.offered)


def plan(site: Site) -> Iterator[Page[Any]]:
    """Plan the page, and of a large site the data of each area; nothing where no item states anything."""
    if not is_there(site):
        return
    stated = {card.id: card.stated for card in site.offered}
    says = dict.fromkeys(pair for one in stated.values() for pair in one.says)
    of_page = None if site.is_large else _stated(site.offered, stated)
    facets = tuple(
        (facet, tuple(one.value for one in choice if _is_used(facet, one, says))) for facet, choice in CHOICES.items()
    )
    yield Page(
        ADDRESS,
        "finder",
        FinderPlan(
            areas=tuple(_areas(site)),
            facets=facets,
            certificates=tuple(_certificates(site, says)),
            ages=_ages(read_ages(value) for facet, value in says if facet == "age"),
            ways=tuple(_ways(site)),
            count=len(site.offered),
            stated=of_page,
            only=next(iter(site.by_area)) if site.is_large and len(site.by_area) == 1 else "",
        ),
        uses=(*(card.key for card in site.offered), *_certificates_in(of_page)) if of_page else (),
        column=ADDRESS,
    )
    for area, cards in site.by_area.items() if site.is_large else ():
        of_area = _stated(cards, stated)
        yield Page(f"{FOLDER}/{NAME}-{area}.js", "finder-data", AreaPlan(area, of_area), (*_certificates_in(of_area),))


def _stated(cards: Sequence[Card], stated: Mapping[str, StatedFor]) -> StatedPlan:
    return StatedPlan(tuple(card.id for card in cards), tuple(stated[card.id] for card in cards))


def _certificates_in(plan: StatedPlan) -> Iterator[Key]:
    named = dict.fromkeys(value for one in plan.stated for facet, value in one.says if facet == "certificates")
    return (key(LibraryMaterial, id) for id in named)


def _is_used(facet: str, choice: Choice, says: Mapping[tuple[str, str], None]) -> bool:
    """Return whether it makes a difference for an item: what is stated, and of 户口 and income where others are, too."""
    return (facet, choice.value) in says or (facet in ("hukou", "income") and any(facet == one for one, _ in says))


def _areas(site: Site) -> Iterator[OfferedArea]:
    for id in site.by_area if len(site.by_area) > 1 else ():
        line = [id]
        while (area := site.find(Area, line[-1])) and area.parent and area.parent not in line:
            line.append(area.parent)
        yield OfferedArea(id, site.area_name(id), tuple(one for one in line if one in site.by_area))


def _certificates(site: Site, says: Mapping[tuple[str, str], None]) -> Iterator[OfferedCertificate]:
    for one in site.all(LibraryMaterial):
        if not one.record.lasting:
            continue
        names = (one.record.name, *one.record.aliases)
        meant = [pair for word, pair in MEANT.items() if any(word in name for name in names) and pair in says]
        if meant or ("certificates", one.id) in says:
            yield OfferedCertificate(one.id, one.record.name, " ".join(f"{facet}={value}" for facet, value in meant))


def _ages(stated: Iterator[Ages]) -> tuple[int, ...]:
    borders = {border for ages in stated for border in (ages.least, ages.most + 1)}
    return tuple(sorted(border for border in borders if 0 < border <= OLDEST))


def _ways(site: Site) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield other ways to items, which need no script: by what happened, by people, by area."""
    lists = {collection.folder: collection for collection in COLLECTIONS if collection.record in (Audience, Area)}
    ways: dict[str, tuple[Link, ...]] = {"events": events.on_home(site)}
    for folder, collection in lists.items():
        if folder != "areas" or site.areas_shown:
            ways[folder] = tuple((f"{folder}/{one.id}.html", one.record.name) for one, _ in offering(site, collection))
    yield from ((folder, links) for folder, links in ways.items() if links)


def view(page: Page[FinderPlan], context: PageContext) -> FinderView:
    """Return the page."""
    plan, words = page.plan, context.words
    title = words["finder"]
    questions = {
        facet: tuple(Answer(value, words[_word("finder", facet, value)]) for value in values)
        for facet, values in plan.facets
    }
    bounds = (0, *plan.ages, OLDEST + 1)
    ages = tuple(Answer(str(least), ages_in_words(Ages("", least, end - 1), words)) for least, end in pairwise(bounds))
    return FinderView(
        Head(title, words["finder_summary"], column=title),
        plan,
        questions,
        ages if plan.ages else (),
        items=context.cards(plan.stated.items) if plan.stated else (),
        stated=_in_characters(plan.stated, context) if plan.stated else "",
    )


def area_view(page: Page[AreaPlan], context: PageContext) -> DataView:
    """Return what is stated of the items of an area."""
    return DataView(((f"{NAME}-{page.plan.area}", _in_characters(page.plan.stated, context)),))


def _in_characters(plan: StatedPlan, context: PageContext) -> str:
    """Return what is stated as JSON, each statement once; a character stands for it in its items, and for that all cases state a facet.

    `of` stands for these items, so that the script can tell others.
    """
    numbers: dict[tuple[str, ...], int] = {}

    def mark(*said: str) -> str:
        return _MARKS[numbers.setdefault(said, len(numbers))]

    items = [
        "".join((*(mark(*pair) for pair in one.says), *(mark(facet) for facet in one.narrow))) for one in plan.stated
    ]
    says = [_said(*pair, context) if len(pair) == 2 else pair for pair in numbers]
    return json_of({"of": fingerprint(" ".join(plan.items)), "says": says, "items": ",".join(items)})


_MARKS = ascii_letters + digits + "".join(map(chr, range(0x4E00, 0x9FA5)))


def _said(facet: str, value: str, context: PageContext) -> list[object]:
    """Return a statement: what it is about, how it is told, and the answers that fit it (of ages the first and the last)."""
    if facet == "age":
        ages = read_ages(value)
        return [facet, ages_in_words(ages, context.words), ages.least, ages.most]
    if facet == "certificates":
        return [facet, context.get(LibraryMaterial, value).name, value]
    choice = CHOICES[facet].of(value)
    return [facet, context.words[_word("told", facet, value)], *WIDER.get(choice, ()), value]


def _word(kind: str, facet: str, value: str) -> str:
    return f"{kind}_{facet}_{value}".replace("-", "_")


def ages_in_words(ages: Ages, words: Words) -> str:
    """Return ages as residents read them: 60岁以上, 女50岁以上."""
    sex, least, most = ages
    if most == OLDEST:
        text = words["ages_from"].format(n=least)
    elif least == 0:
        text = words["ages_under"].format(n=most + 1)
    else:
        text = words["ages_just" if least == most else "ages_between"].format(n=least, to=most)
    return {"": "", "f": words["ages_women"], "m": words["ages_men"]}[sex] + text


KINDS = (
    PageKind("finder", view, "finder.html", "finder"),
    PageKind("finder-data", area_view, "data.js", "data"),
)
SECTION = Section("finder", ADDRESS, is_there)
