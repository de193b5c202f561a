"""The calendar on a phone: the page knows the rules, the device knows the day."""

from __future__ import annotations

import pytest
from browser_world import Served, Watch
from playwright.sync_api import Page, expect

CALENDAR = "calendar/areas/nanmofang.html"
SOON, OPEN = "[data-soon] > li", "[data-open] > li"


def told(page: Page, lines: str) -> list[str]:
    """Return title and what is told of each line of a list."""
    return [
        f"{line.locator('.row-title').inner_text()}：{line.locator('.row-here').inner_text()}"
        for line in page.locator(lines).all()
    ]


@pytest.mark.parametrize(
    ("day", "soon", "open"),
    [
        (
            "2026-09-10T10:00:00",
            ["领退休人员自采暖补贴：到9月25日，还有15天", "领低保家庭自采暖补贴：到9月30日，还有20天"],
            [
                "第一次参加居民养老保险：今天能办，是最后一天",
                "申请病退（因病提前退休）：今天能办，是最后一天",
                "申领失业保险金：今天能办，是最后一天",
                "转移退休人员的养老金关系：到9月20日，还有10天",
                "每月申报失业人员医药费：到9月20日，还有10天",
                "结清去世退休人员的养老保险：到9月25日，还有15天",
                "第一次参加居民医保：到11月30日，还有81天",
                "第一次参加居民养老保险：到12月10日，还有91天",
            ],
        ),
        (
            "2027-02-15T10:00:00",  # a Monday
            ["领低保家庭自采暖补贴：到2月28日，还有13天"],
            [
                "申请丧葬补贴（没有丧葬补助的居民）：今天能办",
                "转移退休人员的养老金关系：到2月20日，还有5天",
                "每月申报失业人员医药费：到2月20日，还有5天",
                "结清去世退休人员的养老保险：到2月25日，还有10天",
            ],
        ),
        ("2028-02-29T10:00:00", ["领低保家庭自采暖补贴：今天能办，是最后一天"], []),
    ],
)
def test_what_is_open_and_what_closes_soon_is_told_by_the_day(
    site: Served, page: Page, watch: Watch, day: str, soon: list[str], open: list[str]
) -> None:
    page.clock.set_fixed_time(day)
    page.goto(site / CALENDAR)
    assert told(page, SOON) == soon
    assert told(page, OPEN) == open
    assert watch.troubles == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_day_is_that_of_china(site: Served, page: Page) -> None:
    page.clock.set_fixed_time("2026-09-25T16:30:00Z")  # half an hour into the 26th there
    page.goto(site / CALENDAR)
    assert told(page, SOON) == ["领失业人员自采暖补贴：到9月30日，还有4天", "领低保家庭自采暖补贴：到9月30日，还有4天"]


def months(page: Page) -> list[str]:
    return page.locator("[data-month] h2").all_inner_texts()


def test_this_month_comes_first_and_those_before_it_are_of_the_next_year(site: Served, page: Page) -> None:
    page.clock.set_fixed_time("2026-11-30T10:00:00")
    page.goto(site / CALENDAR)
    later = [f"明年{month}月" for month in range(1, 11)]
    assert months(page) == ["11月（这个月）", "12月", *later]
    expect(page.locator(".months [aria-current]")).to_have_text("11月")
    assert page.locator(".months a").all_inner_texts()[:3] == ["11月", "12月", "1月"]

    page.clock.set_fixed_time("2026-12-01T00:00:01")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert months(page) == ["12月（这个月）", *later, "明年11月"]
    assert page.locator("[data-month] + section:not([data-month]) h2").first.inner_text() == "每月"


def of_month(page: Page, month: int) -> list[str]:
    return page.locator(f"[data-month='{month}'] :is(li, p)").filter(visible=True).all_inner_texts()


def test_what_is_told_above_is_not_told_again_in_this_month(site: Served, page: Page) -> None:
    page.clock.set_fixed_time("2026-09-12T10:00:00")
    page.goto(site / CALENDAR)
    assert page.locator("[data-soon] .row-title").all_inner_texts() == ["领退休人员自采暖补贴", "领低保家庭自采暖补贴"]
    (line,) = of_month(page, 9)
    assert line.startswith("领失业人员自采暖补贴")  # which begins on the 20th

    page.clock.set_fixed_time("2026-10-02T10:00:00")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert of_month(page, 10) == ["这个月的都在上面。"]
    assert len(of_month(page, 9)) == 5


def test_without_script_the_page_has_all_that_it_has_with_script(
    site: Served, page: Page, page_without_script: Page
) -> None:
    """What is open today is not known there; but every month tells the whole rule of what goes on in it."""
    page.clock.set_fixed_time("2026-09-12T10:00:00")
    lengths = []
    for one in (page, page_without_script):
        one.goto(site / "calendar.html")
        lengths.append(len("".join(one.locator("main").inner_text().split())))
    assert lengths[1] >= lengths[0]
    line = page_without_script.locator("[data-month='7'] li").first
    assert "整月能办 · 缴费：每年4月1日至12月10日" in line.inner_text()


def test_without_script_the_year_begins_in_january_and_nothing_is_said_of_today(
    site: Served, page_without_script: Page
) -> None:
    page_without_script.goto(site / CALENDAR)
    assert months(page_without_script) == [f"{month}月" for month in range(1, 13)]
    expect(page_without_script.locator("[data-now]")).to_be_hidden()
    expect(page_without_script.locator("[data-month='9'] .row-here").first).to_have_text("9月1日开始，9月25日截止")


def test_days_of_a_year_that_is_over_are_left_out(site: Served, page: Page) -> None:
    page.clock.set_fixed_time("2027-06-01T10:00:00")
    page.goto(site / CALENDAR)
    line = page.locator("[data-month='3'] li[data-days]").first
    line.evaluate(
        "line => { line.setAttribute('data-days', '2027-03-01/2027-03-20'); dispatchEvent(new Event('pageshow')); }"
    )
    expect(line).to_be_hidden()


def test_a_guide_gives_its_days_to_the_calendar_of_the_phone(site: Served, page: Page) -> None:
    page.goto(site / "items/shiyezheng-nianshen.html")
    with page.expect_download() as download:
        page.get_by_text("加到日历").click()
    assert download.value.suggested_filename == "shiyezheng-nianshen.ics"
