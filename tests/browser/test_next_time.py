"""When one can apply next: the page knows the rule, the device knows the day."""

from __future__ import annotations

import pytest
from browser_world import Served
from playwright.sync_api import Page, expect

TWICE_A_YEAR = "items/zicainuan-tuixiu.html"  # from 1 to 25 September, and from 1 to 20 March
OVER_THE_YEAR = "items/shenyang-cainuanfei-baoxiao.html"  # from November to April of the next year
MONTHLY = "items/shiye-yiliao-shenbao.html"  # from the 5th to the 20th
MONDAYS = "items/sangzang-butie.html"


@pytest.mark.parametrize(
    ("item", "day", "told"),
    [
        (TWICE_A_YEAR, "2026-11-26", "现在不能办，下次是明年3月1日到3月20日"),
        (TWICE_A_YEAR, "2027-01-02", "现在不能办，下次是3月1日到3月20日"),
        (TWICE_A_YEAR, "2027-03-01", "现在能办，到3月20日为止"),
        (TWICE_A_YEAR, "2027-03-20", "今天能办，是最后一天"),
        (TWICE_A_YEAR, "2027-03-21", "现在不能办，下次是9月1日到9月25日"),
        (OVER_THE_YEAR, "2026-11-26", "现在能办，到明年4月30日为止"),
        (OVER_THE_YEAR, "2027-05-01", "现在不能办，下次是11月1日到明年4月30日"),
        (MONTHLY, "2026-12-21", "现在不能办，下次是明年1月5日到1月20日"),
        (MONDAYS, "2026-11-26", "现在不能办，下次是11月30日"),
    ],
)
def test_a_guide_tells_whether_one_can_come_today_and_when_next(
    site: Served, page: Page, item: str, day: str, told: str
) -> None:
    page.clock.set_fixed_time(f"{day}T10:00:00")
    page.goto(site / item)
    expect(page.locator(".answers [data-days]")).to_have_text([told])


ENROLMENT = "2027-05-08/2027-05-19 2027-06-01/2027-06-01"  # days of one year


@pytest.mark.parametrize(
    ("days", "day", "told"),
    [
        (ENROLMENT, "2026-12-31", "现在不能办，下次是明年5月8日到5月19日"),
        (ENROLMENT, "2027-05-19", "今天能办，是最后一天"),
        (ENROLMENT, "2027-05-20", "现在不能办，下次是6月1日"),
        (ENROLMENT, "2027-06-02", "这段时间已经过了，还能不能办请电话确认"),
        (ENROLMENT, "2028-05-08", "这段时间已经过了，还能不能办请电话确认"),
        ("2026-12-01/2027-01-31", "2026-12-30", "现在能办，到明年1月31日为止"),
        ("2026-05-08/2026-05-19 09-01/09-30", "2026-06-01", "现在不能办，下次是9月1日到9月30日"),
        ("05/05 15/15 25/25", "2026-11-06", "现在不能办，下次是11月15日"),
    ],
)
def test_days_of_one_year_are_told_until_they_are_over(
    site: Served, page: Page, days: str, day: str, told: str
) -> None:
    page.clock.set_fixed_time(f"{day}T10:00:00")
    page.goto(site / MONTHLY)
    line = page.locator(".answers [data-days]")
    line.evaluate(
        "(line, days) => { line.setAttribute('data-days', days); dispatchEvent(new Event('pageshow')); }", days
    )
    expect(line).to_have_text([told])


def test_days_of_a_later_year_are_not_told_yet(site: Served, page: Page) -> None:
    page.clock.set_fixed_time("2026-06-01T10:00:00")
    page.goto(site / MONTHLY)
    line = page.locator(".answers [data-days]")
    line.evaluate(
        "line => { line.setAttribute('data-days', '2028-05-08/2028-05-19'); dispatchEvent(new Event('pageshow')); }"
    )
    expect(line).to_be_hidden()


def test_the_rule_stands_alone_without_script_and_on_paper(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(site / TWICE_A_YEAR)
    expect(page_without_script.locator("[data-days]")).to_be_hidden()
    page_without_script.goto(site / "print/guide/zicainuan-tuixiu.html")
    expect(page_without_script.locator("[data-days]")).to_have_count(0)
