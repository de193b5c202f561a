"""From what came home to the changes of the file: only what the document says differently than when it was exported.

Where the file has changed in the meantime, too, what only the document changed is taken, and what both changed is a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from builder.content.fields import Absence, declared
from builder.content.source import Raw
from builder.editing import Insert, NotEdited, Remove, Set, Value, values_after
from builder.office.form.slots import slots_by_keys
from builder.office.form.spelling import named
from builder.office.returned.comparing import CellEdit, cell_edits, row_text
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.labels import Labels, row_of
from builder.office.returned.merging import found_again
from builder.office.returned.outcome import Conflict, Difference, Outcome, Remark
from builder.office.returned.placing import Entry, PlacedRows, moved_of, placed
from builder.office.returned.returned_item import ReturnedItem
from builder.office.returned.same_text import same
from builder.office.returned.values import Values, raw_at, shortened, transferred
from builder.support.diagnostics import KeyPath

GONE = "（已经没有这一条）"
LOST_HINT = "没有删。真要删，加上 --remove-lost-rows 再导入一次；或者在表里把那一行各格清空。"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done in doubt: take what the document says (`theirs`), and remove the rows that it has not any more."""

    theirs: bool = False
    remove_lost: bool = False


def outcome_of(
    returned: ReturnedItem,
    file: str,
    now: ExportedTexts,
    exported: ExportedTexts | None,
    wishes: Wishes = Wishes(),
) -> Outcome:
    """Return what came of an item that came home.

    `file` is the name of its file, `now` what that says. `exported` is what it said at the export, the same as `now` where
    it has not changed since, None where nobody knows; then everything that is different is a conflict.
    """
    base = exported or now
    by_path = exported is not None
    rows = placed(returned.tables, base, by_path=by_path, remove_lost=wishes.remove_lost)
    return _Changes(returned, file, now, base, rows, wishes, is_known=by_path).made()


class _Changes:
    def __init__(
        self,
        returned: ReturnedItem,
        file: str,
        now: ExportedTexts,
        base: ExportedTexts,
        rows: PlacedRows,
        wishes: Wishes,
        *,
        is_known: bool,
    ) -> None:
        self._returned = returned
        self._file = file
        self._now = now
        self._base = base
        self._rows = rows
        self._wishes = wishes
        self._is_known = is_known
        self._where: Mapping[KeyPath, KeyPath] | None = None if base is now else found_again(base, now)
        self._outcome = Outcome()
        self._values = Values(base, rows, now.names, self._outcome.remarks, self._id_now)
        self._words = Labels(base)

    def made(self) -> Outcome:
        """Return the changes, none if there is an error or a conflict."""
        outcome = self._outcome
        outcome.remarks += [*self._rows.remarks, *(Remark("", text) for text in self._returned.remarks)]
        outcome.remarks += [
            Remark(label, "文档里没有了", "没有改它。要删掉，留着这一格，把字删空。") for label in self._returned.lost
        ]
        edits = [*cell_edits(self._returned.part, (), self._base, outcome.remarks)]
        for entry in self._rows.every():
            if entry.path is not None and entry.row is not None:
                edits += cell_edits(entry.row, entry.path, self._base, outcome.remarks)
        self._values.give_ids(edits)
        for edit in edits:
            self._cell(edit)
        for path, id in self._values.ids.items():
            if (at := self._now_at(path)) is not None:
                outcome.changes.append(Set((*at, "id"), id))
        try:
            self._lists()
        except NotEdited as refused:
            outcome.remarks += [Remark("", finding.says, finding.hint, is_error=True) for finding in refused.findings]
        if outcome.conflicts or outcome.errors:
            outcome.changes.clear()
        return outcome

    def _now_at(self, path: KeyPath) -> KeyPath | None:
        """Return the path that a record has now, None if it is gone."""
        return path if self._where is None else self._where.get(path)

    def _id_now(self, path: KeyPath) -> str:
        at = self._now_at(path)
        return str(getattr(self._now.record(at), "id", None) or "") if at is not None else ""

    # ---- cells

    def _cell(self, edit: CellEdit) -> None:
        label = self._words.label(edit.path, edit.slot.label)
        at = self._now_at(edit.path)
        slot = edit.slot
        if at is None or slot.keys not in slots_by_keys(type(self._now.record(at))):
            self._outcome.conflicts.append(Conflict(label, edit.before, GONE, edit.after))
            return
        now = self._now.text(at, slot)
        if same(now, edit.after):
            return
        if not self._is_open(edit.before if not same(now, edit.before) else now, now):
            self._outcome.conflicts.append(Conflict(label, edit.before if self._is_known else "", now, edit.after))
            return
        if (keys := self._hidden_by_absence(edit)) is not None:
            says = f"写了“{edit.after}”，可是同一项里还写着“{keys}”"
            self._outcome.remarks.append(Remark(edit.place or label, says, "两样留一样。", is_error=True))
            return
        self._outcome.differences.append(Difference(label, now, edit.after))
        self._set(edit, at, now)

    def _set(self, edit: CellEdit, at: KeyPath, now: str) -> None:
        slot, changes = edit.slot, self._outcome.changes
        kind = type(self._now.record(at))
        if not edit.after:
            gone = slot.absence if slot.absence and now in Absence.written() else slot.keys
            changes.append(Remove((*at, *gone)))
        elif edit.by_name:
            ((key, value),) = named(edit.after, kind, self._now.names).items()
            if isinstance(self._now.raw_of(at), str):
                changes.append(Set(at, _value(value)))
                return
            changes.append(Set((*at, key), _value(value)))
            if key != slot.keys[0]:
                changes.append(Remove((*at, *slot.keys)))
        else:
            keys, after = self._values.of_cell(edit.after, slot, edit.path)
            before_keys, before = self._values.of_cell(now, slot, edit.path)
            raw = raw_at(self._now.raw, (*at, *keys))
            if before == after and keys == before_keys:
                self._outcome.differences.pop()  # it is only spelled in another way
                return
            new = transferred(raw, before, after) if keys == before_keys and raw is not None else after
            if len(keys) == 2 and raw_at(self._now.raw, (*at, keys[0])) is None:
                record = declared(kind)[keys[0]].records[0]
                changes.append(Set((*at, keys[0]), _value(shortened({keys[1]: new}, record))))
            else:
                changes.append(Set((*at, *keys), _value(new)))

    def _hidden_by_absence(self, edit: CellEdit) -> str | None:
        """Return what else stands in a field that is stated not to be there."""
        slot = edit.slot
        if not slot.absence or edit.after not in Absence.written():
            return None
        row = self._returned.part if not edit.path else None
        for keys, text in self._base.texts(edit.path).items():
            inside = keys[: len(slot.absence)] == slot.absence and keys != slot.keys
            if inside and (row.cells.get(keys, text) if row else text).strip():
                return text
        return None

    # ---- lists

    def _lists(self) -> None:
        gone: dict[KeyPath, list[Entry]] = defaultdict(list)
        for entry in self._rows.emptied:
            gone[_list_of(entry)].append(entry)
        for label, entry in self._rows.lost:
            if self._wishes.remove_lost:
                gone[_list_of(entry)].append(entry)
            else:
                told = row_text(self._base.texts(entry.path or ()).values())
                self._outcome.remarks.append(Remark(label, f"文档里没有这一行了：{told}", LOST_HINT))
        for path in sorted({*self._rows.lists, *gone}, key=lambda one: (-len(one), one[:1])):
            self._list(path, self._rows.lists.get(path, []), gone.get(path, []))
        for path, absence in self._rows.absent.items():
            self._absence(path, absence)

    def _list(self, path: KeyPath, entries: Sequence[Entry], gone: Sequence[Entry]) -> None:
        holder = self._now_at(path[:-1])
        new = [entry for entry in entries if entry.path is None]
        moved = moved_of([entry for entry in entries if entry.path is not None])
        if not new and not moved and not gone:
            self._no_longer_absent(path, entries)
            return
        if holder is None:
            self._outcome.conflicts += [Conflict(self._words.label(path), "", GONE, row_of(entry)) for entry in new]
            return
        at = (*holder, path[-1])
        if not self._is_known and not self._wishes.theirs:
            changed = [(entry, "" if entry.path is None else "另一个次序") for entry in (*new, *moved)]
            self._outcome.conflicts += [
                Conflict(self._words.label(entry.path or path), "", "", row_of(entry) if not entry.path else order)
                for entry, order in changed
            ]
            for entry in gone:
                self._removed(entry)
            return
        there = self._now.entries(at)
        order: list[KeyPath | Entry] = [*there]
        taken_out: list[KeyPath] = [now for entry in gone if (now := self._removed(entry)) is not None]
        values = {}
        for index, entry in enumerate(entries):
            if entry in moved:
                now_at = self._now_at(entry.path or ())
                if now_at is None:
                    continue
                taken_out.append(now_at)
                values[entry] = raw_at(values_after(self._file, self._now.raw, self._outcome.changes), now_at)
                label = self._words.label(entry.path or ())
                before = self._base.entries(path).index(entry.path or ()) + 1
                self._outcome.differences.append(Difference(label, f"第 {before} 条", f"第 {index + 1} 条"))
            elif entry.path is None and not self._is_there(entry, there):
                values[entry] = self._values.of_entry(entry)
                self._outcome.differences.append(Difference(self._words.label(path, "加一条"), "", row_of(entry)))
            else:
                continue
            order.insert(self._after(entries[:index], order, moved), entry)
        for index, token in enumerate(order):
            if isinstance(token, Entry):
                self._outcome.changes.append(Insert(at, index, _value(values[token])))
        for index in reversed(range(len(order))):
            if order[index] in taken_out:
                self._outcome.changes.append(Remove((*at, index)))

    def _after(self, before: Sequence[Entry], order: Sequence[KeyPath | Entry], moved: Sequence[Entry]) -> int:
        """Return the position after the nearest entry of `before` that is in `order`."""
        for entry in reversed(before):
            token = entry if entry.path is None or entry in moved else self._now_at(entry.path)
            if token in order:
                return order.index(token) + 1
        return 0

    def _removed(self, entry: Entry) -> KeyPath | None:
        """Return where an entry stands that is to be removed, None if it is gone, or if it has changed since."""
        path = entry.path or ()
        at = self._now_at(path)
        if at is None:
            return None
        said, now = row_text(self._base.texts(path).values()), row_text(self._now.texts(at).values())
        if not self._is_open(self._base.record(path), self._now.record(at)):
            self._outcome.conflicts.append(Conflict(self._words.label(path), said if self._is_known else "", now, ""))
            return None
        self._outcome.differences.append(Difference(self._words.label(path), now, ""))
        return at

    def _is_there(self, entry: Entry, there: Sequence[KeyPath]) -> bool:
        """Tell whether somebody has added the same to the file in the meantime."""
        if self._base is self._now or entry.row is None or entry.lists:
            return False
        known = {*self._where.values()} if self._where else set()
        said = {keys: text for keys, text in entry.row.cells.items() if text}
        return any(
            path not in known
            and said.keys() == self._now.texts(path).keys()
            and all(same(text, said[keys]) for keys, text in self._now.texts(path).items())
            for path in there
        )

    def _no_longer_absent(self, path: KeyPath, entries: Sequence[Entry]) -> None:
        """Remove what states that there is nothing, where neither that nor anything else is said any more."""
        if path in self._rows.absent or entries or path[:-1] not in self._base:
            return
        stated = self._stated(path, self._base)
        if stated and self._now_at(path[:-1]) is not None:
            self._outcome.differences.append(Difference(self._words.label(path), stated, ""))
            self._outcome.changes.append(Remove((*(self._now_at(path[:-1]) or ()), path[-1])))

    def _absence(self, path: KeyPath, absence: str) -> None:
        holder, entries, stated = self._now_at(path[:-1]), self._rows.lists.get(path), self._stated(path, self._base)
        if holder is None or (stated and (entries or stated == Absence.of(absence).label)):
            return
        label, at = self._words.label(path), (*holder, path[-1])
        if entries:
            says = f"写了“{absence}”，可是还有别的行"
            self._outcome.remarks.append(Remark(label, says, "没有的，把别的行清空；有的，把“无”删掉。", is_error=True))
        elif self._is_open(raw_at(self._base.raw, path), raw_at(self._now.raw, at)):
            self._outcome.differences.append(Difference(label, self._stated(path, self._now), absence))
            self._outcome.changes.append(Set(at, absence))
        else:
            now = row_text(text for one in self._now.entries(at) for text in self._now.texts(one).values())
            self._outcome.conflicts.append(Conflict(label, stated, now or self._stated(path, self._now), absence))

    def _is_open(self, then: object, now: object) -> bool:
        """Tell whether something may be changed that the file said `then` and says `now`."""
        return self._wishes.theirs or (self._is_known and then == now)

    def _stated(self, path: KeyPath, texts: ExportedTexts) -> str:
        holder = texts.record(path[:-1])
        value = getattr(holder, declared(type(holder))[str(path[-1])].attribute)
        return value.label if isinstance(value, Absence) else ""


def _list_of(entry: Entry) -> KeyPath:
    return (entry.path or ())[:-1]


def _value(raw: Raw) -> Value:
    return cast("Value", raw)
