"""A site whose areas were studied, and the site collected from all of them where that is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from builder.areas.export import AreaContent, AreaExport, area_store
from builder.checks.links import LinkingFile, linking_files
from builder.checks.proofreading import Lexicon
from builder.content.card import Card
from builder.content.history import History, PastChange
from builder.content.model.item import Item
from builder.content.model.kinds import BY_RECORD, area_of
from builder.content.parsing import ParsedFile
from builder.content.settings import Settings
from builder.content.site import Companion, Site, companions_in
from builder.differences.past import Past
from builder.support.diagnostics import Finding
from builder.support.store import Store


@dataclass(frozen=True)
class StudiedSite:
    """The content of a site: the files that belong to no area, and what each area exports.

    `root` is the folder of the site and `cache` its cache. `past` is what changed before. `areas` are the files of each area by path, `lexicon` are the
    words that are wrong in the site. `draft_title` makes the titles of drafts in a preview, "" where drafts are not shown.
    """

    root: str
    cache: Path
    settings: Settings
    history: History
    past: Past
    lexicon: Lexicon
    files: Sequence[ParsedFile]
    areas: Mapping[str, Sequence[str]]
    exports: Sequence[AreaExport]
    draft_title: str = ""

    @property
    def findings(self) -> Iterator[Finding]:
        """What is wrong in single files."""
        yield from (finding for file in self.files for finding in file.findings)
        yield from (finding for export in self.exports for finding in export.findings)

    @property
    def linking(self) -> Iterator[LinkingFile]:
        """The files with links that have to be looked up."""
        yield from linking_files(self.files)
        yield from (file for export in self.exports for file in export.linking)

    @cached_property
    def companions(self) -> tuple[Companion[Any], ...]:
        """The records that belong to no area."""
        return companions_in(self.files)

    @cached_property
    def site(self) -> Site:
        """The whole site. To collect it loads the cards of all areas."""
        broken = {file.kind for file in self.files if file.is_broken}
        if any(export.is_broken for export in self.exports):
            broken.add(BY_RECORD[Item].name)
        cards = tuple(card for area in self.areas for card in self._cards(area))
        return Site(
            self.settings,
            cards,
            self.companions,
            self._raw_records,
            self._told,
            frozenset(broken),
            self.history.dates,
            self.history.added,
            past=self.past.changes,
        )

    @cached_property
    def shown(self) -> Site:
        """The whole site as it is published."""
        return self.site.preview(self.draft_title) if self.draft_title else self.site

    def of_area(self, area: str) -> Site:
        """Return one area as it is published, by itself."""
        cards, dates = self._cards(area), self.history.dates
        past = self.past_of(area)
        site = Site(self.settings, cards, self.companions, self._raw_records, self._told, dates=dates, past=past)
        return site.preview(self.draft_title) if self.draft_title else site

    def of_items(self, files: Iterable[str]) -> Site:
        """Return the items in some files as a site of their own, which knows all companions."""
        parsed = list(self.parsed(files))
        cards = tuple(file.card for file in parsed if file.card)
        raw_records = {file.file: file.raw_records for file in parsed}
        return Site(self.settings, cards, self.companions, raw_records.__getitem__, self._told)

    def past_of(self, area: str) -> tuple[PastChange, ...]:
        """Return what changed in an area."""
        return tuple(one for one in self.past.changes if one.area == area)

    def forget_cards(self) -> None:
        """Let go of the collected site: the cards of all areas are loaded again when it is asked for."""
        for name in ("site", "shown"):
            self.__dict__.pop(name, None)

    def dated_after(self, day: str) -> Iterator[ParsedFile]:
        """Yield the files in which something is said to be done after `day`, and perhaps others."""
        yield from self.files
        for export in self.exports:
            if export.latest_day > day:
                with area_store(self.cache, export.area) as store:
                    yield from self._content(export.area, store).parsed(self.areas[export.area])

    def parsed(self, files: Iterable[str]) -> Iterator[ParsedFile]:
        """Yield some files of areas, parsed: those of one area after the other."""
        by_area: dict[str, list[str]] = {}
        for file in files:
            by_area.setdefault(area_of(file), []).append(file)
        for area, some in by_area.items():
            with area_store(self.cache, area) as store:
                yield from self._content(area, store).parsed(some)

    def digests_of(self, files: Iterable[str]) -> dict[str, str]:
        """Return the digests of some files of areas, "" for one that the site does not have."""
        digests: dict[str, str] = {}
        for file in files:
            if file not in digests and (area := area_of(file)) in self.areas:
                with area_store(self.cache, area) as store:
                    digests |= self._content(area, store).digests()
        return {file: digests.get(file, "") for file in files}

    def _cards(self, area: str) -> tuple[Card, ...]:
        with area_store(self.cache, area) as store:
            return self._content(area, store).cards()

    def _raw_records(self, file: str) -> bytes:
        area = area_of(file)
        with area_store(self.cache, area) as store:
            (parsed,) = self._content(area, store).parsed([file])
        return parsed.raw_records

    def _told(self, area: str) -> Mapping[str, bytes]:
        with area_store(self.cache, area) as store:
            return self._content(area, store).told()

    def _content(self, area: str, store: Store) -> AreaContent:
        return AreaContent(self.root, self.areas[area], self._files_digests[area], self.lexicon, store)

    @cached_property
    def _files_digests(self) -> Mapping[str, str]:
        return {export.area: export.files_digest for export in self.exports}
