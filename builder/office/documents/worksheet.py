"""The cells of an Excel workbook (.xlsx, .xlsm) as Excel shows them, sheet by sheet. Empty ones cost nothing, however many."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from builder.office.documents import number_format
from builder.office.documents.document import RemarkKind
from builder.office.documents.markup import Element, attribute, child, children, local_name, number
from builder.office.documents.package import Package

REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MAX_MERGES: Final = 100_000
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, and the part of the package in which its cells are."""

    name: str
    part: str
    is_hidden: bool


@dataclass
class Value:
    """A filled cell: its text, the day that it is (2026-03-01) if Excel shows one, and what is to be remarked on it."""

    text: str
    remarks: list[tuple[RemarkKind, str]] = field(default_factory=list)
    day: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, all four sides included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_merged(self) -> bool:
        """Whether it is more than one cell."""
        return (self.top, self.left) != (self.bottom, self.right)

    def covers(self, row: int, column: int) -> bool:
        """Return whether a place is in it and not its upper left corner, the only one that Excel shows."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@dataclass
class Contents:
    """The filled cells of a sheet by row and column, from 1, and what is hidden or merged."""

    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    is_protected: bool = False


class WorkbookReader:
    """Reads an open workbook. Raises `Unreadable` where there is more in it than `most_cells` and `most_characters`."""

    def __init__(self, package: Package, most_cells: int, most_characters: int) -> None:
        self.package = package
        self._most_cells, self._most_characters = most_cells, most_characters
        self._cells = self._characters = 0
        self._from_1904 = False
        self._main = package.main_part("xl/workbook.xml")
        self._formats = self._read_formats()
        self._shared = self._read_shared_strings()

    def sheets(self) -> list[Sheet]:
        """Return the sheets in the order of their tabs."""
        targets = {part.id: part.target for part in self.package.relationships(self._main)}
        sheets = []
        for element in self.package.elements(self._main, ("{*}sheet", "{*}workbookPr")):
            if local_name(element) == "workbookPr":
                self._from_1904 = attribute(element, "date1904") in ("1", "true")
                continue
            part = targets.get(attribute(element, "id"), "")
            hidden = attribute(element, "state") in ("hidden", "veryHidden")
            if part in self.package and "chartsheet" not in part:
                sheets.append(Sheet(attribute(element, "name"), part, hidden))
        return sheets

    def contents(self, sheet: Sheet) -> Contents:
        """Return what is in a sheet."""
        contents, row = Contents(), 0
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

    def _read_row(self, element: Element, row: int, contents: Contents) -> None:
        values, column = {}, 0
        for cell in element:
            reference = cell.get("r")
            column = _column_of(reference) if reference else column + 1
            if len(cell) and (value := self._read_cell(cell)):  # of empty ones there may be millions
                self._cells += 1
                self._count_characters(value.text)
                values[column] = value
        if values:
            contents.rows[row] = values
            if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
                contents.hidden_rows.add(row)

    def _read_cell(self, cell: Element) -> Value | None:
        """Return what Excel shows in a cell, None for nothing."""
        kind, written, day = cell.get("t") or "", child(cell, "v"), ""
        text = (written.text or "") if written is not None else ""
        if kind == "inlineStr":
            inline = child(cell, "is")
            text = text_of(inline) if inline is not None else ""
        elif kind == "s":
            index = number(text)
            text = self._shared[index] if index is not None and 0 <= index < len(self._shared) else ""
        elif kind == "b":
            text = {"1": "TRUE", "0": "FALSE"}.get(text, text)
        elif kind == "e":
            return Value("", [(RemarkKind.VALUE, f"公式出错，显示的是 {text}，当作空白")])
        elif kind == "d":
            text = day = text.partition("T")[0]
        elif kind != "str" and text:
            style = number(cell.get("s") or "") or 0
            code = self._formats[style] if 0 <= style < len(self._formats) else "General"
            day = number_format.day(text, code, from_1904=self._from_1904)
            text = number_format.shown(text, code, from_1904=self._from_1904)
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n").strip()
        if text:
            return Value(text, day=day)
        if child(cell, "f") is not None and kind != "str":
            says = "这格是公式，文件里没有存算出来的值，当作空白；用 Excel 或 WPS 打开存一次再导入就有了"
            return Value("", [(RemarkKind.VALUE, says)])
        return None

    def _read_formats(self) -> list[str]:
        """Return the number format of each cell style."""
        part = self.package.related(self._main, "styles")
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
        part = self.package.related(self._main, "sharedStrings")
        texts: list[str] = []
        for element in self.package.elements(part, ("{*}si",)) if part else ():
            texts.append(text_of(element))
            self._count_characters(texts[-1])
        return texts

    def _count_characters(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > self._most_characters or self._cells > self._most_cells:
            raise self.package.too_large()


def text_of(element: Element) -> str:
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
    match = REFERENCE.fullmatch(reference)
    return column_number(match[1]) if match else 0


@cache
def column_number(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _area(reference: str) -> Area | None:
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return None
    first, last = ((int(corner[2]), column_number(corner[1])) for corner in corners if corner)
    return Area(*first, *last)
