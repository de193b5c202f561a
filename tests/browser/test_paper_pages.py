"""A question that names a material is led to its page, below the items; and a guide leads there without a tick."""

from __future__ import annotations

import pytest
from browser_world import Served
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(
    ("question", "to"),
    [("户口本", "household-book"), ("要不要带房本", "property-certificate"), ("残疾证", "disability-certificate")],
)
def test_an_alias_of_a_material_offers_its_page_below_the_items(
    site: Served, page: Page, question: str, to: str
) -> None:
    page.goto(site / "search.html")
    page.locator("#q").fill(question)
    offered = page.locator(".results-papers a").first
    expect(offered).to_have_attribute("href", f"materials/{to}.html")
    expect(page.locator(".results > li").first).to_be_visible()
    expect(page.locator(".results ~ .results-papers")).to_be_visible()
    offered.click()
    assert page.url == site / f"materials/{to}.html"


def test_a_question_that_no_item_answers_still_leads_to_the_paper(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.locator("#q").fill("身份证丢了怎么办")
    expect(page.locator(".results-papers a")).to_have_attribute("href", "materials/id-card.html")


def test_a_question_that_names_no_material_offers_none(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.locator("#q").fill("失业了")
    expect(page.locator(".results > li").first).to_be_visible()
    expect(page.locator(".results-papers")).to_be_hidden()


def test_a_material_is_ticked_by_its_name_and_told_by_the_mark_beside_it(site: Served, page: Page) -> None:
    page.goto(site / "items/shiyejin-shenling.html")
    material = page.locator(".material").filter(has=page.locator("a[href$='materials/id-card.html']")).first
    material.locator(".material-name").click()
    expect(material.locator("input")).to_be_checked()
    page.get_by_role("link", name="关于居民身份证").first.click()
    expect(page.locator("h1")).to_have_text("居民身份证")
