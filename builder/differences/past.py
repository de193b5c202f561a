"""What changed for residents in the past, commit by commit, from the history of the content in git.

A commit counts with what it brought to the branch, so a merged branch is one. It is compared with the commit before it, file
by file, by the same table of levels as a review. What is known of a commit never changes, so it is kept.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder.content.fields import Record
from builder.content.history import NO_RECORD, History, PastChange, reason
from builder.content.model.events import Event
from builder.content.model.item import Item, Status
from builder.content.model.kinds import BY_RECORD, Key, area_of
from builder.content.model.steps import Visibility
from builder.content.parsing import records_in
from builder.content.settings import Level, Settings
from builder.content.site import Site
from builder.differences.comparison import Change, Difference, Version, differences
from builder.differences.levels import NOT_SHOWN, ORANGE, verdict
from builder.form.record_names import Names
from builder.support.fingerprint import digest
from builder.support.git import git_files, run_git
from builder.support.processes import Progress
from builder.support.store import Store

A_YEAR = timedelta(days=365)
MANY = 50  # guides that one commit adds
MANY_SAYS = "新增一批指南"
_ITEM = BY_RECORD[Item].name
_OF_THEIR_OWN = {_ITEM: "指南", BY_RECORD[Event].name: "一件事"}  # what is there for residents by itself
_NAMES = Names(
    Site(Settings(name="-"), (), (), lambda file: b"", lambda area: {})
)  # what records were called then is not looked up: their ids
KEPT = "past"  # in the store: what is known of all commits together
_COMMIT = "\x01"  # begins each commit in the log


@dataclass(frozen=True, slots=True)
class Past:
    """What changed, the newest first; `missing_reason` says in Chinese why nothing is known, "" where it is."""

    changes: tuple[PastChange, ...] = ()
    missing_reason: str = ""


def past_of(root: Path, history: History, store: Store, own_levels: Mapping[str, Level], progress: Progress) -> Past:
    """Return what changed in the content of the site in `root` within a year before its last commit.

    `history` is that of the content: where it has no dates, nothing is known here either. Words that say nothing new (灰) are
    left out. What is known of a commit is kept in `store`.
    """
    if history.missing_reason:
        return Past(missing_reason=history.missing_reason)
    mark = digest(repr((history.head, sorted(own_levels.items()))).encode())
    if kept := store.get_many("state", [KEPT]).get(KEPT):
        kept_mark, values = marshal.loads(kept)
        if kept_mark == mark:
            return Past(tuple(PastChange(*one) for one in values))
    try:
        commits = list(_commits(str(root)))
    except _Unknown as unknown:
        return Past(missing_reason=str(unknown))
    changes = tuple(_all(root, commits, own_levels, store, progress))
    store.put_many("state", [(KEPT, marshal.dumps((mark, [tuple(one) for one in changes])))])
    return Past(changes)


def _all(
    root: Path, commits: Sequence[_Commit], own_levels: Mapping[str, Level], store: Store, progress: Progress
) -> Iterator[PastChange]:
    mark = digest(repr(sorted(own_levels.items())).encode())[:8]
    keys = [f"past {mark} {commit.id}" for commit in commits]
    kept = store.get_many("state", keys)
    done = progress("past", len(commits))
    for key, commit in zip(keys, commits, strict=True):
        if key in kept:
            yield from (PastChange(*values) for values in marshal.loads(kept[key]))
        else:
            changes = list(_of_commit(root, commit, own_levels))
            store.put_many("state", [(key, marshal.dumps([tuple(one) for one in changes]))])
            yield from changes
        done(1)


@dataclass(frozen=True, slots=True)
class _Commit:
    """A commit with its day, and the content files that it added and that it changed otherwise."""

    id: str
    day: str
    added: tuple[str, ...]
    changed: tuple[str, ...]


class _Unknown(Exception):
    """Nothing is known of the past, for this reason."""


def _commits(folder: str) -> Iterator[_Commit]:
    """Yield the commits of the last year, the newest first. Raises `_Unknown`."""
    head, complaint = run_git(folder, "log", "-1", "--format=%cs", "--", "content")
    if complaint or not head.strip():
        raise _Unknown(reason(complaint) if complaint else NO_RECORD)
    last = date.fromisoformat(head.strip())
    log, complaint = run_git(
        folder, "-c", "log.showSignature=false", "log", "--first-parent", "--diff-merges=first-parent", "--no-renames",
        "--name-status", "--relative", "-z", f"--since={last - A_YEAR} 00:00", "--format=%x01%H %cs", "HEAD", "--", "content",
    )  # fmt: skip
    if complaint:
        raise _Unknown(reason(complaint))
    for part in log.split(_COMMIT)[1:]:
        head, *names = part.split("\0")
        commit, day = head.split()
        pairs = [(status.strip(), file) for status, file in zip(names[::2], names[1::2], strict=False) if file]
        added = tuple(file for status, file in pairs if status == "A")
        yield _Commit(commit, day, added, tuple(file for status, file in pairs if status != "A"))


def _of_commit(root: Path, commit: _Commit, own_levels: Mapping[str, Level]) -> Iterator[PastChange]:
    if len(commit.added) > MANY:  # a site that begins, or a whole list that came in: no single guide is news
        yield PastChange(
            commit.day, _ITEM, "", "", "", ORANGE.label, MANY_SAYS, "item", "", str(Change.ADDED), "", str(len(commit.added)),
        )  # fmt: skip
    files = commit.changed if len(commit.added) > MANY else (*commit.added, *commit.changed)
    names = [f"{commit.id}{mark}:./{file}" for file in files for mark in ("^", "")]
    versions = iter(git_files(str(root), names))
    for file in files:
        was, now = _records(file, next(versions)), _records(file, next(versions))
        for key in dict.fromkeys((*was, *now)):
            for one in _differences(was.get(key), now.get(key), key):
                found = verdict(one, own_levels)
                if found.level is not Level.GREY and not _is_internal(one):
                    record, _ = now.get(key) or was[key]
                    yield PastChange(
                        commit.day, *key, area_of(file), _title(record, key), found.level.label, found.says,
                        ".".join(one.field), one.label, str(one.change), one.was, one.now,
                    )  # fmt: skip


def _is_internal(difference: Difference) -> bool:
    """Tell whether all that differs is what sort of step a step is, which guides do not say."""
    if difference.parts:
        return all(map(_is_internal, difference.parts))
    return "steps" in difference.field and difference.field[-1] == "kind"


_Stored = tuple[Record, Any]  # a record with its plain values


@lru_cache(maxsize=2048)  # what a commit left is what the next one found
def _records(file: str, data: bytes | None) -> Mapping[Key, _Stored]:
    """Return the records in a file that residents could see; nothing if it was not there."""
    if data is None:
        return {}
    found = records_in(file, data)
    if found is None or found[0].name in NOT_SHOWN:
        return {}
    kind, records = found
    return {(kind.name, id): one for id, one in records.items() if _is_public(one[0])}


def _is_public(record: Record) -> bool:
    if not isinstance(record, Item):
        return True
    return record.status is not Status.DRAFT and record.visibility is Visibility.PUBLIC


def _differences(was: _Stored | None, now: _Stored | None, key: Key) -> Iterator[Difference]:
    if was and now:
        found = differences(Version(*was, _NAMES), Version(*now, _NAMES))
        yield from found if key[0] == _ITEM else (one.within(key[0]) for one in found)
    elif key[0] in _OF_THEIR_OWN:
        change, texts = (Change.ADDED, ("", key[1])) if now else (Change.REMOVED, (key[1], ""))
        yield Difference("", (key[0],), _OF_THEIR_OWN[key[0]], change, *texts)


def _title(record: Record, key: Key) -> str:
    return str(getattr(record, "title", "") or getattr(record, "name", "") or key[1])
