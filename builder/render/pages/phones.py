"""All phones and counters of the site: each number once, with all places that give it; and the sheet of a call round.

Numbers stand by area and, within it, by office, place and community. A number of several areas stands in none. The sheet
is for whoever calls each number once a year to see that it still is the right one; it has those without a number, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, NamedTuple

from builder.content.card import Card
from builder.content.model.companions import Department, Place, PlaceKind
from builder.content.model.contacts import Phone
from builder.content.site import Site
from builder.context import Frame, Words
from builder.guide import Call, call
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, pager_of
from builder.render.stamp import Stamp, stamp_of_lines
from builder.wording.joining import enumerated, joined, labelled

ADDRESS = "phones.html"
ITEMS = 5  # of a number's items so many are named, and the rest counted

# Where a number stands: the first of these that gives it. The names are those of words, too.
SORTS = ("phones_of_site", "phones_of_units", "phones_of_places", "phones_of_communities", "phones_of_items")
SITE, UNITS, PLACES, COMMUNITIES, IN_ITEMS = SORTS


class Owner(NamedTuple):
    """A place where a number is given: the address and name of its page, what of it, and what stands beside the number.

    `of` is a counter, a branch or an office, and `for_complaints` tells that one complains there.
    """

    url: str
    name: str
    of: str = ""
    label: str = ""
    hours: str = ""
    for_complaints: bool = False


class PhoneLine(NamedTuple):
    """A number with all places that give it; or "", with counters of one place, or an office or place, of which none is known."""

    number: str
    owners: tuple[Owner, ...]
    items: tuple[tuple[str, str], ...] = ()  # addresses and titles of items that give it
    more: int = 0  # and how many there are besides
    on_sheet_only: bool = False


Group = tuple[str, str]  # the id of an area, "" for none, and a sort


@dataclass(frozen=True, slots=True)
class PhonesPlan:
    """The numbers of one page, by area and sort; `sheets` are the areas that have a sheet."""

    portion: Portion[Group, PhoneLine]
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """The numbers of one sheet of an area ("" for none) by sort."""

    area: str
    portion: Portion[str, PhoneLine]


@dataclass(frozen=True, slots=True)
class ShownOwner:
    """A place that gives a number, in words."""

    url: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A number as shown, None where none is known, with its owners and the items that give it."""

    call: Call | None
    owners: tuple[ShownOwner, ...]
    items: tuple[tuple[str, str], ...]
    more: str


@dataclass(frozen=True, slots=True)
class AreaPhones:
    """The numbers of an area by sort; id and heading are "" for those of none. `sheet` is the address of its sheet."""

    id: str
    heading: str
    sheet: str
    groups: tuple[tuple[str, tuple[ShownLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class PhonesView:
    """One page of the list."""

    head: Head
    areas: tuple[AreaPhones, ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class SheetView:
    """The sheet of an area, to call round."""

    head: Head
    back: str
    groups: tuple[tuple[str, tuple[ShownLine, ...]], ...]
    pager: Pager | None
    stamp: Stamp


class Given(NamedTuple):
    """A number that a place, a department or the site gives, "" where none is known."""

    area: str
    sort: str
    number: str
    owner: Owner
    on_sheet_only: bool = False


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the list, and where the site prints guides the sheet of each area; nothing where no number is known."""
    groups = _grouped(site, frame)
    shown = [(group, [line for line in lines if not line.on_sheet_only]) for group, lines in groups]
    if not any(lines for _, lines in shown):
        return
    by_area = {area: tuple(some) for area, some in groupby(groups, lambda group: group[0][0])}
    sheets = tuple(by_area) if site.settings.print_guides else ()
    for portion in cut(shown):
        yield Page(portion.address(ADDRESS), "phones", PhonesPlan(portion, sheets))
    for area in sheets:
        for part in cut((sort, lines) for (_, sort), lines in by_area[area]):
            yield Page(part.address(_sheet(area)), "print-phones", SheetPlan(area, part))


def areas_with_sheets(site: Site, frame: Frame) -> list[str]:
    """Return the areas that have a sheet, "" for that of numbers of no single area."""
    return list(dict.fromkeys(area for (area, _), _ in _grouped(site, frame))) if _is_there(site) else []


def _sheet(area: str) -> str:
    return f"print/phones/{area}.html" if area else "print/phones.html"


def _given(site: Site) -> Iterator[Given]:
    """Yield every number of the site but those of items, with where it stands."""
    settings = site.settings
    yield from _of_phones("", SITE, Owner("index.html", settings.name), settings.phones)
    if settings.supervision:
        yield from _of_phones(
            "", SITE, Owner("index.html", settings.name, for_complaints=True), settings.supervision.phones
        )
    for department in site.all(Department):
        record: Department = department.record
        url = f"departments/{department.id}.html" if department.id in site.by_department else ""
        owner = Owner(url, record.name)
        yield from _of_phones(record.area or "", UNITS, owner, record.phones)
        for office in record.offices:
            yield from _of_phones(record.area or "", UNITS, owner._replace(of=office.name), office.phones)
        if record.supervision:
            of = record.supervision.unit if record.supervision.unit != record.name else ""
            complaints = owner._replace(of=of, for_complaints=True)
            yield from _of_phones(record.area or "", UNITS, complaints, record.supervision.phones)
        if url and not (record.phones or any(office.phones for office in record.offices)):
            area = record.area or _area_of(site.by_department[department.id])
            yield Given(area, UNITS, "", owner, on_sheet_only=True)
    for place in site.all(Place):
        yield from _of_place(place.id, place.record)


def _is_there(site: Site) -> bool:
    """Tell whether the list has anything to tell."""
    given = any(not one.on_sheet_only for one in _given(site))
    return given or any(card.details.numbers for card in site.offered)


def _named_in_items(site: Site) -> dict[str, list[Card]]:
    """Return the offered items that give each number."""
    named: dict[str, list[Card]] = {}
    for card in site.offered:
        for number in {number: None for _, number in card.details.numbers}:
            named.setdefault(number, []).append(card)
    return named


def _of_place(id: str, place: Place) -> Iterator[Given]:
    area, owner = place.area or "", Owner(f"places/{id}.html", place.name)
    sort = COMMUNITIES if place.kind in (PlaceKind.COMMUNITY, PlaceKind.VILLAGE) else PLACES
    yield from _of_phones(area, sort, owner, place.phones)
    for window in place.windows:
        of = f"{window.name}（{window.number}）" if window.number else window.name
        yield from _of_phones(area, sort, owner._replace(of=of), window.phones)
        if not window.phones:
            yield Given(area, sort, "", owner._replace(of=of))
    for branch in place.branches:
        own = owner._replace(of=branch.name)
        yield from _of_phones(area, sort, own, branch.phones)
        if not branch.phones:
            yield Given(area, sort, "", own, on_sheet_only=True)
    if not (place.phones or place.windows or place.branches):
        yield Given(area, sort, "", owner, on_sheet_only=True)


def _area_of(cards: Iterable[Card]) -> str:
    """Return the area of items, "" where they are of several."""
    areas = {card.area for card in cards}
    return areas.pop() if len(areas) == 1 else ""


def _of_phones(area: str, sort: str, owner: Owner, phones: Iterable[Phone]) -> Iterator[Given]:
    for phone in phones:
        yield Given(area, sort, phone.number, owner._replace(label=phone.label, hours=phone.hours))


def _grouped(site: Site, frame: Frame) -> list[tuple[Group, list[PhoneLine]]]:
    """Return each number once, by the area and the sort of the first place that gives it; last those that only items give."""
    by_number: dict[str, list[Given]] = {}
    without: dict[tuple[str, str, Owner], list[Given]] = {}  # by area and sort; counters of a place stand together
    for one in sorted(_given(site), key=lambda one: SORTS.index(one.sort)):
        if one.number:
            by_number.setdefault(one.number, []).append(one)
        else:
            area = one.area if one.area in frame.areas else ""
            owner = one.owner if one.on_sheet_only else one.owner._replace(of="")
            without.setdefault((area, one.sort, owner), []).append(one)
    order = ("", *frame.areas)
    grouped: dict[Group, list[PhoneLine]] = {(area, sort): [] for area in order for sort in SORTS}
    in_items = _named_in_items(site)
    for number in dict.fromkeys((*by_number, *in_items)):
        given, cards = by_number.get(number, []), in_items.get(number, [])
        sort = given[0].sort if given else IN_ITEMS
        areas = {*(one.area for one in given), *(card.area for card in cards)} - {""}
        area = areas.pop() if len(areas) == 1 and sort != SITE else ""
        owners = tuple({one.owner[1:]: one.owner for one in reversed(given)}.values())[::-1]
        items = tuple((card.url, card.title) for card in cards[:ITEMS])
        line = PhoneLine(number, owners, items, max(0, len(cards) - ITEMS))
        grouped[area if area in frame.areas else "", sort].append(line)
    for (area, sort, _), unreached in without.items():
        owners = tuple(one.owner for one in unreached)
        grouped[area, sort].append(PhoneLine("", owners, on_sheet_only=unreached[0].on_sheet_only))
    return [(group, lines) for group, lines in grouped.items() if lines]


def view(page: Page[PhonesPlan], context: PageContext) -> PhonesView:
    """Return one page of the list."""
    portion, words, names = page.plan.portion, context.words, context.frame.areas
    areas = []
    for area, stretches in groupby(portion.stretches, lambda stretch: stretch.group[0]):
        groups = tuple(
            (
                continued_in_words(words[stretch.group[1]], words, continued=stretch.continued),
                tuple(_line(line, context) for line in stretch.lines),
            )
            for stretch in stretches
        )
        heading = names[area] if area else words["phones_of_several"] if names else ""
        areas.append(AreaPhones(area, heading, _sheet(area) if area in page.plan.sheets else "", groups))
    begins: dict[str, int] = {}
    for (area, _), number in portion.starts:
        begins.setdefault(area, number)
    jumps = tuple(
        Jump("" if number == portion.number else portion.address(ADDRESS, number), area, names[area])
        for area, number in begins.items()
        if area
    )
    title, pager = words["phones"], pager_of(portion, ADDRESS)
    head = numbered(Head(title, words["summary_phones"], column=title), pager, words)
    return PhonesView(head, tuple(areas), jumps, pager)


def _line(line: PhoneLine, context: PageContext) -> ShownLine:
    words = context.words
    alike: dict[Owner, list[Owner]] = {}  # what is the same of several counters of a place
    for one in line.owners:
        alike.setdefault(one._replace(of=""), []).append(one)
    owners = tuple(ShownOwner(one.url, one.name, _about(one, some, words)) for one, some in alike.items())
    more = words["phones_more_items"].format(n=line.more) if line.more else ""
    return ShownLine(call(Phone(number=line.number), words) if line.number else None, owners, line.items, more)


def _about(owner: Owner, counters: Iterable[Owner], words: Words) -> str:
    complaints = words["supervision"] if owner.for_complaints else ""
    of = enumerated((one.of for one in counters if one.of), words)
    return joined((of, complaints, owner.label, owner.hours), words)


def sheet_view(page: Page[SheetPlan], context: PageContext) -> SheetView:
    """Return the sheet of an area."""
    plan, words = page.plan, context.words
    groups = tuple(
        (
            continued_in_words(words[stretch.group], words, continued=stretch.continued),
            tuple(_line(line, context) for line in stretch.lines),
        )
        for stretch in plan.portion.stretches
    )
    told = chain.from_iterable(_told(line) for _, lines in groups for line in lines)
    area = context.frame.areas.get(plan.area, "")
    pager = pager_of(plan.portion, _sheet(plan.area))
    title = words["phones_title"]
    if pager and pager.number > 1:
        title = words["numbered_page"].format(title=title, n=pager.number)
    return SheetView(
        Head(title, labelled(area, title, words), area=area),
        ADDRESS,
        groups,
        pager,
        stamp_of_lines(told, page.url, context),
    )


def _told(line: ShownLine) -> Iterator[str]:
    yield line.call.shown if line.call else ""
    yield from (f"{owner.name}{owner.about}" for owner in line.owners)
    yield from (title for _, title in line.items)
    yield line.more


FAMILY = PageFamily(
    plan,
    (
        PageKind("phones", view, "phones.html", "index"),
        PageKind("print-phones", sheet_view, "print/phones.html", "sheet", indexed=False, printed=True),
    ),
    (Section("phones", ADDRESS, _is_there),),
)
