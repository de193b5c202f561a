"""What guides say in a state of the site."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.content.card import Card
from builder.content.model.item import Item
from builder.content.model.kinds import Key
from builder.context import Lookup, RenderContext, frame_of
from builder.differences.comparison import Version
from builder.guide import TextSection, guide_uses
from builder.render.item_guide import ItemGuide
from builder.review.states import State


@dataclass(frozen=True, slots=True)
class Said:
    """An item in a state: its card, its record with its plain values, and what its guide says; `uses` are what it may show."""

    card: Card
    version: Version
    text: tuple[TextSection, ...]
    uses: frozenset[Key] = field(default=frozenset())

    @property
    def item(self) -> Item:
        """The item itself."""
        assert isinstance(self.version.record, Item)  # noqa: S101 - made so below
        return self.version.record


def said_in(state: State, ids: Iterable[str]) -> dict[str, Said]:
    """Return what the guides of the items `ids` say; of those that residents may see."""
    site, words = state.site, state.project.words
    frame = frame_of(site, {}, {}, words)
    cards = {card.file: card for id in ids if (card := site.card(id)) and card.public}
    found = {}
    for parsed in state.build.studied.parsed(cards):
        card = cards[parsed.file]
        raw = next(iter(marshal.loads(parsed.raw_records).values()))
        item = Item.model_validate(raw)
        uses = guide_uses(card, site)
        guide = ItemGuide(item, card.id, card.area, RenderContext(words, frame, Lookup(uses, site.known)))
        found[card.id] = Said(card, Version(item, raw, state.names), guide.plain_text, frozenset(uses))
    return found
