"""A matter of life (一件事) where script runs: answers fold what does not apply, and stand in the address."""

from __future__ import annotations

import re

import pytest
from browser_world import Served, Watch
from event_world import answer_sets, event, lines, list_of
from playwright.sync_api import Page, expect

DEATH = "events/nanmofang-shenhou.html"
JOB = "events/nanmofang-shiye.html"
SHOWN = ".event-part h2:visible"
KEPT = "JSON.stringify(localStorage)"


# For each address what the list of the page says there, line by line, each piece with its tag.
LISTS = """async addresses => {
  const found = {}, isShown = node => !node.closest("[hidden]");
  for (const address of addresses) {
    const changed = new Promise(done => addEventListener("hashchange", done, { once: true }));
    location.hash = address;
    await changed;
    found[address] = [...document.querySelectorAll(".tick .materials label")].filter(isShown).map(label =>
      [...label.children].filter(one => one.tagName !== "INPUT" && isShown(one)).map(one => [one.tagName, one.innerText.trim()]));
  }
  return found;
}"""


@pytest.mark.parametrize("id", ["nanmofang-shenhou", "nanmofang-shiye", "nanmofang-kunnan", "xincheng-chuangye"])
def test_the_page_lists_to_any_answers_what_the_chosen_items_merge_to(site: Served, page: Page, id: str) -> None:
    expected = {
        "&".join(f"{question}={option}" for question, option in chosen.items()): list_of(event(id), chosen)
        for chosen in answer_sets(event(id))
    }
    page.goto(site / f"events/{id}.html")

    shown = page.evaluate(LISTS, list(expected))

    assert {address: lines(some) for address, some in shown.items()} == expected


def test_an_answer_folds_the_others_and_stands_in_the_address(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / DEATH)
    page.locator("[data-option=tx]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#o-tx")).to_be_visible()
    expect(page.locator("#o-sy")).to_be_hidden()
    page.get_by_label("没有残疾人证").check()
    expect(page).to_have_url(re.compile("#shei=tx&can=mei$"))
    expect(page.locator(".event-steps > :visible", has_text="办残疾人证")).to_have_attribute(
        "data-not-needed", "您不用办"
    )
    expect(page.get_by_role("link", name="打印告知单")).to_have_attribute(
        "href", re.compile("nanmofang-shenhou/tx.html$")
    )
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
    expect(page.locator(".event-last")).to_contain_text("2030年3月2日，是周末")
    page.get_by_role("button", name="收藏到本机").click()
    kept = page.evaluate(KEPT)
    assert "死亡后60日内" in kept
    assert "2030" not in kept + page.url
    page.goto(site / "mine.html")
    page.get_by_role("link", name="家里有人去世").click()
    expect(page).to_have_url(re.compile("#shei=sy$"))
    assert page.locator("[data-day]").input_value() == ""


def test_the_first_screen_asks_and_tells_how_much_it_is_and_where_to_begin(site: Served, page: Page) -> None:
    for path in site.built.by_kind["event"]:
        page.goto(site / path)
        told = page.locator(
            "h1, .event-question, .event-counted, .event-options .aside, .event-steps > li:first-child > a"
        )
        texts = told.evaluate_all(
            "some => some.filter(one => one.getBoundingClientRect().height && one.getBoundingClientRect().bottom <= 640)"
            ".map(one => one.textContent)"
        )
        assert any(re.match(r"要办\d+件|有\d+件", text) for text in texts), path
        assert any(text.startswith("先办") for text in texts) or not page.locator(".event-question").count(), path


def test_on_a_desk_places_and_terms_stand_beside_what_is_to_be_done(site: Served, page: Page) -> None:
    boxes = """() => [".event-do", ".event-side"].map(one => document.querySelector(`section:not([hidden]) > ${one}`).getBoundingClientRect())
      .map(({ top, left, right, bottom }) => ({ top, left, right, bottom }))"""
    page.goto(site / f"{DEATH}#shei=tx")
    do, side = page.evaluate(boxes)
    assert side["top"] >= do["bottom"]

    page.set_viewport_size({"width": 1280, "height": 900})
    do, side = page.evaluate(boxes)
    assert side["left"] > do["right"]
    assert side["top"] == do["top"]
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_a_page_asks_for_five_files_at_most_and_for_nothing_later(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / JOB)
    page.wait_for_load_state("networkidle")
    asked = set(watch.asked)  # the icon is asked for again at each address
    page.locator("[data-option=dan]").click()
    page.get_by_role("radio", name="不领失业金").check()
    page.get_by_role("button", name="收藏到本机").click()
    assert len(asked) <= 5
    assert set(watch.asked) == asked


def test_without_script_every_answer_has_its_part(site: Served, page: Page) -> None:
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(site / DEATH)
    for option in ("tx", "sy", "da", "jm", "cz", "bu"):
        expect(page.locator(f"#o-{option}")).to_be_visible()
    expect(page.locator("fieldset")).to_be_hidden()


def test_before_an_answer_there_is_the_question_only(site: Served, page: Page) -> None:
    page.goto(site / JOB)
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(".event-more:visible, .event-date:visible")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight") < 3000


def test_an_answer_leads_to_what_comes_next_and_back_takes_it_back(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / DEATH)
    page.get_by_role("link", name="正在领失业金的人").click()
    assert page.url.endswith("#shei=sy")
    expect(page.locator(SHOWN)).to_have_text(["正在领失业金的人"])
    expect(page.get_by_role("group", name="去世的人有残疾人证吗？")).to_be_in_viewport()
    page.go_back()
    assert page.url.endswith(DEATH)
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator("#ask")).to_be_in_viewport()
    assert watch.troubles == []


def test_an_address_alone_gives_the_answers_and_one_can_choose_again(site: Served, page: Page) -> None:
    page.goto(site / f"{DEATH}#shei=tx&can=mei")
    expect(page.locator(SHOWN)).to_have_text(["社会化退休人员"])
    expect(page.locator("[data-option][aria-current]")).to_contain_text("社会化退休人员")
    expect(page.get_by_role("radio", name="没有残疾人证")).to_be_checked()
    page.get_by_role("link", name="重新选").click()
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator("[data-option][aria-current]")).to_have_count(0)


def test_who_is_not_sure_sees_all_and_the_address_says_so(site: Served, page: Page) -> None:
    page.goto(site / DEATH)
    page.get_by_role("link", name="不清楚，都看看").click()
    expect(page.locator(SHOWN)).to_have_count(6)
    page.get_by_role("radio", name="没有残疾人证").check()
    assert page.url.endswith("#all&can=mei")
    page.reload()
    expect(page.locator(SHOWN)).to_have_count(6)
    expect(page.get_by_role("radio", name="没有残疾人证")).to_be_checked()


def test_the_chosen_answer_stands_out_without_colour(site: Served, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(site / f"{DEATH}#shei=tx")
    width, mark = page.evaluate(
        """() => { const one = document.querySelector("[data-option][aria-current]");
        return [getComputedStyle(one).borderTopWidth, getComputedStyle(one, "::before").content]; }"""
    )
    assert (width, mark) == ("3px", '"✓"')


def test_the_day_is_asked_where_a_term_counts_from_it(site: Served, page: Page) -> None:
    page.goto(site / f"{DEATH}#shei=tx")  # no term of theirs does
    expect(page.locator(".event-date")).to_be_hidden()
    page.goto(site / f"{DEATH}#shei=sy")
    page.locator("[data-day]").fill("2026-11-30")
    expect(page.locator(".event-last:visible").first).to_contain_text("2027年1月29日")


def test_keys_alone_reach_the_list(site: Served, page: Page) -> None:
    page.goto(site / DEATH)
    page.get_by_role("link", name="社会化退休人员").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("[name=q-can]:checked")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            break
    page.keyboard.press("Space")
    expect(page.locator(".tick input:checked:visible")).to_have_count(1)


def test_an_event_saved_keeps_its_list_when_it_is_opened_anew_without_an_answer(site: Served, page: Page) -> None:
    page.goto(site / f"{DEATH}#shei=sy")
    page.get_by_role("button", name="收藏到本机").click()
    kept = page.evaluate("localStorage[Object.keys(localStorage)[0]]")
    page.goto("about:blank")
    page.goto(site / DEATH)
    assert page.evaluate("localStorage[Object.keys(localStorage)[0]]") == kept


def test_large_letters_fit_a_phone(site: Served, page: Page) -> None:
    page.goto(site / f"{JOB}#shei=ge")
    page.get_by_role("button", name="大字版").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_words_that_not_all_know_are_explained_in_the_answers(site: Served, page: Page) -> None:
    page.goto(site / DEATH)
    expect(page.locator("[data-option=tx]")).to_contain_text("退休后由街道和社区管理")


def test_an_event_stands_above_what_the_search_offers_to_choose_from(site: Served, page: Page) -> None:
    page.goto(site / "search.html?q=失业")
    event = page.get_by_role("link", name="没了工作 4 个地区")
    expect(event).to_be_in_viewport()
    choice = page.locator(".results-meant")
    expect(choice).to_be_visible()
    top = "one => one.getBoundingClientRect().top"
    assert event.evaluate(top) < choice.evaluate(top)
    page.get_by_role("button", name="沈阳市").click()
    expect(page.locator(".results-events a")).to_have_text("没了工作 · 沈阳市")
