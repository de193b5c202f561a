"""The neutral JSON form of items: what a careful person would type in, for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from builder.office.shapes.folding import half_width
from builder.office.shapes.source_item import Entry, Reading, SourceItem

_TEXTS: Final = ("conditions", "time_limit", "hours", "place", "fee", "basis", "department")
_LISTS: Final = ("materials", "steps")
_PHONE: Final = re.compile(
    r"(?<![\d-])(?:\(?0\d{2,3}\)?\s?[-—－–]+\s?[1-9]|(?:\(?0\d{2,3}\)?\s?)?[2-9])\d{6,7}(?:[^\S\n]?[-—－–转]+[^\S\n]?\d{1,5})?(?!\d)"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)[48]00[-—]?\d{3}[-—]?\d{4}(?!\d)|(?<![\d-])(?:1\d{4}|9\d{4,5}|1[12]\d)(?![\d-])"
)


def neutral(reading: Reading) -> dict[str, Any]:
    """Return the items of a document in the neutral form, with what is left over beside them."""
    return {
        "format": "neutral-1",
        "source": reading.document,
        "items": [neutral_item(item) for item in reading.items],
        "leftovers": [{"text": one.text, "source": one.origin.place, "why": one.why} for one in reading.leftovers],
        "remarks": [str(remark) for remark in reading.remarks],
    }


def neutral_item(item: SourceItem) -> dict[str, Any]:
    """Return one item in the neutral form. What the document does not say is left out."""
    made: dict[str, Any] = {"seq": item.number, "name": item.name, "columns": dict(item.columns)}
    if item.sections:
        made["sections"] = [{"title": one.title, "text": one.text} for one in item.sections if one.text]
    for key in _LISTS:
        if entries := item.entries(key):
            made[key] = [_entry(entry) for entry in entries]
    for key in _TEXTS:
        if text := item.text(key):
            made[key] = text
    if phones := phones_in(item):
        made["phones"] = phones
    notes = [
        *map(str, item.remarks),
        *(note for passage in item.passages for note in (passage.lead, *passage.notes) if note),
    ]
    notes += _notes_of(entry for passage in item.passages for entry in passage.entries)
    if notes:
        made["notes"] = notes
    made["source"] = item.origin.place
    return made


def phones_in(item: SourceItem) -> list[str]:
    """Return the phone numbers of an item as printed, each with what stands before it."""
    found = []
    for passage in item.of("phones", "supervision"):
        text, end = half_width(passage.text), 0
        for match in _PHONE.finditer(text):
            label = re.split(r"[\s、,;。:]", text[end : match.start()].strip(" :、,;。\n\t"))[-1]
            found.append(f"{label}{match[0]}" if label and not re.search(r"[\d-]", label) else match[0])
            end = match.end()
    return found


def as_json(data: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return `data` as JSON for people to read."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {"text": entry.text}
    if entry.sub:
        made["sub"] = [_entry(one) for one in entry.sub]
    if entry.details:
        made["details"] = dict(entry.details)
    return made


def _notes_of(entries: Iterable[Entry]) -> list[str]:
    return [note for entry in entries for note in (*entry.notes, *_notes_of(entry.sub))]
