"""Tells what a table is by its labels: a list with a header and one item a row, a form, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from builder.office.documents import Cell, Table, cells_of
from builder.office.shapes.folding import fold, squeezed
from builder.office.shapes.vocabulary import Vocabulary

_ROWS_BEFORE_HEADER: Final = 12
_LONGEST_LABEL: Final = 24
_FEWEST_OF_A_FORM: Final = 3
_FEWEST_OF_A_LIST: Final = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a list: its rows, from `first` up to `end`, and the label and field of each column.

    `texts` are the folded texts above each column, by which the header is known where it is printed again.
    """

    first: int
    end: int
    labels: tuple[str, ...]
    fields: tuple[str, ...]
    texts: tuple[frozenset[str], ...] = ()

    @property
    def known(self) -> int:
        """The number of columns whose label is known."""
        return sum(map(bool, self.fields))

    def is_printed_again(self, cells: Sequence[Cell]) -> bool:
        """Return whether a row says what the header says, as on the next page."""
        filled = [column for column, cell in enumerate(cells) if not cell.is_empty]
        same = sum(fold(cells[column].text) in self.texts[column] for column in filled)
        return same > 1 and same * 5 >= len(filled) * 4

    def continued(self) -> Header:
        """Return the header for a table that goes on with the list and has no header of its own."""
        return replace(self, first=0, end=0)


def own_cells(table: Table, row: int) -> list[Cell]:
    """Return the cells that a reader sees in a row, each once, also those that began above."""
    return list({id(cell): cell for cell in table.grid[row]}.values())


def header_of(table: Table, vocabulary: Vocabulary) -> Header | None:
    """Return the header of a list, None if the table has none that is known."""
    best: Header | None = None
    for row in range(min(len(table.grid), _ROWS_BEFORE_HEADER)):
        header = _header_at(table, row, vocabulary)
        if header and (best is None or header.known > best.known):
            best = header
    return best


def _header_at(table: Table, row: int, vocabulary: Vocabulary) -> Header | None:
    """Return the header that begins in `row`, None if it is none: most of its cells are labels, each short."""
    cells = [cell for cell in own_cells(table, row) if not cell.is_empty]
    if len(cells) < 2 or any(len(squeezed(cell.text)) > _LONGEST_LABEL for cell in cells):
        return None
    if any(cell.row < row for cell in cells):  # begins above
        return None
    known = [cell for cell in cells if vocabulary.field_of(cell.text)]
    if len(known) < 2 or len(known) * 2 < len(cells):
        return None
    end = _end_of_header(table, row, vocabulary)
    labels = tuple(_label(table, row, end, column) for column in range(table.width))
    fields = tuple(_field(table, row, end, column, vocabulary) for column in range(table.width))
    texts = tuple(
        frozenset(fold(table.grid[at][column].text) for at in range(row, end)) for column in range(table.width)
    )
    return Header(row, end, labels, fields, texts)


def _end_of_header(table: Table, row: int, vocabulary: Vocabulary) -> int:
    """Return the row after the header: cells that reach down, or have columns of their own below them, are part of it."""
    end = row + max(cell.rows for cell in own_cells(table, row))
    has_columns_below = any(cell.columns > 1 and cell.rows == 1 and not cell.is_empty for cell in own_cells(table, row))
    if end == row + 1 and has_columns_below and row + 1 < len(table.grid):
        below = [cell for cell in own_cells(table, row + 1) if not cell.is_empty]
        if below and all(len(squeezed(cell.text)) <= _LONGEST_LABEL for cell in below) and _names_columns(below):
            end = row + 2
    return min(end, len(table.grid))


def _names_columns(cells: Sequence[Cell]) -> bool:
    return not any(squeezed(cell.text).isdigit() for cell in cells)


def _label(table: Table, row: int, end: int, column: int) -> str:
    """Return the label of a column: those of all header rows above it, each once."""
    texts = dict.fromkeys(squeezed(table.grid[at][column].text) for at in range(row, end))
    return " ".join(filter(None, texts))


def _field(table: Table, row: int, end: int, column: int, vocabulary: Vocabulary) -> str:
    """Return the field of a column: the lowest label that is known tells it."""
    for at in range(end - 1, row - 1, -1):
        if field := vocabulary.field_of(table.grid[at][column].text):
            return field
    return ""


def is_form(table: Table, vocabulary: Vocabulary) -> bool:
    """Return whether a table is a form: different labels on the left, one below the other, values beside them."""
    labels: set[str] = set()
    rows = 0
    for row in range(len(table.grid)):
        cells = own_cells(table, row)
        if (
            len(cells) > 2 and cells[0].rows > 1 and not vocabulary.field_of(cells[0].text)
        ):  # it names a group of labels
            cells = cells[1:]
        if len(cells) < 2 or cells[0].row < row:
            continue
        rows += 1
        is_header = len(cells) > 3 and bool(vocabulary.field_of(cells[1].text))
        if is_header and cells[0].rows == 1 and not _are_pairs(cells, vocabulary):
            continue
        if vocabulary.field_of(cells[0].text):
            labels.add(fold(cells[0].text))
    return len(labels) >= min(_FEWEST_OF_A_FORM, max(2, rows)) and len(labels) * 3 >= rows


def turned(table: Table, vocabulary: Vocabulary) -> Table | None:
    """Return a list whose items stand beside one another, labels on the left, turned to have one item a row; else None."""
    rows = [row for row in table.grid if any(not cell.is_empty for cell in row)]
    if len(rows) < _FEWEST_OF_A_LIST or table.width < _FEWEST_OF_A_LIST:
        return None
    labels = [vocabulary.field_of(row[0].text) for row in rows]
    named = next((row for row, field in zip(rows, labels, strict=True) if field == "name"), None)
    names = [fold(cell.text) for cell in named[1:]] if named else []
    is_label = any(vocabulary.field_of(cell.text) for row in rows for cell in row[1:] if cell is not row[0])
    if len(set(names)) < len(names) or not all(names) or is_label or sum(map(bool, labels)) * 2 < len(labels):
        return None
    cells = {
        id(cell): replace(cell, row=cell.column, column=cell.row, rows=cell.columns, columns=cell.rows)
        for cell in cells_of(table)
    }
    return replace(
        table, grid=tuple(tuple(cells[id(cell)] for cell in column) for column in zip(*table.grid, strict=True))
    )


def _are_pairs(cells: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Return whether every second cell is a label, and no other one."""
    known = [bool(vocabulary.field_of(cell.text)) for cell in cells]
    return all(known[::2]) and not any(known[1::2])


def list_header(table: Table, vocabulary: Vocabulary) -> Header | None:
    """Return the header of a list of items, None if a table is none: one that names items, or has much of a guide."""
    header = header_of(table, vocabulary)
    if header is None:
        return _given_columns(table, vocabulary)
    names = any(field in vocabulary.names for field in header.fields)
    guide = sum(field in vocabulary.guide for field in header.fields)
    return header if names or guide >= _FEWEST_OF_A_LIST else None


def _given_columns(table: Table, vocabulary: Vocabulary) -> Header | None:
    """Return the header that a mapping file gives to tables of this width which have none."""
    columns = vocabulary.columns
    if not columns or len(columns) != table.width:
        return None
    labels = tuple(vocabulary.title_of(field) for field in columns)
    return Header(0, 0, labels, columns, tuple(frozenset((fold(label),)) for label in labels))
