"""Finds what of a draft the site has already: an item with the same name, and items with nearly the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from builder.content.card import Card
from builder.content.model.item import Item
from builder.content.model.kinds import area_of
from builder.content.site import Site
from builder.editing import Value
from builder.office.drafts.draft import Draft
from builder.office.shapes.folding import fold

ALIKE: Final = 0.78  # of names that mean the same matter, from reading those of the sample site

_AROUND_NAME: Final = re.compile(
    r"^(?:申请办理|申请|办理|关于)|(?:的)?(?:办事|服务|办理)?(?:指南|须知|流程|事项|手续)$|(?:申请|办理|受理)$"
)
_NOT_COMPARED: Final = ("status", "provenance", "notes", "name")


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different in an item of the site: the field, what it says now ("" for nothing), what the document says."""

    key: str
    now: Value
    then: Value


@dataclass(frozen=True, slots=True)
class Known:
    """An item that the site has already, and what the document says otherwise."""

    draft: Draft
    card: Card
    changes: tuple[Change, ...]


def same_item(draft: Draft, site: Site) -> Known | None:
    """Return the item of the area with the name of the draft, None if there is none."""
    names = _same_names(site, draft.area)
    card = names.get(_core(draft.name)) or names.get(fold(draft.name))
    if card is None:
        return None
    raw = site.raw_of(card.file)
    written: Mapping[str, Value] = raw if isinstance(raw, dict) else {}
    return Known(draft, card, tuple(_changes(draft, site.item_in(card.file), written)))


def near_items(draft: Draft, site: Site, others: Iterable[Draft] = (), known: str = "") -> tuple[str, ...]:
    """Return how items of the area and of `others` are called that may be the same matter, with the file of each.

    The item in the file `known` is the same, and not named.
    """
    name = _core(draft.name)
    cards = ((one.name, one.file) for one in site.cards if one.area == draft.area and one.file != known)
    drafts = ((one.name, one.file) for one in others if one is not draft)
    return tuple(f"{other}（{file}）" for other, file in (*cards, *drafts) if _is_near(name, _core(other)))


def _same_names(site: Site, area: str) -> Mapping[str, Card]:
    names: dict[str, Card] = {}
    for card in site.cards:
        if area_of(card.file) == area:
            for name in (card.name, card.title, *card.details.aliases):
                names.setdefault(_core(name), card)
                names.setdefault(fold(name), card)
    return names


@lru_cache(4096)
def _core(name: str) -> str:
    """Return a name without words that every guide has."""
    plain = name
    for _ in range(2):
        plain = _AROUND_NAME.sub("", plain)
    return fold(plain) or fold(name)


def _is_near(name: str, other: str) -> bool:
    one, two = _characters(name), _characters(other)
    common = min(len(name) - len(one - two), len(other) - len(two - one))  # no more of them can be alike
    if 2 * common < ALIKE * (len(name) + len(other)):
        return False
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


@lru_cache(4096)
def _characters(name: str) -> frozenset[str]:
    return frozenset(name)


def _changes(draft: Draft, item: Item, written: Mapping[str, Value]) -> Iterable[Change]:
    """Yield what the draft says otherwise. Fields that it does not have stay as they are."""
    made = Item.model_validate(draft.values)
    for key, then in draft.values.items():
        attribute = _ATTRIBUTES.get(key, key)
        if key not in _NOT_COMPARED and getattr(made, attribute) != getattr(item, attribute):
            yield Change(key, written.get(key, ""), then)


_ATTRIBUTES: Final = {field.alias: name for name, field in Item.model_fields.items() if field.alias}
