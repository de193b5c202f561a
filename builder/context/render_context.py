"""The context in which facts become views."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from builder.content.card import Card
from builder.content.fields import Record
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The words of the locale, the frame of the site, and what the page may look at.

    `told` keeps, by facts of cards, what these words say of them in brief: the same facts stand on many cards and pages.
    """

    words: Words
    frame: Frame
    lookup: Lookup
    told: dict[tuple[Hashable, ...], tuple[str, str]] = field(default_factory=dict, kw_only=True)

    def get(self, record: type[R], id: str) -> R:
        """Return the record of this type with this id."""
        return self.lookup.get(record, id)

    def find(self, record: type[R], id: str) -> R | None:
        """Return the record of this type with this id, None when the site has none."""
        return self.lookup.find(record, id)

    def order(self, record: type[Record], id: str) -> str:
        """Return what to sort the record of this type with this id by."""
        return self.lookup.order(record, id)

    def card(self, id: str) -> Card:
        """Return an item's card."""
        return self.lookup.card(id)

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """Return the cards of items."""
        return self.lookup.cards(ids)
