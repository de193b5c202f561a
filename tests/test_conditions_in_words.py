"""Who has to bring something: what an editor wrote of when becomes a sentence, and never the reverse of what it says."""

from __future__ import annotations

import pytest
from guide_world import guide, sheet, words

from builder.guide import plain_text_of
from builder.wording.conditions import is_of_some, only_if


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("", ""),
        ("已婚的", "已婚的才要"),
        ("新立户", "新立户才要"),
        ("请人代办", "请人代办才要"),
        ("不是本村的", "不是本村的才要"),
        ("没有不动产证的", "没有不动产证的才要"),
        ("集体户以外的", "集体户以外的才要"),
        ("除集体户以外的居民", "除集体户以外的居民才要"),
        ("有需要", "有需要才要"),
        ("录用了外地人，要提取档案", "录用了外地人，要提取档案才要"),
        ("免税的", "免税的才要"),
        ("集体户除外", "集体户除外"),
        ("集体户、低保户除外。", "集体户、低保户除外"),
        ("居民，集体户除外", "居民才要，集体户除外"),
        ("除集体户外", "除集体户外都要"),
        ("除了外地户籍以外", "除了外地户籍以外都要"),
        ("所有股东", "所有股东都要"),
        ("单身的不用交", "单身的不用交"),
        ("有子女的；没有的可以不交", "有子女的才要，没有的可以不交"),
        ("证件在换领的，交受理回执", "证件在换领的，交受理回执"),
        ("补证时交旧证", "补证时交旧证"),
        ("代办的才要", "代办的才要"),
        ("除非本人到场", "除非本人到场"),
    ],
)
def test_a_condition_is_said_as_it_is_meant(when: str, sentence: str) -> None:
    assert only_if(when, words()) == sentence


@pytest.mark.parametrize("when", ["集体户除外", "除集体户外", "所有股东", "单身的不用交", "低保户免交"])
def test_what_only_some_are_spared_is_asked_of_the_others(when: str) -> None:
    assert not is_of_some(when)


@pytest.mark.parametrize(
    "when", ["已婚的", "居民，集体户除外", "有配偶；单身、未婚的不用交", "不是本村的", "证件在换领的，交受理回执"]
)
def test_what_is_asked_in_some_cases_is_not_asked_of_all(when: str) -> None:
    assert is_of_some(when)


MATERIALS: list[dict[str, object]] = [
    {"name": "村民小组意见", "when": "新建户除外"},
    {"group": "担保", "when": "除贫困户外", "materials": ["担保书"]},
    {"any_of": ["离婚证", "判决书"], "when": "离婚的"},
]


def test_page_sheet_and_edition_say_the_same() -> None:
    (slip,) = sheet("notice", materials=MATERIALS).slips
    assert [line.asked for line in slip.lines] == ["新建户除外", "除贫困户外都要", "离婚证、判决书；离婚的才要"]
    shown = guide(materials=MATERIALS)
    assert [line.only for line in shown.common.materials] == ["新建户除外", "除贫困户外都要", "离婚的才要"]
    text = "\n".join(line for part in plain_text_of(shown, words()) for line in part.lines)
    assert all(line.only in text for line in shown.common.materials)
    assert "除外才要" not in text
