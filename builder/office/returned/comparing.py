"""Which cells of what came home say something else than the exported document did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.content.fields import Record
from builder.content.model.item import Procedure
from builder.form.slots import Slot, slots_by_keys, slots_by_label
from builder.form.spelling import NAMED
from builder.office.returned.exported_texts import ExportedTexts, held_in
from builder.office.returned.outcome import Remark
from builder.office.returned.returned_item import Keys, ReturnedRecord
from builder.office.returned.same_text import same, tidied
from builder.support.diagnostics import KeyPath


@dataclass(frozen=True, slots=True)
class CellEdit:
    """Another text in a cell of the record that was exported at `path`.

    `by_name` says that the document has one cell for the name of what is in a library and of what is not.
    """

    path: KeyPath
    slot: Slot
    before: str
    after: str
    place: str
    by_name: bool = False


def cell_edits(row: ReturnedRecord, path: KeyPath, texts: ExportedTexts, remarks: list[Remark]) -> Iterator[CellEdit]:
    """Yield what is different in a row, or in the fields of the item, which is the record at `path`.

    What cannot be read is added to `remarks`.
    """
    kind = type(texts.record(path))
    cells = dict(row.cells)
    if row.more is not None:
        cells.update(_further_cells(row, row.more, texts.texts(path), kind, remarks))
    by_name = kind in NAMED and len({keys[0] for keys in cells} & {*NAMED[kind]}) == 1
    for keys, text in cells.items():
        slot = slots_by_keys(kind).get(keys)
        if slot is None:
            if tidied(text):
                remarks.append(_misplaced(row, text))
            continue
        before, after = texts.text(path, slot), tidied(text)
        if not same(before, after):
            named = by_name and keys[0] in NAMED[kind]
            yield CellEdit(path, slot, before, after, row.place, named)


def further_texts(row: ReturnedRecord, kind: type[Record], remarks: list[Remark]) -> Mapping[Keys, str]:
    """Return what a row says in lines with labels. A line without a label goes on with the one above."""
    found: dict[Keys, str] = {}
    last: Keys = ()
    for line in tidied(row.more or "").split("\n"):
        label, colon, text = line.replace(":", "：", 1).partition("：")
        slot = _slot_called(label.strip(), kind) if colon else None
        if slot is not None and slot.keys not in found:
            last = slot.keys
            found[last] = text
        elif slot is not None:
            last = slot.keys
            found[last] += f"\n{text}"
        elif last:
            found[last] += f"\n{line}"
        elif line.strip():
            hint = "每行先写名称，如“说明：……”；可以写的名称，表的上面、格子的下面都列着。"
            remarks.append(Remark(row.place, f"“{line.strip()}”不知道写的是哪一样", hint, is_error=True))
    return found


def _further_cells(
    row: ReturnedRecord, more: str, known: Mapping[Keys, str], kind: type[Record], remarks: list[Remark]
) -> Mapping[Keys, str]:
    """Return the further cells of a row: of one in a table also those that it does not name any more, as emptied."""
    is_row = not issubclass(kind, Procedure)
    left = {keys: text for keys, text in known.items() if keys not in row.cells and keys[0] not in held_in(kind)}
    said = "\n".join(f"{slots_by_keys(kind)[keys].label}：{text}" for keys, text in left.items())
    if is_row and same(said, more):
        return {}
    found = further_texts(row, kind, remarks)
    return {**(dict.fromkeys(left, "") if is_row else {}), **found}


def _slot_called(label: str, kind: type[Record]) -> Slot | None:
    known = slots_by_label(kind)
    if label in known:
        return known[label]
    ends = [slot for slot in known.values() if slot.field.label == label]
    return ends[0] if len(ends) == 1 else None


def _misplaced(row: ReturnedRecord, text: str) -> Remark:
    return Remark(row.place, f"“{text}”写在这一行用不上的格子里", "看看是不是写错了行。", is_error=True)


def row_text(cells: Iterable[str]) -> str:
    """Return what a row says, for people to read."""
    return " ｜ ".join(text.replace("\n", " ") for text in map(tidied, cells) if text)
