"""What a page declares is what its view reads: no more, or it is made again for nothing; no less, or it goes stale."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from site_folder import sample_content

from builder.content.card import Card
from builder.content.site import Site, collect
from builder.context import Lookup, frame_of
from builder.loading import load_file
from builder.project import Project, open_project
from builder.render.item_guide import ItemGuide
from builder.render.page import Page
from builder.render.pages import plan, sections_of
from builder.render.rendering import PageRenderer, RenderSetup


class Sample:
    """The sample site, planned."""

    def __init__(self, project: Project) -> None:
        files = {file: load_file(file, (project.root / file).read_bytes()) for file in project.content_files}
        self.site: Site = collect(project.settings, list(files.values()))
        assets = dict.fromkeys(project.static_files, "0" * 32)
        frame = frame_of(self.site, assets, sections_of(self.site), project.words)
        self.pages = plan(self.site, frame)
        companions = {companion.key: companion for companion in self.site.companions}
        self.renderer = PageRenderer(
            RenderSetup(project.template_folders, {}, project.cache, frame, project.words, companions, "")
        )
        self._raw_records = {file: parsed.raw_records for file, parsed in files.items()}
        self._cards: dict[str, Card] = {card.file: card for card in self.site.cards}

    def groups(self) -> Iterator[tuple[list[Page[Any]], ItemGuide | None]]:
        """Yield the pages of each item with its guide, and between them those of none."""
        for file, group in groupby(self.pages, key=lambda page: page.item):
            pages = list(group)
            yield pages, self.guide(file, pages) if file else None

    def guide(self, file: str, pages: list[Page[Any]]) -> ItemGuide:
        return self.renderer.item_guide(self._cards[file], self._raw_records[file], pages, self.site.known)

    def read(self, page: Page[Any], guide: ItemGuide | None) -> set[tuple[str, str]]:
        """Make the view of `page`; return the records that it read."""
        lookup = Lookup(page.uses, self.site.known)
        raw_records = {file: self._raw_records[file] for _, file in page.items}
        self.renderer.view(page, lookup, guide, {url: bound(url) for url in page.binds}, raw_records)
        return lookup.read


def bound(url: str) -> str:
    """Return the least that a page that is taken up can be: a sheet without content, a record without facts."""
    record = f'"@id":"","id":"{Path(url).stem}","name":"","status":"active","items":[]}}'
    return "<main></main>" if url.endswith(".html") else f"{{\n{record}\n"


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample(open_project(sample_content().parent / "site.yaml"))


def test_every_page_declares_what_its_view_reads_and_nothing_else(sample: Sample) -> None:
    unread = {
        (page.url, key)
        for pages, guide in sample.groups()
        for page in pages
        for key in set(page.uses) - sample.read(page, guide)
    }

    assert unread == set()


@pytest.mark.parametrize("kind", ["item", "print", "print-short", "print-notice", "print-poster", "editions"])
def test_a_page_that_leaves_out_a_record_of_its_guide_cannot_be_made(sample: Sample, kind: str) -> None:
    """Not even when the guide was made for another page of the item before."""
    pages, guide = next((pages, guide) for pages, guide in sample.groups() if kind in {page.kind for page in pages})
    page = next(page for page in pages if page.kind == kind)
    assert guide is not None
    assert guide.guide.title

    for left_out in sorted(guide.read):
        with pytest.raises(LookupError, match=left_out[1]):
            sample.read(page._replace(uses=tuple(key for key in page.uses if key != left_out)), guide)
