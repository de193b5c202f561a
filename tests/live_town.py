"""A town with two releases, and a host that serves the newer one: fixtures for the tests of what a live site shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from golden import SITES, copied
from live_host import LiveHost, Town, released, serving
from shared import MadeOnce
from site_folder import Files, files_in


def _build(folder: Path) -> None:
    site = copied(SITES / "good" / "one-guide", folder / "site")
    site.set("site.yaml", "search", "是")
    site.built()


@pytest.fixture(scope="session")
def town_files(made_once: MadeOnce) -> Files:
    """The files of a small site with its full-text search."""
    return files_in(made_once("small-with-search", _build) / "site" / "public")


@pytest.fixture(scope="session")
def older_town_files(town_files: Files) -> Files:
    """The files of the release before: another phone on a page, and a page more."""
    page = "items/linshi-jiuzhu.html"
    changed = town_files[page].replace("临时救助".encode(), "临时救济".encode())
    assert changed != town_files[page]
    return {**town_files, page: changed, "items/jiu-shixiang.html": "<!doctype html><p>已取消的事项</p>".encode()}


@pytest.fixture
def town(tmp_path: Path, town_files: Files, older_town_files: Files) -> Iterator[Town]:
    """A town whose host serves the newer of its two releases well."""
    folder = tmp_path / "town"
    folder.mkdir()
    older = released(folder, older_town_files, "2026-11-02")
    newer = released(folder, town_files, "2026-11-30")
    with serving(LiveHost(dict(town_files))) as host:
        yield Town(folder, older, newer, host)
