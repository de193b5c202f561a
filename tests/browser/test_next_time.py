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


def test_the_rule_stands_alone_without_script_and_on_paper(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(site / TWICE_A_YEAR)
    expect(page_without_script.locator("[data-days]")).to_be_hidden()
    page_without_script.goto(site / "print/guide/zicainuan-tuixiu.html")
    expect(page_without_script.locator("[data-days]")).to_have_count(0)
