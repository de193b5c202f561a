"""Tells to which matters an item belongs, by the formal words in its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from builder.matters.speech import Matter, folded


class Recognition:
    """Recognises the matters of items. Rows of formal words are found by the first two characters of one of their words."""

    def __init__(self, matters: Sequence[Matter]) -> None:
        self._matters = matters
        self._rows: defaultdict[str, list[tuple[str, int, tuple[str, ...]]]] = defaultdict(list)
        for number, matter in enumerate(matters):
            for row in matter.formal:
                longest = max(row, key=len)
                self._rows[longest[:2]].append((longest, number, row))

    def matters_of(self, name: str, others: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the ids of the matters of an item with this official name and these other names."""
        text = folded("\n".join((name, *others)))
        own, _, _ = text.partition("\n")
        pairs = self._rows.keys() & map("".join, pairwise(text))
        rows = (row for pair in pairs for row in self._rows[pair])
        numbers = {number for word, number, row in rows if word in text and all(other in text for other in row)}
        return tuple(
            matter.id
            for matter in map(self._matters.__getitem__, sorted(numbers))
            if not any(word in own for word in matter.excluded)
        )
