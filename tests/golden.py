"""Golden files: what is made now, compared byte by byte with what was accepted before.

``pytest --accept`` rewrites the files instead; what changed is then read as a git diff.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

SITES = Path(__file__).parent / "sites"

# The address of a static file ends in the digest of its content: a change of colour would touch every page.
_NOISE = re.compile(rb"\?v=[0-9a-f]+")


def sites(kind: str) -> list[Path]:
    """Return the folders of the example sites, "good" or "bad", by name."""
    return sorted(folder for folder in (SITES / kind).iterdir() if folder.is_dir())


def copied(site: Path, to: Path) -> Path:
    """Copy the example `site` into `to`, where building may leave its traces, and return the copy."""
    expectations = shutil.ignore_patterns("expected", "expected.txt")
    return Path(shutil.copytree(site, to / "site", ignore=expectations))


def compare(made: bytes, expected: Path, *, accept: bool) -> None:
    """Assert that `made` is what the file `expected` holds, or, with `accept`, write it there."""
    settled = _NOISE.sub(b"?v=0", made)
    if accept:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(settled)
    before = expected.read_bytes() if expected.exists() else b""
    assert settled.decode().splitlines() == before.decode().splitlines(), f"{expected.name}: --accept, if this is better"
    assert settled == before
