"""`Evidence`: the facts from which the standards are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.conformance.inspected_page import InspectedPage
from builder.content.card import Card
from builder.content.history import History
from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.site import Site
from builder.context.words import Words
from builder.support.diagnostics import Finding


@dataclass(frozen=True)
class Evidence:
    """The site with its history, its findings and its pages as they would be published.

    `pages` is empty if the content has errors. `files` are the addresses of all other published files. `now` is the
    current time in China, in the form ``2026-11-03 09:30``. `missed` are the findings of the search check, None if it
    could not run.
    """

    site: Site
    words: Words
    history: History
    findings: Sequence[Finding]
    pages: Sequence[InspectedPage]
    files: frozenset[str]
    now: str
    missed: Sequence[Finding] | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.site.settings

    @cached_property
    def columns(self) -> Sequence[InspectedPage]:
        """The column pages (栏目页), which list other pages."""
        return [page for page in self.pages if page.part == "column"]

    @cached_property
    def content(self) -> Sequence[InspectedPage]:
        """The content pages (内容页), such as guides."""
        return [page for page in self.pages if page.part == "content"]

    @cached_property
    def items(self) -> Mapping[Card, Item]:
        """Every offered item by its card, sorted by file."""
        return dict(self._items())

    def _items(self) -> Iterator[tuple[Card, Item]]:
        for card in sorted(self.site.offered, key=lambda card: card.file):
            yield card, Item.model_validate(self.site.raw_of(card.file))
