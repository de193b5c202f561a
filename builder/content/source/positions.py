"""The positions of key paths in a file. They are looked up when a finding is shown and never cached."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
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
from builder.content.source.front_matter import split_front_matter
from builder.support.diagnostics import KeyPath, Position


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions of all keys and values of a file, by key path.

    `lines` are the lines of the file, `ends` the numbers of the last lines of its texts by key path.
    """

    keys: Mapping[KeyPath, Position]
    values: Mapping[KeyPath, Position]
    lines: Sequence[str] = ()
    ends: Mapping[KeyPath, int] = field(default_factory=dict)

    def position(self, path: KeyPath, on: Literal["key", "value"] = "value", part: str = "") -> Position:
        """Return the position of `path`, of the first `part` in its text if it stands there on one line.

        If `path` does not exist, return the key of its nearest existing ancestor.
        """
        path = self._normalized(path)
        if part and path in self.ends and (found := self._position_of(part, path)):
            return found
        positions = self.keys if on == "key" else self.values
        if path in positions:
            return positions[path]
        while path:
            position = self.keys.get(path) or self.values.get(path)
            if position:
                return position
            path = path[:-1]
        return self.values.get((), Position(1, 1))

    def concerns_all(self, path: KeyPath) -> bool:
        """Return whether a finding at `path` is about the whole file, because not even its first key exists."""
        return path[:1] not in self.keys and not (path and path in self.ends)

    def _position_of(self, part: str, path: KeyPath) -> Position | None:
        first = self.values[path]
        for number in range(first.line, self.ends[path] + 1):
            start = first.column - 1 if number == first.line else 0
            if (column := self.lines[number - 1].find(part, start)) >= 0:
                return Position(number, column + 1, len(part))
        return None

    def _normalized(self, path: KeyPath) -> KeyPath:
        """Return `path` without the indexes of lists that are written in short form, as a single value without a dash."""
        result: KeyPath = ()
        for step in path:
            if isinstance(step, str) or (*result, 0) in self.values:
                result = (*result, step)
        return result


def locate(data: bytes, file: str, path: KeyPath, on: Literal["key", "value"] = "value") -> Position:
    """Return the position of `path` in `file`. Works for broken files too."""
    return positions_in(data, file).position(path, on)


def positions_in(data: bytes, file: str) -> Positions:
    """Return the positions in `file` up to its first syntax error."""
    text, _ = decoded(file, data)
    fields, body = text or "", ""
    if text is not None and file.endswith(".md"):
        front, _ = split_front_matter(file, text)
        fields, body = front or ("", "")
    parser = _PositionParser(fields)
    with suppress(YAMLError):  # `read` has reported the error; positions before it are known
        parser.parse()
    lines = _LINE_END.split(text or "")
    if body:
        parser.values[BODY] = Position(min(len(_LINE_END.split(fields)) + 1, len(lines)), 1)
        parser.ends[BODY] = len(lines)
    return Positions(parser.keys, parser.values, lines, parser.ends)


BODY: KeyPath = ("body",)  # of a Markdown file
_LINE_END = re.compile(r"\r\n|\n|\r")


class _PositionParser:
    def __init__(self, text: str) -> None:
        self.keys: dict[KeyPath, Position] = {}
        self.values: dict[KeyPath, Position] = {}
        self.ends: dict[KeyPath, int] = {}
        self._lines = _LINE_END.split(text)
        self._next = events(text)

    def parse(self) -> None:
        while (event := self._next()) is not None:
            if isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent)):
                self._value((), event)
                return

    def _value(self, path: KeyPath, event: Any) -> None:
        self.values.setdefault(path, self._position(path, event))
        if isinstance(event, ScalarEvent):
            end: Any = event.end_mark
            self.ends.setdefault(path, min(end.line + 1, len(self._lines)))
        if len(path) == DEPTH_LIMIT:
            raise YAMLError  # `read` has rejected this file, so stop
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
        if _is_empty(event):
            return self.keys.get(path) or position_of(event)
        position = position_of(event)
        if not isinstance(event, (MappingStartEvent, SequenceStartEvent)) or event.flow_style:
            return position
        line = self._lines[position.line - 1]
        return Position(position.line, position.column, max(1, len(line.rstrip()) - position.column + 1))


def _is_empty(event: Any) -> bool:
    return isinstance(event, ScalarEvent) and not event.value and not event.style
