"""Materials that contradict themselves."""

from __future__ import annotations

import pytest
from checks_world import FILE, filed, found, found_in, messages

from builder.checks.materials import papers_in


@pytest.mark.parametrize("form", ["原件", "[原件, 电子版]"])
def test_a_number_of_photocopies_needs_photocopies(form: str) -> None:
    (one,) = messages(f"materials:\n  - name: 章程\n    form: {form}\n    copies: 2\n")
    assert (one.code, one.path) == ("C330", ("materials", 0, "copies"))
    assert one.says == "“章程”写了复印件2份，形式里没有复印件"
    forms = form.strip("[]")
    assert one.hint == f"要2份原件的，改成 {{original: 2}}；要复印件的，form 写成 [{forms}, 复印件]"


def test_a_number_of_originals_needs_originals() -> None:
    (one,) = messages("materials: [{name: 章程, form: 复印件, copies: {original: 2}}]")
    assert (one.code, one.says) == ("C330", "“章程”写了原件2份，形式里没有原件")
    assert one.hint == "要原件的：form: [原件, 复印件]；要2份复印件的：copies: 2"


@pytest.mark.parametrize(
    "asked",
    ["form: 原件, copies: {original: 2}", "form: [原件, 复印件], copies: 2", "form: 照片, copies: 2", "form: 电子版, copies: 1",
     "form: 表格, copies: 3", "form: 原件核对, copies: 1", "copies: 2", "form: 原件"],
)  # fmt: skip
def test_a_number_of_what_is_asked_for_passes(asked: str) -> None:
    assert found(f"materials: [{{name: 章程, {asked}}}]") == []


@pytest.mark.parametrize(
    "second",
    ["hukoubu", "{ref: hukoubu, form: 复印件}", "{ref: hukoubu, note: 交一份}"],
)
def test_a_paper_that_is_asked_for_twice_is_found(second: str) -> None:
    assert found(f"materials:\n  - {{ref: hukoubu, form: 原件}}\n  - 申请表\n  - {second}\n") == [
        ("C331", ("materials", 2))
    ]


def test_what_a_message_calls_the_first_is_its_number_in_the_list() -> None:
    (one,) = messages("materials: [申请表, 《承诺书》, {group: 证件, materials: [护照, 签证]}, 承诺书]")
    assert (one.says, one.path) == ("“承诺书”和第2样是同一样材料", ("materials", 3))


@pytest.mark.parametrize(
    "materials",
    [
        "[{ref: hukoubu, when: 已婚的}, {ref: hukoubu, when: 有子女的}]",
        "[{ref: sfz, name: 本人的身份证}, {ref: sfz, name: 配偶的身份证}]",
        "[{ref: hukoubu, pages: 首页}, {ref: hukoubu, pages: 本人页}]",
        "[{group: 借款人, materials: [sfz]}, {group: 担保人, materials: [sfz]}]",
        "[{any_of: [{group: 有房的, materials: [sfz, 房产证]}, {group: 租房的, materials: [sfz, 租房合同]}]}]",
    ],
)
def test_the_same_paper_of_others_in_other_cases_or_of_other_pages_passes(materials: str) -> None:
    assert found(f"materials: {materials}") == []


def test_a_case_may_ask_again_for_what_the_whole_item_asks() -> None:
    assert found("materials: [sfz]\nvariants: [{id: jia, name: 补办, materials: [sfz]}]") == []


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("户口簿、结婚证", ["户口簿", "结婚证"]),
        ("学生证；成绩单；推荐信", ["学生证", "成绩单", "推荐信"]),
        ("驾驶证,行驶证", ["驾驶证", "行驶证"]),
        ("低保证\n残疾证\n诊断证明", ["低保证", "残疾证", "诊断证明"]),
        ("护照 签证复印件", ["护照", "签证复印件"]),
        ("房产证、户口簿和2寸照片3张", ["房产证", "户口簿", "2寸照片3张"]),
        ("《申请表》《承诺书》", ["《申请表》", "《承诺书》"]),
        ("租房合同、子女的出生证（原件、复印件）", ["租房合同", "子女的出生证（原件、复印件）"]),
        ("病历、出院小结等", ["病历", "出院小结"]),
        ("户口簿和房产证", ["户口簿", "房产证"]),
    ],
)
def test_papers_in_one_text_are_told_apart(name: str, papers: list[str]) -> None:
    assert papers_in(name) == (papers, False)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("materials: 户口簿、结婚证", ("materials", 0, "name")),
        ("materials: [申请表, 户口簿、结婚证]", ("materials", 1, "name")),
        ("materials: [{group: 证件, materials: [{name: 户口簿、结婚证}]}]", ("materials", 0, "materials", 0, "name")),
        ("variants: [{id: jia, name: 补办, materials: 户口簿、结婚证}]", ("variants", 0, "materials", 0, "name")),
    ],
)
def test_an_editor_is_told_to_write_each_paper_in_a_line(text: str, path: tuple[str | int, ...]) -> None:
    (one,) = messages(text)
    assert (one.code, one.path, one.says) == ("C332", path, "“户口簿、结婚证”看着是2样，一样一条")
    assert one.hint == "一样一条：“- 户口簿”“- 结婚证”"


def test_papers_of_which_one_is_enough_belong_under_any_of() -> None:
    (one,) = messages("materials: 低保证、残疾证或孤儿证")
    assert one.hint == "交一样就行的，写在 any_of 下面，一样一条：“- 低保证”“- 残疾证”“- 孤儿证”"


def test_several_forms_in_one_title_are_found_too() -> None:
    assert found("forms: 《申请表》、《承诺书》") == [("C332", ("forms", 0, "title"))]


@pytest.mark.parametrize(
    "name",
    [
        "《婚前检查、孕前检查证明》",
        "村（社区、居委会）证明",
        "照片（1寸、2寸）",
        "1寸、2寸照片",
        "水费、电费、燃气费单据",
        "毕（结、肄）业证书",
        "户口簿，原件及复印件",
        "户口簿原件、复印件",
        "户口簿首页、本人页",
        "身份证、港澳通行证等身份证件",
        "结婚证、户口簿上的姓名不一致证明",
        "出生、死亡证明",
        "申请人和共有人的关系证明",
        "收入和财产情况证明",
        "户口簿原件和复印件",
        "缴费收据或发票",
        "法定代表人、经办人身份证",
        "Work permit, visa",
    ],
)
def test_a_name_that_holds_such_marks_passes(name: str) -> None:
    assert papers_in(name) == ([], False)


LIBRARY = """\
sfz: {name: 居民身份证, aliases: [身份证]}
jhz: {name: 结婚证, aliases: [结婚登记证明]}
lhz: 离婚证
jsz: 机动车驾驶证
sqs: {name: 申请书, aliases: [个人申请]}
shouju: {name: 医疗费收费票据, aliases: [药费单据]}
"""


def renamed(materials: str) -> list[tuple[tuple[str | int, ...], str, str]]:
    files = {FILE: filed(f"materials: {materials}"), "content/materials.yaml": LIBRARY}
    return [(one.path, one.says, one.hint) for one in found_in(files) if one.code == "R210"]


def test_a_name_of_another_paper_than_that_of_the_library_is_found() -> None:
    assert renamed("[{ref: jhz, name: 离婚证}]") == [
        (("materials", 0, "name"), "“离婚证”和编号 jhz（结婚证）不是同一样材料",
         "要的是“离婚证”，ref 写成 lhz；要的是“结婚证”，删掉 name")
    ]  # fmt: skip
    assert renamed("[{group: 一, materials: [{ref: sfz, name: 营业执照}]}]") == [
        (("materials", 0, "materials", 0, "name"), "“营业执照”和编号 sfz（居民身份证）不是同一样材料",
         "要的是“营业执照”，删掉 ref；要的是“居民身份证”，删掉 name；只是叫法不同，把这个叫法写进材料库的 aliases")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ref", "name"),
    [("jsz", "行驶证"), ("sfz", "居民户口簿"), ("shouju", "社会保障卡"), ("jhz", "单身证明"), ("sqs", "授权委托书")],
)
def test_a_paper_that_only_ends_alike_or_belongs_to_the_same_people_is_another(ref: str, name: str) -> None:
    assert len(renamed(f"[{{ref: {ref}, name: {name}}}]")) == 1


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("sfz", "父母的身份证"),
        ("sfz", "二代身份证（正反面）"),
        ("sfz", "申请人有效身份证件"),
        ("jhz", "《结婚登记证明》"),
        ("jhz", "结婚登记审查表"),
        ("jsz", "驾驶人的驾驶证副页"),
        ("sqs", "入户申请报告"),
        ("shouju", "连续就医的住院收据"),
    ],
)
def test_a_narrower_name_of_the_same_paper_passes(ref: str, name: str) -> None:
    assert renamed(f"[{{ref: {ref}, name: {name}}}]") == []


@pytest.mark.parametrize("second", ["身份证", "{name: 《居民身份证》, form: 复印件}", "{ref: sfz, name: 身份证}"])
def test_a_paper_asked_for_by_its_number_and_by_its_name_is_asked_for_twice(second: str) -> None:
    files = {FILE: filed(f"materials: [sqs, sfz, {second}]"), "content/materials.yaml": LIBRARY}
    (one,) = [one for one in found_in(files) if one.code == "C331"]
    assert (one.path, one.says.endswith("”和第2样是同一样材料")) == (("materials", 2), True)


@pytest.mark.parametrize("second", ["配偶的身份证", "{name: 身份证, when: 代办的}", "{ref: sfz, name: 配偶的身份证}"])
def test_the_same_sort_of_paper_of_another_person_or_case_passes(second: str) -> None:
    files = {FILE: filed(f"materials: [sqs, sfz, {second}]"), "content/materials.yaml": LIBRARY}
    assert [one for one in found_in(files) if one.code != "R214"] == []


def test_a_paper_whose_owner_one_entry_tells_and_another_does_not_is_found() -> None:
    (one,) = messages("materials: [{ref: sfz, whose: 户主}, {group: 代办, materials: [{ref: sfz, when: 代办的}]}]")

    assert (one.code, one.path) == ("C333", ("materials", 1, "materials", 0))
    assert one.says == "“sfz”没写是谁的，这份指南别处写了是户主的"
    assert one.hint == "是同一个人的，也写 whose: 户主"


@pytest.mark.parametrize(
    "other",
    ["{ref: hukoubu}", "{ref: sfz, whose: 配偶, when: 已婚的}", "{ref: sfz, when: 代办的, note: 是谁的没写，先问窗口}"],
)
def test_other_papers_known_owners_and_what_is_said_to_be_open_pass(other: str) -> None:
    assert found(f"materials: [{{ref: sfz, whose: 户主}}, {other}]") == []


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("身份证", 1),
        ("{name: 《居民身份证》, form: 复印件}", 1),
        ("配偶的身份证", 0),
        ("{ref: sfz, name: 身份证}", 0),
        ("户口", 0),
    ],
)
def test_a_paper_of_the_library_is_to_be_named_by_its_number(entry: str, found: int) -> None:
    files = {FILE: filed(f"materials: [{entry}]\noutputs: [办好的证]"), "content/materials.yaml": LIBRARY}
    assert [one.code for one in found_in(files)] == ["R214"] * found
