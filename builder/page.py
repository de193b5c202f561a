"""A planned page, and what its view may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from builder.card import Card, Key
from builder.fields import Record
from builder.model.item import Item
from builder.site import Companion

R = TypeVar("R", bound=Record)

Plain: TypeAlias = str | int | bool | tuple["Plain", ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site that is made from a template.

    `kind` says which view and template make it. `item` is the file of the item that it shows whole, "" for none.
    `uses` names every card and companion that the view may look at, `binds` the addresses of pages of items that it
    takes up as they were made, and `given` holds plain values besides: the page is made again when one of them changes,
    and only then.
    """

    url: str
    kind: str
    item: str = ""
    uses: tuple[Key, ...] = ()
    given: tuple[Plain, ...] = ()
    binds: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The relative path from the page to the site's top folder, "" at the top."""
        return "../" * self.url.count("/")


class Known:
    """What one page named in its `uses` and `binds`; asking for something else is an error in our code."""

    def __init__(
        self,
        page: Page,
        records: Mapping[Key, Card | Companion],
        item: Item | None = None,
        bound: Mapping[str, str] | None = None,
    ) -> None:
        self._uses = frozenset(page.uses)
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
