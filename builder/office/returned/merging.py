"""Which record of an item was which when it was exported."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher

from builder.content.fields import declared
from builder.office.returned.exported_texts import ExportedTexts
from builder.support.diagnostics import KeyPath


def found_again(base: ExportedTexts, now: ExportedTexts) -> Mapping[KeyPath, KeyPath]:
    """Return the paths that the records of `base` have in `now`. Those that are gone are left out."""
    found: dict[KeyPath, KeyPath] = {(): ()}
    waiting: list[tuple[KeyPath, KeyPath]] = [((), ())]
    while waiting:
        one, other = waiting.pop()
        for key, field in declared(type(base.record(one))).items():
            if not (field.records and field.several) or key not in declared(type(now.record(other))):
                continue
            pairs = _pairs(base, base.entries((*one, key)), now, now.entries((*other, key)))
            found.update(pairs)
            waiting += pairs
    return found


def _pairs(
    base: ExportedTexts, old: list[KeyPath], now: ExportedTexts, new: list[KeyPath]
) -> list[tuple[KeyPath, KeyPath]]:
    """Return which entries of a list are which: those that are the same, those of one id or name, those between them."""
    found: dict[KeyPath, KeyPath] = {}
    signs: tuple[Callable[[ExportedTexts, KeyPath], str], ...] = (_whole, _id, _name)
    for sign in signs:
        first = [path for path in old if path not in found]
        second = [path for path in new if path not in found.values()]
        if sign is _whole:
            found.update(
                _in_order(first, second, [sign(base, one) for one in first], [sign(now, one) for one in second])
            )
        for path in first:
            match = next((one for one in second if sign(base, path) and sign(now, one) == sign(base, path)), None)
            if path not in found and match is not None and match not in found.values():
                found[path] = match
    found.update(_between(old, new, found))
    return list(found.items())


def _in_order(
    old: list[KeyPath], new: list[KeyPath], said_then: list[str], said_now: list[str]
) -> Mapping[KeyPath, KeyPath]:
    blocks = SequenceMatcher(None, said_then, said_now, autojunk=False).get_matching_blocks()
    return {old[a + n]: new[b + n] for a, b, size in blocks for n in range(size)}


def _between(old: list[KeyPath], new: list[KeyPath], found: Mapping[KeyPath, KeyPath]) -> Mapping[KeyPath, KeyPath]:
    """Return the entries without a match that stand, as many then as now, between the same ones."""
    same_place: dict[KeyPath, KeyPath] = {}
    taken = {*found.values()}
    for path in old:
        if path in found:
            continue
        index = old.index(path)
        before = new.index(found[old[index - 1]]) if index and old[index - 1] in found else index - 1
        at = before + 1
        after = found.get(old[index + 1]) if index + 1 < len(old) else None
        ends = new.index(after) == at + 1 if after is not None else len(new) - at == len(old) - index
        if 0 <= at < len(new) and new[at] not in taken and ends:
            same_place[path] = new[at]
            taken.add(new[at])
    return same_place


def _whole(texts: ExportedTexts, path: KeyPath) -> str:
    return json.dumps(texts.raw_of(path), sort_keys=True, ensure_ascii=False)


def _id(texts: ExportedTexts, path: KeyPath) -> str:
    return str(getattr(texts.record(path), "id", None) or "")


def _name(texts: ExportedTexts, path: KeyPath) -> str:
    return next(iter(texts.texts(path).values()), "")
