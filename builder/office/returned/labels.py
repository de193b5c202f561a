"""What people call the places of an item: 情形“补办” 申请材料 2.1 份数."""

from __future__ import annotations

from builder.content.fields import Record, declared
from builder.office.returned.comparing import row_text
from builder.office.returned.exported_texts import ExportedTexts, part_of
from builder.office.returned.placing import Entry
from builder.support.diagnostics import KeyPath


class Labels:
    """Names the places of an item as its documents number them."""

    def __init__(self, texts: ExportedTexts) -> None:
        self._texts = texts

    def label(self, path: KeyPath, name: str = "") -> str:
        """Return what the record or list at `path` is called, with the `name` of a field in it."""
        part = part_of(path)
        words = [f"情形“{getattr(self._texts.record(part), 'name', '')}”"] if part and part in self._texts else []
        if path[len(part) :]:
            words.append(self._row(path, part))
        return " ".join(filter(None, (*words, name)))

    def _row(self, path: KeyPath, part: KeyPath) -> str:
        keys = [step for step in path[len(part) :] if isinstance(step, str)]
        numbers = [str(step + 1) for step in path[len(part) :] if isinstance(step, int)]
        table = declared(self._texts.kind_at(part))[keys[0]].label
        if keys[0] == "steps" and len(keys) > 1:
            below = declared(self._texts.kind_at((*part, "steps")))[keys[-1]].label
            return f"{table} {numbers[0]} {below} {''.join(numbers[1:])}".strip()
        return f"{table} {'.'.join(numbers)}".strip()


def field_label(path: KeyPath, record: type[Record]) -> str:
    """Return what people call the field of a record at `path`, by its declaration: 申请材料 3 份数."""
    words: list[str] = []
    kinds: tuple[type[Record], ...] = (record,)
    for step in path:
        if isinstance(step, int):
            words.append(str(step + 1))
            continue
        field = next((declared(kind)[step] for kind in kinds if step in declared(kind)), None)
        words.append(field.label if field else step)
        kinds = field.records if field else ()
    return " ".join(words)


def row_of(entry: Entry) -> str:
    """Return what a new entry says, with all that it holds."""
    row = entry.row
    inner = [row_of(one) for entries in entry.lists.values() for one in entries]
    return row_text([*(row.cells.values() if row else ()), (row.more or "") if row else "", *inner])
