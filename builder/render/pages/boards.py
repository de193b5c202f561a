"""Lists for the wall and the counter: the notice board (公示栏) of a department, and the card (速查卡) of each window.

A board names for each item what 政务公开 asks to hang up: materials, time, fee, window and phone. A card is what a clerk
keeps at hand: 首问责任制 asks whoever is asked first to answer or to direct.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from builder.content.card import Card, Choice, Key
from builder.content.model.companions import Department, LibraryMaterial, Place
from builder.content.model.contacts import Phone
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.guide import Call, call, calls_of
from builder.render.listing import Head
from builder.render.page import Page
from builder.render.stamp import Stamp, stamp_of_lines

FEW = 5  # items of a board up to which its type is larger
BROUGHT = 8  # materials that a cell names; more are counted

Given: TypeAlias = tuple[str, tuple[Choice, ...], tuple[tuple[str, str], ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a board, each cell in words; "" is not lookup."""

    title: str
    name: str  # "" where it is the title
    materials: str
    time: str
    fee: str
    where: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A table with its heading; on a card `number` is the number of the window."""

    heading: str
    rows: tuple[Row, ...]
    number: str = ""
    calls: tuple[Call, ...] = ()

    @property
    def fit(self) -> str:
        """How large its type is: few items leave room."""
        return "roomy" if len(self.rows) <= FEW else "dense"


@dataclass(frozen=True, slots=True)
class BoardView:
    """The boards of one page: one of a department, or a card for each window of a place."""

    head: Head
    back: str  # the page to which the sheet belongs
    unit: str
    area: str
    calls: tuple[Call, ...]
    boards: tuple[Board, ...]
    stamp: Stamp


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan a board for each department that has items, and cards for each place with windows or items."""
    if not site.settings.print_guides:
        return
    for id, cards in site.by_department.items():
        yield _page(f"print/board/{id}.html", "print-board", ("department", id), cards, site)
    for place in site.of("place"):
        cards = site.by_place.get(place.id, ())
        if cards:
            yield _page(f"print/card/{place.id}.html", "print-card", place.key, cards, site)


def _page(url: str, kind: str, of: Key, cards: Sequence[Card], site: Site) -> Page:
    rows = tuple((card.id, card.brings, card.at, card.phones) for card in cards)
    uses = dict.fromkeys((of, *(key for card in cards for key in _used(card))))
    return Page(url, kind, uses=tuple(key for key in uses if key in site.known), given=(*of, rows))


def _used(card: Card) -> Iterator[Key]:
    yield card.key
    yield "department", card.department
    yield "area", card.area
    yield from (("place", place) for place, _ in card.at)
    yield from (("material", ref) for choice in card.brings for ref, _ in choice if ref)


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> BoardView:
    """Return what the sheets show."""
    _, id, given = cast("tuple[str, str, tuple[Given, ...]]", page.given)
    if page.kind == "print-board":
        department = lookup.record("department", id, Department)
        boards: tuple[Board, ...] = (Board("", tuple(_row(one, lookup, frame, words) for one in given)),)
        unit, area, phones, back = department.name, department.area or "", department.phones, f"departments/{id}.html"
    else:
        place = lookup.record("place", id, Place)
        boards = tuple(_cards(id, place, given, lookup, frame, words))
        unit, area, phones, back = place.name, place.area or "", place.phones, f"places/{id}.html"
    calls = calls_of(phones) or calls_of(frame.settings.phones)
    stamp = stamp_of_lines((line for board in boards for line in _lines(board)), page.url, frame, words)
    head = Head(unit, f"{words[page.kind.replace('print-', '') + '_title']}：{unit}")
    return BoardView(head, back, unit, frame.areas.get(area, ""), calls, boards, stamp)


def _cards(
    id: str, place: Place, given: Sequence[Given], lookup: Lookup, frame: Frame, words: Words
) -> Iterator[Board]:
    """Yield a card for each window that has items, in the order of the place; what names no window comes last."""
    named = [window.name for window in place.windows]
    others = dict.fromkeys(window for _, _, at, _ in given for to, window in at if to == id and window not in named)
    for window in (*named, *(other for other in others if other), ""):
        rows = tuple(_row(one, lookup, frame, words) for one in given if (id, window) in one[2])
        if rows:
            found = next((one for one in place.windows if one.name == window), None)
            calls = tuple(map(call, found.phones)) if found else ()
            yield Board(window or words["any_window"], rows, found.number if found else "", calls)


def _row(given: Given, lookup: Lookup, frame: Frame, words: Words) -> Row:
    id, brings, at, phones = given
    card = lookup.card(id)
    places = [(lookup.record("place", place, Place), window) for place, window in at]
    department = lookup.record("department", card.department, Department) if card.department else None
    calls = [call(Phone(number=number)) for number in phones]
    calls = calls or next(([*map(call, place.phones)] for place, _ in places if place.phones), [])
    calls = calls or [*map(call, department.phones if department else ())]
    branches = any(place.branches for place, _ in places)
    calls = calls or [*map(call, () if branches else frame.settings.phones)]
    return Row(
        card.title,
        card.name if card.name != card.title else "",
        _materials(brings, lookup, words),
        card.time,
        card.fee,
        tuple(f"{place.name}{'，' if window else ''}{window}" for place, window in places),
        tuple(one.shown for one in calls[:2]) or (words["see_branches"],) * branches,
    )


def _materials(brings: Iterable[Choice], lookup: Lookup, words: Words) -> str:
    names = list(dict.fromkeys(words["or"].join(_name(ref, name, lookup) for ref, name in choice) for choice in brings))
    more = words["and_more"].format(n=len(names)) if len(names) > BROUGHT else ""
    return "、".join(names[:BROUGHT]) + more


def _name(ref: str, name: str, lookup: Lookup) -> str:
    return name or lookup.record("material", ref, LibraryMaterial).name


def _lines(board: Board) -> Iterator[str]:
    yield f"{board.heading}{board.number}"
    for row in board.rows:
        yield "\n".join((row.title, row.name, row.materials, row.time, row.fee, *row.where, *row.phones))
