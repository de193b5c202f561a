"""Reads an Excel workbook (.xlsx, .xlsm): each visible sheet is a table of what Excel shows in its visible cells.

Empty rows and cells cost nothing, however many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from builder.office.documents import number_format
from builder.office.documents.document import (
    Cell,
    Document,
    Origin,
    Paragraph,
    Remark,
    RemarkKind,
    Table,
    column_letters,
)
from builder.office.documents.limits import MAX_CHARACTERS, MAX_COLUMNS, MAX_PIECES
from builder.office.documents.markup import Element, attribute, child, children, local_name, number
from builder.office.documents.package import Package
from builder.office.documents.unreadable import Unreadable

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MAX_MERGES: Final = 100_000
_MAX_PLACES: Final = 2_000_000  # of the grid of a sheet
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
QUOTED: Final = 60


def read_workbook(path: Path) -> Document:
    """Return the document in a .xlsx file, a table for each visible sheet that has text. Raises `Unreadable`."""
    with Package(path) as package:
        return _Reader(package).read()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    is_hidden: bool


@dataclass
class _Value:
    """A filled cell: its text and what is to be remarked on it."""

    text: str
    remarks: list[tuple[RemarkKind, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle of cells, all four sides included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_merged(self) -> bool:
        return (self.top, self.left) != (self.bottom, self.right)

    def covers(self, row: int, column: int) -> bool:
        """Return whether a place is in it and not its upper left corner, the only one that Excel shows."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@dataclass
class _Contents:
    """The filled cells of a sheet by row and column, from 1, and what is hidden or merged."""

    rows: dict[int, dict[int, _Value]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[_Area] = field(default_factory=list)
    is_protected: bool = False


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main_part("xl/workbook.xml")
        self.formats = self._read_formats()
        self.shared = self._read_shared_strings()
        self.from_1904 = False
        self.pieces = self.characters = 0

    def read(self) -> Document:
        blocks, remarks = [], list(self._remarks_of_the_file())
        for sheet in self._sheets():
            if sheet.is_hidden:
                origin = Origin(self.package.name)
                remarks.append(Remark(RemarkKind.HIDDEN, f"工作表“{sheet.name}”是隐藏的，没有导入", origin))
                continue
            table, about = self._read_sheet(sheet)
            remarks += about
            if table:
                blocks.append(table)
        if not blocks:
            self._refuse_empty(remarks)
        return Document(self.package.name, tuple(blocks), tuple(remarks))

    def _refuse_empty(self, remarks: list[Remark]) -> None:
        if any(re.search(r"media/|drawings/", part) for part in self.package.parts):
            raise Unreadable(
                f"“{self.package.name}”里只有图片，没有文字",
                "表格大概是拍照或扫描的。请找原来的 Excel、Word 文件；没有的话，先用文字识别（OCR）转成表格，核对以后再导入。",
            )
        hidden = "看得见的工作表都是空的；隐藏的工作表不导入，要导入就先取消隐藏。"
        is_hidden = any(remark.kind is RemarkKind.HIDDEN for remark in remarks)
        raise Unreadable(f"“{self.package.name}”里没有文字", hidden if is_hidden else "看看是不是存错了文件。")

    # ---- the workbook

    def _sheets(self) -> list[_Sheet]:
        targets = {part.id: part.target for part in self.package.relationships(self.main)}
        sheets = []
        for element in self.package.elements(self.main, ("{*}sheet", "{*}workbookPr")):
            if local_name(element) == "workbookPr":
                self.from_1904 = attribute(element, "date1904") in ("1", "true")
                continue
            part = targets.get(attribute(element, "id"), "")
            hidden = attribute(element, "state") in ("hidden", "veryHidden")
            if part in self.package and "chartsheet" not in part:
                sheets.append(_Sheet(attribute(element, "name"), part, hidden))
        return sheets

    def _read_formats(self) -> list[str]:
        """Return the number format of each cell style."""
        part = self.package.related(self.main, "styles")
        if not part:
            return []
        codes, formats = dict(number_format.BUILT_IN), []
        for element in self.package.elements(part, ("{*}numFmt", "{*}cellXfs")):
            if local_name(element) == "numFmt":
                codes[number(attribute(element, "numFmtId")) or 0] = attribute(element, "formatCode")
            else:
                ids = (number(attribute(xf, "numFmtId")) or 0 for xf in children(element, "xf"))
                formats = [codes.get(id, "General") for id in ids]
        return formats

    def _read_shared_strings(self) -> list[str]:
        part = self.package.related(self.main, "sharedStrings")
        texts: list[str] = []
        for element in self.package.elements(part, ("{*}si",)) if part else ():
            texts.append(_text_of(element))
            self._count_characters(texts[-1])
        return texts

    def _remarks_of_the_file(self) -> Iterator[Remark]:
        if self.package.has_macros:
            yield Remark(RemarkKind.FILE, "文件里有宏，没有运行，只读了文字", Origin(self.package.name))

    # ---- a sheet

    def _read_sheet(self, sheet: _Sheet) -> tuple[Table | None, list[Remark]]:
        contents = self._read_contents(sheet)
        origin = Origin(self.package.name, sheet.name)
        remarks = [*_left_out(contents, origin), *_covered(contents, origin)]
        for row, column, text in self._comments(sheet):
            contents.rows.setdefault(row, {}).setdefault(column, _Value("")).remarks.append((RemarkKind.COMMENT, text))
        remarks += (Remark(RemarkKind.DRAWING, text, origin) for text in self._texts_of_drawings(sheet))
        if contents.is_protected:
            remarks.append(Remark(RemarkKind.FILE, f"工作表“{sheet.name}”设了保护，不影响读取", origin))
        grid = _grid(contents, origin, self.package)
        return (Table(grid, origin) if grid else None), remarks

    def _read_contents(self, sheet: _Sheet) -> _Contents:
        contents, row = _Contents(), 0
        tags = ("{*}row", "{*}col", "{*}mergeCell", "{*}sheetProtection")
        for element in self.package.elements(sheet.part, tags):
            match local_name(element):
                case "row":
                    row = number(element.get("r") or "") or row + 1
                    self._read_row(element, row, contents)
                case "col":
                    if attribute(element, "hidden") in ("1", "true") or attribute(element, "width") == "0":
                        first, last = number(attribute(element, "min")), number(attribute(element, "max"))
                        contents.hidden_columns.append((first or 1, last or first or 1))
                case "mergeCell":
                    if (area := _area(attribute(element, "ref"))) and len(contents.merges) < _MAX_MERGES:
                        contents.merges.append(area)
                case _:
                    contents.is_protected = attribute(element, "sheet") in ("1", "true")
        return contents

    def _read_row(self, element: Element, row: int, contents: _Contents) -> None:
        values, column = {}, 0
        for cell in element:
            reference = cell.get("r")
            column = _column_of(reference) if reference else column + 1
            if len(cell) and (value := self._read_cell(cell)):  # of empty ones there may be millions
                self.pieces += 1
                self._count_characters(value.text)
                values[column] = value
        if values:
            contents.rows[row] = values
            if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
                contents.hidden_rows.add(row)

    def _read_cell(self, cell: Element) -> _Value | None:
        """Return what Excel shows in a cell, None for nothing."""
        kind, written = cell.get("t") or "", child(cell, "v")
        text = (written.text or "") if written is not None else ""
        if kind == "inlineStr":
            inline = child(cell, "is")
            text = _text_of(inline) if inline is not None else ""
        elif kind == "s":
            index = number(text)
            text = self.shared[index] if index is not None and 0 <= index < len(self.shared) else ""
        elif kind == "b":
            text = {"1": "TRUE", "0": "FALSE"}.get(text, text)
        elif kind == "e":
            return _Value("", [(RemarkKind.VALUE, f"公式出错，显示的是 {text}，当作空白")])
        elif kind == "d":
            text = text.partition("T")[0]
        elif kind != "str" and text:
            style = number(cell.get("s") or "") or 0
            code = self.formats[style] if 0 <= style < len(self.formats) else "General"
            text = number_format.shown(text, code, from_1904=self.from_1904)
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n").strip()
        if text:
            return _Value(text)
        if child(cell, "f") is not None and kind != "str":
            says = "这格是公式，文件里没有存算出来的值，当作空白；用 Excel 或 WPS 打开存一次再导入就有了"
            return _Value("", [(RemarkKind.VALUE, says)])
        return None

    def _comments(self, sheet: _Sheet) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and text of each comment. A comment with answers also stands among the old ones, as a notice."""
        parts = self.package.relationships(sheet.part)
        threaded = [part.target for part in parts if part.kind == "threadedComment" and part.target in self.package]
        old = [part.target for part in parts if part.kind == "comments" and part.target in self.package]
        answered = set()
        for part in threaded:
            for element in self.package.elements(part, ("{*}threadedComment",)):
                text = "".join(one.text or "" for one in children(element, "text")).strip()
                if (reference := _REFERENCE.fullmatch(attribute(element, "ref"))) and text:
                    place = int(reference[2]), _column(reference[1])
                    answered.add(place)
                    yield *place, text
        for part in old:
            for element in self.package.elements(part, ("{*}comment",)):
                text = "".join(_text_of(one) for one in children(element, "text")).strip()
                if (reference := _REFERENCE.fullmatch(attribute(element, "ref"))) and text:
                    place = int(reference[2]), _column(reference[1])
                    if place not in answered:
                        yield *place, text

    def _texts_of_drawings(self, sheet: _Sheet) -> Iterator[str]:
        for part in self.package.relationships(sheet.part):
            if part.kind == "drawing" and part.target in self.package:
                for body in self.package.elements(part.target, ("{*}txBody",)):
                    paragraphs = ("".join(t.text or "" for t in p.iter("{*}t")).strip() for p in body.iter("{*}p"))
                    if text := "\n".join(filter(None, paragraphs)):
                        yield text

    def _count_characters(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS or self.pieces > MAX_PIECES:
            raise self.package.too_large()


def _left_out(contents: _Contents, origin: Origin) -> Iterator[Remark]:
    """Yield a remark for all hidden rows with text, and one for all hidden columns with text."""
    if contents.hidden_rows:
        listed = _ranges(sorted(contents.hidden_rows))
        yield Remark(RemarkKind.HIDDEN, f"第{listed}行是隐藏的，没有导入", origin)
    used = {column for values in contents.rows.values() for column in values}
    hidden = sorted(column for column in used if _is_within(column, contents.hidden_columns))
    if hidden:
        listed = "、".join(column_letters(column) for column in hidden)
        yield Remark(RemarkKind.HIDDEN, f"{listed}列是隐藏的，没有导入", origin)


def _grid(contents: _Contents, origin: Origin, package: Package) -> tuple[tuple[Cell, ...], ...]:
    """Return the visible cells. Rows without text of their own, and columns without any, are left out."""
    hidden = contents.hidden_columns
    visible = {
        row: [column for column in values if not _is_within(column, hidden)]
        for row, values in contents.rows.items()
        if row not in contents.hidden_rows
    }
    rows = sorted(row for row, columns in visible.items() if columns)
    columns = sorted({column for row in rows for column in visible[row]})
    if len(columns) > MAX_COLUMNS or len(rows) * len(columns) > _MAX_PLACES:
        raise package.too_large()
    areas = _areas_by_row(contents.merges, rows)
    made: dict[tuple[int, int], Cell] = {}
    grid = []
    for row in rows:
        line = []
        for column in columns:
            area = next((one for one in areas.get(row, ()) if one.left <= column <= one.right), None)
            area = area or _Area(row, column, row, column)
            key = area.top, area.left
            if key not in made:
                made[key] = _cell(contents, area, origin, rows, columns)
            line.append(made[key])
        grid.append(tuple(line))
    return tuple(grid)


def _areas_by_row(merges: Sequence[_Area], rows: Sequence[int]) -> Mapping[int, list[_Area]]:
    """Return the merged areas that reach into each of `rows`, which are sorted."""
    found: dict[int, list[_Area]] = {}
    for area in merges:
        for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
            found.setdefault(row, []).append(area)
    return found


def _cell(contents: _Contents, area: _Area, origin: Origin, rows: Sequence[int], columns: Sequence[int]) -> Cell:
    """Return the cell of an area, which may be a single place. Excel shows the value of its upper left corner."""
    at = Origin(origin.document, origin.sheet, row=area.top, column=area.left)
    value = contents.rows.get(area.top, {}).get(area.left, _Value(""))
    remarks = tuple(Remark(kind, text, at) for kind, text in value.remarks)
    blocks = (Paragraph(value.text, at, remarks=remarks),) if value.text or remarks else ()
    first_row, first_column = bisect_left(rows, area.top), bisect_left(columns, area.left)
    return Cell(
        blocks,
        at,
        first_row,
        first_column,
        bisect_right(rows, area.bottom) - first_row,
        bisect_right(columns, area.right) - first_column,
        merged=area.is_merged,
    )


def _covered(contents: _Contents, origin: Origin) -> Iterator[Remark]:
    """Yield a remark for each text below a merged cell, which Excel does not show."""
    for area in contents.merges:
        for row in range(area.top, area.bottom + 1) if area.bottom - area.top < len(contents.rows) else contents.rows:
            for column, value in contents.rows.get(row, {}).items():
                if area.covers(row, column) and value.text:
                    at = Origin(origin.document, origin.sheet, row=row, column=column)
                    text = f"合并单元格盖住了文字“{value.text[:QUOTED]}”，没有导入"
                    yield Remark(RemarkKind.HIDDEN, text, at)


def _text_of(element: Element) -> str:
    """Return the text of a string, its runs joined; how it is read aloud (``rPh``) is left out."""
    parts = []
    for one in element.iterchildren():
        match local_name(one):
            case "t":
                parts.append(one.text or "")
            case "r":
                parts += (text.text or "" for text in children(one, "t"))
            case _:
                pass
    return "".join(parts)


@lru_cache(1000)
def _column_of(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    return _column(match[1]) if match else 0


@cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _area(reference: str) -> _Area | None:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return None
    first, last = ((int(corner[2]), _column(corner[1])) for corner in corners if corner)
    return _Area(*first, *last)


def _is_within(column: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(first <= column <= last for first, last in ranges)


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers with those in a row joined: 3-5、9."""
    parts: list[list[int]] = []
    for one in numbers:
        if parts and parts[-1][1] == one - 1:
            parts[-1][1] = one
        else:
            parts.append([one, one])
    return "、".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
