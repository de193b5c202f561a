"""What one page may look at: the records that its plan names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from builder.content.card import Card, Key
from builder.content.fields import Record
from builder.content.model.item import Item
from builder.content.site import Companion

R = TypeVar("R", bound=Record)


class Lookup:
    """The records in `uses`, an item, and pages already made; asking for something else is an error in our code."""

    def __init__(
        self,
        uses: Iterable[Key],
        records: Mapping[Key, Card | Companion],
        item: Item | None = None,
        bound: Mapping[str, str] | None = None,
    ) -> None:
        self._uses = frozenset(uses)
        self._records = records
        self._item = item
        self._bound = bound or {}

    @property
    def item(self) -> Item:
        """The whole item of a page that shows one."""
        if self._item is None:
            raise LookupError("this page shows no whole item")
        return self._item

    def __contains__(self, key: Key) -> bool:
        return key in self._uses and key in self._records

    def card(self, id: str) -> Card:
        """Return an item's card."""
        return cast("Card", self._get(("item", id)))

    def record(self, kind: str, id: str, expected: type[R]) -> R:
        """Return a companion's record."""
        record = cast("Companion", self._get((kind, id))).record
        if not isinstance(record, expected):
            raise TypeError(f"{kind} {id} is no {expected.__name__}")
        return record

    def bound(self, url: str) -> str:
        """Return a page that the page binds, as it was made."""
        return self._bound[url]

    def _get(self, key: Key) -> Card | Companion:
        if key not in self._uses:
            raise LookupError(f"a view asked for {key}, which its page does not use")
        return self._records[key]
