"""Whom an item is for, over all its cases, as far as it is stated in words that can be compared (`Whom`)."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from builder.content.fields import listed, references
from builder.content.model.companions import LibraryMaterial
from builder.content.model.item import Condition, Item, Variant
from builder.content.model.kinds import BY_RECORD
from builder.content.model.whom import FACETS, HIDING, Whom

CERTIFICATE = BY_RECORD[LibraryMaterial].name  # the kind of record that a certificate is


class StatedFor(NamedTuple):
    """What the cases of an item state: each a facet and its value, such as hukou and local.

    `narrow` are the facets that every case states and by which the item may be put aside: who fits in none of their values
    fits in no case. What only some cases state can lead to the item, and never away from it. `untold` are the certificates
    to which nothing else in the item refers, so that its guide says them in words only.
    """

    says: tuple[tuple[str, str], ...] = ()
    narrow: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


NOTHING = StatedFor()


def stated_for(item: Item) -> StatedFor:
    """Return what the cases of `item` state; a case that says nothing of a facet has what the item says of it."""
    parts = item.variants or (item,)
    if not any(part.whom for part in (item, *parts)):
        return NOTHING
    of_cases = [{facet: _values(part.whom, facet) or _values(item.whom, facet) for facet in FACETS} for part in parts]
    says = dict.fromkeys((facet, value) for facet in FACETS for case in of_cases for value in case[facet])
    narrow = tuple(facet for facet in HIDING if all(case[facet] for case in of_cases))
    told = {id for path, kind, id in references(item) if kind == CERTIFICATE and "whom" not in path}
    untold = tuple(value for facet, value in says if facet == "certificates" and value not in told)
    return StatedFor(tuple(says), narrow, untold)


def _values(whom: Whom | None, facet: str) -> tuple[str, ...]:
    return tuple(map(str, getattr(whom, facet))) if whom else ()


def texts_on_whom(item: Item) -> Iterator[str]:
    """Yield the texts of the guide that may say whom it is for: its names, its cases, conditions, and what only some bring."""
    yield from (item.name, item.title, item.summary)
    for part in item.parts:
        if isinstance(part, Variant):
            yield from (part.name, part.when, part.note)
        yield from _texts(listed(part.eligibility))
        yield from (*part.excluded, *part.eligibility_notes, *(benefit.who for benefit in part.benefits))
    for _, material in item.placed_materials:
        yield from (material.name, material.when, material.note)


def _texts(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        yield condition.text
        yield from _texts((*condition.all, *condition.any))


_NAMES_ONE = re.compile("[证卡册书]")


def naming_certificates(item: Item) -> Iterator[str]:
    """Yield the texts of an item that may name a certificate, if it states that one has to have one."""
    if any(part.whom and part.whom.certificates for part in item.parts):
        yield from (text for text in texts_on_whom(item) if _NAMES_ONE.search(text))


def packed(stated: StatedFor) -> bytes:
    """Return it as bytes, b"" for nothing."""
    return marshal.dumps(tuple(stated), 2) if stated.says else b""


def unpacked(data: bytes) -> StatedFor:
    """Return what was packed."""
    return StatedFor._make(marshal.loads(data)) if data else NOTHING
