"""Workbooks of ours that come home are read with all that people have hidden in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from builder.office.documents import number_format
from builder.office.documents.whole_sheets import WholeSheet, whole_sheets


def read(folder: Path, fill: Callable[[Any], None]) -> list[WholeSheet]:
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(folder / "表.xlsx")
    return whole_sheets(folder / "表.xlsx")


def texts(folder: Path, *cells: Any) -> list[str]:
    (sheet,) = read(folder, lambda page: page.append(cells))
    return [*sheet.rows[0].texts.values()]


def test_hidden_rows_columns_and_sheets_are_read_too(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["编号", "名称"])
        page.append(["a", "甲"])
        page.row_dimensions[2].hidden = True
        page.column_dimensions["B"].hidden = True
        page.parent.create_sheet("另一张").append(["乙"])
        page.parent["另一张"].sheet_state = "hidden"

    first, second = read(tmp_path, fill)
    assert [row.texts for row in first.rows] == [{1: "编号", 2: "名称"}, {1: "a", 2: "甲"}]
    assert (second.name, second.rows[0].texts) == ("另一张", {1: "乙"})
    assert first.place(2, 2) == "工作表“Sheet”B2"


def test_what_stands_in_merged_cells_stands_in_each_of_them(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["职责", "1"])
        page.append([None, "2"])
        page.append([None, "3"])
        page.merge_cells("A1:A2")

    (sheet,) = read(tmp_path, fill)
    assert [row.texts.get(1) for row in sheet.rows] == ["职责", "职责", None]


def test_numbers_and_days_are_read_as_they_were_meant(tmp_path: Path) -> None:
    assert texts(tmp_path, 12345, 12345.0, "0452-1234567", date(2024, 1, 1)) == [
        "12345",
        "12345",
        "0452-1234567",
        "2024-01-01",
    ]


def test_a_formula_without_a_value_says_so_where_it_stands(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, lambda page: page.append(["=1+1", "甲"]))
    assert sheet.rows[0].texts == {2: "甲"}
    assert "没有存算出来的值" in sheet.rows[0].failed[1]


@pytest.mark.parametrize(
    ("value", "code", "day"),
    [
        ("45292", "yyyy/m/d", "2024-01-01"),
        ("45292", 'yyyy"年"m"月"d"日"', "2024-01-01"),
        ("45292.5", "yyyy/m/d", ""),
        ("45292", "yyyy/m/d h:mm", ""),
        ("45292", 'yyyy"年"m"月"', ""),
        ("45292", "General", ""),
        ("一", "yyyy/m/d", ""),
    ],
)
def test_a_number_is_a_day_where_its_format_shows_one(value: str, code: str, day: str) -> None:
    assert number_format.day(value, code) == day


def test_days_of_old_macintosh_files_count_from_1904() -> None:
    serial = (datetime(2024, 1, 1) - datetime(1904, 1, 1)).days  # noqa: DTZ001
    assert number_format.day(str(serial), "yyyy/m/d", from_1904=True) == "2024-01-01"
