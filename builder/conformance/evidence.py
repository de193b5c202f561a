"""What the standards are judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.conformance.built import Built
from builder.content.card import Card
from builder.content.history import History
from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.site import Site
from builder.context.words import Words
from builder.support.diagnostics import Finding


@dataclass(frozen=True)
class Evidence:
    """The site, its history and findings, and its pages as they would be published, none where the content has errors.

    `files` are the addresses of everything else that is published. `now` is the present minute in China, written like
    the dates of pages. `missed` are what the search does not find first, None when it could not be asked.
    """

    site: Site
    words: Words
    history: History
    findings: Sequence[Finding]
    pages: Sequence[Built]
    files: frozenset[str]
    now: str
    missed: Sequence[Finding] | None = None

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return self.site.settings

    @cached_property
    def columns(self) -> Sequence[Built]:
        """The pages that list others."""
        return [page for page in self.pages if page.part == "column"]

    @cached_property
    def content(self) -> Sequence[Built]:
        """The pages that tell one matter."""
        return [page for page in self.pages if page.part == "content"]

    @cached_property
    def items(self) -> Mapping[Card, Item]:
        """Every offered item, whole."""
        return dict(self._items())

    def _items(self) -> Iterator[tuple[Card, Item]]:
        for card in sorted(self.site.offered, key=lambda card: card.file):
            yield card, Item.model_validate(self.site.raw_of(card.file))
