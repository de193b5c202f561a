"""What an area tells the rest of the site, and its store."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from builder.checks.links import LinkingFile, linking_files
from builder.checks.proofreading import Lexicon
from builder.content.card import Card, pack, unpack
from builder.content.model.kinds import area_of
from builder.content.parsing import ParsedFile
from builder.content.site import told_in
from builder.loading import load_file, stored_as
from builder.support.diagnostics import Finding, quote
from builder.support.failure import Failure
from builder.support.fingerprint import builder_digest, digest, digest_of
from builder.support.store import Store

FOLDER = "areas"  # in the cache: a folder for each area


class ContentChanged(Failure):
    """Content changed after it was studied, so what was found out about the site no longer holds."""

    def __init__(self, file: str) -> None:
        says = f"地区“{quote(area_of(file))}”的内容在生成的时候又改了，网站没有改动"
        super().__init__(says, "改好以后再生成一次。")


@dataclass(frozen=True, slots=True)
class AreaExport:
    """What an area tells the rest of the site, without its `count` cards: most builds need none of them.

    `digest` stands for all that others can see of the area, `told_digest` for what its guides tell, `files_digest` for its
    files. `linking` are its files
    with links that have to be looked up. `latest_day` is the last day of something done, "" for none;
    `is_broken` tells that some file could not be read.
    """

    area: str
    count: int
    digest: str
    told_digest: bytes
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
        told_digest=digest_of(told_in(files)),
        files_digest=files_digest_of(files),
        findings=tuple(finding for file in files for finding in file.findings),
        linking=linking,
        latest_day=max((day for file in files for _, day in file.past_days), default=""),
        is_broken=is_broken,
    )


def files_digest_of(files: Iterable[ParsedFile]) -> str:
    """Return what stands for the content of all files of an area."""
    return digest(repr([(file.file, file.digest) for file in files]).encode())


def area_store(cache: Path, area: str) -> Store:
    """Return the store of an area, below the cache folder of the site."""
    return Store.open(cache / FOLDER / area, builder_digest())


class AreaContent:
    """The content of one area, as its store holds it once the area was studied.

    `files` are its paths, in their order, and `files_digest` stands for what was in them. A store may lose what it was
    given, or get what another build found there since; then the files are loaded again. Each method raises
    `ContentChanged` if they no longer hold what was studied.
    """

    def __init__(self, root: str, files: Iterable[str], files_digest: str, lexicon: Lexicon, store: Store) -> None:
        self._root = root
        self._files = tuple(files)
        self._files_digest = files_digest
        self._lexicon = lexicon
        self._store = store

    def keep(self, files: Sequence[ParsedFile]) -> None:
        """Keep the cards, what the guides tell, and the digests of all files of the area."""
        rows = {
            self._key("cards"): pack(_cards(files)),
            self._key("told"): marshal.dumps(told_in(files)),
            self._key("digests"): marshal.dumps(_digests(files)),
        }
        self._store.put_many("export", rows.items())
        self._store.keep_only("export", rows)

    def cards(self) -> tuple[Card, ...]:
        """Return the cards of the items."""
        kept = self._kept("cards")
        return unpack(kept) if kept else _cards(self._loaded)

    def told(self) -> Mapping[str, bytes]:
        """Return what the guides tell, packed, by the ids of their items."""
        kept = self._kept("told")
        return marshal.loads(kept) if kept else told_in(self._loaded)

    def digests(self) -> Mapping[str, str]:
        """Return the digest of each file."""
        kept = self._kept("digests")
        return marshal.loads(kept) if kept else _digests(self._loaded)

    def parsed(self, files: Sequence[str]) -> list[ParsedFile]:
        """Return some of the files, parsed."""
        digests = self.digests()
        keys = {file: stored_as(file, digests[file], self._lexicon) for file in files}
        stored = self._store.get_many("parsed", list(keys.values()))
        found = {file: pickle.loads(stored[key]) for file, key in keys.items() if key in stored}
        for file in self._load([file for file in files if file not in found]):
            if file.digest != digests[file.file]:
                raise ContentChanged(file.file)
            found[file.file] = file
        return [found[file] for file in files]

    def _key(self, name: str) -> str:
        return f"{name} {self._files_digest}"

    def _kept(self, name: str) -> bytes | None:
        key = self._key(name)
        return self._store.get_many("export", [key]).get(key)

    @cached_property
    def _loaded(self) -> list[ParsedFile]:
        loaded = self._load(self._files)
        if files_digest_of(loaded) != self._files_digest:
            raise ContentChanged(self._files[0])
        return loaded

    def _load(self, files: Iterable[str]) -> list[ParsedFile]:
        return [load_file(file, Path(self._root, file).read_bytes(), self._lexicon) for file in files]


def _cards(files: Iterable[ParsedFile]) -> tuple[Card, ...]:
    return tuple(file.card for file in files if file.card)


def _digests(files: Iterable[ParsedFile]) -> dict[str, str]:
    return {file.file: file.digest for file in files}
