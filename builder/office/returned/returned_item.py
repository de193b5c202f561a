"""What came home of an item: texts by the key path of their field. Word and Excel are read into the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.support.diagnostics import KeyPath

Keys = tuple[str, ...]  # the keys of a cell in its record, as `Slot.keys` has them


@dataclass(frozen=True, slots=True)
class ReturnedRecord:
    """The item itself, or a row of a table.

    `path` is the one that the document tells, as it was at the export, None where it tells none; two rows may tell the same,
    of which one is a copy. `cells` are the texts by key; a cell that is not in it was not in the document, and did not
    change. `more` are lines with labels, such as 说明：…: those of a row are all that it says besides its cells, None where
    the document has no place for them; those of the item come on top. `place` is where to look in the document.

    A row that says 无 and nothing else states that the list is empty. `is_blank` marks rows that wait for new entries.
    """

    path: KeyPath | None
    cells: Mapping[Keys, str]
    place: str = ""
    number: str = ""
    mark: str = ""
    more: str | None = None
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """The rows of the list at `path` with all that these hold, in the order of the document.

    Records that belong to steps come from one table for all steps, at ``("steps", BLANK, "branches")``; their `number` is
    that of the step. Cases are the table at ``("variants",)``; the tables of a case have its path before theirs.
    """

    path: KeyPath
    label: str
    records: tuple[ReturnedRecord, ...]


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """An item that came home in `document`. `digest` is that of its file at the export, "" if the document tells none.

    `lost` names what the document should have and has not, `remarks` what else is to be told of it.
    """

    document: str
    id: str
    digest: str
    part: ReturnedRecord
    tables: tuple[ReturnedTable, ...] = ()
    lost: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=())
