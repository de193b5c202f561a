"""Loads all content files: parses and checks each, in workers. Unchanged files come from the cache."""

from __future__ import annotations

import marshal
import os
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from builder.checks import check_record
from builder.checks.proofreading import ALL_SITES, Lexicon
from builder.content.card import Card
from builder.content.model.companions import Terms
from builder.content.parsing import ParsedFile, parse
from builder.project import Project
from builder.support.fingerprint import digest
from builder.support.folder import RACY_NS, FileState, file_system_time, state_of
from builder.support.store import Store
from builder.support.workers import Workers, workers_for

TERMS = "content/terms.yaml"  # read first: it says which words are wrong in the others

CHUNK = 64  # files per task of a worker


def load_files(project: Project, store: Store, jobs: int, on_done: Callable[[int], None]) -> list[ParsedFile]:
    """Return all content files parsed, in the order of their paths.

    `on_done` is called with the number of files whenever some are loaded.
    """
    now = file_system_time(str(project.cache))
    files = project.content_files
    known = _known_states(store)
    digests = _digests(project, files, known)
    terms = _stored([TERMS], digests, ALL_SITES, store)
    pickled = []
    if TERMS in files and not terms:
        pickled = loader(str(project.root), ALL_SITES)([(TERMS, None)])
        terms = {TERMS: pickle.loads(pickled[0])}
    lexicon = _lexicon_of(terms.values())
    loaded = terms | _stored([file for file in files if file != TERMS], digests, lexicon, store)
    on_done(len(loaded))

    changed = [file for file in files if file not in loaded]
    before = _cards_before(changed, known, lexicon, store)
    tasks = [(file, before.get(file)) for file in changed]
    with Workers(workers_for(len(changed), jobs), loader, (str(project.root), lexicon)) as workers:
        pickled += [data for chunk in workers.map(tasks, CHUNK, on_done) for data in chunk]
    parsed_now: list[ParsedFile] = [pickle.loads(data) for data in pickled]
    rows = zip(parsed_now, pickled, strict=True)
    store.put_many("parsed", ((_key(parsed.file, parsed.digest, lexicon), data) for parsed, data in rows))
    loaded |= {parsed.file: parsed for parsed in parsed_now}
    if parsed_now:
        _save_state(files, loaded, lexicon, store, before=now - RACY_NS)
    return [loaded[file] for file in files]


def _lexicon_of(terms: Iterable[ParsedFile]) -> Lexicon:
    records = (record for parsed in terms for _, record in parsed.records())
    return Lexicon.of(record for record in records if isinstance(record, Terms))


def _stored(files: Sequence[str], digests: Mapping[str, str], lexicon: Lexicon, store: Store) -> dict[str, ParsedFile]:
    keys = [_key(file, digests[file], lexicon) for file in files if file in digests]
    return {parsed.file: parsed for parsed in map(pickle.loads, store.get_many("parsed", keys).values())}


def _key(file: str, file_digest: str, lexicon: Lexicon) -> str:
    """Return the cache key of a parsed file: its findings depend on the lexicon, but those of the word list do not."""
    return f"{file} {file_digest}" if file == TERMS else f"{file} {file_digest}{lexicon.key}"


def load_file(file: str, data: bytes, lexicon: Lexicon = ALL_SITES, card_before: Card | None = None) -> ParsedFile:
    """Return the content file `file`, relative to the site, parsed and checked.

    `lexicon` are the words that are wrong in the site, `card_before` is the card that the file gave before, if known.
    """
    return parse(file, data, partial(check_record, lexicon=lexicon), card_before)


def loader(root: str, lexicon: Lexicon) -> Callable[[Sequence[tuple[str, Card | None]]], list[bytes]]:
    """Return the function that a worker calls to load files below `root`, each with the card that it gave before.

    It returns a pickled `ParsedFile` for each.
    """

    def load(tasks: Sequence[tuple[str, Card | None]]) -> list[bytes]:
        parsed = (load_file(file, _read(f"{root}/{file}"), lexicon, before) for file, before in tasks)
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
    files: Sequence[str], known: Mapping[str, tuple[FileState, str]] | None, lexicon: Lexicon, store: Store
) -> Mapping[str, Card]:
    """Return the cards that the changed `files` gave at the last build, as far as they are in the cache."""
    digests = {file: known[file][1] for file in files if known and file in known}
    parsed = _stored(files, digests, lexicon, store)
    return {file: before.card for file, before in parsed.items() if before.card}


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


def _save_state(
    files: Mapping[str, os.stat_result], loaded: dict[str, ParsedFile], lexicon: Lexicon, store: Store, before: int
) -> None:
    facts = {
        file: (state_of(stat), loaded[file].digest)
        for file, stat in files.items()
        if max(stat.st_mtime_ns, stat.st_ctime_ns) < before
    }
    store.put_many("state", [("facts", marshal.dumps(facts))])
    store.keep_only("parsed", {_key(parsed.file, parsed.digest, lexicon) for parsed in loaded.values()})
