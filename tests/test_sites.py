"""Example sites: the good ones become these pages, the bad ones these messages.

Each folder in ``sites/bad`` shows one rule, by whose code it is named; its ``expected.txt`` is what the editor sees
of ``build.py check``. To add a rule is to add a folder and to run ``pytest --accept``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.catalogue import RULES
from builder.cli import main
from builder.diagnostics import Severity
from builder.report import FORMATS
from golden import compare, copied, sites

GOOD, BAD = sites("good"), sites("bad")
every_good_site = pytest.mark.parametrize("site", GOOD, ids=[site.name for site in GOOD])
every_bad_site = pytest.mark.parametrize("site", BAD, ids=[site.name for site in BAD])

# The one file of a site from the time before: what a failed build must leave in place.
LAST_PAGE = "public/index.html"

Seen = pytest.CaptureFixture[str]


@pytest.fixture
def place(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of `site` in which commands run, as an editor runs them in the folder of the site."""
    copy = copied(site, tmp_path)
    monkeypatch.chdir(copy)
    return copy


def code_of(site: Path) -> str:
    return site.name.partition("-")[0]


# --- Bad sites -------------------------------------------------------------------------------------------------------


def test_every_rule_has_a_bad_site_and_every_bad_site_a_rule() -> None:
    assert sorted(map(code_of, BAD)) == sorted(RULES)


@every_bad_site
def test_the_editor_reads(site: Path, place: Path, capsys: Seen, *, accept: bool) -> None:
    exit_code = main(["check", "--jobs", "1"])

    out, err = capsys.readouterr()
    compare(f"{out}{err}退出码 {exit_code}\n".encode(), site / "expected.txt", accept=accept)


@every_bad_site
def test_only_the_rule_of_the_site_is_broken(site: Path, place: Path, capsys: Seen) -> None:
    main(["check", "--jobs", "1"])

    told = [line for line in capsys.readouterr().out.splitlines() if "错误 " in line or "警告 " in line]
    assert told
    assert {code for line in told for code in RULES if f" {code}: " in line} == {code_of(site)}


@every_bad_site
def test_errors_leave_the_last_site_and_warnings_do_not(site: Path, place: Path, capsys: Seen) -> None:
    last = place / LAST_PAGE
    last.parent.mkdir()
    last.write_text("上一次", encoding="utf-8")

    exit_code = main(["build", "--jobs", "1"])

    if RULES[code_of(site)].severity is Severity.ERROR:
        assert exit_code != 0
        assert [path.name for path in last.parent.iterdir()] == [last.name]
        assert last.read_text(encoding="utf-8") == "上一次"
    else:
        assert exit_code == 0
        assert last.read_text(encoding="utf-8") != "上一次"


@pytest.mark.parametrize("code", RULES)
def test_every_code_is_explained(code: str, capsys: Seen) -> None:
    assert main(["explain", code.lower()]) == 0

    out = capsys.readouterr().out
    assert all(words in out for words in (code, RULES[code].title, RULES[code].why, RULES[code].fix))
