"""The measurements in bench/ run: their theme and their corpus follow what pages and fields there are."""

from __future__ import annotations

import os
import subprocess
import sys

from golden import compare
from site_folder import REPOSITORY


def test_a_made_up_site_is_measured_also_where_hugo_is_not_installed() -> None:
    command = [sys.executable, str(REPOSITORY / "bench/run.py"), "20", "--rounds", "1", "--no-full"]
    done = subprocess.run(command, env={**os.environ, "PATH": ""}, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Hugo is not installed")
    for work in ("cold", "unchanged", "one edit"):
        assert f"\n{work:12}equal" in done.stdout
    assert "\nrender, chart drawn" in done.stdout


def test_a_build_does_what_is_expensive_as_often_as_before(*, accept: bool) -> None:
    """Who changes a number accepts it (``pytest --accept``), and the reviewer reads it in the diff."""
    command = [sys.executable, str(REPOSITORY / "bench/counts.py")]
    done = subprocess.run(command, capture_output=True, check=True)
    compare(done.stdout, REPOSITORY / "bench/counts.txt", accept=accept)
