"""The measurements in bench/ run: their theme and their corpus follow what pages and fields there are."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from golden import compare
from site_folder import REPOSITORY

BUILDS = ("cold", "unchanged", "edit text", "edit title", "edit, check")
SERVED = ("save to page", "save to reload")
MEASURED = (
    *(f"{work:16}equal" for work in ("help", *BUILDS, *SERVED)),
    *(f"{work:16}equal, search" for work in ("cold", "edit text")),
    *(f"{work:16}by areas" for work in ("one area", "other areas", "areas joined")),
    *(f"{work:16}sample" for work in ("cold", "unchanged", "edit, index", "edit, no index", "edit, check")),
)
STAGES = ("YAML", "all that a worker studies", "collect", "view, with all of these", "render, drawing the chart")


@pytest.fixture(scope="module")
def said() -> str:
    """What the bench says of a small site, where Hugo is not installed."""
    command = [
        sys.executable,
        str(REPOSITORY / "bench/run.py"),
        "20",
        "--areas",
        "2",
        "--by-areas",
        "--events",
        "2",
        "--rounds",
        "1",
        "--saves",
        "1",
    ]
    command += ["--no-full", "--sample", str(REPOSITORY / "examples/qingjiang"), "--row"]
    done = subprocess.run(command, env={**os.environ, "PATH": ""}, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_where_hugo_is_not_installed_our_builder_is_measured_alone(said: str) -> None:
    assert said.startswith("Hugo is not installed")
    assert "pages in the index: 20 by equal, search\n" in said


@pytest.mark.parametrize("name", MEASURED)
def test_every_work_has_its_seconds(said: str, name: str) -> None:
    assert re.search(rf"^{name} +\d+\.\d\d\b", said, re.MULTILINE)


@pytest.mark.parametrize("name", STAGES)
def test_every_stage_has_its_first_pass_and_the_later_ones(said: str, name: str) -> None:
    assert re.search(rf"^{name} +\d+ +\d+$", said, re.MULTILINE)


def test_the_rows_fit_the_tables_of_the_readme(said: str) -> None:
    tables = (REPOSITORY / "bench/README.md").read_text("utf-8")
    headings = re.findall(r"^\| (?:by date, items|sample site).*", tables, re.MULTILINE)
    rows = re.findall(r"^\| \d.*", said, re.MULTILINE)
    assert [row.count("|") for row in rows] == [heading.count("|") for heading in headings] != []


def test_a_build_does_what_is_expensive_as_often_as_before(*, accept: bool) -> None:
    """Who changes a number accepts it (``pytest --accept``), and the reviewer reads it in the diff."""
    command = [sys.executable, str(REPOSITORY / "bench/counts.py")]
    done = subprocess.run(command, capture_output=True, check=True)
    compare(done.stdout, REPOSITORY / "bench/counts.txt", accept=accept)
