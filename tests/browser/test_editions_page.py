"""What a code on paper leads to: the guide says whether the paper is current, and where it tells what changed."""

from __future__ import annotations

import re

from browser_world import Served
from playwright.sync_api import Page, expect

ID = "shiye-dengji"


def test_a_current_code_is_said_to_be_current(site: Served, page: Page) -> None:
    page.goto(site / f"items/{ID}.html")
    code = page.locator(".edition-now").get_attribute("data-edition")
    page.goto(site / f"items/{ID}.html#e-{code}")
    page.reload()
    expect(page.locator(".verdict")).to_contain_text(f"您手里的纸（版本 {code}）是现在的版本。")
    page.goto(site / f"editions/{ID}.html#{code}")
    expect(page.locator(".verdict")).to_contain_text(f"您手里的纸（版本 {code}）是现在的版本。")


def test_another_code_is_said_to_be_outdated_and_leads_to_what_changed(site: Served, page: Page) -> None:
    page.goto(site / f"items/{ID}.html#e-0A1B2C")
    expect(page.locator(".verdict")).to_contain_text("过时了")
    page.locator(".verdict a").click()
    expect(page).to_have_url(re.compile(rf"/editions/{ID}\.html#0A1B2C$"))
    expect(page.locator(".verdict")).to_contain_text("这一版没有登记过")


def test_without_a_code_nothing_is_said(site: Served, page: Page) -> None:
    page.goto(site / f"items/{ID}.html#materials")
    expect(page.locator(".verdict")).to_have_count(0)
    page.goto(site / f"editions/{ID}.html")
    expect(page.locator(".verdict")).to_be_hidden()
