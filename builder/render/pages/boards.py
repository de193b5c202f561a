"""Lists for the wall and the counter: the notice board (公示栏) of a department, and a card (速查卡) for each counter.

A board shows for each item what 政务公开 requires on the wall: materials, time, fee, counter and phone. A clerk keeps the
card at hand, because 首问责任制 requires whoever is asked first to answer or to refer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.content.brought import Asked, Brought, materials_in, unpacked_asked
from builder.content.card import Card, Stop
from builder.content.model.companions import Department, LibraryMaterial, Place, PlaceKind
from builder.content.model.contacts import Phone
from builder.content.model.kinds import Key, key
from builder.content.site import Site
from builder.context import Frame, Words
from builder.guide import Call, calls_of
from builder.guide.material_lines import is_shared
from builder.render.listing import Head, line_uses, where_in_words
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.stamp import Stamp, stamp_of_lines
from builder.wording.cards import fee_of_card, rounds_of_card, time_of_card
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note

FEW = 5  # a board of up to this many items is set in larger type
CELL = 40  # characters in which a cell says what holds in which case
BROUGHT = 8  # a cell names up to this many materials that all bring, and counts the rest
SOMETIMES = 3  # and at least this many that only some bring


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a board, each cell in words; "" is not known."""

    title: str
    name: str  # "" where it is the title
    notes: tuple[str, ...]  # the only times at which one can apply, and the only cases
    materials: tuple[str, ...]  # what all bring, and what only some do
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
    """What a board shows of an item that is not part of the digest of its card; `brings` as the card keeps it."""

    id: str
    brings: bytes
    at: tuple[Stop, ...]
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
    items = tuple(BoardItem(card.id, card.brings_packed, card.at, card.phones) for card in cards)
    uses = dict.fromkeys((of, *(used for card in cards for used in _used(card))))
    return Page(url, kind, BoardPlan(of[1], items), tuple(uses))


def _used(card: Card) -> Iterator[Key]:
    yield card.key
    if card.department:
        yield key(Department, card.department)
    yield from (key(Place, stop.place) for stop in card.at)
    yield from (key(LibraryMaterial, one.ref) for one in materials_in(card.brings_packed) if _asks_library(one))
    if not card.at:
        yield from line_uses((card,))


def _calls(page: Page[BoardPlan], context: PageContext) -> tuple[Call, ...]:
    of = page.plan.of
    unit = context.get(Department, of) if page.kind == "print-board" else context.get(Place, of)
    return calls_of(unit.phones, context.words) or context.frame.calls


def view(page: Page[BoardPlan], context: PageContext) -> BoardView:
    """Return what the sheets show."""
    id, items = page.plan.of, page.plan.items
    if page.kind == "print-board":
        department = context.get(Department, id)
        boards: tuple[Board, ...] = (Board("", tuple(_row(item, context) for item in items)),)
        unit, area, back = department.name, department.area or "", f"departments/{id}.html"
    else:
        place = context.get(Place, id)
        boards = tuple(_cards(id, place, items, context))
        unit, area, back = place.name, place.area or "", f"places/{id}.html"
    stamp = stamp_of_lines((line for board in boards for line in _lines(board)), page.url, context)
    title = context.words[f"{page.kind.removeprefix('print-')}_title"]
    head = Head(unit, labelled(title, unit, context.words))
    return BoardView(head, back, unit, context.frame.areas.get(area, ""), _calls(page, context), boards, stamp)


def _cards(id: str, place: Place, items: Sequence[BoardItem], context: PageContext) -> Iterator[Board]:
    """Yield a card for each counter that has items, in the order of the place, then one for items without a counter."""
    named = [window.name for window in place.windows]
    handled: dict[str, list[tuple[BoardItem, Stop]]] = {}
    for item in items:
        for stop in item.at:
            if stop.place == id:
                handled.setdefault(stop.window, []).append((item, stop))
    others = [window for window in handled if window and window not in named]
    for window in (*named, *others, ""):
        rows = tuple(_row(item, context, stop.cases) for item, stop in handled.get(window, ()))
        if rows:
            counter = next((counter for counter in place.windows if counter.name == window), None)
            calls = calls_of(counter.phones, context.words) if counter else ()
            rest = context.words["any_window"] if named else place.name
            yield Board(window or rest, rows, counter.number if counter else "", calls)


def _row(item: BoardItem, context: PageContext, cases: Sequence[str] = ()) -> Row:
    """Return an item; `cases` are those to which the board is limited, () for no limit."""
    card, words = context.card(item.id), context.words
    only = words["only_cases"].format(cases=enumerated(cases, words)) if cases else ""
    return Row(
        card.title,
        card.name if card.name != card.title else "",
        tuple(filter(None, (rounds_of_card(card, words), only))),
        tuple(_materials(unpacked_asked(item.brings), context)),
        time_of_card(card, words, CELL),
        fee_of_card(card, words, CELL),
        tuple(_where(item, card, context)),
        tuple(_phones(item, card, context)),
    )


def _where(item: BoardItem, card: Card, context: PageContext) -> Iterator[str]:
    for stop in item.at:
        name = joined((context.get(Place, stop.place).name, stop.window), context.words)
        yield labelled(enumerated(stop.cases, context.words), name, context.words)
    if not item.at and (where := where_in_words(context, card.where, card.department)):
        yield where


def _phones(item: BoardItem, card: Card, context: PageContext) -> Iterator[str]:
    """Yield the phones of the item, or else of a place, of the department, of the branches, of the site."""
    places = [context.get(Place, stop.place) for stop in item.at]
    department = context.get(Department, card.department) if card.department else None
    phones = tuple(Phone(number=number) for number in item.phones)
    phones = phones or next((place.phones for place in places if place.phones), ())
    phones = phones or (department.phones if department else ())
    branched = [place for place in places if any(branch.phones for branch in place.branches)]
    if branched and not phones:
        of_communities = all(place.kind is PlaceKind.COMMUNITY for place in branched)
        yield context.words["see_communities" if of_communities else "see_branches"]
        return
    yield from (call.shown for call in calls_of((phones or context.frame.settings.phones)[:2], context.words))


def _materials(brings: Sequence[Asked] | None, context: PageContext) -> Iterator[str]:
    """Yield what all bring, and what only some do; nothing if that is not known."""
    words = context.words
    told = [(_asked_in_words(asked, context), asked.of_some) for asked in brings or ()]
    of_all, of_some = (
        list(dict.fromkeys(name for name, some in told if name and some is only)) for only in (False, True)
    )
    if brings is not None and not of_all and not of_some:
        yield words["no_materials"]
    if of_all:
        yield _counted(of_all, BROUGHT, words)
    if of_some:
        names = _counted(of_some, max(SOMETIMES, BROUGHT - len(of_all)), words)
        yield words["sometimes_too" if of_all else "by_case"].format(names=names)


def _counted(names: Sequence[str], most: int, words: Words) -> str:
    """Return the first names, and how many there are if there are more. Names that hold a 、 are set apart by another mark."""
    some = names[:most]
    apart = any(words["list_separator"] in name for name in some)
    more = words["and_more"].format(n=len(names)) if len(names) > most else ""
    return (in_clauses if apart else enumerated)(some, words) + more


def _asked_in_words(asked: Asked, context: PageContext) -> str:
    """Return what is asked, "" if offices get all of it from each other: 居住证明（任选其一：产权证、租赁合同）."""
    words = context.words
    names = [_name(one, context) for one in asked.materials if not is_shared(one, context)]
    choices = [name for one in asked.any_of if (name := _asked_in_words(one, context))]
    if len(choices) <= 1:
        return (asked.title if names else "") or enumerated([*names, *choices], words)
    if not asked.title:
        return with_note(enumerated(choices, words), words["one_of"], words)
    return with_note(asked.title, labelled(words["one_of"], enumerated(choices, words), words), words)


def _asks_library(one: Brought) -> bool:
    return bool(one.ref) and (not one.name or one.shared is None)


def _name(one: Brought, context: PageContext) -> str:
    return one.name or context.get(LibraryMaterial, one.ref).name


def _lines(board: Board) -> Iterator[str]:
    yield f"{board.heading}{board.number}"
    for row in board.rows:
        yield "\n".join((row.title, row.name, *row.notes, *row.materials, row.time, row.fee, *row.where, *row.phones))


FAMILY = PageFamily(
    plan,
    (
        PageKind("print-board", view, "print/board.html", "sheet", indexed=False, printed=True, calls=_calls),
        PageKind("print-card", view, "print/card.html", "sheet", indexed=False, printed=True, calls=_calls),
    ),
)
