"""Materials of a document: what is understood has its fields, what is not stays word by word."""

from __future__ import annotations

import pytest
from drafted import became, drafted, small_site, source_item

from builder.office.drafts.draft import Manuscript
from builder.office.drafts.material_reader import read_materials
from builder.office.drafts.site_library import Library
from builder.office.shapes import Entry, Passage


@pytest.mark.parametrize(
    ("text", "materials"),
    [
        ("身份证", [{"ref": "id-card", "name": "身份证"}]),
        ("居民身份证", [{"ref": "id-card"}]),
        ("本人《居民身份证》原件及正反面复印件1份",
         [{"ref": "id-card", "name": "本人《居民身份证》", "form": ["原件", "复印件"], "pages": "正反面", "copies": "1"}]),
        ("户口本首页、本人页复印件各两张（A4纸）",
         [{"ref": "household-book", "name": "户口本", "form": "复印件", "pages": ["首页", "本人页"], "copies": "2", "spec": {"paper": "A4"}}]),
        ("《培训报名表》一式三份", [{"name": "《培训报名表》", "copies": {"original": "3"}}]),
        ("营业执照（审原件留复印件）", [{"ref": "licence", "form": "原件核对"}]),
        ("填写《求职登记表》（加盖社保所公章）", [{"name": "《求职登记表》", "form": "表格", "seal": "社保所公章"}]),
        ("五张一寸彩色照片", [{"ref": "photo-1-inch", "name": "一寸彩色照片", "copies": "5"}]),
        ("由原用人单位出具的离职证明", [{"name": "离职证明", "issuer": "原用人单位"}]),
        ("《劳动合同书》（核对后退回）", [{"name": "《劳动合同书》", "returned": "是"}]),
        ("手写申请一份（内容请咨询窗口）", [{"name": "手写申请", "copies": {"original": "1"}, "note": "内容请咨询窗口"}]),
        ("电子版照片（1寸，JPG格式，小于120Kb）", [{"name": "电子版照片", "spec": {"size": "1寸", "format": "JPG", "kb_max": "120"}}]),
        ("身份证或居住证", [{"any_of": [{"ref": "id-card", "name": "身份证"}, {"ref": "permit"}]}]),
        ("居住证（或本市合法住房租赁合同）", [{"any_of": [{"ref": "permit"}, {"name": "本市合法住房租赁合同"}]}]),
        ("如非本市居民办理，还需提供居住证", [{"ref": "permit", "when": "非本市居民办理的"}]),
        ("在职人员应提供收入证明，失业人员提供失业证明",
         [{"name": "收入证明", "when": "在职人员"}, {"name": "失业证明", "when": "失业人员"}]),
        ("申请表、户口本、身份证等各类材料的复印件，一式2份",
         [{"name": "申请表", "form": "复印件", "copies": "2"},
          {"ref": "household-book", "name": "户口本", "form": "复印件", "copies": "2"},
          {"ref": "id-card", "name": "身份证", "form": "复印件", "copies": "2"}]),
        ("存档证明，由人才中心出具的存档证明", [{"name": "存档证明", "issuer": "人才中心"}]),
        ("无", "无"),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_paper_gets_its_field(text: str, materials: object) -> None:
    assert became("materials", text) == {"materials": materials}


def test_papers_in_groups_stay_in_their_groups() -> None:
    made = became(
        "materials", "1、单位办理：\n（1）营业执照复印件；\n（2）介绍信\n2、个人办理：\n（1）身份证；\n（2）居住证。"
    )
    assert made["materials"] == [
        {"group": "单位办理", "materials": [{"ref": "licence", "form": "复印件"}, {"name": "介绍信"}]},
        {"group": "个人办理", "materials": [{"ref": "id-card", "name": "身份证"}, {"ref": "permit"}]},
    ]


@pytest.mark.parametrize("text", ["户口本、身份证原件及复印件", "身份证、居住证复印件一份"])
def test_who_has_to_bring_a_copy_of_what_is_doubtful_where_only_the_last_paper_says_so(text: str) -> None:
    draft = drafted(materials=text)
    assert ["form" in one for one in draft.values["materials"]] == [False, True]
    assert [doubt.source for doubt in draft.doubts] == [text]


def test_whose_papers_is_doubtful_where_only_the_first_says_that_they_are_of_both() -> None:
    draft = drafted(materials="夫妻双方户口本、身份证")
    assert draft.values["materials"] == [
        {"ref": "household-book", "name": "夫妻双方户口本"},
        {"ref": "id-card", "name": "身份证"},
    ]
    assert draft.doubts[0].why.startswith("“夫妻双方”只写在第一样前面")


@pytest.mark.parametrize(
    "text",
    [
        "外伤费用需提供受伤原因经过，加盖单位公章及急诊病历",
        "贷款卡复印件及密码（或贷款卡查询结果复印件）",
        "夫妻结婚证复印件；有子女的，同时提供子女的户口证明",
    ],
)
def test_a_sentence_that_is_not_understood_as_a_whole_is_one_material_word_by_word(text: str) -> None:
    draft = drafted(materials=text)
    assert draft.values["materials"] == [{"name": text}]
    assert "照原文写成一条" in draft.doubts[0].why


def test_what_is_no_paper_stands_among_the_remarks_on_materials() -> None:
    text = "登录“网上服务平台”注册，填写相关信息，工作人员会在5个工作日进行审核"
    assert became("materials", text) == {"materials_notes": [text]}


def test_other_papers_are_no_material() -> None:
    draft = drafted(materials="身份证、户口本及其他资料")
    assert [one["ref"] for one in draft.values["materials"]] == ["id-card", "household-book"]  # type: ignore[index,call-overload]
    assert draft.values["notes"] == ["办理材料：其他资料"]


def test_sizes_of_a_material_table_get_their_fields() -> None:
    item = source_item()
    details = (
        ("序号", "1"),
        ("原件", "1"),
        ("复印件", "2"),
        ("谁的", "户主"),
        ("来源渠道", "政府部门核发"),
        ("必要性", "非必要"),
        ("填报须知", "正楷"),
    )
    passage = Passage("材料", "materials", "身份证", item.origin, (Entry("身份证", item.origin, details=details),))
    read_materials(passage, manuscript := Manuscript(item), Library(small_site(), "zhen"))
    assert manuscript.values["materials"] == [
        {"ref": "id-card", "name": "身份证", "form": ["原件", "复印件"], "copies": {"original": "1", "copy": "2"},
         "whose": "户主", "source": "政府部门核发", "optional": "是", "note": "填报须知：正楷"}
    ]  # fmt: skip
