"""Phone numbers: what is taken, and the number that a refused one is answered with works when it is written."""

from __future__ import annotations

import re

import pytest
from guide_world import words
from hypothesis import given
from hypothesis import strategies as st
from model_world import item, wrong

from builder.content.model.contacts import Phone
from builder.content.phone_numbers import PATTERN, numbers_in
from builder.context.phones import call

landlines = st.builds(
    "{}-{}{}".format,
    st.sampled_from(["010", "021", "0371", "0891"]),
    st.integers(2_000_000, 89_999_999),
    st.sampled_from(["", "-8", "-606", "-8016"]),
)
others = st.sampled_from(["12345", "110", "96110", "13912345678", "400-881-2366", "8008106666"])
numbers = landlines | others

# A number as editors copy it, and as content has it.
MENDED = [
    ("0371－67181234", "0371-67181234"),
    ("（0371）67181234", "0371-67181234"),
    ("(0371) 6718 1234", "0371-67181234"),
    ("【0371】67181234", "0371-67181234"),
    ("0371——67181234", "0371-67181234"),
    ("0371 67181234", "0371-67181234"),
    ("037167181234", "0371-67181234"),
    ("371-67181234", "0371-67181234"),
    ("+86 371 6718 1234", "0371-67181234"),
    ("0086-10-66661234", "010-66661234"),
    ("010-6666 1234 转 606", "010-66661234-606"),
    ("010-66661234转分机606", "010-66661234-606"),
    ("010-66661234*606", "010-66661234-606"),
    ("01066661234,606", "010-66661234-606"),
    ("139 1234 5678", "13912345678"),
    ("139-1234-5678", "13912345678"),
    ("400 881 2366", "400-881-2366"),
    ("4008-812-366", "400-881-2366"),
    ("联系电话：0371-67181234", "0371-67181234"),
    ("０３７１－６７１８１２３４", "0371-67181234"),
    ("0371-67181234。", "0371-67181234"),
]


@pytest.mark.parametrize(("written", "number"), MENDED)
def test_a_number_written_otherwise_is_answered_with_the_number(written: str, number: str) -> None:
    finding = wrong(f'phones: "{written}"')
    assert (finding.code, finding.hint) == ("S105", f"改成 {number}")
    assert item(f"phones: {number}").phones == (Phone(number=number),)


SEVERAL = [
    ("0371-67181234、0371-67185678", ["0371-67181234", "0371-67185678"]),
    ("0371-67181234/67185678", ["0371-67181234", "0371-67185678"]),
    ("0371-67181234 67185678", ["0371-67181234", "0371-67185678"]),
    ("0371-67181234；12333", ["0371-67181234", "12333"]),
    ("12333，0371-67181234，13912345678", ["12333", "0371-67181234", "13912345678"]),
    ("010-66661234转606、607", ["010-66661234-606", "010-66661234-607"]),
]


@pytest.mark.parametrize(("written", "numbers"), SEVERAL)
def test_several_numbers_in_one_line_are_answered_with_a_list(written: str, numbers: list[str]) -> None:
    hint = wrong(f'phones: "{written}"').hint
    assert hint == f"改成 [{', '.join(numbers)}]"
    assert [phone.number for phone in item(f"phones: {hint.removeprefix('改成 ')}").phones] == numbers


def test_several_numbers_in_an_entry_of_a_list_become_entries() -> None:
    assert wrong("phones: [12345, '12333、12366']").hint == "一条只写一个，拆成2条：12333、12366"


BESIDE = [
    ("0371-67181234（医保科）", Phone(number="0371-67181234", label="医保科")),
    ("0371-6718 1234 转 8（值班室）周一至周五 8:30-17:30", Phone(number="0371-67181234-8", label="值班室", hours="周一至周五，8:30-17:30")),
    ("李主任 13912345678", Phone(number="13912345678", label="李主任")),
    ("12333转2", Phone(number="12333", label="转2")),
    ("12345（市民热线）", Phone(number="12345", label="市民热线")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "phone"), BESIDE)
def test_what_stands_beside_a_number_is_not_lost(written: str, phone: Phone) -> None:
    hint = wrong(f'phones: "{written}"').hint
    assert item(f"phones: {hint.removeprefix('改成 ')}").phones == (phone,)


def test_each_of_several_numbers_keeps_what_stands_beside_it() -> None:
    phones = (Phone(number="0371-67181234", label="咨询"), Phone(number="0371-67185678", label="投诉"))
    for written in ("0371-67181234（咨询）、0371-67185678（投诉）", "咨询：0371-67181234；投诉：0371-67185678"):
        hint = wrong(f'phones: "{written}"').hint
        assert item(f"phones: {hint.removeprefix('改成 ')}").phones == phones


@pytest.mark.parametrize("written", ["0371-12345", "（0371）12333", "028 12348", "0371-110"])
def test_a_hotline_has_no_area_code(written: str) -> None:
    number = re.split(r"\D+", written)[-1]
    assert wrong(f'phones: "{written}"').hint == f"改成 {number}；热线直接写 {number}，前面不加区号"
    assert item(f"phones: {number}").phones[0].number == number


def test_a_local_number_is_mended_with_a_word_on_its_area_code() -> None:
    assert wrong("phones: 6718-1234").hint == "改成 67181234；前面还要加上区号，如 022-67181234"


@pytest.mark.parametrize("written", ["0371-671812345", "0371-", "123456", "0371-67181234/8", "待定", "见公告2号"])
def test_what_cannot_be_told_for_certain_is_not_guessed(written: str) -> None:
    assert "带区号写全" in wrong(f'phones: "{written}"').hint


@given(numbers)
def test_what_a_page_shows_can_be_copied_back(number: str) -> None:
    shown = call(Phone(number=number), words()).shown
    (read,) = numbers_in(shown)
    assert re.match(PATTERN, read.number)
    assert call(Phone(number=read.number), words()).dial == call(Phone(number=number), words()).dial


@given(st.lists(numbers, min_size=2, max_size=3, unique=True), st.sampled_from(["、", "/", "；", "，", " 或 ", " "]))
def test_several_that_a_page_shows_can_be_copied_back(several: list[str], between: str) -> None:
    shown = between.join(call(Phone(number=number), words()).shown for number in several)
    assert [read.number.replace("-", "") for read in numbers_in(shown)] == [one.replace("-", "") for one in several]
