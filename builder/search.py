"""The search index: Pagefind over the staged guides, with the binary that cuts up Chinese."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from builder.diagnostics import quote
from builder.page import Page
from builder.publish import PublishError, Staging
from builder.source import digest

FOLDER = "pagefind"


@contextmanager
def indexing(
    pages: Sequence[Page], keys: Sequence[str], staging: Staging, progress: Callable[[str, int], Callable[[int], None]]
) -> Iterator[None]:
    """Put the index of the staged item pages into the site while the ``with`` block does something else.

    The last index is taken over if no item page changed. Raises PublishError.
    """
    indexed = [key for page, key in zip(pages, keys, strict=True) if page.kind == "item"]
    key = digest("\0".join(sorted(indexed)).encode())
    if not indexed or staging.reuse_tree(FOLDER, key):
        yield
        return
    done = progress("index", 1)
    root = staging.lay_out("items")
    command = [
        str(_binary()),
        "--site",
        root,
        "--output-subdir",
        FOLDER,
        "--glob",
        "items/*.html",
        "--force-language",
        "zh",
    ]
    try:
        pagefind = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    except OSError as error:
        raise PublishError("搜索索引程序 Pagefind 启动不了", quote(str(error))) from error
    with pagefind:
        try:
            yield
            _, told = pagefind.communicate()
        finally:
            pagefind.kill()
    if pagefind.returncode:
        raise PublishError("搜索索引没有做成", quote(told.decode(errors="replace").strip()[-60:]))
    staging.add_tree(FOLDER, key)
    done(1)


@cache
def _binary() -> Path:
    from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # noqa: PLC0415 - not needed when the index is reused

    return Path(get_executable())
