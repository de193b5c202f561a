"""A workbook of items for work in bulk: see `item_sheets` for what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from builder.office.export.excel import A4, HEAD, LINE, LONGEST_CELL, TEXT, lines_of, workbook_of
from builder.office.export.exported import FORM_VERSION
from builder.office.export.item_sheets import (
    AREA,
    CASE,
    DIGEST,
    ID,
    ITEMS,
    MARK,
    NAME,
    NUMBER,
    PATH,
    STEP,
    ItemSheet,
    SheetColumn,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

HOW_TO, LISTS = "怎么改", "选项"
HOW = (
    "一个事项一行，在“事项”里；它的情形、条件、材料、步骤、电话等，一样一行，在后面各张表里。改好存成 .xlsx 交回，只改您改过的格子。",
    "灰格子（编号、位置）是锁着的，程序靠它们认出是哪一行。白格子都能改。不知道的空着；没有的写“无”。",
    "标题格的角上有批注：写什么、怎么写。有下拉箭头的，可以从里面选；能选几样的，几样用、隔开。",
    "一格里有几条的，一条一行（Alt+回车换行）；一条里要换行的，下一行前面空一个全角格。",
    "加一样：在表的下面写新的一行，写上事项编号；序号写 2.1，就归在第 2 样下面。删一样：把这一行的白格子都清空。",
    "可以排序、筛选、调列宽、插行。要动锁着的格子，先“撤消工作表保护”，没有密码。",
)
FIRST, SPARE = 1, 500  # the row where data begins, and the empty rows below it in which new ones can be written
NARROW, USUAL, WIDE = 12, 18, 36  # widths of columns, in letters; a Chinese character takes two
WIDTHS = {ID: 26, DIGEST: 10, AREA: 18, NAME: 24, CASE: 16, PATH: 22, NUMBER: 7, STEP: 8, MARK: 10}
MOST_LINES = 8  # of a row
FIT = 12  # a sheet of up to this many columns is printed as wide as the paper


def bulk_workbook(sheets: Sequence[ItemSheet], title: str) -> bytes:
    """Return the workbook with these sheets. Raises `MissingExcel`."""
    properties = {"bszn-form": FORM_VERSION, "bszn-kind": "items"}
    return workbook_of(lambda workbook: _Writer(workbook).write(sheets, title), title, properties)


class _Writer:
    """Writes the sheets into a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._open = workbook.add_format({**TEXT, "locked": False})
        self._locked = workbook.add_format({**TEXT, "text_wrap": False, "bg_color": "#EDEDED", "font_color": "#595959"})
        self._head = workbook.add_format(HEAD)
        self._lists: dict[tuple[str, ...], str] = {}  # where the choices of columns stand
        self._known: dict[str, int] = {}

    def write(self, sheets: Sequence[ItemSheet], title: str) -> None:
        how_to = self._workbook.add_worksheet(HOW_TO)
        how_to.set_column(0, 0, 100)
        how_to.set_paper(A4)
        how_to.fit_to_pages(1, 0)
        how_to.write_string(0, 0, title, self._head)
        for at, line in enumerate(HOW, start=1):
            how_to.write_string(at, 0, line, self._open)
        pages = [(sheet, self._workbook.add_worksheet(sheet.name)) for sheet in sheets]
        lists = self._workbook.add_worksheet(LISTS)
        for sheet, page in pages:
            self._write_sheet(sheet, page, lists)
        lists.hide()
        pages[0][1].activate()
        pages[0][1].set_first_sheet()

    def _write_sheet(self, sheet: ItemSheet, page: Worksheet, lists: Worksheet) -> None:
        at = {column.heading: index for index, column in enumerate(sheet.columns)}
        last = FIRST + len(sheet.rows) + SPARE
        widths = [_width(column) for column in sheet.columns]
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, widths[index], self._open)
            page.write_string(0, index, column.heading, self._head)
            if column.hint:
                page.write_comment(0, index, column.hint, {"x_scale": 2, "font_size": 9, "author": ""})
            if column.choices:
                page.data_validation(FIRST, index, last, index, self._validation(column, lists))
            elif column.heading == ID and sheet.name != ITEMS:
                page.data_validation(FIRST, index, last, index, self._of_items())
        locked = [index for index, column in enumerate(sheet.columns) if column.locked]
        for number, row in enumerate(sheet.rows, start=FIRST):
            lines = 1
            for index in locked:
                page.write_blank(number, index, None, self._locked)
            for heading, text in row.items():
                place = at[heading]
                style = self._locked if sheet.columns[place].locked else self._open
                page.write_string(number, place, text[:LONGEST_CELL], style)
                lines = max(lines, lines_of(text, widths[place])) if style is self._open else lines
            page.set_row(number, LINE * min(lines, MOST_LINES) + 2)
        page.freeze_panes(FIRST, len(locked))
        page.autofilter(0, 0, max(FIRST, FIRST + len(sheet.rows) - 1), len(sheet.columns) - 1)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.protect("", _ALLOWED)
        page.set_landscape()
        page.set_paper(A4)
        page.repeat_rows(0)
        if len(sheet.columns) <= FIT:
            page.fit_to_pages(1, 0)
        if sheet.name == ITEMS:
            self._known = {"rows": len(sheet.rows)}

    def _validation(self, column: SheetColumn, lists: Worksheet) -> dict[str, Any]:
        source = self._lists.get(column.choices)
        if source is None:
            at = len(self._lists)
            lists.write_column(0, at, column.choices)
            letters = _letters(at)
            source = self._lists[column.choices] = f"={LISTS}!${letters}$1:${letters}${len(column.choices)}"
        told = (
            {"error_title": "只能从里面选", "error_message": f"{column.heading}只能选下拉单里有的。"}
            if column.closed
            else {}
        )
        return {"validate": "list", "source": source, "show_error": column.closed, **told}

    def _of_items(self) -> dict[str, Any]:
        rows = FIRST + self._known["rows"] + SPARE
        return {"validate": "list", "source": f"={ITEMS}!$A${FIRST + 1}:$A${rows}", "show_error": False}


# What can be done in a protected sheet besides writing into open cells.
_ALLOWED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)


def _width(column: SheetColumn) -> int:
    if column.closed:
        return NARROW
    return WIDTHS.get(column.heading, 0) or (WIDE if column.wide else USUAL)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded by then

    return str(xl_col_to_name(column))
