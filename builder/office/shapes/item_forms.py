"""Forms: tables with a label on the left and its value beside it, one or more items in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.office.documents import Cell, Origin, Paragraph, Remark, Table
from builder.office.shapes.folding import half_width, squeezed
from builder.office.shapes.item_names import name_of_heading, name_said, single_line
from builder.office.shapes.lines import Line, lines_of
from builder.office.shapes.nested_tables import entries_of_rows
from builder.office.shapes.passages import passage, passages_of
from builder.office.shapes.running_labels import labels_in
from builder.office.shapes.sections import labelled_parts
from builder.office.shapes.source_item import Leftover, Passage, Recognised, Section, SourceItem
from builder.office.shapes.tables import is_form, own_cells
from builder.office.shapes.vocabulary import Vocabulary

_TITLE: Final = re.compile(r"(?:信息表|登记表|指南|一览表|情况表|清单|须知|职责表)\s*$")
_LONGEST_LABEL: Final = 20
_STARTS: Final = ("number", "name")


@dataclass
class _Form:
    """The form that is being read."""

    origin: Origin
    headings: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def is_begun(self) -> bool:
        return bool(self.passages)


def read_forms(
    table: Table, headings: Sequence[str], vocabulary: Vocabulary
) -> tuple[list[SourceItem], list[Recognised], list[Leftover]]:
    """Return the items of a table of forms, and what is left over. `headings` are the titles above it, for the first."""
    reader = _Reader(table, vocabulary)
    reader.form.headings += headings
    row = 0
    while row < len(table.grid):
        row = reader.read_row(row)
    reader.end_form()
    found = [Recognised("一个事项一张表", table.origin, len(reader.items), tuple(reader.labels.items()))]
    left = [Leftover(text, table.origin, "表下面的文字") for text in reader.form.headings]
    return reader.items, found, [*reader.leftovers, *left]


class _Reader:
    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self.table, self.vocabulary = table, vocabulary
        self.items: list[SourceItem] = []
        self.leftovers: list[Leftover] = []
        self.labels: dict[str, str] = {}
        self.form = _Form(table.origin)
        self.value: tuple[str, str, list[Line], int] | None = None  # label, field and lines of the last value

    def read_row(self, row: int) -> int:
        """Read the row, and those that belong to its label. Return the next row."""
        cells = [cell for cell in own_cells(self.table, row) if cell.row == row or not cell.is_empty]
        filled = [cell for cell in cells if not cell.is_empty]
        if not filled:
            return row + 1
        first = cells[0]
        goes_on = first.is_empty and first.columns * 2 <= self.table.width and not _TITLE.search(filled[0].text)
        if len(filled) == 1 and goes_on:
            self._add("", lines_of(filled[0].blocks), filled[0])
            return row + 1
        if len(filled) == 1 and not self._is_label_without_value(filled[0], cells):
            self._read_single(filled[0])
            return row + 1
        if first.rows > 1 and self._is_label(first) and first.row == row:
            self._read_block(first, row)
            return row + first.rows
        self._read_pairs(cells)
        return row + 1

    def _is_label_without_value(self, cell: Cell, cells: Sequence[Cell]) -> bool:
        """Whether the only filled cell of a row is a label with nothing beside it, and no title across the table."""
        if len(cells) == 1 or cell is not cells[0]:
            return False
        unknown = self.form.is_begun and self._is_label(cell) and not _TITLE.search(cell.text)
        return unknown or bool(self.vocabulary.field_of(cell.text))

    def _read_single(self, cell: Cell) -> None:
        """Read a row of one cell: a title, text with labels of its own, forms inside it, or a sentence below a value."""
        lines = lines_of(cell.blocks)
        if any(line.table is not None and is_form(line.table, self.vocabulary) for line in lines):
            self._read_inner(cell)
            return
        if labels_in(lines, self.vocabulary):
            for part in labelled_parts(lines, self.vocabulary) or ():
                self._add(part.title, list(part.lines), cell)
            if not labelled_parts(lines, self.vocabulary):
                (label,) = labels_in(lines, self.vocabulary)[:1]
                text = cell.text[label.end :]
                self._add(label.text, [Line(text.strip(), cell.origin)], cell)
        elif self.form.is_begun and not _TITLE.search(cell.text) and len(squeezed(cell.text)) > _LONGEST_LABEL:
            self._add("", lines, cell)
        else:
            if self.form.is_begun:
                self.end_form()
            self.form.headings.append(single_line(cell.text))
            self.form.remarks += cell.remarks

    def _read_inner(self, cell: Cell) -> None:
        """Read the forms in the tables inside a cell; the paragraphs before each are its titles."""
        self.end_form()
        titles: list[str] = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                titles += [block.shown] if block.shown else []
                continue
            items, recognised, leftovers = read_forms(block, titles, self.vocabulary)
            self.items += items
            self.leftovers += leftovers
            for one in recognised:
                self.labels |= dict(one.fields)
            titles = []
        self.form.headings += titles

    def _read_pairs(self, cells: Sequence[Cell]) -> None:
        """Read label, value, label, value, … Between two labels of which the second is known, the first names a group."""
        index = 0
        while index < len(cells):
            label = cells[index]
            values: list[Cell] = []
            index += 1
            while index < len(cells) and (not values or not self._is_known_label(cells[index])):
                if not values and self._is_known_label(cells[index]) and index + 1 < len(cells):
                    self._keep(label.text, [], [], "")  # it names a group of labels
                    label = cells[index]
                else:
                    values.append(cells[index])
                index += 1
            lines = [line for value in values for line in lines_of(value.blocks)]
            self._add(label.text, lines, *values, label=label)

    def _read_block(self, label: Cell, row: int) -> None:
        """Read a label that reaches down over several rows: pairs of its own, a small table, or lines."""
        last = min(row + label.rows, len(self.table.grid))
        rows = [[cell for cell in self.table.grid[at] if cell is not label] for at in range(row, last)]
        distinct = [list({id(cell): cell for cell in line}.values()) for line in rows]
        if not any(not cell.is_empty for line in distinct for cell in line):
            self._add(label.text, [], label=label)
            return
        entries = entries_of_rows([line for line in rows if line], self.vocabulary) if _is_even(rows) else None
        if entries:
            text = "\n".join(filter(None, (_row_text(line, row + index) for index, line in enumerate(rows))))
            field_of = self.vocabulary.field_of(label.text)
            made = passage(label.text, field_of, [Line(text, label.origin)], label.origin, self.vocabulary)
            self._keep(label.text, [Passage(made.label, made.field, made.text, made.origin, entries)], [], text)
            return
        known = [len(line) > 1 and bool(self.vocabulary.field_of(line[0].text)) for line in distinct if line]
        names_group = not self.vocabulary.field_of(label.text) and sum(known) * 2 > len(known)
        if all(known) or names_group:
            self._keep(label.text, [], [], "")
            for line in distinct:
                self._read_pairs(line)
            return
        lines = [
            Line(text, label.origin)
            for index, line in enumerate(rows)
            for text in _row_text(line, row + index).split("\n")
            if text.strip()
        ]
        values = [cell for line in distinct for cell in line]
        self._add(label.text, lines, *dict.fromkeys(values), label=label)

    def _is_label(self, cell: Cell) -> bool:
        return 0 < len(squeezed(cell.text)) <= _LONGEST_LABEL

    def _is_known_label(self, cell: Cell) -> bool:
        return self._is_label(cell) and bool(self.vocabulary.field_of(cell.text))

    def _add(self, printed: str, lines: Sequence[Line], *values: Cell, label: Cell | None = None) -> None:
        """Add the value of a label to the form; one that the form has already begins the next form."""
        name = squeezed(printed).rstrip("：:")
        if not name and self.form.is_begun and self.value:
            self._continue_value(lines, values)
            return
        key = self.vocabulary.field_of(name)
        if key in _STARTS and self.form.is_begun and any(one.field == key for one in self.form.passages):
            self.end_form()
        origin = lines[0].origin if lines else label.origin if label else self.form.origin
        made, sections = passages_of(name, key, lines, origin, self.vocabulary)
        for cell in values:
            self.form.remarks += cell.remarks
        if label and label not in values:
            self.form.remarks += label.remarks
        self._keep(name, made, sections, "\n".join(line.text for line in lines))
        self.value = (name, key, list(lines), len(made)) if len(made) == 1 and name else None

    def _continue_value(self, lines: Sequence[Line], values: Sequence[Cell]) -> None:
        """Add lines that stand below a value, with nothing on their left, to it."""
        if self.value is None:
            return
        name, key, known, count = self.value
        whole = [*known, *lines]
        self.form.passages[-count:] = [passage(name, key, whole, self.form.passages[-1].origin, self.vocabulary)]
        self.form.columns[name] = "\n".join(line.text for line in whole)
        for cell in values:
            self.form.remarks += cell.remarks
        self.value = name, key, whole, 1

    def _keep(self, name: str, made: Sequence[Passage], sections: Sequence[Section], text: str) -> None:
        name = squeezed(name).rstrip("：:")
        if not self.form.is_begun and made:
            self.form.origin = made[0].origin
        self.form.passages += made
        self.form.sections += sections
        known = self.form.columns.get(name)
        self.form.columns[name] = f"{known}\n{text}" if known and text else known or text
        if name:
            self.labels.setdefault(name, self.vocabulary.field_of(name))

    def end_form(self) -> None:
        """Make an item of the form that has been read, and begin another one."""
        form = self.form
        if form.is_begun:
            named = name_said(form.passages)
            heading = next((title for title in reversed(form.headings) if name_of_heading(title)), "")
            number = next((one.text for one in form.passages if one.field == "number" and one.text), "")
            self.items.append(
                SourceItem(
                    single_line(named) or name_of_heading(heading),
                    half_width(number).strip(),
                    form.origin,
                    tuple((label, text) for label, text in form.columns.items() if label),
                    tuple(one for one in form.passages if one.field != "number"),
                    tuple(form.sections),
                    tuple(form.headings),
                    tuple(dict.fromkeys(form.remarks)),
                )
            )
            self.form = _Form(self.table.origin)
            self.value = None


def _row_text(cells: Sequence[Cell], row: int) -> str:
    own = {id(cell): cell.text for cell in cells if cell.row == row}
    return "\t".join(own.values()).strip("\t")


def _is_even(rows: Sequence[Sequence[Cell]]) -> bool:
    return len({len(line) for line in rows}) == 1
