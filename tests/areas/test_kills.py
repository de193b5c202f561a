"""A build that is killed leaves the last good site, and caches from which the next build makes the right one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from areas_world import LED_TO, THIRD, built_anew, three_areas
from forked import in_child
from site_folder import SiteFolder, differing, files_in

from builder.publish import MANIFEST

if sys.platform == "win32":
    pytest.skip("processes are forked and killed here", allow_module_level=True)

KILLED = 9
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.link", "os.rmdir", "sqlite3.connect"}


def at_each_change(act: Callable[[], None]) -> None:
    """Call `act` whenever this process is about to change something on the disk."""

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(flags := arguments[2], int) and flags & (os.O_WRONLY | os.O_RDWR)
        if writes or event in CHANGES:
            act()

    sys.addaudithook(hear)


def killed_after(changes: int, site: SiteFolder, *options: str) -> int:
    """Build, and be killed after so many changes of the disk. Return the exit code if it came to its end."""
    left = iter(range(changes))
    at_each_change(lambda: os._exit(KILLED) if next(left, None) is None else None)
    return site.build(*options)


def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_caches_that_do_no_harm(
    site: SiteFolder, tmp_path: Path
) -> None:
    three_areas(site)
    assert site.build() == 0
    before = site.published()
    site.set(LED_TO, "title", "改了名称")
    site.set(THIRD, "rights", "改了一句话")
    after = built_anew(site)

    changes, code = 0, KILLED
    while code == KILLED:
        copy = SiteFolder(tmp_path / f"{changes}")
        shutil.copytree(site.folder, copy.folder)
        code = in_child(partial(killed_after, changes, copy))
        assert copy.published() in (before, after), changes
        assert copy.build() == 0
        assert differing(copy.published(), after) == [], changes
        changes += max(1, changes // 3)
    assert code == 0
    assert changes > 40


def test_an_area_built_alone_and_killed_at_any_moment_leaves_its_folder_and_the_site_whole(
    site: SiteFolder, tmp_path: Path
) -> None:
    three_areas(site)
    assert site.build() == 0
    assert site.build("--area", "xi") == 0
    alone = ".cache/areas/xi/site"
    published, before = site.published(), files_in(site.folder / alone)
    site.set(LED_TO, "title", "改了名称")
    after = built_anew(site)

    changes, code, made = 0, KILLED, before
    while code == KILLED:
        copy = SiteFolder(tmp_path / f"{changes}")
        shutil.copytree(site.folder, copy.folder)
        code = in_child(partial(killed_after, changes, copy, "--area", "xi"))
        assert copy.published() == published, changes
        made = files_in(copy.folder / alone)
        assert made == before or all(made[path] == after[path] for path in made.keys() - {MANIFEST}), changes
        assert copy.build() == 0
        assert differing(copy.published(), after) == [], changes
        changes += max(1, changes // 3)
    assert code == 0
    assert made != before
    assert changes > 40
