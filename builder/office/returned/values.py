"""From texts that came home to the plain values of a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import Any, cast

from builder.content.fields import Record, declared
from builder.content.model.item import Variant
from builder.content.names import slug, unused_id
from builder.content.source import Raw
from builder.editing import Value
from builder.form.layout import MARKS
from builder.form.placed_records import TARGETS
from builder.form.record_names import Names
from builder.form.slots import Kind, Slot, slots_by_keys
from builder.form.spelling import NAMED, named, put, value_of
from builder.office.returned.comparing import CellEdit, further_texts
from builder.office.returned.exported_texts import ExportedTexts, part_of
from builder.office.returned.outcome import Remark
from builder.office.returned.placing import Entry, PlacedRows
from builder.office.returned.returned_item import Keys
from builder.office.returned.same_text import tidied
from builder.support.diagnostics import KeyPath

_FEW = (Kind.TEXT, Kind.CHOICE, Kind.REFERENCE, Kind.FIELDS)  # of which one alone is written without a list


class Values:
    """Reads cells. `ids` are those that known steps get, because other steps lead to them now."""

    def __init__(
        self,
        texts: ExportedTexts,
        rows: PlacedRows,
        names: Names,
        remarks: list[Remark],
        id_now: Callable[[KeyPath], str],
    ) -> None:
        self._id_now = id_now
        self.ids: dict[KeyPath, str] = {}
        self._texts = texts
        self._rows = rows
        self._names = names
        self._remarks = remarks
        self._cases: set[str] = {self._id_of(path) for path in texts.entries(("variants",))}

    def of_cell(self, text: str, slot: Slot, path: KeyPath) -> tuple[Keys, Raw]:
        """Return the keys of a field with its value, None to remove it. `path` is that of the record."""
        if slot.field in TARGETS and text:
            part = part_of(path)
            return slot.keys, self._target(text, self._rows.steps.get((*part, "steps")), path)
        keys, value = value_of(text, slot, self._names)
        return keys, finished(value, slot)

    def give_ids(self, edits: Sequence[CellEdit]) -> None:
        """Give ids to the steps to which others lead now, before values are made of these."""
        for edit in edits:
            self.of_cell(edit.after, edit.slot, edit.path)
        for entry in self._rows.every():
            if entry.path is None:
                self._name_targets(entry)

    def _name_targets(self, entry: Entry) -> None:
        row = entry.row
        if row is not None and any(
            slot.field in TARGETS for keys in row.cells if (slot := slots_by_keys(entry.kind).get(keys))
        ):
            self.of_entry(entry)

    def of_entry(self, entry: Entry, case: Entry | None = None) -> Raw:
        """Return the values of a new entry, which belongs to a new `case` perhaps."""
        values: dict[str, Raw] = {}
        row = entry.row
        if row is None:
            return values
        own = entry if entry.kind is Variant else case
        if entry.given_id:
            values["id"] = entry.given_id
        cells: dict[Keys, str] = {keys: tidied(text) for keys, text in row.cells.items()}
        cells.update(further_texts(row, entry.kind, self._remarks))
        for keys, text in cells.items():
            if text:
                self._put(values, keys, text, entry, own)
        for key, inner in values.items():
            if isinstance(inner, dict):
                values[key] = shortened(inner, declared(entry.kind)[key].records[0])
        for key, entries in entry.lists.items():
            values[key] = [self.of_entry(one, own) for one in entries]
        if entry.kind is Variant and "id" not in values:
            values["id"] = unused_id(slug(str(values.get("name", ""))) or "qingxing", self._cases)
            self._cases.add(str(values["id"]))
        return shortened(values, entry.kind)

    def _put(self, values: dict[str, Raw], keys: Keys, text: str, entry: Entry, case: Entry | None) -> None:
        kind = entry.kind
        slot = slots_by_keys(kind).get(keys) or _first_slot(kind, keys)
        if slot is None:
            says = f"“{text}”写在这一行用不上的格子里"
            place = entry.row.place if entry.row else ""
            self._remarks.append(Remark(place, says, "看看是不是写错了行。", is_error=True))
        elif kind in NAMED and keys[0] in NAMED[kind] and not any(key in values for key in NAMED[kind]):
            values.update(named(text, kind, self._names))
        elif slot.field in TARGETS:
            steps = self._rows.steps.get(case) if case else self._rows.steps.get((*self._part(entry), "steps"))
            values[keys[0]] = self._target(text, steps, ())
        else:
            at, value = value_of(text, slot, self._names)
            put(values, at, finished(value, slot))

    def _part(self, entry: Entry) -> KeyPath:
        """Return the path of the case in which a new entry stands."""
        for path, entries in self._rows.lists.items():
            if any(entry in (one, *chain.from_iterable(one.lists.values())) for one in entries):
                return part_of(path)
        return ()

    def _target(self, text: str, steps: Sequence[tuple[str, Entry]] | None, path: KeyPath) -> str:
        """Return the id of the step that the document calls 第2步; that step gets an id if it has none."""
        number = text.removeprefix("第").removesuffix("步")
        if not number.isdigit() or text == number:
            return self._texts.targets(path).target(text)
        if steps is None:
            steps = [
                (one.number, Entry(one.path, type(one.record), None))
                for one in self._texts.rows((*part_of(path), "steps"))
            ]
        entry = next((entry for known, entry in steps if known == number), None)
        if entry is None:
            return text
        if entry.path is None:
            entry.given_id = entry.given_id or self._unused(number)
            return entry.given_id
        known = self._id_now(entry.path) or self.ids.get(entry.path, "")
        if not known:
            known = self.ids[entry.path] = self._unused(number)
        return known

    def _unused(self, number: str) -> str:
        given = {entry.given_id for entry in self._rows.every()}
        known = {self._id_of(path) for part in self._texts.parts() for path in self._texts.entries((*part, "steps"))}
        return unused_id(f"step-{number}", {*given, *known, *self.ids.values()})

    def _id_of(self, path: KeyPath) -> str:
        return str(getattr(self._texts.record(path), "id", "") or "")


def finished(value: Raw, slot: Slot) -> Raw:
    """Return a value as editors write it: one entry without its list, lines so that they stand below a plain “|”."""
    if isinstance(value, str):
        return f"{value}\n" if "\n" in value else value
    if isinstance(value, list):
        each = [finished(one, slot) for one in value]
        return each[0] if len(each) == 1 and slot.kind in _FEW and slot.keys[-1] != "columns" else each
    if isinstance(value, dict):
        return {key: finished(inner, slot) for key, inner in value.items()}
    return value


def shortened(values: dict[str, Raw], kind: type[Record]) -> Raw:
    """Return the text that says the same as `values`, if there is one."""
    if len(values) == 1 and kind.shorthand:
        text = next(iter(values.values()))
        if isinstance(text, str) and "\n" not in text and _means(text, values, kind):
            return text
    return values


def _means(text: str, values: dict[str, Raw], kind: type[Record]) -> bool:
    try:
        return kind.model_validate(text) == kind.model_validate(values)
    except ValueError:
        return False


def _first_slot(kind: type[Record], keys: Keys) -> Slot | None:
    """Return the cell for the name of a group, which stands in the column of names."""
    if kind not in MARKS or not declared(kind):
        return None
    first = slots_by_keys(kind).get((next(iter(declared(kind))),))
    return first if keys[-1] in ("name", "ref", "text", "title", "group") else None


def transferred(raw: Raw, before: Raw, after: Raw) -> Raw:
    """Return `raw`, which says `before`, so that it says `after`: what is the same in both stays as it is written."""
    if before == after:
        return raw
    if isinstance(raw, dict) and isinstance(before, dict) and isinstance(after, dict):
        kept = {key: inner for key, inner in raw.items() if key in after or key not in before}
        changed = {key: transferred(raw.get(key), before.get(key), inner) for key, inner in after.items()}
        return {**kept, **{key: inner for key, inner in changed.items() if inner is not None}}
    if isinstance(raw, list) and isinstance(after, str):
        after = [after]
    if isinstance(after, list):
        old, said = _listed(raw), _listed(before)
        if len(old) == len(said):
            return _transferred_list(old, said, after)
    return after


def _transferred_list(raw: Sequence[Any], before: Sequence[Raw], after: Sequence[Raw]) -> list[Raw]:
    found: list[Raw] = []
    old, new = ([json.dumps(one, sort_keys=True) for one in each] for each in (before, after))
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        common = end - start if kind == "equal" else min(end - start, last - first)
        for index in range(common):
            found.append(transferred(raw[start + index], before[start + index], after[first + index]))
        found += after[first + common : last]
    return found


def _listed(value: Raw) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def raw_at(raw: Raw | Mapping[str, Raw], path: KeyPath) -> Raw:
    """Return the plain value at `path`, None where nothing stands there or where a short form does."""
    at: Raw = dict(raw) if isinstance(raw, Mapping) else raw
    for step in path:
        if isinstance(at, dict) and step in at:
            at = at[str(step)]
        elif isinstance(at, list) and isinstance(step, int) and step < len(at):
            at = at[step]
        elif not (step == 0 and isinstance(at, (dict, str))):
            return None
    return at


def as_value(raw: Raw) -> Value:
    """Return a plain value as one that is to be written, which None is not."""
    return cast("Value", raw)
