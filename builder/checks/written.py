"""A record as its editor wrote it: what the rules about texts look at."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from builder.content.fields import Record, is_choice, is_for_editors, is_quoted, label, records_at
from builder.content.model.steps import Visibility
from builder.content.source import Raw
from builder.support.diagnostics import Finding, KeyPath, Rule

_INTERNAL = (Visibility.STAFF.value, Visibility.STAFF.label)


@dataclass(frozen=True)
class WrittenRecord:
    """The plain values `raw` of a valid record of the type `kind`. It stands at the key path `base` of `file`."""

    kind: type[Record]
    raw: Raw
    file: str
    base: KeyPath = ()

    @cached_property
    def texts(self) -> list[tuple[KeyPath, str]]:
        """Every text with its key path in the record."""
        return texts(self.raw)

    @cached_property
    def whole(self) -> str:
        """All texts, each after a line break. Most rules find nothing here and need not look at the single texts."""
        return "\n".join(["", *(text for _, text in self.texts)])

    def texts_with(self, *patterns: re.Pattern[str]) -> list[tuple[KeyPath, str]]:
        """Return the texts where one of `patterns` matches in `whole`. No match goes on from one text into the next."""
        places = [match.end() for pattern in patterns for match in pattern.finditer(self.whole)]
        if not places:
            return []
        ends = list(accumulate(1 + len(text) for _, text in self.texts))
        return [self.texts[number] for number in sorted({bisect(ends, place - 1) for place in places})]

    def is_published(self, path: KeyPath) -> bool:
        """Return whether residents may read the text at `path`: it is not for editors, and in no step for staff."""
        return not is_for_editors(self.kind, path) and not self._is_internal(path)

    def is_own_prose(self, path: KeyPath) -> bool:
        """Return whether the editor chose the words at `path`: they repeat nobody's, and are not of a closed list."""
        return not is_quoted(self.kind, path) and not is_choice(self.kind, path)

    def label(self, path: KeyPath) -> str:
        """Return the Chinese label of the field at `path`."""
        return label(self.kind, path)

    def record_at(self, path: KeyPath) -> type[Record] | None:
        """Return the record that the value at `path` is, None if it is none or can be several."""
        kinds = records_at(self.kind, path)
        return kinds[0] if len(kinds) == 1 else None

    def value(self, path: KeyPath) -> Raw:
        """Return the plain value at `path`, None if nothing is there."""
        value = self.raw
        for key in path:
            if isinstance(value, dict):
                value = value.get(str(key))
            elif isinstance(value, list) and isinstance(key, int):
                value = value[key]
            else:
                return None
        return value

    def finding(self, rule: Rule, path: KeyPath, start: int, end: int, *, says: str, hint: str) -> Finding:
        """Return a finding about the characters from `start` to `end` of the text at `path`."""
        text = str(self.value(path))
        part = text[start:end]
        nth = text.count(part, 0, start)
        return rule.at(self.file, *self.base, *path, says=says, hint=hint, part=part, nth=nth)

    def _is_internal(self, path: KeyPath) -> bool:
        around = (self.value(path[:length]) for length in range(len(path)))
        return any(isinstance(outer, dict) and outer.get("visibility") in _INTERNAL for outer in around)


def texts(raw: Raw) -> list[tuple[KeyPath, str]]:
    """Return every text in `raw` with its key path."""
    found: list[tuple[KeyPath, str]] = []
    _add_texts(raw, (), found)
    return found


def _add_texts(raw: Raw, path: KeyPath, found: list[tuple[KeyPath, str]]) -> None:
    if isinstance(raw, str):
        found.append((path, raw))
    elif raw:
        for key, part in raw.items() if isinstance(raw, dict) else enumerate(raw):
            _add_texts(part, (*path, key), found)
