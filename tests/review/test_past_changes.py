"""What changed in the past is told commit by commit, from git alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_world import branched, git
from site_folder import SiteFolder

from builder.cli.console import no_progress
from builder.content.history import PARTIAL, PastChange, history_of
from builder.differences.past import Past, past_of
from builder.support.store import Store

DIBAO = "content/items/zhen/dibao.yaml"


def known(site: SiteFolder) -> Past:
    with Store.open(site.folder / ".cache", "test") as store:
        history = history_of(site.folder / "content", store)
        return past_of(site.folder, history, store, {}, no_progress)


def past(site: SiteFolder) -> list[PastChange]:
    return list(known(site).changes)


def told(changes: list[PastChange]) -> list[tuple[str, str, str]]:
    return [(one.level, one.title, one.says) for one in changes]


def test_a_merged_branch_counts_as_one_change(tmp_path: Path) -> None:
    site = branched(tmp_path / "site")
    for days in ("30个工作日", "25个工作日"):
        site.set(DIBAO, "time", days)
        git(site.folder, "commit", "-qam", "slower")
    git(site.folder, "checkout", "-q", "main")
    git(site.folder, "merge", "-q", "--no-ff", "-m", "merged", "edit")
    first, *others = past(site)
    assert (first.title, first.says, first.was, first.now) == ("申请低保", "办得慢了", "20个工作日", "25个工作日")
    assert {one.says for one in others} == {"新增一份指南"}


def test_drafts_words_and_writing_are_left_out(tmp_path: Path) -> None:
    site = branched(tmp_path / "site")
    site.write("content/items/zhen/caogao.yaml", "name: 还没好\nstatus: 草稿\n")
    site.set(DIBAO, "summary", "换一句话")
    text = site.read("content/items/zhen/linshi.yaml")
    site.write("content/items/zhen/linshi.yaml", f"# 备注\n{text}")
    git(site.folder, "add", ".")
    git(site.folder, "commit", "-qm", "nothing for residents")
    assert {one.says for one in past(site)} == {"新增一份指南"}


def test_a_draft_that_is_published_and_an_item_that_goes_are_told(tmp_path: Path) -> None:
    site = branched(tmp_path / "site")
    site.set(DIBAO, "status", "草稿")
    git(site.folder, "commit", "-qam", "hidden")
    site.set(DIBAO, "status", "在办")
    git(site.folder, "commit", "-qam", "shown")
    assert told(past(site))[:2] == [("橙", "申请低保", "新增一份指南"), ("红", "申请低保", "撤下一份指南")]


def test_the_second_time_nothing_is_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = branched(tmp_path / "site")
    first = past(site)
    monkeypatch.setattr("builder.differences.past.git_files", lambda *_: pytest.fail("read again"))
    assert past(site) == first


def test_a_part_of_the_history_is_refused(tmp_path: Path) -> None:
    site = branched(tmp_path / "site")
    site.set(DIBAO, "time", "30个工作日")
    git(site.folder, "commit", "-qam", "slower")
    git(tmp_path, "clone", "-q", "--depth", "1", site.folder.as_uri(), "shallow")
    assert known(SiteFolder(tmp_path / "shallow")) == Past(missing_reason=PARTIAL)
