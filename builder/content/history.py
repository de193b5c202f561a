"""When content files last changed, as git tells: dates for pages whose content states none.

The time of a build is never a date of a page: a date that nobody stands for is a serious fault of a government site
(veto of 国办秘函〔2019〕19号). The same commit gives the same dates, on whatever machine. A change that is not committed
yet leaves a file its date; a file that never was committed has none.
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

# What a hook or a wrapping git command sets would lead to another repository than the one around the content.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_COMMIT = "\x01"  # begins a commit in what git prints: no file name holds it


@dataclass(frozen=True, slots=True)
class History:
    """The last change of each committed content file by its path below the site, as ``2026-11-03 09:30``.

    The time is that of the committer's clock where he was. `lacking` says in Chinese why there is no date at all.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    lacking: str = ""


def history_of(content: Path, store: Store) -> History:
    """Return the history of the files in the folder `content`. Git is asked for it once per commit."""
    git = shutil.which("git")
    if git is None:
        return History(lacking=NO_PROGRAM)
    folder = str(content)
    head = _run(git, folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    if head is None:
        return History(lacking=NO_RECORD)
    shallow, prefix, commit = head.rstrip("\n").split("\n")
    if shallow != "false":
        # At the edge of a partial record every file seems to have changed.
        return History(lacking=PARTIAL)
    known = f"{commit} {prefix}"
    held = store.get_many("state", ["history"]).get("history")
    if held is not None:
        of, dates = marshal.loads(held)
        if of == known:
            return History(dates)
    told = _run(git, folder, *_LOG)
    if told is None:
        return History(lacking=NO_RECORD)
    dates = dict(_last_changes(told, prefix))
    store.put_many("state", [("history", marshal.dumps((known, dates)))])
    return History(dates)


# Nobody's own settings may change what is printed. A merge counts for the files that it made unlike all its parents.
_LOG = (
    *("-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "diff.relative=false"),
    *("log", "-c", "--name-only", "-z", "--no-renames", "--diff-filter=d"),
    *("--format=%x01%cI", "HEAD", "--", "."),
)


def _last_changes(told: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield each file below `prefix` with the time of its last change; what git prints begins with the newest commit."""
    seen = set[str]()
    for commit in told.split(_COMMIT)[1:]:
        time, *files = commit.split("\0")
        for file in files:
            name = file.lstrip("\n")
            if name.startswith(prefix) and name != prefix and name not in seen:
                seen.add(name)
                yield f"content/{name.removeprefix(prefix)}", f"{time[:10]} {time[11:16]}"


def _run(git: str, folder: str, *arguments: str) -> str | None:
    """Return what git prints about the repository around `folder`, None when it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    done = subprocess.run([git, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
