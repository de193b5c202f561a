"""Reads from git when each content file last changed: the date of pages whose content states none.

The build time is never used as a date, because a false publication date is a veto (单项否决) in an inspection of
government sites (国办秘函〔2019〕19号). The same commit gives the same dates on every machine. Uncommitted changes do not
change the date of a file. A file that was never committed has no date.
"""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.support.store import Store

NO_PROGRAM = "没有装 git"
NO_RECORD = "这里没有 git 的提交记录"
PARTIAL = "git 只取来了一部分提交记录"

# Git hooks set these. They would make git read another repository than the one that contains the content.
_IGNORED_VARIABLES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_COMMIT_MARK = "\x01"  # begins each commit in the log; it cannot be part of a file name


@dataclass(frozen=True, slots=True)
class History:
    """When each committed content file last changed.

    `dates` maps a path relative to the site to ``2026-11-03 09:30``, the local time of the committer. `missing_reason`
    is the reason in Chinese if there are no dates.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    missing_reason: str = ""


def history_of(content: Path, store: Store) -> History:
    """Return the history of the files in the folder `content`. It is cached in `store` until the next commit."""
    git = shutil.which("git")
    if git is None:
        return History(missing_reason=NO_PROGRAM)
    folder = str(content)
    head = _run(git, folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    if head is None:
        return History(missing_reason=NO_RECORD)
    shallow, prefix, commit = head.rstrip("\n").split("\n")
    if shallow != "false":
        # In a shallow clone, all files seem to have changed in the oldest commit.
        return History(missing_reason=PARTIAL)
    state = f"{commit} {prefix}"
    cached = store.get_many("state", ["history"]).get("history")
    if cached is not None:
        cached_state, dates = marshal.loads(cached)
        if cached_state == state:
            return History(dates)
    log = _run(git, folder, *_LOG)
    if log is None:
        return History(missing_reason=NO_RECORD)
    dates = dict(_last_changes(log, prefix))
    store.put_many("state", [("history", marshal.dumps((state, dates)))])
    return History(dates)


# The options override settings of the user that would change the output. A merge commit counts for those files that
# differ from all its parents.
_LOG = (
    *("-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "diff.relative=false"),
    *("log", "-c", "--name-only", "-z", "--no-renames", "--diff-filter=d"),
    *("--format=%x01%cI", "HEAD", "--", "."),
)


def _last_changes(log: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield each file below `prefix` with the time of its last change. `log` begins with the newest commit."""
    seen = set[str]()
    for commit in log.split(_COMMIT_MARK)[1:]:
        time, *files = commit.split("\0")
        for file in files:
            name = file.lstrip("\n")
            if name.startswith(prefix) and name != prefix and name not in seen:
                seen.add(name)
                yield f"content/{name.removeprefix(prefix)}", f"{time[:10]} {time[11:16]}"


def _run(git: str, folder: str, *arguments: str) -> str | None:
    """Return the output of git, run in `folder`, or None if it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in _IGNORED_VARIABLES}
    result = subprocess.run([git, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else None
