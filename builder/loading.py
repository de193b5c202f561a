"""The content files, parsed and checked one by one: only those that changed since the last time are read again."""

from __future__ import annotations

import marshal
import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from builder.checks import check_item
from builder.content.parsing import ParsedFile, parse
from builder.project import Project
from builder.support.fingerprint import digest
from builder.support.store import Store
from builder.support.workers import Workers, workers_for

# A file system may give two writes within one tick the same time, so the facts of a file that was written this
# shortly before we looked prove nothing: it is read again next time. (Git calls such entries "racily clean".)
RACY_NS = 2_000_000_000

CHUNK = 64  # files that a worker loads at a time

Facts = tuple[int, int, int, int]  # size, time of change of content and of entry in ns, number on the disk


def load_files(project: Project, store: Store, jobs: int, done: Callable[[int], None]) -> list[ParsedFile]:
    """Return every content file parsed, in order of path. Calls `done` with the number of files as they get done."""
    now = _file_clock(project)
    files = project.content_files
    digests = _digests(project, files, store)
    cached = store.get_many("parsed", [f"{file} {known}" for file, known in digests.items()])
    loaded: dict[str, ParsedFile] = {parsed.file: parsed for parsed in map(pickle.loads, cached.values())}
    done(len(loaded))

    new = [file for file in files if file not in loaded]
    with Workers(workers_for(len(new), jobs), loader, (str(project.root),)) as workers:
        pickled = [data for some in workers.map(new, CHUNK, done) for data in some]
    found: list[ParsedFile] = [pickle.loads(data) for data in pickled]
    named = zip(found, pickled, strict=True)
    store.put_many("parsed", ((f"{parsed.file} {parsed.digest}", data) for parsed, data in named))
    loaded |= {parsed.file: parsed for parsed in found}
    if found:
        _remember(files, loaded, store, before=now - RACY_NS)
    return [loaded[file] for file in files]


def load_file(file: str, data: bytes) -> ParsedFile:
    """Return the content file `file` (relative to the site) parsed, with all that is wrong inside it."""
    return parse(file, data, check_item)


def loader(root: str) -> Callable[[Sequence[str]], list[bytes]]:
    """Return what loads files below `root` in a worker: each becomes a `ParsedFile`, pickled as the store keeps it."""

    def load(files: Sequence[str]) -> list[bytes]:
        return [pickle.dumps(load_file(file, _read(f"{root}/{file}")), pickle.HIGHEST_PROTOCOL) for file in files]

    return load


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _facts(stat: os.stat_result) -> Facts:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _digests(project: Project, files: Mapping[str, os.stat_result], store: Store) -> dict[str, str]:
    """Return the digests of the files, nothing when the store knows nothing that they could be looked up in."""
    held = store.get_many("state", ["facts"]).get("facts")
    if held is None:
        return {}
    known: dict[str, tuple[Facts, str]] = marshal.loads(held)
    digests = {}
    for file, stat in files.items():
        facts, before = known.get(file, (None, ""))
        digests[file] = before if facts == _facts(stat) else digest((project.root / file).read_bytes())
    return digests


def _remember(files: Mapping[str, os.stat_result], loaded: dict[str, ParsedFile], store: Store, before: int) -> None:
    facts = {
        file: (_facts(stat), loaded[file].digest)
        for file, stat in files.items()
        if max(stat.st_mtime_ns, stat.st_ctime_ns) < before
    }
    store.put_many("state", [("facts", marshal.dumps(facts))])
    store.keep_only("parsed", {f"{parsed.file} {parsed.digest}" for parsed in loaded.values()})


def _file_clock(project: Project) -> int:
    """Return the present time as the file system of the cache tells it, 0 when it cannot be asked."""
    clock = project.cache / "clock"
    with suppress(OSError):
        clock.write_bytes(b"")
        return clock.stat().st_mtime_ns
    return 0
