"""Exported items that come home without a document around them: what their form says, with some texts changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forms_world import World

from builder.editing import edited
from builder.form.item_form import BLANK, FieldsBlock, ItemForm, Row, TableBlock, item_form
from builder.office.export.exported import ExportedItem
from builder.office.returned.changes import Wishes, outcome_of
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.outcome import Outcome
from builder.office.returned.returned_item import ReturnedItem, ReturnedRecord, ReturnedTable
from builder.support.diagnostics import KeyPath

NO_WISHES = Wishes()
Rows = Callable[[list[ReturnedRecord]], list[ReturnedRecord]]


def home(
    exported: ExportedItem,
    world: World,
    cells: Mapping[KeyPath, str] = {},
    rows: Mapping[KeyPath, Rows] = {},
    *,
    fresh: bool = False,
) -> ReturnedItem:
    """Return what the form of an item says, with other texts in some cells, and the rows of some tables changed."""
    form = item_form(exported.item, exported.raw, world.names) if fresh else form_of(exported, world)
    tables: list[ReturnedTable] = []
    parts: dict[KeyPath, ReturnedRecord] = {}
    for section in form.sections:
        part = parts.setdefault(section.case, ReturnedRecord(section.case, {}))
        for block in section.blocks:
            if isinstance(block, FieldsBlock):
                found = {cell.slot.keys: cells.get(cell.path, cell.text) for row in block.rows for cell in row.cells}
                part = parts[section.case] = replace(part, cells={**part.cells, **found})
            elif isinstance(block, TableBlock):
                records = [_record(row, cells) for row in block.rows]
                tables.append(ReturnedTable(block.path, block.label, tuple(rows.get(block.path, list)(records))))
    own = parts.pop(())
    tables.append(ReturnedTable(("variants",), "情形", tuple(parts.values())))
    return ReturnedItem("表.docx", exported.card.id, exported.digest, own, tuple(tables))


def form_of(exported: ExportedItem, world: World) -> ItemForm:
    """Return the form of an item, made once."""
    if exported.card.id not in _FORMS:
        _FORMS[exported.card.id] = item_form(exported.item, exported.raw, world.names)
    return _FORMS[exported.card.id]


_FORMS: dict[str, ItemForm] = {}


def _record(row: Row, cells: Mapping[KeyPath, str]) -> ReturnedRecord:
    if row.path[-1] == f"{BLANK}0":
        ((cell,), *_) = row.columns
        return ReturnedRecord(row.path, {("name",): cells.get(cell.path, cell.text)})
    found = {cell.slot.keys: cells.get(cell.path, cell.text) for column in row.columns for cell in column}
    more = "\n".join(f"{cell.label}：{text}" for cell in row.rest if (text := cells.get(cell.path, cell.text)))
    return ReturnedRecord(row.path, found, "", row.number, row.mark, more, row.is_blank)


def outcome(exported: ExportedItem, world: World, returned: ReturnedItem, wishes: Wishes = NO_WISHES) -> Outcome:
    texts = ExportedTexts(exported.item, exported.raw, world.names)
    return outcome_of(returned, exported.card.file, texts, texts, wishes)


def file_after(exported: ExportedItem, data: bytes, found: Outcome) -> bytes:
    assert not found.errors, found.errors
    assert not found.conflicts
    return edited(exported.card.file, data, found.changes)
