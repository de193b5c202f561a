"""The cells of a record: one for each field that holds no further fields, with the key path of the field in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from builder.content.fields import Declared, Record, declared
from builder.content.model.item import Procedure
from builder.content.model.kinds import BY_NAME
from builder.content.model.quantities import DisclosureTerm, Duration, Route

# Records that stand in one cell, as the phrase that documents have for them.
PHRASES: tuple[type[Record], ...] = (Duration, Route, DisclosureTerm)


class Kind(Enum):
    """What stands in a cell."""

    TEXT = auto()  # also numbers, days and phrases, as the editor writes them
    CHOICE = auto()  # labels of a closed list
    FLAG = auto()  # 是 or 否
    REFERENCE = auto()  # names of other records
    FIELDS = auto()  # labels of fields
    GRID = auto()  # rows of cells
    RECORDS = auto()  # records, which may have a table of their own


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that a record has: the keys by which one comes to its field, its label, and what stands in it.

    No two cells of a record have the same label: where that of the field itself is not enough, it names the fields around
    it too (办理时限·说明), and so it always does in an item or a case of it, which have many. `absence` are the keys of the
    field that is stated not to be there (无) where this cell says so, None where 无 is nothing special.
    """

    keys: tuple[str, ...]
    label: str
    kind: Kind
    field: Declared
    absence: tuple[str, ...] | None

    @property
    def hint(self) -> str:
        """What to write in it."""
        if not self.field.reference:
            return self.field.description
        name = f"{BY_NAME[self.field.reference].label}库里的名称"
        return f"{name}，一行一个" if self.several else name

    @property
    def several(self) -> bool:
        """Whether it takes several entries."""
        return self.field.several

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen, () where anything can be written."""
        return ("是", "否") if self.field.flag else self.field.choices

    @property
    def is_closed(self) -> bool:
        """Whether exactly one of the choices can be written."""
        return self.kind is Kind.FLAG or (self.kind is Kind.CHOICE and not self.several)


JOINT = "·"


@cache
def slots(record: type[Record]) -> tuple[Slot, ...]:
    """Return the cells of records of this type, in the order of their declaration."""
    found = tuple(_slots(record, (), "", None))
    if issubclass(record, Procedure):
        return found
    counted = Counter(_label(slot.field) for slot in found)
    return tuple(replace(slot, label=label) if counted[label := _label(slot.field)] == 1 else slot for slot in found)


def _label(field: Declared) -> str:
    """Return the label of a field: forms have names where files have ids (材料编号)."""
    stem = field.label.removesuffix("编号")
    return f"{stem}库里叫" if field.reference and stem != field.label else field.label


def _slots(record: type[Record], keys: tuple[str, ...], around: str, absence: tuple[str, ...] | None) -> Iterator[Slot]:
    for key, field in declared(record).items():
        path, label = (*keys, key), around + _label(field)
        stated = path if field.stated else absence
        absence = None  # it is said in the first cell of what is not there
        if field.records and not field.several and not field.flag and not issubclass(field.records[0], PHRASES):
            yield from _slots(field.records[0], path, label + JOINT, stated)
        else:
            yield Slot(path, label, _kind(field), field, stated)


def _kind(field: Declared) -> Kind:
    if field.records and field.several:
        return Kind.RECORDS
    if field.reference:
        return Kind.REFERENCE
    if field.choices:
        return Kind.CHOICE
    if field.flag and not field.text and not field.records:
        return Kind.FLAG
    if field.words:
        return Kind.FIELDS
    return Kind.GRID if field.grid else Kind.TEXT


@cache
def slots_by_keys(record: type[Record]) -> dict[tuple[str, ...], Slot]:
    """Return the cells of records of this type by their keys."""
    return {slot.keys: slot for slot in slots(record)}


@cache
def slots_by_label(record: type[Record]) -> dict[str, Slot]:
    """Return the cells of records of this type by their labels."""
    return {slot.label: slot for slot in slots(record)}
