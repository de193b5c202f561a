"""Items in rows, for work in bulk: a sheet of items, one of their cases, and one for each kind of record in them.

How it comes home: a column is known by its heading, a row by the item and the key path at its beginning, which are locked.
A cell whose text is the one that the sheet of the item has now did not change; any other text is read by
`spelling.value_of`. A row without a path is new; one of which only the locked cells are left is to be removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from builder.content.fields import Absence, Record, declared, listed
from builder.content.model.item import Item, Procedure, Variant
from builder.content.model.materials import AnyOf, MaterialGroup
from builder.content.source import Raw
from builder.form.layout import BELOW, CASES, MARKS, OF_A_CASE, SECTIONS, USUAL, USUAL_OF_A_CASE
from builder.form.placed_records import TARGETS, PlacedRecord, Targets, placed_records
from builder.form.record_names import Names
from builder.form.slots import Kind, Slot, slots
from builder.form.spelling import entries, text_in
from builder.office.export.exported import ExportedItem
from builder.support.diagnostics import KeyPath

# The lists that have a sheet of their own; of others, a cell has a line for each record.
SHEETS: Mapping[str, str] = {
    "eligibility": "条件",
    "materials": "材料",
    "steps": "步骤",
    "places": "地点",
    "phones": "电话",
    "fees": "收费",
    "legal": "依据",
}
ITEMS, OF_CASES = "事项", "情形"
ID, NAME, AREA, DIGEST = "事项编号", "事项", "地区", "内容版本"
CASE, PATH, NUMBER, MARK, STEP = "情形", "位置", "序号", "类别", "哪一步"
SHARED = "材料名称"  # materials and groups of them have their names in one column


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, and what to write in it.

    `choices` are what can be chosen, and all that can be written where it is `closed`; columns with equal choices have
    the same `list`. Locked columns say of what a row is.
    """

    heading: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    closed: bool = False
    locked: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """A sheet with its rows, of which each has the texts of its cells by heading."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[Mapping[str, str], ...]


def item_sheets(items: Iterable[ExportedItem], names: Names, areas: Mapping[str, str]) -> list[ItemSheet]:
    """Return the sheets of `items`. `areas` are the names of areas by id."""
    sheets = _Sheets(names, areas)
    for exported in items:
        sheets.add(exported)
    return list(sheets.finished())


_Row = dict[str, str]  # the texts of a row by heading


class _Sheets:
    """Collects the rows of all sheets, item by item."""

    def __init__(self, names: Names, areas: Mapping[str, str]) -> None:
        self._names = names
        self._areas = areas
        self._rows: dict[str, list[_Row]] = {name: [] for name in (ITEMS, OF_CASES, *list_sheets())}

    def add(self, exported: ExportedItem) -> None:
        card, item, raw = exported.card, exported.item, exported.raw
        area = self._areas.get(card.area, card.area)
        self._rows[ITEMS].append({ID: card.id, AREA: area, DIGEST: exported.digest, **self._cells(item, raw)})
        self._add_lists(item, raw, {ID: card.id, NAME: item.name}, ())
        for at, (variant, its) in enumerate(entries(item.variants, raw.get(CASES))):
            assert isinstance(variant, Variant)  # noqa: S101 - as it is declared
            path: KeyPath = (CASES, at)
            of = {ID: card.id, NAME: item.name, CASE: variant.name}
            self._rows[OF_CASES].append(
                {ID: card.id, NAME: item.name, PATH: _dotted(path), **self._cells(variant, its)}
            )
            self._add_lists(variant, its if isinstance(its, dict) else {}, of, path)

    def finished(self) -> Iterator[ItemSheet]:
        """Yield the sheets. Columns that are usual or in use come first."""
        yield self._sheet(ITEMS, (ID, AREA, DIGEST), _part_columns(Item, self._names))
        yield self._sheet(OF_CASES, (ID, NAME, PATH), _part_columns(Variant, self._names))
        for name, records in list_sheets().items():
            yield self._sheet(name, (ID, NAME, CASE, PATH), _list_columns(name, records, self._names))

    def _sheet(self, name: str, locked: Sequence[str], columns: Sequence[tuple[SheetColumn, bool]]) -> ItemSheet:
        rows = tuple(self._rows[name])
        used = {heading for row in rows for heading in row}
        columns = sorted(columns, key=lambda pair: not (pair[1] or pair[0].heading in used))
        fixed = (SheetColumn(heading, locked=True) for heading in locked)
        return ItemSheet(name, (*fixed, *(column for column, _ in columns)), rows)

    def _cells(self, part: Procedure, raw: Raw) -> _Row:
        texts = ((slot.label, text_in(part, raw, slot, self._names)) for slot in part_slots(type(part)))
        return {heading: text for heading, text in texts if text}

    def _add_lists(self, part: Procedure, raw: Mapping[str, Raw], of: _Row, path: KeyPath) -> None:
        targets = Targets(listed(part.steps))
        for key, name in SHEETS.items():
            value, at = getattr(part, key), (*path, key)
            if isinstance(value, Absence):
                first = heading_of(*_list_slots(name)[0])
                self._rows[name].append({**of, PATH: _dotted(at), first: value.label})
            for placed in placed_records(listed(value), raw.get(key), at):
                self._rows[name].append(self._row(placed, of, NUMBER, targets))
                self._add_below(placed, of, targets)

    def _add_below(self, placed: PlacedRecord, of: _Row, targets: Targets) -> None:
        for key, title in BELOW.get(type(placed.record), {}).items():
            its = placed.raw.get(key) if isinstance(placed.raw, dict) else None
            for one in placed_records(getattr(placed.record, key), its, (*placed.path, key)):
                self._rows[title].append(self._row(one._replace(number=placed.number), of, STEP, targets))

    def _row(self, placed: PlacedRecord, of: _Row, number: str, targets: Targets) -> _Row:
        record, raw = placed.record, placed.raw
        row = {**of, PATH: _dotted(placed.path), number: placed.number}
        if placed.mark:
            row[MARK] = placed.mark
        for slot in row_slots(type(record)):
            if text := text_in(record, raw, slot, self._names):
                row[heading_of(type(record), slot)] = targets.shown(text) if slot.field in TARGETS else text
        return row


@cache
def list_sheets() -> Mapping[str, tuple[type[Record], ...]]:
    """Return the sheets of lists by name, with the records of their rows, the usual ones first."""
    sheets = {name: declared(Procedure)[key].records for key, name in SHEETS.items()}
    below = ((title, declared(record)[key].records) for record, keys in BELOW.items() for key, title in keys.items())
    return {**sheets, **dict(below)}


@cache
def part_slots(kind: type[Procedure]) -> tuple[Slot, ...]:
    """Return the cells of an item or a case that stand in its row, in the order of the form."""
    own = OF_A_CASE if kind is Variant else ()
    order = {key: at for at, key in enumerate((*own, *(key for _, keys in SECTIONS for key in keys)))}
    found = [slot for slot in slots(kind) if slot.keys[0] not in (*SHEETS, CASES)]
    return tuple(sorted(found, key=lambda slot: order.get(slot.keys[0], len(order))))


@cache
def row_slots(kind: type[Record]) -> tuple[Slot, ...]:
    """Return the cells of a record in its row: not those for records that have rows of their own."""
    held = {*MARKS.get(kind, {}), *BELOW.get(kind, {})}
    return tuple(slot for slot in slots(kind) if slot.keys[0] not in held)


def _list_slots(name: str) -> list[tuple[type[Record], Slot]]:
    return [(record, slot) for record in list_sheets()[name] for slot in row_slots(record)]


def heading_of(kind: type[Record], slot: Slot) -> str:
    """Return the heading of the column in which a cell of a record of this kind stands in its list."""
    return SHARED if slot.keys in (("group",), ("title",)) and kind in (AnyOf, MaterialGroup) else slot.label


def _part_columns(kind: type[Procedure], names: Names) -> list[tuple[SheetColumn, bool]]:
    """Return the columns of a sheet of items or cases, each with whether it is usual."""
    usual = USUAL_OF_A_CASE if kind is Variant else USUAL
    return [(_column(slot.label, slot, names), slot.keys in usual) for slot in part_slots(kind)]


def _list_columns(name: str, records: Sequence[type[Record]], names: Names) -> list[tuple[SheetColumn, bool]]:
    marks = dict.fromkeys(mark for record in records for mark in MARKS.get(record, {}).values())
    numbers = SheetColumn(STEP if name in BELOW_TITLES else NUMBER, "如 2；属于第 2 行的写 2.1、2.2")
    columns = {numbers.heading: numbers}
    if marks:
        columns[MARK] = SheetColumn(MARK, "这一行管着下面几行（序号 2 管着 2.1、2.2）时才选", tuple(marks), closed=True)
    for record, slot in _list_slots(name):
        heading = heading_of(record, slot)
        columns.setdefault(heading, _column(heading, slot, names))
    return [(column, True) for column in columns.values()]


BELOW_TITLES = frozenset(title for keys in BELOW.values() for title in keys.values())


def _column(heading: str, slot: Slot, names: Names) -> SheetColumn:
    choices = slot.choices
    if slot.kind is Kind.REFERENCE:
        choices = tuple(dict.fromkeys(names.all(slot.field.reference).values()))
    hint = slot.hint
    if slot.kind is Kind.RECORDS:
        labels = "、".join(one.label for one in slots(slot.field.records[0]))
        hint = f"{hint}{'。' if hint else ''}一条一行，各项用 ｜ 隔开：{labels}"
    elif slot.several:
        hint = f"{hint}{'。' if hint else ''}{'几样用、隔开' if slot.choices else '一条一行'}"
    wide = slot.kind is Kind.RECORDS or slot.several or slot.keys[-1] in _WIDE
    return SheetColumn(heading, hint, choices, slot.is_closed, wide=wide)


_WIDE = frozenset(
    {"name", "title", "summary", "do", "detail", "note", "text", "quote", "body", "obligations", "rights", "remedy"}
)


def _dotted(path: KeyPath) -> str:
    return ".".join(map(str, path))
