"""Several cases of one item: all on the page; one can be chosen, and then the others are folded away."""

from __future__ import annotations

import json

import pytest
from browser_world import Served, Watch
from playwright.sync_api import Page, expect

GUIDE = "items/canjirenzheng.html"
CASES = (
    "[...document.querySelectorAll('[data-case]')].filter(one => one.checkVisibility()).map(one => one.dataset.case)"
)


@pytest.fixture
def guide(site: Served, page: Page) -> Page:
    page.goto(site / GUIDE)
    return page


def names(page: Page) -> list[str]:
    return page.locator(".cases .row-title").all_inner_texts()


def ids(page: Page) -> list[str]:
    return [link.get_attribute("data-choose") or "" for link in page.locator(".cases a").all()]


def test_without_script_all_cases_stand_there_and_the_links_jump(site: Served, page_without_script: Page) -> None:
    page = page_without_script
    page.goto(site / GUIDE)
    assert set(page.evaluate(CASES)) == set(ids(page))
    page.locator(".cases a").nth(1).click()
    assert page.url.endswith(f"#v-{ids(page)[1]}")
    expect(page.locator(f"#v-{ids(page)[1]}")).to_be_in_viewport()


def test_a_chosen_case_folds_the_others_and_says_so(guide: Page) -> None:
    everything = guide.evaluate(CASES)
    name, id = names(guide)[1], ids(guide)[1]
    guide.get_by_role("button", name=name).first.click()
    assert set(guide.evaluate(CASES)) == {id}
    expect(guide.locator(".only [role=status]")).to_have_text(f"只看：{name}")
    assert [link.get_attribute("aria-pressed") for link in guide.locator(".cases a").all()][:2] == ["false", "true"]
    guide.get_by_role("link", name="看全部情形").click()
    expect(guide.locator(".only")).not_to_contain_text("只看")
    assert guide.evaluate(CASES) == everything


def test_a_case_of_which_no_materials_are_known_says_so(guide: Page) -> None:
    unknown = guide.locator("#materials ~ .unknown-text")
    expect(unknown).to_be_hidden()
    guide.locator(".cases a", has_text="丢失补办").click()
    expect(unknown).to_be_visible()
    guide.locator(".cases a", has_text="注销").click()
    expect(unknown).to_be_hidden()


def test_the_choice_stands_in_the_address_and_can_be_gone_back_from(guide: Page, site: Served) -> None:
    id = ids(guide)[0]
    guide.locator(".cases a").first.click()
    assert guide.url == f"{site / GUIDE}#only-{id}"
    guide.reload()
    assert set(guide.evaluate(CASES)) == {id}
    guide.go_back()
    guide.wait_for_function("() => location.hash === ''")
    assert len(set(guide.evaluate(CASES))) > 1


def test_a_jump_inside_the_page_keeps_the_choice(guide: Page) -> None:
    guide.locator(".cases a").first.click()
    guide.evaluate("location.hash = 'basis'")
    guide.wait_for_timeout(50)
    assert set(guide.evaluate(CASES)) == {ids(guide)[0]}


def test_a_code_on_paper_leaves_the_case_for_which_a_guide_was_put_by(guide: Page, site: Served) -> None:
    guide.locator(".cases a", has_text="注销").first.click()
    guide.get_by_role("button", name="收藏到本机").click()
    address = guide.url.split("#")[0]
    guide.goto(site / "index.html")
    guide.goto(f"{address}#e-0A1B2C")
    expect(guide.locator(".only [role=status]")).to_contain_text("注销")
    guide.goto(site / "mine.html")
    expect(guide.locator(".mine h4")).to_have_text(["注销"])


def test_the_keyboard_chooses_too(guide: Page) -> None:
    guide.locator(".cases a").nth(1).press("Space")
    expect(guide.locator(".only [role=status]")).to_contain_text(names(guide)[1])


@pytest.mark.parametrize("hash", ["#only-nothing", "#v-nothing", "#%E4%B8", "#only-"])
def test_an_address_that_names_no_case_shows_all(hash: str, site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / GUIDE + hash)
    assert set(page.evaluate(CASES)) == set(ids(page))
    assert watch.troubles == []


def test_on_paper_stands_the_chosen_case_or_all(guide: Page) -> None:
    everything = guide.evaluate(CASES)
    guide.emulate_media(media="print")
    assert guide.evaluate(CASES) == everything
    guide.emulate_media(media="screen")
    guide.locator(".cases a").first.click()
    guide.emulate_media(media="print")
    assert set(guide.evaluate(CASES)) == {ids(guide)[0]}


def test_the_list_of_what_to_bring_is_that_of_the_chosen_case(guide: Page, site: Served) -> None:
    rows = guide.locator(".tick input").count()
    guide.locator(".cases a").first.click()
    guide.get_by_role("button", name="收藏到本机").click()
    name = names(guide)[0]
    entry = json.loads(
        guide.evaluate("localStorage.getItem(Object.keys(localStorage).find(key => key.startsWith('mine')))")
    )
    assert 0 < json.dumps(entry["parts"]).count('"id"') < rows
    guide.goto(site / "mine.html")
    expect(guide.locator(".mine")).to_contain_text(f"只看：{name}")
    guide.locator(".mine h2 a").click()
    expect(guide.locator(".only [role=status]")).to_have_text(f"只看：{name}")
