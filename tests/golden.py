"""Golden files: what is made now, compared byte by byte with what was accepted before.

``pytest --accept`` rewrites the files instead; what changed is then read as a git diff.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from site_folder import SiteFolder

SITES = Path(__file__).parent / "sites"

# The address of a static file ends in the digest of its content: a change of colour would touch every page.
_NOISE = re.compile(rb"\?v=[0-9a-f]+")


def sites(kind: str) -> list[Path]:
    """Return the folders of the example sites, "good" or "bad", by name."""
    return sorted(folder for folder in (SITES / kind).iterdir() if folder.is_dir())


def copied(site: Path, to: Path) -> SiteFolder:
    """Copy the example `site` to `to`, where building may leave its traces, and return the copy."""
    return SiteFolder(
        Path(shutil.copytree(site, to, symlinks=True, ignore=shutil.ignore_patterns("expected", "expected.txt")))
    )


def compare(made: bytes, expected: Path, *, accept: bool) -> None:
    """Assert that `made` is what the file `expected` holds, or, with `accept`, write it there."""
    settled = _NOISE.sub(b"?v=0", made)
    if accept:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(settled)
    before = expected.read_bytes() if expected.exists() else b""
    # By lines first: pytest shows which of them differ.
    assert settled.decode().splitlines() == before.decode().splitlines()
    assert settled == before


def compare_tree(made: Mapping[str, bytes], expected: Path, *, accept: bool) -> None:
    """Assert that the folder `expected` holds just the files `made`, by path, or, with `accept`, make it so."""
    if accept:
        shutil.rmtree(expected, ignore_errors=True)
    held = {path.relative_to(expected).as_posix() for path in expected.rglob("*") if path.is_file()}
    assert accept or held == set(made)
    for path, data in made.items():
        compare(data, expected / path, accept=accept)
