"""What is read of a workbook, a CSV file and a web page: what a person sees in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from office_files import write_excel
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from builder.office.documents import Document, RemarkKind, Table, read_document
from builder.office.documents.number_format import shown


def texts(document: Document) -> list[list[str]]:
    table = document.blocks[0]
    assert isinstance(table, Table)
    return [[cell.text for cell in row] for row in table.grid]


def remarks(document: Document) -> list[str]:
    return [str(remark) for remark in document.all_remarks]


def test_values_are_shown_as_excel_shows_them(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "一.xlsx", [["序号", "日期", "编号", "比例", "电话"]])
    book = load_workbook(path)
    sheet = book["Sheet"]
    values: list[tuple[float | date, str]] = [
        (1.1, "General"),
        (date(2026, 3, 1), 'yyyy"年"m"月"d"日"'),
        (12, "0000"),
        (0.15, "0%"),
        (65775272, "General"),
    ]
    for column, (value, code) in enumerate(values, start=1):
        sheet.cell(2, column, value).number_format = code
    book.save(path)
    assert texts(read_document(path))[1] == ["1.1", "2026年3月1日", "0012", "15%", "65775272"]


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        ("45352", "yyyy/m/d", "2024/3/1"),
        ("45352.5", "yyyy-mm-dd hh:mm", "2024-03-01 12:00"),
        ("0.354166666666667", "h:mm", "8:30"),
        ("45352", '[$-804]yyyy"年"m"月";@', "2024年3月"),
        ("45352", "[DBNum1]yyyy年m月d日", "二〇二四年三月一日"),
        ("45352", "aaaa", "星期五"),
        ("3", "[DBNum1]General", "3"),
        ("21", "[DBNum1]0", "二十一"),
        ("1234.5", '#,##0.00"元"', "1,234.50元"),
        ("-5", "0;(0)", "(5)"),
        ("0", '0;-0;"免费"', "免费"),
        ("0.30000000000000004", "General", "0.3"),
        ("1.10", "General", "1.1"),
        ("20", '0"个工作日"', "20个工作日"),
        ("3", "@", "3"),
        ("1E+300", "0", "1E+300"),
        ("甲", "0", "甲"),
    ],
)
def test_number_formats(value: str, code: str, seen: str) -> None:
    assert shown(value, code) == seen


def test_the_last_value_of_a_formula_counts_and_errors_are_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = "甲", "=1/0"
    book.save(tmp_path / "一.xlsx")
    document = read_document(tmp_path / "一.xlsx")
    assert texts(document) == [["甲", ""]]
    assert "没有存算出来的值" in remarks(document)[0]


def test_hidden_rows_columns_and_sheets_are_left_out_and_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "事项"
    for row in (("序号", "密", "名称"), (1, "x", "甲"), (2, "x", "乙"), (3, "x", "丙")):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("旧").append(["过期"])
    book["旧"].sheet_state = "hidden"
    book.save(tmp_path / "一.xlsx")
    document = read_document(tmp_path / "一.xlsx")
    assert texts(document) == [["序号", "名称"], ["1", "甲"], ["3", "丙"]]
    assert remarks(document) == [
        "隐藏：第3行是隐藏的，没有导入（工作表“事项”）",
        "隐藏：B列是隐藏的，没有导入（工作表“事项”）",
        "隐藏：工作表“旧”是隐藏的，没有导入",
    ]


def test_merged_cells_empty_rows_and_comments(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "一.xlsx", [["标题", None], [], ["收费", "甲"], [None, "乙"]], ["A1:B1", "A3:A4"])
    book = load_workbook(path)
    book["Sheet"]["B4"].comment = Comment("待定", "王")
    book.save(path)
    document = read_document(path)
    assert texts(document) == [["标题", "标题"], ["收费", "甲"], ["收费", "乙"]]
    assert [(remark.kind, remark.text, remark.origin.place) for remark in document.all_remarks] == [
        (RemarkKind.COMMENT, "待定", "工作表“Sheet”B4")
    ]


def test_dates_of_old_macintosh_files() -> None:
    assert shown("0", "yyyy-mm-dd", from_1904=True) == "1904-01-01"
    assert shown("61", "yyyy/m/d") == "1900/3/1"
    assert shown("59", "yyyy/m/d") == "1900/2/28"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_csv_in_any_of_its_forms(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = (("序号", "事项名称", "材料"), ("1", "失业登记", '"身份证、户口本\n照片"'))
    path = tmp_path / "一.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    assert texts(read_document(path)) == [["序号", "事项名称", "材料"], ["1", "失业登记", "身份证、户口本\n照片"]]


PAGE = """<html><head><meta charset="gb2312"><title>办事指南</title><style>p{}</style></head><body class="nav-open">
<div class="top-nav"><a href="/">首页</a></div><script>var x="<p>假</p>"</script>
<h2>失业登记</h2><p>办理材料：</p><ol><li>身份证</li><li>2、户口本</li></ol><p style="display:none">旧</p>
<table><tr><td rowspan=2>收费</td><td>甲</td></tr><tr><td><b>免费</b></td></tr></table>
<div>时限：<del>10</del>5日<br>当场</div><div id="footer">版权所有</div></body></html>"""


def test_a_web_page_without_the_rest_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "一.html"
    path.write_bytes(PAGE.encode("gb18030"))
    document = read_document(path)
    assert [paragraph.shown for paragraph in document.paragraphs] == [
        "失业登记", "办理材料：", "1.身份证", "2、户口本", "收费", "甲", "免费", "时限：5日\n当场",
    ]  # fmt: skip
    assert [remark.text for remark in document.all_remarks if remark.is_text] == ["办事指南", "首页", "版权所有"]
    assert sorted(remark.kind for remark in document.all_remarks if not remark.is_text) == ["修订", "隐藏"]
