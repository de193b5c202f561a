"""What one page may look at: the records that its plan names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, cast

from builder.content.card import Card
from builder.content.fields import Record
from builder.content.model.item import Item
from builder.content.model.kinds import Key, key
from builder.content.site import Companion

R = TypeVar("R", bound=Record)


class Lookup:
    """The cards and companions that a page declares in its `uses`.

    Asking for another one is an error in our code: a change of that record would not make the page again. `read` holds
    what was asked for.
    """

    def __init__(self, uses: Iterable[Key], records: Mapping[Key, Card | Companion[Any]]) -> None:
        self._uses = frozenset(uses)
        self._records = records
        self.read: set[Key] = set()

    def get(self, record: type[R], id: str) -> R:
        """Return the record of this type with this id."""
        return cast("Companion[R]", self._records[self._declared(key(record, id))]).record

    def find(self, record: type[R], id: str) -> R | None:
        """Return the record of this type with this id, None when the site has none."""
        found = self._records.get(self._declared(key(record, id)))
        return cast("Companion[R]", found).record if found else None

    def order(self, record: type[Record], id: str) -> str:
        """Return what to sort the record of this type with this id by."""
        return cast("Companion[Any]", self._records[self._declared(key(record, id))]).order

    def card(self, id: str) -> Card:
        """Return an item's card."""
        return cast("Card", self._records[self._declared(key(Item, id))])

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """Return the cards of items. For a long list this is much faster than one by one."""
        keys = [key(Item, id) for id in ids]
        self.declared(set(keys))
        return [cast("Card", self._records[key]) for key in keys]

    def declared(self, keys: AbstractSet[Key]) -> None:
        """Note that the page shows these records. Raises LookupError where it does not declare one."""
        if missing := keys - self._uses:
            raise LookupError(f"a view shows {', '.join(map(str, sorted(missing)))}, which its page does not declare")
        self.read |= keys

    def _declared(self, key: Key) -> Key:
        if key not in self._uses:
            self.declared({key})
        self.read.add(key)
        return key
