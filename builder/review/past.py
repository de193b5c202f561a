"""What changed for residents in the past, commit by commit, from the history of the content in git.

A commit counts with what it brought to the branch, so a merged branch is one. It is compared with the commit before it, file
by file, by the same table of levels as a review. What is known of a commit never changes, so it is kept.
"""

from __future__ import annotations

import json
import marshal
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder.content.fields import Record
from builder.content.history import PARTIAL, reason
from builder.content.model.item import Item, Status
from builder.content.model.kinds import BY_NAME, BY_RECORD, Key, area_of
from builder.content.model.steps import Visibility
from builder.content.parsing import parse
from builder.content.settings import Level
from builder.office.form.record_names import Names
from builder.project import Project
from builder.publish import replace_file
from builder.review.comparison import Change, Difference, Version, differences
from builder.review.levels import verdict
from builder.review.review import NOT_SHOWN
from builder.review.states import FOLDER, NotCompared
from builder.support.fingerprint import builder_digest
from builder.support.git import git_bytes, is_installed, run_git
from builder.support.processes import Progress

_ITEM = BY_RECORD[Item].name
_COMMIT = "\x01"  # begins each commit in the log


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change of a day (``2026-11-03``): of the record `key` in `area` ("" for what several share), and how grave it was.

    `title` is what people call the record, `says` what happened to it, `was` and `now` are the texts before and after.
    """

    day: str
    commit: str
    kind: str
    id: str
    area: str
    title: str
    level: Level
    says: str
    was: str
    now: str


def past_changes(
    project: Project, names: Names, own_levels: Mapping[str, Level], since: str, progress: Progress
) -> list[PastChange]:
    """Return the changes since a day, the newest first. Words that say nothing new (灰) are left out.

    Raises `NotCompared` without git, without commits, and where git has only a part of them.
    """
    commits = list(_commits(project, since))
    folder = project.cache / FOLDER / "past"
    done = progress("past", len(commits))
    found: list[PastChange] = []
    for commit, day, files in commits:
        kept = folder / f"{commit}.json"
        known = _known(kept)
        if known is None:
            known = list(_of_commit(project, commit, day, files, names, own_levels))
            _keep(kept, known)
        found += known
        done(1)
    return found


def _commits(project: Project, since: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each commit with its day and the content files that it changed, the newest first."""
    folder = str(project.root)
    if not is_installed():
        raise NotCompared("没有装 git")
    shallow, complaint = run_git(folder, "rev-parse", "--is-shallow-repository")
    if complaint:
        raise NotCompared(reason(complaint))
    if shallow.strip() == "true":
        raise NotCompared(PARTIAL, "先运行 git fetch --unshallow 取全（CI 里写 fetch-depth: 0）")
    log, complaint = run_git(
        folder, "-c", "log.showSignature=false", "log", "--first-parent", "--diff-merges=first-parent", "--no-renames",
        "--name-only", "--relative", "-z", f"--since={since} 00:00", "--format=%x01%H %cs", "HEAD", "--", "content",
    )  # fmt: skip
    if complaint:
        raise NotCompared(reason(complaint))
    for part in log.split(_COMMIT)[1:]:
        head, *files = part.split("\0")
        commit, day = head.split()
        yield commit, day, [name for file in files if (name := file.lstrip("\n"))]


def _of_commit(
    project: Project, commit: str, day: str, files: Sequence[str], names: Names, own_levels: Mapping[str, Level]
) -> Iterator[PastChange]:
    for file in files:
        was, now = (_records(project, f"{commit}{mark}", file) for mark in ("^", ""))
        for key in dict.fromkeys((*was, *now)):
            for difference in _differences(was.get(key), now.get(key), key, names):
                found = verdict(difference, own_levels)
                if found.level is not Level.GREY:
                    record, _ = now.get(key) or was[key]
                    yield PastChange(
                        day, commit, *key, area_of(file), _title(record, key), found.level, found.says, difference.was,
                        difference.now,
                    )  # fmt: skip


_Stored = tuple[Record, Any]  # a record with its plain values


def _records(project: Project, commit: str, file: str) -> dict[Key, _Stored]:
    """Return the records that a file had in a commit and that residents could see; nothing if it had no such file."""
    data, complaint = git_bytes(str(project.root), "show", f"{commit}:./{file}")
    if complaint:
        return {}
    parsed = parse(file, data)
    if not parsed.kind or parsed.kind in NOT_SHOWN or not parsed.raw_records:
        return {}
    kind = BY_NAME[parsed.kind]
    found = {
        (kind.name, id): (kind.record.model_validate(raw), raw) for id, raw in marshal.loads(parsed.raw_records).items()
    }
    return {key: one for key, one in found.items() if _is_public(one[0])}


def _is_public(record: Record) -> bool:
    if not isinstance(record, Item):
        return True
    return record.status is not Status.DRAFT and record.visibility is Visibility.PUBLIC


def _differences(was: _Stored | None, now: _Stored | None, key: Key, names: Names) -> Iterator[Difference]:
    if was and now:
        found = differences(Version(*was, names), Version(*now, names))
        yield from found if key[0] == _ITEM else (one.within(key[0]) for one in found)
    elif key[0] == _ITEM:
        change, texts = (Change.ADDED, ("", key[1])) if now else (Change.REMOVED, (key[1], ""))
        yield Difference("", ("item",), "指南", change, *texts)


def _title(record: Record, key: Key) -> str:
    title = str(getattr(record, "title", "") or getattr(record, "name", "") or key[1])
    return title if key[0] == _ITEM else f"{BY_NAME[key[0]].label}“{title}”"


def _known(path: Path) -> list[PastChange] | None:
    """Return what was kept of a commit, None if nothing was, or another version of this program kept it."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if kept.get("builder") != builder_digest():
        return None
    return [PastChange(**{**one, "level": Level.of(one["level"])}) for one in kept["changes"]]


def _keep(path: Path, changes: Sequence[PastChange]) -> None:
    os.makedirs(path.parent, exist_ok=True)
    data = {"builder": builder_digest(), "changes": [asdict(one) for one in changes]}
    replace_file(str(path), json.dumps(data, ensure_ascii=False).encode())
