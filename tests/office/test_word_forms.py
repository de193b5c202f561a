"""Word forms: what Word, WPS and LibreOffice find in them, and what stays when one of them is edited."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from forms_world import SOME, form, world_of
from lxml import etree

from builder.form.item_form import Cell, TableBlock, item_form
from builder.office.export.form_document import (
    NARROW,
    OPEN,
    TAG_LENGTH,
    UNCHOSEN,
    UNKNOWN,
    WIDTH,
    bookmark_of,
    brief,
    tag_of,
)

EMPTY = {UNKNOWN, UNCHOSEN, OPEN, NARROW}


def opened(id: str) -> Any:
    return docx.Document(io.BytesIO(form(id)))


def controls(document: Any) -> dict[str, Any]:
    found = document.element.body.findall(f".//{qn('w:sdt')}")
    tagged = {one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): one for one in found}
    assert len(tagged) == len(found)
    return tagged


def text_of(control: Any) -> str:
    marks = control.find(qn("w:sdtContent")).iter(qn("w:t"), qn("w:br"))
    return "".join("\n" if mark.tag == qn("w:br") else mark.text or "" for mark in marks)


def cells(id: str) -> list[Cell]:
    exported = world_of(id).item(id)
    return list(item_form(exported.item, exported.raw, world_of(id).names).cells)


@pytest.mark.parametrize("id", SOME)
def test_every_cell_is_a_content_control_whose_tag_is_its_key_path(id: str) -> None:
    found = controls(opened(id))
    for cell in cells(id):
        text = text_of(found[tag_of(cell.path)])
        assert text == cell.text or (not cell.text and text in EMPTY), cell.path


@pytest.mark.parametrize("id", SOME)
def test_controls_have_names_that_word_takes(id: str) -> None:
    document = opened(id)
    ids = [one.get(qn("w:val")) for one in document.element.body.iter(qn("w:id"))]
    assert len(set(ids)) == len(ids)
    for tag, control in controls(document).items():
        assert len(tag) <= TAG_LENGTH
        assert 0 < len(control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").get(qn("w:val"))) <= TAG_LENGTH
    marks = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"p_\w{1,38}", mark) for mark in marks)


def test_a_long_path_is_named_by_its_digest() -> None:
    deep = ("variants", 12, *("materials", 10) * 6, "spec", "background")
    assert re.fullmatch("#[0-9a-f]{32}", tag_of(deep))
    assert re.fullmatch("p_[0-9a-f]{32}", bookmark_of(deep))


@pytest.mark.parametrize("id", ["linquanzheng-shenqing", "main"])
def test_closed_lists_are_choices(id: str) -> None:
    found = controls(opened(id))
    chosen = 0
    for cell in cells(id):
        control = found[tag_of(cell.path)]
        offered = [one.get(qn("w:value")) for one in control.iter(qn("w:listItem"))]
        if cell.choices:
            assert control.find(f"{qn('w:sdtPr')}/{qn('w:dropDownList')}") is not None
            assert {*cell.choices} <= {*offered}
            assert len(set(offered)) == len(offered)
            chosen += 1
    assert chosen >= 3


def test_what_is_not_known_is_a_placeholder_that_says_so() -> None:
    control = controls(opened("shebaoka-shenban"))["time.promised"]
    assert control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    assert text_of(control) == UNKNOWN
    known = controls(opened("shebaoka-shenban"))["name"]
    assert known.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is None


@pytest.mark.parametrize("id", SOME)
def test_a_row_is_known_by_its_number_its_tag_and_its_bookmark(id: str) -> None:
    """LibreOffice 7.4 keeps no tags, and people change numbers."""
    document, exported = opened(id), world_of(id).item(id)
    found = controls(document)
    marks = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    blocks = (
        block
        for section in item_form(exported.item, exported.raw, world_of(id).names).sections
        for block in section.blocks
    )
    for table in (block for block in blocks if isinstance(block, TableBlock)):
        assert bookmark_of(table.path) in marks
        for row in table.rows:
            assert text_of(found[tag_of(row.path)]) == (row.number or NARROW)
            assert bookmark_of(row.path) in marks


def test_its_properties_say_of_which_item_it_is_and_what_the_file_said_then() -> None:
    document, exported = opened("shebaoka-shenban"), world_of("shebaoka-shenban").item("shebaoka-shenban")
    assert document.core_properties.title == exported.item.name
    assert document.core_properties.identifier == "shebaoka-shenban"
    assert document.core_properties.version == exported.edition
    with zipfile.ZipFile(io.BytesIO(form("shebaoka-shenban"))) as package:
        custom = etree.fromstring(package.read("docProps/custom.xml"))
    said = {one.get("name"): "".join(one.itertext()) for one in custom}
    assert said == exported.properties
    assert said["bszn-digest"] == exported.digest


def test_it_fits_the_paper_and_no_row_is_cut_over_pages() -> None:
    document = opened("danwei-jiuye-dengji")
    page = document.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    for table in document.tables:
        assert sum(column.width.twips for column in table.columns) == WIDTH
        for row in table.rows:
            assert row._tr.trPr is not None
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        headed = table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert headed is (table.rows[0].cells[0].text.split("\n")[0] in ("序号", "哪一步"))


def test_each_table_follows_its_label_so_that_it_is_known_without_tags() -> None:
    document = opened("danwei-jiuye-dengji")
    heads = [[cell.text.split("\n")[0] for cell in table.rows[0].cells] for table in document.tables]
    assert ["序号", "材料名称", "形式", "份数", "什么情况才要", "其他"] in heads
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name in ("Caption", "Heading 1")]
    assert captions.count("办理步骤") == 3
    assert "情形：提取档案" in captions


def test_groups_are_marked_before_their_names() -> None:
    document = opened("shebaoka-shenban")
    (materials,) = (
        table for table in document.tables if table.rows[0].cells[1].text.startswith("材料名称") and len(table.rows) > 5
    )
    words = ["".join(node.text or "" for node in row.cells[1]._tc.iter(qn("w:t"))) for row in materials.rows[1:3]]
    assert words == ["【一组】本人办理", "本人的身份证"]


def test_the_same_item_makes_the_same_bytes() -> None:
    once = form("shebaoka-shenban")
    form.cache_clear()
    assert form("shebaoka-shenban") == once


def test_hints_are_short_and_leave_out_what_only_files_need() -> None:
    assert brief("谁（actor）做什么（do）") == "谁做什么"
    assert brief("如 promised: 20个工作日") == ""
    assert (
        brief("如 申请人、窗口、社保所、区民政局；几家一起做的写成单子，牵头的在前；流程图每人一栏", 20)
        == "如 申请人、窗口、社保所、区民政局"
    )
