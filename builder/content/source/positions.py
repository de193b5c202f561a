"""Where a key path stands in a file: looked up when a finding is shown, never kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from builder.content.source.encoding import decoded
from builder.content.source.events import (
    DEPTH_LIMIT,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
    events,
    position_of,
)
from builder.content.source.front_matter import split
from builder.support.diagnostics import KeyPath, Position


@dataclass(frozen=True, slots=True)
class Places:
    """The position of every key and every value of one file, by key path."""

    keys: Mapping[KeyPath, Position]
    values: Mapping[KeyPath, Position]

    def position(self, path: KeyPath, on: Literal["key", "value"] = "value") -> Position:
        """Return where `path` stands; of a path that leads nowhere, the key of its deepest ancestor that exists."""
        path = self._written(path)
        known = self.keys if on == "key" else self.values
        if path in known:
            return known[path]
        while path:
            position = self.keys.get(path) or self.values.get(path)
            if position:
                return position
            path = path[:-1]
        return self.values.get((), Position(1, 1))

    def concerns_all(self, path: KeyPath) -> bool:
        """Tell whether `path` leads nowhere at all: a finding there is about the file as a whole."""
        return path[:1] not in self.keys

    def _written(self, path: KeyPath) -> KeyPath:
        """Return `path` without the positions in lists of one that were written without a dash."""
        found: KeyPath = ()
        for step in path:
            if isinstance(step, str) or (*found, 0) in self.values:
                found = (*found, step)
        return found


def locate(data: bytes, file: str, path: KeyPath, on: Literal["key", "value"] = "value") -> Position:
    """Return where `path` stands in `file`; never fails, however broken the file is."""
    return places(data, file).position(path, on)


def places(data: bytes, file: str) -> Places:
    """Return the spots of all that can be read of `file`, up to the first syntax error."""
    text, _ = decoded(file, data)
    if text is not None and file.endswith(".md"):
        front, _ = split(file, text)
        text = front[0] if front else None
    found = _Finder(text or "")
    with suppress(YAMLError):  # the reader has reported it; what stands before it has its place
        found.search()
    return Places(found.keys, found.values)


class _Finder:
    def __init__(self, text: str) -> None:
        self.keys: dict[KeyPath, Position] = {}
        self.values: dict[KeyPath, Position] = {}
        self._lines = re.split(r"\r\n|\n|\r", text)
        self._next = events(text)

    def search(self) -> None:
        while (event := self._next()) is not None:
            if isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent)):
                self._value((), event)
                return

    def _value(self, path: KeyPath, event: Any) -> None:
        self.values.setdefault(path, self._position(path, event))
        if len(path) == DEPTH_LIMIT:
            raise YAMLError  # the reader has refused this file; enough is known
        if isinstance(event, MappingStartEvent):
            self._mapping(path)
        elif isinstance(event, SequenceStartEvent):
            self._list(path)

    def _mapping(self, path: KeyPath) -> None:
        while not isinstance(event := self._next(), MappingEndEvent):
            inner: KeyPath = (*path, event.value if isinstance(event, ScalarEvent) else "")
            if isinstance(event, ScalarEvent):
                self.keys.setdefault(inner, position_of(event))
            else:
                self._value(inner, event)
            self._value(inner, self._next())

    def _list(self, path: KeyPath) -> None:
        index = 0
        while not isinstance(event := self._next(), SequenceEndEvent):
            self._value((*path, index), event)
            index += 1

    def _position(self, path: KeyPath, event: Any) -> Position:
        if _is_nothing(event):
            return self.keys.get(path) or position_of(event)
        position = position_of(event)
        if not isinstance(event, (MappingStartEvent, SequenceStartEvent)) or event.flow_style:
            return position
        line = self._lines[position.line - 1]
        return Position(position.line, position.column, max(1, len(line.rstrip()) - position.column + 1))


def _is_nothing(event: Any) -> bool:
    return isinstance(event, ScalarEvent) and not event.value and not event.style
