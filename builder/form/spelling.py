"""How values stand in the cells of a form, as plain text, and how they are read back.

A cell of several texts has a line for each; what goes on in a further line begins with a full-width space. Choices stand
in one line: 原件、复印件. A record in a cell is one line, 022-65775272 ｜ 是谁的：咨询, whose parts begin with the label of
their field; only what a record may be written as alone, here the number, stands without. A ｜ inside a part is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from builder.content.fields import Absence, Choice, Record, declared
from builder.content.model.amounts import Price
from builder.content.model.disclosure import ContentPart
from builder.content.model.item import Basis, FormFile, Participant, Procedure
from builder.content.model.materials import Material
from builder.content.model.quantities import DisclosureTerm, Duration, Route
from builder.content.source import Raw
from builder.form.record_names import Names
from builder.form.slots import Kind, Slot, slots, slots_by_label

BAR, JOIN = "｜", " ｜ "
INDENT = "\u3000"  # begins a line that goes on with the entry above
LIST = "、"
CELLS = " | "  # between the cells of a row of a small table, as the model reads it

# Records that name another one where the site knows it, and say its name where it does not: the keys of both.
NAMED: Mapping[type[Record], tuple[str, str]] = {
    Material: ("ref", "name"),
    FormFile: ("ref", "title"),
    Basis: ("law", "text"),
    Participant: ("ref", "unit"),
}


# --- To text ---------------------------------------------------------------------------------------------------------


def texts(record: Record, raw: Raw, names: Names) -> Iterator[tuple[Slot, str]]:
    """Yield the cells of `record` with their texts, "" where nothing is stated. `raw` are its plain values."""
    yield from ((slot, text_in(record, raw, slot, names)) for slot in slots(type(record)))


def text_in(record: Record, raw: Raw, slot: Slot, names: Names) -> str:
    """Return the text of one cell of `record`: as the file has it, references and choices by their names."""
    if declared(type(record))[slot.keys[0]].attribute not in record.model_fields_set:
        return ""
    fields = _fields_in(record, raw)
    for depth, key in enumerate(slot.keys[:-1], start=1):
        inner = getattr(record, declared(type(record))[key].attribute)
        if isinstance(inner, Absence) and slot.absence == slot.keys[:depth]:
            return inner.label
        if not isinstance(inner, Record):
            return ""
        record, fields = inner, _fields_in(inner, fields.get(key))
    field = slot.field
    if field.attribute not in record.model_fields_set:
        return ""
    return _spelled(getattr(record, field.attribute), fields.get(slot.keys[-1]), slot, names)


def entries(value: Sequence[Record], raw: Raw) -> list[tuple[Record, Raw]]:
    """Return the records of a list with their plain values, None where several are written as one phrase."""
    raws = raw if isinstance(raw, list) else [raw]
    return list(zip(value, raws if len(raws) == len(value) else [None] * len(value), strict=True))


def _fields_in(record: Record, raw: Raw) -> Mapping[str, Raw]:
    """Return the plain values of the fields of a record that is written with keys, or as one of its fields alone."""
    if isinstance(raw, dict):
        return raw
    short = type(record).shorthand
    if isinstance(raw, str) and short in declared(type(record)):
        value = getattr(record, declared(type(record))[short].attribute)
        if value == raw.strip() or (isinstance(value, Duration) and _reads_as(raw, value)):
            return {short: raw}
    return {}


def _spelled(value: Any, raw: Raw, slot: Slot, names: Names) -> str:
    if isinstance(value, Absence):
        return value.label
    if not slot.several:
        return _one(value, raw, slot, names) if value is not None else ""
    if slot.kind is Kind.RECORDS:
        return "\n".join(continued(line_of(one, its, names)) for one, its in entries(value, raw))
    if slot.kind is Kind.GRID:
        return "\n".join(CELLS.join(row) for row in value)
    raws = raw if isinstance(raw, list) and len(raw) == len(value) else [raw] if len(value) == 1 else value
    each = [_one(one, its, slot, names) for one, its in zip(value, raws, strict=True)]
    if slot.keys[-1] == "columns":
        return CELLS.join(each)
    if slot.kind in (Kind.CHOICE, Kind.FIELDS):
        return LIST.join(each)
    return "\n".join(map(continued, each))


def _one(value: Any, raw: Raw, slot: Slot, names: Names) -> str:
    if slot.kind is Kind.REFERENCE:
        return names.of(slot.field.reference, value)
    if slot.kind is Kind.FIELDS:
        return declared(Procedure)[value].label
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(raw, str):
        return raw.strip()
    return phrase_of(value) if isinstance(value, (Duration, DisclosureTerm, Route)) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Price):
        least, most = (f"{number:f}" for number in value[:2])
        return f"{'不超过' if value.at_most else ''}{least if least == most else f'{least}至{most}'}"
    return value.isoformat() if isinstance(value, date) else str(value)


def continued(text: str) -> str:
    """Return a text of several lines as one entry of a list."""
    return text.replace("\n", f"\n{INDENT}")


def phrase_of(record: Record) -> str:
    """Return the phrase that the model reads as `record`: 15个工作日, 街道受理、初审，区复审, 修订颁布后15个工作日."""
    match record:
        case Route(levels=levels):
            return "，".join(f"{one.level.label}{LIST.join(action.label for action in one.do)}" for one in levels)
        case DisclosureTerm(cycle=cycle) if cycle:
            return cycle.label
        case DisclosureTerm(lasts=lasts) if lasts:
            return f"公示{lasts}" if lasts.n else f"{lasts.unit.label}公示"
        case DisclosureTerm(within=within, after=after):
            return f"{after}后{within}" if after else str(within)
        case _:
            return str(record)


def _reads_as(text: str, value: Record) -> bool:
    try:
        return type(value).model_validate(text) == value
    except ValueError:
        return False


def line_of(record: Record, raw: Raw, names: Names) -> str:
    """Return a record as one line. One that is written as a phrase stands as it is written."""
    if isinstance(raw, str) and not _shows_reference(type(record)) and not _label(raw, (type(record),)):
        return _escaped(raw.strip())
    if isinstance(record, (Route, DisclosureTerm)) and _reads_as(phrase_of(record), record):
        return phrase_of(record)
    if isinstance(record, ContentPart) and (line := _content_part(record)):
        return line
    bare = ""
    parts: list[str] = []
    for slot, text in texts(record, raw, names):
        if text and not bare and not parts and _may_be_bare(slot, text, type(record)):
            bare = _escaped(text)
        elif text:
            each = [text] if not slot.several or slot.kind in (Kind.CHOICE, Kind.FIELDS) else lines(text)
            parts += [f"{slot.label}：{_escaped(one)}" for one in each]
    return JOIN.join([bare, *parts] if bare else parts)


def _content_part(part: ContentPart) -> str:
    """Return 联系方式（办公电话、传真）, as disclosure lists have it; "" where that could be read in another way."""
    line = f"{part.name}（{LIST.join(part.parts)}）" if part.parts else part.name
    return line if BAR not in line and content_part_in(line) == (part.name, [*part.parts]) else ""


def content_part_in(line: str) -> tuple[str, list[str]]:
    """Return the name and the parts of 联系方式（办公电话、传真）."""
    match = re.fullmatch(r"([^（）]+)（([^（）]+)）", line)
    return (match[1], match[2].split(LIST)) if match else (line, [])


def _shows_reference(record: type[Record]) -> bool:
    """Tell whether a record that is written as one word is a reference, which forms show by its name."""
    return record.shorthand in declared(record) and bool(declared(record)[record.shorthand].reference)


def _may_be_bare(slot: Slot, text: str, record: type[Record]) -> bool:
    return slot.keys == (record.shorthand,) and "\n" not in text and not _label(text, (record,))


def _escaped(text: str) -> str:
    return text.replace(BAR, BAR * 2)


# --- From text -------------------------------------------------------------------------------------------------------


def value_of(text: str, slot: Slot, names: Names) -> tuple[tuple[str, ...], Raw]:
    """Return what an editor wrote in a cell: the keys of the field, and its plain value, None if it is to be removed.

    Nothing is checked: what cannot be read is returned as it is, so that the editor is told of it.
    """
    text = text.strip()
    if not text:
        return slot.keys, None
    if slot.absence and text in Absence.written():
        return slot.absence, text
    return slot.keys, _value(text, slot, names)


def _value(text: str, slot: Slot, names: Names) -> Raw:
    if not slot.several:
        return (names.id_of(slot.field.reference, text) or text) if slot.kind is Kind.REFERENCE else text
    found: list[Raw]
    if slot.kind in (Kind.CHOICE, Kind.FIELDS):
        found = [part.strip() for part in re.split("[、，,;；\n]", text) if part.strip()]
        if slot.kind is Kind.FIELDS:
            found = [_keys_by_label().get(str(label), label) for label in found]
    elif slot.keys[-1] == "columns":
        return [part.strip() for part in re.split("[|｜]", text)]
    elif slot.kind is Kind.RECORDS:
        found = [record_in(line, slot.field.records, names) for line in lines(text)]
    elif slot.kind is Kind.REFERENCE:
        found = [names.id_of(slot.field.reference, line) or line for line in lines(text)]
    else:
        found = [*lines(text)]
    return found


def lines(text: str) -> list[str]:
    """Return the entries of a cell: its lines, each with those that go on with it."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.startswith(INDENT) and found:
            found[-1] += f"\n{line.removeprefix(INDENT)}"
        elif line.strip():
            found.append(line.strip())
    return found


def record_in(line: str, records: tuple[type[Record], ...], names: Names) -> Raw:
    """Return the plain values of a record of one of these types that stands in one line: a text, or values by key."""
    if ContentPart in records and BAR not in line:
        name, found = content_part_in(line)
        return {"name": name, "parts": [*found]} if found else name
    parts = [part.strip().replace(BAR * 2, BAR) for part in _APART.split(line)]
    labels = [_label(part, records) for part in parts]
    if labels == [""]:
        return _bare(parts[0], records[0], names)
    record = next((one for one in records if slots_by_label(one).keys() >= {*labels} - {""}), records[0])
    values: dict[str, Raw] = {}
    for label, part in zip(labels, parts, strict=True):
        if not label:
            values |= named(part, record, names)
        elif slot := slots_by_label(record).get(label):
            put(values, *value_of(part[len(label) + 1 :], slot, names))
    return values


def _bare(text: str, record: type[Record], names: Names) -> Raw:
    """Return what a record is written as that is one word alone."""
    values = named(text, record, names)
    return next(iter(values.values())) if record.shorthand else values


def named(text: str, record: type[Record], names: Names) -> dict[str, Raw]:
    """Return the field that a part without a label fills."""
    if record in NAMED:
        ref, name = NAMED[record]
        id = names.id_of(declared(record)[ref].reference, text)
        return {ref: id} if id else {name: text}
    key = record.shorthand or next(iter(declared(record)))
    field = declared(record).get(key)
    return {key: (names.id_of(field.reference, text) or text) if field and field.reference else text}


def put(values: dict[str, Raw], keys: tuple[str, ...], value: Raw) -> None:
    """Set a value below its keys; a list grows by each part that names it."""
    for key in keys[:-1]:
        inner = values.setdefault(key, {})
        if not isinstance(inner, dict):  # 无, and then more
            inner = values[key] = {}
        values = inner
    known = values.get(keys[-1])
    values[keys[-1]] = [*known, *value] if isinstance(known, list) and isinstance(value, list) else value


_APART = re.compile(f"(?<!{BAR}){BAR}(?!{BAR})")


def _label(text: str, records: tuple[type[Record], ...]) -> str:
    """Return the label with which a part of a line begins, "" if it begins with none."""
    label, colon, _ = text.replace(":", "：", 1).partition("：")
    return label if colon and any(label in slots_by_label(record) for record in records) else ""


@cache
def _keys_by_label() -> Mapping[str, str]:
    return {field.label: key for key, field in declared(Procedure).items()}


def joined(parts: Iterable[str]) -> str:
    """Return the lines of a cell."""
    return "\n".join(parts)
