"""Reads a Word document (.docx, .docm, .dotx), also one that WPS wrote, in the order of its XML and in little memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from builder.office.documents.document import Block, Cell, Document, Origin, Paragraph, Remark, RemarkKind, Table
from builder.office.documents.limits import MAX_CHARACTERS, MAX_COLUMNS, MAX_DEPTH, MAX_PIECES
from builder.office.documents.markup import Element, attribute, child, children, is_on, local_name, number, value
from builder.office.documents.package import Package, forget
from builder.office.documents.unreadable import Unreadable
from builder.office.documents.word_numbering import (
    Style,
    heading_of,
    numbered,
    read_numbering,
    read_styles,
)
from builder.office.documents.word_text import ParagraphText, read_text

_TAGS: Final = tuple(f"{{*}}{name}" for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_MAX_PLACES: Final = 2_000_000  # of the grids of all tables, a cell of many columns counted as often
_PAGE_NUMBER: Final = re.compile(r"[\s\d第共页/—–·-]*")
QUOTED: Final = 80  # characters of a deleted text that a remark repeats


def read_word(path: Path) -> Document:
    """Return the document in a .docx file. Raises `Unreadable`."""
    with Package(path) as package:
        return _Reader(package).read()


@dataclass
class _RawCell:
    blocks: list[Block]
    columns: int
    vertical: str  # restart, continue, or ""
    horizontal: str


@dataclass
class _RawTable:
    origin: Origin
    rows: list[tuple[int, list[_RawCell]]] = field(default_factory=list)  # columns left out before it, cells
    header_rows: set[int] = field(default_factory=set)


@dataclass
class _Place:
    """Where the reader is: the table at the top, its row and column, all from 1."""

    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main_part("word/document.xml")
        self.styles = read_styles(package, package.related(self.main, "styles"))
        self.numbering = read_numbering(package, package.related(self.main, "numbering"), self.styles)
        self.comments = self._texts_by_id("comments", "comment")
        self.notes = {kind: self._texts_by_id(f"{kind}s", kind) for kind in ("footnote", "endnote")}
        self.place = _Place()
        self.blocks: list[Block] = []
        self.remarks: list[Remark] = []
        self.tables: list[_RawTable] = []
        self.cells: list[list[Block]] = []  # the contents of the cells that are open
        self.carried: ParagraphText | None = None  # of a paragraph whose mark was deleted
        self.pieces = self.characters = self.places = self.pictures = 0

    def read(self) -> Document:
        in_box = 0
        for event, element in self.package.events(self.main, ("start", "end"), _TAGS):
            name = local_name(element)
            if name == "txbxContent":
                in_box += 1 if event == "start" else -1
            elif not in_box:
                self._meet(event, name, element)
        self.remarks += self._remarks_of_the_file()
        document = Document(self.package.name, tuple(self.blocks), tuple(self.remarks))
        self._require_text(document)
        return document

    def _meet(self, event: str, name: str, element: Element) -> None:
        if event == "start":
            if name == "tbl":
                self._open_table()
            elif name == "tr" and len(self.tables) == 1:
                self.place.row, self.place.column = self.place.row + 1, 0
            elif name == "tc":
                self.cells.append([])
                if len(self.tables) == 1:
                    self.place.column += 1
            return
        if name == "p":
            self._target.extend(self._paragraphs(element))
        elif name == "tc":
            self._close_cell(element)
        elif name == "tr":
            self._close_row(element)
        elif name == "tbl":
            self._close_table()
        if name == "tr" or not self.tables:
            forget(element)
        else:  # before it may stand the properties of the cell or row
            element.clear(keep_tail=False)

    @property
    def _target(self) -> list[Block]:
        return self.cells[-1] if self.cells else self.blocks

    # ---- tables

    def _open_table(self) -> None:
        if len(self.tables) >= MAX_DEPTH:
            raise self.package.too_large()
        if not self.tables:
            self.place.table, self.place.row, self.place.column = self.place.table + 1, 0, 0
        place = self.place
        origin = Origin(self.package.name, table=place.table, row=place.row, column=place.column)
        self.tables.append(_RawTable(origin, [(0, [])]))

    def _close_cell(self, element: Element) -> None:
        blocks = self.cells.pop()
        properties = child(element, "tcPr")
        columns, vertical, horizontal = 1, "", ""
        if properties is not None:
            columns = max(1, number(value(properties, "gridSpan")) or 1)
            vertical, horizontal = _merge(properties, "vMerge"), _merge(properties, "hMerge")
        if columns > MAX_COLUMNS:
            raise self.package.too_large()
        if self.tables:
            self.tables[-1].rows[-1][1].append(_RawCell(blocks, columns, vertical, horizontal))
            if len(self.tables) == 1:
                self.place.column += columns - 1

    def _close_row(self, element: Element) -> None:
        if not self.tables:
            return
        table, properties = self.tables[-1], child(element, "trPr")
        if properties is not None:
            if child(properties, "del") is not None or is_on(properties, "hidden"):
                self._leave_out_row(table, is_hidden=child(properties, "del") is None)
                return
            before = number(value(properties, "gridBefore")) or 0
            table.rows[-1] = (min(max(before, 0), MAX_COLUMNS), table.rows[-1][1])
            if is_on(properties, "tblHeader"):
                table.header_rows.add(len(table.rows) - 1)
        table.rows.append((0, []))

    def _leave_out_row(self, table: _RawTable, *, is_hidden: bool) -> None:
        said = "、".join(filter(None, (_first_line(cell.blocks) for cell in table.rows[-1][1])))
        kind = RemarkKind.HIDDEN if is_hidden else RemarkKind.REVISION
        text = "这一行是隐藏的，没有导入" if is_hidden else "修订已按接受处理：删去了这一行"
        self.remarks.append(Remark(kind, f"{text}（{said[:QUOTED]}）" if said else text, self._origin(row_only=True)))
        table.rows[-1] = (0, [])

    def _close_table(self) -> None:
        raw = self.tables.pop()
        raw.rows.pop()
        table = self._table(raw)
        if table.grid:
            self._target.append(table)

    def _table(self, raw: _RawTable) -> Table:
        """Return the grid of a table. A cell that continues a merged one is the same cell."""
        merged = _Merging(raw.origin)
        for row, (before, cells) in enumerate(raw.rows):
            merged.add_row(row, before, cells)
        self.places += sum(map(len, merged.grid))
        if self.places > _MAX_PLACES or any(len(row) > MAX_COLUMNS for row in merged.grid):
            raise self.package.too_large()
        for origin, text in merged.covered:
            self.remarks.append(Remark(RemarkKind.HIDDEN, f"合并单元格盖住了文字“{text[:QUOTED]}”，没有导入", origin))
        return Table(merged.cells(), raw.origin, frozenset(raw.header_rows))

    # ---- paragraphs

    def _paragraphs(self, element: Element, *, in_box: bool = False) -> Iterator[Paragraph]:
        """Yield a paragraph, then those of the text boxes in it."""
        self._count(1)
        if not in_box and self._is_prompt(element):
            return
        found, properties = read_text(element), child(element, "pPr")
        if self.carried:
            found = _joined(self.carried, found)
            self.carried = None
        if properties is not None and _mark_is_deleted(properties):
            self.carried = found
            return
        if not self.tables and not in_box:
            self.place.paragraph += 1
        self._count(0, len(found.text))
        origin = self._origin(part="文本框" if in_box else "")
        number_shown, level, heading, stands_out = self._looks(properties, found)
        remarks = tuple(self._remarks_on(found, origin))
        self.pictures += found.pictures
        if found.text or number_shown or remarks:
            yield Paragraph(found.text, origin, number_shown, level, heading, stands_out, in_box, remarks)
        for box in found.boxes:
            for inner in box.iter("{*}p"):
                if _is_in(inner, box):
                    yield from self._paragraphs(inner, in_box=True)

    def _looks(self, properties: Element | None, found: ParagraphText) -> tuple[str, int, int, bool]:
        """Return the number as shown, the level in the list, the level of the heading, and whether the text stands out."""
        if properties is None:
            return "", 0, 0, found.bold and bool(found.text)
        style = self.styles.get(value(properties, "pStyle"), Style())
        list_id, level = numbered(properties)
        list_id, level = list_id or style.list, style.level if level is None else level
        shown = self.numbering.next(list_id, level or 0) if list_id and list_id != "0" else ""
        heading = heading_of(number(value(properties, "outlineLvl")))
        centred = value(properties, "jc") == "center" or (style.centred and child(properties, "jc") is None)
        heading = (style.heading or 0) if heading is None else heading
        return shown, level or 0, heading, bool(found.text) and (centred or found.bold or style.bold)

    def _remarks_on(self, found: ParagraphText, origin: Origin) -> Iterator[Remark]:
        for id in found.comments:
            if text := self.comments.get(id):
                yield Remark(RemarkKind.COMMENT, text, origin)
        for kind, id in found.notes:
            if text := self.notes[kind].get(id):
                yield Remark(RemarkKind.FOOTNOTE, text, origin)
        changes = [f"加上“{text[:QUOTED]}”" for text in found.added] + [
            f"删去“{text[:QUOTED]}”" for text in found.deleted
        ]
        if changes:
            yield Remark(RemarkKind.REVISION, f"修订已按接受处理：{'，'.join(changes)}", origin)
        if found.hidden:
            yield Remark(RemarkKind.HIDDEN, "这里有隐藏的文字，没有导入", origin)
        if found.pictures:
            yield Remark(RemarkKind.PICTURE, "这里有图片，图片里的文字没有导入", origin)

    def _is_prompt(self, element: Element) -> bool:
        """Whether a paragraph is inside a content control that nobody has filled in."""
        for ancestor in element.iterancestors("{*}sdt"):
            properties = child(ancestor, "sdtPr")
            if properties is not None and is_on(properties, "showingPlcHdr"):
                return True
        return False

    # ---- the rest of the file

    def _remarks_of_the_file(self) -> Iterator[Remark]:
        origin = Origin(self.package.name)
        if self.package.has_macros:
            yield Remark(RemarkKind.FILE, "文件里有宏，没有运行，只读了文字", origin)
        kinds = {part.kind for part in self.package.relationships(self.main)}
        if "aFChunk" in kinds:
            yield Remark(RemarkKind.FILE, "里面嵌着另一份文件，它的文字没有读；请在 Word 里另存一份再导入", origin)
        if kinds & {"package", "oleObject"}:
            yield Remark(RemarkKind.FILE, "里面嵌着别的文件（如 Excel 表），它的文字没有读", origin)
        yield from self._margins(origin)
        for part in self.package.relationships(self.main):
            if part.kind == "diagramData" and part.target in self.package:
                if text := "、".join(_plain_texts(self.package, part.target, "{*}p")):
                    yield Remark(RemarkKind.DRAWING, text, origin)

    def _margins(self, origin: Origin) -> Iterator[Remark]:
        """Yield the texts of page headers and footers, each once."""
        parts = (part for part in self.package.relationships(self.main) if part.kind in ("header", "footer"))
        texts = chain.from_iterable(
            _plain_texts(self.package, part.target, "{*}p") for part in parts if part.target in self.package
        )
        for text in dict.fromkeys(texts):
            if not _PAGE_NUMBER.fullmatch(text):
                yield Remark(RemarkKind.MARGIN, text, origin)

    def _require_text(self, document: Document) -> None:
        if any(paragraph.text for paragraph in document.paragraphs):
            return
        if self.pictures or any(part.kind == "image" for part in self.package.relationships(self.main)):
            raise Unreadable(
                f"“{self.package.name}”里只有图片，没有文字",
                "表格大概是拍照或扫描的。请找原来的 Word、Excel 文件；没有的话，先用文字识别（OCR）转成 Word，核对以后再导入。",
            )
        raise Unreadable(f"“{self.package.name}”里没有文字", "看看是不是存错了文件。")

    def _texts_by_id(self, relation: str, tag: str) -> Mapping[str, str]:
        part = self.package.related(self.main, relation)
        if not part:
            return {}
        return {
            attribute(element, "id"): f"{author}：{text}" if author else text
            for element in self.package.elements(part, (f"{{*}}{tag}",))
            if (text := _text_of(element)) and attribute(element, "type") not in ("separator", "continuationSeparator")
            for author in (attribute(element, "author"),)
        }

    def _origin(self, *, part: str = "", row_only: bool = False) -> Origin:
        place, name = self.place, self.package.name
        if self.tables:
            return Origin(name, table=place.table, row=place.row, column=0 if row_only else place.column, part=part)
        return Origin(name, paragraph=place.paragraph, part=part)

    def _count(self, pieces: int, characters: int = 0) -> None:
        self.pieces, self.characters = self.pieces + pieces, self.characters + characters
        if self.pieces > MAX_PIECES or self.characters > MAX_CHARACTERS:
            raise self.package.too_large()


@dataclass
class _Anchor:
    row: int
    column: int
    columns: int
    blocks: list[Block]
    merged: bool
    rows: int = 1


class _Merging:
    """Lays the cells of a table on its grid."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.grid: list[list[_Anchor]] = []
        self.covered: list[tuple[Origin, str]] = []  # texts below a merged cell, which Word does not show

    def add_row(self, row: int, before: int, cells: Iterable[_RawCell]) -> None:
        line = [_Anchor(row, column, 1, [], merged=False) for column in range(before)]
        for cell in cells:
            anchor = self._continued(line, cell)
            if anchor is None:
                anchor = _Anchor(row, len(line), cell.columns, cell.blocks, bool(cell.vertical or cell.columns > 1))
            elif text := _first_line(cell.blocks):
                self.covered.append((_origin_of(cell.blocks) or self.origin, text))
            line += [anchor] * cell.columns
        self.grid.append(line)

    def _continued(self, line: list[_Anchor], cell: _RawCell) -> _Anchor | None:
        """Return the merged cell of which `cell` is a part, None if it begins one or stands alone."""
        if cell.horizontal == "continue" and line:
            line[-1].columns += cell.columns
            return line[-1]
        if cell.vertical == "continue" and self.grid:
            row, column = len(self.grid), len(line)
            above = self.grid[-1][column] if column < len(self.grid[-1]) else None
            if above and above.merged and above.column == column and above.columns == cell.columns:
                above.rows = row - above.row + 1
                return above
        return None

    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the grid, every row as wide as the widest."""
        width = max(map(len, self.grid), default=0)
        made: dict[int, Cell] = {}
        lines = []
        for row, line in enumerate(self.grid):
            padded = line + [_Anchor(row, column, 1, [], merged=False) for column in range(len(line), width)]
            lines.append(tuple(made.setdefault(id(anchor), self._cell(anchor)) for anchor in padded))
            self.grid[row] = padded  # so that no id is given twice
        return tuple(lines)

    def _cell(self, anchor: _Anchor) -> Cell:
        row, column = self.origin.row or anchor.row + 1, self.origin.column or anchor.column + 1
        origin = _origin_of(anchor.blocks) or Origin(
            self.origin.document, table=self.origin.table, row=row, column=column
        )
        return Cell(tuple(anchor.blocks), origin, anchor.row, anchor.column, anchor.rows, anchor.columns, anchor.merged)


def _merge(properties: Element, name: str) -> str:
    found = next(children(properties, name), None)
    return "" if found is None else attribute(found, "val") or "continue"


def _mark_is_deleted(properties: Element) -> bool:
    mark = child(properties, "rPr")
    return mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)


def _joined(first: ParagraphText, second: ParagraphText) -> ParagraphText:
    return ParagraphText(
        first.parts + second.parts,
        first.boxes + second.boxes,
        first.comments + second.comments,
        first.notes + second.notes,
        first.added + second.added,
        first.deleted + second.deleted,
        first.hidden + second.hidden,
        first.pictures + second.pictures,
        first.bold and second.bold,
    )


def _is_in(paragraph: Element, box: Element) -> bool:
    """Whether a text box is the nearest one around a paragraph. The fallback for old programs is none."""
    for ancestor in paragraph.iterancestors("{*}txbxContent", "{*}Fallback"):
        return ancestor is box
    return False


def _text_of(element: Element) -> str:
    paragraphs = ("".join(one.text or "" for one in p.iter("{*}t")) for p in element.iter("{*}p"))
    return "\n".join(filter(None, (text.strip() for text in paragraphs)))


def _plain_texts(package: Package, part: str, tag: str) -> Iterator[str]:
    for element in package.elements(part, (tag,)):
        if text := "".join(one.text or "" for one in element.iter("{*}t")).strip():
            yield text


def _first_line(blocks: Iterable[Block]) -> str:
    return next((block.text for block in blocks if isinstance(block, Paragraph) and block.text), "").partition("\n")[0]


def _origin_of(blocks: Iterable[Block]) -> Origin | None:
    return next((block.origin for block in blocks), None)
