"""A table of materials or steps inside a guide: 序号, 材料名称, 份数, …"""

from __future__ import annotations

from collections.abc import Sequence

from builder.office.documents import Cell, Table
from builder.office.shapes.entries import trimmed
from builder.office.shapes.folding import fold
from builder.office.shapes.source_item import Entry
from builder.office.shapes.vocabulary import Vocabulary

_NUMBERS = ("序号", "no", "编号")


def entries_of_table(table: Table, vocabulary: Vocabulary) -> tuple[Entry, ...] | None:
    """Return the entries of a table with a header that the vocabulary knows, None for another table."""
    return entries_of_rows(table.grid, vocabulary)


def entries_of_rows(rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> tuple[Entry, ...] | None:
    """Return the entries of rows below a header, None if the first row is no header of materials or steps."""
    if len(rows) < 2:
        return None
    header = [cell.text for cell in rows[0]]
    for columns in (vocabulary.material_columns, vocabulary.step_columns):
        kinds = [columns.get(fold(text), "") for text in header]
        if "name" in kinds and all(kinds) and len(set(header)) > 1:
            named = kinds.index("name")
            return tuple(_entry(row, header, named) for row in rows[1:] if not row[named].is_empty)
    return None


def _entry(row: Sequence[Cell], header: Sequence[str], named: int) -> Entry:
    number = next((cell.text for label, cell in zip(header, row, strict=True) if fold(label) in _NUMBERS), "")
    details = tuple(
        (label.strip(), cell.text)
        for column, (label, cell) in enumerate(zip(header, row, strict=True))
        if column != named and fold(label) not in _NUMBERS and not cell.is_empty and cell is not row[named]
    )
    return Entry(trimmed(row[named].text), row[named].origin, number, details=details)
