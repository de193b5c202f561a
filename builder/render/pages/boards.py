"""Lists for the wall and the counter: the notice board (公示栏) of a department, and a card (速查卡) for each counter.

A board shows for each item what 政务公开 requires on the wall: materials, time, fee, counter and phone. A clerk keeps the
card at hand, because 首问责任制 requires whoever is asked first to answer or to refer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.content.card import Alternatives, Brought, Card
from builder.content.model.companions import Department, LibraryMaterial, Place
from builder.content.model.contacts import Phone
from builder.content.model.kinds import Key, key
from builder.content.site import Site
from builder.context import Frame
from builder.guide import Call, calls_of
from builder.guide.material_lines import is_shared
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.stamp import Stamp, stamp_of_lines
from builder.wording.cards import fee_of_card, rounds_of_card, time_of_card
from builder.wording.joining import enumerated, joined, labelled

FEW = 5  # a board of up to this many items is set in larger type
CELL = 40  # characters in which a cell says what holds in which case
BROUGHT = 8  # a cell names up to this many materials, and counts the rest


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a board, each cell in words; "" is not known."""

    title: str
    name: str  # "" where it is the title
    when: str  # the only times at which one can apply
    materials: str
    time: str
    fee: str
    where: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A table with its heading; on a card `number` is the number of the counter."""

    heading: str
    rows: tuple[Row, ...]
    number: str = ""
    calls: tuple[Call, ...] = ()

    @property
    def fit(self) -> str:
        """The CSS class of its type size: larger for few items."""
        return "roomy" if len(self.rows) <= FEW else "dense"


@dataclass(frozen=True, slots=True)
class BoardView:
    """The boards of one page: one of a department, or a card for each counter of a place."""

    head: Head
    back: str  # the page to which the sheet belongs
    unit: str
    area: str
    calls: tuple[Call, ...]
    boards: tuple[Board, ...]
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class BoardItem:
    """What a board shows of an item that is not part of the digest of its card."""

    id: str
    brings: tuple[Alternatives, ...]
    at: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """The items of a department or a place, whose id is `of`."""

    of: str
    items: tuple[BoardItem, ...]


def plan(site: Site, frame: Frame) -> Iterator[Page[BoardPlan]]:
    """Plan a board for each department that has items, and cards for each place with counters or items."""
    if not site.settings.print_guides:
        return
    for id, cards in site.by_department.items():
        yield _page(f"print/board/{id}.html", "print-board", key(Department, id), cards)
    for place in site.all(Place):
        cards = site.by_place.get(place.id, ())
        if cards:
            yield _page(f"print/card/{place.id}.html", "print-card", place.key, cards)


def _page(url: str, kind: str, of: Key, cards: Sequence[Card]) -> Page[BoardPlan]:
    items = tuple(BoardItem(card.id, card.brings, card.at, card.phones) for card in cards)
    uses = dict.fromkeys((of, *(used for card in cards for used in _used(card))))
    return Page(url, kind, BoardPlan(of[1], items), tuple(uses))


def _used(card: Card) -> Iterator[Key]:
    yield card.key
    if card.department:
        yield key(Department, card.department)
    yield from (key(Place, place) for place, _ in card.at)
    yield from (key(LibraryMaterial, one.ref) for choice in card.brings for one in choice if _asks_library(one))


def view(page: Page[BoardPlan], context: PageContext) -> BoardView:
    """Return what the sheets show."""
    id, items = page.plan.of, page.plan.items
    if page.kind == "print-board":
        department = context.get(Department, id)
        boards: tuple[Board, ...] = (Board("", tuple(_row(item, context) for item in items)),)
        unit, area, phones, back = department.name, department.area or "", department.phones, f"departments/{id}.html"
    else:
        place = context.get(Place, id)
        boards = tuple(_cards(id, place, items, context))
        unit, area, phones, back = place.name, place.area or "", place.phones, f"places/{id}.html"
    calls = calls_of(phones, context.words) or context.frame.calls
    stamp = stamp_of_lines((line for board in boards for line in _lines(board)), page.url, context)
    title = context.words[f"{page.kind.removeprefix('print-')}_title"]
    head = Head(unit, labelled(title, unit, context.words))
    return BoardView(head, back, unit, context.frame.areas.get(area, ""), calls, boards, stamp)


def _cards(id: str, place: Place, items: Sequence[BoardItem], context: PageContext) -> Iterator[Board]:
    """Yield a card for each counter that has items, in the order of the place, then one for items without a counter."""
    named = [window.name for window in place.windows]
    others = dict.fromkeys(window for item in items for to, window in item.at if to == id and window not in named)
    for window in (*named, *(other for other in others if other), ""):
        rows = tuple(_row(item, context) for item in items if (id, window) in item.at)
        if rows:
            counter = next((counter for counter in place.windows if counter.name == window), None)
            calls = calls_of(counter.phones, context.words) if counter else ()
            yield Board(window or context.words["any_window"], rows, counter.number if counter else "", calls)


def _row(item: BoardItem, context: PageContext) -> Row:
    card = context.card(item.id)
    places = [(context.get(Place, place), window) for place, window in item.at]
    department = context.get(Department, card.department) if card.department else None
    phones = tuple(Phone(number=number) for number in item.phones)
    phones = phones or next((place.phones for place, _ in places if place.phones), ())
    phones = phones or (department.phones if department else ())
    branches = any(place.branches for place, _ in places)
    phones = phones or (() if branches else context.frame.settings.phones)
    return Row(
        card.title,
        card.name if card.name != card.title else "",
        rounds_of_card(card, context.words),
        _materials(item.brings, context),
        time_of_card(card, context.words, CELL),
        fee_of_card(card, context.words, CELL),
        tuple(joined((place.name, window), context.words) for place, window in places),
        tuple(call.shown for call in calls_of(phones[:2], context.words))
        or (context.words["see_branches"],) * branches,
    )


def _materials(brings: Sequence[Alternatives], context: PageContext) -> str:
    """Return what is to be brought; "" if that is not known."""
    choices = [[_name(one, context) for one in choice if not is_shared(one, context)] for choice in brings]
    names = list(dict.fromkeys(context.words["or"].join(choice) for choice in choices if choice))
    if brings and not names:
        return context.words["no_materials"]
    more = context.words["and_more"].format(n=len(names)) if len(names) > BROUGHT else ""
    return enumerated(names[:BROUGHT], context.words) + more


def _asks_library(one: Brought) -> bool:
    return bool(one.ref) and (not one.name or one.shared is None)


def _name(one: Brought, context: PageContext) -> str:
    return one.name or context.get(LibraryMaterial, one.ref).name


def _lines(board: Board) -> Iterator[str]:
    yield f"{board.heading}{board.number}"
    for row in board.rows:
        yield "\n".join((row.title, row.name, row.when, row.materials, row.time, row.fee, *row.where, *row.phones))


FAMILY = PageFamily(
    plan,
    (
        PageKind("print-board", view, "print/board.html", "sheet", indexed=False, printed=True),
        PageKind("print-card", view, "print/card.html", "sheet", indexed=False, printed=True),
    ),
)
