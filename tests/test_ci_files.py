"""The files for runs of platforms, in `docs/ci`: the script works on any machine, and the others call what there is."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from fake_platform import FakePlatform, served
from review_world import branched, git
from site_folder import REPOSITORY, SiteFolder

from builder.cli.arguments import parse
from builder.posting import PLATFORMS
from builder.posting import platform as posting

FOLDER = REPOSITORY / "docs/ci"
SCRIPT = (FOLDER / "review.sh").read_text("utf-8")
GUIDE = (FOLDER / "README.md").read_text("utf-8")
SETTINGS = set(re.findall(r"^([A-Z]+)=\$\{\1:-", SCRIPT, re.MULTILINE))
FILES = ("github.yml", "gitea.yml", "gitlab-ci.yml")
DIBAO = "content/items/zhen/dibao.yaml"


def loaded(name: str) -> dict[Any, Any]:
    data = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    assert isinstance(data, dict)
    return data


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of a file; that of GitLab as one like the others."""
    data = loaded(name)
    if name != "gitlab-ci.yml":
        (job,) = data["jobs"].values()
        return list(job["steps"])
    job = data["review"]
    kept = job["artifacts"]
    return [
        {"with": {"fetch-depth": int(job["variables"]["GIT_DEPTH"])}},
        *({"run": line} for line in job["before_script"]),
        *({"run": line, "env": job["variables"]} for line in job["script"]),
        {"if": f"{kept['when']}()", "with": {"path": kept["paths"][0].rstrip("/")}},
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_file_runs_the_script_on_the_whole_history_and_keeps_what_it_makes(name: str) -> None:
    checkout, *others, kept = steps(name)
    assert checkout["with"]["fetch-depth"] == 0
    assert [step["run"] for step in others if "run" in step] == ["pip install uv", "sh docs/ci/review.sh"]
    assert kept["if"] == "always()"
    assert kept["with"]["path"] == "review"


@pytest.mark.parametrize("name", FILES)
def test_a_file_tells_the_script_only_what_it_asks_for(name: str) -> None:
    (told,) = (step["env"] for step in steps(name) if "review.sh" in step.get("run", ""))
    tokens = {variable for platform in PLATFORMS.values() for variable in platform.token} | {posting.TOKEN}
    assert set(told) <= SETTINGS | tokens | {"GIT_DEPTH"}
    assert {"SITE", "STRICT", "BASE", "POST", "ANNOTATIONS"} <= set(told)
    assert told["POST"] in PLATFORMS
    assert told["STRICT"] == ""


def test_no_file_gives_secrets_to_code_of_strangers() -> None:
    for name in ("github.yml", "gitea.yml"):
        data = loaded(name)
        assert list(data[True]) == ["pull_request"]  # YAML reads “on” as true
        runs = " ".join(step.get("run", "") for step in steps(name))
        assert "${{" not in runs  # what others write, such as names of branches, is no part of a command
    assert loaded("github.yml")["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_the_script_calls_commands_with_options_that_there_are() -> None:
    known = {"$strict": "--strict", "$post": "--post auto", "$ANNOTATIONS": "github"}
    calls = re.findall(r"\$BUILD (.*?)(?: >| ;;|$)", SCRIPT, re.MULTILINE)
    assert len(calls) == 7
    for call in calls:
        line = re.sub(r'\$\{BASE:\+"\$BASE\.\.HEAD"\}', "main..HEAD", call)
        for name, value in known.items():
            line = line.replace(name, value)
        assert "${" not in line
        assert parse(shlex.split(line)).command == call.split()[0]


def test_the_script_looks_at_every_variable_that_may_hold_a_token() -> None:
    asked = set(re.findall(r"\$\{(\w+_TOKEN):-\}", SCRIPT))
    assert asked == {variable for platform in PLATFORMS.values() for variable in platform.token} | {posting.TOKEN}


def test_the_guide_names_every_file_and_every_variable() -> None:
    names = {posting.API, posting.REPOSITORY, posting.NUMBER, posting.TOKEN, posting.LINK, posting.LONGEST}
    assert {name for name in names if f"| `{name}` |" not in GUIDE} == set()
    assert {path.name for path in FOLDER.iterdir() if f"]({path.name})" not in GUIDE} == {"README.md"}


def test_no_file_holds_commands_that_other_shells_do_not_know() -> None:
    assert SCRIPT.startswith("#!/bin/sh\n")
    assert not re.search(r"\[\[|\bfunction |\blocal |pipefail|<<<|\$'|&>", SCRIPT)


@pytest.fixture
def clone(tmp_path: Path) -> SiteFolder:
    """A shallow clone of a small site, on a branch with an edit, as a run begins."""
    site = branched(tmp_path / "site")
    site.set(DIBAO, "time", "30个工作日")
    git(site.folder, "commit", "-qam", "slower")
    shared = tmp_path / "town" / "guides.git"
    git(tmp_path, "clone", "-q", "--bare", str(site.folder), str(shared))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "edit", shared.as_uri(), str(clone))
    return SiteFolder(clone)


@pytest.fixture
def gitee() -> Iterator[FakePlatform]:
    with served(FakePlatform("gitee")) as platform:
        yield platform


def run(site: SiteFolder, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script in the folder of a site with nothing else in its environment than what it needs."""
    clean: Mapping[str, str] = {
        "PATH": os.pathsep.join({"/usr/bin", "/bin", str(Path(shutil.which("git") or "git").parent)}),
        "HOME": str(site.folder.parent),
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", ""),
        "BUILD": f"{sys.executable} {REPOSITORY / 'build.py'}",
        "BASE": "origin/main",
        **environment,
    }
    command = ["env", "-i", *(f"{name}={value}" for name, value in clean.items()), "sh", str(FOLDER / "review.sh")]
    return subprocess.run(command, cwd=site.folder, capture_output=True, text=True, encoding="utf-8")


def made(site: SiteFolder) -> set[str]:
    return {path.name for path in (site.folder / "review").iterdir()}


def test_in_a_clean_environment_the_script_checks_reviews_posts_and_shows(
    clone: SiteFolder, gitee: FakePlatform
) -> None:
    token = gitee.environment()["GITEE_TOKEN"]
    ran = run(clone, POST="gitee", GITEE_TOKEN=token, REVIEW_API=gitee.address, GITEE_PULL_ID="12")
    assert (ran.returncode, ran.stderr.splitlines()) == (0, ["Gitee 上发了评论：" + gitee.comments[0]["html_url"]])
    assert made(clone) == {"check.txt", "review.md", "review.html", "sheet.html", "site", "build.txt"}
    (body,) = gitee.bodies
    assert "办得慢了" in body
    assert clone.read("review/review.md").rstrip("\n") in ran.stdout
    assert "30个工作日" in clone.read("review/site/items/dibao.html")
    assert token not in ran.stdout + ran.stderr


def test_the_script_tells_of_errors_without_a_token(clone: SiteFolder, tmp_path: Path) -> None:
    clone.set(DIBAO, "time", "很快")
    git(clone.folder, "commit", "-qam", "broken")
    summary = tmp_path / "summary.md"
    ran = run(clone, ANNOTATIONS="github", GITHUB_STEP_SUMMARY=str(summary))
    assert ran.returncode == 1
    assert "没有令牌，不发评论" in ran.stderr
    assert "没有做预览网站" in ran.stderr
    assert f"::error file={DIBAO}" in ran.stdout
    assert made(clone) == {"check.txt", "review.md", "review.html", "build.txt"}
    assert "1 处错误，不能发布" in summary.read_text("utf-8")
    assert "很快" in clone.read("review/check.txt")


RECORDING = """\
echo "$@" >>"$HOME/calls"
for word; do case $word in */review.md) : >"$word" ;; esac; done
case "$*" in *--strict*) exit 1 ;; *--post*) exit 3 ;; esac
"""


@pytest.fixture
def calls(clone: SiteFolder, tmp_path: Path) -> Path:
    """Where a program that stands for ours notes how it was called; checks fail if they are strict, and posts."""
    (tmp_path / "recording.sh").write_text(RECORDING, "utf-8")
    return tmp_path / "calls"


def test_strict_is_for_the_check_alone(clone: SiteFolder, calls: Path, tmp_path: Path) -> None:
    ran = run(clone, BUILD=f"sh {tmp_path}/recording.sh", STRICT="1", ANNOTATIONS="gitlab", SITE="small/site.yaml")
    assert ran.returncode == 1
    called = calls.read_text("utf-8").splitlines()
    assert [line.split()[0] for line in called if "--strict" in line] == ["check", "check"]
    assert all("--site small/site.yaml" in line for line in called)
    assert "review/codequality.json" in {f"review/{name}" for name in made(clone)}


def test_a_failed_post_is_the_exit_code_and_all_the_rest_is_made(
    clone: SiteFolder, calls: Path, tmp_path: Path
) -> None:
    ran = run(clone, BUILD=f"sh {tmp_path}/recording.sh", REVIEW_TOKEN="any", POST="gitlab")  # noqa: S106 - any
    assert ran.returncode == 3
    called = calls.read_text("utf-8")
    assert "--post gitlab" in called
    for option in ("--format html", "--format sheet", "build --site"):
        assert option in called


def test_no_token_is_used_where_nothing_is_to_be_posted(clone: SiteFolder, calls: Path, tmp_path: Path) -> None:
    ran = run(clone, BUILD=f"sh {tmp_path}/recording.sh", REVIEW_TOKEN="any", POST="no")  # noqa: S106 - any
    assert ran.returncode == 0
    assert "--post" not in calls.read_text("utf-8")
