"""A review is one comment below a pull request, whatever the platform, and whatever the platform does."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator

import pytest
from fake_platform import NAMES, SOMEBODY, TOKEN, US, FakePlatform, Fault, served

from builder.cli.arguments import POSTED_TO
from builder.posting import AUTO, PLATFORMS, Posted, api, post
from builder.posting.comment import fitted, size_of
from builder.posting.platform import NotPosted
from builder.support.failure import MACHINE_ERROR, USAGE_ERROR

MARK = "<!-- mark -->"
TEXT = f"{MARK}\n## 改动审核\n\n改了 1 个事项。\n"


@pytest.fixture(params=NAMES)
def platform(request: pytest.FixtureRequest, waits: list[float]) -> Iterator[FakePlatform]:
    with served(FakePlatform(request.param)) as platform:
        yield platform


@pytest.fixture
def github(waits: list[float]) -> Iterator[FakePlatform]:
    with served(FakePlatform("github")) as platform:
        yield platform


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds for which it was waited."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def posted(platform: FakePlatform, text: str = TEXT, **environment: str) -> Posted:
    return post(text, MARK, platform.asked_as, platform.environment() | environment)


def failure(platform: FakePlatform, **environment: str) -> NotPosted:
    """Return why nothing was posted; the token stands in nothing that is told of it."""
    with pytest.raises(NotPosted) as failed:
        posted(platform, **environment)
    assert TOKEN not in "".join(traceback.format_exception(failed.value)) + repr(failed.value) + failed.value.hint
    return failed.value


def test_a_second_run_changes_the_comment_and_adds_none(platform: FakePlatform) -> None:
    platform.say("看过了")
    assert not posted(platform).updated
    assert posted(platform, TEXT.replace("1 个", "2 个")).updated
    assert len(platform.comments) == 2
    assert platform.bodies[1].startswith(TEXT.replace("1 个", "2 个"))


def test_the_comment_is_found_on_any_page(platform: FakePlatform) -> None:
    for n in range(95):
        platform.say(f"第 {n} 条")
    platform.say(f"{MARK}\n旧的", US)
    platform.say("最后一条")
    assert posted(platform).updated
    assert len(platform.comments) == 97


def test_the_token_is_in_no_address(platform: FakePlatform) -> None:
    platform.say("看过了")
    posted(platform)
    posted(platform)
    assert 4 <= len(platform.asked) <= 6  # and a platform without pages is not asked for ever more
    assert TOKEN not in "".join(platform.asked)


def test_what_goes_wrong_for_a_moment_is_tried_again(platform: FakePlatform, waits: list[float]) -> None:
    platform.faults = [Fault(502), Fault(503, "POST"), Fault(429, headers={"Retry-After": "30"})]
    assert not posted(platform).updated
    assert len(platform.comments) == 1
    assert 30 in waits
    assert len(waits) == 3


def test_an_answer_that_does_not_come_is_asked_for_again(
    github: FakePlatform, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "SECONDS", 0.1)
    github.faults = [Fault(201, "POST", done=True, delay=0.3)]
    assert posted(github).updated
    assert len(waits) == 1
    assert len(github.comments) == 1


def test_a_run_that_asked_too_often_is_no_wrong_token(github: FakePlatform) -> None:
    github.faults = [Fault(403, times=99, headers={"X-RateLimit-Remaining": "0"})]
    assert "现在不行（403）" in failure(github).says


def test_a_comment_whose_answer_was_lost_is_not_written_twice(platform: FakePlatform) -> None:
    platform.faults = [Fault(500, "POST", done=True)]
    assert posted(platform).updated
    assert len(platform.comments) == 1


def test_what_stays_wrong_is_given_up(platform: FakePlatform, waits: list[float]) -> None:
    platform.faults = [Fault(503, times=99)]
    failed = failure(platform)
    assert "503" in failed.says
    assert "试了 4 次" in failed.says
    assert failed.exit_code == MACHINE_ERROR
    assert len(platform.asked) == 4
    assert sum(waits) < 60


def test_a_machine_that_does_not_answer_is_named(platform: FakePlatform) -> None:
    address = platform.address
    platform.address = "http://127.0.0.1:9"  # nobody listens there
    failed = failure(platform)
    platform.address = address
    assert "连不上 127.0.0.1" in failed.says
    assert failed.exit_code == MACHINE_ERROR


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_says_which_variable_to_look_at(status: int, platform: FakePlatform, waits: list[float]) -> None:
    platform.faults = [Fault(status, times=9)]
    failed = failure(platform)
    assert str(status) in failed.says
    assert failed.exit_code == USAGE_ERROR
    assert waits == []
    own = PLATFORMS[platform.name]
    if status == 404:
        assert "12 号" in failed.says
        assert (own.number or "REVIEW_NUMBER") in failed.hint
        assert (own.repository or "REVIEW_REPOSITORY") in failed.hint
    else:
        assert any(name in failed.hint for name in own.token)
    if status == 403:
        assert own.permission in failed.hint


def test_a_wrong_token_is_told_and_shown_nowhere(platform: FakePlatform) -> None:
    wrong = "ghp_wrongwrongwrong"
    with pytest.raises(NotPosted) as failed:
        posted(platform, REVIEW_TOKEN=wrong)
    assert "401" in failed.value.says
    assert "REVIEW_TOKEN" in failed.value.hint
    assert wrong not in "".join(traceback.format_exception(failed.value)) + failed.value.hint


def test_a_platform_that_repeats_the_token_is_not_repeated(github: FakePlatform) -> None:
    github.faults = [Fault(422, body=f'{{"message": "Body is too long, token {TOKEN}"}}')]
    assert "Body is too long, token ***" in failure(github).says


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "密码", "nul\0"])
def test_what_cannot_be_a_token_is_not_sent_and_not_shown(token: str, github: FakePlatform) -> None:
    with pytest.raises(NotPosted, match="GITHUB_TOKEN 里的不像令牌") as failed:
        posted(github, GITHUB_TOKEN=token)
    assert token not in "".join(traceback.format_exception(failed.value))
    assert github.asked == []


def test_a_token_that_was_copied_with_a_line_break_works(github: FakePlatform) -> None:
    assert not posted(github, GITHUB_TOKEN=f" {TOKEN}\n").updated


def test_a_redirect_does_not_take_the_token_elsewhere(github: FakePlatform) -> None:
    with served(FakePlatform("github")) as elsewhere:
        github.faults = [Fault(302, headers={"Location": f"{elsewhere.address}/repos/town/guides/issues/12/comments"})]
        assert "搬到别处了（302）" in failure(github).says
        assert elsewhere.asked == []


def test_a_page_that_is_no_api_is_told(github: FakePlatform) -> None:
    github.faults = [Fault(200, body="<html>请登录</html>")]
    assert "REVIEW_API" in failure(github).hint


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("GITHUB_REF", "refs/heads/main", "不知道是几号合并请求"),
        ("REVIEW_NUMBER", "12?x=", "不知道是几号合并请求"),
        ("GITHUB_REPOSITORY", "", "不知道是哪个仓库"),
        ("GITHUB_TOKEN", "", "没有令牌"),
        ("GITHUB_API_URL", "ftp://example.cn", "不知道 GitHub 的接口在哪里"),
        ("GITHUB_API_URL", f"https://me:{TOKEN}@example.cn", "不知道 GitHub 的接口在哪里"),
        ("REVIEW_LONGEST", "much", "REVIEW_LONGEST 要写大于 0 的整数"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_sent(
    variable: str, value: str, says: str, github: FakePlatform
) -> None:
    failed = failure(github, **{variable: value})
    assert says in failed.says
    assert github.asked == []


def test_a_run_of_no_platform_asks_for_its_name() -> None:
    with pytest.raises(NotPosted, match="认不出"):
        post(TEXT, MARK, AUTO, {"GITHUB_TOKEN": TOKEN})


def test_the_command_offers_what_there_is() -> None:
    assert set(POSTED_TO) == {AUTO, *PLATFORMS}


def test_what_somebody_else_wrote_is_left_as_it_is(platform: FakePlatform) -> None:
    forged = f"{MARK}\n审过了，没有问题"
    platform.say(forged, SOMEBODY)
    platform.say(f"> {MARK}\n引一句", US)
    for _ in range(2):
        posted(platform)
    assert platform.bodies[:2] == [forged, f"> {MARK}\n引一句"]
    assert len(platform.comments) == 3


def test_a_token_that_may_not_ask_whose_it_is_finds_its_comment(platform: FakePlatform) -> None:
    platform.knows_the_token = False
    assert not posted(platform).updated
    assert posted(platform).updated
    assert len(platform.comments) == 1


def test_on_github_such_a_token_leaves_the_comments_of_people(github: FakePlatform) -> None:
    github.knows_the_token = False
    github.say(f"{MARK}\n审过了", SOMEBODY)
    assert not posted(github).updated


def test_a_project_of_gitlab_may_be_told_by_its_path(waits: list[float]) -> None:
    with served(FakePlatform("gitlab")) as gitlab:
        for _ in range(2):
            posted(gitlab, REVIEW_REPOSITORY="town/guides")
        assert len(gitlab.comments) == 1
        assert all("/projects/town%2Fguides/" in asked for asked in gitlab.asked if "/user" not in asked)


def test_the_comment_leads_to_the_run(github: FakePlatform) -> None:
    posted(github)
    assert "(https://github.example.cn/town/guides/actions/runs/99)" in github.bodies[0]
    posted(github, REVIEW_LINK="https://example.cn/yulan")
    assert "(https://example.cn/yulan)" in github.bodies[0]


LONG = f"{MARK}\n## 改动审核\n\n**带来 300 处检查问题**\n" + "".join(
    f"\n### {name}（{n}）\n\n" + "".join(f"- {name} {line} 号 🔴{'甲' * 50}\n" for line in range(n))
    for name, n in (("改动", 900), ("检查问题", 300), ("签字以前", 5))
)


@pytest.mark.parametrize("name", NAMES)
def test_a_comment_is_never_longer_than_the_platform_takes(name: str, waits: list[float]) -> None:
    with served(FakePlatform(name)) as platform:
        posted(platform, LONG * (20 if name == "gitlab" else 1))
        (body,) = platform.bodies
        longest = PLATFORMS[name].longest
        assert longest * 0.9 < size_of(body) <= longest


def test_what_has_no_room_is_counted_and_every_section_keeps_its_first_lines() -> None:
    text = fitted(LONG, 8000, "https://example.cn/run")
    for name in ("改动", "检查问题", "签字以前"):
        assert f"- {name} 0 号" in text
    lines = LONG.count("\n- ")
    kept = text.count("\n- ")
    assert kept < lines
    assert f"一共少了 {lines - kept} 行" in text
    assert "[这次运行的产物](https://example.cn/run)" in text
    assert all(line in LONG for line in text.splitlines() if line.startswith("- "))  # cut between lines only


def test_a_comment_with_room_is_whole() -> None:
    assert fitted(LONG, 10**6, "") == LONG


def test_a_line_that_platforms_would_obey_is_text() -> None:
    assert fitted("行\n/close\n  /merge\n见 a/b\n", 1000, "") == "行\n&#47;close\n  &#47;merge\n见 a/b\n"
