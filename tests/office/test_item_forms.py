"""Forms: tables with labels on the left, an item each."""

from __future__ import annotations

from pathlib import Path

from office_files import DOWN, MORE, cell, p, row, table
from reading import columns, names, typed, word

FORM = (
    row("序号", "　3.2"),
    row("名称", "　失业登记"),
    row("法定依据", "《通知》（津劳办[2004]391号）"),
    row("实施机构", "党群服务中心"),
    row("运行流程", "第一步：\n申请人提出申请。\n第二步：\n窗口核对。"),
    row("运行要件", "1、身份证 2、户口本"),
    row("监督方式", "纪检办公室：65775272"),
)
TYPED = {
    "materials": [{"text": "身份证"}, {"text": "户口本"}],
    "steps": [{"text": "申请人提出申请"}, {"text": "窗口核对"}],
    "basis": "《通知》（津劳办[2004]391号）",
    "department": "党群服务中心",
    "phones": ["纪检办公室65775272"],
}
WIDE = '<w:gridSpan w:val="2"/>'


def test_a_table_of_labels_and_values_is_an_item(tmp_path: Path) -> None:
    (item,) = word(tmp_path, p("职责事项信息表") + p("（失业登记）信息表") + table(*FORM)).items
    assert (item.name, item.number, item.headings) == ("失业登记", "3.2", ("职责事项信息表", "（失业登记）信息表"))
    assert typed(item) == TYPED


def test_titles_inside_the_table_part_the_forms(tmp_path: Path) -> None:
    title = row(cell("（失业登记）信息表", WIDE))
    reading = word(tmp_path, table(title, *FORM, title, *FORM))
    assert [(item.name, item.headings, typed(item)) for item in reading.items] == [
        ("失业登记", ("（失业登记）信息表",), TYPED)
    ] * 2


def test_a_form_without_a_name_has_that_of_its_title(tmp_path: Path) -> None:
    body = p("失业登记办事指南") + table(row("受理条件", "失业人员"), row("办理时限", "5日"), row("收费标准", "无"))
    assert names(word(tmp_path, body)) == ["失业登记"]


def test_a_form_inside_a_cell_is_read(tmp_path: Path) -> None:
    outer = table(row(cell(p("（失业登记）信息表") + table(*FORM))), row(cell(p("（求职）信息表") + table(*FORM))))
    reading = word(tmp_path, outer)
    assert [(item.headings, typed(item)) for item in reading.items] == [
        (("（失业登记）信息表",), TYPED),
        (("（求职）信息表",), TYPED),
    ]


def test_two_pairs_in_a_row(tmp_path: Path) -> None:
    body = table(
        row("事项名称", "参保", "办理时限", "5日"),
        row("受理部门", "社保所", "联系电话", "65775272"),
        row("受理条件", cell("本镇居民", '<w:gridSpan w:val="3"/>')),
    )
    (item,) = word(tmp_path, body).items
    assert typed(item) == {
        "conditions": "本镇居民", "time_limit": "5日", "department": "社保所", "phones": ["65775272"],
    }  # fmt: skip


def test_a_label_beside_a_table_of_materials(tmp_path: Path) -> None:
    body = table(
        row("事项名称", cell("参保", '<w:gridSpan w:val="3"/>')),
        row(cell("申请材料", DOWN), "序号", "材料名称", "份数"),
        row(cell("", MORE), "1", "身份证", "原件1份"),
        row(cell("", MORE), "2", "户口本", ""),
        row("办理时限", cell("5日", '<w:gridSpan w:val="3"/>')),
    )
    (item,) = word(tmp_path, body).items
    assert typed(item)["materials"] == [{"text": "身份证", "details": {"份数": "原件1份"}}, {"text": "户口本"}]
    assert columns(item)["申请材料"] == "序号\t材料名称\t份数\n1\t身份证\t原件1份\n2\t户口本"


def test_a_table_inside_a_value(tmp_path: Path) -> None:
    inner = table(row("1.", "住院票据"), row("2.", "病案首页"))
    rows = (row("名称", "报销"), row("运行要件", cell(p("（一）住院：") + inner)), row("责任事项", "收材料"))
    (item,) = word(tmp_path, table(*rows)).items
    assert typed(item)["materials"] == [{"text": "住院", "sub": [{"text": "住院票据"}, {"text": "病案首页"}]}]


def test_only_ticked_boxes_count(tmp_path: Path) -> None:
    body = table(
        row("事项名称", "参保"),
        row("是否收费", "☐是 ☑否"),
        row("办理形式", "☑窗口办理 ☐网上办理 ☑邮寄"),
        row("承办机构", "□甲所 □乙所"),
    )
    (item,) = word(tmp_path, body).items
    assert {passage.field: (passage.value, passage.chosen) for passage in item.passages[1:]} == {
        "fee": ("否", ("否",)),
        "channels": ("窗口办理、邮寄", ("窗口办理", "邮寄")),
        "department": ("", ()),
    }
    assert columns(item)["是否收费"] == "☐是 ☑否"


def test_a_form_that_goes_on_in_the_next_table(tmp_path: Path) -> None:
    reading = word(tmp_path, table(*FORM[:4]) + table(*FORM[4:]))
    assert [typed(item) for item in reading.items] == [TYPED]


def test_a_value_that_goes_on_on_the_next_page(tmp_path: Path) -> None:
    first = table(row("名称", "失业登记"), row("实施机构", "党群中心"), row("运行流程", "第一步：申请；"))
    reading = word(tmp_path, first + table(row("", "第二步：审核。"), row("运行要件", "身份证")))
    assert [typed(item) for item in reading.items] == [
        {
            "materials": [{"text": "身份证"}],
            "steps": [{"text": "申请"}, {"text": "审核"}],
            "department": "党群中心",
        }
    ]


def test_two_time_limits_keep_their_labels(tmp_path: Path) -> None:
    body = table(
        row("事项名称", "参保"),
        row("法定时限", "20日", "承诺时限", "5日"),
        row("是否收费", "否"),
        row("承办机构", "社保所"),
    )
    (item,) = word(tmp_path, body).items
    assert (item.text("time_limit"), item.text("fee")) == ("法定时限：20日\n承诺时限：5日", "是否收费：否")


def test_a_title_in_the_second_column_begins_the_next_form(tmp_path: Path) -> None:
    reading = word(tmp_path, table(*FORM, row("", "\n\n职责事项信息表"), row("", "（求职）信息表"), *FORM))
    assert [(item.headings, typed(item)) for item in reading.items] == [
        ((), TYPED),
        (("职责事项信息表", "（求职）信息表"), TYPED),
    ]


def test_groups_of_labels_on_the_left_are_no_labels(tmp_path: Path) -> None:
    wide = cell("事项名称", WIDE)
    first = table(
        row(wide, "批准书补办"),
        row(cell("基本信息", DOWN), "实施机关", "自然资源所"),
        row(cell("", MORE), "收费", "不收费"),
        row(cell("", MORE), "保管年限", "长期"),
    )
    second = table(row(cell("办理信息", DOWN), "办理程序", "申请→补发"), row(cell("", MORE), "承诺期限", "5日"))
    (item,) = word(tmp_path, first + p() + second).items
    assert (item.name, columns(item)["保管年限"]) == ("批准书补办", "长期")
    assert typed(item) == {
        "department": "自然资源所",
        "fee": "不收费",
        "steps": [{"text": "申请"}, {"text": "补发"}],
        "time_limit": "5日",
    }
