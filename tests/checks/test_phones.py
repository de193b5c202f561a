"""A landline has an area code, and the code of the numbers around it is what is advised."""

from __future__ import annotations

import pytest
from checks_world import FILE, filed, found_in

PLACE, DEPARTMENT = "content/places/weisheng.yaml", "content/departments/laobaosuo.yaml"


def place(phones: str, area: str = "xincheng") -> str:
    return f"name: 镇卫生院\nkind: 医院\narea: {area}\nphones: {phones}\n"


def told(files: dict[str, str], settings: str = "") -> list[tuple[str, str, str]]:
    return [(one.file, one.says, one.hint) for one in found_in(files, settings) if one.code == "R250"]


@pytest.mark.parametrize("number", ["0371-67181234", "010-66661234-8", "12345", "96110", "400-881-2366"])
def test_what_can_be_dialled_from_anywhere_is_fine(number: str) -> None:
    assert told({FILE: filed(f"phones: {number}"), PLACE: place(number)}, f"phones: {number}") == []


@pytest.mark.parametrize(
    "around",
    [
        {FILE: filed("phones: [67181234, 0371-67185678]")},
        {FILE: filed("phones: 67181234"), DEPARTMENT: "name: 劳动保障所\nphones: 0371-67185678\n"},
        {FILE: filed("phones: 67181234\nplaces: weisheng"), PLACE: place("0371-67185678")},
        {FILE: filed("phones: 67181234"), PLACE: place("0371-67185678")},  # of the same area
    ],
)
def test_the_code_of_the_numbers_around_it_is_advised(around: dict[str, str]) -> None:
    assert told(around) == [(FILE, "电话“67181234”没有区号，手机和外地打不通", "改成 0371-67181234")]


def test_numbers_that_are_nearer_count_more() -> None:
    far = place("010-66661234", area="beijing")
    areas = "xincheng: {name: 新城镇, level: 乡镇街道}\nbeijing: {name: 北京, level: 市级}\n"
    files = {FILE: filed("phones: 6718123-8"), "content/areas.yaml": areas, PLACE: far}
    assert [hint for *_, hint in told(files)] == [
        "前面加上区号，如 022-65775272"
    ]  # behind 010 numbers have eight digits
    files[DEPARTMENT] = "name: 劳动保障所\narea: xincheng\nphones: 0371-67185678\n"
    assert [hint for *_, hint in told(files)] == ["改成 0371-6718123-8"]


def test_where_numbers_have_several_codes_none_is_advised() -> None:
    files = {FILE: filed("phones: 67181234"), PLACE: place("[0371-67185678, 0373-67185678]")}
    assert [hint for *_, hint in told(files)] == ["前面加上区号，如 022-65775272"]


def test_every_number_of_a_site_is_looked_at() -> None:
    branches = "branches: [{id: dong, name: 东村, phones: 67180001}]\nwindows: [{name: 挂号, phones: 67180002}]\n"
    files = {
        FILE: filed("variants: [{id: a, name: 甲, phones: 67180003}]\nsupervision: {phones: 67180004}"),
        PLACE: place("12345") + branches,
    }
    found = told(files, "phones: 67180005\nsupervision: {phones: [0371-67180000, 67180006]}")
    assert {(file, says[3:11]) for file, says, _ in found} == {
        (PLACE, "67180001"), (PLACE, "67180002"), (FILE, "67180003"), (FILE, "67180004"),
        ("site.yaml", "67180005"), ("site.yaml", "67180006"),
    }  # fmt: skip
    assert {hint[:7] for *_, hint in found} == {"改成 0371"}
