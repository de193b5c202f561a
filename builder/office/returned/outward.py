"""Tables that only go out: they say less than the items of which they tell, so that they cannot come home."""

from __future__ import annotations

import csv
from pathlib import Path

from builder.context import Words
from builder.office.documents import Unreadable
from builder.office.documents.opening import CSV, EXCEL, kind_of
from builder.office.documents.text_encoding import decoded
from builder.office.returned.word_parts import properties_of
from builder.open_data.service_tables import HEADINGS

OPEN_DATA, CATALOGUE = "开放数据的表", "交给上级的目录清单"


def outward(path: Path, words: Words) -> str:
    """Return what a file is called if it is a table that only goes out, as it was written or as Excel has saved it; else ""."""
    try:
        kind = kind_of(path) if path.is_file() else ""
        if kind == EXCEL and properties_of(path).get("bszn-kind") == "catalogue":
            return CATALOGUE
        if kind == CSV and _is_open_data(decoded(path.name, path.read_bytes()), words):
            return OPEN_DATA
    except (Unreadable, OSError):
        return ""
    return ""


def _is_open_data(text: str, words: Words) -> bool:
    first = next(csv.reader(text.removeprefix("\ufeff").splitlines()[:1]), [])
    return any(first == [words[heading] for heading in headings] for headings in HEADINGS.values())
