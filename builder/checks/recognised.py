"""Which items are recognised as belonging to a matter of life, by which people find them in words of their own."""

from __future__ import annotations

from dataclasses import dataclass

from builder.content.card import Card
from builder.content.site import Site
from builder.matters import Matter, speech
from builder.render.pages.search import matters_of_items


@dataclass(frozen=True, slots=True)
class Recognised:
    """How many items and matters there are; the items without a matter, and the matters without an item."""

    items: int
    matters: int
    unknown: tuple[Card, ...]
    unused: tuple[Matter, ...]

    def __str__(self) -> str:
        known, used = self.items - len(self.unknown), self.matters - len(self.unused)
        return (
            f"{self.items} 个事项里，{known} 个认得出是办什么事，群众用大白话也搜得到；"
            f"词库里的 {self.matters} 件事，本站有事项的是 {used} 件。"
        )

    @property
    def in_full(self) -> str:
        """Both lists, a line each."""
        return "\n".join(
            f"{says}：{'、'.join(names) or '没有'}"
            for says, names in (
                ("认不出是办什么事的事项", [card.title for card in self.unknown]),
                ("本站没有事项的事", [matter.name for matter in self.unused]),
            )
        )


def recognised(site: Site) -> Recognised:
    """Tell which offered items of `site` are recognised."""
    matters = matters_of_items(site.offered)
    used = {matter for found in matters.values() for matter in found}
    all_matters = speech().matters
    return Recognised(
        len(matters),
        len(all_matters),
        tuple(card for card in site.offered if not matters[card.id]),
        tuple(matter for matter in all_matters if matter.id not in used),
    )
