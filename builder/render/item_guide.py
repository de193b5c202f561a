"""The guide of one item, made once for all pages and sheets that show it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cached_property

from builder.content.model.item import Item
from builder.content.model.kinds import Key
from builder.context import RenderContext, Words, words_for
from builder.guide import Guide, TextSection, edition_code, guide_of, plain_text_of


class ItemGuide:
    """The guide of `item`, its plain text and the code of its edition, each made on first use.

    The lookup of `context` holds the records that any page of the item declares; `read` are those that the guide shows.
    """

    def __init__(self, item: Item, id: str, area: str, context: RenderContext) -> None:
        self.item = item
        self._id = id
        self._area = area
        self._context = context

    @cached_property
    def guide(self) -> Guide:
        """The guide."""
        return guide_of(self.item, self._id, self._area, self._context)

    @cached_property
    def plain_text(self) -> tuple[TextSection, ...]:
        """What the guide says."""
        return plain_text_of(self.guide, self.words)

    @cached_property
    def edition(self) -> str:
        """The code of that text."""
        return edition_code(self.plain_text)

    @property
    def words(self) -> Words:
        """The words for those who read the guide: whether there is a number to call, it knows."""
        return words_for(self.guide.numbers, self._context.words)

    @property
    def read(self) -> AbstractSet[Key]:
        """The records that the guide shows."""
        _ = self.guide
        return self._context.lookup.read
