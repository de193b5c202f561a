"""What is known of Chinese characters: how they are read."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

from builder.support.characters import (
    _READ_OTHERWISE,
    OTHER_READINGS,
    common_characters,
    is_chinese,
    sort_key,
    unusual_readings,
    usual_reading,
)


@pytest.mark.parametrize(
    ("text", "unusual"),
    [
        ("到银行办理", ("行hang",)),
        ("重新调查，音乐会", ("乐yue", "重chong")),
        ("社保卡挂失", ()),
        ("ATM 单于", ("单chan",)),
        ("", ()),
    ],
)
def test_readings_that_a_word_gives_its_characters(text: str, unusual: tuple[str, ...]) -> None:
    assert unusual_readings([text]) == tuple(sorted(unusual))


@pytest.fixture(scope="module")
def otherwise() -> set[str]:
    """The readings of the phrases of pypinyin that differ from the usual ones: the module has a list of the characters, and
    of the readings that are often met."""
    return {
        character + plain
        for phrase, readings in phrases_dict.items()
        if len(phrase) == len(readings)
        for character, (reading, *_) in zip(phrase, readings, strict=True)
        if is_chinese(character) and (plain := to_normal(reading).replace("ü", "v")) != usual_reading(character)
    }


def test_no_character_that_a_phrase_reads_otherwise_is_missing(otherwise: set[str]) -> None:
    assert {reading for reading in otherwise if not _READ_OTHERWISE.match(reading)} == set()


def test_every_other_reading_of_a_common_character_is_one(otherwise: set[str]) -> None:
    assert set(OTHER_READINGS) - otherwise == set()
    assert {reading[0] for reading in OTHER_READINGS} <= common_characters()


def test_a_long_text_is_read_as_pypinyin_reads_it() -> None:
    text = "会计的重量没有长度单位和银行行长传达的角色处分藏起来的都督率领数量"
    expected = {a + b for a, b in zip(text, lazy_pinyin(text), strict=True) if b != usual_reading(a)}
    assert set(unusual_readings([text])) == expected


def test_names_are_sorted_as_pypinyin_reads_them() -> None:
    for text in ("重新办理银行卡", "失业登记（北塘街道）", "12345热线 A4纸", "二〇二四年的会计考核"):
        assert sort_key(text) == " ".join(lazy_pinyin(text)).lower()
