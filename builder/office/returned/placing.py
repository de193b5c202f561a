"""Where the rows that came home stand: each list as it shall be, with its known entries and its new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from builder.content.fields import Absence, Record, declared
from builder.form.item_form import BLANK
from builder.form.layout import MARKS
from builder.form.placed_records import PlacedRecord
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.outcome import Remark
from builder.office.returned.recognising import recognised
from builder.office.returned.returned_item import ReturnedRecord, ReturnedTable
from builder.office.returned.same_text import tidied
from builder.support.diagnostics import KeyPath

_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})*", re.ASCII)


@dataclass(eq=False, slots=True)
class Entry:
    """An entry of a list: one that was exported, at `path`, or a new one of this `kind`.

    `lists` are those of a new one. What is known and has no `row` is missing in the document.
    """

    path: KeyPath | None
    kind: type[Record]
    row: ReturnedRecord | None
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    given_id: str = ""


@dataclass(slots=True)
class PlacedRows:
    """The lists of an item as they shall be, by the path that they had; those of new entries are in these.

    `filled` are the cases with tables that say something. `emptied` are the entries that nobody wants any more, `lost` those
    that are missing in the document; both are in no list, unless the lost ones are kept. `absent` says in which lists there
    is stated to be nothing.
    """

    lists: dict[KeyPath, list[Entry]] = field(default_factory=dict)
    filled: set[KeyPath] = field(default_factory=set)
    emptied: list[Entry] = field(default_factory=list)
    lost: list[tuple[str, Entry]] = field(default_factory=list)
    absent: dict[KeyPath, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    steps: dict[KeyPath | Entry, list[tuple[str, Entry]]] = field(default_factory=dict)

    def every(self) -> Iterator[Entry]:
        """Yield all entries that stay."""
        for entries in self.lists.values():
            for entry in entries:
                yield from _with_inner(entry)


def _with_inner(entry: Entry) -> Iterator[Entry]:
    yield entry
    for inner in entry.lists.values():
        for one in inner:
            yield from _with_inner(one)


def placed(
    tables: Sequence[ReturnedTable], texts: ExportedTexts, *, by_path: bool = True, remove_lost: bool = False
) -> PlacedRows:
    """Return the rows of `tables` in their places. `by_path` says that the paths which they tell are those of `texts`."""
    result = PlacedRows()
    filled = [table for table in tables if len(table.path) > 2 and any(map(_says_something, table.records))]
    result.filled = {table.path[:2] for table in filled}
    new: dict[KeyPath, Entry] = {}  # cases and others that hold tables of their own
    for table in sorted(tables, key=lambda one: (len(one.path) > 1, BLANK in one.path)):
        owner = new.get(table.path[:2])
        if owner is None and len(table.path) > 2 and str(table.path[1]).startswith(BLANK) and table.path[1] != BLANK:
            if table in filled:
                says, hint = "是新加的，可是没有写名称", "在上面写上名称，或者把这张表清空。"
                result.remarks.append(Remark(f"“{table.label}”", says, hint, is_error=True))
            continue
        found = _Table(table, texts, result, owner, by_path=by_path, remove_lost=remove_lost)
        found.place()
        if len(table.path) == 1:
            new |= {one.row.path: one for one in result.lists[table.path] if one.row and one.row.path and not one.path}
    return result


class _Table:
    """Places the rows of one table."""

    def __init__(
        self,
        table: ReturnedTable,
        texts: ExportedTexts,
        result: PlacedRows,
        owner: Entry | None,
        *,
        by_path: bool,
        remove_lost: bool,
    ) -> None:
        self._table = table
        self._texts = texts
        self._result = result
        self._owner = owner
        self._by_path = by_path
        self._remove_lost = remove_lost
        self._below = BLANK in table.path  # rows belong to the records of another table
        self._key = str(table.path[-1])
        self._kinds = _kinds(table.path, texts)
        self._known = {one.path: one for one in texts.rows(table.path)}
        self._numbers: dict[Entry, str] = {}  # in the order of the document
        self._at: dict[Entry, list[Entry]] = {}  # in which list an entry stands

    def place(self) -> None:
        """Place all rows: known ones and those between them as they stand, then those that only their number places."""
        known = list(self._known.values())
        rows = recognised(self._table.records, known, self._texts, by_path=self._by_path)
        entries = [self._entry(row, path) for row, path in rows]
        if not self._below:
            self._root()  # so that the list is known to be there
        for entry in entries:
            if entry is not None:
                self._number(entry)
        self._steps()
        by_number: list[Entry] = []
        above: Entry | None = None
        for entry in entries:
            if entry is None:
                continue
            if entry.path is None and not self._stands_well(entry, above):
                by_number.append(entry)
            elif (into := self._list_of(entry, above)) is not None:
                self._put(entry, into, len(into))
                above = entry
        for entry in by_number:
            if (into := self._list_of(entry, None)) is not None:
                number = entry.row.number if entry.row else ""
                last = (
                    int(number.rpartition(".")[2]) - 1 if _NUMBER.fullmatch(number) and not self._below else len(into)
                )
                self._put(entry, into, max(0, min(last, len(into))))
        self._keep_lost(known, {path for _, path in rows if path})
        self._drop_emptied()

    def _entry(self, row: ReturnedRecord, path: KeyPath | None) -> Entry | None:
        if path is not None:
            one = self._known[path]
            if tidied(row.number) and tidied(row.number) != one.number and not self._below:
                self._renumbered(row, one)
            if row.mark != one.mark and _says_something(row):
                says = f"“{one.mark or '一样'}”改成了“{row.mark or '一样'}”"
                self._tell(row, says, "改回来；真要改，打开文件手工改。", is_error=True)
                row = replace(row, cells={}, more=None)
            return Entry(path, type(one.record), row)
        said = [text for text in map(tidied, row.cells.values()) if text]
        if not said and not tidied(row.more or ""):
            return None
        if len(said) == 1 and said[0] in Absence.written() and not self._below:
            self._result.absent[self._table.path] = said[0]
            return None
        return Entry(None, _kind_with(row.mark, self._kinds), row)

    def _renumbered(self, row: ReturnedRecord, one: PlacedRecord) -> None:
        """Tell of a number that asks for another group; others are only counted anew."""
        if tidied(row.number).rpartition(".")[0] != one.number.rpartition(".")[0]:
            says = f"序号从 {one.number} 改成了 {tidied(row.number)}，这一行没有移动"
            self._tell(row, says, "要移到别的下面，把整行剪切、粘贴过去，再把原来的行清空。")

    def _number(self, entry: Entry) -> None:
        number = tidied(entry.row.number) if entry.row else ""
        if entry.path is not None:
            number = number or self._known[entry.path].number
        self._numbers[entry] = number

    def _steps(self) -> None:
        """Note by which numbers branches and further steps call the steps: where two have the same, the known one."""
        if self._key == "steps" and not self._below:
            numbered = [(number, entry) for entry, number in self._numbers.items()]
            numbered.sort(key=lambda pair: pair[1].path is None)
            self._result.steps[self._owner or self._table.path] = numbered

    def _stands_well(self, entry: Entry, above: Entry | None) -> bool:
        """Tell whether a new row stands where it belongs, so that what is above it says its place."""
        row = entry.row
        if self._below or row is None:
            return True
        number = tidied(row.number)
        if row.is_blank and not number:
            return True
        if row.is_blank or above is None:
            return above is None and not number.rpartition(".")[0]
        holder = self._holder(entry, number)
        return holder is None or holder is above or self._list_in(holder) is self._at.get(above)

    def _list_of(self, entry: Entry, above: Entry | None) -> list[Entry] | None:
        """Return the list in which a row belongs, None if that is not known; then it is told."""
        row = entry.row
        if entry.path is not None:
            return self._result.lists.setdefault(entry.path[:-1], [])
        number = tidied(row.number) if row else ""
        if self._below:
            return self._list_of_step(entry, number)
        if "." in number and _NUMBER.fullmatch(number):
            holder = self._holder(entry, number)
            into = self._list_in(holder) if holder is not None else None
            if into is None and row is not None:
                parent = number.rpartition(".")[0]
                says = f"序号是 {number}，可是第 {parent} 行不是一组，下面不能放东西"
                self._tell(
                    row, says, "序号改成整数；或者在那一行名称的前面写上“【任选其一】”或“【一组】”。", is_error=True
                )
            return into
        if not number and row is not None and not row.is_blank and above is not None:
            return self._at.get(above)
        return self._root()

    def _list_of_step(self, entry: Entry, number: str) -> list[Entry] | None:
        steps_at = self._table.path[: self._table.path.index(BLANK)]
        steps = self._result.steps.get(self._owner or steps_at)
        if steps is None:
            steps = [(one.number, Entry(one.path, type(one.record), None)) for one in self._texts.rows(steps_at)]
        step = next((step for known, step in steps if known == number), None)
        if step is None and entry.row is not None:
            says = f"“{number}”不是哪一步的序号" if number else "没有写是哪一步的"
            self._tell(entry.row, says, "在第一栏写上步骤的序号，如 2。", is_error=True)
        if step is None:
            return None
        if step.path is None:
            return step.lists.setdefault(self._key, [])
        return self._result.lists.setdefault((*step.path, self._key), [])

    def _holder(self, entry: Entry, number: str) -> Entry | None:
        """Return the row to which `number` belongs: the nearest one above with that number, or else the first below."""
        parent = number.rpartition(".")[0]
        entries = list(self._numbers)
        at = entries.index(entry)
        called = (one for one in (*reversed(entries[:at]), *entries[at:]) if parent and self._numbers[one] == parent)
        return next(called, None)

    def _list_in(self, holder: Entry) -> list[Entry] | None:
        """Return the list of a group, None if it is none."""
        if holder.path is None:
            mark = holder.row.mark if holder.row else ""
            key = next((key for key, word in MARKS.get(holder.kind, {}).items() if word == mark), "")
            return holder.lists.setdefault(key, []) if key else None
        mark = self._known[holder.path].mark
        key = next((key for key, word in MARKS.get(holder.kind, {}).items() if word == mark), "")
        return self._result.lists.setdefault((*holder.path, key), []) if key else None

    def _root(self) -> list[Entry]:
        if self._owner is not None:
            return self._owner.lists.setdefault(self._key, [])
        return self._result.lists.setdefault(self._table.path, [])

    def _put(self, entry: Entry, into: list[Entry], index: int) -> None:
        into.insert(index, entry)
        self._at[entry] = into

    def _keep_lost(self, known: Sequence[PlacedRecord], found: set[KeyPath]) -> None:
        """Tell of known rows that are missing, and keep them after those that were before them."""
        for one in known:
            if one.path in found:
                continue
            entry = Entry(one.path, type(one.record), None)
            self._result.lost.append((f"{self._table.label} {one.number}", entry))
            if not self._remove_lost:
                into = self._result.lists.setdefault(one.path[:-1], [])
                before = (*one.path[:-1], int(one.path[-1]) - 1)
                at = next((index for index, other in enumerate(into) if other.path == before), -1)
                into.insert(at + 1, entry)

    def _drop_emptied(self) -> None:
        """Take entries out of which all cells are empty, and groups with nothing in them any more."""
        for path in sorted(self._known, key=len, reverse=True):
            one = self._known[path]
            entries = self._result.lists.get(path[:-1], [])
            entry = next((entry for entry in entries if entry.path == path and entry.row), None)
            if entry is None or entry.row is None or _says_something(entry.row):
                continue
            held = [key for key in (*MARKS.get(entry.kind, {}),) if getattr(one.record, key)]
            if any(self._result.lists.get((*path, key)) for key in held) or path in self._result.filled:
                if not entry.row.mark and self._texts.texts(path):
                    says = "这一组清空了，里面的几样还在，没有删"
                    self._tell(entry.row, says, "要删，里面的各行也清空；不删，把名称和类别写回来。")
                continue
            if held or any(self._texts.texts(path).get(keys) for keys in entry.row.cells):
                entries.remove(entry)
                self._result.emptied.append(entry)

    def _tell(self, row: ReturnedRecord, says: str, hint: str, *, is_error: bool = False) -> None:
        self._result.remarks.append(Remark(row.place or self._table.label, says, hint, is_error))


def _says_something(row: ReturnedRecord) -> bool:
    return any(map(tidied, row.cells.values())) or bool(tidied(row.more or ""))


def _kinds(path: KeyPath, texts: ExportedTexts) -> tuple[type[Record], ...]:
    """Return the kinds of record that the list of a table can hold, the main one first."""
    holder = texts.kind_at(path[: path.index(BLANK)] if BLANK in path else path[:-1])
    return declared(holder)[str(path[-1])].records


def _kind_with(mark: str, kinds: Sequence[type[Record]]) -> type[Record]:
    return next((kind for kind in kinds if mark and mark in MARKS.get(kind, {}).values()), kinds[0])


def moved_of(entries: Sequence[Entry]) -> list[Entry]:
    """Return the fewest entries that must move so that the others stand in their old order."""
    positions = [int((entry.path or (0,))[-1]) for entry in entries]
    best: list[list[int]] = []
    for index, position in enumerate(positions):
        longest = max((run for run in best if positions[run[-1]] < position), key=len, default=[])
        best.append([*longest, index])
    stay = max(best, key=len, default=[])
    return [entry for index, entry in enumerate(entries) if index not in stay]
