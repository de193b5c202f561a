"""The full-text index: Pagefind run over the staged guides, with the binary that segments Chinese.

A site of up to `AT_ONCE` items has one index. A larger one has an index per area: the search page loads only those it
needs, and an edit rebuilds only the index of its own area.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from builder.content.site import AT_ONCE
from builder.publish import PublishError, Staging
from builder.support.diagnostics import quote
from builder.support.fingerprint import digest

FOLDER = "pagefind"
# Pagefind brings ready-made search boxes of 420 kB, which no page of ours loads: each file would be uploaded and verified.
NOT_LOADED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")

PROCESSES = 2  # Pagefind processes at a time; each takes about 100 MB


@dataclass(slots=True)
class Index:
    """One index: its folder in the site, and the cache keys of the pages that it covers, by address."""

    folder: str
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its cache key."""
        return digest("\0".join(sorted(self.pages.values())).encode())


@contextmanager
def indexing(
    items: Mapping[str, Mapping[str, str]],
    staging: Staging,
    progress: Callable[[str, int], Callable[[int], None]],
) -> Iterator[None]:
    """Index the staged item pages while the ``with`` block runs, and add the indexes to the site at its end.

    `items` are the cache keys of these pages, by area and address. An index is reused from the last build if none of its pages changed. Raises PublishError.
    """
    changed = [index for index in _indexes(items) if not staging.reuse_tree(index.folder, index.key)]
    if not changed:
        yield
        return
    done = progress("index", len(changed))
    root = staging.lay_out([page for index in changed for page in index.pages])
    running: list[subprocess.Popen[bytes]] = []
    with ThreadPoolExecutor(PROCESSES) as pool:
        runs = [pool.submit(_make, root, index, running) for index in changed]
        try:
            yield
            for index, run in zip(changed, runs, strict=True):
                run.result()
                staging.add_tree(index.folder, index.key)
                done(1)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.kill()


def _indexes(items: Mapping[str, Mapping[str, str]]) -> list[Index]:
    if sum(map(len, items.values())) <= AT_ONCE:
        pages = {url: key for some in items.values() for url, key in some.items()}
        return [Index(FOLDER, pages)] if pages else []
    return [Index(f"{FOLDER}/{area}", {**pages}) for area, pages in items.items() if pages]


def _make(root: str, index: Index, running: list[subprocess.Popen[bytes]]) -> None:
    names = ",".join(url.removeprefix("items/").removesuffix(".html") for url in index.pages)
    glob = "items/*.html" if index.folder == FOLDER else f"items/{{{names}}}.html"
    command = [
        str(_binary()),
        "--site",
        root,
        "--output-subdir",
        index.folder,
        "--glob",
        glob,
        "--force-language",
        "zh",
    ]
    try:
        pagefind = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    except OSError as error:
        raise PublishError("搜索索引程序 Pagefind 启动不了", quote(str(error))) from error
    running.append(pagefind)
    with pagefind:
        _, errors = pagefind.communicate()
    if pagefind.returncode:
        raise PublishError("搜索索引没有做成", quote(errors.decode(errors="replace").strip()[-60:]))
    for names in NOT_LOADED:
        for file in Path(root, index.folder).glob(names):
            file.unlink()


@cache
def _binary() -> Path:
    from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # noqa: PLC0415 - not needed when the index is reused

    return Path(get_executable())
