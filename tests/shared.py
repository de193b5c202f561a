"""What a whole run shares: the sample site and its sheets as PDF, made once for all processes, and a browser in each.

Without a browser the tests of pages are skipped, or fail where REQUIRE_BROWSER is set; without what sets a page as PDF
those of sheets are, or fail where REQUIRE_PDF is set. WeasyPrint is never loaded into the tests' own process, which forks.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import pytest
from filelock import FileLock
from golden import SITES, copied
from playwright.sync_api import Browser, sync_playwright
from required import unless
from sample_site import Built, build_sample
from sheets_as_pdf import OF_ITEMS, OF_THE_HALL, Printed, set_as_pdf, why_no_pdf
from site_folder import SiteFolder, sample_content

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """Compile a template once in each process of the tests: it is the same for all sites, and half of a small build."""
    compile_anew, compiled = jinja2.Environment.compile, dict[object, CodeType]()

    def compile_once(environment: jinja2.Environment, source: Any, *named: Any) -> CodeType:
        if (key := (source, *named)) not in compiled:
            compiled[key] = compile_anew(environment, source, *named)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", compile_once)
        yield


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """A folder for a site, empty."""
    return SiteFolder(tmp_path / "site")


@pytest.fixture
def one_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """A copy of the example site with one guide, which is also the current folder."""
    site = copied(SITES / "good" / "one-guide", tmp_path / "site")
    monkeypatch.chdir(site.folder)
    return site


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Return a folder of the run by its name; the first process that asks for it fills it."""
    own = tmp_path_factory.getbasetemp()
    of_all = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        folder, is_made = of_all / name, of_all / f"{name}.made"
        with FileLock(of_all / f"{name}.lock"):
            if not is_made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                is_made.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def built(made_once: MadeOnce) -> Built:
    """The built sample site."""
    sample_content()  # asked for here, where it skips the tests and not a process that builds for all of them
    environment = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    return Built(made_once("sample", lambda folder: build_sample(folder, jobs=2, **environment)) / "public")


@pytest.fixture(scope="session")
def engine(made_once: MadeOnce) -> None:
    """WeasyPrint with all that it needs."""
    asked = made_once("engine", lambda folder: (folder / "missing").write_text(why_no_pdf(), "utf-8"))
    missing = (asked / "missing").read_text("utf-8")
    unless(not missing, f"no PDF: {missing}", "REQUIRE_PDF")


@pytest.fixture(scope="session")
def printed(engine: None, built: Built, made_once: MadeOnce) -> Printed:
    """Sheets of the sample site as PDF."""
    names = (*(f"{kind}/{item}" for kind, item in OF_ITEMS), *OF_THE_HALL)
    return Printed(built.folder, made_once("sheets", lambda folder: set_as_pdf(built.folder, names, folder)))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of the browser."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    unless(program is not None, f"no browser: none of {', '.join(CHROMIUM)} is installed", "REQUIRE_BROWSER")
    return str(program)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser. While it runs, `asyncio.run` works in other threads only."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()
