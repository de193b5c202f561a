from itertools import product

import pytest
from builder.guide.flow.line_breaking import advance, clean, wrap
from hypothesis import given
from hypothesis import strategies as st

NOT_FIRST = set("，。、；：？！）》」』】”’…—％")
NOT_LAST = set("（《「『【“‘")
SENTENCES = (
    "向户籍所在地社区（村）居民委员会提出书面申请，并提交《低收入家庭认定申请表》；材料不全的，一次性告知。",
    "持“就业失业登记证”、社会保障卡（原件及复印件）……到窗口办理——限当日办结！",
    "《北京市城镇居民基本医疗保险参保人员信息登记表》（一式两份）、《承诺书》各一份。",
)


@pytest.mark.parametrize(("text", "width"), list(product(SENTENCES, range(4, 20))))
def test_starts_no_line_with_a_closing_mark_and_ends_none_with_an_opening_one(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert not [line for line in lines if line[0] in NOT_FIRST or line[-1] in NOT_LAST]
    assert "".join(lines) == text


@pytest.mark.parametrize("width", range(6, 14))
def test_keeps_numbers_and_latin_words_whole(width: int) -> None:
    lines = wrap("请在2026年11月15日前登录BJRBJ网站，办理时限为15个工作日", width)

    for word in ("2026年", "11月", "15日", "BJRBJ", "15个"):
        assert any(word in line for line in lines)


def test_cuts_a_run_only_when_it_is_longer_than_a_line() -> None:
    lines = wrap("网址https://www.example.gov.cn/service/detail", 8)

    assert max(map(advance, lines)) <= 8
    assert "".join(lines) == "网址https://www.example.gov.cn/service/detail"


def test_breaks_after_a_pause_where_it_can() -> None:
    assert wrap("根据各级意见，对申请家庭进行认定", 11) == ("根据各级意见，", "对申请家庭进行认定")


def test_breaks_before_a_title_rather_than_inside_it() -> None:
    assert wrap("收到并填写《就业失业登记表》", 10) == ("收到并填写", "《就业失业登记表》")


def test_fills_lines_evenly() -> None:
    assert wrap("材料受理窗口核对登记", 9) == ("材料受理窗", "口核对登记")


def test_does_not_leave_a_negation_at_the_end_of_a_line() -> None:
    assert wrap("材料不齐全", 3) == ("材料", "不齐全")


@given(st.text(max_size=60), st.integers(1, 20))
def test_loses_no_character_of_any_text(text: str, width: int) -> None:
    text = clean(text)

    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.sampled_from("申请材料（《》），。15Aa个 "), max_size=60), st.integers(4, 20))
def test_takes_no_line_wider_than_asked_unless_marks_hang_together(text: str, width: int) -> None:
    for line in wrap(clean(text), width):
        assert advance(line) <= width


@given(st.text())
def test_cleans_any_text_of_what_xml_forbids(text: str) -> None:
    assert not [
        char for char in clean(text) if ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 or char in "\ufffe\uffff"
    ]
