"""Lists: tables with a header and one item a row. Merged cells carry on, and only they; rows may go on below one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.office.documents import Cell, Origin, Remark, Table
from builder.office.shapes.folding import half_width
from builder.office.shapes.item_names import NamesOfRows, single_line
from builder.office.shapes.lines import Line, lines_of, row_text
from builder.office.shapes.passages import passages_of
from builder.office.shapes.source_item import Leftover, Passage, Recognised, Section, SourceItem
from builder.office.shapes.tables import Header, own_cells
from builder.office.shapes.vocabulary import Vocabulary

_REMARK_ROW: Final = re.compile(r"^\s*[（(]?\s*(?:备注|注|说明|填表|制表|审核人|合计|总计|本表|注意)")
_NAMES: Final = ("variant", "name", "category", "business")
_TOTAL: Final = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计)\s*[:：]?\s*")


@dataclass
class _Row:
    """An item of a list: for each column the cells that belong to it, one for each row of the table."""

    origin: Origin
    cells: list[list[Cell]]
    group: str = ""

    def text(self, column: int) -> str:
        return "\n".join(cell.text for cell in self.cells[column] if not cell.is_empty)

    def lines(self, column: int) -> list[Line]:
        return [line for cell in self.cells[column] for line in lines_of(cell.blocks)]


@dataclass
class ListReading:
    """The items of a list and what is left over."""

    items: list[SourceItem] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)


def read_list(table: Table, header: Header, headings: Sequence[str], vocabulary: Vocabulary) -> ListReading:
    """Return the items of a list with this header. `headings` are the titles above the table."""
    rows = _Rows(table, header, vocabulary)
    rows.read()
    reading = ListReading(leftovers=rows.leftovers)
    titles = (*headings, *rows.titles)
    by_field = [_by_field(row, header) for row in rows.rows]
    names = NamesOfRows(by_field, vocabulary)
    for row, fields in zip(rows.rows, by_field, strict=True):
        reading.items.append(_item(row, names.name(fields), header, titles, vocabulary))
    fields_found = tuple(zip(header.labels, header.fields, strict=True))
    reading.recognised.append(Recognised("一行一个事项的清单", table.origin, len(reading.items), fields_found))
    return reading


class _Rows:
    """Sorts the rows of a table: items, their continuations, headers again, titles of groups, remarks."""

    def __init__(self, table: Table, header: Header, vocabulary: Vocabulary) -> None:
        self.table, self.header, self.vocabulary = table, header, vocabulary
        self.rows: list[_Row] = []
        self.titles: list[str] = []
        self.leftovers: list[Leftover] = []
        self.group = ""
        self.after_header = False
        self.carried: dict[int, Cell] = {}  # what counts in place of an empty merged cell, by its identity
        self.number = self._columns("number")
        self.names = self._columns(*_NAMES) or self._first_columns()

    def _columns(self, *fields: str) -> list[int]:
        return [column for column, one in enumerate(self.header.fields) if one in fields]

    def _first_columns(self) -> list[int]:
        return [column for column in range(self.table.width) if column not in self.number][:1]

    def read(self) -> None:
        for index in range(self.header.first):
            self.titles += (
                cell.text for cell in own_cells(self.table, index) if not cell.is_empty and cell.row == index
            )
        for index in range(self.header.end, len(self.table.grid)):
            self._meet(index)

    def _meet(self, index: int) -> None:
        cells = self.table.grid[index]
        seen = [cell for cell in own_cells(self.table, index) if not cell.is_empty]
        if not seen:
            return
        if self.header.is_printed_again(cells):
            self.after_header = True
        elif self._is_title(seen, cells):
            self._meet_title(seen[0])
        elif self._continues(cells):
            self._add_to_last(cells)
        elif _TOTAL.fullmatch(seen[0].text):
            self._leave_row(cells, index, "合计")
        elif all(cells[column].is_empty for column in self.names) and len(seen) == 1:
            self._leave(
                seen[0],
                "这一行只有序号" if any(cells[column] is seen[0] for column in self.number) else "这一行没有名称",
            )
        else:
            carried = [self._counting(cell, column) for column, cell in enumerate(cells)]
            self.rows.append(_Row(_first_origin(cells, index), [[cell] for cell in carried], self.group))
            self.after_header = False

    def _is_title(self, seen: Sequence[Cell], cells: Sequence[Cell]) -> bool:
        """Whether a row is the title of the rows below it, or a remark below the list: one cell across most of the table."""
        if len(seen) != 1:
            return False
        cell = seen[0]
        across = cell.columns * 2 > self.table.width and self.table.width > 1
        return (
            across
            or (cell is cells[0] and bool(_REMARK_ROW.match(half_width(cell.text))))
            or self._is_remark_beside(cell, cells)
        )

    def _is_remark_beside(self, cell: Cell, cells: Sequence[Cell]) -> bool:
        """Whether a remark stands alone in a row, in the second cell because the first is that of the numbers."""
        return bool(_REMARK_ROW.match(half_width(cell.text))) and all(
            other is cell or other.is_empty for other in cells
        )

    def _meet_title(self, cell: Cell) -> None:
        if _REMARK_ROW.match(half_width(cell.text)) or not self._rows_follow(cell):
            self._leave(cell, "表里的说明")
        else:
            self.group = single_line(cell.text)

    def _rows_follow(self, cell: Cell) -> bool:
        return cell.row + cell.rows < len(self.table.grid)

    def _leave_row(self, cells: Sequence[Cell], index: int, why: str) -> None:
        self.leftovers.append(Leftover(row_text(cells, index), _first_origin(cells, index), why))

    def _leave(self, cell: Cell, why: str) -> None:
        self.leftovers.append(Leftover(cell.text, cell.origin, why))

    def _continues(self, cells: Sequence[Cell]) -> bool:
        """Whether a row goes on with the item above: its number and its name are merged with those, or empty."""
        if not self.rows:
            return False
        last = self.rows[-1]

        def goes_on(column: int) -> bool:
            return cells[column] is last.cells[column][-1] or cells[column].is_empty

        return all(goes_on(column) for column in (*self.number, *self.names)) and any(
            cells[column] is not last.cells[column][-1] for column in range(len(cells))
        )

    def _add_to_last(self, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            known = self.rows[-1].cells[column]
            if cell is not known[-1]:  # else it is merged down
                known.append(cell)

    def _counting(self, cell: Cell, column: int) -> Cell:
        """Return the cell whose text counts. A merged cell that begins, empty, below a header that was printed again goes on."""
        if self.after_header and cell.is_empty and cell.merged and self.rows:
            above = (one for one in reversed(self.rows[-1].cells[column]) if not one.is_empty)
            self.carried[id(cell)] = next(above, cell)
        return self.carried.get(id(cell), cell)


def _first_origin(cells: Sequence[Cell], index: int) -> Origin:
    own = next((cell for cell in cells if cell.row == index), cells[0])
    origin = own.origin
    return Origin(origin.document, origin.sheet, origin.table, origin.row, 0)


def _by_field(row: _Row, header: Header) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column, key in enumerate(header.fields):
        if key and not found.get(key):
            found[key] = row.text(column)
    return found


def _item(row: _Row, name: str, header: Header, titles: Sequence[str], vocabulary: Vocabulary) -> SourceItem:
    passages: list[Passage] = []
    sections: list[Section] = []
    columns: dict[str, str] = {}
    number = ""
    for column, (label, key) in enumerate(zip(header.labels, header.fields, strict=True)):
        text = row.text(column)
        if label in columns and text and columns[label] != text:
            text = f"{columns[label]}\n{text}"
        if label or text:
            columns[label] = text
        if key == "number":
            number = number or half_width(text).strip()
            continue
        if column and row.cells[column][0] is row.cells[column - 1][0] and not text:
            continue
        origin = row.cells[column][0].origin
        made, found = passages_of(label, key, row.lines(column), origin, vocabulary)
        passages += made
        sections += found
    headings = tuple(filter(None, (*titles, row.group)))
    remarks = tuple(_remarks(row))
    return SourceItem(
        name, number, row.origin, tuple(columns.items()), tuple(passages), tuple(sections), headings, remarks
    )


def _remarks(row: _Row) -> Iterator[Remark]:
    met: set[int] = set()
    for cells in row.cells:
        for cell in cells:
            if id(cell) not in met:
                met.add(id(cell))
                yield from cell.remarks
