"""What sheets say: every condition of a material comes along, each case has its own slip, the edition tells any change."""

from __future__ import annotations

import pytest
from guide_world import guide, sheet, words

from builder.guide import Guide, edition_code, plain_text_of
from builder.render.pages.sheets import Short, Slip


def slips(**fields: object) -> tuple[Slip, ...]:
    return sheet("notice", **fields).slips


def short_guide(**fields: object) -> Short:
    short = sheet("short", **fields).short
    assert short is not None
    return short


def asked(slip: Slip) -> dict[str, str]:
    return {line.name: line.asked for line in slip.lines}


def cases(**second: object) -> list[dict[str, object]]:
    return [{"id": "a", "name": "首次", "materials": ["申请书"]}, {"id": "b", "name": "再次", **second}]


def test_what_a_group_is_asked_of_each_of_its_lines_is_asked_of() -> None:
    (slip,) = slips(
        materials=[{"group": "子女", "when": "有子女的", "materials": [{"name": "证明", "when": "已婚的"}]}]
    )
    assert asked(slip) == {"子女：证明": "有子女的才要；已婚的才要"}


def test_alternatives_keep_their_forms_and_their_condition() -> None:
    choice = {"title": "婚姻", "when": "离婚的", "any_of": [{"name": "离婚证", "form": "原件"}, {"name": "判决书"}]}
    (slip,) = slips(materials=[choice])
    assert asked(slip) == {"婚姻": "任选其一：离婚证（原件）、判决书；离婚的才要"}


def test_alternatives_without_a_name_are_called_so_once() -> None:
    (slip,) = slips(materials=[{"any_of": [{"name": "户口簿", "form": "原件"}, "居住证"]}])
    assert asked(slip) == {"任选其一": "户口簿（原件）、居住证"}


def test_a_group_among_alternatives_counts_as_a_whole() -> None:
    """A title deed, or contract, agreement and invoice together."""
    group = {"group": "代替材料", "materials": ["合同", "协议", "发票"]}
    (slip,) = slips(materials=[{"title": "产权证明", "any_of": ["产权证", group]}])
    assert asked(slip) == {"产权证明": "任选其一：产权证、代替材料（这几样都要：合同、协议、发票）"}


def test_a_slip_says_what_is_asked_of_each_material_and_of_all() -> None:
    (slip,) = slips(
        materials=[{"name": "户口簿", "pages": ["首页", "本人页"], "seal": "公章"}], materials_notes=["都带原件"]
    )
    assert asked(slip) == {"户口簿": "复印：首页、本人页；要有：公章"}
    assert slip.notes == ("都带原件",)


def test_the_short_guide_says_who_can_apply_and_what_is_asked_of_all_materials() -> None:
    short = short_guide(
        eligibility=["户口在本镇"], excluded=["房子是子女的"], materials=["身份证"], materials_notes=["都带原件"]
    )
    assert [line.text for line in short.conditions] == ["户口在本镇", "这些情况不能办：房子是子女的"]
    assert [(line.text, line.note) for line in short.materials] == [("都带原件", True), ("身份证", False)]
    assert short.more_materials == 0


def test_a_case_that_brings_nothing_of_its_own_has_a_slip_with_what_all_bring() -> None:
    assert [(slip.case, list(asked(slip))) for slip in slips(materials=["身份证"], variants=cases())] == [
        ("首次", ["身份证", "申请书"]),
        ("再次", ["身份证"]),
    ]


def test_a_case_with_a_list_instead_brings_nothing_else() -> None:
    instead = cases(materials=["旧证"], replaces=["materials"])
    assert list(asked(slips(materials=["身份证"], variants=instead)[1])) == ["旧证"]
    headings = [line.text for line in short_guide(variants=instead).materials if line.heading]
    assert headings[1] == "再次：这种情形只要这里列的材料。"


@pytest.mark.parametrize(("materials", "nothing"), [("无", True), (None, False)])
def test_nothing_to_bring_is_told_from_not_known(materials: str | None, nothing: bool) -> None:
    (slip,) = slips(**({"materials": materials} if materials else {}))
    assert (slip.lines, slip.nothing) == ((), nothing)


def test_what_offices_get_from_each_other_is_no_line_to_tick_but_named_below() -> None:
    materials = [{"ref": "huji-xinxi"}, {"name": "申请表"}, {"any_of": [{"ref": "huji-xinxi"}, "身份证"]}]
    (slip,) = slips(materials=materials)
    assert asked(slip) == {"申请表": "", "任选其一": "身份证"}
    assert slip.notes == ("部门共享，不用交：户籍信息",)
    short = short_guide(materials=materials)
    assert [line.text for line in short.materials if not line.note] == ["申请表", "任选其一（身份证）"]


def test_where_all_is_got_from_other_offices_nothing_is_to_be_brought() -> None:
    (slip,) = slips(materials=[{"ref": "huji-xinxi"}])
    assert (slip.lines, slip.nothing) == ((), True)
    assert slips(materials=["身份证"], variants=cases(materials=[{"ref": "huji-xinxi"}]))[1].notes == (
        "部门共享，不用交：户籍信息",
    )


def edition_of(one: Guide) -> str:
    return edition_code(plain_text_of(one, words()))


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "补充"},
        {"depth": "街道受理"},
        {"summary": "一句话"},
        {"materials": ["身份证"]},
        {"steps": [{"actor": "甲", "do": "办"}]},
        {"variants": [{"id": "a", "name": "首次", "when": "第一次"}]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_edition_changes_with_anything_that_a_sheet_shows(changed: dict[str, object]) -> None:
    assert edition_of(guide()) == edition_of(guide())
    assert edition_of(guide(**changed)) != edition_of(guide())
