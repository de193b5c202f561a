"""Whatever happens, and at whatever moment: the site is the last good one or the new one, whole."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forked import begin, end_of, in_child
from publish_world import Pages, World, cannot_exchange, fill

from builder.publish import PublishError, swap

if sys.platform == "win32":
    pytest.skip("processes are forked and killed here", allow_module_level=True)

import fcntl
import resource

OLD = {"404.html": "没有", "index.html": "首页", "items/GS-001.html": "护照", "items/GS-002.html": "签证"}
NEW = {"index.html": "新首页", "items/GS-001.html": "护照", "topics/a.html": "出入境"}
OTHER = {"index.html": "首页", "items/GS-001.html": "护照二", "pages/about.html": "关于"}

CALLS = ("open", "write", "mkdir", "link", "rename", "replace", "unlink", "rmdir", "fsync", "scandir", "stat")
WRITES = ("write", "mkdir", "link", "rename", "replace", "fsync")
KILLED = 9
MOST = 500  # calls in a build: an end for the loops


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture(params=["in one step", "in two steps"])
def any_swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in two steps":
        monkeypatch.setattr("builder.publish.swap.exchange", cannot_exchange)
    return str(request.param)


class Fate:
    """Lets `number` system calls happen, and does something at the next one, and at all after it."""

    def __init__(self, number: int, strike: Callable[[], object]) -> None:
        self.left = number
        self.strike = strike

    def watch(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        real = getattr(owner, name)

        @functools.wraps(real)
        def call(*args: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                self.strike()
            return real(*args, **options)

        monkeypatch.setattr(owner, name, call)


def after_each_kill(world: World, monkeypatch: pytest.MonkeyPatch, pages: Pages, check: Callable[[], None]) -> int:
    """Kill a build of `pages` at each of its system calls and call `check`; return at how many."""
    for number in range(MOST):

        def build(number: int = number) -> None:
            fate = Fate(number, lambda: os._exit(KILLED))
            for name in CALLS:
                fate.watch(monkeypatch, os, name)
            fate.watch(monkeypatch, swap, "exchange")
            world.build(pages)

        code = in_child(build)
        check()
        if code == 0:
            return number
        assert code == KILLED
    raise AssertionError("the build never came to its end")


def test_a_build_killed_at_any_moment_leaves_a_whole_site(
    world: World, monkeypatch: pytest.MonkeyPatch, any_swap: str
) -> None:
    seen: list[Pages] = []

    def check() -> None:
        if any_swap == "in two steps":
            with world.stage():  # the next start puts back what was moved away
                pass
        seen.append(world.site())
        world.build(OTHER)
        world.build(OLD)
        assert world.site() == OLD
        assert world.beside() == {"www", "site"}

    world.build(OTHER)
    world.build(OLD)
    moments = after_each_kill(world, monkeypatch, NEW, check)

    assert moments > 40
    assert [pages for index, pages in enumerate(seen) if index == 0 or pages != seen[index - 1]] == [OLD, NEW]


def test_a_first_build_killed_at_any_moment_leaves_no_site_or_a_whole_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check() -> None:
        if world.out.exists():
            assert world.site() == NEW
        with world.stage():
            pass
        assert world.beside() <= {"www", "site"}
        if world.out.exists():
            world.build(NEW)
            world.out.rename(world.folder / "site" / f"done-{len(os.listdir(world.folder / 'site'))}")

    assert after_each_kill(world, monkeypatch, NEW, check) > 20


def test_what_a_recovery_was_killed_in_is_recovered_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off() -> None:
        world.build(OLD)
        world.out.rename(world.folder / ".www.old")
        (world.folder / ".www.draft-1").mkdir(exist_ok=True)

    def check() -> None:
        with world.stage():
            pass
        assert world.site() == OLD
        cut_off()

    cut_off()

    def restart(number: int) -> None:
        fate = Fate(number, lambda: os._exit(KILLED))
        for name in CALLS:
            fate.watch(monkeypatch, os, name)
        with world.stage():
            pass

    for number in range(MOST):
        code = in_child(functools.partial(restart, number))
        check()
        if code == 0:
            break
    else:
        raise AssertionError("the restart never came to its end")


@pytest.mark.parametrize(
    ("code", "says"), [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有权限"), (errno.EIO, "写文件")]
)
def test_a_machine_that_refuses_at_any_moment_leaves_the_old_site(
    world: World, any_swap: str, code: int, says: str
) -> None:
    def refuse() -> None:
        raise OSError(code, os.strerror(code))

    world.build(OTHER)
    world.build(OLD)
    for number in range(MOST):
        fate = Fate(number, refuse)
        with pytest.MonkeyPatch.context() as monkeypatch:
            for name in WRITES:
                fate.watch(monkeypatch, os, name)
            error = refusal(world, NEW)
        assert error is None or (error.says.startswith(says) and error.exit_code == 3)
        if any_swap == "in two steps" and not world.out.exists():
            with world.stage():  # the disk refused to undo the first step; the next start does it
                pass
        assert world.site() == (OLD if error else NEW)
        world.build(OTHER)
        world.build(OLD)
        assert world.beside() == {"www", "site"}
        if fate.left >= 0:
            return
    raise AssertionError("the build never came to its end")


def refusal(world: World, pages: Pages) -> PublishError | None:
    try:
        world.build(pages)
    except PublishError as error:
        return error
    return None


def test_a_file_too_long_for_the_disk_leaves_the_old_site(world: World) -> None:
    world.build(OLD)

    def build() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(PublishError, match="磁盘空间不足"):
            world.build(OLD | {"big.html": "长" * 10_000})

    assert in_child(build) == 0
    assert world.site() == OLD
    assert world.beside() == {"www", "site"}


def test_copies_where_the_disk_has_no_hard_links(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    world.build(OLD)

    assert world.build(NEW) == ["index.html", "topics/a.html"]
    assert world.site() == NEW
    assert world.build(OLD) == ["404.html", "index.html", "items/GS-002.html"]
    assert world.site() == OLD


def test_two_builds_at_once_both_end_well(world: World) -> None:
    def build(pages: Pages) -> Callable[[], None]:
        def turns() -> None:
            for turn in range(15):
                world.build(pages if turn % 2 else OTHER)

        return turns

    children = begin(build(OLD)), begin(build(NEW))

    assert [end_of(child) for child in children] == [0, 0]
    assert world.site() in (OLD, NEW, OTHER)
    assert world.beside() == {"www", "site"}


def test_says_that_another_build_is_going_on(world: World) -> None:
    world.build(OLD)

    with world.stage() as staging:
        fill(staging, NEW)

        def second() -> None:
            with pytest.raises(PublishError, match="另一个构建正在进行") as caught, world.stage(timeout=0.1):
                pass
            assert caught.value.exit_code == 3

        assert in_child(second) == 0
        staging.commit()

    assert world.site() == NEW


def test_a_lock_file_without_a_build_bars_nobody(world: World) -> None:
    (world.folder / ".www.lock").write_text("", "utf-8")

    world.build(OLD)

    assert world.beside() == {"www", "site"}


def test_a_disk_without_locks_is_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)

    with pytest.raises(PublishError, match="写文件"):
        world.build(OLD)
