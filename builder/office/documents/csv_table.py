"""Reads a CSV file, as Excel and WPS write it: in GB18030 or UTF-8, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from builder.office.documents.document import Cell, Document, Origin, Paragraph, Table
from builder.office.documents.limits import MAX_CHARACTERS, MAX_COLUMNS, MAX_PIECES
from builder.office.documents.text_encoding import decoded
from builder.office.documents.unreadable import Unreadable

SEPARATORS: Final = (",", "\t", ";", "，", "；", "|")
_LINES_TO_JUDGE: Final = 200


def read_csv(path: Path) -> Document:
    """Return the table in a CSV file. Raises `Unreadable`."""
    name, text = path.name, decoded(path.name, path.read_bytes())
    separator = separator_of(text)
    csv.field_size_limit(MAX_CHARACTERS)
    grid: list[tuple[Cell, ...]] = []
    width = pieces = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        for fields in reader:
            row = reader.line_num
            stripped = [field.strip().lstrip("\ufeff").strip() for field in fields]
            if not any(stripped):
                continue
            pieces += sum(map(bool, stripped))
            width = max(width, len(stripped))
            if width > MAX_COLUMNS or pieces > MAX_PIECES:
                raise Unreadable(f"“{name}”的内容太多，读不了", "分成几个文件，再导入。")
            grid.append(tuple(_cell(name, text, row, len(grid), column) for column, text in enumerate(stripped)))
    except csv.Error as error:
        raise Unreadable(f"“{name}”坏了，读不出来", "用 Excel 或 WPS 打开看看，另存为 .xlsx 再导入。") from error
    if not grid:
        raise Unreadable(f"“{name}”里没有文字", "看看是不是存错了文件。")
    filled = (
        row + tuple(_cell(name, "", row[0].origin.row, index, column) for column in range(len(row), width))
        for index, row in enumerate(grid)
    )
    return Document(name, (Table(tuple(filled), Origin(name, table=1)),))


def separator_of(text: str) -> str:
    """Return what separates the fields: the separator that splits most lines into the same number of them."""
    lines = [line for line in text.splitlines() if line.strip()][:_LINES_TO_JUDGE]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator, skipinitialspace=True)]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        return (counts.count(usual) if usual > 1 else 0), usual

    return max(SEPARATORS, key=lambda separator: (evenness(separator), -SEPARATORS.index(separator)))


def _cell(name: str, text: str, row: int, index: int, column: int) -> Cell:
    origin = Origin(name, table=1, row=row, column=column + 1)
    return Cell((Paragraph(text, origin),) if text else (), origin, index, column)
