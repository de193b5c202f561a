"""The site works from a web server, from a folder of one, from a disk, and without script."""

from __future__ import annotations

import pytest
from browser_world import HTML_KINDS, Built, Served, Watch, kind_of
from playwright.sync_api import Page, expect


def walk_to_the_sheet(page: Page, home: str) -> list[str]:
    """Click from the home page to a topic, an item and its sheet; return the kinds of the pages."""
    page.goto(home)
    kinds = [kind_of(page)]
    for link in ("main a[href*='topics/']", "main a[href*='items/']", "main a[href*='print/guide/']"):
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
        kinds.append(kind_of(page))
    return kinds


@pytest.mark.parametrize("kind", HTML_KINDS)
def test_no_page_fails_breaks_the_policy_or_asks_outside_its_site(
    kind: str, site_below: Served, page: Page, watch: Watch
) -> None:
    for path in site_below.built.samples(kind):
        page.goto(site_below / path, wait_until="networkidle")
        assert kind_of(page) == kind
    assert watch.troubles == []
    assert watch.outside(site_below.top) == []


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
    assert walk_to_the_sheet(page, site_below / "index.html") == ["home", "topic", "item", "print"]
    assert page.url.startswith(site_below.top)
    assert watch.troubles == []
    assert watch.outside(site_below.top) == []


def test_one_clicks_from_home_to_the_sheet_on_a_disk(built: Built, page: Page, watch: Watch) -> None:
    home = (built.folder / "index.html").as_uri()
    assert walk_to_the_sheet(page, home) == ["home", "topic", "item", "print"]
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
    items = {site / path for path in site.built.by_kind["item"]}
    assert items - second == set()


def test_without_script_the_search_form_leads_to_the_list_of_all_items(
    site: Served, page_without_script: Page
) -> None:
    page = page_without_script
    page.goto(site / "index.html")
    page.locator("main input[type=search]").fill("社保卡")
    page.locator("main button[type=submit]").click()
    assert page.url.startswith(site / "search.html?q=")
    items = {site / path for path in site.built.by_kind["item"]}
    assert items - set(links_on(page)) == set()


def test_without_script_no_button_is_dead(site: Served, page_without_script: Page) -> None:
    """A button that only script brings to life is hidden where there is none."""
    page = page_without_script
    for kind in HTML_KINDS:
        page.goto(site / site.built.samples(kind, 1)[0])
        for button in page.locator("button:visible").all():
            expect(button).to_have_attribute("type", "submit")


def links_on(page: Page) -> list[str]:
    """Return where the links lead that one can see, without what comes after “#”."""
    hrefs = page.evaluate(
        "[...document.querySelectorAll('a[href]')].filter(a => a.checkVisibility()).map(a => a.href.split('#')[0])"
    )
    return list(dict.fromkeys(hrefs))
