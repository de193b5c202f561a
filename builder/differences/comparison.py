"""Two states of a record, told apart field by field.

What is compared are values, not how they are written: the order of keys, remarks, quotes and short forms are no
difference. Texts are those of the forms for Word and Excel (`office.form`), because people who read no YAML know them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple, Self

from builder.content.fields import Absence, Choice, Record, declared
from builder.content.model.amounts import Price
from builder.content.model.item import Procedure, Status, Validity, Variant
from builder.content.model.quantities import ApplicationPeriod, Duration
from builder.content.model.steps import Step, Visibility
from builder.content.source import Raw
from builder.differences.open_days import compared
from builder.form.layout import CASES, MARKS
from builder.form.placed_records import placed_records
from builder.form.record_names import Names
from builder.form.slots import Kind, Slot, slots
from builder.form.spelling import NAMED, entries, line_of, text_in

ALIKE = 0.55  # from here on two lines are taken for the same one, changed


class Change(StrEnum):
    """In what way something is different."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a way from its name for programs and its name for people."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    ADDED = "added", "增加"
    REMOVED = "removed", "去掉"
    MORE = "more", "变多"
    LESS = "less", "变少"
    KNOWN = "known", "写明"  # nothing was said of it before
    UNKNOWN = "unknown", "不再写"
    ORDER = "order", "次序"
    CHANGED = "changed", "改动"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a record says differently: in which case, in which field, and its text before and after.

    `field` are the keys of the field from the record down, without positions; within a group of which one is enough, the
    key of that group is among them. `parts` are the differences inside an entry of a list.
    """

    case: str
    field: tuple[str, ...]
    label: str
    change: Change
    was: str
    now: str
    parts: tuple[Difference, ...] = ()

    def within(self, kind: str) -> Difference:
        """Return it with the kind of its record before its field, so that no rule for items is taken for it."""
        return replace(self, field=(kind, *self.field), parts=tuple(part.within(kind) for part in self.parts))


class Version(NamedTuple):
    """A record as one state of the content has it: with its plain values, and what other records are called there."""

    record: Record
    raw: Raw
    names: Names


def differences(old: Version, new: Version) -> Iterator[Difference]:
    """Yield what the new version of a record says differently, in the order of its fields; of an item also its cases."""
    yield from _fields(old, new, (), "")
    if isinstance(new.record, Procedure) and not isinstance(new.record, Variant):
        yield from _cases(old, new)


# --- Fields -----------------------------------------------------------------------------------------------------------


def _fields(old: Version, new: Version, field: tuple[str, ...], case: str, label: str = "") -> Iterator[Difference]:
    kind = type(new.record)
    held = (*MARKS.get(kind, {}), CASES)
    for slot in slots(kind):
        if slot.keys[0] in held or slot.field.for_editors or declared(kind)[slot.keys[0]].for_editors:
            continue
        was, now = _value(old.record, slot), _value(new.record, slot)
        if was == now:
            continue
        path, name = (*field, *slot.keys), f"{label}·{slot.label}" if label else slot.label
        if slot.kind is Kind.RECORDS:
            yield from _records(old, new, slot, path, case, name)
            continue
        texts = _text(old, slot, was), _text(new, slot, now)
        if texts[0] == texts[1]:
            continue
        if slot.several and not slot.field.grid and isinstance(was, tuple) and isinstance(now, tuple) and was and now:
            yield from _entries(texts, slot, path, case, name)
        else:
            yield Difference(case, path, name, _change(was, now), *texts)


def _value(record: Record, slot: Slot) -> Any:
    """Return the value of a field; that it is stated not to be there where the cell says so, None where nothing is said."""
    holder = record
    for depth, key in enumerate(slot.keys):
        value: Any = getattr(holder, declared(type(holder))[key].attribute)
        if depth == len(slot.keys) - 1:
            return value
        if isinstance(value, Absence) and slot.absence == slot.keys[: depth + 1]:
            return value
        if not isinstance(value, Record):
            return None
        holder = value
    return None


def _text(version: Version, slot: Slot, value: Any) -> str:
    """Return the text of a field; of a choice that nobody wrote down, what it then is."""
    text = text_in(version.record, version.raw, slot, version.names)
    return text or (value.label if isinstance(value, Choice) and not isinstance(value, Absence) else "")


def _change(was: Any, now: Any) -> Change:
    if isinstance(was, bool) and isinstance(now, bool):
        return Change.ADDED if now else Change.REMOVED
    if isinstance(was, Status) and isinstance(now, Status):
        return Change.REMOVED if was is Status.ACTIVE else Change.ADDED if now is Status.ACTIVE else Change.CHANGED
    if _is_unsaid(was) or _is_unsaid(now):
        return Change.KNOWN if _is_unsaid(was) else Change.UNKNOWN
    if isinstance(was, Absence) or isinstance(now, Absence):
        return Change.ADDED if isinstance(was, Absence) else Change.REMOVED
    if isinstance(was, Duration) and isinstance(now, Duration):
        return _by(now.is_longer_than(was), was.is_longer_than(now))
    if isinstance(was, Price) and isinstance(now, Price):
        return _by(now.most > was.most and now.least >= was.least, now.most < was.most and now.least <= was.least)
    if isinstance(was, int | Decimal) and isinstance(now, int | Decimal):
        return _by(now > was, now < was)
    return Change.CHANGED


def _by(more: bool, less: bool) -> Change:  # noqa: FBT001 - the two ways in which things compare
    return Change.MORE if more else Change.LESS if less else Change.CHANGED


def _is_unsaid(value: Any) -> bool:
    return value is None or value == "" or value == ()


# --- Lists ------------------------------------------------------------------------------------------------------------


def _entries(texts: tuple[str, str], slot: Slot, field: tuple[str, ...], case: str, label: str) -> Iterator[Difference]:
    """Yield the texts of a list that are gone or new; if there are none, that their order changed."""
    mark = "、" if slot.kind in (Kind.CHOICE, Kind.FIELDS) else "\n"
    was, now = (text.split(mark) for text in texts)
    gone, new = Counter(was) - Counter(now), Counter(now) - Counter(was)
    if not gone and not new:
        yield Difference(case, field, label, Change.ORDER, *texts)
    pairs, gone_texts, new_texts = _paired(list(gone.elements()), list(new.elements()))
    choices = slot.kind is not Kind.TEXT
    for one, other in pairs if not choices else ():
        yield Difference(case, field, label, Change.CHANGED, one, other)
    for one in gone.elements() if choices else gone_texts:
        yield Difference(case, field, label, Change.REMOVED, one, "")
    for one in new.elements() if choices else new_texts:
        yield Difference(case, field, label, Change.ADDED, "", one)


class _Entry(NamedTuple):
    """An entry of a list of records: its version, its line as a form has it, and the keys of the groups around it."""

    version: Version
    line: str
    groups: tuple[str, ...]
    name: str

    @property
    def kind(self) -> type[Record]:
        return type(self.version.record)


def _records(
    old: Version, new: Version, slot: Slot, field: tuple[str, ...], case: str, label: str
) -> Iterator[Difference]:
    states = _value(old.record, slot), _value(new.record, slot)
    was, now = (_listed(version, slot) for version in (old, new))
    if _is_unsaid(states[0]) or _is_unsaid(states[1]):
        texts = (
            _lines(entries) or (state.label if isinstance(state, Absence) else "")
            for entries, state in zip((was, now), states, strict=True)
        )
        before, after = texts
        if before or after:
            yield Difference(case, field, label, _change(*states), before, after)
        return
    if slot.field.records[0] is ApplicationPeriod and isinstance(states[0], tuple) and isinstance(states[1], tuple):
        days = compared(*states)
        yield Difference(case, field, label, _by(days > 0, days < 0), _lines(was), _lines(now))
        return
    pairs, gone, added = _matched(was, now)
    for one, other in pairs:
        yield from _entry(one, other, field, case, label)
    for entry in gone:
        yield Difference(case, (*field, *entry.groups), label, Change.REMOVED, entry.line, "")
    for entry in added:
        yield Difference(case, (*field, *entry.groups), label, Change.ADDED, "", entry.line)
    if (
        not gone
        and not added
        and [now.index(other) for _, other in pairs] != sorted(now.index(other) for _, other in pairs)
    ):
        yield Difference(case, field, label, Change.ORDER, _lines(was), _lines(now))


def _lines(entries: Sequence[_Entry]) -> str:
    return "\n".join(entry.line for entry in entries)


def _entry(one: _Entry, other: _Entry, field: tuple[str, ...], case: str, label: str) -> Iterator[Difference]:
    """Yield the difference of an entry that both versions have, if there is any."""
    parts = tuple(_fields(one.version, other.version, field, case, label))
    if one.groups != other.groups:
        parts = (*parts, Difference(case, (*field, "group"), label, Change.CHANGED, one.line, other.line))
    if parts:
        change = parts[0].change if len({part.change for part in parts}) == 1 else Change.CHANGED
        yield Difference(case, (*field, *other.groups), label, change, one.line, other.line, parts)


def _listed(version: Version, slot: Slot) -> list[_Entry]:
    """Return the records of a list, and after each those that it holds."""
    value = _value(version.record, slot)
    if not isinstance(value, tuple):
        return []
    raw = version.raw
    for key in slot.keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    found = []
    for placed in placed_records(value, raw, ()):
        if isinstance(placed.record, Step) and placed.record.visibility is Visibility.STAFF:
            continue  # no guide shows it
        own = Version(placed.record, placed.raw, version.names)
        groups = tuple(str(step) for step in placed.path if isinstance(step, str))
        found.append(_Entry(own, _line(own, placed.mark), groups, _name(own)))
    return found


def _line(version: Version, mark: str) -> str:
    """Return what an entry says in one line: its name, then each further field with its label, and the mark of a group."""
    record, raw, names = version
    held = MARKS.get(type(record), {})
    if isinstance(raw, str) and not mark and type(record) not in NAMED:
        return line_of(record, raw, names)
    texts = [
        (slot.label, text_in(record, raw, slot, names)) for slot in slots(type(record)) if slot.keys[0] not in held
    ]
    first, *others = [(label, text.replace("\n", "；")) for label, text in texts if text] or [("", "")]
    return "，".join(filter(None, (first[1], *(f"{label}：{text}" for label, text in others), mark)))


def _name(version: Version) -> str:
    """Return by what an entry is known: the first thing that it says; of a period of validity, whose it is."""
    if isinstance(version.record, Validity):
        return version.record.who
    texts = (text_in(version.record, version.raw, slot, version.names) for slot in slots(type(version.record)))
    return next(filter(None, texts), "")


def _matched(
    was: Sequence[_Entry], now: Sequence[_Entry]
) -> tuple[list[tuple[_Entry, _Entry]], list[_Entry], list[_Entry]]:
    """Return the entries that both lists have, those only in the first, and those only in the second.

    Entries are the same that are equal, else that have the same name, else that read alike.
    """
    pairs: list[tuple[_Entry, _Entry]] = []
    gone, new = list(was), list(now)
    for is_same in (_are_equal, _have_one_name):
        for entry in tuple(gone):
            other = next((one for one in new if is_same(entry, one)), None)
            if other is not None:
                pairs.append((entry, other))
                gone.remove(entry)
                new.remove(other)
    alike, _, _ = _paired([entry.line for entry in gone], [entry.line for entry in new])
    for line, other_line in alike:
        one = next(entry for entry in gone if entry.line == line)
        other = next(entry for entry in new if entry.line == other_line)
        if one.kind is other.kind:
            pairs.append((one, other))
            gone.remove(one)
            new.remove(other)
    pairs.sort(key=lambda pair: was.index(pair[0]))
    return pairs, gone, new


def _are_equal(one: _Entry, other: _Entry) -> bool:
    return one.version.record == other.version.record and one.groups == other.groups and one.line == other.line


def _have_one_name(one: _Entry, other: _Entry) -> bool:
    return one.kind is other.kind and one.name == other.name


def _paired(was: Sequence[str], now: Sequence[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Return the texts that read alike, the most alike first, and those of both lists that are left."""
    gone, new = list(was), list(now)
    alike = sorted(
        ((SequenceMatcher(None, one, other).ratio(), one, other) for one in gone for other in new),
        key=lambda found: -found[0],
    )
    pairs = []
    for ratio, one, other in alike:
        if ratio >= ALIKE and one in gone and other in new:
            pairs.append((one, other))
            gone.remove(one)
            new.remove(other)
    return pairs, gone, new


# --- Cases ------------------------------------------------------------------------------------------------------------


def _cases(old: Version, new: Version) -> Iterator[Difference]:
    was, now = _variants(old), _variants(new)
    for id, one in was.items():
        if id in now:
            yield from _fields(one, now[id], (CASES,), _called(now[id]))
        else:
            yield Difference("", (CASES,), "情形", Change.REMOVED, _called(one), "")
    for id, one in now.items():
        if id not in was:
            yield Difference("", (CASES,), "情形", Change.ADDED, "", _case_in_lines(one))
    if [*was] != [*now] and {*was} == {*now}:
        names = ["\n".join(map(_called, some.values())) for some in (was, now)]
        yield Difference("", (CASES,), "情形", Change.ORDER, names[0], names[1])


def _variants(version: Version) -> Mapping[tuple[str, int], Version]:
    """Return the cases by their ids, and by which of those with the same id they are."""
    variants: Sequence[Variant] = getattr(version.record, CASES)
    raw = version.raw.get(CASES) if isinstance(version.raw, dict) else None
    found: dict[tuple[str, int], Version] = {}
    counted = Counter[str]()
    for one, its in entries(variants, raw):
        assert isinstance(one, Variant)  # noqa: S101 - as it is declared
        counted[one.id] += 1
        found[one.id, counted[one.id]] = Version(one, its, version.names)
    return found


def _called(version: Version) -> str:
    return str(getattr(version.record, "name", ""))


def _case_in_lines(version: Version) -> str:
    """Return a new case with all that it says."""
    record, raw, names = version
    texts = ((slot.label, text_in(record, raw, slot, names)) for slot in slots(type(record)) if slot.keys != ("id",))
    return "\n".join(f"{label}：{text}" for label, text in texts if text)
