"""The visitor's own page: what he saved and ticked, on his device only."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browser_world import Served, Watch, served
from playwright.sync_api import Page, expect
from sample_site import Built
from site_folder import SiteFolder

from builder.support.fingerprint import fingerprint

GUIDE = "items/shebaoka-shenban.html"
TITLE = "申办社保卡"
BOXES = ".materials input[type=checkbox]"
HEATING = "items/zicainuan-tuixiu.html"  # four materials, one of them a choice, and four for some only
COUNT = ".mine-count"
PRINTED = "[...document.querySelectorAll('main button, footer a')].filter(one => one.checkVisibility()).length"


def save(page: Page, site: Served, path: str = GUIDE) -> None:
    page.goto(site / path)
    page.get_by_role("button", name="收藏到本机").click()


def test_a_saved_guide_is_listed_until_it_is_saved_no_more(site: Served, page: Page) -> None:
    save(page, site)
    page.goto(site / "mine.html")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="已收藏，取消").click()
    page.goto(site / "mine.html")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    expect(page.locator("[data-mine-none]")).to_be_visible()


def test_a_guide_is_listed_as_soon_as_something_was_ticked(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    expect(page.locator(COUNT)).to_contain_text("备好 1 样")


def test_the_list_is_that_of_the_guide_with_its_groups_conditions_and_remarks(site: Served, page: Page) -> None:
    save(page, site, HEATING)
    parts = ".materials .group-head, .materials label, .tick .note, .mine .note"
    page.evaluate("document.querySelectorAll('.gloss').forEach(one => one.remove())")
    guide = page.locator(parts).evaluate_all("all => all.map(one => one.textContent.replace(/\\s+/g, ''))")
    page.goto(site / "mine.html")
    page.evaluate("document.querySelectorAll('.is-there').forEach(one => one.remove())")
    listed = page.locator(parts).evaluate_all("all => all.map(one => one.textContent.replace(/\\s+/g, ''))")
    assert listed == guide
    assert "任选其一离婚材料（离异人员才要）" in listed
    assert "这几样都要代替产权证的材料（暂时没有产权证才要）" in listed


SHARED = """\
name: 居住登记
department: suo
topics: juzhu
materials:
  - {name: 居民身份证, source: 部门共享，不用交}
  - {name: 租房合同, later: 5个工作日}
  - {name: 房主同意书, when: 住单位宿舍的除外}
  - group: 子女
    materials: [{name: 出生证明, source: 部门共享，不用交}]
"""


def test_what_nobody_has_to_bring_is_not_among_what_to_bring(page: Page, tmp_path: Path) -> None:
    own = SiteFolder(tmp_path).write_all(
        {
            "site.yaml": "name: 试\nsearch: 否\n",
            "content/areas.yaml": "jia: {name: 甲镇, level: 乡镇街道}\n",
            "content/topics.yaml": "juzhu: 居住\n",
            "content/departments/suo.yaml": "name: 派出所\n",
            "content/items/jia/juzhu.yaml": SHARED,
        }
    )
    with served(own.built()) as address:
        page.goto(f"{address}/items/juzhu.html")
        page.get_by_role("button", name="收藏到本机").click()
        page.goto(f"{address}/mine.html")
        expect(page.locator(".mine .material-name")).to_have_text(["租房合同", "房主同意书"])
        expect(page.locator(COUNT)).to_have_text("要带的 2 样里备好 0 样。")
        expect(page.locator(".mine .material-detail")).to_have_text(["没有也能先受理，5个工作日内补交（容缺受理）"])


def test_a_choice_counts_once_and_what_only_some_need_is_counted_by_itself(site: Served, page: Page) -> None:
    save(page, site, HEATING)
    page.goto(site / "mine.html")
    expect(page.locator(COUNT)).to_have_text("要带的 4 样里备好 0 样；另有 4 样看情况才要。")
    page.get_by_label("离婚证").check()
    expect(page.locator(COUNT)).to_have_text("要带的 4 样里备好 0 样；另有 4 样看情况才要，备好 1 样。")
    for name in ("购房合同", "购房协议"):
        page.get_by_label(name).check()
    expect(page.locator(COUNT)).to_contain_text("要带的 4 样里备好 0 样")
    page.get_by_label("购房发票").check()  # now the whole group is there that does instead of the deed
    expect(page.locator(COUNT)).to_contain_text("要带的 4 样里备好 1 样")
    page.get_by_label("产权证", exact=False).first.check()
    expect(page.locator(COUNT)).to_contain_text("要带的 4 样里备好 1 样")
    for name in ("自采暖核对证明", "退休证", "居民户口簿"):
        page.get_by_label(name).check()
    expect(page.locator(COUNT)).to_have_text("要带的 4 样都备好了；另有 4 样看情况才要，备好 1 样。")


def test_a_tick_on_the_list_is_the_tick_on_the_guide(site: Served, page: Page) -> None:
    save(page, site)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    expect(page.locator(BOXES).first).to_be_checked()
    expect(page.locator(".mine .is-there").first).to_be_visible()
    page.locator(".mine label").first.click()
    page.locator(".mine label").nth(1).click(position={"x": 300, "y": 40})  # anywhere on the row
    expect(page.locator(".mine .is-there").first).to_be_hidden()
    page.goto(site / GUIDE)
    expect(page.locator(BOXES).first).not_to_be_checked()
    expect(page.locator(BOXES).nth(1)).to_be_checked()


def test_the_rows_of_the_list_are_as_high_as_a_finger_needs(site: Served, page: Page) -> None:
    save(page, site, HEATING)
    page.goto(site / "mine.html")
    assert min(row.bounding_box()["height"] for row in page.locator(".mine label").all()) >= 48  # type: ignore[index]


def test_a_guide_of_which_the_last_tick_is_taken_away_on_the_list_stays_there(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    page.locator(BOXES).first.uncheck()
    page.goto(site / GUIDE)
    page.goto(site / "mine.html")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def test_a_guide_the_browser_kept_shows_what_was_ticked_on_the_list_meanwhile(site: Served, page: Page) -> None:
    save(page, site)
    list_page = page.context.new_page()
    list_page.goto(site / "mine.html")
    list_page.locator(BOXES).nth(1).check()
    page.wait_for_function(
        "() => localStorage.getItem(`ticks ${document.documentElement.dataset.site} shebaoka-shenban`)"
    )  # what one window stores reaches another late
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator(BOXES).nth(1)).to_be_checked()
    list_page.get_by_role("button", name="从这里去掉").click()
    page.wait_for_function(
        "() => localStorage.getItem(`ticks ${document.documentElement.dataset.site} shebaoka-shenban`) === null"
    )
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator(f"{BOXES}:checked")).to_have_count(0)
    expect(page.get_by_role("button", name="收藏到本机")).to_be_visible()


def test_until_a_case_is_chosen_nothing_counts_as_needed_in_any_case(site: Served, page: Page) -> None:
    save(page, site, "items/canjirenzheng.html")
    page.goto(site / "mine.html")
    expect(page.locator(COUNT)).to_have_text(re.compile(r"^有 \d+ 样看情况才要。$"))
    expect(page.locator(".mine")).to_contain_text("选您是哪一种")
    page.locator(".mine h2 a").click()
    page.locator(".cases a", has_text="注销").first.click()
    expect(page.locator(".only [role=status]")).to_contain_text("注销")
    page.goto(site / "mine.html")
    expect(page.locator(".mine")).not_to_contain_text("选您是哪一种")
    expect(page.locator(".mine h4")).to_have_text(["注销"])


def test_a_guide_put_by_for_one_case_keeps_it_when_opened_from_elsewhere(site: Served, page: Page) -> None:
    page.goto(site / "items/canjirenzheng.html")
    page.locator(".cases a", has_text="注销").first.click()
    expect(page.locator(".only [role=status]")).to_contain_text("注销")
    page.get_by_role("button", name="收藏到本机").click()
    page.goto(site / "index.html")
    page.goto(site / "items/canjirenzheng.html")
    expect(page.locator(".only [role=status]")).to_contain_text("注销")
    page.goto(site / "mine.html")
    expect(page.locator(".mine h4")).to_have_text(["注销"])


def test_where_it_is_done_and_whom_to_call_stand_there_and_point_to_nothing_below(site: Served, page: Page) -> None:
    page.goto(site / "items/canjirenzheng.html")
    told = page.locator(".answers > div", has_text="在哪办")
    expect(told).to_contain_text("见下面")
    page.get_by_role("button", name="收藏到本机").click()
    page.goto(site / "mine.html")
    facts = page.locator(".mine .facts")
    expect(facts).to_contain_text("南磨房地区各社区")
    expect(facts).to_contain_text("见指南")
    expect(facts).not_to_contain_text("见下面")
    expect(facts.locator("a.tel")).to_have_attribute("href", re.compile(r"^tel:\S+$"))


def test_the_list_does_not_move_when_the_first_material_is_ticked(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    top = "document.querySelector('.tick .materials').getBoundingClientRect().top + scrollY"
    before = page.evaluate(top)
    expect(page.get_by_role("button", name="清空勾选")).to_be_hidden()
    page.locator(BOXES).first.check()
    expect(page.get_by_role("button", name="清空勾选")).to_be_visible()
    assert page.evaluate(top) == before


def test_the_ticks_of_a_guide_are_cleared_at_the_second_press(site: Served, page: Page) -> None:
    page.goto(site / GUIDE)
    page.locator(BOXES).first.check()
    page.get_by_role("button", name="清空勾选").click()
    expect(page.locator(BOXES).first).to_be_checked()
    page.locator("h1").click()  # pressing elsewhere takes the question back
    page.get_by_role("button", name="清空勾选").click()
    expect(page.locator(BOXES).first).to_be_checked()
    page.get_by_role("button", name="再按一次就清空").click()
    expect(page.locator(BOXES).first).not_to_be_checked()


def text_of(built: Built, path: str) -> str:
    return (built.folder / path).read_text("utf-8")


def test_sites_of_one_address_do_not_see_each_others_guides(site: Served, page: Page) -> None:
    save(page, site)
    page.locator(BOXES).first.check()
    page.route(
        "**/*.html", lambda route: route.fulfill(body=route.fetch().text().replace("data-site=", 'data-site="0000" x='))
    )
    page.goto(site / GUIDE)
    expect(page.locator(BOXES).first).not_to_be_checked()
    page.goto(site / "mine.html")
    expect(page.locator(".mine")).to_have_count(0)


def test_one_entry_is_removed_with_its_ticks(site: Served, page: Page) -> None:
    save(page, site, "items/dibao-shenqing.html")
    save(page, site)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    assert page.locator(".mine").count() == 2
    page.get_by_role("button", name=f"从这里去掉：{TITLE}").click()
    expect(page.get_by_role("status")).to_have_text("已经去掉。")
    assert page.locator(".mine").count() == 1
    page.goto(site / GUIDE)
    expect(page.locator(BOXES).first).not_to_be_checked()


def test_everything_is_cleared_at_the_second_press(site: Served, page: Page) -> None:
    save(page, site)
    page.goto(site / "mine.html")
    page.get_by_role("button", name="全部清空").click()
    assert page.locator(".mine").count() == 1
    page.get_by_role("button", name="再按一次就清空").click()
    assert page.locator(".mine").count() == 0
    expect(page.get_by_role("status")).to_have_text("已经清空。")
    assert page.evaluate("localStorage.length") == 0


def test_a_guide_that_is_gone_says_so_and_can_be_removed(site: Served, page: Page) -> None:
    name = page_name(page, site)
    entry = {"saved": True, "at": 1, "title": "办粮票", "seen": 1, "facts": [], "parts": []}
    page.evaluate("([key, entry]) => localStorage.setItem(key, entry)", [f"mine {name} liangpiao", json.dumps(entry)])
    page.goto(site / "mine.html")
    expect(page.locator(".mine")).to_contain_text("这份指南已经改名或者撤下了。")
    assert page.locator(".mine h2 a[href]").count() == 0
    href = page.get_by_role("link", name="按名称再找一找").get_attribute("href")
    assert href
    assert href.startswith("search.html?q=")
    page.get_by_role("button", name="从这里去掉").click()
    assert page.locator(".mine").count() == 0


def page_name(page: Page, site: Served) -> str:
    page.goto(site / GUIDE)
    return page.locator("html").get_attribute("data-site") or ""


def test_what_others_wrote_into_the_storage_harms_nothing(site: Served, page: Page, watch: Watch) -> None:
    name = page_name(page, site)
    for value in ("", "null", "{", '"text"', '{"title": null}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"mine {name} shebaoka-shenban", value])
        page.goto(site / GUIDE)
        page.goto(site / "mine.html")
        page.evaluate("localStorage.clear()")
    assert watch.troubles == []


def test_the_mark_of_every_guide_is_on_the_page_and_no_two_share_one(site: Served) -> None:
    listed = re.search(r'data-marks="([^"]*)"', text_of(site.built, "mine.html"))
    assert listed
    ids = {path.removeprefix("items/").removesuffix(".html") for path in site.built.by_kind["item"]}
    ids |= {f"e/{Path(path).stem}" for path in site.built.by_kind["event"]}
    assert {fingerprint(id) for id in ids} == set(listed[1].split())
    assert len(set(listed[1].split())) == len(ids)


def test_on_paper_stand_the_list_the_place_the_phone_the_day_and_the_notice_and_no_button(
    site: Served, page: Page
) -> None:
    save(page, site, HEATING)
    page.locator(BOXES).first.check()
    page.goto(site / "mine.html")
    page.get_by_label("购房合同").check()
    expect(page.locator(".mine-paper").first).to_be_hidden()
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == 0
    expect(page.locator(".mine label").first).to_be_visible()
    expect(page.locator(".mine .facts")).to_contain_text("南磨房地区社保所大厅")
    expect(page.locator(".mine .facts")).to_contain_text("12345")
    year, month, day = page.evaluate("new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10)").split("-")
    today = f"{year}年{int(month)}月{int(day)}日"  # in China
    expect(page.locator(".mine-paper").first).to_have_text(f"办事指南示例站，{today}打印")
    expect(page.locator(".mine-paper").nth(1)).to_have_text("示例网站，不能作为办事依据")


def test_on_paper_of_a_choice_that_is_there_the_others_are_left_out(site: Served, page: Page) -> None:
    save(page, site, HEATING)
    page.goto(site / "mine.html")
    deed = page.locator(".mine label", has_text="产权证").first
    for name in ("购房合同", "购房协议", "购房发票"):
        page.get_by_label(name).check()
    expect(deed).to_be_visible()
    page.emulate_media(media="print")
    expect(deed).to_be_hidden()
    expect(page.get_by_label("购房合同")).to_be_visible()


def test_it_works_from_a_disk_and_asks_for_nothing_else(built: Built, page: Page, watch: Watch) -> None:
    page.goto((built.folder / GUIDE).as_uri())
    page.get_by_role("button", name="收藏到本机").click()
    page.goto((built.folder / "mine.html").as_uri())
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    assert watch.troubles == []
    assert watch.outside(built.folder.as_uri()) == []


@pytest.mark.parametrize("path", ["mine.html", GUIDE])
def test_where_nothing_can_be_stored_the_page_says_what_it_would_do(path: str, site: Served, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    page.goto(site / path)
    expect(page.get_by_role("button", name="收藏到本机")).to_have_count(0)
    if path == "mine.html":
        expect(page.locator("[data-mine-off]")).to_contain_text("列不出来")


def test_without_script_the_page_says_what_it_would_do(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(site / "mine.html")
    expect(page_without_script.locator("[data-mine-off]")).to_contain_text("列不出来")
    assert page_without_script.locator(".mine").count() == 0


def test_without_script_a_guide_does_not_say_that_ticks_are_kept(site: Served, page_without_script: Page) -> None:
    page_without_script.goto(site / GUIDE)
    expect(page_without_script.locator(".tick-hint").first).to_be_visible()
    expect(page_without_script.locator(".tick-hint .with-script")).to_be_hidden()
    expect(page_without_script.locator(".clear-ticks")).to_be_hidden()
    expect(page_without_script.locator("[data-save]")).to_be_hidden()


@pytest.mark.parametrize("size", ["", "large"])
def test_the_list_does_not_scroll_sideways_with_text_at_200_percent(
    size: str, site: Served, page_with_text_twice_as_large: Page
) -> None:
    page = page_with_text_twice_as_large
    page.add_init_script(f"localStorage.setItem('guides size', '{size}')")
    save(page, site, HEATING)
    page.goto(site / "mine.html")
    page.get_by_label("购房合同").check()
    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0


ENTRANCES = """\
name: 入学报名
topics: ruxue
online: 入学服务平台
variants:
  - {id: wai, name: 外地户口, online: 外地学生平台, appointment: {required: 要, phones: 12345}}
  - {id: ben, name: 本地户口, appointment: 不用}
"""


def test_where_the_chosen_case_applies_and_books_is_kept(page: Page, tmp_path: Path) -> None:
    own = SiteFolder(tmp_path).write_all(
        {
            "site.yaml": "name: 试\nsearch: 否\n",
            "content/areas.yaml": "jia: {name: 甲镇, level: 乡镇街道}\n",
            "content/topics.yaml": "ruxue: 上学\n",
            "content/items/jia/ruxue.yaml": ENTRANCES,
        }
    )
    with served(own.built()) as address:
        page.goto(f"{address}/items/ruxue.html")
        page.get_by_role("button", name="外地户口").click()
        page.get_by_role("button", name="收藏到本机").click()
        page.goto(f"{address}/mine.html")
        kept = page.locator(".mine").first
        for line in ("网上办：入学服务平台", "外地学生平台", "要先预约", "电话预约：12345"):
            expect(kept).to_contain_text(line)
        expect(kept).not_to_contain_text("不用预约")
