"""The sample site behind a web server, and pages on which to look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_world import BELOW, PHONE, ROOT, Served, Watch, served
from playwright.sync_api import Browser, BrowserContext, Page
from sample_site import Built
from shared import QUIET


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
def page_with_text_twice_as_large(browser: Browser, chromium: str) -> Iterator[Page]:
    """A phone whose reader told the browser to set text in twice the usual size."""
    options = (*QUIET, "--blink-settings=defaultFontSize=32")
    enlarged = browser.browser_type.launch(executable_path=chromium, args=options)
    page = enlarged.new_page(viewport={"width": 320, "height": 640})
    page.set_default_timeout(5000)
    yield page
    enlarged.close()


@pytest.fixture
def page_in_the_dark(browser: Browser, chromium: str) -> Iterator[Page]:
    """A browser that darkens pages by itself."""
    options = (*QUIET, "--enable-features=WebContentsForceDark", "--force-dark-mode")
    dark = browser.browser_type.launch(executable_path=chromium, args=options)
    page = dark.new_page(viewport={"width": 900, "height": 1000})
    page.set_default_timeout(5000)
    yield page
    dark.close()


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()
