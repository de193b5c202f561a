"""What is sent to a target and in which order, so that at no moment a page that can be reached leads to a missing file.

Why the order holds, for a release whose own links lead to its own files, by whatever program was killed before:

1. An address at which there is nothing is one to which no page that can be reached leads. So files at such addresses can
   be sent in any order: nobody sees them yet. After that, each address of the release has a file.
2. Then any file may be replaced by that of the release, because all that it leads to is there. First those that an
   interrupted upload has left: nobody sees them yet, and what they lead to may be missing.
3. Scripts and style sheets come before the pages that name them with ``?v=…``: otherwise a browser would keep the old
   file under the new name. Entry points, by which visitors come in, are last.
4. What the release does not have is deleted only when the next release is there: open tabs still ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from builder.publish import MANIFEST
from builder.release.release import Release
from builder.upload.ledger import Ledger

HOME = "index.html"
ENTRY = re.compile(
    r"pagefind/(.+/)?(pagefind\.js|pagefind-worker\.js|wasm\..*|pagefind-entry\.json)|sitemap\.xml|robots\.txt"
)

MOST_FILES, MOST_BYTES = 200, 8_000_000  # of one batch, all of which is sent again after a kill
MOST_BATCHES = 50  # of one step of a very large site, since each is noted by writing what is known of all files


class Step(Enum):
    """A step of an upload, in order: the phase to which it belongs, and what it sends, in words."""

    NEW_FILES = 1, "新的文件"
    NEW_PAGES = 1, "新的页面"
    LEFT_HALF = 1, "上次没传完的"
    FILES = 1, "样式、脚本和数据"
    PAGES = 2, "页面"
    ENTRIES = 3, "搜索索引的入口和网站地图"
    HOME = 3, "首页"
    MANIFEST = 3, "文件清单"

    def __init__(self, phase: int, says: str) -> None:
        self.phase = phase
        self.says = says


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upload does: the paths to send in each step, in order, and those to delete, now and with the next release."""

    send: tuple[tuple[Step, tuple[str, ...]], ...]
    delete: tuple[str, ...]
    delete_next: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths to send, in order."""
        return tuple(path for _, paths in self.send for path in paths)


def plan(release: Release, ledger: Ledger) -> Plan:
    """Return what has to be done so that a target shows a release, and nothing else of ours after the next one."""
    steps: dict[Step, list[str]] = {step: [] for step in Step}
    has_home = HOME in ledger.files and not _may_be_missing(ledger, HOME)
    for path, file in release.files.items():
        known = ledger.files.get(path)
        if known is None or known.digest != file.digest:
            steps[_step(ledger, path, has_home=has_home)].append(path)
    others = [path for path in ledger.files if path not in release.files]
    delete = [path for path in others if ledger.files[path].unused_since not in ("", release.name)]
    return Plan(
        tuple((step, tuple(sorted(paths))) for step, paths in steps.items() if paths),
        tuple(sorted(delete)),
        tuple(sorted(set(others).difference(delete))),
    )


def batches(release: Release, paths: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the paths of one step in portions that are sent at once."""
    most_files = max(MOST_FILES, len(paths) // MOST_BATCHES)
    most_bytes = max(MOST_BYTES, size_of(release, paths) // MOST_BATCHES)
    batch: list[str] = []
    size = 0
    for path in paths:
        if batch and (len(batch) >= most_files or size + release.files[path].size > most_bytes):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(path)
        size += release.files[path].size
    if batch:
        yield tuple(batch)


def size_of(release: Release, paths: Iterable[str]) -> int:
    """Return the number of bytes of these files of a release."""
    return sum(release.files[path].size for path in paths)


def _step(ledger: Ledger, path: str, *, has_home: bool) -> Step:
    is_missing = _may_be_missing(ledger, path)
    if path == HOME:
        return Step.HOME
    if path == MANIFEST:
        return Step.MANIFEST
    if ENTRY.fullmatch(path) and not (is_missing and has_home):
        return Step.ENTRIES
    if is_missing:
        return Step.NEW_PAGES if _is_page(path) else Step.NEW_FILES
    if not ledger.files[path].settled:
        return Step.LEFT_HALF
    return Step.PAGES if _is_page(path) else Step.FILES


def _may_be_missing(ledger: Ledger, path: str) -> bool:
    known = ledger.files.get(path)
    return known is None or not known.certain


def _is_page(path: str) -> bool:
    return path.endswith(".html")
