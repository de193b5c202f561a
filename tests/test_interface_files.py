"""Templates, style sheets and scripts can be read in a diff, and an old phone can read the scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 160
TOO_NEW = re.compile(r"\?\.[\w\[(]|\?\?|\|\|=|&&=|\.(?:at|replaceAll|replaceChildren|findLast)\(|\.hasOwn\(")


def lines(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Yield each line of the templates and static files, with where it stands."""
    for path in sorted((*(ROOT / "static").rglob("*"), *(ROOT / "templates").rglob("*"))):
        if path.suffix in suffixes:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def test_no_line_is_longer_than_a_diff_is_wide() -> None:
    read = dict(lines(".css", ".html", ".js", ".txt", ".xml", ".yaml"))
    assert len(read) > 1000
    assert [place for place, line in read.items() if len(line) > LONGEST] == []


def test_scripts_use_nothing_that_came_after_chrome_79_and_safari_13() -> None:
    assert [place for place, line in lines(".js") if TOO_NEW.search(line)] == []
