"""The form of an item as a Word document, to be edited in Word or WPS and brought home.

python-docx knows neither content controls nor document properties of one's own, and stamps what it writes with the time;
so the parts of the document are templates (``templates/office/word/``), as pages are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from builder.content.model import companions
from builder.content.model.kinds import BY_RECORD
from builder.form.item_form import (
    BLANK,
    NUMBERED,
    Cell,
    FieldRow,
    FieldsBlock,
    MoreBlock,
    Row,
    TableBlock,
    item_form,
)
from builder.form.layout import REST, Column
from builder.form.record_names import Names
from builder.form.slots import Kind
from builder.office.export.exported import ExportedItem
from builder.office.export.zipped import zipped
from builder.support.diagnostics import KeyPath
from builder.support.fingerprint import digest

Part = Callable[[str, Mapping[str, object]], bytes]  # what a template, by its name, makes of values

HOW = (
    "这张表可以直接在 Word、WPS 里改，改好交回，只改您改过的地方。灰色的字是提示，不用删；〔未填〕是不知道，留着就行；没有的写“无”。",
    "一格里有几条的，一条一行；一条里要换行的，下一行前面空一个全角格。整格删空，就是删掉这一项。",
    "表里加一样：写在最后的空行，或在中间插一行；序号写 2.1，就归在第 2 样下面。删一样：把那一行各格清空，空行留着。",
)
UNKNOWN, UNCHOSEN, OPEN, NARROW = "〔未填〕", "〔请选〕", "〔　〕", "〔〕"  # a cell that says nothing else is empty
TAG_LENGTH, NAME_LENGTH = 64, 40  # of the tag of a content control, and of the name of a bookmark, in Word
WIDTH = 9638  # of the text, in twentieths of a point
LABELS, NUMBERS, PARENTS = 2150, 700, 900  # the widths of the columns of labels and numbers
CHOSEN_FROM = (
    BY_RECORD[companions.Department].name,
    BY_RECORD[companions.Place].name,
)  # the kinds of record that one can choose from a list
LONGEST_LIST, LONGEST_HINT = 80, 36


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: an input of the document."""

    id: int
    tag: str
    alias: str
    label: str
    text: str
    placeholder: str
    locked: bool = False
    list: str = ""
    choices: tuple[str, ...] = ()


def tag_of(path: KeyPath) -> str:
    """Return the tag of the control of the field at `path`: materials.0.name, or its digest where Word takes no longer tag."""
    tag = ".".join(map(str, path))
    return tag if len(tag) <= TAG_LENGTH else f"#{digest(tag.encode())}"


def bookmark_of(path: KeyPath) -> str:
    """Return the name of the bookmark of the row or table at `path`.

    LibreOffice 7.4 and older lose the tags of controls; bookmarks they keep.
    """
    name = f"p_{'_'.join(map(str, path))}".replace(BLANK, "new")
    return name if len(name) <= NAME_LENGTH else f"p_{digest(name.encode())}"


def word_form(exported: ExportedItem, names: Names, foot: str, part: Part) -> bytes:
    """Return the form of an item. `foot` is what stands at the foot of each page, `part` renders a template."""
    form = item_form(exported.item, exported.raw, names)
    name = exported.item.name
    sheet = _Sheet(names)
    sections = [(section.heading, [*map(sheet.block, section.blocks)]) for section in form.sections]
    values = {"title": name, "how": HOW, "sections": sections}
    properties = {"name": name, "id": exported.card.id, "edition": exported.edition, "properties": exported.properties}
    templates: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "[Content_Types].xml": ("types.xml", {}),
        "_rels/.rels": ("package-rels.xml", {}),
        "word/document.xml": ("form.xml", values),
        "word/_rels/document.xml.rels": ("document-rels.xml", {}),
        "word/styles.xml": ("styles.xml", {}),
        "word/settings.xml": ("settings.xml", {}),
        "word/footer.xml": ("footer.xml", {"foot": foot}),
        "docProps/core.xml": ("core.xml", properties),
        "docProps/custom.xml": ("custom.xml", properties),
    }
    return zipped({name: part(f"office/word/{file}", its).lstrip() for name, (file, its) in templates.items()})


@dataclass(frozen=True, slots=True)
class Place:
    """A bookmark, which says where something stands."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A row of a table of fields: the label with a hint, the inputs, and a hint below them."""

    place: Place
    label: str
    hint: str
    controls: tuple[Control, ...]
    below: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table of records; `mark` says what the record holds."""

    controls: tuple[Control, ...]
    mark: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row of a table of records."""

    cells: tuple[TableCell, ...]
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table of the document: of `fields` below each other, or of records, with `columns` as headings and their hints."""

    widths: tuple[int, ...]
    fields: tuple[FieldLine, ...] = ()
    place: Place | None = None
    path: str = ""
    label: str = ""
    hint: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[TableLine, ...] = ()


class _Sheet:
    """The form as its template takes it. Controls are numbered from 1."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._ids = count(1)

    def block(self, block: FieldsBlock | TableBlock | MoreBlock) -> Block:
        match block:
            case FieldsBlock(rows=rows):
                return Block((LABELS, WIDTH - LABELS), tuple(map(self._line, rows)))
            case MoreBlock():
                return Block((LABELS, WIDTH - LABELS), (self._more(block),))
            case TableBlock():
                return self._table(block)

    def _line(self, row: FieldRow) -> FieldLine:
        controls = tuple(map(self._field, row.cells))
        return FieldLine(self._place(row.path), row.label, brief(row.hint), controls)

    def _place(self, path: KeyPath) -> Place:
        return Place(next(self._ids), bookmark_of(path))

    def _field(self, cell: Cell) -> Control:
        return self._control(cell, UNCHOSEN if cell.choices else UNKNOWN, locked=True)

    def _more(self, block: MoreBlock) -> FieldLine:
        tag, labels = tag_of((*block.path, BLANK)), "、".join(block.labels)
        control = Control(next(self._ids), tag, "另外要写的", "", "", UNKNOWN)
        hint = f"一行写一样，先写名称，如“{block.labels[0]}：……”" if block.labels else ""
        place = self._place((*block.path, BLANK))
        return FieldLine(place, "另外要写的", hint, (control,), f"还可以写：{labels}" if labels else "")

    def _table(self, block: TableBlock) -> Block:
        numbers = NUMBERS if block.numbered == NUMBERED else PARENTS
        columns = [(block.numbered, ""), *((column.heading, _column_hint(column, block)) for column in block.columns)]
        room = WIDTH - numbers
        widths = [room * column.width // 100 for column in block.columns]
        widths[-1] += room - sum(widths)
        rows = tuple(self._row(row, block) for row in block.rows)
        path = ".".join(map(str, block.path))
        place = self._place(block.path)
        return Block((numbers, *widths), (), place, path, block.label, table_hint(block), tuple(columns), rows)

    def _row(self, row: Row, block: TableBlock) -> TableLine:
        number = Control(next(self._ids), tag_of(row.path), block.numbered, "", row.number, NARROW)
        cells = [TableCell((number,), place=self._place(row.path))]
        for column, found in zip(block.columns, (*row.columns, row.rest), strict=False):
            mark = row.mark if len(cells) == 1 else ""
            placeholder = NARROW if column.labels else OPEN
            cells.append(TableCell(tuple(self._control(cell, placeholder, column.heading) for cell in found), mark))
        return TableLine(tuple(cells), "F7F7F7" if row.mark else "")

    def _control(self, cell: Cell, placeholder: str, alias: str = "", *, locked: bool = False) -> Control:
        kind, choices = "dropDownList", cell.choices
        if not choices and cell.slot.field.flag:
            kind, choices = "comboBox", cell.slot.choices
        elif cell.slot.kind is Kind.REFERENCE and not cell.slot.several and cell.slot.field.reference in CHOSEN_FROM:
            known = dict.fromkeys(self._names.all(cell.slot.field.reference).values())
            kind, choices = "comboBox", tuple(known) if len(known) <= LONGEST_LIST else ()
        if choices:
            choices = tuple(dict.fromkeys((placeholder, *choices, *([cell.text] if cell.text else []))))
        alias = (cell.label or alias or cell.slot.field.label)[:TAG_LENGTH]
        return Control(
            next(self._ids), tag_of(cell.path), alias, cell.label, cell.text, placeholder, locked, kind, choices
        )


def table_hint(block: TableBlock) -> str:
    """Return what stands above a table: what to write in it, and what its last column can say."""
    hint = brief(block.hint, 100)
    if block.columns[-1].heading != REST:
        return hint
    return f"{hint}{'。' if hint else ''}“其他”里一行写一样，如“{block.more[-1]}：……”；可以写{'、'.join(block.more)}"


def brief(hint: str, longest: int = LONGEST_HINT) -> str:
    """Return a hint as far as there is room for it, without the names that fields have in files."""
    text = re.sub(r"（[a-z_、]+）", "", hint)
    if re.search(r"[a-z_]+:|编号", text):
        return ""
    while len(text) > longest and "；" in text:
        text = text.rpartition("；")[0]
    return text if len(text) <= longest else ""


def _column_hint(column: Column, block: TableBlock) -> str:
    hints = (cell.slot.hint for row in block.rows if row.is_blank for cell in _cells(row, column, block))
    return column.hint or brief(next(hints, ""), 22)


def _cells(row: Row, column: Column, block: TableBlock) -> Sequence[Cell]:
    at = block.columns.index(column)
    return row.columns[at] if at < len(row.columns) else ()
