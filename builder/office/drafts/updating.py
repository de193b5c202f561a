"""Changes an item that the site has after what a document says: what is missing or said otherwise, and nothing is removed.

Where that cannot be done without taking something away, such as where two lists say different things, nothing of the field
is changed, and the editor decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from builder.checks.proofreading import Lexicon
from builder.content.source import read
from builder.editing import Change, Insert, NotEdited, Set, Value, edited
from builder.loading import load_file
from builder.office.drafts.known_items import Known
from builder.office.drafts.tidying import alone
from builder.office.shapes.folding import fold
from builder.support.diagnostics import Finding, KeyPath, Severity

NOT_ADDED: Final = "两边各有对方没有的，照着改会丢掉现在写的"
TWICE: Final = "另一份文件已经改了这一处"
_NOTHING: Final = ("无",)  # it says that there is none: the document, which has some, says otherwise
_IN_ORDER: Final = ("steps",)  # lists of which no entry means the same elsewhere
_NAMES: Final = ("ref", "number", "law", "name", "text", "do", "unit", "title", "way", "place")


@dataclass(frozen=True, slots=True)
class Update:
    """What is written into the file of a known item: the fields that are changed, and those that are not, with the reason."""

    file: str
    data: bytes
    applied: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)


def update(known: Known, data: bytes, taken: Sequence[str], lexicon: Lexicon) -> Update:
    """Return the update of a known item whose file holds `data` now. The fields `taken` are not changed again."""
    file = known.card.file
    applied: list[str] = []
    left: dict[str, str] = {}
    for one in known.changes:
        try:
            changes = [] if one.key in taken else list(_changes((one.key,), one.now, one.then))
            changed = edited(file, data, changes) if changes else data
        except _WouldRemove:
            left[one.key] = NOT_ADDED
            continue
        except NotEdited as refused:
            left[one.key] = str(refused)
            continue
        if one.key in taken:
            left[one.key] = TWICE
        elif wrong := _new_errors(file, data, changed, lexicon):
            left[one.key] = f"检查不通过（{wrong[0].code}：{wrong[0].says}）"
        elif changed != data:
            data = changed
            applied.append(one.key)
    if applied:
        document, _ = read(file, data)
        known_sources = _list(document.raw.get("provenance", [])) if document else []
        new = [one for one in _list(known.draft.values["provenance"]) if one not in known_sources]
        data = edited(file, data, [Insert(("provenance",), at, one) for at, one in enumerate(new, len(known_sources))])
    return Update(file, data, tuple(applied), left)


class _WouldRemove(Exception):
    """What is written now would be lost."""


def _changes(path: KeyPath, now: Any, then: Value) -> Iterator[Change]:
    """Yield the changes after which `path`, where `now` stands, says what `then` says too. Raises `_WouldRemove`."""
    if not now or now in _NOTHING:
        yield Set(path, then)
    elif _is_text(now) and _is_text(then):
        yield Set(path, alone(then) if isinstance(now, str) else _list(then))
    elif isinstance(then, Mapping) and isinstance(now, (Mapping, str)):
        for key, value in then.items():
            yield from _changes((*path, key), now.get(key, "") if isinstance(now, Mapping) else "", value)
    elif isinstance(then, list) or isinstance(now, list):
        yield from _changes_of_list(path, _list(now), _list(then))
    else:
        raise _WouldRemove


def _changes_of_list(path: KeyPath, now: Sequence[Any], then: Sequence[Value]) -> Iterator[Change]:
    """Yield the changes of a list: entries of one name are the same, further ones come behind those that are there."""
    places: dict[int, int] = {}
    for index, one in enumerate(then):
        at = next((at for at, known in enumerate(now) if at not in places.values() and _same(known, one)), None)
        if at is not None:
            places[index] = at
    if len(now) == len(then) == 1 and not (_names(now[0]) or _names(then[0])):
        places = {0: 0}
    more = [one for index, one in enumerate(then) if index not in places]
    if more and (len(places) < len(now) or path[-1] in _IN_ORDER):
        raise _WouldRemove
    for index, at in places.items():
        one = then[index]
        told = {key: value for key, value in one.items() if key not in _NAMES} if isinstance(one, Mapping) else {}
        if told:
            yield from _changes((*path, at), now[at], told)
    for index, one in enumerate(more, len(now)):
        yield Insert(path, index, one)


def _same(now: Any, then: Any) -> bool:
    """Whether two entries tell of the same: they have one name, or where one has none, one reference."""
    if isinstance(now, Mapping) and isinstance(then, Mapping) and "name" in now and "name" in then:
        return fold(str(now["name"])) == fold(str(then["name"]))
    return not _names(now).isdisjoint(_names(then)) or (now == then)


def _names(entry: Any) -> set[str]:
    """Return what an entry of a list is called."""
    return (
        {fold(str(entry[key])) for key in _NAMES if key in entry} if isinstance(entry, Mapping) else {fold(str(entry))}
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and len(value) == 1 and isinstance(value[0], str))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _new_errors(file: str, before: bytes, after: bytes, lexicon: Lexicon) -> list[Finding]:
    """Return the errors that a file has after a change and had not before."""
    known = {(one.code, one.says) for one in load_file(file, before, lexicon).findings}
    found = load_file(file, after, lexicon).findings
    return [one for one in found if one.severity is Severity.ERROR and (one.code, one.says) not in known]
