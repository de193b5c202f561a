"""A signed sheet is written down; grave changes that nobody signed are told before a release."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_world import FILES, branched, git, reviewed
from site_folder import SiteFolder

DIBAO, LINSHI = "content/items/zhen/dibao.yaml", "content/items/zhen/linshi.yaml"


@pytest.fixture
def branch(tmp_path: Path) -> SiteFolder:
    """A branch after a release, in which something takes longer."""
    site = branched(tmp_path / "site")
    git(site.folder, "tag", "v1", "main")
    site.set(DIBAO, "time", "30个工作日")
    git(site.folder, "commit", "-qam", "slower")
    return site


def signed(site: SiteFolder, *options: str) -> int:
    number = str(reviewed(site)["number"])
    return site.run("sign", number, "--who", "分管副镇长", "--date", "2026-11-03", *options)


def released(site: SiteFolder, capsys: pytest.CaptureFixture[str], *options: str, code: int = 0) -> str:
    """Return what is told of unsigned changes before a release."""
    capsys.readouterr()
    assert site.run("check", "--release", *options, "--jobs", "1") == code
    return "\n".join(line for line in capsys.readouterr().out.splitlines() if "没有人签字" in line)


def test_a_signed_change_is_told_no_longer(branch: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert "申请低保：办得慢了（红），没有人签字" in released(branch, capsys)
    assert signed(branch) == 0
    assert released(branch, capsys) == ""
    text = branch.read("content/signoffs.yaml")
    assert "分管副镇长" in text
    assert "申请低保：办得慢了" in text


def test_a_second_signature_stands_beside_the_first(branch: SiteFolder) -> None:
    assert signed(branch, "--as", "审核") == 0
    before = branch.read("content/signoffs.yaml")
    assert signed(branch, "--as", "签发") == 0
    after = branch.read("content/signoffs.yaml")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "    - {step: 签发, who: 分管副镇长, date: 2026-11-03}"
    ]


def test_an_edit_after_the_signature_voids_it(branch: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    number = str(reviewed(branch)["number"])
    branch.set(DIBAO, "time", "31个工作日")
    assert branch.run("sign", number, "--who", "分管副镇长") == 2
    assert "签字以后内容又改过" in capsys.readouterr().err
    assert not (branch.folder / "content/signoffs.yaml").exists()
    assert "申请低保" in released(branch, capsys)


def test_to_sign_is_no_change_of_the_content(branch: SiteFolder) -> None:
    number = reviewed(branch)["number"]
    assert signed(branch) == 0
    assert reviewed(branch)["number"] == number


def test_what_was_signed_in_two_steps_is_signed(branch: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert signed(branch) == 0
    git(branch.folder, "add", ".")
    git(branch.folder, "commit", "-qm", "signed")
    git(branch.folder, "checkout", "-q", "main")
    git(branch.folder, "merge", "-q", "--ff-only", "edit")
    git(branch.folder, "checkout", "-qb", "next")
    branch.set(DIBAO, "time", "40个工作日")
    assert "申请低保" in released(branch, capsys)
    assert signed(branch) == 0
    assert released(branch, capsys) == ""


def test_two_items_with_the_same_change_are_signed_one_by_one(
    branch: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert signed(branch) == 0
    branch.set(LINSHI, "time", "30个工作日")
    assert "申请临时救助" in released(branch, capsys)
    assert "申请低保" not in released(branch, capsys)


def test_where_signatures_are_required_their_lack_is_an_error(
    branch: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    branch.write("site.yaml", f"{FILES['site.yaml']}review: {{required: 是}}\n")
    assert "申请低保" in released(branch, capsys, code=1)


def test_without_a_tag_one_says_what_the_last_release_was(
    branch: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    git(branch.folder, "tag", "-d", "v1")
    assert branch.run("check", "--release") == 2
    assert "写出来，如 check --release" in capsys.readouterr().err
    assert "申请低保" in released(branch, capsys, "main")
