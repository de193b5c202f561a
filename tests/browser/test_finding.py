"""Search: items are found by their titles, and where search cannot work nothing is lost."""

from __future__ import annotations

import gzip
import re

import pytest
from browser_world import Served, Watch, search_address
from playwright.sync_api import Page, Route, expect
from sample_site import Built

ITEM = "shebaoka-guashi-jiegua"


def title_of(site: Served, item: str) -> str:
    """Return the title of an item as its page shows it."""
    found = re.search(r"<h1[^>]*>([^<]+)</h1>", (site.built.folder / f"items/{item}.html").read_text("utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize("item", [ITEM, "dibao-shenqing", "linquanzheng-shenqing", "xiaoe-danbao-daikuan"])
def test_finds_an_item_by_its_title_and_opens_it(item: str, site_below: Served, page: Page, watch: Watch) -> None:
    title = title_of(site_below, item)
    page.goto(site_below / "search.html")
    page.locator("#q").fill(title)
    result = page.locator(f".results a[href$='items/{item}.html']")
    expect(
        page.locator(".results > li").filter(has=page.locator(f"a[href$='items/{item}.html']")).locator(".row-title")
    ).to_have_text(title)
    result.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.url == site_below / f"items/{item}.html"
    assert watch.troubles == []
    assert watch.outside(site_below.top) == []


def test_the_form_on_another_page_hands_its_words_to_the_search_page(site: Served, page: Page) -> None:
    page.goto(site / "index.html")
    page.locator("main input[type=search]").fill(title_of(site, ITEM))
    page.locator("main input[type=search]").press("Enter")
    expect(page.locator("#q")).to_have_value(title_of(site, ITEM))
    expect(page.locator(f"#search-results a[href$='items/{ITEM}.html']")).to_be_visible()


def test_says_how_many_were_found_and_puts_the_list_away(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, title_of(site, ITEM)))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile(r"找到 \d+ 项"))
    expect(page.locator(".results-all")).to_be_hidden()


def test_says_that_nothing_was_found_and_keeps_the_list_of_all_items(site: Served, page: Page, watch: Watch) -> None:
    page.goto(search_address(site.top, "饕餮魑魅"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到“饕餮魑魅”"))
    expect(page.locator("#search-results .results > li")).to_have_count(0)
    expect_every_item(page, site.built)
    assert watch.troubles == []


def test_words_searched_for_are_data(site: Served, page: Page, watch: Watch) -> None:
    query = "<img src=x onerror=alert(1)>"
    page.goto(search_address(site.top, query))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到|找到"))
    expect(page.locator("main img")).to_have_count(0)
    assert watch.troubles == []


def test_words_that_are_no_address_are_searched_for_all_the_same(site: Served, page: Page, watch: Watch) -> None:
    """An address bar, an old program or a broken link may leave a bare “%” or another encoding in the address."""
    page.goto(site / "search.html?q=100%&x=1")
    expect(page.locator("#search-results [role=status]")).not_to_be_empty()
    assert watch.troubles == []


def test_finds_from_a_disk_what_names_tell(built: Built, page: Page) -> None:
    page.goto((built.folder / "search.html").as_uri())
    expect_every_item(page, built)
    page.locator("#q").fill("社保卡丢了怎么办")
    expect(page.locator("#search-results .row-title").first).to_contain_text("社保卡")
    page.locator("#search-results .results a").first.click()
    expect(page.locator("html")).to_have_attribute("data-page-kind", "item")


def test_without_the_full_text_index_names_still_answer(site: Served, page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(search_address(site.top, "社保卡"))
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    page.goto(search_address(site.top, "饕餮魑魅"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到"))
    expect_every_item(page, site.built)


def test_when_the_data_cannot_be_read_the_list_stays_and_says_why(site: Served, page: Page) -> None:
    page.route("**/search/items.js*", lambda route: route.abort())
    page.goto(search_address(site.top, "社保卡"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("搜索现在用不了"))
    expect_every_item(page, site.built)


def test_finds_where_the_browser_cannot_cut_words(site: Served, page: Page, watch: Watch) -> None:
    page.add_init_script("delete Intl.Segmenter")
    page.goto(search_address(site.top, "养老金停发了"))
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    assert watch.troubles == []


def test_the_first_answer_asks_for_nothing_that_did_not_come_with_the_page(
    site: Served, page: Page, watch: Watch
) -> None:
    page.goto(site / "search.html")
    page.wait_for_load_state("networkidle")
    before = len(watch.asked)
    page.locator("#q").fill("社保卡丢了怎么办")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    page.wait_for_timeout(300)
    assert [url for url in watch.asked[before:] if "favicon" not in url] == []
    assert before <= 5


def test_the_search_page_weighs_little(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / "search.html")
    page.wait_for_load_state("networkidle")
    paths = [url.removeprefix(site.top).partition("?")[0] for url in watch.asked]
    assert sum(len(gzip.compress((site.built.folder / path).read_bytes())) for path in paths) < 62_000


@pytest.mark.parametrize(("question", "needed"), [("社保卡丢了", 0), ("sbk", 1), ("臨時救助", 1), ("临时就助", 0)])
def test_what_is_known_of_characters_is_read_when_a_question_needs_it(
    question: str, needed: int, site: Served, page: Page, watch: Watch
) -> None:
    page.goto(search_address(site.top, question))
    wanted = "临时救助" if "时" in question or "時" in question else "社保卡"
    expect(page.locator("#search-results .row-title").first).to_contain_text(wanted)
    page.wait_for_load_state("networkidle")
    assert sum("search/characters.js" in url for url in watch.asked) == needed
    assert watch.troubles == []


def test_a_short_story_that_is_sure_reads_how_people_speak_and_nothing_else(
    site: Served, page: Page, watch: Watch
) -> None:
    page.goto(search_address(site.top, "老人走了"))
    expect(page.locator("#search-results .row-title").first).to_contain_text("丧葬")
    page.wait_for_load_state("networkidle")
    read = [
        name
        for name in ("matters", "texts", "ways", "characters")
        if any(f"search/{name}.js" in one for one in watch.asked)
    ]
    assert read == ["matters"]
    assert watch.troubles == []


def test_says_as_what_letters_were_read(site: Served, page: Page) -> None:
    status = page.locator("#search-results [role=status]")
    page.goto(search_address(site.top, "linquanzheng"))
    expect(status).to_contain_text("，按“林权证”找的")
    expect(page.locator("#search-results .row-title mark, #search-results .row-name mark").first).to_have_text("林权证")
    page.locator("#q").fill("林权证")
    expect(status).not_to_contain_text("找的")
    page.locator("#q").fill("SYB")
    expect(status).not_to_contain_text("找的")


def test_pinyin_works_from_a_disk(built: Built, page: Page) -> None:
    page.goto((built.folder / "search.html").as_uri())
    page.locator("#q").fill("sbk")
    expect(page.locator("#search-results .row-title").first).to_contain_text("社保卡")


def test_where_what_is_known_of_characters_cannot_be_read_the_search_goes_on(site: Served, page: Page) -> None:
    page.route("**/search/characters.js*", lambda route: route.abort())
    page.goto(search_address(site.top, "sbk"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到"))
    page.locator("#q").fill("社保卡")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)


def test_a_story_leads_to_what_is_to_be_done_and_is_told_by_which_matter(
    site: Served, page: Page, watch: Watch
) -> None:
    page.goto(search_address(site.top, "老头子上个月走了要办些啥子"))
    expect(page.locator("#search-results .row-title").first).to_contain_text(re.compile("去世|丧葬"))
    expect(page.locator("#search-results [role=status]")).to_contain_text("按“亲人去世”找到")
    page.wait_for_load_state("networkidle")
    assert len(watch.asked) <= 8
    assert sum("search/matters.js" in url for url in watch.asked) == 1
    assert watch.troubles == []


def test_what_names_answer_needs_no_matters(site: Served, page: Page, watch: Watch) -> None:
    page.goto(search_address(site.top, "社保卡丢了"))
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert not any("search/matters.js" in url for url in watch.asked)


def test_where_two_matters_may_be_meant_the_visitor_is_asked(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "厂子倒了家里揭不开锅"))
    meant = page.locator(".results-meant button")
    expect(meant).not_to_have_count(0)
    name = meant.first.get_attribute("value")
    meant.first.click()
    expect(page.locator("#q")).to_have_value(name or "")
    expect(page.locator(".results a").first).to_be_focused()  # no keyboard of a phone covers the results
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    expect(meant).to_have_count(0)


def test_matters_work_from_a_disk(built: Built, page: Page) -> None:
    page.goto((built.folder / "search.html").as_uri())
    page.locator("#q").fill("厂子倒了")
    expect(page.locator("#search-results .row-title").first).to_contain_text("失业")


def test_where_matters_cannot_be_read_the_search_goes_on(site: Served, page: Page) -> None:
    page.route("**/search/matters.js*", lambda route: route.abort())
    page.goto(search_address(site.top, "老人走了"))
    expect(page.locator("#search-results [role=status]")).not_to_be_empty()
    page.locator("#q").fill("社保卡")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)


def announcements(page: Page, question: str, wait: int) -> list[str]:
    """Return what is announced in some milliseconds after a question was typed."""
    page.evaluate(
        """() => { window.said = [];
          new MutationObserver(() => said.push(document.querySelector(".results-status").textContent))
            .observe(document.querySelector(".results-status"), { childList: true, characterData: true, subtree: true }); }"""
    )
    page.locator("#q").fill(question)
    page.wait_for_timeout(wait)
    said: list[str] = page.evaluate("said")
    return said


def test_an_answer_is_announced_once(site: Served, page: Page) -> None:
    """A badly written question is answered at once, and again when more is known of characters."""
    page.goto(site / "search.html")
    (said,) = announcements(page, "殘疾人證", 1500)  # it is said a second after the last key
    assert "找到" in said
    assert "没有找到" not in said
    expect(page.locator("#search-results .row-title").first).to_contain_text("残疾人证")


@pytest.mark.parametrize(
    ("late", "wait", "count"),
    [
        (1300, 2500, 1),  # what the texts of guides say comes after the pause, and is waited for
        (4000, 5500, 2),  # not for ever
    ],
)
def test_an_answer_that_the_texts_make_better_is_announced_with_it(
    site: Served, page: Page, late: int, wait: int, count: int
) -> None:
    def answer_late(route: Route) -> None:
        page.wait_for_timeout(late)
        route.continue_()

    page.goto(site / "search.html")
    page.route("**/search/texts.js*", answer_late)
    said = announcements(page, "入户调查", wait)
    assert len(said) == count
    assert said[-1] == page.locator(".results-status").inner_text()


def test_a_name_of_letters_and_characters_leads_to_its_item(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "SYB培训"))
    expect(page.locator("#search-results .row-title").first).to_contain_text("报名参加创业培训")


def test_letters_that_become_characters_are_not_searched_for(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / "search.html")
    page.locator("#q").focus()
    keyboard = page.context.new_cdp_session(page)
    for typed in ("d", "di", "di'b", "di'bao"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        page.wait_for_timeout(100)
    keyboard.send("Input.insertText", {"text": "低保"})
    expect(page.locator("#search-results .row-title").first).to_contain_text("低保")
    assert not any("search/characters.js" in url for url in watch.asked)


@pytest.mark.parametrize("question", ["新城镇", "天津市滨海新区新城镇"])
def test_the_name_of_a_place_leads_to_its_list_and_its_items(question: str, site: Served, page: Page) -> None:
    page.goto(search_address(site.top, question))
    facts = page.locator("#search-results .row-area").all_inner_texts()
    assert len(facts) > 10
    assert all(fact.startswith("天津新城镇") for fact in facts)
    link = page.locator("#search-results a").first
    expect(link).to_have_text("看天津新城镇的全部事项")
    link.click()
    expect(page.locator("h1")).to_contain_text("新城镇")


def test_the_link_to_a_places_list_goes_with_the_question_that_named_it(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "新城镇"))
    expect(page.locator(".results-places a")).to_have_count(1)
    page.locator("#q").fill("饕餮魑魅")
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("没有找到“饕餮魑魅”"))
    expect(page.locator(".results-places a")).to_have_count(0)


def test_items_of_the_place_in_the_question_come_first_and_it_is_said(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "渝中失业登记"))
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("，先列渝中的$"))
    facts = page.locator("#search-results .row-area").all_inner_texts()
    own = [fact.startswith("重庆渝中区") for fact in facts]
    assert own[0]
    assert own == sorted(own, reverse=True)
    page.locator("#q").fill("新城镇 高龄补贴")
    expect(page.locator("#search-results [role=status]")).to_have_text(
        re.compile("新城镇的没有找到，这些是别的地区的$")
    )


def test_buttons_under_the_status_show_one_area_in_step_with_the_filters(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    chips = page.locator(".results-areas")
    everything = chips.get_by_role("button", name="全部")
    expect(everything).to_have_attribute("aria-pressed", "true")
    first = page.locator("#search-results .row-area").first.inner_text().split(" ")[0]
    expect(chips.get_by_role("button").nth(1)).to_contain_text(first)
    one = chips.get_by_role("button", name=re.compile("天津新城镇"))
    assert one.evaluate("chip => chip.getBoundingClientRect().height") >= 44
    one.click()
    expect(one).to_have_attribute("aria-pressed", "true")
    expect(one).to_be_focused()
    expect(everything).to_have_attribute("aria-pressed", "false")
    facts = page.locator("#search-results .row-area").all_inner_texts()
    assert len(facts) == int(one.inner_text().split()[-1])
    assert all(fact.startswith("天津新城镇") for fact in facts)
    tick = page.get_by_role("group", name="地区").get_by_label(re.compile("天津新城镇"))
    expect(tick).to_be_checked()
    tick.uncheck()
    expect(everything).to_have_attribute("aria-pressed", "true")


def test_results_of_one_area_have_no_buttons(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "林权证"))
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)
    areas = {fact.split(" ")[0] for fact in page.locator("#search-results .row-area").all_inner_texts()}
    assert len(areas) == 1
    expect(page.locator(".results-areas")).to_be_hidden()


def test_what_the_texts_gave_is_said_where_the_button_was(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "社保卡丢了"))
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator(".results-deeper").click()
    expect(page.locator("#search-results [role=status]")).to_have_text(
        re.compile("，正文里(又找到 [0-9]+ 项|没有更多)$")
    )
    assert page.evaluate("document.activeElement.matches('.results a, .results-deeper')")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    assert page.evaluate("window.scrollY") > 0


def test_where_the_texts_cannot_be_read_it_is_said(site: Served, page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(search_address(site.top, "社保卡"))
    page.locator(".results-deeper").click()
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile("现在不能到正文里找$"))
    expect(page.locator(".results-deeper")).to_be_focused()
    page.locator("#q").fill("低保")
    expect(page.locator(".results-deeper")).to_have_text("到指南的正文里再找")


def test_without_script_the_page_says_so_and_leads_elsewhere(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(search_address(site.top, "社保卡"))
    expect(page_without_script.locator("main .without-script").first).to_contain_text("查不了")
    expect(page_without_script.locator("#q")).to_be_hidden()
    for name in ("按主题找", "按人群找", "按地区找", "全部事项"):
        expect(page_without_script.locator(".without-script").get_by_role("link", name=name)).to_be_visible()


def test_in_large_type_the_button_stands_below_the_box(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.evaluate("document.documentElement.setAttribute('data-size', 'large')")
    box, button = page.locator("#q").bounding_box(), page.locator(".big-search button").bounding_box()
    assert box
    assert button
    assert button["y"] >= box["y"] + box["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_texts_of_guides_are_asked_on_demand_and_come_below(site: Served, page: Page, watch: Watch) -> None:
    page.goto(search_address(site.top, "社保卡"))
    names = page.locator("#search-results .row-title").all_inner_texts()
    page.get_by_role("button", name="到指南的正文里再找").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#search-results .row-title").all_inner_texts()[: len(names)] == names
    assert any("/pagefind/" in url for url in watch.asked)
    assert watch.troubles == []


def test_what_only_the_text_of_a_guide_says_is_found(site: Served, page: Page) -> None:
    """No name has it."""
    page.goto(search_address(site.top, "走访邻居发信核实"))
    expect(page.locator("#search-results .excerpt mark").first).to_be_visible()
    expect(page.locator("#search-results a[href$='dibao-shenqing.html']")).to_be_visible()


def test_the_area_chosen_last_comes_first_in_the_next_question_until_all_are_wanted(site: Served, page: Page) -> None:
    areas = page.locator("#search-results .row-area")
    page.goto(search_address(site.top, "社保卡丢了"))
    expect(page.locator(".results-areas")).to_contain_text("您住哪里？")
    page.locator(".results-areas button", has_text="北京南磨房").click()
    page.goto(search_address(site.top, "社保卡激活"))
    expect(page.locator("#search-results [role=status]")).to_contain_text("先列北京南磨房的")
    expect(page.locator(".results-areas")).not_to_contain_text("您住哪里？")
    page.goto(search_address(site.top, "医保卡丢了"))
    expect(areas.first).to_have_text("北京南磨房")
    page.locator(".results-areas button", has_text="全部").click()
    expect(page.locator("#search-results [role=status]")).not_to_contain_text("先列")
    page.goto(search_address(site.top, "社保卡激活"))
    expect(areas.first).to_have_text("重庆渝中区")


def test_who_looked_through_the_guides_of_an_area_finds_them_first(site: Served, page: Page) -> None:
    page.goto(site / "areas/xincheng.html")
    page.goto(search_address(site.top, "失业登记"))
    expect(page.locator("#search-results .row-area").first).to_have_text("天津新城镇")
    page.goto(search_address(site.top, "渝中区失业登记"))  # a place that is named goes before
    expect(page.locator("#search-results .row-area").first).to_have_text("重庆渝中区")


def test_the_address_carries_the_question(site: Served, page: Page) -> None:
    page.goto(site / "search.html")
    page.locator("#q").fill("低保")
    expect(page).to_have_url(search_address(site.top, "低保"))
    page.reload()
    expect(page.locator("#q")).to_have_value("低保")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)


def test_results_can_be_narrowed_and_widened_again(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    status = page.locator("#search-results [role=status]")
    before = status.inner_text()
    tick = page.get_by_role("group", name="地区").get_by_label(re.compile("天津新城镇"))
    tick.check()
    facts = page.locator("#search-results .row-area").all_inner_texts()
    assert facts
    assert all(fact.startswith("天津新城镇") for fact in facts)
    assert status.inner_text() != before
    tick.uncheck()
    expect(status).to_have_text(before)


def test_arrow_keys_go_from_the_box_into_the_results_and_back(site: Served, page: Page) -> None:
    page.goto(search_address(site.top, "失业登记"))
    links = page.locator("#search-results .results a")
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()


def test_where_nothing_is_found_shorter_words_are_offered(site: Served, page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.route("**/search/matters.js*", lambda route: route.abort())
    page.goto(search_address(site.top, "魑魅饕餮人员"))
    page.locator(".results-shorter button", has_text="人员").click()
    expect(page.locator("#q")).to_have_value("人员")
    expect(page.locator("#search-results .results > li")).not_to_have_count(0)


def expect_every_item(page: Page, built: Built) -> None:
    expect(page.locator(".results-all")).to_be_visible()
    expect(page.locator(".results-all a[href*='items/']")).to_have_count(len(built.offered))
