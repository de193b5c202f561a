"""A matter of life (一件事) where script runs: answers fold what does not apply, and stand in the address."""

from __future__ import annotations

import re

from browser_world import Served, Watch
from playwright.sync_api import Page, expect

DEATH = "events/nanmofang-shenhou.html"
KEPT = "JSON.stringify(localStorage)"


def test_an_answer_folds_the_others_and_stands_in_the_address(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / DEATH)
    page.locator("[data-option=tx]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#o-tx")).to_be_visible()
    expect(page.locator("#o-sy")).to_be_hidden()
    page.get_by_label("没有残疾人证").check()
    expect(page).to_have_url(re.compile("#shei=tx&can=mei$"))
    expect(page.locator("#o-tx").get_by_text("办残疾人证")).to_be_hidden()
    assert page.evaluate(KEPT) == "{}"
    assert watch.troubles == []


def test_an_address_brings_the_answers_back_and_tells_of_those_that_are_no_more(site: Served, page: Page) -> None:
    page.goto(site / f"{DEATH}#shei=jm&can=you&jiu=shi")
    expect(page.locator("#o-jm")).to_be_visible()
    expect(page.locator("#o-tx")).to_be_hidden()
    expect(page.locator("[data-said]")).to_contain_text("请再选一次")


def test_the_day_on_which_it_happened_is_counted_from_and_kept_nowhere(site: Served, page: Page) -> None:
    page.goto(site / f"{DEATH}#shei=sy")
    page.locator("[data-day]").fill("2030-01-01")
    expect(page.locator("#o-sy .event-last")).to_contain_text("2030年3月2日，是周末")
    page.get_by_role("button", name="收藏到本机").click()
    kept = page.evaluate(KEPT)
    assert "死亡后60日内" in kept
    assert "2030" not in kept + page.url
    page.goto(site / "mine.html")
    page.get_by_role("link", name="家里有人去世").click()
    expect(page).to_have_url(re.compile("#shei=sy$"))
    assert page.locator("[data-day]").input_value() == ""


def test_without_script_every_answer_has_its_part(site: Served, page: Page) -> None:
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(site / DEATH)
    for option in ("tx", "sy", "da", "jm", "cz", "bu"):
        expect(page.locator(f"#o-{option}")).to_be_visible()
    expect(page.locator("fieldset")).to_be_hidden()
