"""Workbooks of items come home: each file changes in exactly the lines of what was changed in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from forms_world import sample, stated, worlds
from returning import outcome
from returning_sheets import Book, Grid, exported_again, grids, places, whole

from builder.editing import edited
from builder.office.export.item_sheets import (
    AREA,
    CASE,
    DIGEST,
    ID,
    ITEMS,
    MARK,
    NAME,
    NUMBER,
    OF_CASES,
    PATH,
    STEP,
    list_sheets,
)
from builder.office.returned.item_workbook import is_item_workbook, returned_workbook

CASES = "danwei-jiuye-dengji"  # an item with cases, a group of materials, steps
FREE = "linquanzheng-shenqing"
WEDDING = "jiehun-dengji"


def told(book: Book) -> list[str]:
    return [str(remark) for remark in book.home().remarks]


# --- What nobody changed ---------------------------------------------------------------------------------------------


def test_a_workbook_of_all_items_that_nobody_edited_changes_nothing() -> None:
    for world in worlds():
        sheets = whole(grids(world, world.exported).values())
        assert is_item_workbook(sheets)
        home = returned_workbook(sheets)
        assert not home.remarks
        assert len(home.items) == len(world.site.cards)
        for returned in home.items:
            found = outcome(world.item(returned.id), world, returned)
            assert (found.changes, found.remarks, found.conflicts) == ([], [], []), returned.id


def test_the_order_of_rows_and_columns_is_of_no_account() -> None:
    book = Book(CASES, WEDDING)
    for grid in book.sheets.values():
        headings, *rows = (row[::-1] for row in grid.rows)
        grid.rows = [headings, *sorted(rows, key=lambda row: [len(text) for text in row])]
    assert not told(book)
    for returned in book.home().items:
        assert outcome(book.world.item(returned.id), book.world, returned).changes == []


def test_rows_above_the_headings_and_columns_of_ones_own_are_of_no_account() -> None:
    book = Book(WEDDING)
    grid = book["材料"]
    grid.rows = [[*row, "我的备注" if row is grid.rows[0] else "看过"] for row in grid.rows]
    grid.rows.insert(0, ["请大家填好"])
    assert told(book) == [f"工作表“材料”{_letters(len(grid.rows[1]))}2：不认识“我的备注”这一列，没有读"]
    assert book.outcome().changes == []


def _letters(column: int) -> str:
    first, second = divmod(column - 1, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


# --- One cell --------------------------------------------------------------------------------------------------------

LOCKED = frozenset({ID, AREA, DIGEST, NAME, CASE, PATH, NUMBER, MARK, STEP})


@pytest.mark.parametrize("name", [ITEMS, OF_CASES, *list_sheets()])
def test_one_changed_cell_changes_only_the_lines_of_its_field(name: str) -> None:
    """In each column another text, and none."""
    seen = 0
    for book, row, heading, text in _changes(name):
        row[book[name].at(heading)] = text
        _check(book, row, name, heading)
        seen += 1
    assert seen > 1


def _changes(name: str) -> Iterator[tuple[Book, list[str], str, str]]:
    """Yield a row and a change of it for each column: of the sample, or of the item that states every field."""
    every, done = {*_of_sample()[name].rows[0]}, set[str]()
    for world, grids_of_all in ((sample(), _of_sample()), (stated(), _of_stated())):
        grid = grids_of_all[name]
        for heading in (heading for heading in grid.rows[0] if heading not in LOCKED | done):
            at, id = grid.at(heading), grid.at(ID)
            texts = list(dict.fromkeys(row[at] for row in grid.rows[1:] if row[at] not in ("", "无")))
            if texts:
                done.add(heading)
                row = grid.row(**{heading: texts[0]})
                index = [one for one in grid.rows if one[id] == row[id]].index(row)
                for text in (texts[1] if len(texts) > 1 else f"{texts[0]}补", ""):
                    book = Book(row[id], world=world)
                    yield book, book[name].rows[1 + index], heading, text
    assert len(every - LOCKED - done) <= 1  # an item extends a time to some length or by some length


@cache
def _of_sample() -> dict[str, Grid]:
    return grids(sample(), sample().exported)


@cache
def _of_stated() -> dict[str, Grid]:
    return grids(stated(), stated().exported)


def _check(book: Book, row: list[str], name: str, heading: str) -> None:
    """Hold that the file changes in one place, and that its workbook is then the one that came home."""
    found, one = book.outcome(), book.item
    assert not found.remarks, (name, heading)
    before = book.world.data[one.card.file]
    after = edited(one.card.file, before, found.changes)
    assert 1 <= places(before, after) <= 2, (name, heading)
    again = exported_again(one, after)
    is_emptied = not any(text for at, text in enumerate(row) if book[name].rows[0][at] not in LOCKED)
    if again and not is_emptied and (name, heading) != ("步骤", "编号"):  # branches name a step by it
        assert _white(grids(book.world, [again]).values()) == _white(book.sheets.values()), (name, heading)


def _white(sheets: Iterable[Grid]) -> dict[str, list[dict[str, str]]]:
    """Return the texts of all white cells."""
    return {
        grid.name: [
            {heading: text for heading, text in zip(grid.rows[0], row, strict=True) if text and heading not in LOCKED}
            for row in grid.rows[1:]
        ]
        for grid in sheets
    }


# --- Rows ------------------------------------------------------------------------------------------------------------


def test_a_row_whose_white_cells_are_emptied_is_removed() -> None:
    book = Book(CASES)
    grid = book["材料"]
    grid.empty(grid.row(**{PATH: "variants.0.materials.1"}))
    assert book.diff() == [
        "-      - ref: organisation-code-certificate",
        "-        name: 单位组织机构代码证副本",
        "-        form: 原件",
        "-        returned: 是",
    ]


@pytest.mark.parametrize(
    ("number", "above", "line"),
    [
        ("2", "variants.0.materials.0", "+      - 新的材料"),
        ("3.2", "variants.0.materials.2.any_of.0", "+          - 新的材料"),
        ("", "variants.0.materials.5", "+      - 新的材料"),
    ],
)
def test_a_new_row_comes_where_its_number_says_or_at_the_end(number: str, above: str, line: str) -> None:
    book = Book(CASES)
    grid = book["材料"]
    case = grid.rows[1][grid.at(CASE)]
    grid.add({ID: CASES, CASE: case, NUMBER: number, "材料名称": "新的材料"})
    assert book.diff() == [line]
    after = book.again()["材料"]
    assert after.rows[after.rows.index(after.row(材料名称="新的材料")) - 1][after.at(PATH)] == above


@pytest.mark.parametrize("text", ["²", "9" * 5000, "第二"])
def test_numbers_and_places_that_are_none_are_of_no_account(text: str) -> None:
    book = Book(WEDDING)
    book["材料"].add({ID: WEDDING, NUMBER: text, "材料名称": "新的材料"})
    assert book.diff() == ["+  - 新的材料"]
    book["材料"].rows[-1][book["材料"].at(PATH)] = f"materials.{text}"
    assert len(told(book)) == 1


def test_an_inserted_row_is_of_the_item_and_case_between_whose_rows_it_stands() -> None:
    book = Book(CASES)
    book["材料"].add({"材料名称": "新的材料"}, 3)
    assert book.diff() == ["+      - 新的材料"]
    after = book.again()["材料"]
    assert after.row(材料名称="新的材料")[after.at(PATH)] == "variants.0.materials.2"


def test_a_new_row_may_call_its_item_by_name() -> None:
    book = Book(WEDDING)
    book["电话"].add({NAME: "结婚登记", "号码": "0452-1234567"})
    assert book.diff() == ["+phones:", "+  - 0452-1234567"]


def test_a_new_case_and_what_belongs_to_it() -> None:
    book = Book(CASES)
    book[OF_CASES].add({ID: CASES, "名称": "新的情形"})
    for name in ("甲材料", "乙材料"):
        book["材料"].add({ID: CASES, CASE: "新的情形", "材料名称": name})
    assert book.diff() == [
        "+  - id: xin-de-qing-xing",
        "+    name: 新的情形",
        "+    materials:",
        "+      - 甲材料",
        "+      - 乙材料",
    ]


def test_a_new_branch_belongs_to_its_step() -> None:
    book = Book("baineizhang-buzhu")
    grid = book["步骤的分支"]
    step = grid.rows[1][grid.at(STEP)]
    grid.add({ID: "baineizhang-buzhu", STEP: step, "什么情况": "材料不齐", "转到哪一步": "退回"})
    (first, *others) = book.diff()
    assert "材料不齐" in first
    assert not [line for line in others if line.startswith("-")]


def test_a_missing_row_is_told_and_not_removed() -> None:
    book = Book(CASES)
    grid = book["材料"]
    grid.rows.remove(grid.row(**{PATH: "variants.0.materials.1"}))
    found = book.outcome()
    assert found.changes == []
    (remark,) = found.remarks
    assert "文档里没有这一行了：组织机构代码证 ｜ 单位组织机构代码证副本" in str(remark)


def test_a_copied_row_is_a_new_one() -> None:
    book = Book(WEDDING)
    grid = book["材料"]
    copied = list(grid.rows[-1])
    copied[grid.at("材料名称")] = "改过的一份"
    grid.rows.append(copied)
    assert "+    name: 改过的一份" in book.diff() or "+  - name: 改过的一份" in book.diff()
    assert not [line for line in book.diff() if line.startswith("-")]


def test_what_was_none_gets_entries_and_what_had_some_is_none() -> None:
    book = Book(FREE)
    grid = book["收费"]
    grid.set(grid.rows[1], 叫什么="工本费", **{"金额（元）": "10"})
    assert book.diff() == ["-fees: 无", "+fees:", "+  - name: 工本费", "+    amount: 10"]
    for is_new in (False, True):
        book = Book(WEDDING)
        grid = book["收费"]
        grid.empty(grid.rows[1])
        if is_new:
            grid.add({ID: WEDDING, "叫什么": "无"})
        else:
            grid.set(grid.rows[1], 叫什么="无")
        assert book.diff() == ["-fees:", "-  - amount: 9", "-    per: 对", "+fees: 无"]
    book = Book(FREE)
    book["收费"].empty(book["收费"].rows[1])
    assert book.diff() == ["-fees: 无"]


def test_none_and_something_in_one_row_is_told() -> None:
    book = Book(FREE)
    book["收费"].set(book["收费"].rows[1], **{"金额（元）": "10"})
    assert told(book) == ["工作表“收费”第2行：写着“无”，同一行又写了别的"]


def test_a_row_that_loses_all_it_had_and_gets_something_else_stays() -> None:
    book = Book(WEDDING)
    grid = book["依据"]
    row = grid.rows[1]
    grid.empty(row)
    grid.set(row, 文件名称="一份通知", 第几条="第三条")
    assert book.diff() == ["-  - hunyin-fa", "+  - article: 第三条", "+    text: 一份通知"]
    assert book.again()["依据"].rows[2:] == grid.rows[2:]


def test_two_new_fields_of_one_record_are_both_written() -> None:
    book = Book("yuzhong-zhiye-jieshao")
    book[ITEMS].set(book[ITEMS].rows[1], 办理时限·法定时限="7个工作日", 办理时限·从什么时候算起="登记后")
    assert book.diff() == ["+time:", "+  statutory: 7个工作日", "+  starts: 登记后"]


def test_a_group_that_is_emptied_goes_with_what_it_holds_and_not_without() -> None:
    book = Book("sangzang-butie")
    grid = book["材料"]
    grid.empty(grid.row(**{PATH: "materials.2"}))
    assert [str(one) for one in book.outcome().remarks] == ["工作表“材料”第4行：这一组清空了，里面的几样还在，没有删"]
    for row in grid.rows[1:]:
        if row[grid.at(PATH)].startswith("materials.2."):
            grid.empty(row)
    assert all(line.startswith("-") for line in book.diff())
    assert len(book.again()["材料"].rows) == len([row for row in grid.rows if any(row[5:])])


# --- What is told ----------------------------------------------------------------------------------------------------


def test_a_renamed_heading_is_told_with_the_one_that_is_meant() -> None:
    book = Book(CASES)
    grid = book["材料"]
    grid.rows[0][grid.at("形式")] = "形式 "
    assert told(book) == []
    grid.rows[0][grid.at("形式 ")] = "材料形式"
    first, second = book.home().remarks
    assert "不认识“材料形式”这一列" in str(first)
    assert first.hint == "是不是想写“形式”？"
    assert str(second) == "工作表“材料”里没有了这些列：形式"
    assert book.outcome().changes == []


def test_a_sheet_that_is_gone_or_has_lost_its_headings_is_told() -> None:
    book = Book(CASES)
    del book.sheets["步骤"]
    del book["材料"].rows[0]
    assert told(book) == [
        "工作表“材料”里找不到“事项编号”“位置”“类别”这样的标题",
        "没有工作表“步骤”了",
    ]
    assert book.outcome().changes == []


@pytest.mark.parametrize(
    ("name", "cells", "says"),
    [
        ("材料", {ID: "nichts", "材料名称": "新"}, "“事项”表里没有“nichts”这一行"),
        ("材料", {"材料名称": "新"}, "没有写是哪个事项的"),
        ("材料", {ID: CASES, CASE: "没有的情形", "材料名称": "新"}, "没有“没有的情形”这种情形"),
        (ITEMS, {"事项名称": "新的事项"}, "“新的事项”没有事项编号，没有导入"),
        (ITEMS, {ID: CASES, "事项名称": "另一个"}, f"编号“{CASES}”有两行，写的不一样"),
        ("材料", {ID: CASES, PATH: "steps.1", "材料名称": "新"}, "位置“steps.1”看不懂"),
    ],
)
def test_rows_whose_place_is_not_known_are_told(name: str, cells: dict[str, str], says: str) -> None:
    book = Book(CASES)
    book[name].add(cells)
    (remark,) = told(book)
    assert says in remark


def test_a_copy_of_the_row_of_an_item_is_of_no_account() -> None:
    book = Book(CASES)
    book[ITEMS].rows.append(list(book[ITEMS].rows[1]))
    assert told(book) == []
    assert len(book.home().items) == 1


def test_a_group_is_not_made_another_one() -> None:
    book = Book(CASES)
    grid = book["材料"]
    grid.set(grid.row(类别="任选其一"), 类别="一组")
    (error,) = book.outcome().errors
    assert str(error).endswith("“任选其一”改成了“一组”")


# --- What Excel makes of texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2026/3/1", "2026-3-1", "2026年3月1日", "2026.03.01", "46082"])
def test_a_day_is_read_however_excel_writes_it(text: str) -> None:
    book = Book(WEDDING)
    book[ITEMS].set(book[ITEMS].rows[1], 核对日期=text)
    assert book.diff() == ["+checked: 2026-03-01"]


def test_true_and_false_mean_yes_and_no() -> None:
    book = Book(WEDDING)
    book["材料"].set(book["材料"].rows[1], 核对后退还="TRUE")
    assert any("returned: 是" in line for line in book.diff())


def test_white_space_and_line_ends_are_no_change() -> None:
    book = Book(WEDDING)
    for grid in book.sheets.values():
        grid.rows = [grid.rows[0], *([text and f" {text}\r\n" for text in row] for row in grid.rows[1:])]
    assert not told(book)
    assert book.outcome().changes == []
