"""Whose a material is, whether it is kept for a while, and what of the library an item issues, as residents read it."""

from __future__ import annotations

import pytest
from guide_world import guide, words
from pydantic import ValidationError

from builder.content.model.item import Output
from builder.content.model.materials import Material, Whose
from builder.guide.guide import Guide
from builder.guide.material_lines import MaterialBlock, MaterialLine
from builder.wording.owners import with_owner


def names(shown: Guide) -> list[str]:
    return [line.name for line in shown.common.materials if isinstance(line, MaterialLine)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"name": "户口簿", "whose": "户主"}, "户口簿（户主的）"),
        ({"ref": "id-card", "whose": "申请人"}, "居民身份证（本人的）"),
        ({"name": "父亲身份证", "whose": "父母"}, "父亲身份证"),
        ({"name": "身份证", "whose": "代办人", "note": "委托他人的"}, "身份证"),
        ({"name": "死亡证明", "whose": "死者"}, "死亡证明"),
        ({"name": "存折"}, "存折"),
    ],
)
def test_whose_it_is_is_said_once(written: dict[str, object], read: str) -> None:
    assert names(guide(materials=[written])) == [read]


def test_the_heading_of_a_group_says_it_for_all_in_it() -> None:
    group = {
        "group": "担保人材料",
        "materials": [{"name": "身份证", "whose": "担保人"}, {"name": "结婚证", "whose": "配偶"}],
    }
    (block,) = guide(materials=[group]).common.materials

    assert isinstance(block, MaterialBlock)
    assert [line.name for line in block.entries if isinstance(line, MaterialLine)] == ["身份证", "结婚证（配偶的）"]


@pytest.mark.parametrize("whose", Whose)
def test_a_name_that_says_it_itself_is_left_alone(whose: Whose) -> None:
    assert with_owner("银行卡", whose, "", words()) == f"银行卡（{whose.label}的）"
    assert with_owner(f"{whose.label}的银行卡", whose, "", words()) == f"{whose.label}的银行卡"


def test_a_paper_that_is_kept_for_days_is_told() -> None:
    (line,) = guide(materials=[{"name": "社保卡", "form": "原件", "held": "是"}]).common.materials

    assert isinstance(line, MaterialLine)

    assert line.details == ("会收走，问清什么时候还",)


def test_only_an_original_can_be_kept() -> None:
    with pytest.raises(ValidationError, match="收走的是原件"):
        Material.model_validate({"name": "社保卡", "form": "复印件", "held": "是"})


def test_a_result_of_the_library_is_called_as_there_unless_it_has_a_name() -> None:
    facts = dict(guide(outputs=[{"ref": "dibaozheng"}, {"ref": "dibaozheng", "name": "《低保证》"}]).common.facts)

    assert facts["办成后拿到"] == ("低保证", "《低保证》")


def test_a_result_needs_a_name_or_an_id() -> None:
    with pytest.raises(ValidationError, match="要写 name"):
        Output.model_validate({"note": "当场给"})
