"""Wording that a resident cannot use."""

from __future__ import annotations

import pytest
from checks_world import found, messages, raw

from builder.checks.wording import texts


@pytest.mark.parametrize(
    "name",
    [
        "其他材料",
        "其它材料",
        "其他",
        "其他材料。",
        "其他相关材料",
        "其他有关证明材料",
        "其他需要提供的材料",
        "其他应当提交的材料",
        "其他证明",
        "有关证明",
        "相关证件",
        "相关手续",
        "有关材料等",
        "法律法规规定的其他材料",
        "法律、法规规定的其他材料",
        "按规定需提交的其他材料",
        "社保经办机构要求提供的其他材料",
        "所需的其他证明材料",
    ],
)
def test_a_catch_all_is_no_material(name: str) -> None:
    assert found(f"materials: [{{name: {name}}}]") == [("L501", ("materials", 0, "name"))]


@pytest.mark.parametrize(
    "name",
    [
        "《其他材料清单》",
        "其他家庭成员的身份证",
        "其他收入证明",
        "收入证明材料",
        "证明材料",
        "单位出具的有关证明材料",
        "就业（求职）状况证明",
        "相关房屋的产权证",
        "与死者的关系证明",
        "其他股东的授权书",
        "有关部门出具的残疾评定表",
        "经办规定的材料袋",
        "居民身份证等证件",
        "材料",
    ],
)
def test_a_material_that_can_be_asked_for_by_name_passes(name: str) -> None:
    assert found(f"materials: [{{name: {name}}}]") == []


def test_a_catch_all_is_found_in_groups_choices_and_variants() -> None:
    text = """
        materials:
          - group: 单位代办
            materials:
              - 介绍信
              - any_of: [营业执照, 其他材料]
        variants:
          - {id: a, name: 首次, materials: [有关材料]}
    """
    assert found(text) == [
        ("L501", ("materials", 0, "materials", 1, "any_of", 1, "name")),
        ("L501", ("variants", 0, "materials", 0, "name")),
    ]


@pytest.mark.parametrize("text", ["××街道", "XX镇", "ＸＸ局", "____年", "户主（待填）", "联系人( 待填 )", "（待补充）"])
def test_a_blank_is_to_be_filled_in(text: str) -> None:
    assert found(f"summary: '{text}'") == [("L502", ("summary",))]


@pytest.mark.parametrize("text", ["358×441 像素", "X 光片", "表 X", "a_b__c", "5×8×2 厘米", "（填写后交回）"])
def test_what_only_looks_like_a_blank_passes(text: str) -> None:
    assert found(f"summary: '{text}'") == []


def test_a_rule_of_underscores_in_markdown_passes() -> None:
    assert found("body: |\n  甲\n\n  ____\n\n  乙\n") == []
    assert found("body: |\n  甲\n\n  姓名____\n") == [("L502", ("body",))]


def test_every_blank_of_a_text_is_told_once() -> None:
    (finding,) = messages("summary: ××街道和××局、XX村")

    assert finding.says == "“××”“XX”是没填的空"


def test_what_word_leaves_behind_is_told() -> None:
    (finding,) = messages('remedy: "[bookmark: _Toc1]可以复议&nbsp;"')

    assert (finding.code, finding.says) == ("L503", "“[bookmark: _Toc1]”“&nbsp;”是多余的记号")


def test_notes_to_the_editor_may_quote_what_was_odd() -> None:
    assert found("notes: 原文写“XX镇”") == []
    assert found("provenance: {source: qingdan, at: 第3行, note: 原文写“XX镇”}") == []


def test_texts_are_found_at_any_depth_with_their_place() -> None:
    assert dict(texts(raw("materials: [{any_of: [{name: 甲}, {name: 乙, seal: [公章]}]}]"))) == {
        ("name",): "社会保障卡补领",
        ("materials", 0, "any_of", 0, "name"): "甲",
        ("materials", 0, "any_of", 1, "name"): "乙",
        ("materials", 0, "any_of", 1, "seal", 0): "公章",
    }
