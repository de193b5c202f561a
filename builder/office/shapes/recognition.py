"""Finds what each part of a document is, and the items in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from builder.office.documents import Block, Cell, Document, Paragraph, Table
from builder.office.shapes.guides import read_guides
from builder.office.shapes.item_forms import read_forms
from builder.office.shapes.item_lists import read_list
from builder.office.shapes.lines import Line, lines_of, row_text
from builder.office.shapes.nested_tables import entries_of_table
from builder.office.shapes.passages import passage
from builder.office.shapes.running_labels import labels_in
from builder.office.shapes.source_item import Leftover, Reading, Recognised, SourceItem
from builder.office.shapes.tables import Header, is_form, list_header, turned
from builder.office.shapes.vocabulary import Vocabulary

_FEWEST_LABELS = 2
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，、/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
# What stands between the parts of a table that goes on on the next page.
_BETWEEN_PARTS = re.compile(r"\s*[（(]?\s*(?:续\s*表|接上[页表]|[转续]下[页表]|第\s*\d+\s*页.{0,12})[\s\d]*[)）]?\s*")


def read_items(document: Document, vocabulary: Vocabulary) -> Reading:
    """Return the items of a document, each text with its place, and what is left over. Nothing is interpreted."""
    reader = _Reader(vocabulary)
    for block in document.blocks:
        reader.meet(block)
    reader.end_text()
    reader.leave_waiting()
    told = {remark for item in reader.items for remark in item.remarks}
    return Reading(
        document.name,
        tuple(reader.items),
        tuple(reader.recognised),
        tuple(reader.leftovers),
        tuple(remark for remark in document.all_remarks if remark not in told),
    )


@dataclass
class _Reader:
    vocabulary: Vocabulary
    items: list[SourceItem] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    text: list[Paragraph | Table] = field(default_factory=list)  # running text since the last table of items
    list_before: tuple[Header, int] | None = None  # header and width of the list just above
    waiting: list[Leftover] = field(default_factory=list)  # headers whose rows have not come yet
    form_before: bool = False  # whether the block just above is a form

    def meet(self, block: Block) -> None:
        """Take up the next block of the document."""
        if isinstance(block, Paragraph):
            if self.list_before and _BETWEEN_PARTS.fullmatch(block.shown):
                self.leftovers.append(Leftover(block.shown, block.origin, "表的两部分之间的文字"))
            elif _PAGE_NUMBER.fullmatch(block.shown):
                self.leftovers.append(Leftover(block.shown, block.origin, "页码"))
            elif block.shown:
                self.text.append(block)
                self.list_before, self.form_before = None, False
                self.leave_waiting()
            return
        if (framed := _framed(block)) is not None:
            for one in framed:
                self.meet(one)
            return
        block = turned(block, self.vocabulary) or block
        header = list_header(block, self.vocabulary)
        if self._is_part_of_text(block, header):
            self.text.append(block)
        elif is_form(block, self.vocabulary) or self._goes_on_with_form(block):
            self._read_forms(block)
        elif header is not None and header.end == len(block.grid):  # the rows follow in the next table
            self.list_before = header, block.width
            self.leave_waiting()
            self.waiting += _rows_left(block, "下面没有事项的表头")
        elif header is not None and not self._is_printed_below(header, block):
            self._read_list(block, header)
        elif self.list_before and self.list_before[1] == block.width:
            self._read_list(block, self.list_before[0].continued())
        elif self._is_layout(block):
            for cell in _cells(block):
                for one in cell.blocks:
                    self.meet(one)
        elif self.text and labels_in(lines_of(self.text), self.vocabulary):
            self.text.append(block)
        else:
            self._leave_table(block)

    def end_text(self) -> None:
        """Read the running text as guides."""
        if not self.text:
            return
        reading = read_guides(self.text, self.vocabulary)
        self.items += reading.items
        self.leftovers += reading.leftovers
        self.recognised += reading.recognised
        self.text = []

    def _is_part_of_text(self, table: Table, header: Header | None) -> bool:
        """Whether a table lists the materials or steps of the guide in whose text it stands."""
        if not self.text or entries_of_table(table, self.vocabulary) is None:
            return False
        if header is not None and header.known > 2 and any(one in self.vocabulary.guide for one in header.fields):
            return False
        return bool(labels_in(lines_of(self.text), self.vocabulary))

    def _goes_on_with_form(self, table: Table) -> bool:
        """Whether a table with no more than a label or two goes on with the form just above it."""
        if not self.form_before or self.text or table.width > 4:
            return False
        return any(self.vocabulary.field_of(row[0].text) for row in table.grid)

    def _is_printed_below(self, header: Header, table: Table) -> bool:
        """Whether the header of the list above stands below rows of a table: they go on with that list."""
        before = self.list_before
        return (
            before is not None
            and header.first > 0
            and before == (replace(header, first=before[0].first, end=before[0].end), table.width)
        )

    def _is_layout(self, table: Table) -> bool:
        """Whether the cells of a table hold running text with labels, or tables of items: it only lays them out."""
        inner = (block for cell in _cells(table) for block in cell.blocks if isinstance(block, Table))
        if any(is_form(block, self.vocabulary) or list_header(block, self.vocabulary) for block in inner):
            return True
        return any(len(labels_in(lines_of(cell.blocks), self.vocabulary)) >= _FEWEST_LABELS for cell in _cells(table))

    def _headings(self) -> tuple[str, ...]:
        """Return the titles above a table of items, after the guides in the text before it are read."""
        if labels_in(lines_of(self.text), self.vocabulary):
            self.end_text()
        headings = tuple(block.shown for block in self.text if isinstance(block, Paragraph))
        self.text = []
        return headings

    def _read_list(self, table: Table, header: Header) -> None:
        headings = self._headings()
        reading = read_list(table, header, headings, self.vocabulary)
        if not reading.items:
            self.leftovers += (Leftover(text, table.origin, "表上面的文字") for text in headings)
            self._leave_table(table)
            return
        self.items += reading.items
        self.leftovers += reading.leftovers
        self.recognised += reading.recognised
        self.list_before = header, table.width
        if header.end == 0:  # the header stands above, perhaps in the table that waits
            self.waiting = []
        self.leave_waiting()

    def _read_forms(self, table: Table) -> None:
        headings = self._headings()
        items, recognised, leftovers = read_forms(table, headings, self.vocabulary)
        self.leftovers += leftovers
        if items and self.items and self.form_before and not (headings or items[0].name or items[0].number):
            self.items[-1] = _joined(self.items[-1], items.pop(0), self.vocabulary)
        self.items += items
        self.recognised += recognised
        self.list_before, self.form_before = None, True

    def leave_waiting(self) -> None:
        """Leave a header alone whose rows did not come."""
        self.leftovers += self.waiting
        self.waiting = []

    def _leave_table(self, table: Table) -> None:
        self.leftovers += _rows_left(table, "没有认出的表")
        labels = tuple((cell.text, "") for cell in dict.fromkeys(table.grid[0]) if not cell.is_empty)
        self.recognised.append(Recognised("没有认出的表", table.origin, 0, labels))


def _rows_left(table: Table, why: str) -> Iterator[Leftover]:
    """Return the filled rows of a table, left over."""
    rows = (Leftover(row_text(row, index), table.origin, why) for index, row in enumerate(table.grid))
    return (row for row in rows if row.text)


def _framed(table: Table) -> tuple[Block, ...] | None:
    """Return what stands in a table of one cell, which is only a frame around it; None for other tables."""
    cells = _cells(table)
    return cells[0].blocks if len(cells) == 1 else None


def _cells(table: Table) -> list[Cell]:
    return list({id(cell): cell for row in table.grid for cell in row}.values())


def _joined(first: SourceItem, second: SourceItem, vocabulary: Vocabulary) -> SourceItem:
    """Return one item of a form that was divided into two tables. A value without label goes on with the last one."""
    passages, columns = list(first.passages), dict(first.columns)
    for one in second.passages:
        if one.label or not passages:
            passages.append(one)
            continue
        last = passages[-1]
        lines = [Line(text, origin) for text, origin in ((last.text, last.origin), (one.text, one.origin))]
        passages[-1] = passage(last.label, last.field, lines, last.origin, vocabulary)
        columns[last.label] = passages[-1].text
    return replace(
        first,
        columns=(*columns.items(), *second.columns),
        passages=tuple(passages),
        sections=(*first.sections, *second.sections),
        remarks=(*first.remarks, *second.remarks),
        leftovers=(*first.leftovers, *second.leftovers),
    )
