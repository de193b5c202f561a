"""Dates of pages: stated by the content, else told by git; never the time of the build."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from site_folder import SiteFolder, differing

from builder.content.history import NO_PROGRAM, NO_RECORD, NOT_TRUSTED, PARTIAL, UNREACHABLE, History, history_of
from builder.project import open_project
from builder.support.store import Store

Said = pytest.CaptureFixture[str]

GUIDE = "content/items/xincheng/shebaoka-shenban.yaml"
OTHER = "content/items/nanmofang/geren-jiuye-dengji.yaml"
PAGE = "items/shebaoka-shenban.html"
SHEETS = {f"print/{kind}/shebaoka-shenban.html" for kind in ("guide", "short", "notice", "poster")}

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def _own_settings_of_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = 编辑\nemail = a@example.cn\n[init]\ndefaultBranch = main\n"
        "[log]\nshowSignature = true\nfollow = true\n[core]\nquotePath = true\n",
        "utf-8",
    )


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    site = SiteFolder(tmp_path / "repository" / "site").with_some_items()
    git(site, "init", "--quiet", "..")
    commit(site, "2026-11-03T09:30:00+08:00")
    return site


def git(site: SiteFolder, *arguments: str, day: str = "") -> str:
    dated = {"GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day} if day else {}
    done = subprocess.run(
        ["git", *arguments], cwd=site.folder, env={**os.environ, **dated}, check=True, capture_output=True
    )
    return done.stdout.decode()


def commit(site: SiteFolder, day: str) -> None:
    git(site, "add", "content", "site.yaml")
    git(site, "commit", "--quiet", "--allow-empty", "-m", "改", day=day)


def asked(site: SiteFolder) -> History:
    project = open_project(site.folder / "site.yaml")
    with Store.open(project.cache, "") as store:
        return history_of(project.content, store)


def date_of(site: SiteFolder, page: str = PAGE) -> str:
    """Return the label of the built page, "" when it has none."""
    found = re.findall(r'<meta name="PubDate" content="([^"]*)">', site.page(page))
    assert len(found) <= 1
    return found[0] if found else ""


def test_a_page_has_the_time_at_which_its_file_was_last_committed(site: SiteFolder) -> None:
    site.set(OTHER, "summary", "改过")
    commit(site, "2026-11-05T10:00:00+08:00")

    assert site.build() == 0
    assert date_of(site) == "2026-11-03 09:30"
    assert date_of(site, "items/geren-jiuye-dengji.html") == "2026-11-05 10:00"
    assert all(date_of(site, sheet) == "2026-11-03 09:30" for sheet in SHEETS)
    assert "发布时间：2026-11-03 09:30" in site.page(PAGE)
    assert "<lastmod>2026-11-05</lastmod>" in site.page("sitemap.xml")


def test_a_file_is_known_since_the_commit_that_added_it(site: SiteFolder) -> None:
    site.set(OTHER, "summary", "改过的一句话")
    commit(site, "2026-11-05T10:00:00+08:00")
    history = asked(site)

    assert (history.added[OTHER], history.dates[OTHER]) == ("2026-11-03 09:30", "2026-11-05 10:00")
    assert asked(site) == history  # from the cache


def test_free_pages_have_their_dates_too(site: SiteFolder) -> None:
    assert site.build() == 0
    assert date_of(site, "pages/guanyu.html") == "2026-11-03 09:30"


def test_a_date_that_the_content_states_wins(site: SiteFolder) -> None:
    site.set(GUIDE, "published", "2026-10-01")
    commit(site, "2026-11-05T10:00:00+08:00")

    assert site.build() == 0
    assert date_of(site) == "2026-10-01 00:00"


def test_a_change_that_is_not_committed_invents_no_date(site: SiteFolder) -> None:
    site.set(GUIDE, "summary", "还没有提交")
    site.write("content/items/xincheng/xin.yaml", "name: 新事项\ndepartment: xincheng-dangqun\ntopics: shebaoka\n")

    assert site.build() == 0
    assert date_of(site) == "2026-11-03 09:30"
    assert date_of(site, "items/xin.html") == ""
    assert "发布时间" not in site.page("items/xin.html")


def test_a_commit_makes_only_its_own_pages_again_and_the_site_is_as_if_built_anew(site: SiteFolder) -> None:
    assert site.build() == 0
    before = site.published()
    site.set(GUIDE, "obligations", "当面讲清楚")
    commit(site, "2026-11-05T10:00:00+08:00")

    assert site.build() == 0
    after = site.published()
    assert set(differing(before, after)) == {
        PAGE,
        "editions/shebaoka-shenban.html",
        *SHEETS,
        "sitemap.xml",
        "changes.html",
        "changes.xml",
        "search/ways.js",
        "search/items.js",  # which has the address of the texts, as the page has its own
        "search.html",
        "data/manifest.json",
        "data/index.html",  # which tells the day of the last change
        "data/items/shebaoka-shenban.json",
        "data/items.json",
        "data/items.csv",
    }
    assert date_of(site) == "2026-11-05 10:00"
    shutil.rmtree(site.folder / ".cache")
    shutil.rmtree(site.out)
    assert site.build() == 0
    assert differing(site.published(), after) == []


def test_committing_what_was_built_already_brings_its_date(site: SiteFolder) -> None:
    site.set(GUIDE, "obligations", "当面讲清楚")
    assert site.build() == 0
    commit(site, "2026-11-05T10:00:00+08:00")

    assert site.build() == 0
    assert date_of(site) == "2026-11-05 10:00"


def test_the_same_commit_gives_the_same_bytes_wherever_it_is_checked_out(site: SiteFolder, tmp_path: Path) -> None:
    other = SiteFolder(tmp_path / "clone" / "site")
    git(site, "clone", "--quiet", str(site.folder.parent), str(other.folder.parent))

    assert (site.build(), other.build()) == (0, 0)
    assert differing(site.published(), other.published()) == []
    assert date_of(other) == "2026-11-03 09:30"


def test_a_partial_record_gives_no_dates_and_says_so(site: SiteFolder, tmp_path: Path, capsys: Said) -> None:
    commit(site, "2026-11-05T10:00:00+08:00")
    other = SiteFolder(tmp_path / "clone" / "site")
    git(site, "clone", "--quiet", "--depth=1", f"file://{site.folder.parent}", str(other.folder.parent))

    assert asked(other) == History(missing_reason=PARTIAL)
    assert other.build("--strict") == 0
    assert date_of(other) == ""
    assert f"{PARTIAL}，" in capsys.readouterr().out

    git(other, "fetch", "--quiet", "--unshallow")
    assert other.build() == 0
    assert date_of(other) == "2026-11-03 09:30"
    assert PARTIAL not in capsys.readouterr().out


def test_without_git_there_are_no_dates(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert asked(site) == History(missing_reason=NO_PROGRAM)


def test_outside_a_repository_there_are_no_dates(site: SiteFolder) -> None:
    shutil.rmtree(site.folder.parent / ".git")
    assert asked(site) == History(missing_reason=NO_RECORD)
    assert site.build() == 0
    assert date_of(site) == ""


def test_a_repository_without_a_commit_has_no_dates(site: SiteFolder) -> None:
    shutil.rmtree(site.folder.parent / ".git")
    git(site, "init", "--quiet", "..")
    assert asked(site) == History(missing_reason=NO_RECORD)


@pytest.mark.skipif(os.name == "nt", reason="a script stands in the place of git")
def test_a_folder_of_another_user_is_told_with_what_to_do(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert asked(site) == History(missing_reason=NOT_TRUSTED)
    assert site.build() == 0
    assert (
        "属于别的用户，内容里也没写 published；先运行 git config --global --add safe.directory"
        in capsys.readouterr().out
    )


def test_a_clone_that_lacks_records_and_has_no_server_is_told(site: SiteFolder, tmp_path: Path) -> None:
    git(site, "config", "uploadpack.allowFilter", "true")
    site.set(GUIDE, "summary", "改过")
    commit(site, "2026-11-05T10:00:00+08:00")
    other = tmp_path / "clone"
    git(site, "clone", "--quiet", "--filter=tree:0", (site.folder.parent).as_uri(), str(other))
    cloned = SiteFolder(other / "site")
    git(cloned, "remote", "set-url", "origin", (tmp_path / "gone").as_uri())

    assert asked(cloned) == History(missing_reason=UNREACHABLE)


def test_a_damaged_repository_is_told_in_the_words_of_git(site: SiteFolder) -> None:
    shutil.rmtree(site.folder.parent / ".git/objects")
    (site.folder.parent / ".git/objects").mkdir()

    assert asked(site).missing_reason.startswith("git 读不出提交记录，它说：")
    assert "仓库" in asked(site).remedy


def test_git_is_asked_for_the_history_once_per_commit(
    site: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "noted"
    script = tmp_path / "bin/git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$*" >> "{noted}"\nexec "{shutil.which("git")}" "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)

    def histories_read() -> int:
        return sum(" log " in line for line in noted.read_text("utf-8").splitlines())

    first = asked(site)
    assert asked(site) == first
    assert histories_read() == 1
    commit(site, "2026-11-05T10:00:00+08:00")
    assert asked(site) == asked(site)
    assert histories_read() == 2


def test_what_a_merge_brings_keeps_its_own_time(site: SiteFolder) -> None:
    git(site, "checkout", "--quiet", "-b", "side")
    site.set(GUIDE, "summary", "旁枝")
    commit(site, "2026-11-04T08:00:00+08:00")
    git(site, "checkout", "--quiet", "main")
    site.set(OTHER, "summary", "主干")
    commit(site, "2026-11-06T08:00:00+08:00")
    git(site, "merge", "--quiet", "--no-edit", "side", day="2026-11-09T08:00:00+08:00")

    assert asked(site).dates[GUIDE] == "2026-11-04 08:00"
    assert asked(site).dates[OTHER] == "2026-11-06 08:00"


def test_a_conflict_that_a_merge_settled_counts_as_its_change(site: SiteFolder) -> None:
    git(site, "checkout", "--quiet", "-b", "side")
    site.set(GUIDE, "summary", "旁枝")
    commit(site, "2026-11-04T08:00:00+08:00")
    git(site, "checkout", "--quiet", "main")
    site.set(GUIDE, "summary", "主干")
    commit(site, "2026-11-06T08:00:00+08:00")
    subprocess.run(["git", "merge", "--quiet", "side"], cwd=site.folder, check=False, capture_output=True)
    git(site, "checkout", "--quiet", "--ours", GUIDE)
    site.set(GUIDE, "summary", "两边都要")
    commit(site, "2026-11-09T08:00:00+08:00")

    assert asked(site).dates[GUIDE] == "2026-11-09 08:00"


def test_a_hook_of_another_repository_does_not_mislead(
    site: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert asked(site).dates[GUIDE] == "2026-11-03 09:30"


def test_content_that_is_a_repository_of_its_own_is_read(site: SiteFolder) -> None:
    shutil.rmtree(site.folder.parent / ".git")
    inner = replace(site, folder=site.folder / "content")
    git(inner, "init", "--quiet")
    git(inner, "add", ".")
    git(inner, "commit", "--quiet", "-m", "改", day="2026-11-07T07:07:00+08:00")

    assert asked(site).dates[GUIDE] == "2026-11-07 07:07"


def test_the_time_is_that_of_the_committers_clock(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/St_Johns")
    assert asked(site).dates[GUIDE] == "2026-11-03 09:30"
