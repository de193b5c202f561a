"""Loads content files: each is parsed and checked by itself, in workers, unless the store has it from an earlier build.

The words that are wrong in a site (`Lexicon`) stand in one of its files, which is therefore loaded before the others.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice

from builder.checks import check_record
from builder.checks.proofreading import ALL_SITES, Lexicon
from builder.content.card import Before
from builder.content.model.companions import Terms
from builder.content.parsing import ParsedFile, parse, parse_all
from builder.support.fingerprint import digest
from builder.support.folder import RACY_NS, FileState
from builder.support.store import Store
from builder.support.workers import Workers, workers_for

TERMS = "content/terms.yaml"

CHUNK = 64  # files per task of a worker

Task = tuple[str, Before | None]  # a file, and what it gave before, if known
KnownStates = Mapping[str, tuple[FileState | None, str]]  # of each file its facts, None if not settled, and its digest


class FileGroup:
    """Content files that share a store: those of an area, or all that belong to none.

    `files` are their facts by path, relative to the folder `root` of the site. `parsed` are those that the store has as
    they are now; `changed` are the tasks for the others, until their results are given to `add`.
    """

    def __init__(self, root: str, files: Mapping[str, FileState], lexicon: Lexicon, store: Store) -> None:
        self._files = files
        self._lexicon = lexicon
        self._store = store
        known = self._known_states()
        digests = _digests(root, files, known)
        self.parsed = self._stored(digests)
        changed = [file for file in files if file not in self.parsed]
        self._before = self._given_before(changed, known or {})
        self._has_new = False

    @property
    def changed(self) -> list[Task]:
        """The files that have to be parsed."""
        return [(file, self._before.get(file)) for file in self._files if file not in self.parsed]

    def add(self, parsed: Sequence[ParsedFile]) -> None:
        """Add files that were parsed now, and keep them in the store."""
        if parsed:
            rows = ((self._key(file.file, file.digest), pickle.dumps(file, pickle.HIGHEST_PROTOCOL)) for file in parsed)
            self._store.put_many("parsed", rows)
            self.parsed |= {file.file: file for file in parsed}
            self._has_new = True

    def finish(self, now: int) -> list[ParsedFile]:
        """Return the parsed files in the order of their paths.

        `now` is the time of the file system, in ns, before the facts of the files were read.
        """
        if self._has_new:
            facts = {
                file: (state if is_settled(state, now) else None, self.parsed[file].digest)
                for file, state in self._files.items()
            }
            self._store.put_many("state", [("facts", marshal.dumps(facts))])
            self._store.keep_only("parsed", {self._key(file, parsed.digest) for file, parsed in self.parsed.items()})
        return [self.parsed[file] for file in self._files]

    def _known_states(self) -> KnownStates | None:
        """Return the facts and the digest of each file at the last build, None if the store is empty."""
        cached = self._store.get_many("state", ["facts"]).get("facts")
        return None if cached is None else marshal.loads(cached)

    def _given_before(self, files: Sequence[str], known: KnownStates) -> Mapping[str, Before]:
        """Return what the changed `files` gave at the last build, as far as it is in the store."""
        parsed = self._stored({file: known[file][1] for file in files if file in known})
        return {file: before for file, one in parsed.items() if (before := one.as_before)}

    def _stored(self, digests: Mapping[str, str]) -> dict[str, ParsedFile]:
        keys = [self._key(file, file_digest) for file, file_digest in digests.items()]
        return {parsed.file: parsed for parsed in map(pickle.loads, self._store.get_many("parsed", keys).values())}

    def _key(self, file: str, file_digest: str) -> str:
        """Return the key of a parsed file: its findings depend on the lexicon, but those of the word list do not."""
        return stored_as(file, file_digest, self._lexicon)


def stored_as(file: str, file_digest: str, lexicon: Lexicon) -> str:
    """Return the key in the store of the parsed `file` with this digest."""
    return f"{file} {file_digest}" if file == TERMS else f"{file} {file_digest}{lexicon.key}"


def is_settled(state: FileState, now: int) -> bool:
    """Return whether a file changed so long before `now` that any later change shows in its facts."""
    return max(state[1], state[2]) < now - RACY_NS


def load_files(
    root: str,
    groups: Sequence[FileGroup],
    lexicon: Lexicon,
    jobs: int,
    on_done: Callable[[int], None],
) -> None:
    """Parse the changed files of all `groups`, in up to `jobs` worker processes.

    `on_done` is called with the number of files whenever some are parsed.
    """
    changed = [group.changed for group in groups]
    tasks = [task for some in changed for task in some]
    with Workers(workers_for(len(tasks), jobs), loader, (root, lexicon)) as workers:
        parsed = iter([file for chunk in workers.map(tasks, CHUNK, on_done) for file in chunk])
    for group, some in zip(groups, changed, strict=True):
        group.add(list(islice(parsed, len(some))))


def load_companions(
    root: str, files: Mapping[str, FileState], store: Store, now: int, jobs: int, on_done: Callable[[int], None]
) -> tuple[list[ParsedFile], Lexicon]:
    """Return the parsed files that belong to no area, in the order of their paths, and the words wrong in the site."""
    words = FileGroup(root, {file: state for file, state in files.items() if file == TERMS}, ALL_SITES, store)
    parsed = loader(root, ALL_SITES)(words.changed)
    words.add(parsed)
    lexicon = _lexicon_of(words.parsed.values())
    group = FileGroup(root, files, lexicon, store)
    group.add(parsed)
    load_files(root, [group], lexicon, jobs, on_done)
    return group.finish(now), lexicon


def _lexicon_of(terms: Iterable[ParsedFile]) -> Lexicon:
    records = (record for parsed in terms for _, record in parsed.records())
    return Lexicon.of(record for record in records if isinstance(record, Terms))


def load_file(file: str, data: bytes, lexicon: Lexicon = ALL_SITES, before: Before | None = None) -> ParsedFile:
    """Return the content file `file`, relative to the site, parsed and checked.

    `lexicon` are the words that are wrong in the site, `before` is what the file gave before, if known.
    """
    return parse(file, data, partial(check_record, lexicon=lexicon), before)


def loader(root: str, lexicon: Lexicon) -> Callable[[Sequence[Task]], list[ParsedFile]]:
    """Return the function that a worker calls to load files below `root`."""

    def load(tasks: Sequence[Task]) -> list[ParsedFile]:
        files = ((file, _read(f"{root}/{file}"), before) for file, before in tasks)
        return list(parse_all(files, partial(check_record, lexicon=lexicon)))

    return load


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _digests(root: str, files: Mapping[str, FileState], known: KnownStates | None) -> dict[str, str]:
    """Return the digest of each file, or {} if the store is empty, so that no digest is needed.

    A file whose facts have not changed is not read.
    """
    if known is None:
        return {}
    digests = {}
    for file, state in files.items():
        known_state, known_digest = known.get(file, (None, ""))
        digests[file] = known_digest if state == known_state else digest(_read(f"{root}/{file}"))
    return digests
