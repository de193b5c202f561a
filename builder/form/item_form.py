"""The form of an item: sections of labelled cells and tables, each cell with the key path of its field in the item.

How it comes home: a cell is known by its path, or else by the labels around it. A cell whose text is the one that the form
of the item has now did not change; any other text is read by `spelling.value_of`. A row is known by the path of its
record. A row without one is new: its number says where it belongs (2.1 is the first in the second), or else the row above.
A new row has paths with `BLANK` in the place of the position. What stands in a cell for further fields is read by label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from builder.content.fields import Absence, Record, declared, listed
from builder.content.model.item import Item, Procedure, Variant
from builder.content.model.materials import Material
from builder.content.source import Raw
from builder.form.layout import (
    ALWAYS_BELOW,
    BELOW,
    CASES,
    COLUMNS,
    MARKS,
    OF_A_CASE,
    OTHERS,
    REST,
    SECTIONS,
    USUAL,
    USUAL_OF_A_CASE,
    WITH_REST,
    Column,
)
from builder.form.placed_records import TARGETS, PlacedRecord, Targets, placed_records
from builder.form.record_names import Names
from builder.form.slots import Kind, Slot, slots, slots_by_keys
from builder.form.spelling import NAMED, entries, text_in
from builder.support.diagnostics import KeyPath

NUMBERED, OF_STEP = "序号", "哪一步"  # the headings of numbers: of a record itself, of the one to which it belongs
BLANK = "+"  # in a path, what has no position yet; +2 is the second of these


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of an item: its path, its label here, its text ("" is not known), and what can be chosen, () for any text."""

    path: KeyPath
    label: str
    text: str
    slot: Slot
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its cell, or a record with the cells of its fields, at `path`."""

    path: KeyPath
    label: str
    hint: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a table: its number, the mark of what it holds ("" for none), its cells by column, and its further ones.

    Of a record that belongs to another one, as a branch to a step, `number` is that of the other.
    """

    path: KeyPath
    number: str
    mark: str
    columns: tuple[tuple[Cell, ...], ...]
    rest: tuple[Cell, ...] = ()
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of records at `path`; `numbered` is the heading of their numbers. `more` are labels for the last column."""

    path: KeyPath
    label: str
    hint: str
    numbered: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldsBlock:
    """Fields below each other."""

    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class MoreBlock:
    """A cell for lines of further fields, whose `labels` the form does not have. `path` is that of their record."""

    path: KeyPath
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form. `case` is the path of the case that it is of, () for the item."""

    heading: str
    case: KeyPath
    blocks: tuple[TableBlock | FieldsBlock | MoreBlock, ...]


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form of an item."""

    sections: tuple[Section, ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells."""
        for section in self.sections:
            for block in section.blocks:
                yield from cells_of(block)


def cells_of(block: TableBlock | FieldsBlock | MoreBlock) -> Iterator[Cell]:
    """Yield the cells of a block."""
    match block:
        case FieldsBlock(rows=fields):
            yield from (cell for field in fields for cell in field.cells)
        case TableBlock(rows=rows):
            yield from (cell for row in rows for cells in (*row.columns, row.rest) for cell in cells)
        case MoreBlock():
            return


def item_form(item: Item, raw: Mapping[str, Raw], names: Names) -> ItemForm:
    """Return the form of `item`, whose plain values are `raw`."""
    own = _PartForm(item, raw, (), USUAL, names)
    cases = entries(item.variants, raw.get(CASES))
    of_cases = [_case_section(cast("Variant", variant), its, at, names) for at, (variant, its) in enumerate(cases)]
    sections = [Section(heading, (), tuple(own.blocks(keys))) for heading, keys in SECTIONS]
    left = [key for key in declared(Item) if key != CASES and key not in own.shown]
    last = Section(OTHERS, (), (*own.blocks(left), own.more()))
    return ItemForm((*sections, *of_cases, _blank_case(names), last))


def _case_section(variant: Variant, raw: Raw, at: int, names: Names) -> Section:
    path: KeyPath = (CASES, at)
    part = _PartForm(variant, raw if isinstance(raw, dict) else {}, path, USUAL_OF_A_CASE, names)
    keys = [*OF_A_CASE, *(key for _, keys in SECTIONS for key in keys if key in declared(Procedure))]
    keys += [key for key in declared(Variant) if key not in keys]
    return Section(f"情形：{variant.name}", path, (*part.blocks(keys), part.more()))


def _blank_case(names: Names) -> Section:
    path: KeyPath = (CASES, f"{BLANK}1")
    blank = Variant.model_construct(_fields_set=set(), id="", name="")
    part = _PartForm(blank, {}, path, USUAL_OF_A_CASE, names)
    return Section("再加一种情形（不加就空着）", path, tuple(part.blocks(("name", "when", "materials"))))


class _PartForm:
    """The form of an item, or of a case of it: the blocks of its fields, those asked for first before the others."""

    def __init__(
        self, part: Procedure, raw: Mapping[str, Raw], path: KeyPath, usual: frozenset[tuple[str, ...]], names: Names
    ) -> None:
        self._part = part
        self._raw = raw
        self._path = path
        self._usual = usual
        self._names = names
        self._slots: dict[str, list[Slot]] = {}
        for slot in slots(type(part)):
            self._slots.setdefault(slot.keys[0], []).append(slot)
        self._targets = Targets(listed(getattr(part, "steps", None)))
        self._left_out: list[str] = []
        self.shown: set[str] = set()

    def blocks(self, keys: Sequence[str]) -> Iterator[TableBlock | FieldsBlock]:
        """Yield the blocks of the fields with these keys, as far as they are usual or known."""
        rows: list[FieldRow] = []
        for key in keys:
            if key not in self._slots:
                continue
            self.shown.add(key)
            if _has_table(self._slots[key]):
                tables = list(self._tables(self._slots[key][0]))
                if tables and rows:
                    yield FieldsBlock(tuple(rows))
                    rows = []
                yield from tables
            elif row := self._row(key):
                rows.append(row)
        if rows:
            yield FieldsBlock(tuple(rows))

    def more(self) -> MoreBlock:
        """Return the cell for what has no cell yet."""
        return MoreBlock(self._path, tuple(self._left_out))

    def _text(self, slot: Slot) -> str:
        return text_in(self._part, self._raw if isinstance(self._raw, dict) else {}, slot, self._names)

    def _row(self, key: str) -> FieldRow | None:
        """Return the row of a field that is no table, None if it is neither usual nor known."""
        field = declared(type(self._part))[key]
        cells = []
        for slot in self._slots[key]:
            text = self._text(slot)
            if text or slot.keys in self._usual:
                label = slot.field.label if len(slot.keys) > 1 else ""
                cells.append(Cell((*self._path, *slot.keys), label, text, slot, slot.choices if slot.is_closed else ()))
            else:
                self._left_out.append(slot.label)
        if not cells:
            return None
        hint = cells[0].slot.hint if not cells[0].label else field.description
        return FieldRow((*self._path, key), field.label, hint, tuple(cells))

    def _tables(self, slot: Slot) -> Iterator[TableBlock]:
        key = slot.keys[0]
        value = getattr(self._part, declared(type(self._part))[key].attribute, None)
        if not value and slot.keys not in self._usual:
            self._left_out.append(slot.label)
            return
        path: KeyPath = (*self._path, key)
        main = slot.field.records[0]
        placed = list(placed_records(listed(value), self._raw.get(key), path))
        rows = [self._record_row(*one) for one in placed]
        if isinstance(value, Absence):
            rows = [_absent(path, slot, value, len(COLUMNS[main]))]
        few = rows or not self._part.model_fields_set
        rows += [self._blank_row(main, path, n) for n in range(1, 2 if few else 3)]
        yield _table(path, slot.label, slot.hint, NUMBERED, main, rows)
        for below, title in BELOW.get(main, {}).items():
            yield from self._table_below(main, below, title, path, placed)

    def _table_below(
        self, main: type[Record], key: str, title: str, path: KeyPath, placed: Sequence[PlacedRecord]
    ) -> Iterator[TableBlock]:
        """Yield the table of what the records of another table hold, if any does."""
        field = declared(main)[key]
        inner = field.records[0]
        rows = []
        for record, raw, at, number, _ in placed:
            value = getattr(record, field.attribute)
            raws = entries(value, raw.get(key) if isinstance(raw, dict) else None)
            rows += [self._record_row(one, its, (*at, key, index), number, "") for index, (one, its) in enumerate(raws)]
        if rows or (placed and key in ALWAYS_BELOW):
            rows.append(replace(self._blank_row(inner, (*path, BLANK, key), 1), number=""))
            yield _table((*path, BLANK, key), title, field.description, OF_STEP, inner, rows)

    def _record_row(self, record: Record, raw: Raw, path: KeyPath, number: str, mark: str) -> Row:
        kind = type(record)
        known = {slot.keys: text_in(record, raw, slot, self._names) for slot in slots(kind)}
        columns = self._columns(kind, path, known)
        held = (*MARKS.get(kind, {}), *BELOW.get(kind, {}))
        shown = {cell.slot.keys for cells in columns for cell in cells}
        rest = tuple(
            self._cell(path, slot, known[slot.keys])
            for slot in slots(kind)
            if known[slot.keys] and slot.keys not in shown and slot.keys[0] not in held
        )
        return Row(path, number, mark, columns, rest)

    def _blank_row(self, kind: type[Record], path: KeyPath, n: int) -> Row:
        at: KeyPath = (*path, f"{BLANK}{n}")
        return Row(at, "", "", self._columns(kind, at, {}), is_blank=True)

    def _columns(
        self, kind: type[Record], path: KeyPath, known: Mapping[tuple[str, ...], str]
    ) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells of a row by column. `known` are their texts by key."""
        columns = []
        for column in COLUMNS[_main(kind)]:
            found = _in_column(column, kind, known)
            labels = column.labels if column.labels and found else ("",) * len(found)
            cells = (self._cell(path, one, known.get(one.keys, "")) for one in found)
            columns.append(tuple(replace(cell, label=label) for cell, label in zip(cells, labels, strict=True)))
        return tuple(columns)

    def _cell(self, path: KeyPath, slot: Slot, text: str) -> Cell:
        choices = slot.choices if slot.is_closed else ()
        if slot.field in TARGETS:
            text, choices = self._targets.shown(text), self._targets.choices
        return Cell((*path, *slot.keys), slot.label, text, slot, choices)


def _has_table(found: Sequence[Slot]) -> bool:
    return found[0].kind is Kind.RECORDS and len(found) == 1 and found[0].field.records[0] in COLUMNS


def _main(kind: type[Record]) -> type[Record]:
    """Return the record whose columns the table has in which a record of this kind stands."""
    return kind if kind in COLUMNS else Material


def _in_column(column: Column, kind: type[Record], known: Mapping[tuple[str, ...], str]) -> list[Slot]:
    """Return the cells of a column in a row. A record that has a name, or names another, shows one of both."""
    by_keys = slots_by_keys(kind)
    found = [by_keys[keys] for one in column.keys if (keys := tuple(one.split("."))) in by_keys]
    if kind in NAMED and {slot.keys[0] for slot in found} == {*NAMED[kind]}:
        return [next((slot for slot in found if known.get(slot.keys)), found[0])]
    return found


def _absent(path: KeyPath, slot: Slot, absence: Absence, columns: int) -> Row:
    """Return the row that states that there is nothing."""
    cell = Cell(path, "", absence.label, slot)
    return Row((*path, f"{BLANK}0"), "", "", ((cell,), *((),) * (columns - 1)))


def _table(path: KeyPath, label: str, hint: str, numbered: str, kind: type[Record], rows: Sequence[Row]) -> TableBlock:
    columns = COLUMNS[kind]
    more = [
        slot.label
        for slot in slots(kind)
        if slot.keys not in _keys_of(columns) and slot.keys[0] not in BELOW.get(kind, {})
    ]
    if kind in WITH_REST or any(row.rest for row in rows):
        columns = (*columns, Column(REST, (), 100 - sum(column.width for column in columns)))
    return TableBlock(path, label, hint, numbered, columns, tuple(rows), tuple(more))


def _keys_of(columns: Sequence[Column]) -> set[tuple[str, ...]]:
    return {tuple(key.split(".")) for column in columns for key in column.keys}
