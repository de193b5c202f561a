"""An item as it goes out, with what tells later whether it has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.item import Item
from builder.content.source import Raw

FORM_VERSION = "1"  # of the forms themselves; raised when what an older one says must be read in another way


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """An item and its plain values, with the digest of its file and the code of its printed edition."""

    card: Card
    item: Item
    raw: dict[str, Raw]
    digest: str
    edition: str

    @property
    def properties(self) -> Mapping[str, str]:
        """What an exported document says of the item in its properties."""
        return {
            "bszn-form": FORM_VERSION,
            "bszn-item": self.card.id,
            "bszn-area": self.card.area,
            "bszn-file": self.card.file,
            "bszn-digest": self.digest,
            "bszn-edition": self.edition,
        }
