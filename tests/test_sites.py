"""Example sites: the good ones become these pages, the bad ones these messages.

Each folder in ``sites/bad`` shows one rule, by whose code it is named; its ``expected.txt`` is what the editor sees
of ``build.py check``. To add a rule is to add a folder and to run ``pytest --accept``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from golden import SITES, compare, compare_tree, copied, sites
from site_folder import SiteFolder

from builder.checks import search_names, vanished
from builder.checks.catalogue import RULES
from builder.cli import main
from builder.support.diagnostics import Severity

Seen = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _on_a_day_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is checked against today is told alike on every day."""
    monkeypatch.setattr("builder.cli.clock.today", lambda: date(2026, 11, 10))


@dataclass(frozen=True, slots=True)
class Example:
    """An example site, and the copy of it that commands may change."""

    site: Path
    copy: SiteFolder

    @property
    def code(self) -> str:
        """The rule that a bad site shows."""
        return self.site.name.partition("-")[0]


# --- Good sites ------------------------------------------------------------------------------------------------------

WATCHED = (
    "index.html",
    "items/[!i]*.html",
    "editions/*.html",
    "print/guide/*.html",
    "topics/[!i]*.html",
    "audiences/*.html",
    "departments/*.html",
    "places/*.html",
    "materials/*.html",
    "laws/*.html",
    "disclosure/*.html",
    "pages/*.html",
    "sitemap.xml",
    "robots.txt",
    "feed.xml",
    "data/i*.*",
    "data/items/*.json",
    "data/context.json",
    "data/events*",
    "data/events/*.json",
)


@pytest.fixture(scope="module", params=sites("good"), ids=lambda site: site.name)
def good(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Each good site in turn."""
    return Example(request.param, copied(request.param, tmp_path_factory.mktemp("good") / "site"))


def test_nothing_is_found_in_a_good_site(good: Example, monkeypatch: pytest.MonkeyPatch, capsys: Seen) -> None:
    monkeypatch.chdir(good.copy.folder)

    assert main(["check", "--jobs", "1", "--strict"]) == 0
    assert capsys.readouterr().out == "检查了 1 个事项，没有发现问题。\n"


def test_a_good_site_becomes_these_pages(good: Example, monkeypatch: pytest.MonkeyPatch, *, accept: bool) -> None:
    monkeypatch.chdir(good.copy.folder)

    assert main(["build", "--jobs", "1", "--strict"]) == 0

    public = Path("public")
    watched = sorted(path for pattern in WATCHED for path in public.glob(pattern))
    made = {path.relative_to(public).as_posix(): path.read_bytes() for path in watched}
    compare_tree(made, good.site / "expected", accept=accept)


# --- Bad sites -------------------------------------------------------------------------------------------------------

# Sites with a file whose last line is to stand there so many times.
LENGTHENED = {"Y002-too-large": ("content/items/xincheng/shebaoka-buling.yaml", 18_500)}


def without_cache(site: Path, factory: pytest.TempPathFactory) -> Example:
    """Copy a bad site. A file stands in the place of the cache, which saves a hundred disk syncs."""
    copy = copied(site, factory.mktemp("bad") / "site")
    copy.write(".cache", "")
    if site.name in LENGTHENED:
        path, times = LENGTHENED[site.name]
        *lines, last = copy.read(path).splitlines(keepends=True)
        copy.write(path, "".join(lines) + last * times)
    return Example(site, copy)


@pytest.fixture(scope="module", params=sites("bad"), ids=lambda site: site.name)
def bad(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Each bad site in turn."""
    return without_cache(request.param, tmp_path_factory)


def test_every_rule_has_a_bad_site_and_every_bad_site_a_rule() -> None:
    assert [site.name.partition("-")[0] for site in sites("bad")] == sorted(RULES)


def test_the_editor_reads(bad: Example, monkeypatch: pytest.MonkeyPatch, capsys: Seen, *, accept: bool) -> None:
    monkeypatch.chdir(bad.copy.folder)

    exit_code = main(["check", "--jobs", "1", *(["--search"] if bad.code in FOUND_BY_SEARCHING else [])])

    out, err = capsys.readouterr()
    compare(f"{out}{err}退出码 {exit_code}\n".encode(), bad.site / "expected.txt", accept=accept)
    assert (exit_code != 0) is (RULES[bad.code].severity is Severity.ERROR)
    assert set(re.findall(r"^(?:\S.*: )?(?:错误|警告) ([A-Z]\d{3}): ", out + err, re.MULTILINE)) == {bad.code}


FOUND_BY_SEARCHING = {rule.code for rule in search_names.RULES}
KEPT_FROM_RELEASE = {rule.code for rule in vanished.RULES}  # such a site may be built, to be looked at
ERRORS = [
    site
    for site in sites("bad")
    if RULES[code := site.name.partition("-")[0]].severity is Severity.ERROR and code not in KEPT_FROM_RELEASE
]


@pytest.mark.parametrize("site", ERRORS, ids=lambda site: site.name)
def test_an_error_leaves_the_last_site_in_place(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(without_cache(site, tmp_path_factory).copy.folder)
    last = Path("public/index.html")
    last.parent.mkdir()
    last.write_text("上一次", encoding="utf-8")

    assert main(["build", "--jobs", "1"]) in (1, 2)

    assert [path.name for path in last.parent.iterdir()] == [last.name]
    assert last.read_text(encoding="utf-8") == "上一次"


def test_a_warning_stops_publishing_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied(SITES / "bad" / "R204-not-filed", tmp_path / "site").folder)

    assert main(["build", "--jobs", "1", "--strict"]) == 1
    assert not Path("public").exists()
    assert main(["build", "--jobs", "1"]) == 0
    assert Path("public/index.html").exists()


def test_a_code_is_explained_in_a_few_lines(capsys: Seen) -> None:
    assert main(["explain", "r202"]) == 0

    assert capsys.readouterr().out == (
        "错误 R202: 编号在全站不能重复\n\n"
        "为什么\n  编号就是网址，两份内容争一个网址，只能显示一份。\n\n"
        "怎么改\n  给其中一个换一个编号；不同地区的同名事项，在编号前加地区。\n\n"
    )


def test_every_rule_says_why_it_is_there_and_what_to_do() -> None:
    assert [code for code, rule in RULES.items() if not (rule.title and rule.why and rule.fix)] == []


def test_a_mistyped_code_is_answered_with_a_near_one(capsys: Seen) -> None:
    assert main(["explain", "R2O1"]) == 2

    assert capsys.readouterr().err.startswith("没有代码 R2O1。是不是想写“R")
