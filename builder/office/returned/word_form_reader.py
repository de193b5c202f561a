"""Reads a Word form that comes home: each row and cell by the tags and bookmarks in it, or else by the words around it.

What Word, WPS and LibreOffice keep of a form differs: tags may be gone, or bookmarks, or a row is a copy of another with its
tags; columns may be moved, hints deleted. So each is asked for what there is, first for what is surest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.form.item_form import (
    BLANK,
    FieldRow,
    FieldsBlock,
    ItemForm,
    MoreBlock,
    Row,
    Section,
    TableBlock,
)
from builder.form.layout import CASES, REST
from builder.office.export.form_document import HOW, bookmark_of, table_hint, tag_of
from builder.office.returned.returned_item import Keys, ReturnedItem, ReturnedRecord, ReturnedTable
from builder.office.returned.same_text import tidied
from builder.office.returned.word_cells import by_column, columns_of, mark_and_text, texts_in, written
from builder.office.returned.word_parts import WordCell, WordParagraph, WordRow, WordTable
from builder.support.diagnostics import KeyPath, quote

MORE = "另外要写的"
_QUOTED = 40


def returned_form(
    document: str, id: str, digest: str, parts: Sequence[WordParagraph | WordTable], form: ItemForm
) -> ReturnedItem:
    """Return the item in a Word form. `form` is the one that was exported, or the nearest that is known."""
    return _Reader(document, id, digest, form).read(parts)


@dataclass(slots=True)
class _Found:
    """What was read of a part of the item: the item itself or a case."""

    cells: dict[Keys, str] = field(default_factory=dict)
    more: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, document: str, id: str, digest: str, form: ItemForm) -> None:
        self._about = (document, id, digest)
        self._form = form
        self._section: Section | None = None
        self._parts: dict[KeyPath, _Found] = {section.case: _Found() for section in form.sections}
        self._tables: dict[KeyPath, list[ReturnedRecord]] = {}
        self._seen: set[KeyPath] = set()
        self._remarks: list[str] = []
        self._fields = [
            (section, row)
            for section in form.sections
            for block in section.blocks
            if isinstance(block, FieldsBlock)
            for row in block.rows
        ]
        self._blocks = [
            (section, block) for section in form.sections for block in section.blocks if isinstance(block, TableBlock)
        ]
        self._mores = [
            (section, block) for section in form.sections for block in section.blocks if isinstance(block, MoreBlock)
        ]
        self._field_names = _names_of_fields(self._fields)
        self._block_names = _names_of_blocks(block for _, block in self._blocks)
        self._known_texts = _known_texts(form)

    def read(self, parts: Sequence[WordParagraph | WordTable]) -> ReturnedItem:
        for number, part in enumerate(parts):
            if isinstance(part, WordTable):
                for table, block in self._tables_in(part, parts[:number]):
                    if block is not None:
                        self._read_table(table, block)
                    else:
                        self._read_fields(table)
            elif text := tidied(part.text):
                self._meet(text, is_title=number == 0)
        return self._result()

    def _meet(self, text: str, *, is_title: bool) -> None:
        """Note in which section the following tables stand; tell of a paragraph that nobody reads.

        A table in a case may be called as an earlier section is.
        """
        passed = self._form.sections.index(self._section) + 1 if self._section else 0
        section = next((one for one in self._form.sections[passed:] if one.heading == text), None)
        if section is not None:
            self._section = section
        elif is_title:
            if not any(cell.path == ("name",) and cell.text == text for cell in self._form.cells):
                self._remarks.append(f"最上面的标题“{quote(text, _QUOTED)}”没有读；要改名称，改“事项名称”那一格")
        elif text not in self._known_texts:
            self._remarks.append(f"表格外面的这段话没有读：{quote(text, _QUOTED)}")

    def _tables_in(
        self, table: WordTable, before: Sequence[WordParagraph | WordTable]
    ) -> Iterator[tuple[WordTable, TableBlock | None]]:
        """Yield a table with the one of the form that it is, None for one of fields.

        Tables become one in Word when the line between them is deleted; then their rows tell where they are from.
        """
        runs: list[tuple[list[WordRow], TableBlock | None]] = []
        for row in table.rows:
            block = self._block_of(WordTable((row,)), ())
            is_field = block is None and self._field_named(row) is not None
            if not runs or (block is not None and block is not runs[-1][1]) or (is_field and runs[-1][1] is not None):
                runs.append(([], block))
            runs[-1][0].append(row)
        if len({id(block) for _, block in runs}) == 1 or not any(block for _, block in runs):
            yield table, self._block_of(table, before)
        else:
            yield from ((WordTable(tuple(rows)), block) for rows, block in runs)

    # ---- fields

    def _read_fields(self, table: WordTable) -> None:
        for row in table.rows:
            if not row.cells:
                continue
            if (more := self._more_of(row)) is not None:
                lines = [line for line in row.cells[-1].text.split("\n") if not line.startswith("还可以写：")]
                self._parts[more.path].more.append(written("\n".join(lines)))
            elif (found := self._field_of(row)) is not None:
                if found.path in self._seen:
                    self._remarks.append(f"“{found.label}”有两处，读了第一处")
                elif row.is_deleted:
                    continue
                else:
                    self._seen.add(found.path)
                    part = self._parts[found.path[:2] if found.path[:1] == (CASES,) else ()]
                    for path, text in self._texts_beside(row, found).items():
                        part.cells[tuple(map(str, path[-len(_keys_at(path, found)) :]))] = text
            elif any(cell.text for cell in row.cells):
                text = " ".join(cell.text for cell in row.cells)
                self._remarks.append(f"没有认出这一行是什么，没有读：{quote(text, _QUOTED)}")

    def _texts_beside(self, row: WordRow, found: FieldRow) -> Mapping[KeyPath, str]:
        """Return the texts of a field, which stand beside its label."""
        paragraphs = tuple(one for cell in row.cells[1:] for one in cell.paragraphs)
        return texts_in(WordCell(paragraphs), found.cells)

    def _field_named(self, row: WordRow) -> FieldRow | None:
        names = (*row.tags, *row.bookmarks)
        return next((self._field_names[name] for name in names if name in self._field_names), None)

    def _field_of(self, row: WordRow) -> FieldRow | None:
        if (named := self._field_named(row)) is not None:
            return named
        label = row.cells[0].text.split("\n")[0]
        here = [one for section, one in self._fields if one.label == label and section is self._section]
        return here[0] if here else None

    def _more_of(self, row: WordRow) -> MoreBlock | None:
        names = {*row.tags, *row.bookmarks}
        label = row.cells[0].text.split("\n")[0]
        for section, block in self._mores:
            path = (*block.path, BLANK)
            if names & {tag_of(path), bookmark_of(path)} or (label == MORE and section is self._section):
                return block
        return None

    # ---- tables

    def _block_of(self, table: WordTable, before: Sequence[WordParagraph | WordTable]) -> TableBlock | None:
        names = {name for row in table.rows for name in (*row.tags, *row.bookmarks)}
        counted = [(sum(name in names for name in known), block) for known, block in self._block_names]
        most, block = max(counted, key=lambda pair: pair[0], default=(0, None))
        if most:
            return block
        heads = [cell.text.split("\n")[0] for cell in table.rows[0].cells] if table.rows else []
        labels = [tidied(one.text) for one in before[-3:] if isinstance(one, WordParagraph)]
        for section, one in self._blocks:
            fits = {one.numbered, one.columns[0].heading} <= {*heads}
            if fits and section is self._section and (one.label in labels or one.label == section.heading):
                return one
        return None

    def _read_table(self, table: WordTable, block: TableBlock) -> None:
        rows = self._tables.setdefault(block.path, [])
        has_head = self._row_of(table.rows[0], block) is None
        heads: Sequence[int | None] = [-1, *range(len(block.columns))]
        if has_head:
            heads = columns_of(table, block)
        missing = [column.heading for at, column in enumerate(block.columns) if at not in heads]
        if missing:
            self._remarks.append(f"表“{block.label}”里没有这几列了，没有改：{'、'.join(missing)}")
        for number, row in enumerate(table.rows[has_head:], 1):
            if row.is_deleted:
                self._remarks.append(f"“{block.label}”第 {number} 行用修订删掉了")
                known = self._row_of(row, block)
                if known is not None:
                    rows.append(ReturnedRecord(known.path, _emptied(known), more="" if known.rest else None))
                continue
            rows.append(self._record(row, block, heads, f"“{block.label}”第 {number} 行"))

    def _record(self, row: WordRow, block: TableBlock, heads: Sequence[int | None], place: str) -> ReturnedRecord:
        known = self._row_of(row, block)
        blank = next((one for one in block.rows if one.is_blank), None)
        shape = known if known is not None and known.path[-1] != f"{BLANK}0" else blank
        # What the document has no cell for, as where a column was deleted, did not change.
        columns = known.columns if known is shape and known is not None else ()
        cells: dict[Keys, str] = {one.slot.keys: one.text for column in columns for one in column}
        number, mark, more = "", "", None
        for at, column in by_column(row, heads):
            if at == -1:
                number = written(column.text)
                continue
            fields = shape.columns[at] if shape is not None and at < len(shape.columns) else ()
            if block.columns[at].heading == REST:
                more = written(column.text)
            elif at == 0 and fields:
                mark, text = mark_and_text(column.text)
                cells[fields[0].slot.keys] = written(text)
            else:
                texts = texts_in(column, fields)
                cells.update({one.slot.keys: texts[one.path] for one in fields})
                if not fields and written(column.text):
                    cells[(block.columns[at].keys[0],)] = written(column.text)
        path = known.path if known is not None else None
        if known is None and len({*heads}) <= len(block.columns):
            more = None
        return ReturnedRecord(path, cells, place, number, mark, more, known is not None and known.is_blank)

    def _row_of(self, row: WordRow, block: TableBlock) -> Row | None:
        names = [*row.tags, *row.bookmarks]
        for one in block.rows:
            own = {tag_of(one.path), bookmark_of(one.path)} | {
                tag_of(cell.path) for cells in (*one.columns, one.rest) for cell in cells
            }
            if own & {*names}:
                return one
        return None

    # ---- what came of it

    def _result(self) -> ReturnedItem:
        parts = {
            path: ReturnedRecord(path, found.cells, "", more="\n".join(filter(None, found.more)))
            for path, found in self._parts.items()
        }
        labels = {block.path: block.label for _, block in self._blocks}
        tables = [ReturnedTable(path, labels[path], tuple(rows)) for path, rows in self._tables.items()]
        cases = tuple(record for path, record in parts.items() if path and self._is_there(path))
        tables.append(ReturnedTable((CASES,), "情形", cases))
        return ReturnedItem(*self._about, parts[()], tuple(tables), tuple(self._lost()), tuple(self._remarks))

    def _is_there(self, case: KeyPath) -> bool:
        return any(path[:2] == case for path in (*self._seen, *self._tables))

    def _lost(self) -> Iterator[str]:
        for section, row in self._fields:
            if row.path not in self._seen and (not section.case or self._is_there(section.case)):
                yield row.label
        for section, block in self._blocks:
            if block.path not in self._tables and (not section.case or self._is_there(section.case)):
                yield f"表“{block.label}”"


def _keys_at(path: KeyPath, row: FieldRow) -> Keys:
    return next(cell.slot.keys for cell in row.cells if cell.path == path)


def _names_of_fields(fields: Sequence[tuple[Section, FieldRow]]) -> Mapping[str, FieldRow]:
    """Return the fields by the tags and bookmarks that their rows have."""
    found: dict[str, FieldRow] = {}
    for _, row in fields:
        found[bookmark_of(row.path)] = row
        found.update({tag_of(cell.path): row for cell in row.cells})
    return found


def _names_of_blocks(blocks: Iterator[TableBlock]) -> Sequence[tuple[frozenset[str], TableBlock]]:
    """Return the tables, each with the tags and bookmarks of it and its rows."""
    found = []
    for block in blocks:
        paths = [block.path, *(row.path for row in block.rows)]
        names = {bookmark_of(path) for path in paths} | {tag_of(path) for path in paths[1:]}
        found.append((frozenset(names), block))
    return found


def _emptied(row: Row) -> Mapping[Keys, str]:
    return {cell.slot.keys: "" for cells in row.columns for cell in cells}


def _known_texts(form: ItemForm) -> frozenset[str]:
    """Return the paragraphs that a form has outside of its tables."""
    blocks = [block for section in form.sections for block in section.blocks if isinstance(block, TableBlock)]
    texts = {"办事指南", *HOW, *(block.label for block in blocks)}
    return frozenset(texts | {tidied(table_hint(block)) for block in blocks})
