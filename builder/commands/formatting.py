"""``build.py fmt``: brings content files into the order of the model and the style of the house."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from pathlib import Path

from builder.commands import Refused
from builder.content.model.kinds import kind_of
from builder.editing import OTHER_STYLE, NotEdited, formatted
from builder.project import NO_SITE, UNREADABLE
from builder.publish import replace_file
from builder.support.diagnostics import ConfigurationError, Finding, Position, quote
from builder.support.folder import files_below
from builder.support.processes import Progress
from builder.support.workers import Workers, workers_for

CHUNK = 50  # files that a process formats before it tells what came of them


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: where its style first was another, None if it was not, and why it cannot be formatted."""

    file: str
    other_style: Finding | None = None
    findings: tuple[Finding, ...] = ()


def files_to_format(site: Path, paths: Sequence[Path]) -> list[str]:
    """Return the content files and the settings file `site` that are among `paths` or below them; all for no paths.

    They are relative to the site. Raises `ConfigurationError` if there is no site, `Refused` for a path without such files.
    """
    if not site.is_file():
        raise ConfigurationError([NO_SITE.at("", says=f"找不到 {site.as_posix()}", hint=NO_SITE.fix)])
    root = site.resolve().parent
    content = (f"content/{path}" for path in files_below(str(root / "content")).files if kind_of(path))
    files = [site.name, *content]
    if not paths:
        return files
    chosen: set[str] = set()
    for path in paths:
        inside = _relative_to(site.parent, path)
        found = {file for file in files if inside == "." or file == inside or file.startswith(f"{inside}/")}
        if not found:
            raise Refused(
                f"“{path.as_posix()}”不是内容文件，里面也没有内容文件", "写 content 里的文件或文件夹，或 site.yaml。"
            )
        chosen |= found
    return [file for file in files if file in chosen]


def _relative_to(folder: Path, path: Path) -> str:
    """Return `path` relative to `folder`, as it is written or as links lead; "" if it is not inside."""
    for written in (os.path.abspath, os.path.realpath):
        with suppress(ValueError):
            return Path(written(path)).relative_to(written(folder)).as_posix()
    return ""


def format_files(root: Path, files: Sequence[str], jobs: int, progress: Progress, *, write: bool) -> list[Outcome]:
    """Format `files` of the site at `root`, and return what came of each. Without `write` no file is changed.

    A file is replaced as a whole or not at all. One that cannot be formatted is left as it is.
    """
    with Workers(workers_for(len(files), jobs), _work, (root, write)) as workers:
        results = workers.map(files, CHUNK, progress("format", len(files)))
    return [outcome for outcomes in results for outcome in outcomes]


def _work(root: Path, write: bool) -> Callable[[Sequence[str]], list[Outcome]]:  # noqa: FBT001 - an argument of a worker
    return lambda files: [_outcome(root, file, write=write) for file in files]


def _outcome(root: Path, file: str, *, write: bool) -> Outcome:
    path = os.path.realpath(root / file)  # a link stays one
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return Outcome(file, findings=(UNREADABLE.at(file, says=f"读不了：{error.strerror}", hint=UNREADABLE.fix),))
    try:
        result = formatted(file, data)
    except NotEdited as refusal:
        return Outcome(file, findings=refusal.findings)
    if result == data:
        return Outcome(file)
    if write:
        replace_file(path, result)
    return Outcome(file, _first_difference(file, data.decode(), result.decode()))


def _first_difference(file: str, before: str, after: str) -> Finding:
    """Return a finding at the first line that differs."""
    lines = zip_longest(*(StringIO(text, newline="") for text in (before, after)), fillvalue="")
    number, old, new = next((number, old, new) for number, (old, new) in enumerate(lines, 1) if old != new)
    if old.removeprefix("\ufeff").rstrip() == new.rstrip():
        hint = "整理以后行尾没有空格，换行用 LF，文件开头没有 BOM，末尾有一个换行、没有空行"
    else:
        hint = f"整理以后这一行是“{quote(new.rstrip())}”" if new.strip() else "整理以后这里没有这一行"
    position = Position(number, 1, max(1, len(old.rstrip())))
    return OTHER_STYLE.at(file, says="还没有整理，从这一行起不一样", hint=hint, position=position)
