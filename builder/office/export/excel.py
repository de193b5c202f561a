"""What all our workbooks have in common. They hold no time of their own: same content, same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from builder.support.failure import USAGE_ERROR, Failure

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LINE = 14.2  # the height of a line, in points
LONGEST_CELL = 32_767  # characters that Excel takes
A3, A4 = 8, 9  # the numbers of papers
FIRST = 2  # the row below title and headings of a page that is printed
TEXT: Mapping[str, Any] = {
    "text_wrap": True, "valign": "top", "num_format": "@", "font_name": "宋体", "font_size": 10,
}  # fmt: skip
HEAD: Mapping[str, Any] = {**TEXT, "bold": True, "bg_color": "#D9E2F3", "border": 1, "font_name": "黑体"}


class MissingExcel(Failure):
    """XlsxWriter is not installed."""

    def __init__(self) -> None:
        hint = "uv run 后面加 --extra office，会自动装好：uv run --extra office build.py …"
        super().__init__("做 Excel 表要用 XlsxWriter，这里没有装", hint, USAGE_ERROR)


def workbook_of(fill: Callable[[Workbook], None], title: str, properties: Mapping[str, str]) -> bytes:
    """Return the workbook that `fill` fills, with a title and other properties. Raises `MissingExcel`."""
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - seldom used
    except ImportError:
        raise MissingExcel from None
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": title, "created": datetime(1980, 1, 1)})  # noqa: DTZ001 - no time of its own
    for name, value in properties.items():
        workbook.set_custom_property(name, value, "text")
    fill(workbook)
    workbook.close()
    return out.getvalue()


def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return sum(1 + len(line.encode("gb18030", "replace")) // (width - 1) for line in text.split("\n"))


def set_up(workbook: Workbook, page: Worksheet, title: str, headings: Sequence[str], paper: int = A4) -> None:
    """Give a page that is printed and handed in its title, its headings, and its paper, which lies on its side."""
    style = {"bold": True, "font_name": "宋体", "font_size": 18, "align": "center", "valign": "vcenter"}
    head = workbook.add_format({**HEAD, "align": "center", "valign": "vcenter"})
    page.merge_range(0, 0, 0, len(headings) - 1, title, workbook.add_format(style))
    page.set_row(0, 32)
    for at, heading in enumerate(headings):
        page.write_string(FIRST - 1, at, heading, head)
    page.set_row(FIRST - 1, 2 * LINE + 3)
    page.set_landscape()
    page.set_paper(paper)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, FIRST - 1)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
