"""Tables of open data, which say less than the items of which they tell, so that they cannot come home."""

from __future__ import annotations

import csv
from pathlib import Path

from builder.context import Words
from builder.office.documents import Unreadable
from builder.office.documents.opening import CSV, kind_of
from builder.office.documents.text_encoding import decoded
from builder.open_data.service_tables import HEADINGS


def is_open_data(path: Path, words: Words) -> bool:
    """Tell whether a file is a table of open data, as it was written or as Excel has saved it."""
    try:
        if not path.is_file() or kind_of(path) != CSV:
            return False
        text = decoded(path.name, path.read_bytes()).removeprefix("\ufeff")
    except (Unreadable, OSError):
        return False
    first = next(csv.reader(text.splitlines()[:1]), [])
    return any(first == [words[heading] for heading in headings] for headings in HEADINGS.values())
