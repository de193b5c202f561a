"""Lists of materials and steps: what is an entry, and what stands below what."""

from __future__ import annotations

import pytest

from builder.office.documents import Origin
from builder.office.shapes.entries import Listed, read_entries
from builder.office.shapes.lines import Line
from builder.office.shapes.source_item import Entry

HERE = Origin("一.docx")


def read(text: str, *, steps: bool = False) -> Listed:
    return read_entries([Line(line, HERE) for line in text.split("\n")], steps=steps)


def tree(entries: tuple[Entry, ...]) -> list[object]:
    return [[entry.text, tree(entry.sub)] if entry.sub else entry.text for entry in entries]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("1、身份证；\n2、户口本。", ["身份证", "户口本"]),
        ("１．身份证２．户口本", ["身份证", "户口本"]),
        ("①身份证②户口本", ["身份证", "户口本"]),
        ("1、身份证原件5、照片", ["身份证原件5、照片"]),
        ("4、残疾证原件；5、户口本原件6、代办人身份证（2-5项均要复印件）。", ["残疾证原件", "户口本原件", "代办人身份证（2-5项均要复印件）"]),
        ("（1）身份证（A4纸）；（2）照片（1寸）", ["身份证（A4纸）", "照片（1寸）"]),
        ("3、《登记证》2.3页、4.5页复印件\n4、照片", ["《登记证》2.3页、4.5页复印件", "照片"]),
        ("1.申请表\n2.照片\n3份身份证复印件", ["申请表", "照片"]),
        ("2.借记卡\n3.申请\n4照片电子版", ["借记卡", "申请", "照片电子版"]),
        ("1、受理\n2、1996、1998、2003年以后的档案", ["受理", "1996、1998、2003年以后的档案"]),
        ("1. 2016年以前的证\n2. 照片", ["2016年以前的证", "照片"]),
        ("身份证、户口本", ["身份证、户口本"]),
        ("身份证\n户口本\n照片", ["身份证", "户口本", "照片"]),
        ("● 身份证\n● 户口本", ["身份证", "户口本"]),
        ("1、每月1、2、3日办理；2、其他", ["每月1、2、3日办理", "其他"]),
        ("A.申请表\nB.身份证；C.B超报告", ["申请表", "身份证", "B超报告"]),
        ("5、权属证明.6、照片各一张7、身份证", ["权属证明", "照片各一张", "身份证"]),
        ("3.出生证明;4.2寸合影照片1张", ["出生证明", "2寸合影照片1张"]),
        ("（1）申请表（2）章程（3）证照（按第（2）项盖章）", ["申请表", "章程", "证照（按第（2）项盖章）"]),
    ],
)  # fmt: skip
def test_numbers_part_the_entries_and_not_every_number_is_one(text: str, entries: list[str]) -> None:
    assert tree(read(text).entries) == entries


def test_a_new_style_of_numbers_goes_one_level_down() -> None:
    text = "（一）受理\n（二）审核\n1、初审：\n（1）调查\n（2）公示\n2、复审\n（三）发放"
    assert tree(read(text, steps=True).entries) == [
        "受理",
        ["审核", [["初审", ["调查", "公示"]], "复审"]],
        "发放",
    ]


def test_lists_that_begin_again_under_titles_are_groups() -> None:
    text = "门诊所需材料：\n1、社保卡；\n2、处方。\n住院所需材料：\n1、社保卡；\n2、清单。"
    assert tree(read(text).entries) == [["门诊所需材料", ["社保卡", "处方"]], ["住院所需材料", ["社保卡", "清单"]]]


def test_a_sentence_that_announces_the_list_is_no_entry() -> None:
    listed = read("申请人应提供以下材料：\n1、身份证\n2、户口本")
    assert (listed.lead, tree(listed.entries)) == ("申请人应提供以下材料：", ["身份证", "户口本"])


def test_a_title_above_a_list_is_its_parent() -> None:
    assert tree(read("外省市人员：1.毕业生提供毕业证；2.其他人提供居住证").entries) == [
        ["外省市人员", ["毕业生提供毕业证", "其他人提供居住证"]]
    ]


def test_numbers_count_on_in_another_style() -> None:
    text = "（1）受理\n对材料进行审查。\n（2）审核\n入户。\n4.审批\n区民政局审批。"
    assert tree(read(text, steps=True).entries) == ["受理\n对材料进行审查", "审核\n入户", "审批\n区民政局审批"]


def test_notes_are_no_entries_and_their_numbers_neither() -> None:
    listed = read("1、证明；\n2、合同。\n注：（1）产权为一方；\n（2）带原件。")
    assert (tree(listed.entries), listed.notes) == (["证明", "合同"], ("注：\n（1）产权为一方；\n（2）带原件。",))


def test_a_sentence_among_materials_stays_with_the_material_above() -> None:
    listed = read("1、身份证；\n以上要原件。\n2、照片")
    assert [(entry.text, entry.notes) for entry in listed.entries] == [("身份证", ("以上要原件。",)), ("照片", ())]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("申请→审查→发证", ["申请", "审查", "发证"]),
        ("受理——初审——办结", ["受理", "初审", "办结"]),
        ("申请->受理-->办结", ["申请", "受理", "办结"]),
        ("申请—受理—办结", ["申请", "受理", "办结"]),
        ("申请-受理（3日）-办结", ["申请", "受理（3日）", "办结"]),
        ("体检>上传＞换证", ["体检", "上传", "换证"]),
        ("1→申请\n2→公示5日\n3→发证", ["申请", "公示5日", "发证"]),
        ("窗口周一—周五受理", ["窗口周一—周五受理"]),
        ("申请\n↓\n受理\n↓\n办结", ["申请", "受理", "办结"]),
        ("社区登记→人社局审批,\n发放证件", ["社区登记", "人社局审批,发放证件"]),
        ("1、录入；\n2、报盘：管理——生成文件", ["录入", "报盘：管理——生成文件"]),
        ("参保后3—6个月领取", ["参保后3—6个月领取"]),
        ("第一步：\n申请。\n第二步：\n审核。不全的补齐。", ["申请", "审核。不全的补齐"]),
        ("第一步申请人参加培训。\n第二步培训合格后办理。", ["申请人参加培训", "培训合格后办理"]),
        ("第一步: 受理;第二步：审查；第三步：批准", ["受理", "审查", "批准"]),
        ("1.提出申请          2街道受理并审核     3区级审批", ["提出申请", "街道受理并审核", "区级审批"]),
        ("到村里填写《参保登记表》,由村上报,社保局工作人\n员复核后签批。", ["到村里填写《参保登记表》,由村上报,社保局工作人员复核后签批"]),
    ],
)  # fmt: skip
def test_steps_in_all_their_forms(text: str, steps: list[str]) -> None:
    assert tree(read(text, steps=True).entries) == steps


def test_numbers_inside_brackets_are_no_entries() -> None:
    assert tree(read("1、申请；2、发放（含：1、打卡；2、现金）；3、归档", steps=True).entries) == [
        "申请", "发放（含：1、打卡；2、现金）", "归档",
    ]  # fmt: skip
