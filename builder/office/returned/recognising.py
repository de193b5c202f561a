"""Which record a row of a table is: by the path that it tells, or by what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.office.form.placed_records import PlacedRecord
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.returned_item import ReturnedRecord
from builder.office.returned.same_text import same, tidied
from builder.support.diagnostics import KeyPath

Rows = Sequence[ReturnedRecord]


def recognised(
    rows: Rows, known: Sequence[PlacedRecord], texts: ExportedTexts, *, by_path: bool
) -> list[KeyPath | None]:
    """Return the path of each row, None for new ones.

    Without paths, as where the file is another one by now, or where a program lost them, a row is known by what it says, or
    else by its number.
    """
    paths = [one.path for one in known]
    if by_path and any(row.path in paths for row in rows):
        return _by_path(rows, paths, texts)
    return _by_text(rows, known, texts)


def _by_path(rows: Rows, paths: Sequence[KeyPath], texts: ExportedTexts) -> list[KeyPath | None]:
    """Return the paths that the rows tell. Of several that tell the same, the one that says most of it is no copy."""
    found: list[KeyPath | None] = [None] * len(rows)
    for path in paths:
        claims = [index for index, row in enumerate(rows) if row.path == path]
        if claims:
            found[max(claims, key=lambda index: likeness(rows[index], path, texts))] = path
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
    known = texts.texts(path)
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
