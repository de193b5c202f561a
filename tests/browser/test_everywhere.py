"""The site works from a web server, from a folder of one, from a disk, and without script."""

from __future__ import annotations

import gzip

from browser_world import Served, Watch
from playwright.sync_api import Page, expect
from sample_site import Built


def walk_to_the_sheet(page: Page, home: str) -> None:
    """Click from the home page to a topic, an item and its sheet."""
    page.goto(home)
    for kind, folder in (("list", "topics/"), ("item", "items/"), ("print", "print/guide/")):
        page.locator(f"main a[href*='{folder}']").first.click()
        expect(page.locator("html")).to_have_attribute("data-page-kind", kind)
        page.wait_for_load_state()


def test_no_page_fails_breaks_the_policy_or_asks_outside_its_site(site_below: Served, page: Page, watch: Watch) -> None:
    for path in site_below.built.samples():
        page.goto(site_below / path)
    assert watch.troubles == []
    assert watch.outside(site_below.top) == []


def test_in_a_folder_of_the_server_no_link_leads_out_of_the_folder(
    site: Served, site_below: Served, page: Page
) -> None:
    for path in site_below.built.samples(1):
        page.goto(site_below / path)
        own = [url for url in links_on(page) if url.startswith(site.top)]
        assert own
        assert [url for url in own if not url.startswith(site_below.top)] == [], path


def test_a_breach_of_the_policy_would_be_noticed(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / "index.html")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    assert any("Content Security Policy" in trouble for trouble in watch.troubles)


def test_a_missing_file_would_be_noticed(site: Served, page: Page, watch: Watch) -> None:
    page.goto(site / "no-such-page.html")
    assert f"404: {site / 'no-such-page.html'}" in watch.troubles


def test_one_clicks_from_home_to_the_sheet_in_a_folder_of_the_server(
    site_below: Served, page: Page, watch: Watch
) -> None:
    walk_to_the_sheet(page, site_below / "index.html")
    assert page.url.startswith(site_below.top)
    assert watch.troubles == []
    assert watch.outside(site_below.top) == []


def test_one_clicks_from_home_to_the_sheet_on_a_disk(built: Built, page: Page, watch: Watch) -> None:
    walk_to_the_sheet(page, (built.folder / "index.html").as_uri())
    assert watch.troubles == []
    assert watch.outside(built.folder.as_uri()) == []


def test_without_script_every_item_is_two_clicks_from_home(site: Served, page_without_script: Page) -> None:
    page = page_without_script
    page.goto(site / "index.html")
    first = links_on(page)
    second = set(first)
    for url in first:
        if url.startswith(site.top) and "/items/" in url:
            page.goto(url)
            second.update(links_on(page))
    items = {site / path for path in site.built.offered}
    assert items - second == set()


def test_without_script_the_search_form_leads_to_the_list_of_all_items(site: Served, page_without_script: Page) -> None:
    page = page_without_script
    page.goto(site / "index.html")
    page.locator("main input[type=search]").fill("社保卡")
    page.locator("main button[type=submit]").click()
    assert page.url.startswith(site / "search.html?q=")
    items = {site / path for path in site.built.offered}
    assert items - set(links_on(page)) == set()


def test_without_script_no_button_is_dead(site: Served, page_without_script: Page) -> None:
    """A button that only script brings to life is hidden where there is none."""
    page = page_without_script
    dead = (
        "[...document.querySelectorAll('button')].filter(b => b.checkVisibility() && !b.form).map(b => b.textContent)"
    )
    leads_elsewhere = site.built.by_kind["redirect"]
    for path in (path for path in site.built.samples(1) if path not in leads_elsewhere):
        page.goto(site / path)
        assert page.evaluate(dead) == [], path


def test_a_page_is_light_enough_for_an_old_phone_on_a_slow_line(site: Served, page: Page, watch: Watch) -> None:
    """The first visit, everything counted that the page asks for, as a server sends it packed."""
    for path, most in (("index.html", 25_000), *((path, 20_000) for path in site.built.by_kind["item"][:5])):
        watch.asked.clear()
        page.goto(site / path, wait_until="networkidle")
        asked = {url.partition("?")[0].removeprefix(site.top) for url in watch.asked} | {"static/favicon.svg"}
        assert len(asked) <= 4, asked
        assert sum(len(gzip.compress((site.built.folder / one).read_bytes())) for one in asked) <= most, path


def links_on(page: Page) -> list[str]:
    """Return where the links lead that one can see, without what comes after “#”."""
    hrefs = page.evaluate(
        "[...document.querySelectorAll('a[href]')].filter(a => a.checkVisibility()).map(a => a.href.split('#')[0])"
    )
    return list(dict.fromkeys(hrefs))
