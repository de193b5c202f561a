"""How the data files of the search are written: plain scripts, each of which assigns values to variables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.support.packing import Alphabet

FOLDER = "search"
# A text is numbered if it is as long, and stands in as many places. Else its number is not shorter, once compressed.
SHORTEST, FEWEST = 6, 3


@dataclass(frozen=True, slots=True)
class DataView:
    """The variables of a data file, each with its value as JSON that is safe in a script.

    A file that embeds `scripts` saves a request on a slow line.
    """

    values: tuple[tuple[str, str], ...]
    scripts: tuple[str, ...] = ()


def json_of(value: object) -> str:
    """Return a value as JSON that is safe in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]], shared: Sequence[str] = ()) -> dict[str, object]:
    """Return `rows` with the names of their columns, by which the script reads them.

    In `shared` columns stand numbers of texts, each of which is written once.
    """
    numbers: dict[object, int] = {}
    places = [columns.index(name) for name in shared]
    numbered = [list(row) for row in rows]
    for row in numbered:
        for at in places:
            value = row[at]
            if isinstance(value, tuple):
                row[at] = [numbers.setdefault(text, len(numbers)) for text in value]
            else:
                row[at] = numbers.setdefault(value, len(numbers))
    return {"columns": columns, "shared": shared, "texts": list(numbers), "rows": numbered}


def table_by_column(
    names: Sequence[str], first: Sequence[str], others: Sequence[Sequence[Sequence[str]]]
) -> dict[str, object]:
    """Return a table column by column, which compresses better: `first` has a text a row, the `others` have several.

    A text that stands in several places of the others is written once, and its number in its place. Texts are packed.
    """
    alphabet = Alphabet.of(text for column in others for texts in column for text in texts)
    counts = Counter(text for column in others for texts in column for text in texts)
    numbers: dict[str, int] = {}

    def written(text: str) -> str | int:
        is_numbered = counts[text] >= FEWEST and len(text) >= SHORTEST
        return numbers.setdefault(text, len(numbers)) if is_numbered else alphabet.packed(text)

    cells = [first, *([list(map(written, texts)) for texts in column] for column in others)]
    texts = [*map(alphabet.packed, numbers)]
    packed = {"common": alphabet.common, "gaps": alphabet.gaps}
    return {"columns": names, "shared": names[1:], "texts": texts, "cells": cells, **packed}
