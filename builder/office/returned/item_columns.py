"""The columns of the sheets of items: which cell of which record a heading means, and what people meant by its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from builder.content.fields import Absence, Record
from builder.content.model.item import Item, Variant
from builder.form.item_form import BLANK
from builder.form.layout import BELOW, MARKS
from builder.form.slots import Kind, Slot
from builder.office.documents import number_format
from builder.office.export.item_sheets import (
    AREA,
    CASE,
    DIGEST,
    ID,
    ITEMS,
    MARK,
    NAME,
    NUMBER,
    OF_CASES,
    PATH,
    SHEETS,
    STEP,
    heading_of,
    list_sheets,
    part_slots,
    row_slots,
)
from builder.office.returned.returned_item import Keys, ReturnedRecord
from builder.office.returned.returned_sheet import HeadedRow
from builder.support.diagnostics import KeyPath

_STEPS = "steps"


@cache
def headings() -> Mapping[str, tuple[str, ...]]:
    """Return the headings of each sheet."""
    parts: dict[str, tuple[str, ...]] = {
        ITEMS: (ID, AREA, DIGEST, *(slot.label for slot in part_slots(Item))),
        OF_CASES: (ID, NAME, PATH, *(slot.label for slot in part_slots(Variant))),
    }
    for name, kinds in list_sheets().items():
        marks = (MARK,) if any(kind in MARKS for kind in kinds) else ()
        number = STEP if keys_of(name)[1] else NUMBER
        own = (heading_of(kind, slot) for kind in kinds for slot in row_slots(kind))
        parts[name] = tuple(dict.fromkeys((ID, NAME, CASE, PATH, number, *marks, *own)))
    return parts


def must_have(name: str) -> tuple[str, ...]:
    """Return the headings by which a sheet is known."""
    return tuple(heading for heading in (ID, PATH, MARK) if heading in headings()[name])


def keys_of(name: str) -> tuple[str, str]:
    """Return the key of the list in a sheet, and that of the list below it whose records the rows are, "" for its own."""
    for held in BELOW.values():
        if key := next((key for key, title in held.items() if title == name), ""):
            return _STEPS, key
    return next(key for key, title in SHEETS.items() if title == name), ""


def table_path(part: KeyPath, name: str) -> KeyPath:
    """Return the path of the table that the rows of a sheet are of, in an item or a case of it."""
    key, below = keys_of(name)
    return (*part, key, BLANK, below) if below else (*part, key)


def kind_with(mark: str, kinds: Sequence[type[Record]]) -> type[Record]:
    """Return the kind of record that a row with this mark is, the first of `kinds` without one."""
    return next((kind for kind in kinds if mark and mark in MARKS.get(kind, {}).values()), kinds[0])


def cells_of_row(row: HeadedRow, slots: Sequence[Slot], heading: Callable[[Slot], str]) -> dict[Keys, str]:
    """Return the texts of a row for those of `slots` that have a column."""
    return {slot.keys: _meant(row.texts[name], slot) for slot in slots if (name := heading(slot)) in row.texts}


def record_of_row(
    row: HeadedRow, path: KeyPath | None, kind: type[Record], kinds: Sequence[type[Record]], number: str
) -> ReturnedRecord:
    """Return the record of this `kind` that a row is; `number` is the heading of its number.

    What stands in a column that only other `kinds` have is kept, so that people are told.
    """
    cells = cells_of_row(row, row_slots(kind), lambda slot: heading_of(kind, slot))
    own = {heading_of(kind, slot) for slot in row_slots(kind)}
    for other in kinds:
        for slot in row_slots(other):
            heading = heading_of(other, slot)
            if heading not in own and row.texts.get(heading):
                cells.setdefault(slot.keys, row.texts[heading])
    return ReturnedRecord(path, cells, row.place, row.texts.get(number, ""), row.texts.get(MARK, ""))


_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_FLAGS = {"TRUE": "是", "FALSE": "否"}


def _meant(text: str, slot: Slot) -> str:
    """Return what was meant where Excel has made something else of it."""
    if slot.kind is Kind.FLAG:
        return _FLAGS.get(text, text)
    if slot.field.day and (match := _DAY.fullmatch(text)):
        return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    return (slot.field.day and number_format.day(text, "yyyy-m-d")) or text


def states_absence(record: ReturnedRecord) -> bool:
    """Tell whether all that a row says is that there is nothing."""
    return len(_said(record)) == 1 and _said(record)[0] in Absence.written()


def mixes_absence(record: ReturnedRecord) -> bool:
    """Tell whether a row says that there is nothing, and something else too."""
    return len(_said(record)) > 1 and any(text in Absence.written() for text in _said(record))


def _said(record: ReturnedRecord) -> list[str]:
    return [text for text in record.cells.values() if text]
