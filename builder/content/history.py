"""Reads from git when each content file last changed: the date of pages whose content states none.

The build time is never used as a date, because a false publication date is a veto (单项否决) in an inspection of
government sites (国办秘函〔2019〕19号). The same commit gives the same dates on every machine. Uncommitted changes do not
change the date of a file. A file that was never committed has no date.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from builder.support.diagnostics import quote
from builder.support.git import git_bytes, is_installed, run_git
from builder.support.store import Store

NO_PROGRAM = "没有装 git"
NO_RECORD = "这里没有 git 的提交记录"
PARTIAL = "git 只取来了一部分提交记录"
NOT_TRUSTED = "git 不肯读：这个文件夹属于别的用户"
UNREACHABLE = "git 的提交记录不全，缺的要向服务器取，没有取到"

_REMEDIES = {
    NO_PROGRAM: "装上 git，或写上 published，就有",
    PARTIAL: "先运行 git fetch --unshallow 取全",
    NOT_TRUSTED: "先运行 git config --global --add safe.directory '*'（或写这个文件夹的路径）",
    UNREACHABLE: "连上服务器再生成一次，或重新完整地 clone 一次",
}
_REFUSED = "git 读不出提交记录，它说："

_COMMIT_MARK = "\x01"  # begins each commit in the log; it cannot be part of a file name


@dataclass(frozen=True, slots=True)
class History:
    """When each committed content file last changed, and when it was added.

    `dates` and `added` map a path relative to the site to ``2026-11-03 09:30``, the local time of the committer.
    `head` is the commit that is checked out, and where in it the content stands. `missing_reason` is the reason in Chinese
    if there are no dates.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    missing_reason: str = ""
    head: str = ""

    @property
    def remedy(self) -> str:
        """What to do in Chinese so that files have dates."""
        if self.missing_reason.startswith(_REFUSED):
            return "照 git 说的修好仓库，或重新 clone 一次"
        return _REMEDIES.get(self.missing_reason, "提交以后，或写上 published，就有")


NO_HISTORY = History()


class PastChange(NamedTuple):
    """A change of the content on a day (``2026-11-03``), as `builder.differences.past` finds it.

    It is one of the record of this `kind` and `id`, in an area ("" for what several share), whose title is what people
    call it. `level` is how grave it is, `says` what the rule says of it, `field` its field with dots, `label` what that
    is called, `change` in what way it differs; `was` and `now` are the texts before and after.
    """

    day: str
    kind: str
    id: str
    area: str
    title: str
    level: str
    says: str
    field: str
    label: str
    change: str
    was: str
    now: str


def history_of(content: Path, store: Store) -> History:
    """Return the history of the files in the folder `content`. It is cached in `store` until the next commit."""
    if not is_installed():
        return History(missing_reason=NO_PROGRAM)
    folder = str(content)
    head, complaint = run_git(folder, *_HEAD)
    if complaint:
        return History(missing_reason=reason(complaint))
    shallow, prefix, commit = head.rstrip("\n").split("\n")
    if shallow != "false":
        # In a shallow clone, all files seem to have changed in the oldest commit.
        return History(missing_reason=PARTIAL)
    state = f"{commit} {prefix}"
    cached = store.get_many("state", ["history"]).get("history")
    if cached is not None:
        cached_state, dates, added = marshal.loads(cached)
        if cached_state == state:
            return History(dates, added, head=state)
    log, complaint = run_git(folder, *_LOG)
    if complaint:
        return History(missing_reason=reason(complaint))
    changes = list(_changes(log, prefix))
    dates, added = dict(reversed(changes)), dict(changes)
    store.put_many("state", [("history", marshal.dumps((state, dates, added)))])
    return History(dates, added, head=state)


def versions_of(path: Path) -> Iterator[bytes]:
    """Yield what the file at `path` was in its commits, the newest first, at most `MOST_VERSIONS`; nothing without git."""
    folder = str(path.parent)
    if not is_installed() or not path.parent.is_dir():
        return
    log, complaint = run_git(folder, *_VERSIONS, path.name)
    blobs = [] if complaint else [line.split(" ")[3] for line in log.split("\n") if line.startswith(":")]
    for blob in dict.fromkeys(blobs[:MOST_VERSIONS]):
        data, complaint = git_bytes(folder, "cat-file", "blob", blob)
        if not complaint:
            yield data


def head_of(content: Path) -> tuple[str, str]:
    """Return what git says of the commit in the folder `content`, and its complaint: all that a history depends on."""
    return run_git(str(content), *_HEAD) if is_installed() and content.is_dir() else ("", NO_PROGRAM)


_HEAD = ("rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")

# The options override settings of the user that would change the output. A merge commit counts for those files that
# differ from all its parents.
_LOG = (
    *("-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "diff.relative=false"),
    *("log", "-c", "--name-only", "-z", "--no-renames", "--diff-filter=d"),
    *("--format=%x01%cI", "HEAD", "--", "."),
)

_VERSIONS = (
    "-c",
    "log.showSignature=false",
    "log",
    "--follow",
    "--format=",
    "--raw",
    "--no-abbrev",
    "--first-parent",
    "--",
)
MOST_VERSIONS = 200


def _changes(log: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield each file below `prefix` with the time of each of its changes, in the order of `log`: the newest first."""
    for commit in log.split(_COMMIT_MARK)[1:]:
        time, *files = commit.split("\0")
        for file in files:
            name = file.lstrip("\n")
            if name.startswith(prefix) and name != prefix:
                yield f"content/{name.removeprefix(prefix)}", f"{time[:10]} {time[11:16]}"


def reason(complaint: str) -> str:
    """Return why there are no dates, in Chinese, by what git says in English."""
    if "dubious ownership" in complaint:
        return NOT_TRUSTED
    if "not a git repository" in complaint and "(or any" in complaint:
        return NO_RECORD
    if "ambiguous argument 'HEAD'" in complaint or "bad revision 'HEAD'" in complaint:
        return NO_RECORD  # no commit yet
    if "promisor remote" in complaint or "Could not read from remote" in complaint:
        return UNREACHABLE
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal:", "error:"))]
    return _REFUSED + quote((lines or complaint.splitlines())[0])
