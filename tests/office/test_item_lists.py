"""Lists with one item a row: which row is an item, and which value belongs to it."""

from __future__ import annotations

from pathlib import Path

from office_files import DOWN, MORE, cell, numbered, p, row, table
from reading import columns, excel, left_over, names, typed, word

HEADER = ["序号", "事项名称", "业务领域", "责任单位", "备注"]
TOP = row(*HEADER)


def test_merged_cells_carry_on_and_empty_ones_stay_empty(tmp_path: Path) -> None:
    reading = word(
        tmp_path,
        table(
            row(cell("清单", '<w:gridSpan w:val="5"/>')),
            TOP,
            row("1", "参保登记", cell("社会保险", DOWN), "社保中心", "已延伸"),
            row("2", "注销登记", cell("", MORE), "", ""),
        ),
    )
    assert [columns(item) for item in reading.items] == [
        dict(zip(HEADER, ["1", "参保登记", "社会保险", "社保中心", "已延伸"], strict=True)),
        dict(zip(HEADER, ["2", "注销登记", "社会保险", "", ""], strict=True)),
    ]
    assert reading.items[0].headings == ("清单",)


def test_a_header_on_the_next_page_is_no_item_and_merged_cells_go_on_below_it(tmp_path: Path) -> None:
    reading = word(
        tmp_path,
        table(
            TOP,
            row("24", "就业登记", cell("就业创业", DOWN), "就业中心", "甲"),
            TOP,
            row("25", "补贴申领", cell("", DOWN), "", ""),
            row("26", "援助确认", cell("", MORE), "", ""),
        ),
    )
    assert [(item.number, columns(item)["业务领域"], columns(item)["责任单位"]) for item in reading.items] == [
        ("24", "就业创业", "就业中心"),
        ("25", "就业创业", ""),
        ("26", "就业创业", ""),
    ]


def test_a_header_over_two_rows_names_its_columns_once(tmp_path: Path) -> None:
    down, wide = cell("事项名称", DOWN), cell("办理时限", '<w:gridSpan w:val="2"/>')
    reading = word(
        tmp_path,
        table(
            row(cell("序号", DOWN), down, wide),
            row(cell("", MORE), cell("", MORE), "法定时限", "承诺时限"),
            row("1", "参保登记", "20日", "5日"),
        ),
    )
    assert columns(reading.items[0]) == {
        "序号": "1", "事项名称": "参保登记", "办理时限 法定时限": "20日", "办理时限 承诺时限": "5日",
    }  # fmt: skip


def test_numbers_may_be_those_of_word(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="35"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    automatic = cell(p("", numbered(1)))
    body = table(row("序号", "事项名称", "办理材料"), row(automatic, "甲", "证"), row(automatic, "乙", "证"))
    assert [item.number for item in word(tmp_path, body, numbering=numbering).items] == ["35", "36"]


def test_a_row_without_number_and_name_goes_on_with_the_one_above(tmp_path: Path) -> None:
    reading = excel(
        tmp_path,
        [
            ["序号", "办理事项", "办理流程", "收费标准"],
            [2, "失业金领取", "申请→审批加盖钢印,", "免费"],
            [None, None, "发放失业证", None],
            [3, "年审", "社区(村)→街道办理", None],
        ],
        ["D2:D3"],
    )
    assert names(reading) == ["失业金领取", "年审"]
    assert typed(reading.items[0]) == {
        "steps": [{"text": "申请"}, {"text": "审批加盖钢印,发放失业证"}],
        "fee": "免费",
    }
    assert typed(reading.items[1]) == {"steps": [{"text": "社区(村)"}, {"text": "街道办理"}]}


def test_rows_under_one_merged_name_are_one_item(tmp_path: Path) -> None:
    reading = excel(
        tmp_path,
        [["序号", "事项名称", "申请材料"], [1, "参保", "身份证"], [None, None, "户口本"], [2, "注销", "证明"]],
        ["A2:A3", "B2:B3"],
    )
    assert [[entry.text for entry in item.entries("materials")] for item in reading.items] == [
        ["身份证", "户口本"],
        ["证明"],
    ]


def test_titles_of_groups_and_remarks_are_no_items(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="3"/>'
    reading = word(
        tmp_path,
        p("附件1")
        + table(
            row("序号", "事项名称", "办理材料"),
            row(cell("一、社会保险类", wide)),
            row("1", "参保", "身份证"),
            row("2", "", ""),
            row(cell("（备注：1-29已延伸。）", wide)),
        ),
    )
    assert [(item.name, item.headings) for item in reading.items] == [("参保", ("附件1", "一、社会保险类"))]
    assert left_over(reading) == ["2", "（备注：1-29已延伸。）"]


def test_a_table_without_header_goes_on_with_the_list_above(tmp_path: Path) -> None:
    body = table(row("序号", "事项名称", "材料"), row("1", "甲", "证")) + table(row("2", "乙", "照片"))
    assert names(word(tmp_path, body)) == ["甲", "乙"]


DISCLOSURE = ("序号", "具体职责", "业务事项", "信息类别", "内容标准")


def test_a_column_that_says_nothing_does_not_name_the_item(tmp_path: Path) -> None:
    reading = excel(
        tmp_path,
        [
            DISCLOSURE,
            [1, "就业", "失业管理", "档案接收办事指南", "x"],
            [2, "就业", "开具证明", "办事指南", "x"],
            [3, "残疾人工作", "护理补贴申请", "协助审核", "x"],
            [4, "残疾人工作", "生活补贴申请", "协助审核", "x"],
            [5, "就业", "养老清算", None, "x"],
        ],
    )
    assert names(reading) == ["档案接收办事指南", "开具证明", "护理补贴申请", "生活补贴申请", "养老清算"]


GUIDE = """\
【申请条件】：参加医疗保险的人员丢失社保卡【办理材料】本人身份证。               【办理时限】：即时办理
【办理时间】法定工作日
【办理流程】1、申领：
（1）查询；
（2）单击【手工报销】输入；
2、补办
【受理单位详细资料】
     办理部门：社区计生办
     地    址：一层105室
     咨询电话：双龙社区87316371    百子湾社区87717564"""


def test_a_guide_inside_a_cell_is_taken_apart(tmp_path: Path) -> None:
    (item,) = word(tmp_path, table(row(*DISCLOSURE), row("1", "社保", "社保卡补办", "办事指南", GUIDE))).items
    assert typed(item) == {
        "materials": [{"text": "本人身份证"}],
        "steps": [
            {"text": "申领", "sub": [{"text": "查询"}, {"text": "单击【手工报销】输入"}]},
            {"text": "补办"},
        ],
        "conditions": "参加医疗保险的人员丢失社保卡",
        "time_limit": "即时办理",
        "hours": "法定工作日",
        "place": "一层105室",
        "department": "社区计生办",
        "phones": ["双龙社区87316371", "百子湾社区87717564"],
    }
    assert [section.title for section in item.sections] == [
        "申请条件", "办理材料", "办理时限", "办理时间", "办理流程", "受理单位详细资料",
    ]  # fmt: skip


def test_wrong_brackets_do_no_harm(tmp_path: Path) -> None:
    text = "申请条件】：在我所登记\n【办理流程1、提交材料；\n2、审核\n【联系电话】】67322223-540\n【联系地址 】一层"
    (item,) = word(tmp_path, table(row(*DISCLOSURE), row("1", "社保", "补证", "办事指南", text))).items
    assert typed(item) == {
        "steps": [{"text": "提交材料"}, {"text": "审核"}],
        "conditions": "在我所登记",
        "place": "一层",
        "phones": ["67322223-540"],
    }


def test_an_outline_of_what_is_published_is_no_guide(tmp_path: Path) -> None:
    text = "【机构名称】\n【联系方式】\n　　办公地址\n　　网　　址\n　　传　　真\n　　邮政编码"
    (item,) = word(tmp_path, table(row(*DISCLOSURE), row("1", "管理", "基本信息", "机构信息", text))).items
    assert (item.sections, typed(item)) == ((), {})


def test_a_total_below_a_list_is_no_item(tmp_path: Path) -> None:
    reading = excel(tmp_path, [["序号", "事项名称", "费用"], [1, "过户", 5], ["合 计", "1项", 5]])
    assert names(reading) == ["过户"]
    assert left_over(reading) == ["合 计\t1项\t5"]


def test_a_sub_item_names_the_item_where_there_is_one(tmp_path: Path) -> None:
    header = ["主项名称", "子项名称", "实施主体"]
    rows = [
        header,
        ["社团登记", "社团成立登记", "民政局"],
        ["社团登记", "社团注销登记", "民政局"],
        ["慈善组织认定", "/", "民政局"],
    ]
    assert names(excel(tmp_path, rows)) == ["社团成立登记", "社团注销登记", "慈善组织认定"]


def test_a_header_may_stand_in_a_table_of_its_own(tmp_path: Path) -> None:
    reading = word(tmp_path, p("延伸清单") + table(TOP) + p() + table(row("1", "备案", "工程", "住建局", "")))
    assert [(item.name, item.headings, columns(item)["责任单位"]) for item in reading.items] == [
        ("备案", ("延伸清单",), "住建局")
    ]


def test_a_list_goes_on_in_the_next_table_with_its_header_below_the_first_rows(tmp_path: Path) -> None:
    rest = table(row("2", "乙", "工程", "住建局", ""), TOP, row("3", "丙", "工程", "住建局", ""))
    reading = word(tmp_path, table(TOP, row("1", "甲", "工程", "住建局", "")) + p("（续表）") + rest)
    assert names(reading) == ["甲", "乙", "丙"]
    assert left_over(reading) == ["（续表）"]


def test_items_beside_one_another_are_items(tmp_path: Path) -> None:
    reading = word(
        tmp_path,
        table(
            row("事项名称", "特困供养", "孤儿生活费"),
            row("申请条件", "无劳动能力", "父母双亡"),
            row("办理时限", "20日", "15日"),
        ),
    )
    assert [(item.name, typed(item)) for item in reading.items] == [
        ("特困供养", {"conditions": "无劳动能力", "time_limit": "20日"}),
        ("孤儿生活费", {"conditions": "父母双亡", "time_limit": "15日"}),
    ]
