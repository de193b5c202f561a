"""What an area tells the rest of the site, and its store."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.checks.links import LinkingFile, linking_files
from builder.checks.proofreading import Lexicon
from builder.content.card import Card, pack, unpack
from builder.content.parsing import ParsedFile
from builder.loading import load_file, stored_as
from builder.support.diagnostics import Finding
from builder.support.fingerprint import builder_digest, digest
from builder.support.store import Store

FOLDER = "areas"  # in the cache: a folder for each area


@dataclass(frozen=True, slots=True)
class AreaExport:
    """What an area tells the rest of the site, without its `count` cards: most builds need none of them.

    `digest` stands for all that others can see of the area, `files_digest` for its files. `linking` are its files
    with links that have to be looked up. `latest_day` is the last day of something done, "" for none;
    `is_broken` tells that some file could not be read.
    """

    area: str
    count: int
    digest: str
    files_digest: str
    findings: tuple[Finding, ...]
    linking: tuple[LinkingFile, ...]
    latest_day: str
    is_broken: bool


def export_of(area: str, files: Sequence[ParsedFile]) -> AreaExport:
    """Return what the area with these files tells the rest of the site."""
    cards = _cards(files)
    linking = tuple(linking_files(files))
    is_broken = any(file.is_broken for file in files)
    seen = repr((area, cards, linking, is_broken))
    return AreaExport(
        area=area,
        count=len(cards),
        digest=digest(seen.encode()),
        files_digest=digest(repr([(file.file, file.digest) for file in files]).encode()),
        findings=tuple(finding for file in files for finding in file.findings),
        linking=linking,
        latest_day=max((day for file in files for _, day in file.past_days), default=""),
        is_broken=is_broken,
    )


def area_store(cache: Path, area: str) -> Store:
    """Return the store of an area, below the cache folder of the site."""
    return Store.open(cache / FOLDER / area, builder_digest())


class AreaContent:
    """The content of one area, as its store holds it once the area was studied.

    `files` are its paths, in their order. A store may lose what it was given; then that is loaded again.
    """

    def __init__(self, root: str, files: Iterable[str], lexicon: Lexicon, store: Store) -> None:
        self._root = root
        self._files = tuple(files)
        self._lexicon = lexicon
        self._store = store

    def keep(self, files: Sequence[ParsedFile]) -> None:
        """Keep the cards and the digests of all files of the area."""
        self._store.put_many("export", [("cards", pack(_cards(files))), ("digests", marshal.dumps(_digests(files)))])

    def cards(self) -> tuple[Card, ...]:
        """Return the cards of the items."""
        kept = self._store.get_many("export", ["cards"]).get("cards")
        return unpack(kept) if kept else _cards(self._load(self._files))

    def digests(self) -> Mapping[str, str]:
        """Return the digest of each file."""
        kept = self._store.get_many("export", ["digests"]).get("digests")
        return marshal.loads(kept) if kept else _digests(self._load(self._files))

    def parsed(self, files: Sequence[str]) -> list[ParsedFile]:
        """Return some of the files, parsed."""
        digests = self.digests()
        keys = {file: stored_as(file, digests[file], self._lexicon) for file in files}
        stored = self._store.get_many("parsed", list(keys.values()))
        found = {file: pickle.loads(stored[key]) for file, key in keys.items() if key in stored}
        found |= {file.file: file for file in self._load([file for file in files if file not in found])}
        return [found[file] for file in files]

    def _load(self, files: Iterable[str]) -> list[ParsedFile]:
        return [load_file(file, Path(self._root, file).read_bytes(), self._lexicon) for file in files]


def _cards(files: Iterable[ParsedFile]) -> tuple[Card, ...]:
    return tuple(file.card for file in files if file.card)


def _digests(files: Iterable[ParsedFile]) -> dict[str, str]:
    return {file.file: file.digest for file in files}
