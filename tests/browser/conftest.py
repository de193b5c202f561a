"""The sample site is built once; without a browser the tests are skipped, or fail where REQUIRE_BROWSER is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from browser_world import BELOW, PHONE, REPOSITORY, ROOT, Built, Served, Watch, served
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from builder.cli import main

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample site, made from a copy of the content, so that the cache of the repository stays as it is."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(REPOSITORY / "content", folder / "content")
    shutil.copy(REPOSITORY / "site.yaml", folder)
    assert main(["build", "--site", str(folder / "site.yaml"), "--out", str(folder / "www"), "--jobs", "2"]) == 0
    return Built(folder / "www")


@pytest.fixture(scope="module")  # while Playwright's loop runs, no other test can run one of its own
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        says = f"no browser: none of {', '.join(NAMES)} is installed"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"{says}, and REQUIRE_BROWSER is set", pytrace=False)
        pytest.skip(says)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    with served(built.folder) as address:
        yield address


@pytest.fixture(scope="session")
def site(built: Built, address: str) -> Served:
    """The sample site at the top of a web server."""
    return Served(built, address + ROOT)


@pytest.fixture(scope="session")
def site_below(built: Built, address: str) -> Served:
    """The sample site in a folder of a web server."""
    return Served(built, address + BELOW)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing, with the window of a small phone."""
    context = browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def watch(page: Page) -> Watch:
    """What goes wrong on `page`."""
    watch = Watch()
    watch.over(page)
    return watch


@pytest.fixture
def page_with_text_twice_as_large(browser: Browser) -> Iterator[Page]:
    """A phone whose reader told the browser to set text in twice the usual size."""
    program = next(filter(None, map(shutil.which, NAMES)))
    options = (*OPTIONS, "--blink-settings=defaultFontSize=32")
    chromium = browser.browser_type.launch(executable_path=program, args=options)
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.set_default_timeout(5000)
    yield page
    chromium.close()


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()
