"""One service of several areas is one result: its name once, and a link to the guide of each area."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browser_world import Served, search_address
from playwright.sync_api import Page, expect

from builder.support.fingerprint import BUILT_IN


def item(area: str, name: str, title: str, *matters: str) -> dict[str, Any]:
    return {"id": f"{area}-{title}", "area": area, "name": name, "title": title, "matters": matters}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (
            item("甲镇", "失业登记", "办失业登记", "失业"),
            item("乙镇", "失业登记", "没工作了去登记", "失业", "证"),
            True,
        ),
        (item("甲镇", "失业登记", "登记失业", "失业"), item("乙镇", "失业登记受理", "办登记", "失业"), True),
        (item("甲镇", "最低生活保障", "申请低保", "低保"), item("乙镇", "城乡救助服务", "申请低保", "低保"), True),
        (item("甲镇", "失业登记", "登记失业", "失业"), item("乙镇", "失业受理", "登记失业", "失业", "证"), True),
        (item("甲镇", "失业登记", "登记失业", "失业"), item("乙镇", "失业受理", "登记失业", "证"), False),
        (item("甲镇", "失业登记", "登记失业", "失业"), item("乙镇", "失业证年审", "年审失业证", "失业"), False),
        (item("甲镇", "养老保险", "交养老保险", "交"), item("乙镇", "养老保险", "领养老保险", "领"), False),
        (item("甲镇", "养老保险", "交养老保险"), item("乙镇", "养老保险办理", "交养老保险"), False),
        (item("甲镇", "失业登记", "登记失业", "失业"), item("甲镇", "失业登记", "登记失业", "失业"), False),
    ],
)
def test_items_of_two_areas_are_one_service(
    one: dict[str, Any], other: dict[str, Any], is_same: bool, page: Page
) -> None:
    """They are if they have the same name or title for one same matter, or nearly the same for all their matters."""
    page.evaluate((BUILT_IN / "static" / "search-groups.js").read_text("utf-8"))
    groups = page.evaluate(f"groupServices({json.dumps([one, other])}, text => text).length")
    assert groups == (1 if is_same else 2)


def test_a_service_of_several_areas_is_shown_once_and_leads_to_the_guide_of_each(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    first = page.locator("#search-results .results > li").first
    expect(first.locator(".row-title")).to_have_text("办理失业登记")
    expect(first).to_contain_text("另外 2 个地方")
    links = first.get_by_role("link")
    guides = links.evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert len({guide.partition("/")[2] for guide in guides}) == 3
    assert all(link.bounding_box()["height"] >= 44 for link in links.all())  # type: ignore[index]
    here = first.locator(".row-area").inner_text()
    other = links.nth(1)
    assert other.inner_text() != here
    expect(other).to_have_accessible_name(f"{other.inner_text()} 办理失业登记")
    other.click()
    expect(page.locator("h1")).to_have_text("办理失业登记")


def test_a_guide_of_another_title_shows_it_beside_its_area(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "居民医保参保"))
    expect(page.locator(".row-others").first).to_contain_text("参加居民医保（含孩子）")


def test_of_one_area_there_are_no_groups_and_as_many_guides_are_found_as_before(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    status = page.locator(".results-status")
    counted = int(status.inner_text().split()[1])
    guides = page.locator("#search-results .results a[href^='items/']")
    assert guides.count() == counted
    page.locator(".results-areas").get_by_role("button", name="重庆渝中区").click()
    expect(page.locator(".results .row-others")).to_have_count(0)
    assert guides.count() == int(status.inner_text().split()[1])


def test_who_lives_in_an_area_unfolds_the_others(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "渝中区失业登记"))
    first = page.locator("#search-results .results > li").first
    expect(first.locator(".row-area")).to_have_text("重庆渝中区")
    page.locator("#q").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(first.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(first.get_by_role("link").nth(1)).to_be_focused()
    page.get_by_role("group", name="地区").get_by_label("天津新城镇").check()
    page.get_by_role("group", name="地区").get_by_label("重庆渝中区").check()
    expect(first.get_by_role("link")).to_have_count(2)  # still unfolded
