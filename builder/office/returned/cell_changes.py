"""From a cell that says something else to the change of its field."""

from __future__ import annotations

from collections.abc import Sequence

from builder.content.fields import Absence, declared
from builder.editing import Remove, Set
from builder.form.slots import slots_by_keys
from builder.form.spelling import named
from builder.office.returned.both_versions import BothVersions
from builder.office.returned.comparing import CellEdit
from builder.office.returned.outcome import Conflict, Difference, Outcome, Remark
from builder.office.returned.returned_item import ReturnedRecord
from builder.office.returned.same_text import same
from builder.office.returned.values import Values, as_value, raw_at, shortened, transferred
from builder.support.diagnostics import KeyPath


class CellChanges:
    """Changes cells one by one. `part` are the cells of the item itself."""

    def __init__(self, both: BothVersions, values: Values, part: ReturnedRecord, outcome: Outcome) -> None:
        self._both = both
        self._values = values
        self._part = part
        self._outcome = outcome
        self._begun: set[KeyPath] = set()  # fields in which several texts can stand, and which were not there before

    def change(self, edit: CellEdit) -> None:
        """Change a cell, or tell why not."""
        label = self._both.words.label(edit.path, edit.slot.label)
        at = self._both.now_at(edit.path)
        slot = edit.slot
        if at is None or slot.keys not in slots_by_keys(type(self._both.now.record(at))):
            self._both.nowhere(label, edit.before, edit.after, self._outcome)
            return
        now = self._both.now.text(at, slot)
        if same(now, edit.after):
            return
        if not self._both.is_open(edit.before if not same(now, edit.before) else now, now):
            self._outcome.conflicts.append(Conflict(label, edit.before if self._both.is_known else "", now, edit.after))
            return
        if (keys := self._hidden_by_absence(edit)) is not None:
            says = f"写了“{edit.after}”，可是同一项里还写着“{keys}”"
            self._outcome.remarks.append(Remark(edit.place or label, says, "两样留一样。", is_error=True))
            return
        self._outcome.differences.append(Difference(label, now, edit.after))
        self._set(edit, at, now)

    def _set(self, edit: CellEdit, at: KeyPath, now: str) -> None:
        slot, changes = edit.slot, self._outcome.changes
        kind = type(self._both.now.record(at))
        if not edit.after:
            gone = slot.absence if slot.absence and now in Absence.written() else slot.keys
            changes.append(Remove((*at, *gone)))
        elif edit.by_name:
            ((key, value),) = named(edit.after, kind, self._both.now.names).items()
            if isinstance(self._both.now.raw_of(at), str):
                changes.append(Set(at, as_value(value)))
                return
            changes.append(Set((*at, key), as_value(value)))
            if key != slot.keys[0]:
                changes.append(Remove((*at, *slot.keys)))
        else:
            keys, after = self._values.of_cell(edit.after, slot, edit.path)
            before_keys, before = self._values.of_cell(now, slot, edit.path)
            raw = raw_at(self._both.now.raw, (*at, *keys))
            if before == after and keys == before_keys:
                self._outcome.differences.pop()  # it is only spelled in another way
                return
            new = transferred(raw, before, after) if keys == before_keys and raw is not None else after
            around = (*at, keys[0])
            if len(keys) == 2 and around not in self._begun and raw_at(self._both.now.raw, around) is None:
                self._begun.add(around)
                record = declared(kind)[keys[0]].records[0]
                changes.append(Set(around, as_value(shortened({keys[1]: new}, record))))
            else:
                changes.append(Set((*at, *keys), as_value(new)))

    def finish(self) -> None:
        """Put what is written before what is removed: an entry that loses all it had and gets something else stays."""
        changes = self._outcome.changes
        stated = [change.path for change in changes if isinstance(change, Set) and change.value in Absence.written()]
        written = [change for change in changes if not isinstance(change, Remove)]
        removed = [change for change in changes if isinstance(change, Remove) and not _is_within(change.path, stated)]
        changes[:] = [*written, *removed]

    def _hidden_by_absence(self, edit: CellEdit) -> str | None:
        """Return what else stands in a field that is stated not to be there."""
        slot = edit.slot
        if not slot.absence or edit.after not in Absence.written():
            return None
        row = self._part if not edit.path else None
        for keys, text in self._both.base.texts(edit.path).items():
            inside = keys[: len(slot.absence)] == slot.absence and keys != slot.keys
            if inside and (row.cells.get(keys, text) if row else text).strip():
                return text
        return None


def _is_within(path: KeyPath, others: Sequence[KeyPath]) -> bool:
    return any(path[: len(other)] == other for other in others)
