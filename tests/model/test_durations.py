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
    ("30分钟", 30, None, TimeUnit.MINUTE),
    ("20分钟内办结", 20, None, TimeUnit.MINUTE),
    ("半小时", 30, None, TimeUnit.MINUTE),
    ("立等可取", 0, None, TimeUnit.NOW),
    ("1个半小时", 90, None, TimeUnit.MINUTE),
    ("2小时15分钟", 135, None, TimeUnit.MINUTE),
    ("1年6个月", 18, None, TimeUnit.MONTH),
    ("两年零三个月", 27, None, TimeUnit.MONTH),
    ("一年半", 18, None, TimeUnit.MONTH),
    ("10个自然日", 10, None, TimeUnit.DAY),
    ("长期", 0, None, TimeUnit.UNLIMITED),
    ("长期有效", 0, None, TimeUnit.UNLIMITED),
    ("永久", 0, None, TimeUnit.PERMANENT),
    ("终身有效", 0, None, TimeUnit.PERMANENT),
]

BOUNDED = [
    ("不超过20个工作日", "不超过20个工作日"),
    ("最长不超过二十个工作日", "不超过20个工作日"),
    ("20个工作日以内", "不超过20个工作日"),
    ("至多3年", "不超过3年"),
    ("不少于7日", "不少于7天"),
    ("至少半年", "不少于6个月"),
    ("5个工作日以上", "不少于5个工作日"),
    ("3至5天以内", "3至5天"),
]


@pytest.mark.parametrize(("text", "said"), BOUNDED)
def test_what_a_length_is_at_most_or_at_least_is_told_in_one_form(text: str, said: str) -> None:
    assert str(duration(text)) == said


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
        ("1年3天", "这样的形式"),
        ("自收到材料之日起10个工作日内", "要写成“10个工作日”，.*从什么时候算起写 starts"),
        ("10个工作日（不含专家评审）", "要写成“10个工作日”，别的话写在 note"),
        ("市内10个工作日，市外20个工作日", "这样的形式"),
        ("不少于3至5天", "数量只写一个"),
        ("3至5天以上", "数量只写一个"),
        ("不超过长期", "这样的形式"),
        ("700分钟", "太长"),
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


LONGER = [
    ("不超过20个工作日", "15个工作日"),
    ("20个工作日", "不超过15个工作日"),
    ("90分钟", "1小时"),
    ("1个工作日", "30分钟"),
    ("1天", "20小时"),
    ("1小时", "当场"),
    ("20个工作日", "15天"),
    ("3个月", "60天"),
    ("60天", "20个工作日"),
    ("不少于31天", "30天"),
    ("长期", "100年"),
]


@pytest.mark.parametrize(("longer", "shorter"), LONGER)
def test_a_length_is_longer_where_its_longest_must_be(longer: str, shorter: str) -> None:
    assert duration(longer).is_longer_than(duration(shorter))
    assert not duration(shorter).is_longer_than(duration(longer))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30天", "20个工作日"),
        ("1个月", "30天"),
        ("1年", "12个月"),
        ("不超过15个工作日", "15个工作日"),
        ("60分钟", "1小时"),
        ("不少于7天", "10天"),
        ("不少于7天", "不少于5天"),
        ("长期", "永久"),
    ],
)
def test_of_two_lengths_that_can_be_the_same_none_is_longer(one: str, other: str) -> None:
    assert not duration(one).is_longer_than(duration(other))
    assert not duration(other).is_longer_than(duration(one))


@given(durations(), durations())
def test_of_two_lengths_at_most_one_is_longer(one: Duration, other: Duration) -> None:
    assert not (one.is_longer_than(other) and other.is_longer_than(one))
    assert not one.is_longer_than(one)


@pytest.mark.parametrize(
    "text",
    [
        "time: 长期",
        "time: {statutory: 不少于30天}",
        "steps: [{actor: 村委会, do: 公示, limit: 不少于7天}]",
        "benefits: {amount: 100, lasts: 永久}",
        "disclosure: {term: {within: 长期}}",
    ],
)
def test_a_limit_has_an_end(text: str) -> None:
    finding = wrong(text)
    assert finding.code == "S108"
    assert "这里写最长多久" in finding.hint


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
