"""The positions of key paths in a file. They are looked up when a finding is shown and never cached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from builder.content.source.encoding import decoded, position_at
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

    `spans` are the start and the end of each of its texts in `source`, the text of the file.
    """

    keys: Mapping[KeyPath, Position]
    values: Mapping[KeyPath, Position]
    spans: Mapping[KeyPath, tuple[int, int]]
    source: str

    def position(self, path: KeyPath, on: Literal["key", "value"] = "value", part: str = "", nth: int = 0) -> Position:
        """Return the position of `path`, of the `nth` `part` of its text if it is written there as it reads.

        If `path` does not exist, return the key of its nearest existing ancestor.
        """
        path = self._normalized(path)
        if part.strip() and path in self.spans and (found := self._position_of(part, nth, *self.spans[path])):
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
        return path[:1] not in self.keys and not (path and path in self.spans)

    def _position_of(self, part: str, nth: int, start: int, end: int) -> Position | None:
        # A space in the text can be a line break with an indent in the file.
        pattern = re.compile(r"\s+".join(map(re.escape, part.split())))
        for index, match in enumerate(pattern.finditer(self.source, start, end)):
            if index == nth:
                return position_at(self.source, match.start(), len(match[0]))
        return None

    def _normalized(self, path: KeyPath) -> KeyPath:
        """Return `path` without what short forms leave out.

        A list of one value may be the plain value, without an index; a record may be a plain text, without a field.
        """
        result: KeyPath = ()
        for step in path:
            if result and result in self.spans:
                break
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
    if text and body:
        start = len(text) - len(body)
        parser.values[BODY] = position_at(text, start)
        parser.spans[BODY] = (start, len(text))
    return Positions(parser.keys, parser.values, parser.spans, text or "")


BODY: KeyPath = ("body",)  # of a Markdown file
_LINE_END = re.compile(r"\r\n|\n|\r")


class _PositionParser:
    def __init__(self, text: str) -> None:
        self.keys: dict[KeyPath, Position] = {}
        self.values: dict[KeyPath, Position] = {}
        self.spans: dict[KeyPath, tuple[int, int]] = {}
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
            start: Any = event.start_mark
            end: Any = event.end_mark
            self.spans.setdefault(path, (start.index, end.index))
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
