import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_world import duration, durations, item, wrong
from pydantic import ValidationError

from builder.content.model.item import Time
from builder.content.model.materials import Material
from builder.content.model.quantities import Duration, TimeUnit
from builder.content.model.quantities.durations import number

WRITTEN = [
    ("15个工作日", 15, None, TimeUnit.WORKDAY),
    ("30个工作日", 30, None, TimeUnit.WORKDAY),
    ("3-5个工作日", 3, 5, TimeUnit.WORKDAY),
    ("3—6个月", 3, 6, TimeUnit.MONTH),
    ("60日内", 60, None, TimeUnit.DAY),
    ("7天", 7, None, TimeUnit.DAY),
    ("48小时", 48, None, TimeUnit.HOUR),
    ("近三个月", 3, None, TimeUnit.MONTH),
    ("近半年", 6, None, TimeUnit.MONTH),
    ("半个月", 15, None, TimeUnit.DAY),
    ("两个月", 2, None, TimeUnit.MONTH),
    ("一百二十天", 120, None, TimeUnit.DAY),
    ("20个工作日内办结", 20, None, TimeUnit.WORKDAY),
    ("当日", 0, None, TimeUnit.SAME_DAY),
    ("即时办理", 0, None, TimeUnit.AT_ONCE),
]


@pytest.mark.parametrize(("text", "n", "up_to", "unit"), WRITTEN)
def test_reads_a_duration_as_the_documents_write_it(text: str, n: int, up_to: int | None, unit: TimeUnit) -> None:
    assert duration(text) == Duration(n=n, up_to=up_to, unit=unit)


@given(durations())
def test_what_is_shown_reads_back_the_same(one: Duration) -> None:
    assert duration(str(one)) == one


_TENS = ("", "十", *(f"{digit}十" for digit in "二三四五六七八九"))


@given(st.integers(1, 99))
def test_chinese_numerals_are_numbers(value: int) -> None:
    written = _TENS[value // 10] + ("", *"一二三四五六七八九")[value % 10]
    assert number(written) == number(str(value)) == value


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("0天", "当场"),
        ("5至3天", "比前一个大"),
        ("3至3天", "比前一个大"),
        ("2015个工作日", "太长"),  # a year that got among the numbers
        ("99999天", "这样的形式"),
        ("1.5年", "这样的形式"),
        ("随时", "这样的形式"),
        ("15", "这样的形式"),
    ],
)
def test_refuses_a_duration_that_cannot_be(text: str, advice: str) -> None:
    with pytest.raises(ValidationError, match=advice):
        duration(text)


def test_at_once_takes_no_number() -> None:
    with pytest.raises(ValidationError, match="当场”不写数量"):
        Duration(n=3, unit=TimeUnit.NOW)


def test_a_duration_can_be_written_in_parts_with_chinese_or_english_units() -> None:
    chinese = item("time: {promised: {n: 15, unit: 个工作日}}")
    english = item("time: {promised: {n: 15, unit: workday}}")
    assert chinese.time == english.time == Time(promised=duration("15个工作日"))


def test_only_working_days_can_be_counted_against_working_days() -> None:
    assert [duration(text).workdays for text in ("15个工作日", "3至5个工作日", "当场", "30天")] == [15, 5, 0, None]


def test_a_bare_time_is_the_promised_one() -> None:
    assert item("time: 当场").time == Time(promised=duration("当场"))


def test_statutory_and_promised_limits_stand_side_by_side() -> None:
    """A caption that names both."""
    time = item("time: {statutory: 7个工作日, promised: 5个工作日}").time
    assert isinstance(time, Time)
    assert (str(time.statutory), str(time.promised)) == ("7个工作日", "5个工作日")


def test_says_how_a_limit_is_to_be_written() -> None:
    finding = wrong("time: 尽快")
    assert finding.code == "S108"
    assert "15个工作日" in finding.hint


def test_a_proof_may_have_to_be_recent() -> None:
    """The fund certificate."""
    entries = item("materials: [{name: 公积金缴存证明, validity: 近半年}]").materials
    assert isinstance(entries, tuple)
    (proof,) = entries
    assert isinstance(proof, Material)
    assert proof.validity == duration("6个月")
