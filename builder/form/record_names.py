"""What the records to which items refer are called in forms, where nobody writes ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from builder.content.model.companions import Law
from builder.content.model.events import Event
from builder.content.model.item import Item
from builder.content.model.kinds import BY_RECORD
from builder.content.site import Companion, Site


class Names:
    """The names of the records of a site, by kind and id, each once for its kind.

    Records that share a name are told apart by their ids: 民政局（a-minzheng）.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def _shown(self) -> Mapping[str, Mapping[str, str]]:
        named: dict[str, dict[str, str]] = {}
        for companion in self._site.companions:
            event = companion.record if isinstance(companion.record, Event) else None
            name = self._site.event_name(event) if event else _name(companion)
            named.setdefault(companion.kind, {})[companion.id] = name or companion.id
        named[_ITEM] = {card.id: card.title for card in self._site.cards}
        return {kind: _told_apart(names) for kind, names in named.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[str, str]]:
        return {kind: {name: id for id, name in names.items()} for kind, names in self._shown.items()}

    @cached_property
    def _ids(self) -> Mapping[str, Mapping[str, str]]:
        """For each kind the ids by what else a record may be called, where only one is."""
        called: dict[str, list[tuple[str, str]]] = {}
        for companion in self._site.companions:
            names = (companion.id, _name(companion), *_other_names(companion))
            called.setdefault(companion.kind, []).extend((name, companion.id) for name in dict.fromkeys(names))
        called[_ITEM] = [
            (name, card.id) for card in self._site.cards for name in dict.fromkeys((card.id, card.title, card.name))
        ]
        return {kind: _unique(pairs) for kind, pairs in called.items()}

    def of(self, kind: str, id: str) -> str:
        """Return what the record is called; its id if the site has no such record."""
        return self._shown.get(kind, {}).get(id, id)

    def all(self, kind: str) -> Mapping[str, str]:
        """Return the names of all records of a kind, by id."""
        return self._shown.get(kind, {})

    def id_of(self, kind: str, text: str) -> str:
        """Return the id of the record that `text` names, "" if none or several go by it."""
        if (match := _WITH_ID.fullmatch(text)) and match[1] in self._shown.get(kind, {}):
            return match[1]
        return self._by_name.get(kind, {}).get(text, "") or self._ids.get(kind, {}).get(text, "")


_ITEM = BY_RECORD[Item].name
_WITH_ID = re.compile(r".*（([a-z0-9-]+)）", re.DOTALL)


def _name(companion: Companion[object]) -> str:  # type: ignore[type-var]
    record = companion.record
    if isinstance(record, Law):
        return f"《{record.title}》（{record.number}）" if record.number else f"《{record.title}》"
    return str(getattr(record, "name", "") or getattr(record, "title", "") or companion.id)


def _other_names(companion: Companion[object]) -> Iterable[str]:  # type: ignore[type-var]
    record = companion.record
    if isinstance(record, Law):
        yield from filter(None, (record.title, f"《{record.title}》", record.number))
    yield from filter(None, (getattr(record, "short", ""), getattr(record, "title", "")))
    yield from getattr(record, "aliases", ())


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    counted = Counter(names.values())
    return {id: f"{name}（{id}）" if counted[name] > 1 else name for id, name in names.items()}


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, id in pairs:
        found.setdefault(name, set()).add(id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
