"""Small tables of criteria: what editors may write, and where they are to be read."""

from __future__ import annotations

import pytest
from guide_world import guide, words
from site_folder import SiteFolder
from told_texts import texts_in

from builder.content.model.item import Item
from builder.content.validate import build
from builder.guide import plain_text_of

GRADES = {
    "title": "各档补助",
    "columns": ["档次", "每月"],
    "rows": [["一档", "937元"], ["二档", "752元"]],
    "note": "按月发",
}


def told_of(**table: object) -> list[tuple[str, tuple[str | int, ...], str]]:
    """Return what an editor is told of an item with this table: the message, the key path, the hint."""
    _, findings = build(Item, {"name": "测试事项", "tables": [{**GRADES, **table}]}, "x.yaml")
    return [(one.says, one.path, one.hint) for one in findings]


@pytest.mark.parametrize(
    "written",
    [
        [["一档", "937元"], ["二档", "752元"]],
        ["一档 | 937元", "二档|752元"],
        ["| 一档 ｜ 937元 |", ["二档", "752元"]],
    ],
)
def test_rows_are_lists_or_texts_with_strokes(written: object) -> None:
    (table,) = guide(tables={**GRADES, "rows": written}).common.tables
    assert table.rows == (("一档", "937元"), ("二档", "752元"))


def test_a_cell_may_be_empty() -> None:
    (table,) = guide(tables={**GRADES, "rows": [["一档", None], ["二档", ""]]}).common.tables
    assert table.rows == (("一档", ""), ("二档", ""))


def test_each_row_with_too_few_or_too_many_cells_is_named() -> None:
    few, many = told_of(rows=[["一档", "937元"], ["二档"], ["三档", "500元", "2024年起"]])
    assert few[1:] == (
        ("tables", 0, "rows", 1),
        "第2行“二档”有1格，表头有2栏（档次、每月）；补上缺的格子，没有内容的写“”",
    )
    assert many[1] == ("tables", 0, "rows", 2)
    assert "第3行“三档、500元、2024年起”有3格" in many[2]
    assert "多的格子删掉" in many[2]


@pytest.mark.parametrize(
    ("table", "path", "hint"),
    [
        ({"columns": ["档次"]}, ("tables", 0, "columns"), "再写几条"),
        ({"columns": "档次、每月"}, ("tables", 0, "columns"), "改成 档次 | 每月"),
        ({"rows": "一档、937元"}, ("tables", 0, "rows"), "竖线隔开：一档 | 937元"),
        ({"columns": list("甲乙丙丁戊己"), "rows": [list("一二三四五六")]}, ("tables", 0, "columns"), "只留最要紧的"),
        ({"rows": [["一档", "长" * 61]]}, ("tables", 0, "rows", 0, 1), "写短些"),
        ({"columns": ["档次", "这一栏的名字写得实在是太长了一点点"]}, ("tables", 0, "columns", 1), "写短些"),
        ({"rows": [{"档次": "一档", "每月": "937元"}]}, ("tables", 0, "rows", 0), "- 一档 | 每月937元"),
        ({"rows": []}, ("tables", 0, "rows"), "写上内容"),
    ],
)
def test_what_fits_on_no_telephone_is_refused(table: dict[str, object], path: tuple[str | int, ...], hint: str) -> None:
    ((_, at, told),) = told_of(**table)
    assert at == path
    assert hint in told


def test_the_edition_stands_for_every_cell() -> None:
    (told,) = (one for one in plain_text_of(guide(tables=GRADES), words()) if one.part == "时限、费用和结果")
    assert told.lines == ("各档补助", "档次：一档，每月：937元", "档次：二档，每月：752元", "按月发")


def test_page_and_sheet_show_the_tables_of_the_item_and_of_a_case(site: SiteFolder) -> None:
    site.write_all(
        {
            "site.yaml": "name: 试\n",
            "content/areas.yaml": "zhen: {name: 甲镇, level: 乡镇街道}\n",
            "content/items/zhen/butie.yaml": """\
name: 补贴
tables: {title: 各档补助, columns: [档次, 每月], rows: [[一档, 937元]]}
variants:
  - id: zai
    name: 再次
    tables: {title: 再次补助, columns: 档次 | 每月 | 几个月 | 谁, rows: 一档 | 500元 | 3个月 | 老人}
""",
        }
    ).built()
    for path in ("items/butie.html", "print/guide/butie.html"):
        text = site.page(path)
        assert '<table class="criteria">\n<caption>各档补助</caption>' in text
        assert '<th scope="row">一档</th><td data-label="每月">937元</td>' in text
        assert '<table class="criteria stacked">\n<caption>再次补助</caption>' in text
    assert "再次补助" in texts_in(site.page("search/texts.js"))
