"""`review --post` in a run of a platform: what stands below the pull request, what is written, what the exit code says."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_platform import TOKEN, FakePlatform, Fault, served
from review_world import ITEM, branched, reviewed
from site_folder import SiteFolder

from builder.posting.comment import fitted, size_of
from builder.review.markdown import MARK, MOST_LISTED

Said = pytest.CaptureFixture[str]
DIBAO = "content/items/zhen/dibao.yaml"


@pytest.fixture
def branch(tmp_path: Path) -> SiteFolder:
    return branched(tmp_path / "site")


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlatform]:
    """A run of GitHub with nothing else in its environment that could tell where to post."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    with served(FakePlatform("github")) as platform:
        for name, value in platform.environment().items():
            monkeypatch.setenv(name, value)
        yield platform


def post_review(site: SiteFolder, *options: str) -> int:
    return site.run("review", "--jobs", "1", "--post", "auto", *options)


def test_what_is_posted_is_the_review_and_its_second_edition(
    branch: SiteFolder, platform: FakePlatform, capsys: Said
) -> None:
    branch.set(DIBAO, "time", "30个工作日")
    assert post_review(branch) == 0
    said = capsys.readouterr()
    (body,) = platform.bodies
    assert body.startswith(said.out.rstrip("\n"))
    assert "办得慢了" in body
    assert said.err == "GitHub 上发了评论：https://github.example.cn/town/guides/pull/12#1001\n"
    branch.set(DIBAO, "time", "10个工作日")
    assert post_review(branch) == 0
    (body,) = platform.bodies
    assert "办得快了" in body
    assert "改好了原来的评论" in capsys.readouterr().err


def test_the_comment_is_markdown_whatever_is_written_to_the_file(
    branch: SiteFolder, platform: FakePlatform, tmp_path: Path
) -> None:
    page = tmp_path / "review.html"
    assert post_review(branch, "--format", "html", "--out", str(page)) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert platform.bodies[0].startswith(MARK)


@pytest.mark.parametrize(("fault", "code"), [(Fault(401, times=9), 2), (Fault(500, times=99), 3)])
def test_a_failed_post_hides_no_review(
    fault: Fault, code: int, branch: SiteFolder, platform: FakePlatform, capsys: Said
) -> None:
    branch.set(DIBAO, "time", "30个工作日")
    platform.faults = [fault]
    assert post_review(branch) == code
    said = capsys.readouterr()
    assert "办得慢了" in said.out
    assert "错误: 评论没有发上去：" in said.err
    assert TOKEN not in said.out + said.err


def test_errors_of_the_content_are_what_the_comment_says(branch: SiteFolder, platform: FakePlatform) -> None:
    branch.set(DIBAO, "time", "很快")
    assert post_review(branch) == 1
    assert "1 处错误，不能发布，也没有比较" in platform.bodies[0]


def test_settings_that_are_wrong_replace_the_older_review(
    branch: SiteFolder, platform: FakePlatform, capsys: Said
) -> None:
    assert post_review(branch) == 0
    branch.write("site.yaml", "name: 好\nmei_you: 1\n")
    assert post_review(branch) == 2
    (body,) = platform.bodies
    assert "网站的设置有错误，不能发布，也没有比较" in body
    assert "mei&#95;you" in body
    assert "mei_you" in capsys.readouterr().out


def test_a_comparison_that_fails_replaces_the_older_review(
    branch: SiteFolder, platform: FakePlatform, capsys: Said
) -> None:
    assert post_review(branch) == 0
    assert post_review(branch, "no-such-branch") == 2
    (body,) = platform.bodies
    assert "比不了，不知道改了什么" in body
    assert "没有“no-such-branch”" in capsys.readouterr().err


def test_without_a_token_there_is_a_review_and_a_reason(
    branch: SiteFolder, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "")
    assert post_review(branch) == 2
    said = capsys.readouterr()
    assert said.out.startswith(MARK)
    assert "没有令牌" in said.err
    assert platform.asked == []


def test_a_token_on_the_command_line_is_refused(branch: SiteFolder) -> None:
    with pytest.raises(SystemExit):
        post_review(branch, "--token", TOKEN)


@pytest.mark.parametrize(
    ("path", "summary", "code"),
    [
        (DIBAO, "x | /close <!-- bszn-review --> </table><script> @all", 1),
        (DIBAO, r"x\n/close\n<!-- bszn-review -->\n@all | <script>\u202e\u2028/merge\r/lgtm", 0),
        ("content/items/zhen\n/close @all\n<!-- bszn-review -->.yaml", "x", 1),
    ],
)
def test_hostile_text_stays_text(
    path: str, summary: str, code: int, branch: SiteFolder, platform: FakePlatform
) -> None:
    branch.write(path, f'{branch.read(DIBAO)}summary: "{summary}"\n')
    assert post_review(branch) == code
    (body,) = platform.bodies
    lines = body.splitlines()  # at every character that may end a line
    assert not [line for line in lines if line.lstrip().startswith("/")]
    assert "&#60;" in body
    assert body.count("<!--") == 1
    assert "<script" not in body
    assert "@all" not in body
    assert "\u202e" not in body


MANY = 30


def test_more_errors_than_a_platform_shows_are_counted_told_and_kept(
    branch: SiteFolder, platform: FakePlatform, tmp_path: Path
) -> None:
    for n in range(MANY):
        branch.write(f"content/items/zhen/xin-{n:02}.yaml", ITEM.format(name=f"新的事{n}") + "wrong_key: 1\n")
    page, data = tmp_path / "review.html", tmp_path / "review.json"
    assert post_review(branch, "--format", "html", "--out", str(page)) == 1
    assert branch.run("review", "--jobs", "1", "--format", "json", "--out", str(data)) == 1
    (body,) = platform.bodies
    assert f"{MANY} 处错误" in body
    assert sum(f"xin-{n:02}.yaml" in body for n in range(MANY)) == MOST_LISTED
    assert f"另有 {MANY - MOST_LISTED} 处" in body
    assert all(f"xin-{n:02}.yaml" in page.read_text("utf-8") for n in range(MANY))
    assert len(json.loads(data.read_text("utf-8"))["errors"]) == MANY


def test_more_warnings_than_a_platform_shows_are_counted_told_and_kept(
    branch: SiteFolder, platform: FakePlatform, tmp_path: Path
) -> None:
    for n in range(MANY):
        item = ITEM.format(name=f"新的事{n}").replace("本镇户口", "签定合同的")
        branch.write(f"content/items/zhen/xin-{n:02}.yaml", item)
    page = tmp_path / "review.html"
    assert post_review(branch, "--format", "html", "--out", str(page)) == 0
    found = reviewed(branch)["findings"]
    assert isinstance(found, list)
    assert len(found) >= MANY
    (body,) = platform.bodies
    heading = f"### 这次改动带来的检查问题（{len(found)}）"
    section = body.partition(heading)[2].partition("\n### ")[0]
    assert section.count(".yaml：") == MOST_LISTED
    assert f"另有 {len(found) - MOST_LISTED} 处" in section
    on_a_narrow_platform = fitted(body, 3000, "")
    assert size_of(on_a_narrow_platform) <= 3000
    assert 3 < on_a_narrow_platform.partition(heading)[2].partition("\n### ")[0].count(".yaml：") < MOST_LISTED
    checks = page.read_text("utf-8").partition("<h2>检查</h2>")[2].partition("<h2>")[0]
    assert all(f"xin-{n:02}.yaml" in checks for n in range(MANY))
