"""Calendar files: read by a library of others, and expanded year by year, they say what the guides say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from sample_site import Built
from site_folder import SiteFolder

from builder.calendar_files.entries import Role, entries_of
from builder.calendar_files.icalendar import Event, calendar_text, together
from builder.content.model.quantities import Period, Span, read_span

FIRST, LAST = 2024, 2032  # years in which files are compared with the rule; two of them are leap years
PHRASES = (
    "每年9月1日至9月25日",
    "每年11月至次年4月",
    "每年第一季度",
    "每年2月1日至2月29日",
    "每年2月底前",
    "每年3月10日前",
    "每年1月5日前",
    "每年10月底前",
    "每年3月15日",
    "每年2月",
    "每年3月、9月",
    "每年12月20日至次年2月底",
    "每月5日至20日",
    "每月5日、15日、25日",
    "每月20日前",
    "每月下旬",
    "每周一",
    "每周六、日",
    "2027年3月1日至15日",
    "2027年12月20日至2028年2月29日",
    "2028年2月29日",
    "2026年6月3日、5日",
    "2028年3月10日前",
)


def event(**told: object) -> Event:
    plain: dict[str, object] = {
        "uid": "a",
        "changed": date(2026, 11, 3),
        "day": date(2026, 1, 1),
        "rule": "",
        "title": "事",
        "details": "",
    }
    return Event(**(plain | told))  # type: ignore[arg-type]


def file_of(span: Span, year: int) -> str:
    """Return a calendar with the entries of `span`, each called by its role."""
    events = [
        event(uid=f"{one.number}.{one.role.value}.{one.start}", day=one.start, rule=one.rule, title=one.role.name)
        for one in entries_of(span, year)
    ]
    return calendar_text("历", "甲镇", events)


def days(text: str, role: Role) -> set[date]:
    """Return the days of the entries of this role, as a calendar program shows them."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    shown = recurring_ical_events.of(calendar).between(date(FIRST, 1, 1), date(LAST + 1, 1, 1))
    return {one["DTSTART"].dt for one in shown if str(one["SUMMARY"]) == role.name}


def in_every(span: Span, day: date) -> date:
    """Return the day on which a calendar tells of `day`: not every month has the 29th, nor every February."""
    comes_round = span.period is Period.MONTHLY or (span.period is Period.ANNUAL and day.month == 2)
    return day.replace(day=28) if comes_round and day.day > 28 else day


def is_open(span: Span, day: date) -> bool:
    """Tell whether one can apply on a day, as the script of a guide reads `Span.days`."""
    for stretch in span.days.split():
        begins, _, ends = stretch.partition("/")
        at = str(day)[-len(begins) :]
        if (begins <= at <= ends) if begins <= ends else (at >= begins or at <= ends):
            return True
    return False


def is_last(span: Span, day: date) -> bool:
    """Tell whether a day is the last before a deadline: where a month has no such day, its end."""
    for last in span.until.split():
        at, after = (str(one)[-len(last) :] for one in (day, day + timedelta(days=1)))
        if at == last or (at < last and not at < after <= last):
            return True
    return False


def told(span: Span) -> tuple[set[date], set[date]]:
    """Return the first and the last days of `span` in the years."""
    every = [date(FIRST, 1, 1) + timedelta(days=n) for n in range((date(LAST + 1, 1, 1) - date(FIRST, 1, 1)).days)]
    if span.is_deadline:
        return set(), {in_every(span, day) for day in every if is_last(span, day)}
    some = [day for day in every if is_open(span, day)]
    firsts = {in_every(span, day) for day in some if not is_open(span, day - timedelta(days=1))}
    return firsts, {in_every(span, day) for day in some if not is_open(span, day + timedelta(days=1))}


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("year", [2000, 2023, 2024])
def test_a_calendar_program_shows_the_days_of_the_guide_in_every_year(phrase: str, year: int) -> None:
    span = read_span(phrase)
    text = file_of(span, year)
    if span.period is Period.WEEKLY:
        first = days(text, Role.FIRST)
        assert {day.isoweekday() for day in first} == set(span.weekdays)
        assert len(first) >= 52 * len(span.weekdays) * (LAST - FIRST)
        return
    firsts, lasts = told(span)
    alone = firsts & lasts  # one entry says all
    assert days(text, Role.FIRST) == firsts
    assert days(text, Role.LAST) == lasts - alone


@pytest.mark.parametrize(
    ("phrase", "ahead"),
    [
        ("每年10月底前", date(2028, 10, 17)),
        ("每年2月底前", date(2028, 2, 14)),
        ("每年1月5日前", date(2028, 12, 22)),
        ("2028年3月10日前", date(2028, 2, 25)),
    ],
)
def test_what_has_only_a_last_day_is_told_two_weeks_before(phrase: str, ahead: date) -> None:
    assert ahead in days(file_of(read_span(phrase), 2026), Role.AHEAD)


@pytest.mark.parametrize("phrase", ["招用之日起30日内", "到达退休年龄前3个月", "每年一次", "常年受理"])
def test_what_has_no_days_has_no_entries(phrase: str) -> None:
    assert list(entries_of(read_span(phrase), 2026)) == []


def test_a_day_that_few_months_have_is_told_on_one_that_all_have() -> None:
    (entry,) = entries_of(read_span("每月31日"), 2026)
    assert (entry.start, entry.rule, entry.is_near) == (date(2026, 1, 28), "FREQ=MONTHLY;BYMONTHDAY=28", True)


def test_a_last_day_of_february_is_one_that_every_year_has() -> None:
    """A bar from November on would have ended on 29 April in leap years, and 29 February would be left out in others."""
    (last,) = (one for one in entries_of(read_span("每年12月至次年2月"), 2024) if one.role is Role.LAST)
    assert (last.start, last.rule, last.is_near) == (date(2024, 2, 28), "FREQ=YEARLY", True)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters=["\n"]), max_size=120)


@given(TEXTS, TEXTS)
def test_every_line_is_short_enough_and_whole_for_every_text(title: str, details: str) -> None:
    text = calendar_text("历", "甲/乙；镇", [event(title=title, details=details, place="办；事,大\\厅")])
    lines = text.encode().split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        line.decode()  # cut between characters
        assert b"\n" not in line
        assert b"\r" not in line
    calendar: Any = icalendar.Calendar.from_ical(text)
    (read,) = calendar.walk("VEVENT")
    assert str(read.get("SUMMARY", "")) == title
    assert str(read.get("DESCRIPTION", "")) == details
    assert str(read["LOCATION"]) == "办；事,大\\厅"


def test_calendars_are_put_together_whatever_their_line_ends() -> None:
    one, other = (calendar_text("历", "甲", [event(uid=uid)]) for uid in "ab")
    both = together("两", "甲", [one, other.replace("\r\n", "\n"), calendar_text("空", "甲", [])])
    assert both == calendar_text("两", "甲", [event(uid="a"), event(uid="b")])


HEATING = """\
name: 自采暖补贴
title: 领取暖补贴
checked: 2026-11-03
phones: 022-65775272
windows:
  - {when: 每年9月1日至9月25日, for: 第一批, pays: 当年11月15日前}
  - {when: 每年3月1日至20日, for: 第二批}
variants:
  - {id: dibao, name: 低保户, windows: 每月20日前}
"""
FILES = {
    "site.yaml": "name: 甲镇办事指南\nbase_url: https://bszn.example.cn/zhen\nsearch: 否\nprint_guides: 否\n",
    "content/areas.yaml": "jia: {name: 甲镇, level: 乡镇街道}\nyi: {name: 乙镇, level: 乡镇街道}\n",
    "content/items/jia/qunuan.yaml": HEATING,
    "content/items/jia/guashi.yaml": "name: 挂失\nwindows: 招用之日起30日内\n",
    "content/items/yi/nianshen.yaml": "name: 年审\nwindows: 每年第一季度\n",
    "content/items/yi/tingban.yaml": "name: 停办的\nstatus: 暂停\nstatus_note: 修\nwindows: 每年5月\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A site of two areas, built."""
    site = SiteFolder(tmp_path_factory.mktemp("made") / "site").write_all(FILES)
    site.built()
    return site


def uids(site: SiteFolder, path: str) -> list[str]:
    return re.findall(r"UID:(.*)", site.page(path))


def test_an_item_with_days_has_a_file_to_which_its_guide_leads(made: SiteFolder) -> None:
    assert '<a class="in-fact" href="../calendar/qunuan.ics" download>加到日历</a>' in made.page("items/qunuan.html")
    files = sorted(path.relative_to(made.out).as_posix() for path in made.out.rglob("*.ics"))
    assert files == [
        "calendar.ics",
        "calendar/areas/jia.ics",
        "calendar/areas/yi.ics",
        "calendar/nianshen.ics",
        "calendar/qunuan.ics",
    ]
    for item in ("guashi", "tingban"):
        assert "加到日历" not in made.page(f"items/{item}.html")


def test_an_entry_says_what_is_to_be_done_until_when_and_where_to_ask(made: SiteFolder) -> None:
    calendar: Any = icalendar.Calendar.from_ical((made.out / "calendar/qunuan.ics").read_bytes())
    entries = {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}
    assert list(entries) == [
        "开始办：领取暖补贴（第一批），到9月25日",
        "最后一天：领取暖补贴（第一批）",
        "开始办：领取暖补贴（第二批），到3月20日",
        "最后一天：领取暖补贴（第二批）",
        "最后一天：领取暖补贴（低保户）",
    ]
    first = next(iter(entries.values()))
    assert "第一批：每年9月1日至9月25日，当年11月15日前发" in first["DESCRIPTION"]
    assert "022-6577 5272" in first["DESCRIPTION"]
    assert str(first["URL"]) == "https://bszn.example.cn/zhen/items/qunuan.html"
    assert first["DTSTAMP"].dt.date() == first["LAST-MODIFIED"].dt.date() == date(2026, 11, 3)
    assert first["DTSTART"].dt == date(2026, 9, 1)
    assert first["TRANSP"] == "TRANSPARENT"
    assert not calendar.walk("VALARM")
    assert "DTEND" not in first


def test_a_file_of_many_has_the_entries_of_each_with_names_of_their_own(made: SiteFolder) -> None:
    of_area, of_all = uids(made, "calendar/areas/jia.ics"), uids(made, "calendar.ics")
    assert of_area == uids(made, "calendar/qunuan.ics")
    assert sorted(of_all) == sorted(of_area + uids(made, "calendar/nianshen.ics"))
    assert len(set(of_all)) == len(of_all) == 7


def test_an_edited_day_keeps_the_name_of_its_entry(site: SiteFolder) -> None:
    """So the calendar of a visitor who adds the file again has the new day, and not both."""
    site.write_all(FILES).built()
    before = uids(site, "calendar/qunuan.ics")
    site.replace("content/items/jia/qunuan.yaml", "9月1日至9月25日", "8月20日至10月8日")
    site.replace("content/items/jia/qunuan.yaml", "checked: 2026-11-03", "checked: 2027-02-01")
    site.built()
    assert uids(site, "calendar/qunuan.ics") == before
    assert "DTSTART;VALUE=DATE:20270820" in site.page("calendar/qunuan.ics")
    assert uids(site, "calendar/areas/jia.ics") == before
    assert "DTSTART;VALUE=DATE:20270820" in site.page("calendar/areas/jia.ics")


def test_the_file_of_the_sample_site_is_read_without_complaint(built: Built) -> None:
    data = (built.folder / "calendar.ics").read_bytes()
    calendar: Any = icalendar.Calendar.from_ical(data)
    entries = calendar.walk("VEVENT")
    assert len(entries) > 20
    assert len({str(one["UID"]) for one in entries}) == len(entries)
    assert calendar.errors == []
    assert max(map(len, data.split(b"\r\n"))) <= 75
