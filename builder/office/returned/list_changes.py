"""From the rows that came home to the changes of lists: entries come, go and move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from builder.content.fields import Absence, declared
from builder.editing import Insert, Remove, Set, values_after
from builder.office.returned.both_versions import BothVersions
from builder.office.returned.comparing import row_text
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.labels import row_of
from builder.office.returned.outcome import Conflict, Difference, Outcome, Remark
from builder.office.returned.placing import Entry, PlacedRows, moved_of
from builder.office.returned.same_text import same
from builder.office.returned.values import Values, as_value, raw_at
from builder.support.diagnostics import KeyPath

LOST_HINT = "没有删。真要删，加上 --remove-lost-rows 再导入一次；或者在表里把那一行各格清空。"


class ListChanges:
    """Changes the lists of an item so that they are as `rows` say."""

    def __init__(self, both: BothVersions, rows: PlacedRows, values: Values, outcome: Outcome) -> None:
        self._both = both
        self._rows = rows
        self._values = values
        self._outcome = outcome

    def change(self) -> None:
        """Change all lists, or tell why not. Raises `NotEdited`."""
        gone: dict[KeyPath, list[Entry]] = defaultdict(list)
        for entry in self._rows.emptied:
            gone[_list_of(entry)].append(entry)
        for label, entry in self._rows.lost:
            if self._both.wishes.remove_lost:
                gone[_list_of(entry)].append(entry)
            else:
                told = row_text(self._both.base.texts(entry.path or ()).values())
                self._outcome.remarks.append(Remark(label, f"文档里没有这一行了：{told}", LOST_HINT))
        for path in sorted({*self._rows.lists, *gone}, key=lambda one: (-len(one), one[:1])):
            self._list(path, self._rows.lists.get(path, []), gone.get(path, []))
        for path, absence in self._rows.absent.items():
            self._absence(path, absence)

    def _list(self, path: KeyPath, entries: Sequence[Entry], gone: Sequence[Entry]) -> None:
        holder = self._both.now_at(path[:-1])
        new = [entry for entry in entries if entry.path is None]
        moved = moved_of([entry for entry in entries if entry.path is not None])
        if not new and not moved and not gone:
            self._no_longer_absent(path, entries)
            return
        if holder is None:
            for entry in new:
                self._both.nowhere(self._both.words.label(path), "", row_of(entry), self._outcome)
            return
        at = (*holder, path[-1])
        if not self._both.is_known and not self._both.wishes.theirs:
            changed = [(entry, "" if entry.path is None else "另一个次序") for entry in (*new, *moved)]
            self._outcome.conflicts += [
                Conflict(self._both.words.label(entry.path or path), "", "", row_of(entry) if not entry.path else order)
                for entry, order in changed
            ]
            for entry in gone:
                self._removed(entry)
            return
        there = self._both.now.entries(at)
        order: list[KeyPath | Entry] = [*there]
        taken_out: list[KeyPath] = [now for entry in gone if (now := self._removed(entry)) is not None]
        values = {}
        for index, entry in enumerate(entries):
            if entry in moved:
                now_at = self._both.now_at(entry.path or ())
                if now_at is None:
                    continue
                taken_out.append(now_at)
                values[entry] = raw_at(values_after(self._both.file, self._both.now.raw, self._outcome.changes), now_at)
                label = self._both.words.label(entry.path or ())
                before = self._both.base.entries(path).index(entry.path or ()) + 1
                self._outcome.differences.append(Difference(label, f"第 {before} 条", f"第 {index + 1} 条"))
            elif entry.path is None and not self._is_there(entry, there):
                values[entry] = self._values.of_entry(entry)
                self._outcome.differences.append(Difference(self._both.words.label(path, "加一条"), "", row_of(entry)))
            else:
                continue
            order.insert(self._after(entries[:index], order, moved), entry)
        for index, token in enumerate(order):
            if isinstance(token, Entry):
                self._outcome.changes.append(Insert(at, index, as_value(values[token])))
        for index in reversed(range(len(order))):
            if order[index] in taken_out:
                self._outcome.changes.append(Remove((*at, index)))

    def _after(self, before: Sequence[Entry], order: Sequence[KeyPath | Entry], moved: Sequence[Entry]) -> int:
        """Return the position after the nearest entry of `before` that is in `order`."""
        for entry in reversed(before):
            token = entry if entry.path is None or entry in moved else self._both.now_at(entry.path)
            if token in order:
                return order.index(token) + 1
        return 0

    def _removed(self, entry: Entry) -> KeyPath | None:
        """Return where an entry stands that is to be removed, None if it is gone, or if it has changed since."""
        path = entry.path or ()
        at = self._both.now_at(path)
        if at is None:
            return None
        said, now = row_text(self._both.base.texts(path).values()), row_text(self._both.now.texts(at).values())
        if not self._both.is_open(self._both.base.record(path), self._both.now.record(at)):
            self._outcome.conflicts.append(
                Conflict(self._both.words.label(path), said if self._both.is_known else "", now, "")
            )
            return None
        self._outcome.differences.append(Difference(self._both.words.label(path), now, ""))
        return at

    def _is_there(self, entry: Entry, there: Sequence[KeyPath]) -> bool:
        """Tell whether somebody has added the same to the file in the meantime."""
        if self._both.base is self._both.now or entry.row is None or entry.lists:
            return False
        known = {*self._both.where.values()} if self._both.where else set()
        said = {keys: text for keys, text in entry.row.cells.items() if text}
        return any(
            path not in known
            and said.keys() == self._both.now.texts(path).keys()
            and all(same(text, said[keys]) for keys, text in self._both.now.texts(path).items())
            for path in there
        )

    def _no_longer_absent(self, path: KeyPath, entries: Sequence[Entry]) -> None:
        """Remove what states that there is nothing, where neither that nor anything else is said any more."""
        if path in self._rows.absent or entries or path[:-1] not in self._both.base:
            return
        stated = self._stated(path, self._both.base)
        if stated and self._both.now_at(path[:-1]) is not None:
            self._outcome.differences.append(Difference(self._both.words.label(path), stated, ""))
            self._outcome.changes.append(Remove((*(self._both.now_at(path[:-1]) or ()), path[-1])))

    def _absence(self, path: KeyPath, absence: str) -> None:
        holder, entries, stated = (
            self._both.now_at(path[:-1]),
            self._rows.lists.get(path),
            self._stated(path, self._both.base),
        )
        if holder is None or (stated and (entries or stated == Absence.of(absence).label)):
            return
        label, at = self._both.words.label(path), (*holder, path[-1])
        if entries:
            says = f"写了“{absence}”，可是还有别的行"
            self._outcome.remarks.append(Remark(label, says, "没有的，把别的行清空；有的，把“无”删掉。", is_error=True))
        elif self._both.is_open(raw_at(self._both.base.raw, path), raw_at(self._both.now.raw, at)):
            self._outcome.differences.append(Difference(label, self._stated(path, self._both.now), absence))
            self._outcome.changes.append(Set(at, absence))
        else:
            now = row_text(text for one in self._both.now.entries(at) for text in self._both.now.texts(one).values())
            self._outcome.conflicts.append(Conflict(label, stated, now or self._stated(path, self._both.now), absence))

    def _stated(self, path: KeyPath, texts: ExportedTexts) -> str:
        holder = texts.record(path[:-1])
        value = getattr(holder, declared(type(holder))[str(path[-1])].attribute)
        return value.label if isinstance(value, Absence) else ""


def _list_of(entry: Entry) -> KeyPath:
    return (entry.path or ())[:-1]
