"""A workbook of items that came home: a row is known by its item and its place, a column by its heading.

In which order rows and columns stand, and what is hidden, does not matter. See `item_sheets` for what went out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from builder.content.fields import Record, declared
from builder.content.model.item import Item, Procedure, Variant
from builder.form.item_form import BLANK
from builder.form.layout import CASES
from builder.form.slots import slots_by_keys
from builder.office.documents.whole_sheets import WholeSheet
from builder.office.export.item_sheets import (
    CASE,
    DIGEST,
    ID,
    ITEMS,
    MARK,
    NAME,
    NUMBER,
    OF_CASES,
    PATH,
    STEP,
    list_sheets,
    part_slots,
)
from builder.office.returned.item_columns import (
    cells_of_row,
    headings,
    keys_of,
    kind_with,
    mixes_absence,
    must_have,
    record_of_row,
    states_absence,
    table_path,
)
from builder.office.returned.outcome import Remark
from builder.office.returned.returned_item import ReturnedItem, ReturnedRecord, ReturnedTable
from builder.office.returned.returned_sheet import HeadedRow, ReturnedSheet, in_order
from builder.support.diagnostics import KeyPath

_OWN_NAME = slots_by_keys(Item)["name",].label
_NAME_OF_CASE = slots_by_keys(Variant)["name",].label


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """The items of a workbook, and what is to be told of it. With an error among the `remarks`, nothing is to be changed."""

    items: tuple[ReturnedItem, ...]
    remarks: tuple[Remark, ...]


def is_item_workbook(sheets: Sequence[WholeSheet]) -> bool:
    """Tell whether these are the sheets of a workbook of items that we exported, whatever people did with it."""
    return any(_opened(sheet).is_known for sheet in sheets if sheet.name.strip() in headings())


def returned_workbook(sheets: Sequence[WholeSheet]) -> ReturnedWorkbook:
    """Return what came home in a workbook of items."""
    return _Workbook(sheets).read()


@dataclass(slots=True)
class _Part:
    """What came home of an item: its own row, and rows of lists, by the path of their table."""

    row: ReturnedRecord
    digest: str
    name: str
    parts: dict[KeyPath, None] = field(default_factory=lambda: {(): None})  # the paths of the item itself and its cases
    cases: dict[str, KeyPath] = field(default_factory=dict)  # the same of cases by name
    tables: dict[KeyPath, list[ReturnedRecord]] = field(default_factory=lambda: defaultdict(list))


class _Workbook:
    def __init__(self, sheets: Sequence[WholeSheet]) -> None:
        self._document = sheets[0].document
        self._sheets: dict[str, ReturnedSheet] = {}
        self._remarks: list[Remark] = []
        self._items: dict[str, _Part] = {}
        self._missing = dict.fromkeys(headings())
        self._told: set[str] = set()
        for sheet in sheets:
            self._take(sheet)

    def read(self) -> ReturnedWorkbook:
        for name in self._missing:
            says = f"没有工作表“{name}”了"
            self._remarks.append(Remark("", says, "那一类没有改。表的名字改过的，改回来再导入；要删内容，清空格子。"))
        if sheet := self._sheets.get(ITEMS):
            self._read_items(sheet)
        if sheet := self._sheets.get(OF_CASES):
            self._read_cases(sheet)
        for name, kinds in list_sheets().items():
            if sheet := self._sheets.get(name):
                self._read_list(sheet, name, kinds)
        remarks = [remark for sheet in self._sheets.values() for remark in sheet.remarks]
        return ReturnedWorkbook(tuple(self._returned()), (*remarks, *self._remarks))

    def _take(self, sheet: WholeSheet) -> None:
        name = sheet.name.strip()
        if name not in self._missing:
            return
        del self._missing[name]
        opened = _opened(sheet)
        if opened.is_known:
            self._sheets[name] = opened
        else:
            says = f"工作表“{name}”里找不到“{'”“'.join(must_have(name))}”这样的标题"
            self._remarks.append(Remark("", says, "这张表没有读。标题行删了、改了的，照导出时的样子补上。"))

    # ---- rows

    def _read_items(self, sheet: ReturnedSheet) -> None:
        for row in sheet.rows():
            id, name = row.texts.get(ID, ""), row.texts.get(_OWN_NAME, "")
            cells = cells_of_row(row, part_slots(Item), lambda slot: slot.label)
            if not id:
                says = f"“{name or next(filter(None, row.texts.values()))}”没有事项编号，没有导入"
                self._remarks.append(Remark(row.place, says, "新事项用 build.py new 建，或者写成一份事项表导入。"))
            elif id in self._items:
                same = self._items[id].row.cells == cells
                if not same:
                    says = f"编号“{id}”有两行，写的不一样"
                    self._remarks.append(Remark(row.place, says, "留下要的一行，把另一行整行删掉。", is_error=True))
            else:
                record = ReturnedRecord((), cells, row.place)
                self._items[id] = _Part(record, row.texts.get(DIGEST, ""), name)

    def _read_cases(self, sheet: ReturnedSheet) -> None:
        new: dict[str, int] = defaultdict(int)
        for row, id in self._owned(sheet):
            cells = cells_of_row(row, part_slots(Variant), lambda slot: slot.label)
            item, path = self._items[id], self._path(row, (CASES,))
            if path is None:
                new[id] += 1
                path = (CASES, f"{BLANK}{new[id]}")
            item.parts[path] = None
            item.cases.setdefault(row.texts.get(_NAME_OF_CASE, ""), path)
            item.tables[CASES,].append(ReturnedRecord(path, cells, row.place))

    def _read_list(self, sheet: ReturnedSheet, name: str, kinds: Sequence[type[Record]]) -> None:
        key, below = keys_of(name)
        number = STEP if below else NUMBER
        above: tuple[str, KeyPath] = "", ()
        for row, id in self._owned(sheet):
            item, at = self._items[id], self._path(row, (key,))
            part = self._part_of(row, item, at)
            if part is None:
                continue
            kind = kind_with(row.texts.get(MARK, ""), kinds)
            record = record_of_row(row, at, kind, kinds, number)
            path = table_path(part, name)
            if at == path:  # it said that there is nothing
                record = replace(record, path=None)
                if mixes_absence(record):
                    hint = "没有的，别的格子清空；有的，把“无”删掉。"
                    self._remarks.append(Remark(row.place, "写着“无”，同一行又写了别的", hint, is_error=True))
            elif at is not None and declared(Procedure)[key].stated and not below and states_absence(record):
                item.tables[path].append(replace(record, cells=dict.fromkeys(record.cells, "")))
                record = replace(record, path=None, number="")
            if record.path is None:
                follows = above == (id, path)
                record = replace(record, is_blank=bool(record.number) or not follows)
            above = id, path
            item.tables[path].append(record)

    def _owned(self, sheet: ReturnedSheet) -> Iterator[tuple[HeadedRow, str]]:
        """Yield the rows of known items, each with the id of its item."""
        rows = [row for row in sheet.rows() if _says_something(row)]
        for row in _with_neighbours(rows):
            id = row.texts.get(ID, "")
            known = id if id in self._items else self._called(id or row.texts.get(NAME, ""))
            if known:
                yield row, known
            elif not id:
                self._remarks.append(
                    Remark(row.place, "没有写是哪个事项的", "在“事项编号”一栏写上编号，再导入一次。", is_error=True)
                )
            elif id not in self._told:
                self._told.add(id)
                says = f"“事项”表里没有“{id}”这一行，它在别的表里的改动没有读"
                self._remarks.append(Remark(row.place, says, "行删掉了的，撤消；编号写错了的，改过来。"))

    def _called(self, name: str) -> str:
        found = [id for id, item in self._items.items() if name and item.name == name]
        return found[0] if len(found) == 1 else ""

    def _path(self, row: HeadedRow, keys: KeyPath) -> KeyPath | None:
        """Return the path that a row tells, None if it tells none that leads into a list with these `keys`."""
        text = row.texts.get(PATH, "")
        if _PATH.fullmatch(text):
            path: KeyPath = tuple(int(step) if step.isdigit() else step for step in text.split("."))
            if path[: len(keys)] == keys or path[2 : 2 + len(keys)] == keys:
                return path
        if text:
            self._remarks.append(Remark(row.place, f"位置“{text}”看不懂，当作新的一行", "位置一栏不要改。"))
        return None

    def _part_of(self, row: HeadedRow, item: _Part, at: KeyPath | None) -> KeyPath | None:
        """Return the path of the item, (), or of the case to which a row belongs, None if there is no such case."""
        name = row.texts.get(CASE, "")
        if at is not None:
            part = at[:2] if at[0] == CASES else ()
            item.parts[part] = None
            if part and name:
                item.cases.setdefault(name, part)
            return part
        if not name:
            return ()
        if name not in item.cases:
            hint = "情形写“情形”表里的名称；那里还没有的，先在那里加一行。"
            self._remarks.append(Remark(row.place, f"“{item.name}”没有“{name}”这种情形", hint, is_error=True))
        return item.cases.get(name)

    # ---- items

    def _returned(self) -> Iterator[ReturnedItem]:
        for id, item in self._items.items():
            tables = [self._table((CASES,), OF_CASES, item)] if OF_CASES in self._sheets else []
            tables += [
                self._table(table_path(part, name), name, item)
                for part in item.parts
                for name in list_sheets()
                if name in self._sheets and (_is_known(part) or table_path(part, name) in item.tables)
            ]
            yield ReturnedItem(self._document, id, item.digest, item.row, tuple(tables))

    def _table(self, path: KeyPath, label: str, item: _Part) -> ReturnedTable:
        return ReturnedTable(path, label, tuple(in_order(item.tables.get(path, []))))


_PATH = re.compile(r"[a-z_]+(\.\d{1,6}\.[a-z_]+)*(\.\d{1,6})?", re.ASCII)


def _is_known(part: KeyPath) -> bool:
    return not any(str(step).startswith(BLANK) for step in part)


def _opened(sheet: WholeSheet) -> ReturnedSheet:
    name = sheet.name.strip()
    return ReturnedSheet(sheet, headings()[name], must_have(name))


def _with_neighbours(rows: Sequence[HeadedRow]) -> Iterator[HeadedRow]:
    """Yield the rows. One that was inserted is of the item and the case of which the rows above and below it are."""
    below: HeadedRow | None = None
    followers: list[HeadedRow | None] = []
    for row in reversed(rows):
        followers.append(below)
        below = row if row.texts.get(ID) else below
    above: HeadedRow | None = None
    for row, after in zip(rows, reversed(followers), strict=True):
        if row.texts.get(ID):
            above = row
            yield row
        elif above and after and _of(above) == _of(after):
            yield replace(row, texts={**row.texts, **_of(above)})
        else:
            yield row


def _of(row: HeadedRow) -> dict[str, str]:
    return {heading: row.texts.get(heading, "") for heading in (ID, CASE)}


def _says_something(row: HeadedRow) -> bool:
    """Tell whether a row is more than locked cells that were filled in for a row that was never written."""
    return any(text for heading, text in row.texts.items() if heading not in (ID, NAME, CASE))
