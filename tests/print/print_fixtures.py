"""Sheets of the sample site are made into PDF once, by the command; without its extra the tests are skipped.

Where REQUIRE_PDF is set they fail instead. WeasyPrint is never loaded into the tests' own process, which forks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from print_world import BASE, BOOKLETS, ITEMS, REPOSITORY, Printed, run


@pytest.fixture(scope="session")
def engine() -> None:
    """WeasyPrint with all that it needs."""
    asked = "from builder.render.pdf_engine import engine_version; engine_version()"
    tried = subprocess.run([sys.executable, "-c", asked], cwd=REPOSITORY, capture_output=True, text=True)
    if tried.returncode:
        says = f"no PDF: {tried.stderr.strip().splitlines()[-1]}"
        if os.environ.get("REQUIRE_PDF"):
            pytest.fail(f"{says}, and REQUIRE_PDF is set", pytrace=False)
        pytest.skip(says)


@pytest.fixture(scope="session")
def printed(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The sheets of `ITEMS` as PDF, with codes."""
    root = tmp_path_factory.mktemp("printed")
    shutil.copytree(REPOSITORY / "content", root / "content")
    text = (REPOSITORY / "site.yaml").read_text("utf-8")
    (root / "site.yaml").write_text(f"{text}base_url: {BASE}\nsearch: 否\n", "utf-8")
    for asked in ((*ITEMS, *BOOKLETS), ("--all", "--kind", "board", "--kind", "card")):
        made = run("pdf", *asked, "--site", str(root / "site.yaml"), "--jobs", "2")
        assert made.returncode == 0, made.stderr
    return Printed(root)
