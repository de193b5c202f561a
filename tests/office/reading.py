"""Documents made part by part and read at once: what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from office_files import write_excel, write_word

from builder.office.documents import read_document
from builder.office.shapes import Reading, SourceItem, Vocabulary, read_items, vocabulary
from builder.office.shapes.neutral_json import neutral_item


def word(folder: Path, body: str, words: Vocabulary | None = None, **parts: str | bytes) -> Reading:
    return read_items(read_document(write_word(folder / "一.docx", body, parts)), words or vocabulary())


def excel(folder: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Reading:
    return read_items(read_document(write_excel(folder / "一.xlsx", rows, merges)), vocabulary())


def names(reading: Reading) -> list[str]:
    return [item.name for item in reading.items]


def columns(item: SourceItem) -> dict[str, str]:
    return dict(item.columns)


def typed(item: SourceItem) -> dict[str, Any]:
    """Return an item as a person would type it in, without what only tells where it stood."""
    made = neutral_item(item)
    for key in ("columns", "source", "seq", "name", "sections"):
        made.pop(key, None)
    return made


def left_over(reading: Reading) -> list[str]:
    own = (one for item in reading.items for one in item.leftovers)
    return [one.text for one in (*reading.leftovers, *own)]
