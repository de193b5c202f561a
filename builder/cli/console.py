"""Output to the terminal. No other module prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.report import FORMATS, located
from builder.support.diagnostics import Finding
from builder.support.folder import printable_path

if TYPE_CHECKING:
    from builder.support.processes import Progress

STAGES = {
    "load": "读取内容",
    "render": "生成页面",
    "index": "搜索索引",
    "pdf": "做 PDF",
    "import": "读取文件",
    "export": "导出",
    "past": "看以前的改动",
    "standing": "看每个事项",
    "draft": "整理事项",
    "format": "整理文件",
    "upload": "上传",
    "verify": "看网站上的文件",
}


def say(text: str) -> None:
    """Print `text` to standard output."""
    # Flush at once: otherwise text on standard error comes first in a log, and `serve` runs for hours.
    print(text, flush=True)  # noqa: T201


def complain(text: str, hint: str = "") -> None:
    """Print `text` and the hint to standard error."""
    print(text + (f"\n    = {hint}" if hint else ""), file=sys.stderr)  # noqa: T201


MOST_LISTED = 12  # files


def listed_files(done: str, files: Sequence[Path]) -> str:
    """Return lines that say of each file that it is `done`; of many files, the first ones and how many there are."""
    lines = [f"{done} {display_path(file)}" for file in files[:MOST_LISTED]]
    return "\n".join(lines if len(files) <= MOST_LISTED else [*lines, f"……一共 {len(files)} 个文件。"])


def show_findings(findings: Iterable[Finding], format: str, root: Path) -> None:
    """Print `findings` in `format`, with the paths of their files, which are below `root`, from the current folder."""
    if text := findings_as(format, findings, root):
        say(text)


def findings_as(format: str, findings: Iterable[Finding], root: Path) -> str:
    """Return what `show_findings` prints."""
    from builder.checks.catalogue import RULES  # noqa: PLC0415 - loads all rules

    found = located(list(findings), lambda file: _bytes_or_none(root / file))
    shown = [replace(entry, finding=_from_current_folder(entry.finding, root)) for entry in found]
    return FORMATS[format](shown, RULES).rstrip("\n")


def _bytes_or_none(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None  # reading a pipe would never end
    except OSError:
        return None


def _from_current_folder(finding: Finding, root: Path) -> Finding:
    if not finding.file:
        return finding
    path = root.resolve() / finding.file
    try:
        shown = os.path.relpath(path)
    except ValueError:  # on another drive of Windows
        shown = str(path)
    return replace(finding, file=printable_path(shown.replace(os.sep, "/")))


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
