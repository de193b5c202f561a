"""Workbooks of items: what Excel finds in them."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
import pytest
from forms_world import sample, stated, world_of

from builder.content.model.companions import Area
from builder.content.model.item import Item, Variant
from builder.form.slots import slots
from builder.form.spelling import put, value_of
from builder.office.export.bulk_workbook import HOW_TO, LISTS, bulk_workbook
from builder.office.export.item_sheets import (
    CASE,
    DIGEST,
    ID,
    ITEMS,
    MARK,
    NUMBER,
    OF_CASES,
    PATH,
    SHEETS,
    STEP,
    ItemSheet,
    item_sheets,
)


def sheets(*ids: str) -> dict[str, ItemSheet]:
    world = world_of(ids[0])
    areas = {area.id: area.record.name for area in world.site.all(Area)}
    return {sheet.name: sheet for sheet in item_sheets(map(world.item, ids), world.names, areas)}


@cache
def made() -> bytes:
    return bulk_workbook(list(sheets("shebaoka-shenban", "dibao-shenqing", "danwei-jiuye-dengji").values()), "三个事项")


@pytest.fixture
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(made()))


def headings(book: Any, name: str) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in book[name][1]}


def test_a_row_of_items_and_the_rows_of_lists_say_all_that_an_item_states() -> None:
    """What they say is read back; what stands in lists of its own is counted."""
    for world in (sample(), stated()):
        areas = {area.id: area.record.name for area in world.site.all(Area)}
        made = {sheet.name: sheet for sheet in item_sheets(world.exported, world.names, areas)}
        rows = {row[ID]: row for row in made[ITEMS].rows}
        for exported in world.exported:
            values: dict[str, object] = {}
            for slot in slots(Item):
                if text := rows[exported.card.id].get(slot.label):
                    put(values, *value_of(text, slot, world.names))  # type: ignore[arg-type]
            own = exported.item.model_dump(exclude={*SHEETS, "variants"}, exclude_unset=True)
            assert Item.model_validate(values).model_dump(exclude_unset=True) == own, exported.card.id


def test_each_list_has_a_row_for_each_record_with_its_place_in_the_item() -> None:
    found = sheets("danwei-jiuye-dengji")
    (first, *_) = (row for row in found["材料"].rows if row[PATH].startswith("variants.0.materials.2"))
    assert first[ID] == "danwei-jiuye-dengji"
    assert (first[CASE], first[PATH], first[NUMBER], first[MARK], first["材料名称"]) == (
        "办理单位就业登记",
        "variants.0.materials.2",
        "3",
        "任选其一",
        "单位证照副本",
    )
    inside = next(row for row in found["材料"].rows if row[PATH] == "variants.0.materials.2.any_of.1")
    assert (inside[NUMBER], inside["材料名称"], inside["核对后退还"]) == ("3.2", "单位法人证书副本", "是")
    assert [row["名称"] for row in found[OF_CASES].rows][:2] == ["办理单位就业登记", "提取档案"]


def test_branches_say_to_which_step_they_belong_and_lead() -> None:
    rows = sheets("main")["步骤的分支"].rows
    assert {row[STEP] for row in rows} == {"1"}
    assert {row["转到哪一步"] for row in rows} == {"第2步", "退回"}


def test_what_is_not_there_is_a_row_that_says_so() -> None:
    (row,) = (row for row in sheets("linquanzheng-shenqing")["收费"].rows)
    assert (row[PATH], row["叫什么"]) == ("fees", "无")


def test_only_ids_and_places_are_locked(book: Any) -> None:
    page, at = book["材料"], headings(book, "材料")
    assert page.protection.sheet
    assert all(page.cell(2, at[heading]).protection.locked for heading in (ID, CASE, PATH))
    assert not any(page.cell(3, at[heading]).protection.locked for heading in (NUMBER, "形式"))
    empty = page.max_row + 1
    assert not page.column_dimensions[page.cell(empty, at["材料名称"]).column_letter].protection.locked


def test_closed_choices_are_lists_that_refuse_others(book: Any) -> None:
    page, at = book[ITEMS], headings(book, ITEMS)
    validations = {
        str(one.sqref).split(":")[0].rstrip("0123456789"): one for one in page.data_validations.dataValidation
    }
    of_type = validations[page.cell(1, at["事项类型"]).column_letter]
    assert of_type.showErrorMessage
    assert of_type.type == "list"
    place = of_type.formula1.replace("$", "").removeprefix(f"{LISTS}!")
    offered = [cell.value for (cell,) in book[LISTS][place]]
    assert offered[:3] == ["行政许可", "行政给付", "行政确认"]
    several = validations[page.cell(1, at["怎么申请"]).column_letter]
    assert not several.showErrorMessage
    assert book[LISTS].sheet_state == "hidden"


def test_headings_stay_in_sight_have_filters_and_say_what_to_write(book: Any) -> None:
    for name in (ITEMS, OF_CASES, *SHEETS.values()):
        page = book[name]
        assert str(page.freeze_panes).endswith("2")
        assert page.auto_filter.ref
    page, at = book["材料"], headings(book, "材料")
    assert "原件核对" in page.cell(1, at["形式"]).comment.text
    assert page.cell(2, at["材料名称"]).alignment.wrap_text


def test_every_field_is_a_column_and_those_in_use_come_first(book: Any) -> None:
    for name, record, beside in ((ITEMS, Item, {"variants"}), (OF_CASES, Variant, set[str]())):
        labels = [slot.label for slot in slots(record) if slot.keys[0] not in {*SHEETS, *beside}]
        assert {*labels} <= headings(book, name).keys()
    at = headings(book, ITEMS)
    assert at["事项名称"] < at["一句话说明"] < at["具体职责"] < at["英文名称"]


def test_each_item_carries_what_its_file_said(book: Any) -> None:
    page, at = book[ITEMS], headings(book, ITEMS)
    said = {page.cell(row, at[ID]).value: page.cell(row, at[DIGEST]).value for row in range(2, 5)}
    assert said == {
        id: sample().item(id).digest for id in ("shebaoka-shenban", "dibao-shenqing", "danwei-jiuye-dengji")
    }


def test_what_begins_like_a_formula_is_text(book: Any) -> None:
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_the_same_items_make_the_same_bytes_and_the_first_sheet_says_how(book: Any) -> None:
    once = made()
    made.cache_clear()
    assert made() == once
    assert book.sheetnames[:3] == [HOW_TO, ITEMS, OF_CASES]
    assert book.active.title == ITEMS
