"""Reads all sheets of a workbook that we exported, hidden rows, columns and sheets too: who hides does not delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.office.documents.document import Origin
from builder.office.documents.limits import MAX_OWN_CELLS, MAX_OWN_CHARACTERS
from builder.office.documents.package import Package
from builder.office.documents.worksheet import Area, Contents, Value, WorkbookReader


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its number, from 1, and the texts of its filled cells by column, from 1.

    Days are written 2026-03-01, unless Excel shows them as 2026年3月1日. `failed` says in which columns a formula has no
    value, and why.
    """

    number: int
    texts: Mapping[int, str]
    failed: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class WholeSheet:
    """A sheet with all rows that have text. The text of merged cells stands in each of them."""

    document: str
    name: str
    rows: Sequence[SheetRow]

    def place(self, row: int, column: int = 0) -> str:
        """Return where a row or a cell is, for a reader."""
        return Origin(self.document, self.name, row=row, column=column).place


def whole_sheets(path: Path) -> list[WholeSheet]:
    """Return the sheets of a .xlsx file in the order of their tabs. Raises `Unreadable`."""
    with Package(path) as package:
        reader = WorkbookReader(package, MAX_OWN_CELLS, MAX_OWN_CHARACTERS)
        return [WholeSheet(package.name, sheet.name, list(_rows(reader.contents(sheet)))) for sheet in reader.sheets()]


def _rows(contents: Contents) -> list[SheetRow]:
    """Return the rows, and empty ones that merged cells cover."""
    rows: dict[int, dict[int, Value]] = {row: dict(values) for row, values in contents.rows.items()}
    for area in contents.merges:
        _spread(area, rows)
    return [_row(number, rows[number]) for number in sorted(rows)]


def _spread(area: Area, rows: dict[int, dict[int, Value]]) -> None:
    """Write what stands in the first cell of an area into the others, in rows that have something."""
    first = rows.get(area.top, {}).get(area.left)
    if first is None:
        return
    covered = range(area.top, area.bottom + 1)
    for number in covered if len(covered) < len(rows) else [row for row in rows if row in covered]:
        if number in rows:
            columns = range(area.left, min(area.right, area.left + _WIDEST) + 1)
            rows[number] |= dict.fromkeys(columns, first)


_WIDEST = 100  # columns of merged cells


def _row(number: int, values: Mapping[int, Value]) -> SheetRow:
    texts = {column: text for column, value in values.items() if (text := _text(value))}
    failed = {column: says for column, value in values.items() for _, says in value.remarks}
    return SheetRow(number, texts, failed)


def _text(value: Value) -> str:
    """Return the text of a cell. A day that was typed as 2026-03-01 is shown by Excel as 2026/3/1, and was not meant so."""
    return value.text if "年" in value.text else value.day or value.text
