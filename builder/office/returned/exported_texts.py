"""What the documents of an item say of it: each record by its key path, its cells, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.content.fields import Record, declared, listed
from builder.content.model.item import Procedure
from builder.content.source import Raw
from builder.form.item_form import BLANK
from builder.form.layout import BELOW, CASES, MARKS
from builder.form.placed_records import TARGETS, PlacedRecord, Targets, placed_records
from builder.form.record_names import Names
from builder.form.slots import Slot, slots_by_keys
from builder.form.spelling import entries, text_in
from builder.office.returned.returned_item import Keys
from builder.support.diagnostics import KeyPath


class ExportedTexts:
    """An item, or another record of a file, as its documents say it."""

    def __init__(self, item: Record, raw: Mapping[str, Raw], names: Names) -> None:
        self.names = names
        self.raw = raw
        self._records: dict[KeyPath, tuple[Record, Raw]] = {}
        self._texts: dict[KeyPath, Mapping[Keys, str]] = {}
        self._index(item, dict(raw), ())

    def _index(self, record: Record, raw: Raw, path: KeyPath) -> None:
        self._records[path] = record, raw
        for key, field in declared(type(record)).items():
            if field.records and field.several:
                value = listed(getattr(record, field.attribute))
                its = raw.get(key) if isinstance(raw, dict) else None
                for index, (one, inner) in enumerate(entries(value, its)):
                    self._index(one, inner, (*path, key, index))

    def __contains__(self, path: KeyPath) -> bool:
        return path in self._records

    def record(self, path: KeyPath) -> Record:
        """Return the record at `path`, which is there."""
        return self._records[path][0]

    def raw_of(self, path: KeyPath) -> Raw:
        """Return the plain values of the record at `path`, None where several records are written as one phrase."""
        return self._records[path][1]

    def text(self, path: KeyPath, slot: Slot) -> str:
        """Return the text of a cell of the record at `path`."""
        text = text_in(*self._records[path], slot, self.names)
        return self.targets(path).shown(text) if text and slot.field in TARGETS else text

    def texts(self, path: KeyPath) -> Mapping[Keys, str]:
        """Return the texts that the record at `path` has, but for those of records that have rows of their own."""
        if path not in self._texts:
            held = held_in(type(self.record(path)))
            each = slots_by_keys(type(self.record(path))).items()
            found = {keys: text for keys, slot in each if keys[0] not in held and (text := self.text(path, slot))}
            self._texts[path] = found
        return self._texts[path]

    def targets(self, path: KeyPath) -> Targets:
        """Return what the steps are called of the item or the case to which `path` leads."""
        part = self._records.get(part_of(path))
        return Targets(listed(part[0].steps) if part and isinstance(part[0], Procedure) else ())

    def kind_at(self, path: KeyPath) -> type[Record]:
        """Return the record of an item or a case, or the main one of the list at `path`; its positions need not be there."""
        kind = type(self.record(()))
        for step in path:
            if isinstance(step, str) and not step.startswith(BLANK):
                kind = declared(kind)[step].records[0]
        return kind

    def rows(self, path: KeyPath) -> Iterator[PlacedRecord]:
        """Yield the rows of the table at `path`; those of what belongs to others have the numbers of these."""
        if BLANK in path:
            at = path.index(BLANK)
            for holder in self.rows(path[:at]):
                rows = self.rows((*holder.path, *path[at + 1 :]))
                yield from (row._replace(number=holder.number) for row in rows)
        elif path[:-1] in self._records:
            record, raw = self._records[path[:-1]]
            value = listed(getattr(record, declared(type(record))[str(path[-1])].attribute))
            yield from placed_records(value, raw.get(str(path[-1])) if isinstance(raw, dict) else None, path)

    def parts(self) -> list[KeyPath]:
        """Return the paths of the item and its cases."""
        return [(), *self.entries((CASES,))]

    def entries(self, path: KeyPath) -> list[KeyPath]:
        """Return the paths of the entries of the list at `path`."""
        found: list[KeyPath] = []
        while (at := (*path, len(found))) in self._records:
            found.append(at)
        return found


def part_of(path: KeyPath) -> KeyPath:
    """Return the path of the case in which `path` leads somewhere, () outside of cases."""
    return path[:2] if path[:1] == (CASES,) else ()


def held_in(kind: type[Record]) -> frozenset[str]:
    """Return the keys of what stands in rows of its own below a record of this kind."""
    return frozenset({*MARKS.get(kind, {}), *BELOW.get(kind, {})})
