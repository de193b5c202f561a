"""`build.py import` of workbooks that `export` made and an office changed in Excel, for which openpyxl stands here."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from site_folder import SiteFolder

DENGJI = """\
name: 失业登记
aliases:
  - 报失业
  - 失业了  # 常说
topics: shebao
department: dangqun
materials:
  - ref: id-card
    copies: 2  # 两面
  - name: 解除合同证明
    form: 原件
time: 当场
steps:
  - actor: 窗口
    do: 审核
fees: 无
legal: fa
"""
KAFA = "name: 社保卡发放\ntopics: shebao\ndepartment: dangqun\ntime: 20个工作日  # 制卡\nphones: 022-65775272\n"
LIST = """\
title: 政务公开清单
duties:
  - duty: 社会保障  # 一
    rows:
      - {seq: 1, business: 社保卡, category: 办事指南, term: 实时公开, items: dengji}
      - {seq: 2, business: 社保卡, category: 办理结果, term: 15个工作日, form: 政府网站}
  - {duty: 民政, rows: [{seq: 3, category: 名单}]}
"""
FILES = {
    "site.yaml": "name: 试办镇\n",
    "content/areas.yaml": "zhen: {name: 试办镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保\n",
    "content/laws.yaml": "fa: {title: 社会保险法, number: 主席令第35号}\n",
    "content/materials.yaml": "id-card: 居民身份证\n",
    "content/departments/dangqun.yaml": "name: 党群服务中心\nphones: 022-65775272\n",
    "content/disclosure/qingdan.yaml": LIST,
    "content/items/zhen/dengji.yaml": DENGJI,
    "content/items/zhen/kafa.yaml": KAFA,
}
ITEM, OTHER, LIST_FILE = (
    "content/items/zhen/dengji.yaml",
    "content/items/zhen/kafa.yaml",
    "content/disclosure/qingdan.yaml",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of old programs begin
BOOK, LIST_BOOK = "export/试办镇事项表.xlsx", "export/政务公开清单.xlsx"


@pytest.fixture
def site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    site.write_all(FILES)
    monkeypatch.chdir(site.folder)
    return site


def edit(path: str, *changes: Callable[[Any], None]) -> None:
    """Open a workbook, change it, and save it, as a person does in Excel."""
    book = openpyxl.load_workbook(path)
    for change in changes:
        change(book)
    book.save(path)


def cell(book: Any, sheet: str, row: int, heading: str) -> Any:
    page = book[sheet]
    top = 2 if sheet == "公开清单" else 1
    return page.cell(row, next(one.column for one in page[top] if one.value == heading))


def put(sheet: str, row: int, heading: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell(book, sheet, row, heading).value = value

    return change


def lines(site: SiteFolder, file: str) -> list[str]:
    """Return the lines that went and came in a file."""
    found = difflib.unified_diff(FILES[file].splitlines(), site.read(file).splitlines(), n=0, lineterm="")
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


def is_as_it_was(site: SiteFolder) -> bool:
    return all(site.read(file) == text for file, text in FILES.items())


@pytest.fixture
def book(site: SiteFolder) -> str:
    assert site.run("export", "--all", "--to", "xlsx") == 0
    return BOOK


@pytest.fixture
def list_book(site: SiteFolder) -> str:
    assert site.run("export", "--list", "qingdan", "--to", "xlsx") == 0
    return LIST_BOOK


def test_workbooks_that_were_opened_and_saved_change_nothing(
    site: SiteFolder, book: str, list_book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(book)
    edit(list_book)
    assert site.run("import", book, list_book) == 0
    assert is_as_it_was(site)
    assert capsys.readouterr().out.splitlines()[-1] == "没有要改的。"


def test_several_items_change_in_one_import_and_only_in_the_lines_of_what_was_changed(
    site: SiteFolder, book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        book,
        put("事项", 2, "一句话说明", "失业了来登记"),
        put("事项", 3, "办理时限·承诺时限", "15个工作日"),
        put("材料", 2, "复印件份数", 3),
        put("材料", 3, "形式", None),
        put("电话", 2, "号码", "0452-1234567"),
    )
    assert site.run("import", book, "--report", "核对.html", "--report", "核对.json") == 0
    assert lines(site, ITEM) == [
        "+summary: 失业了来登记",
        "-    copies: 2  # 两面",
        "+    copies: 3  # 两面",
        "-    form: 原件",
    ]
    assert lines(site, OTHER) == [
        "-time: 20个工作日  # 制卡",
        "-phones: 022-65775272",
        "+time: 15个工作日  # 制卡",
        "+phones: 0452-1234567",
    ]
    assert "改了 2 个事项的 5 处。" in capsys.readouterr().out
    assert "失业了来登记" in site.read("核对.html")
    assert [one["id"] for one in json.loads(site.read("核对.json"))["returned"]] == ["dengji", "kafa"]


def test_hidden_filtered_sorted_and_moved_cells_and_formulas_with_values_are_read(site: SiteFolder, book: str) -> None:
    def rearrange(book: Any) -> None:
        page = book["材料"]
        page.column_dimensions["H"].hidden = True
        page.row_dimensions[2].hidden = True
        first, second = ([cell.value for cell in page[row]] for row in (2, 3))
        for column, values in enumerate(zip(first, second, strict=True), 1):
            page.cell(2, column).value, page.cell(3, column).value = values[1], values[0]
        page.move_range(f"A1:A{page.max_row}", cols=page.max_column)

    edit(book, rearrange, put("事项", 2, "核对日期", date(2026, 3, 1)))
    assert site.run("import", book) == 0
    assert lines(site, ITEM) == ["+checked: 2026-03-01"]


def test_with_plan_nothing_is_written(site: SiteFolder, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, put("事项", 2, "一句话说明", "失业了来登记"))
    assert site.run("import", book, "--plan") == 0
    assert is_as_it_was(site)
    assert "会改 1 个事项的 1 处。什么也没有写。" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("事项", 2, "事项类型", "不知道"), "事项类型"),
        (put("材料", 9, "材料名称", "一份材料"), "没有写是哪个事项的"),
    ],
)
def test_on_any_error_nothing_is_written(
    site: SiteFolder, book: str, change: Callable[[Any], None], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(book, put("事项", 3, "一句话说明", "对的改动"), change)
    assert site.run("import", book) == 1
    assert is_as_it_was(site)
    told = capsys.readouterr().out
    assert says in told
    assert "有错误，什么也没有写" in told


def test_an_item_that_the_site_does_not_have_is_told_and_the_others_come_home(
    site: SiteFolder, book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(book, put("事项", 3, "一句话说明", "发社保卡"))
    (site.folder / ITEM).unlink()
    site.write(LIST_FILE, "title: 清单\nduties: [{duty: 民政, rows: [{category: 名单}]}]\n")
    assert site.run("import", book) == 0
    assert lines(site, OTHER) == ["+summary: 发社保卡"]
    assert "网站上没有这个事项" in capsys.readouterr().out


def test_what_was_changed_on_both_sides_is_shown_and_left(
    site: SiteFolder, book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write(ITEM, DENGJI.replace("当场", "3个工作日"))
    edit(book, put("事项", 2, "办理时限·承诺时限", "5个工作日"))
    assert site.run("import", book) == 1
    assert site.read(ITEM) == DENGJI.replace("当场", "3个工作日")
    told = capsys.readouterr().out
    assert "“3个工作日”" in told
    assert "“5个工作日”" in told
    assert site.run("import", book, "--theirs") == 0
    assert site.read(ITEM) == DENGJI.replace("当场", "5个工作日")


def test_a_disclosure_list_comes_home(site: SiteFolder, list_book: str, capsys: pytest.CaptureFixture[str]) -> None:
    edit(list_book, put("公开清单", 3, "具体职责", "社会保险"), put("公开清单", 4, "公开时限", "20个工作日"))
    assert site.run("import", list_book) == 0
    assert lines(site, LIST_FILE) == [
        "-  - duty: 社会保障  # 一",
        "+  - duty: 社会保险  # 一",
        "-      - {seq: 2, business: 社保卡, category: 办理结果, term: 15个工作日, form: 政府网站}",
        "+      - {seq: 2, business: 社保卡, category: 办理结果, term: 20个工作日, form: 政府网站}",
    ]
    assert "改了 1 份公开清单的 2 处。" in capsys.readouterr().out


def test_a_list_whose_properties_are_gone_is_known_by_its_title(
    site: SiteFolder, list_book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def forget(book: Any) -> None:
        for name in [one.name for one in book.custom_doc_props.props]:
            del book.custom_doc_props[name]

    edit(list_book, forget, put("公开清单", 4, "公开时限", "20个工作日"))
    assert site.run("import", list_book) == 1
    assert "“15个工作日”" in capsys.readouterr().out
    assert site.run("import", list_book, "--theirs") == 0
    assert "20个工作日" in site.read(LIST_FILE)


def test_a_list_of_another_site_is_refused(
    site: SiteFolder, list_book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.folder / LIST_FILE).unlink()
    assert site.run("import", list_book) == 2
    assert "网站上没有这份清单" in capsys.readouterr().err


def test_a_workbook_that_was_saved_in_the_old_format_comes_home(
    site: SiteFolder, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(book, put("事项", 3, "一句话说明", "发社保卡"))
    old = site.folder / "事项表.xls"
    old.write_bytes(OLE + "Workbook 事项编号".encode("utf-16-le"))

    @contextmanager
    def by_libreoffice(path: Path, suffix: str) -> Iterator[Path]:
        assert (path.name, suffix) == (old.name, ".xlsx")
        yield Path(book)

    monkeypatch.setattr("builder.office.returned.documents.converted", by_libreoffice)
    assert site.run("import", old.name) == 0
    assert lines(site, OTHER) == ["+summary: 发社保卡"]


def test_the_catalogue_does_not_come_home(site: SiteFolder, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    edit("export/试办镇目录清单.xlsx")
    assert site.run("import", book, "export/试办镇目录清单.xlsx") == 2
    assert "“试办镇目录清单.xlsx”是交给上级的目录清单，不能导回来" in capsys.readouterr().err


def test_tables_of_open_data_do_not_come_home(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("export", "--all", "--to", "csv") == 0
    for name in ("", "材料", "步骤"):
        assert site.run("import", f"export/试办镇{name}.csv") == 2
        told = capsys.readouterr().err
        assert f"“试办镇{name}.csv”是开放数据的表，不能导回来" in told
        assert "--to xlsx" in told
    assert is_as_it_was(site)
