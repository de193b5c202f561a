"""A disclosure list (政务公开事项清单) in its seven columns, with duties and matters merged downwards, as offices hand it in.

Beside the seven stands what only editors see, and the key path of each row, by which it is known when it comes home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from builder.content.model.disclosure import DisclosureDuty, DisclosureList, DisclosureRow
from builder.content.source import Raw
from builder.form.record_names import Names
from builder.form.slots import slots_by_keys
from builder.form.spelling import entries, text_in
from builder.office.export.excel import FIRST, LINE, TEXT, lines_of, set_up, workbook_of
from builder.office.export.exported import FORM_VERSION

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

# The headings of the list, their widths in letters, and the fields of the rows; the duty stands above its rows.
DUTY = "duty"
COLUMNS = (
    ("序号", 6, "seq"),
    ("具体职责", 20, DUTY),
    ("业务事项", 18, "business"),
    ("信息类别", 18, "category"),
    ("内容标准", 46, "content"),
    ("公开时限", 16, "term"),
    ("公开形式", 18, "form"),
)
PATH = "位置"
BESIDE = (
    (PATH, 18, ""),
    ("对应事项", 26, "items"),
    ("存疑", 24, "doubt"),
    ("说明", 24, "note"),
    ("在资料的哪里", 14, "at"),
)
MERGED = ("duty", "business")


def disclosure_rows(disclosed: DisclosureList, raw: dict[str, Raw], names: Names) -> list[dict[str, str]]:
    """Return the texts of each row by field; its duty, and its key path under ""."""
    return list(_rows(disclosed, raw, names))


def _rows(disclosed: DisclosureList, raw: dict[str, Raw], names: Names) -> Iterator[dict[str, str]]:
    fields = [key for _, _, key in (*COLUMNS, *BESIDE) if key not in ("", DUTY)]
    for at, (duty, its) in enumerate(entries(disclosed.duties, raw.get("duties"))):
        assert isinstance(duty, DisclosureDuty)  # noqa: S101 - as it is declared
        raw_rows = its.get("rows") if isinstance(its, dict) else None
        for index, (row, own) in enumerate(entries(duty.rows, raw_rows)):
            texts = {key: text_in(row, own, slots_by_keys(DisclosureRow)[key,], names) for key in fields}
            yield {"": f"duties.{at}.rows.{index}", DUTY: duty.duty, **texts}


def disclosure_workbook(disclosed: DisclosureList, raw: dict[str, Raw], names: Names, id: str, digest: str) -> bytes:
    """Return the list as a workbook. Raises `MissingExcel`."""
    rows = disclosure_rows(disclosed, raw, names)
    properties = {"bszn-form": FORM_VERSION, "bszn-kind": "disclosure", "bszn-list": id, "bszn-digest": digest}
    return workbook_of(lambda workbook: _write(workbook, rows, disclosed.title), disclosed.title, properties)


def _write(workbook: Workbook, rows: Sequence[dict[str, str]], title: str) -> None:
    page = workbook.add_worksheet("公开清单")
    set_up(workbook, page, title, [heading for heading, _, _ in COLUMNS])
    text = workbook.add_format({**TEXT, "border": 1})
    beside = workbook.add_format({**TEXT, "font_color": "#595959"})
    columns = [*((column, text) for column in COLUMNS), *((column, beside) for column in BESIDE)]
    for at, ((heading, width, key), style) in enumerate(columns):
        page.set_column(at, at, width)
        if style is beside:
            page.write_string(FIRST - 1, at, heading, beside)
        if key in MERGED:
            for first, last, words in _stretches(rows, key):
                page.write_string(FIRST + first, at, words, text)
                if last > first:
                    page.merge_range(FIRST + first, at, FIRST + last, at, words, text)
            continue
        for line, row in enumerate(rows, start=FIRST):
            page.write(line, at, row[key] or None, style)  # a blank cell for ""
    for line, row in enumerate(rows, start=FIRST):
        lines = max(lines_of(row[key], width) for _, width, key in COLUMNS if key not in MERGED)
        page.set_row(line, LINE * lines + 3)
    page.freeze_panes(FIRST, 1)
    page.print_area(0, 0, FIRST + len(rows) - 1, len(COLUMNS) - 1)


def _stretches(rows: Sequence[dict[str, str]], key: str) -> Iterator[tuple[int, int, str]]:
    """Yield the first and the last of rows that follow each other below one duty and have the same text."""
    for (_, words), group in groupby(enumerate(rows), key=lambda pair: _told_by(pair[1], key)):
        some = [at for at, _ in group]
        if words:
            yield some[0], some[-1], words
        else:
            yield from ((at, at, "") for at in some)


def _told_by(row: dict[str, str], key: str) -> tuple[str, str]:
    return row[""].split(".")[1], row[key]
