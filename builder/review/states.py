"""Two states of a site, each checked: the one before a change, and the one after it."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from builder.content.history import PARTIAL, reason
from builder.content.site import Site
from builder.form.record_names import Names
from builder.pipeline import Build, check
from builder.project import Project, open_project
from builder.support.failure import USAGE_ERROR, Failure
from builder.support.git import git_bytes, is_installed, run_git
from builder.support.processes import Processes, Progress

FOLDER = "review"  # in the cache: the states of commits, and what was found out about them
MARK = "commit"  # the file that says of which commit a folder holds the state; it is written last
MAIN_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
PARTS = ("site.yaml", "content", "templates", "static")  # of the folder of a site: all that makes it


class NotCompared(Failure):
    """Two states cannot be compared. Nothing is known of what changed."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(f"比不了，不知道改了什么：{says}", hint, USAGE_ERROR)


@dataclass(frozen=True)
class State:
    """A state of a site: what it is called, its commit ("" for files that are not committed), and what its check gave."""

    name: str
    commit: str
    project: Project
    build: Build

    @property
    def site(self) -> Site:
        """The collected site."""
        return self.build.site

    @cached_property
    def names(self) -> Names:
        """What its records are called."""
        return Names(self.site)


@dataclass(frozen=True, slots=True)
class Span:
    """What is compared: two commits, or a commit and what lies in the folder now (`head` is "")."""

    base: str
    head: str


def span_of(project: Project, asked: str) -> Span:
    """Return what ``BASE``, ``BASE..HEAD`` or "" for the usual asks for, as full names of commits.

    The base is where the branch began: the last commit that both have. Raises `NotCompared`.
    """
    if not is_installed():
        raise NotCompared("没有装 git", "装上 git，或者写两个文件夹：review 旧的文件夹 新的文件夹")
    base, dots, head = asked.partition("..")
    head = head.lstrip(".")
    folder = str(project.root)
    tip = _commit(folder, head or "HEAD")
    start = _commit(folder, base) if base else _main_branch(folder)
    common, complaint = run_git(folder, "merge-base", start, tip)
    if complaint:
        shallow, _ = run_git(folder, "rev-parse", "--is-shallow-repository")
        if shallow.strip() == "true":
            raise NotCompared(
                f"{PARTIAL}，找不到这个分支是从哪里分出来的",
                "先运行 git fetch --unshallow 取全（CI 里写 fetch-depth: 0）",
            )
        raise NotCompared(f"“{base or start[:8]}”和“{head or 'HEAD'}”没有共同的提交", "写对分支的名字，如 review main")
    return Span(common.strip(), tip if dots else "")


def last_tag(project: Project) -> str:
    """Return the last tag before the commit that is checked out. Raises `NotCompared`."""
    tag, complaint = run_git(str(project.root), "describe", "--tags", "--abbrev=0")
    if complaint:
        raise NotCompared("不知道上次发布的是哪一版，git 里没有标签", "写出来，如 check --release 上次发布的提交")
    return tag.strip()


def _commit(folder: str, name: str) -> str:
    commit, complaint = run_git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if not complaint:
        return commit.strip()
    _, why = run_git(folder, "rev-parse", "HEAD")
    if why:
        raise NotCompared(reason(why), "在 git 的文件夹里运行，或者写两个文件夹：review 旧的文件夹 新的文件夹")
    raise NotCompared(f"git 里没有“{name}”", "写分支的名字或提交的编号；远处的分支先运行 git fetch")


def _main_branch(folder: str) -> str:
    for name in MAIN_BRANCHES:
        commit, complaint = run_git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if not complaint:
            return commit.strip()
    raise NotCompared("不知道和哪个分支比", f"写出来，如 review main；平常找的是{'、'.join(MAIN_BRANCHES)}")


def states_of(
    project: Project, span: Span, processes: Processes, progress: Progress, today: date
) -> tuple[State, State]:
    """Return the state before and the state after a change. Raises `NotCompared`, and `ConfigurationError` for settings."""
    before = _of_commit(project, span.base, "before", processes, progress, today)
    if span.head:
        return before, _of_commit(project, span.head, "after", processes, progress, today)
    return before, State("现在的文件", "", project, check(project, processes, progress, today))


def states_in(
    folders: Sequence[Path], cache: Path, processes: Processes, progress: Progress, today: date
) -> tuple[State, State]:
    """Return the states of two folders of sites. What is found out about them is kept in the folder `cache`."""
    found = []
    for folder, side in zip(folders, ("before", "after"), strict=True):
        project = replace(open_project(folder / "site.yaml"), cache=cache / side)
        found.append(State(folder.name, "", project, check(project, processes, progress, today)))
    return found[0], found[1]


def _of_commit(
    project: Project, commit: str, side: str, processes: Processes, progress: Progress, today: date
) -> State:
    place = project.cache / FOLDER / side
    root = place / "site"
    if not (place / MARK).is_file() or (place / MARK).read_text("utf-8") != commit:
        _unpack(project.root, commit, place, root)
    at_commit = replace(open_project(root / "site.yaml"), cache=place / "cache")
    return State(commit[:8], commit, at_commit, check(at_commit, processes, progress, today))


def _unpack(folder: Path, commit: str, place: Path, root: Path) -> None:
    """Lay the files of a commit into the folder `root`, and say so in the mark."""
    prefix, complaint = run_git(str(folder), "rev-parse", "--show-prefix")
    tree = f"{commit}:{prefix.strip().rstrip('/')}"
    listed, why = run_git(str(folder), "ls-tree", "--name-only", tree)
    if complaint or why:
        raise NotCompared(f"git 取不出 {commit[:8]} 的文件：{complaint or why}")
    parts = [name for name in listed.splitlines() if name in PARTS]
    if "site.yaml" not in parts or "content" not in parts:
        raise NotCompared(f"{commit[:8]} 里没有这个网站（site.yaml、content）", "写一个有这个网站的提交")
    archive, complaint = git_bytes(str(folder), "archive", "--format=tar", tree, *parts)
    if complaint:
        raise NotCompared(f"git 取不出 {commit[:8]} 的文件：{complaint}")
    (place / MARK).unlink(missing_ok=True)
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(root, filter="data")
    (place / MARK).write_text(commit, "utf-8")
