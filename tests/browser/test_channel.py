"""A channel of a parent site: under a path, with that site's header and foot, and another channel beside it on the host."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browser_world import PHONE, Watch, served
from playwright.sync_api import Browser, Page
from site_folder import REPOSITORY, SiteFolder

TOWN, TOPIC = "liuhe/bszn", "zhuanlan/fuwu"
PAGES = (
    "index.html",
    "items/zilaishui-kaihu.html",
    "items/index.html",
    "items/laonianzheng.html",
    "places/liuhe-dating.html",
    "departments/liuhe-bianmin.html",
    "search.html",
    "mine.html",
    "sitemap.html",
    "404.html",
    "print/guide/zilaishui-kaihu.html",
)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host with the example of a channel, and with a second one of the same content; its address without a slash."""
    root = tmp_path_factory.mktemp("host")
    for path, name in ((TOWN, "柳河镇办事指南"), (TOPIC, "柳河镇办事指南")):
        site = SiteFolder(Path(shutil.copytree(REPOSITORY / "examples/lanmu", root / "made" / path)))
        site.set("site.yaml", "name", name)
        site.set("site.yaml", "base_url", f"https://www.qingjiang.example.cn/{path}")
        site.set("site.yaml", "search", "否")
        shutil.copytree(site.built(), root / "host" / path)
    with served(root / "host") as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [TOWN, TOPIC])
def test_a_channel_stays_below_its_path_and_breaks_no_policy(host: str, phone: Page, path: str) -> None:
    top, watch = f"{host}/{path}/", Watch()
    watch.over(phone)
    for url in PAGES:
        phone.goto(top + url)
        links = phone.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        assert [link for link in links if link.startswith(host) and not link.startswith(top)] == [], url
    assert watch.troubles == []
    assert watch.outside(top) == []


def test_the_header_of_the_parent_site_fits_a_phone(host: str, phone: Page) -> None:
    for url in PAGES[:-1]:
        phone.goto(f"{host}/{TOWN}/{url}")
        assert phone.locator(".xian-head").is_visible(), url
        assert phone.locator(".xian-foot").is_visible(), url
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"], url


def test_a_guide_saved_in_one_channel_is_not_in_the_list_of_the_other(host: str, phone: Page) -> None:
    phone.goto(f"{host}/{TOWN}/items/zilaishui-kaihu.html")
    phone.locator(".material input").first.check()

    phone.goto(f"{host}/{TOPIC}/mine.html")
    assert phone.locator("section.mine").count() == 0
    phone.goto(f"{host}/{TOPIC}/items/zilaishui-kaihu.html")
    assert not phone.locator(".material input").first.is_checked()
    phone.goto(f"{host}/{TOWN}/mine.html")
    assert phone.locator("section.mine h2").inner_text() == "自来水开户"


def test_type_that_was_made_large_is_large_in_both_and_what_the_parent_keeps_stays(host: str, phone: Page) -> None:
    phone.goto(f"{host}/{TOWN}/index.html")
    phone.evaluate("localStorage.setItem('size', 'wide')")  # a script of the parent site
    phone.locator("[data-size-switch]").click()

    phone.goto(f"{host}/{TOPIC}/index.html")
    assert phone.locator("html").get_attribute("data-size") == "large"
    assert phone.evaluate("localStorage.getItem('size')") == "wide"


def test_a_search_asks_its_own_channel(host: str, phone: Page) -> None:
    watch = Watch()
    watch.over(phone)
    phone.goto(f"{host}/{TOPIC}/search.html?q=老年补贴")
    phone.locator("#search-results a").first.wait_for()
    found = phone.locator("#search-results a").first.get_attribute("href") or ""
    assert urljoin(phone.url, found).startswith(f"{host}/{TOPIC}/items/gaoling-butie.html")
    assert watch.outside(f"{host}/{TOPIC}/") == []


@pytest.mark.parametrize("wrong", ["cuo.html", "items/cuo.html", "a/b/c/cuo.html"])
def test_the_page_for_wrong_addresses_is_whole_at_any_depth(host: str, phone: Page, wrong: str) -> None:
    top, watch = f"{host}/{TOWN}/", Watch()
    watch.over(phone)
    phone.route(f"**/{wrong}", lambda route: route.fulfill(response=route.fetch(url=f"{top}404.html")))
    phone.goto(top + wrong)

    assert phone.locator("h1").inner_text() == "没有找到这一页"
    phone.locator("main .ways a").first.click()
    assert phone.url == f"{top}index.html"
    assert watch.troubles == []
    assert watch.outside(top) == []


def test_an_old_address_leads_on_inside_the_channel(host: str, phone: Page) -> None:
    phone.goto(f"{host}/{TOPIC}/print/notice/yongshui-baozhuang.html#e-123456")
    phone.wait_for_url(f"{host}/{TOPIC}/print/notice/zilaishui-kaihu.html#e-123456")


def test_site_map_robots_and_manifest_are_those_of_the_channel(host: str, phone: Page) -> None:
    get = phone.request.get
    base = f"https://www.qingjiang.example.cn/{TOWN}"
    assert f"Sitemap: {base}/sitemap.xml" in get(f"{host}/{TOWN}/robots.txt").text()
    places = get(f"{host}/{TOWN}/sitemap.xml").text().split("<loc>")[1:]
    assert [place for place in places if not place.startswith(f"{base}/")] == []
    assert get(f"{host}/{TOWN}/data/manifest.json").ok
    assert not get(f"{host}/robots.txt").ok
