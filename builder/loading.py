"""Loads all content files: parses and checks each, in workers. Unchanged files come from the cache."""

from __future__ import annotations

import marshal
import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from builder.checks import check_record
from builder.content.card import Card
from builder.content.parsing import ParsedFile, parse
from builder.project import Project
from builder.support.fingerprint import digest
from builder.support.folder import RACY_NS, FileState, state_of
from builder.support.store import Store
from builder.support.workers import Workers, workers_for

CHUNK = 64  # files per task of a worker


def load_files(project: Project, store: Store, jobs: int, on_done: Callable[[int], None]) -> list[ParsedFile]:
    """Return all content files parsed, in the order of their paths.

    `on_done` is called with the number of files whenever some are loaded.
    """
    now = _file_system_time(project)
    files = project.content_files
    known = _known_states(store)
    digests = _digests(project, files, known)
    cached = store.get_many("parsed", [f"{file} {file_digest}" for file, file_digest in digests.items()])
    loaded: dict[str, ParsedFile] = {parsed.file: parsed for parsed in map(pickle.loads, cached.values())}
    on_done(len(loaded))

    changed = [file for file in files if file not in loaded]
    before = _cards_before(changed, known, store)
    tasks = [(file, before.get(file)) for file in changed]
    with Workers(workers_for(len(changed), jobs), loader, (str(project.root),)) as workers:
        pickled = [data for chunk in workers.map(tasks, CHUNK, on_done) for data in chunk]
    parsed_now: list[ParsedFile] = [pickle.loads(data) for data in pickled]
    rows = zip(parsed_now, pickled, strict=True)
    store.put_many("parsed", ((f"{parsed.file} {parsed.digest}", data) for parsed, data in rows))
    loaded |= {parsed.file: parsed for parsed in parsed_now}
    if parsed_now:
        _save_state(files, loaded, store, before=now - RACY_NS)
    return [loaded[file] for file in files]


def load_file(file: str, data: bytes, card_before: Card | None = None) -> ParsedFile:
    """Return the content file `file`, relative to the site, parsed and checked.

    `card_before` is the card that the file gave before, if known.
    """
    return parse(file, data, check_record, card_before)


def loader(root: str) -> Callable[[Sequence[tuple[str, Card | None]]], list[bytes]]:
    """Return the function that a worker calls to load files below `root`, each with the card that it gave before.

    It returns a pickled `ParsedFile` for each.
    """

    def load(tasks: Sequence[tuple[str, Card | None]]) -> list[bytes]:
        parsed = (load_file(file, _read(f"{root}/{file}"), before) for file, before in tasks)
        return [pickle.dumps(file, pickle.HIGHEST_PROTOCOL) for file in parsed]

    return load


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _known_states(store: Store) -> Mapping[str, tuple[FileState, str]] | None:
    """Return the facts and the digest of each file at the last build, None if the cache is empty."""
    cached = store.get_many("state", ["facts"]).get("facts")
    return None if cached is None else marshal.loads(cached)


def _cards_before(
    files: Sequence[str], known: Mapping[str, tuple[FileState, str]] | None, store: Store
) -> Mapping[str, Card]:
    """Return the cards that the changed `files` gave at the last build, as far as they are in the cache."""
    keys = [f"{file} {known[file][1]}" for file in files if known and file in known]
    parsed: list[ParsedFile] = [pickle.loads(data) for data in store.get_many("parsed", keys).values()]
    return {before.file: before.card for before in parsed if before.card}


def _digests(
    project: Project, files: Mapping[str, os.stat_result], known: Mapping[str, tuple[FileState, str]] | None
) -> dict[str, str]:
    """Return the digest of each file, or {} if the cache is empty, so that no digest is needed.

    A file whose facts have not changed is not read.
    """
    if known is None:
        return {}
    digests = {}
    for file, stat in files.items():
        state, known_digest = known.get(file, (None, ""))
        digests[file] = known_digest if state == state_of(stat) else digest((project.root / file).read_bytes())
    return digests


def _save_state(files: Mapping[str, os.stat_result], loaded: dict[str, ParsedFile], store: Store, before: int) -> None:
    facts = {
        file: (state_of(stat), loaded[file].digest)
        for file, stat in files.items()
        if max(stat.st_mtime_ns, stat.st_ctime_ns) < before
    }
    store.put_many("state", [("facts", marshal.dumps(facts))])
    store.keep_only("parsed", {f"{parsed.file} {parsed.digest}" for parsed in loaded.values()})


def _file_system_time(project: Project) -> int:
    """Return the current time of the file system of the cache in ns, or 0 if the cache cannot be written."""
    clock = project.cache / "clock"
    with suppress(OSError):
        clock.write_bytes(b"")
        return clock.stat().st_mtime_ns
    return 0
