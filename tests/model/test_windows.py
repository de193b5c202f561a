import calendar
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_world import duration, item, wrong

from builder.content.model.quantities import MonthDay, Period, Span, read_span


def yearly(month: int, day: int, end_month: int, end_day: int, *, next_year: bool = False) -> Span:
    return Span(Period.ANNUAL, MonthDay(month, day), MonthDay(end_month, end_day), next_year)


def monthly(first: int, last: int) -> Span:
    return Span(Period.MONTHLY, first=first, last=last)


def after(event: str, within: str) -> Span:
    return Span(Period.EVENT, event=event, within=duration(within))


def before(event: str, within: str) -> Span:
    return replace(after(event, within), is_before=True)


def until(span: Span) -> Span:
    return replace(span, is_deadline=True)


def dated(year: int, month: int, day: int, end_month: int, end_day: int, *, next_year: bool = False) -> Span:
    return replace(yearly(month, day, end_month, end_day, next_year=next_year), period=Period.DATED, year=year)


def listed(first: Span, *others: Span) -> Span:
    return replace(first, others=others)


END = 0  # of the month

UNDERSTOOD = [
    ("每年的9月20日至30日", yearly(9, 20, 9, 30)),
    ("次年的3月10日至20日", yearly(3, 10, 3, 20)),
    ("3月10日至29日", yearly(3, 10, 3, 29)),
    ("9月1日至25日", yearly(9, 1, 9, 25)),
    ("次年的3月1日至20日", yearly(3, 1, 3, 20)),
    ("每年9月底前", until(yearly(1, 1, 9, END))),
    ("次年2月底前", until(yearly(1, 1, 2, END))),
    ("每年10月底前", until(yearly(1, 1, 10, END))),
    ("10月15日前", until(yearly(1, 1, 10, 15))),
    ("每年9月1日至11月30日", yearly(9, 1, 11, 30)),
    ("自达到参保条件之日起90日内", after("达到参保条件", "90天")),
    ("4月1日至12月10日", yearly(4, 1, 12, 10)),
    ("每月1日至10日", monthly(1, 10)),
    ("每月12日前", until(monthly(1, 12))),
    ("每月18日前", until(monthly(1, 18))),
    ("每月4-10日", monthly(4, 10)),
    ("每月5日至20日", monthly(5, 20)),
    ("每月5至25日期间", monthly(5, 25)),
    ("每月5日—20日", monthly(5, 20)),
    ("每月1-20日", monthly(1, 20)),
    ("每月的10号前", until(monthly(1, 10))),
    ("每月6-25日期间工作日", monthly(6, 25)),
    ("每月20日前", until(monthly(1, 20))),
    ("每周一", Span(Period.WEEKLY, weekdays=(1,))),
    ("3—10月", yearly(3, 1, 10, END)),
    ("11月到次年4月份", yearly(11, 1, 4, END, next_year=True)),
    ("每年第一季度", yearly(1, 1, 3, END)),
    ("用人之日起30日内", after("用人", "30天")),
    ("终止之日起15日内", after("终止", "15天")),
    ("终止之日起60日内", after("终止", "60天")),
    ("死亡后60日内", after("死亡", "60天")),
    ("新出生90天之内", after("新出生", "90天")),
    ("每周一、周三至周五", Span(Period.WEEKLY, weekdays=(1, 3, 4, 5))),
    ("每周一到五", Span(Period.WEEKLY, weekdays=(1, 2, 3, 4, 5))),
    ("每月15日", monthly(15, 15)),
    ("满60周岁之日起三个月内", after("满60周岁", "3个月")),
    ("离职后1年6个月内", after("离职", "18个月")),
    ("毕业后半年内", after("毕业", "6个月")),
    ("2026年6月3日至17日", dated(2026, 6, 3, 6, 17)),
    ("2026年6月3日至2026年7月17日", dated(2026, 6, 3, 7, 17)),
    ("2026-06-03至2026-07-17", dated(2026, 6, 3, 7, 17)),
    ("自2026年12月20日起至2027年1月10日止", dated(2026, 12, 20, 1, 10, next_year=True)),
    ("2026年6月3日（周三）9:00至6月17日16时30分", dated(2026, 6, 3, 6, 17)),
    ("2026年8月", dated(2026, 8, 1, 8, END)),
    ("2026年8月20日", dated(2026, 8, 20, 8, 20)),
    ("2026年第二季度", dated(2026, 4, 1, 6, END)),
    ("2026年9月30日前", until(dated(2026, 1, 1, 9, 30))),
    ("2026年4月中旬至5月下旬", dated(2026, 4, 11, 5, END)),
    ("每年7月", yearly(7, 1, 7, END)),
    ("每年7月1日", yearly(7, 1, 7, 1)),
    ("每年7月上旬", yearly(7, 1, 7, 10)),
    ("2月下旬", yearly(2, 21, 2, END)),
    ("6月中旬至8月上旬", yearly(6, 11, 8, 10)),
    ("每年下半年", yearly(7, 1, 12, END)),
    ("每月中旬", monthly(11, 20)),
    ("每月下旬", monthly(21, 31)),
    ("每月8日、18日、28日", listed(monthly(8, 8), monthly(18, 18), monthly(28, 28))),
    ("每月8、18日", listed(monthly(8, 8), monthly(18, 18))),
    ("每个月3日、10日至12日", listed(monthly(3, 3), monthly(10, 12))),
    ("每年4月、10月", listed(yearly(4, 1, 4, END), yearly(10, 1, 10, END))),
    ("每年2、5、8月", listed(yearly(2, 1, 2, END), yearly(5, 1, 5, END), yearly(8, 1, 8, END))),
    ("每年4月1日至15日、10月1日至15日", listed(yearly(4, 1, 4, 15), yearly(10, 1, 10, 15))),
    ("2026年6月3日、5日，7月1日", listed(dated(2026, 6, 3, 6, 3), dated(2026, 6, 5, 6, 5), dated(2026, 7, 1, 7, 1))),
    ("2026年6月3日、2027年6月4日", listed(dated(2026, 6, 3, 6, 3), dated(2027, 6, 4, 6, 4))),
    ("每周二", Span(Period.WEEKLY, weekdays=(2,))),
    ("每周二、四，法定节假日除外", Span(Period.WEEKLY, weekdays=(2, 4))),
    ("每周二上午（节假日顺延）", Span(Period.WEEKLY, weekdays=(2,))),
    ("逢星期二", Span(Period.WEEKLY, weekdays=(2,))),
    ("周六、周天", Span(Period.WEEKLY, weekdays=(6, 7))),
    ("到达退休年龄前3个月", before("到达退休年龄", "3个月")),
    ("在到达退休年龄前3至6个月", before("到达退休年龄", "3至6个月")),
    ("有效期届满30日前", before("有效期届满", "30天")),
    ("有效期满前90日内", before("有效期满", "90天")),
    ("活动举办之日前20个工作日", before("活动举办", "20个工作日")),
    ("举办活动提前20日", before("举办活动", "20天")),
    ("每年9月1日至25日、次年3月1日至20日", listed(yearly(9, 1, 9, 25), yearly(3, 1, 3, 20))),
    ("每年一次", Span(Period.UNDATED)),
    ("每年年检一次", Span(Period.UNDATED)),
    ("一年申报两次", Span(Period.UNDATED)),
    ("常年受理", Span(Period.ALWAYS)),
    ("全年", Span(Period.ALWAYS)),
    ("随时可以申请", Span(Period.ALWAYS)),
    ("法定工作日", Span(Period.ALWAYS)),
]


@pytest.mark.parametrize(("text", "meaning"), UNDERSTOOD)
def test_understands_when_one_may_apply(text: str, meaning: Span) -> None:
    assert read_span(text) == meaning


REFUSED = [
    ("每年的9月20日至30", "漏了“日”"),
    ("次年的3月1日20日", "漏了“至”"),
    ("9月1日至25日或次年的3月1日至20日", "分成几条"),
    ("2月30日前", "最后一天是29日"),
    ("9月31日至10月5日", "9月没有31日"),
    ("13月1日至13月5日", "没有13月"),
    ("3月0日前", "3月没有0日"),
    ("11月1日至4月1日", "跨年的要写“次年”"),
    ("每月20日至5日", "请核对日期"),
    ("每月45日前", "请核对日期"),
    ("每周六至周一", "分开写"),
    ("死亡后0日内", "请核对数字"),
    ("9月至次年", "看不懂"),
    ("每月5日至20日内", "看不懂"),
    ("尽快", "看不懂"),
    ("每两周一次", "天天能办的不用写"),
    ("采伐季节", "“采伐季节”是几月到几月？写成 每年10月至次年3月"),
    ("防火期", "写在 hours（办理时间）里"),
    ("暑假期间", "是几月到几月"),
    ("今年6月3日至17日", "写出是哪一年"),
    ("上午9:00-11:30", "写在 hours（办理时间）里"),
    ("2027年2月29日", "2027年2月没有29日"),
    ("2026年6月17日至3日", "早于开始日"),
    ("2026年6月3日至2029年6月3日", "年份请核对"),
    ("2026年13月3日", "没有13月"),
]


@pytest.mark.parametrize(("text", "advice"), REFUSED)
def test_refuses_a_window_that_cannot_be_with_advice(text: str, advice: str) -> None:
    finding = wrong(f"windows: {text}")
    assert (finding.code, finding.path) == ("S108", ("windows",))
    assert advice in finding.hint
    assert not re.search(
        "[A-Za-z]{3}", finding.hint.replace("hours（办理时间）", "")
    )  # these are not the words of the library that validates


@st.composite
def days(draw: st.DrawFn) -> tuple[int, int]:
    month = draw(st.integers(1, 12))
    return month, draw(st.integers(1, calendar.monthrange(2024, month)[1]))


@given(days(), days())
def test_any_two_days_of_the_year_read_back_the_same(one: tuple[int, int], other: tuple[int, int]) -> None:
    (month, day), (end_month, end_day) = start, end = min(one, other), max(one, other)
    assert read_span(f"每年{month}月{day}日至{end_month}月{end_day}日") == yearly(*start, *end)
    assert read_span(f"{end_month}月{end_day}日 至 次年{month}月{day}日") == yearly(*end, *start, next_year=True)


@given(st.integers(1, 31), st.integers(1, 31))
def test_any_days_of_the_month_read_back_the_same(one: int, other: int) -> None:
    first, last = sorted((one, other))
    assert read_span(f"每月{first}日至{last}日") == read_span(f"每月{first}-{last}日") == monthly(first, last)


@given(st.text("失业死亡出生登记缴费离职", min_size=1, max_size=8), st.integers(1, 200))
def test_any_event_reads_back_the_same(event: str, n: int) -> None:
    assert read_span(f"{event}之日起{n}个工作日内") == after(event, f"{n}个工作日")


def test_each_party_has_its_own_window_in_one_item() -> None:
    """Those insured pay in a season and come by the 10th, the village by the 12th, the office by the 18th."""
    windows = item(
        """
        windows:
          - {when: 每年4月1日至12月10日, for: 缴费}
          - {when: 每月1日至10日, for: 办参保手续}
          - {when: 每月12日前, who: 村委会}
          - {when: 每月18日前, who: 社保所, for: 录入和上报}
        """
    ).windows
    assert [(one.who, one.span().last) for one in windows] == [("", 31), ("", 10), ("村委会", 12), ("社保所", 18)]


def test_two_batches_pay_out_at_different_times() -> None:
    windows = item(
        """
        windows:
          - {when: 每年9月20日至30日, pays: 当年11月15日前发放}
          - {when: 次年3月10日至20日, pays: 4月30日前发放}
        """
    ).windows
    assert [one.pays for one in windows] == ["当年11月15日前发放", "4月30日前发放"]


def test_a_bare_phrase_is_a_window() -> None:
    (window,) = item("windows: 每周一").windows
    assert window.span().weekdays == (1,)


def test_a_yearly_check_has_its_own_window() -> None:
    renewal = item("renewal: {rule: 每年年审一次, windows: 每年第一季度}").renewal
    assert renewal is not None
    assert renewal.windows[0].span() == yearly(1, 1, 3, END)


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("每年9月1日至9月25日", "09-01/09-25"),
        ("每年11月至次年4月", "11-01/04-31"),
        ("每年第一季度", "01-01/03-31"),
        ("每月5日至20日", "05/20"),
        ("每周一、三", "13"),
        ("招用之日起30日内", ""),
        ("每年10月底前", ""),  # from when on is not said
        ("每月20日前", ""),
        ("2026年6月3日至2027年1月17日", "2026-06-03/2027-01-17"),
        ("2028年2月", "2028-02-01/2028-02-29"),
        ("2026年6月17日前", ""),
        ("每月8日、18日", "08/08 18/18"),
        ("每年4月、10月", "04-01/04-31 10-01/10-31"),
        ("常年受理", ""),
    ],
)
def test_tells_a_program_on_which_days_one_can_come(phrase: str, days: str) -> None:
    assert read_span(phrase).days == days


@pytest.mark.parametrize(
    ("text", "months", "until"),
    [
        ("每年9月1日至25日", (9,), ""),
        ("每年11月至次年2月", (1, 2, 11, 12), ""),
        ("2027年12月20日至2028年1月10日", (1, 12), ""),
        ("每年3月、9月", (3, 9), ""),
        ("每年10月底前", (10,), "10-31"),
        ("每年3月10日前、9月10日前", (3, 9), "03-10 09-10"),
        ("2027年3月15日前", (3,), "2027-03-15"),
        ("每月20日前", (), "20"),
        ("每周一", (), ""),
        ("招用之日起30日内", (), ""),
        ("每年一次", (), ""),
    ],
)
def test_a_calendar_knows_the_months_of_a_period_and_the_last_day_of_a_deadline(
    text: str, months: tuple[int, ...], until: str
) -> None:
    span = read_span(text)
    assert (span.months, span.until) == (months, until)


@pytest.mark.parametrize("text", ["提前3个月", "提前30日"])
def test_what_lies_before_an_event_names_it(text: str) -> None:
    with pytest.raises(ValueError, match="写明在什么事情以前"):
        read_span(text)
