"""Reads all sheets of a workbook that we exported, hidden rows, columns and sheets too: who hides does not delete."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.office.documents.document import Origin
from builder.office.documents.limits import MAX_COLUMNS, MAX_OWN_CELLS, MAX_OWN_CHARACTERS
from builder.office.documents.package import Package
from builder.office.documents.worksheet import Contents, Value, WorkbookReader


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
        return [
            WholeSheet(package.name, sheet.name, _rows(reader.contents(sheet), package)) for sheet in reader.sheets()
        ]


def _rows(contents: Contents, package: Package) -> list[SheetRow]:
    """Return the rows, with what stands in the first cell of a merged area in all its cells."""
    numbers = sorted(contents.rows)
    rows = {number: dict(contents.rows[number]) for number in numbers}
    covered = 0
    for area in contents.merges:
        first = contents.rows.get(area.top, {}).get(area.left)
        if first is None:
            continue
        columns = range(area.left, min(area.right, area.left + MAX_COLUMNS) + 1)
        inside = numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
        covered += len(columns) * len(inside)
        if covered > MAX_OWN_CELLS:
            raise package.too_large()
        for number in inside:
            rows[number] |= dict.fromkeys(columns, first)
    return [_row(number, rows[number]) for number in numbers]


def _row(number: int, values: Mapping[int, Value]) -> SheetRow:
    texts = {column: text for column, value in values.items() if (text := _text(value))}
    failed = {column: says for column, value in values.items() for _, says in value.remarks}
    return SheetRow(number, texts, failed)


def _text(value: Value) -> str:
    """Return the text of a cell. A day that was typed as 2026-03-01 is shown by Excel as 2026/3/1, and was not meant so."""
    return value.text if "年" in value.text else value.day or value.text
