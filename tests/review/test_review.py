"""A branch is reviewed as a section chief would: what changed for residents, how grave it is, what to look after."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from review_world import FILES, ITEM, branched, git, reviewed, rows
from site_folder import SiteFolder

from builder.cli import main


@pytest.fixture
def branch(tmp_path: Path) -> SiteFolder:
    return branched(tmp_path / "site")


def five_edits(site: SiteFolder) -> None:
    site.replace("content/departments/minzheng.yaml", "66660001", "66660002")
    site.replace("content/items/zhen/dibao.yaml", "户口簿]", "户口簿, 收入证明]")
    site.set("content/items/zhen/linshi.yaml", "time", "15个工作日")
    site.set("content/items/zhen/gaoling.yaml", "summary", "老人到镇里领")
    site.set("content/items/zhen/guer.yaml", "status", "已取消")


def test_five_edits_are_six_guides_and_five_rows_the_gravest_first(branch: SiteFolder) -> None:
    five_edits(branch)
    data = reviewed(branch)
    assert rows(data) == [
        ("红", "申请低保", "多要一样材料", "", "收入证明", 1),
        ("红", "孤儿认定", "不再办了", "在办", "已取消", 1),
        ("橙", "单位“民政办”", "电话·号码改动", "66660001", "66660002", 6),
        ("黄", "申请临时救助", "办得快了", "20个工作日", "15个工作日", 1),
        ("灰", "领高龄津贴", "一句话说明", "", "老人到镇里领", 1),
    ]
    assert "要多带 1 样材料" in str(data["says"])
    assert "打一遍电话" in str(data["to_do"])


def test_how_a_file_is_written_is_no_change(branch: SiteFolder) -> None:
    path = "content/items/zhen/dibao.yaml"
    text = branch.read(path).replace("[身份证, 户口簿]", "\n  - 身份证  # 看一眼\n  - name: 户口簿")
    lines = text.splitlines()
    branch.write(path, "\n".join(["# 民政办写的", lines[-1], *lines[:-1]]) + "\n")
    data = reviewed(branch)
    assert data["changes"] == []
    assert "没有变" in str(data["says"])


def test_an_alias_makes_no_guide_say_something_else_and_is_told_in_grey(branch: SiteFolder) -> None:
    branch.set("content/items/zhen/dibao.yaml", "aliases", "[吃低保]")
    assert [row[:3] for row in rows(reviewed(branch))] == [("灰", "申请低保", "别名")]


def test_what_no_guide_says_names_no_guide_but_in_grey(branch: SiteFolder) -> None:
    path = "content/items/zhen/dibao.yaml"
    steps = "steps:\n  - {actor: 民政办, do: 受理}\n  - {actor: 民政办, do: 录入系统, visibility: 内部}\n"
    branch.write(path, f"{branch.read(path)}{steps}")
    git(branch.folder, "commit", "-qam", "steps")
    text = branch.read(path)
    branch.write(path, text.replace("录入系统", "录进系统"))
    assert rows(reviewed(branch, "HEAD")) == []
    branch.write(path, text.replace("do: 受理", "do: 受理, kind: 受理"))
    assert {row[0] for row in rows(reviewed(branch, "HEAD"))} == {"灰"}


def test_a_new_a_lost_and_a_moved_item_are_told_with_their_addresses(branch: SiteFolder) -> None:
    branch.write("content/items/zhen/xin.yaml", ITEM.format(name="新的事"))
    (branch.folder / "content/items/zhen/canji.yaml").unlink()
    (branch.folder / "content/items/zhen/yiliao.yaml").rename(branch.folder / "content/items/zhen/yiliao-jiuzhu.yaml")
    data = reviewed(branch)
    assert [row[:3] for row in rows(data)] == [
        ("红", "残疾补贴", "撤下一份指南"),
        ("橙", "医疗救助", "换了网址"),
        ("橙", "新的事", "新增一份指南"),
    ]
    addresses = data["addresses"]
    assert isinstance(addresses, dict)
    assert ["items/yiliao.html", "items/yiliao-jiuzhu.html"] in addresses["moved"]
    assert "items/canji.html" in addresses["gone"]
    assert "items/xin.html" in addresses["added"]


def test_an_old_address_that_leads_on_or_says_why_is_not_gone(branch: SiteFolder) -> None:
    (branch.folder / "content/items/zhen/canji.yaml").unlink()
    (branch.folder / "content/items/zhen/yiliao.yaml").rename(branch.folder / "content/items/zhen/yiliao-jiuzhu.yaml")
    dead = reviewed(branch)["addresses"]
    entries = "items/yiliao.html: items/yiliao-jiuzhu.html\nitems/canji.html: {gone: 改由县里发}\n"
    branch.write("content/moved.yaml", entries)
    data = reviewed(branch)
    addresses = data["addresses"]
    assert isinstance(dead, dict)
    assert isinstance(addresses, dict)
    assert (dead["dead"], dead["withdrawn"]) == (["items/yiliao.html"], [])
    assert (addresses["dead"], addresses["withdrawn"]) == ([], ["items/canji.html"])
    assert addresses["moved"] == [["items/yiliao.html", "items/yiliao-jiuzhu.html"]]
    assert [url for url in addresses["gone"] if "canji" in url or "yiliao" in url] == []
    assert {row[0] for row in rows(data) if "旧网址" in row[1]} <= {"灰"}


def test_what_the_change_brought_is_told_apart_from_what_was_there(branch: SiteFolder) -> None:
    branch.set("content/items/zhen/dibao.yaml", "legal", "《社会保险法》（国令[2010]35号）")
    before = reviewed(branch, "HEAD..HEAD")
    data = reviewed(branch)
    assert before["findings"] == []
    assert data["older_findings"] == before["older_findings"]


def test_a_broken_head_is_told_as_broken(branch: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    branch.set("content/items/zhen/dibao.yaml", "time", "很快")
    data = reviewed(branch, code=1)
    assert (data["broken"], data["changes"]) == (True, [])
    assert branch.run("review", "--jobs", "1") == 1
    assert "1 处错误，不能发布，也没有比较" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [["no-such-branch"], ["main..nowhere"]])
def test_a_comparison_that_fails_never_reads_as_no_change(
    asked: Sequence[str], branch: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert branch.run("review", *asked) == 2
    said = capsys.readouterr()
    assert "比不了，不知道改了什么" in said.err
    assert said.out == ""


def test_without_git_two_folders_are_compared(tmp_path: Path) -> None:
    old, new = (SiteFolder(tmp_path / name).write_all(FILES) for name in ("old", "new"))
    five_edits(new)
    out = tmp_path / "review.json"
    assert main(["review", str(old.folder), str(new.folder), "--format", "json", "--out", str(out), "--jobs", "1"]) == 0
    assert len(json.loads(out.read_text("utf-8"))["changes"]) == 5


def test_only_what_the_branch_did_is_reviewed(branch: SiteFolder) -> None:
    branch.set("content/items/zhen/dibao.yaml", "time", "30个工作日")
    git(branch.folder, "commit", "-qam", "slower")
    git(branch.folder, "checkout", "-q", "main")
    branch.set("content/items/zhen/canji.yaml", "time", "5个工作日")
    git(branch.folder, "commit", "-qam", "faster, on main")
    git(branch.folder, "checkout", "-q", "edit")
    assert [row[1:3] for row in rows(reviewed(branch, "main..edit"))] == [("申请低保", "办得慢了")]


def test_the_number_of_a_change_is_another_after_any_edit(branch: SiteFolder) -> None:
    five_edits(branch)
    number = reviewed(branch)["number"]
    assert reviewed(branch)["number"] == number
    branch.set("content/items/zhen/gaoling.yaml", "summary", "老人到镇里领取")
    assert reviewed(branch)["number"] != number


def test_the_page_is_one_file_that_needs_nothing_else(branch: SiteFolder, tmp_path: Path) -> None:
    five_edits(branch)
    out = tmp_path / "review.html"
    assert branch.run("review", "--format", "html", "--out", str(out), "--jobs", "1") == 0
    page = out.read_text("utf-8")
    assert not re.search(r'(?:src|href)="|<script|url\(', page)
    assert "<del>20个</del><ins>15个</ins>" in page.replace(
        "<del>20</del><ins>15</ins>个", "<del>20个</del><ins>15个</ins>"
    )


def test_what_an_editor_wrote_cannot_break_the_table_or_call_people(
    branch: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    branch.set("content/items/zhen/dibao.yaml", "summary", "'a | b < c @somebody `code`'")
    assert branch.run("review", "--jobs", "1") == 0
    (row,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("| ⚪"))
    assert row.count(" | ") == 6
    assert "< c" not in row
    assert "@somebody" not in row


def test_a_site_gives_changes_levels_of_its_own(branch: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    own = "review:\n  levels:\n    - {change: 一句话说明, to: 橙, why: 群众先看这一句}\n"
    branch.write("site.yaml", FILES["site.yaml"] + own)
    branch.set("content/items/zhen/dibao.yaml", "summary", "换一句话")
    assert ("橙", "申请低保") in {row[:2] for row in rows(reviewed(branch))}
    branch.write("site.yaml", FILES["site.yaml"] + own.replace("一句话说明", "一句话说法"))
    assert branch.run("review", "--jobs", "1") != 0
    assert "没有“一句话说法”这种改动" in capsys.readouterr().out
