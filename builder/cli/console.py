"""Output to the terminal. No other module prints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.checks.catalogue import RULES
from builder.pipeline import Progress
from builder.report import FORMATS, located
from builder.support.diagnostics import Finding

STAGES = {"load": "读取内容", "render": "生成页面", "index": "搜索索引", "pdf": "做 PDF"}


def say(text: str) -> None:
    """Print `text` to standard output."""
    # Flush at once: otherwise text on standard error comes first in a log, and `serve` runs for hours.
    print(text, flush=True)  # noqa: T201


def complain(text: str, hint: str = "") -> None:
    """Print `text` and the hint to standard error."""
    print(text + (f"\n    = {hint}" if hint else ""), file=sys.stderr)  # noqa: T201


def show_findings(findings: Iterable[Finding], format: str, read: Callable[[str], bytes | None]) -> None:
    """Print `findings` in `format`. `read` returns the content of a file, or None."""
    text = FORMATS[format](located(list(findings), read), RULES)
    if text:
        say(text.rstrip("\n"))


def display_path(path: Path) -> str:
    """Return `path` relative to the current folder if it is inside."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Yield a function that shows the stages of a build as progress bars, if this is a terminal."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console  # noqa: PLC0415 - needed only in a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415 - as above
    from rich.progress import Progress as Bars  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:

        def stage(name: str, total: int) -> Callable[[int], None]:
            task = bars.add_task(STAGES[name], total=total)
            return lambda count: bars.advance(task, count)

        yield stage


def no_progress(_name: str, _total: int) -> Callable[[int], None]:
    """Show no progress."""
    return lambda _count: None
