"""Reads an Excel workbook (.xlsx, .xlsm): each visible sheet is a table of what Excel shows in its visible cells.

Empty rows and cells cost nothing, however many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

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
from builder.office.documents.markup import attribute, children
from builder.office.documents.package import Package
from builder.office.documents.unreadable import Unreadable
from builder.office.documents.worksheet import (
    REFERENCE,
    Area,
    Contents,
    Sheet,
    Value,
    WorkbookReader,
    column_number,
    text_of,
)

_MAX_PLACES: Final = 2_000_000  # of the grid of a sheet
QUOTED: Final = 60


def read_workbook(path: Path) -> Document:
    """Return the document in a .xlsx file, a table for each visible sheet that has text. Raises `Unreadable`."""
    with Package(path) as package:
        return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self._workbook = WorkbookReader(package, MAX_PIECES, MAX_CHARACTERS)

    def read(self) -> Document:
        blocks, remarks = [], list(self._remarks_of_the_file())
        for sheet in self._workbook.sheets():
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

    def _remarks_of_the_file(self) -> Iterator[Remark]:
        if self.package.has_macros:
            yield Remark(RemarkKind.FILE, "文件里有宏，没有运行，只读了文字", Origin(self.package.name))

    # ---- a sheet

    def _read_sheet(self, sheet: Sheet) -> tuple[Table | None, list[Remark]]:
        contents = self._workbook.contents(sheet)
        origin = Origin(self.package.name, sheet.name)
        remarks = [*_left_out(contents, origin), *_covered(contents, origin)]
        for row, column, text in self._comments(sheet):
            contents.rows.setdefault(row, {}).setdefault(column, Value("")).remarks.append((RemarkKind.COMMENT, text))
        remarks += (Remark(RemarkKind.DRAWING, text, origin) for text in self._texts_of_drawings(sheet))
        if contents.is_protected:
            remarks.append(Remark(RemarkKind.FILE, f"工作表“{sheet.name}”设了保护，不影响读取", origin))
        grid = _grid(contents, origin, self.package)
        return (Table(grid, origin) if grid else None), remarks

    def _comments(self, sheet: Sheet) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and text of each comment. A comment with answers also stands among the old ones, as a notice."""
        parts = self.package.relationships(sheet.part)
        threaded = [part.target for part in parts if part.kind == "threadedComment" and part.target in self.package]
        old = [part.target for part in parts if part.kind == "comments" and part.target in self.package]
        answered = set()
        for part in threaded:
            for element in self.package.elements(part, ("{*}threadedComment",)):
                text = "".join(one.text or "" for one in children(element, "text")).strip()
                if (reference := REFERENCE.fullmatch(attribute(element, "ref"))) and text:
                    place = int(reference[2]), column_number(reference[1])
                    answered.add(place)
                    yield *place, text
        for part in old:
            for element in self.package.elements(part, ("{*}comment",)):
                text = "".join(text_of(one) for one in children(element, "text")).strip()
                if (reference := REFERENCE.fullmatch(attribute(element, "ref"))) and text:
                    place = int(reference[2]), column_number(reference[1])
                    if place not in answered:
                        yield *place, text

    def _texts_of_drawings(self, sheet: Sheet) -> Iterator[str]:
        for part in self.package.relationships(sheet.part):
            if part.kind == "drawing" and part.target in self.package:
                for body in self.package.elements(part.target, ("{*}txBody",)):
                    paragraphs = ("".join(t.text or "" for t in p.iter("{*}t")).strip() for p in body.iter("{*}p"))
                    if text := "\n".join(filter(None, paragraphs)):
                        yield text


def _left_out(contents: Contents, origin: Origin) -> Iterator[Remark]:
    """Yield a remark for all hidden rows with text, and one for all hidden columns with text."""
    if contents.hidden_rows:
        listed = _ranges(sorted(contents.hidden_rows))
        yield Remark(RemarkKind.HIDDEN, f"第{listed}行是隐藏的，没有导入", origin)
    used = {column for values in contents.rows.values() for column in values}
    hidden = sorted(column for column in used if _is_within(column, contents.hidden_columns))
    if hidden:
        listed = "、".join(column_letters(column) for column in hidden)
        yield Remark(RemarkKind.HIDDEN, f"{listed}列是隐藏的，没有导入", origin)


def _grid(contents: Contents, origin: Origin, package: Package) -> tuple[tuple[Cell, ...], ...]:
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
            area = area or Area(row, column, row, column)
            key = area.top, area.left
            if key not in made:
                made[key] = _cell(contents, area, origin, rows, columns)
            line.append(made[key])
        grid.append(tuple(line))
    return tuple(grid)


def _areas_by_row(merges: Sequence[Area], rows: Sequence[int]) -> Mapping[int, list[Area]]:
    """Return the merged areas that reach into each of `rows`, which are sorted."""
    found: dict[int, list[Area]] = {}
    for area in merges:
        for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
            found.setdefault(row, []).append(area)
    return found


def _cell(contents: Contents, area: Area, origin: Origin, rows: Sequence[int], columns: Sequence[int]) -> Cell:
    """Return the cell of an area, which may be a single place. Excel shows the value of its upper left corner."""
    at = Origin(origin.document, origin.sheet, row=area.top, column=area.left)
    value = contents.rows.get(area.top, {}).get(area.left, Value(""))
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


def _covered(contents: Contents, origin: Origin) -> Iterator[Remark]:
    """Yield a remark for each text below a merged cell, which Excel does not show."""
    for area in contents.merges:
        for row in range(area.top, area.bottom + 1) if area.bottom - area.top < len(contents.rows) else contents.rows:
            for column, value in contents.rows.get(row, {}).items():
                if area.covers(row, column) and value.text:
                    at = Origin(origin.document, origin.sheet, row=row, column=column)
                    text = f"合并单元格盖住了文字“{value.text[:QUOTED]}”，没有导入"
                    yield Remark(RemarkKind.HIDDEN, text, at)


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
