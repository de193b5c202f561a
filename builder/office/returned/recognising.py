"""Which record a row of a table is: by the path that it tells, or by what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.content.fields import declared
from builder.form.placed_records import PlacedRecord
from builder.form.spelling import NAMED
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.returned_item import ReturnedRecord
from builder.office.returned.same_text import same, tidied
from builder.support.diagnostics import KeyPath

Rows = Sequence[ReturnedRecord]


def recognised(
    rows: Rows, known: Sequence[PlacedRecord], texts: ExportedTexts, *, by_path: bool
) -> list[tuple[ReturnedRecord, KeyPath | None]]:
    """Return the rows, each with its path, None for new ones.

    Without paths, as where the file is another one by now, or where a program lost them, a row is known by what it says, or
    else by its number.
    """
    paths = [one.path for one in known]
    if by_path and any(row.path in paths for row in rows):
        return list(zip(rows, _by_path(rows, paths, texts), strict=True))
    found = _by_text(rows, known, texts)
    return [(fitted(row, path, texts) if path else row, path) for row, path in zip(rows, found, strict=True)]


def fitted(row: ReturnedRecord, path: KeyPath, texts: ExportedTexts) -> ReturnedRecord:
    """Return a row with its name under the key that the record at `path` has for it: documents have one cell for all."""
    kind = type(texts.record(path))
    names = [keys for keys in row.cells if keys in _NAMES]
    if len(names) != 1:
        return row
    own = [(key,) for key in reversed(NAMED.get(kind, [key for key in declared(kind) if (key,) in _NAMES]))]
    key = next((keys for keys in own if texts.texts(path).get(keys)), names[0] if names[0] in own else own[0])
    return replace(row, cells={key if keys == names[0] else keys: text for keys, text in row.cells.items()})


_NAMES = frozenset({("group",), ("title",), *((key,) for keys in NAMED.values() for key in keys)})


def _by_path(rows: Rows, paths: Sequence[KeyPath], texts: ExportedTexts) -> list[KeyPath | None]:
    """Return the paths that the rows tell. Of several that tell the same, the one that says most of it is no copy."""
    found: list[KeyPath | None] = [None] * len(rows)
    claims: dict[KeyPath, list[int]] = {path: [] for path in paths}
    for index, row in enumerate(rows):
        if row.path in claims:
            claims[row.path].append(index)
    for path, some in claims.items():
        if some:
            own = some[0] if len(some) == 1 else max(some, key=lambda index: likeness(rows[index], path, texts))
            found[own] = path
    return found


def _by_text(rows: Rows, known: Sequence[PlacedRecord], texts: ExportedTexts) -> list[KeyPath | None]:
    found: list[KeyPath | None] = [None] * len(rows)
    left = list(known)
    tests: Sequence[Callable[[ReturnedRecord, PlacedRecord], bool]] = (
        lambda row, one: says(row, one.path, texts) and row.number in ("", one.number),
        lambda row, one: says(row, one.path, texts),
        lambda row, one: bool(name_of(row)) and same(name_of(row), _name_at(one.path, texts)),
        lambda row, one: bool(name_of(row)) and row.number == one.number,
    )
    for test in tests:
        for index, row in enumerate(rows):
            match = next((one for one in left if test(row, one)), None) if found[index] is None else None
            if match is not None and not (row.is_blank and not name_of(row)):
                found[index] = match.path
                left.remove(match)
    return found


def says(row: ReturnedRecord, path: KeyPath, texts: ExportedTexts) -> bool:
    """Tell whether a row says what the record at `path` says, as far as it has cells for that."""
    known, row = texts.texts(path), fitted(row, path, texts)
    return any(map(tidied, row.cells.values())) and all(
        same(text, known.get(keys, "")) for keys, text in row.cells.items()
    )


def likeness(row: ReturnedRecord, path: KeyPath, texts: ExportedTexts) -> int:
    """Return how many cells of a row say what the record at `path` says."""
    known = texts.texts(path)
    return sum(same(text, known.get(keys, "")) for keys, text in row.cells.items())


def name_of(row: ReturnedRecord) -> str:
    """Return the first text of a row."""
    return next(filter(None, map(tidied, row.cells.values())), "")


def _name_at(path: KeyPath, texts: ExportedTexts) -> str:
    return next(iter(texts.texts(path).values()), "")
