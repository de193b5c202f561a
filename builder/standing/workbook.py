"""The figures of a site's standing as a workbook: a page for each table, with nothing cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from builder.checks.completeness import COLUMNS
from builder.office.export.excel import FIRST, LINE, TEXT, lines_of, set_up, workbook_of
from builder.standing.groups import Group
from builder.standing.items import Due, ItemStanding
from builder.standing.page import FILLS
from builder.standing.standing import Standing

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

Cell = str | int | float


class Sheet(NamedTuple):
    """A table: its name, the headings of its columns with their widths in letters, and its rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]


def standing_workbook(standing: Standing) -> bytes:
    """Return the workbook. Raises `MissingExcel`."""
    title = f"{standing.name}现状（{standing.today}）"
    sheets = [sheet for sheet in _sheets(standing) if sheet.rows]

    def fill(workbook: Workbook) -> None:
        for sheet in sheets:
            _write(workbook, sheet, title)

    return workbook_of(fill, title, {"bszn-kind": "standing"})


def _write(workbook: Workbook, sheet: Sheet, title: str) -> None:
    page = workbook.add_worksheet(sheet.name)
    text = workbook.add_format({**TEXT, "border": 1})
    number = workbook.add_format({**TEXT, "border": 1, "num_format": "General", "align": "center"})
    set_up(workbook, page, f"{title}：{sheet.name}", [heading for heading, _ in sheet.columns])
    widths = [width for _, width in sheet.columns]
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    for line, row in enumerate(sheet.rows, start=FIRST):
        for at, cell in enumerate(row):
            page.write(line, at, cell, text if isinstance(cell, str) else number)
        page.set_row(line, LINE * max(lines_of(str(cell), width) for cell, width in zip(row, widths, strict=True)) + 3)
    page.freeze_panes(FIRST, 1)
    page.autofilter(FIRST - 1, 0, FIRST + len(sheet.rows) - 1, len(sheet.columns) - 1)


def _sheets(standing: Standing) -> Iterable[Sheet]:
    figures = [
        (name, 8)
        for name in ("公开", "暂停取消", "草稿", "内部", "完整", *(f"缺{one}" for one in COLUMNS.values()), *Due)
    ]
    figures.append(("最早到期", 12))
    areas = [[one.area, *_figures(one)] for one in standing.areas]
    yield Sheet("各地区", [("地区", 18), *figures], [*areas, ["合计", *_figures(standing.whole)]])
    departments = [[one.area, one.department, *_figures(one)] for one in standing.departments]
    yield Sheet("各单位", [("地区", 18), ("单位", 26), *figures], departments)
    of_items = (
        ("事项", 30), ("地区", 14), ("单位", 20), ("状态", 8), ("写了几项", 6), ("缺什么", 30), ("上次核对", 12), ("下次核对", 12),
        ("到期", 12), ("核对", 11), ("申报时间", 30), ("文件", 40),
    )  # fmt: skip
    yield Sheet("事项", of_items, [_item(one, standing) for one in standing.items])
    of_findings = (("代码", 8), ("轻重", 8), ("问题", 50), ("几处", 8))
    kinds: list[list[Cell]] = [
        [one.code, "错误" if one.severity == "error" else "警告", one.title, len(one.findings)]
        for one in standing.findings
    ]
    yield Sheet("检查发现的问题", of_findings, kinds)
    if standing.events:
        alone: list[list[Cell]] = [[card.title, card.area, card.file] for card in standing.events.alone]
        yield Sheet("不在一件事里", (("事项", 30), ("地区", 14), ("文件", 40)), alone)
    of_papers = (
        ("地点", 24), ("怎么办", 8), ("事项", 30), ("什么纸", 14), ("具体位置", 20), ("份数", 6), ("版本", 9), ("登记日期", 12), ("改了", 24), ("登记文件", 34),
    )  # fmt: skip
    papers: list[list[Cell]] = [
        [
            one.place, one.do, one.title, one.kind, one.note, one.copies or "", one.edition,
            str(one.printed or ""), "、".join(one.changed), one.file,
        ]
        for one in standing.papers or ()
    ]  # fmt: skip
    yield Sheet("要换的纸", of_papers, papers)
    yield from _changes(standing)
    of_windows = (("事项", 30), ("几个事项", 8), ("申报时间", 50), ("开始", 12), ("截止", 12))
    windows: list[list[Cell]] = [
        [times.title, len(times.items), "；".join(times.says), "" if one.is_deadline else str(one.start), str(one.end)]
        for times in standing.windows.times
        for one in times.open
    ]
    yield Sheet("申报时间", of_windows, windows)


def _changes(standing: Standing) -> Iterable[Sheet]:
    past = standing.past
    if past.unknown:
        return
    months: list[list[Cell]] = [
        [f"{month:%Y-%m}", *(past.count(month, level) for level in FILLS)] for month in past.months
    ]
    yield Sheet("改动", [("月份", 12), *((level.label, 8) for level in FILLS)], months)
    of_changes = (("日期", 12), ("轻重", 6), ("事项", 30), ("改动", 24), ("原来", 36), ("现在", 36))
    changes = [[one.day, one.level, one.title, one.says, one.was, one.now] for one in past.changes]
    yield Sheet("改动明细", of_changes, changes)


def _figures(group: Group) -> list[Cell]:
    return [
        group.public,
        group.stopped,
        group.drafts,
        group.internal,
        "" if group.stated is None else round(group.stated, 2),
        *(group.missing.get(element, 0) for element in COLUMNS),
        *group.due.values(),
        str(group.first_due or ""),
    ]


def _item(one: ItemStanding, standing: Standing) -> list[Cell]:
    return [
        one.card.title,
        one.area,
        one.department,
        f"{one.status.label}（内部）" if one.internal else one.status.label,
        one.lacks.stated if one.lacks else "",
        "、".join(one.missing),
        str(one.checked or ""),
        str(one.next_check or ""),
        str(one.due or ""),
        str(one.due_on(standing.today)) if one.in_force else "",
        "；".join(map(str, one.windows)),
        one.card.file,
    ]
