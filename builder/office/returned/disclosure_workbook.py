"""A disclosure list that came home as a workbook: rows are known by their place, duties by the rows that stand below them.

See `disclosure_sheet` for what went out. Duties and matters are merged downwards; who takes them apart leaves empty cells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from builder.content.model.disclosure import DisclosureDuty, DisclosureRow
from builder.form.item_form import BLANK
from builder.form.slots import slots_by_keys
from builder.office.documents.whole_sheets import WholeSheet
from builder.office.export.disclosure_sheet import BESIDE, COLUMNS, DUTY, PATH
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.outcome import Remark
from builder.office.returned.returned_item import Keys, ReturnedItem, ReturnedRecord, ReturnedTable
from builder.office.returned.returned_sheet import HeadedRow, ReturnedSheet, in_order
from builder.office.returned.same_text import tidied
from builder.support.diagnostics import KeyPath

DUTIES, ROWS, BUSINESS = "duties", "rows", "business"
_HEADINGS = {heading: key for heading, _, key in (*COLUMNS, *BESIDE)}
_DUTY = next(heading for heading, key in _HEADINGS.items() if key == DUTY)
_MUST = (PATH, next(heading for heading, key in _HEADINGS.items() if key == "category"))
_PLACE = re.compile(rf"{DUTIES}\.(\d{{1,6}})\.{ROWS}\.(\d{{1,6}})", re.ASCII)
_HINT = "一项职责的几行写一样的职责。要把一行移到别的职责下面：这一行清空，在那边加一行。"


@dataclass(frozen=True, slots=True)
class ReturnedList:
    """A list that came home, and what is to be told of its workbook. With an error nothing is to be changed."""

    item: ReturnedItem
    remarks: tuple[Remark, ...]


def disclosure_page(sheets: Sequence[WholeSheet]) -> ReturnedSheet | None:
    """Return the sheet with a disclosure list that we exported, None if there is none."""
    opened = (ReturnedSheet(sheet, list(_HEADINGS), _MUST) for sheet in sheets)
    return next((sheet for sheet in opened if sheet.is_known and _is_ours(sheet)), None)


def _is_ours(sheet: ReturnedSheet) -> bool:
    return any(_PLACE.fullmatch(row.texts.get(PATH, "")) for row in sheet.rows())


def returned_list(document: str, id: str, digest: str, page: ReturnedSheet, texts: ExportedTexts) -> ReturnedList:
    """Return what came home of a list; `texts` are those that it had at the export."""
    return _List(page, texts).read(document, id, digest)


class _List:
    def __init__(self, page: ReturnedSheet, texts: ExportedTexts) -> None:
        self._page = page
        self._texts = texts
        self._remarks: list[Remark] = []
        self._names: dict[KeyPath, dict[str, str]] = defaultdict(dict)  # of each duty its names, and where they stand
        self._rows: dict[KeyPath, list[ReturnedRecord]] = defaultdict(list)
        self._new: dict[str, KeyPath] = {}  # new duties by name

    def read(self, document: str, id: str, digest: str) -> ReturnedList:
        duty: KeyPath = ()
        above = ""
        rows = list(self._page.rows())
        for row in rows:
            if path := self._path(row):
                self._names[path[:2]].setdefault(row.texts.get(_DUTY, ""), row.place)
        for row in rows:
            path = self._path(row)
            duty = path[:2] if path else self._duty_of_new(row, duty)
            if not duty:
                says = "没有写是哪一项具体职责的"
                self._remarks.append(Remark(row.place, says, "在“具体职责”一栏写上，再导入一次。", is_error=True))
                continue
            record = self._record(row, path, above)
            above = record.cells.get((BUSINESS,), above)
            self._rows[duty].append(record)
        duties = [self._duty(path) for path in self._rows]
        tables = [ReturnedTable((DUTIES,), "职责", tuple(in_order(duties)))]
        known = [(DUTIES, index) for index in range(len(self._texts.entries((DUTIES,))))]
        for path in dict.fromkeys([*known, *self._rows]):
            tables.append(ReturnedTable((*path, ROWS), "行", tuple(in_order(self._rows.get(path, [])))))
        cells: dict[Keys, str] = {("title",): self._page.title} if self._page.title else {}
        item = ReturnedItem(document, id, digest, ReturnedRecord((), cells), tuple(tables))
        return ReturnedList(item, (*self._page.remarks, *self._remarks))

    def _path(self, row: HeadedRow) -> KeyPath:
        match = _PLACE.fullmatch(row.texts.get(PATH, ""))
        path: KeyPath = (DUTIES, int(match[1]), ROWS, int(match[2])) if match else ()
        return path if path[:2] in self._texts else ()

    def _duty_of_new(self, row: HeadedRow, above: KeyPath) -> KeyPath:
        """Return the duty to which a new row belongs: the one that it names, or else that of the row above."""
        name = row.texts.get(_DUTY, "")
        if not name:
            return above
        known = next((path for path, names in self._names.items() if name in names or name == self._before(path)), None)
        return known or self._new.setdefault(name, (DUTIES, f"{BLANK}{len(self._new) + 1}"))

    def _before(self, duty: KeyPath) -> str:
        return self._texts.text(duty, slots_by_keys(DisclosureDuty)[DUTY,]) if duty in self._texts else ""

    def _record(self, row: HeadedRow, path: KeyPath, above: str) -> ReturnedRecord:
        """Return a row. A matter that was merged with that of the row above, which has it now, is not empty."""
        cells = {
            slots_by_keys(DisclosureRow)[key,].keys: row.texts[heading]
            for heading, key in _HEADINGS.items()
            if key not in ("", DUTY) and heading in row.texts
        }
        if path and above and not cells.get((BUSINESS,)) and any(cells.values()) and self._was_merged(path):
            cells.pop((BUSINESS,), None)
        return ReturnedRecord(path or None, cells, row.place)

    def _was_merged(self, path: KeyPath) -> bool:
        index = path[-1]
        slot = slots_by_keys(DisclosureRow)[BUSINESS,]
        if not isinstance(index, int) or not index or path not in self._texts:
            return False
        return self._texts.text(path, slot) == self._texts.text((*path[:-1], index - 1), slot)

    def _duty(self, path: KeyPath) -> ReturnedRecord:
        """Return the record of a duty: with the name that its rows say, or none if all of them are emptied."""
        rows = self._rows[path]
        if path in self._new.values():
            name = next(name for name, duty in self._new.items() if duty == path)
            return ReturnedRecord(path, {(DUTY,): name}, rows[0].place)
        names = {name: place for name, place in self._names[path].items() if name}
        if len(names) > 1:
            place = next(place for name, place in names.items() if name != self._before(path))
            says = f"写的具体职责和别的几行不一样：{'、'.join(names)}"
            self._remarks.append(Remark(place, says, _HINT, is_error=True))
        if not any(any(map(tidied, row.cells.values())) for row in rows):
            return ReturnedRecord(path, {(DUTY,): ""}, rows[0].place)
        if not names and self._has_duties:
            self._remarks.append(
                Remark(rows[0].place, "具体职责空着", "写上；整项不要了，把它的各行都清空。", is_error=True)
            )
        return ReturnedRecord(path, {(DUTY,): next(iter(names), self._before(path))}, rows[0].place)

    @property
    def _has_duties(self) -> bool:
        return _DUTY in self._page.headings
