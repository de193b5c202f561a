"""Where each value stands in a YAML text, and how it is written there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from builder.content.source.events import (
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    events,
)
from builder.support.diagnostics import KeyPath

LINE_END = re.compile(r"\r\n|\n|\r")
_DASHES = re.compile(r"[ -]*")
_COLON = re.compile(r"[ \t]*:")
_LAST_BREAK = re.compile(r"(?:\r\n|\n|\r)\Z")
_EXPLICIT_KEY = re.compile(r"^[ ]*(?:-[ ]+)*\?[ ]", re.MULTILINE)


class UnusualText(Exception):
    """The text is written in a way that cannot be edited."""


@dataclass(slots=True)
class Node:
    """A value: where it begins and ends in the text, and how it is written.

    `style` is that of libyaml for a text: "", ``'``, ``"``, ``|`` or ``>``; ``{`` for a list or a mapping in brackets, ""
    for one on lines of its own. `column` is that of its first character, from 0. `text` is what a text says, None if
    there is nothing. A value that is not there begins and ends where it would.
    """

    kind: Literal["text", "list", "mapping"]
    style: str
    start: int
    end: int
    column: int
    text: str | None
    entries: list[Entry]

    @property
    def in_brackets(self) -> bool:
        """Whether it is a list or a mapping in brackets."""
        return self.style == "{"

    @property
    def on_lines(self) -> bool:
        """Whether it is a list or a mapping on lines of its own."""
        return self.kind != "text" and not self.style

    @property
    def is_block_text(self) -> bool:
        """Whether it is a text whose lines stand below a mark."""
        return self.style in ("|", ">")

    def child(self, step: str | int) -> Node:
        """Return the value at this key or index."""
        return self.entry(step).node

    def entry(self, step: str | int) -> Entry:
        """Return the entry at this key or index."""
        return self.entries[self.index(step)]

    def index(self, step: str | int) -> int:
        """Return which of the entries has this key or index."""
        return step if isinstance(step, int) else next(i for i, one in enumerate(self.entries) if one.key == step)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of a mapping."""
        return tuple(entry.key for entry in self.entries)


@dataclass(slots=True)
class Entry:
    """What a list or a mapping holds.

    `start` is where the key or the dash begins; `head` is behind the colon or the dash. Entries of a list in brackets have
    no dash: both are where the value begins. `key` is "" in a list.
    """

    key: str
    start: int
    head: int
    node: Node


class Layout:
    """The text of the fields of a file with its nodes. Raises `UnusualText` if it cannot be edited."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]
        if "? " in text and _EXPLICIT_KEY.search(text):
            raise UnusualText("这份文件里有“?”开头的字段名")
        self.root = _Reader(text, self._starts).root()

    def at(self, path: KeyPath) -> Node:
        """Return the value at `path`, which exists."""
        node = self.root
        for step in path:
            node = node.child(step)
        return node

    @property
    def line_count(self) -> int:
        """The number of lines. A text that ends in a line break has no further line after it."""
        return len(self._starts) - (self._starts[-1] == len(self.text))

    def line_of(self, index: int) -> int:
        """Return the number of the line, from 0, on which the character at `index` stands."""
        return bisect_right(self._starts, index) - 1

    def start_of(self, line: int) -> int:
        """Return where a line begins; the end of the text for the line after the last."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def end_of(self, line: int) -> int:
        """Return where a line ends, before its line break."""
        start = self.start_of(line)
        return start + len(self.text[start : self.start_of(line + 1)].rstrip("\r\n"))

    def line(self, number: int) -> str:
        """Return a line without its line break."""
        return self.text[self.start_of(number) : self.end_of(number)]

    def is_blank(self, number: int) -> bool:
        """Tell whether a line has no words; there is no such line outside of the text."""
        return 0 <= number < self.line_count and not self.line(number).strip()

    def column_of(self, index: int) -> int:
        """Return how far from the beginning of its line a character stands."""
        return index - self.start_of(self.line_of(index))

    def begins_line(self, index: int) -> bool:
        """Tell whether only spaces stand before a character on its line."""
        return not self.text[self.start_of(self.line_of(index)) : index].strip(" ")

    def last_line(self, entry: Entry, column: int) -> int:
        """Return the number of the last line of an entry that begins at `column`, with the remarks that stand below it.

        Remarks that stand further to the right than the entry are its own.
        """
        last = number = self.line_of(max(entry.head, entry.node.end))
        while number + 1 < self.line_count:
            number += 1
            words = self.line(number).lstrip(" ")
            if words.startswith("#") and len(self.line(number)) - len(words) > column:
                last = number
            elif words.strip():
                break
        return last

    @cached_property
    def line_end(self) -> str:
        """The line break that most lines have."""
        return line_end_of(self.text)

    def nodes(self) -> Iterator[tuple[KeyPath, Node, Node | None]]:
        """Yield every value with its path and the value that holds it."""
        waiting: list[tuple[KeyPath, Node, Node | None]] = [((), self.root, None)]
        while waiting:
            path, node, holder = waiting.pop()
            yield path, node, holder
            waiting += [
                ((*path, entry.key if node.kind == "mapping" else index), entry.node, node)
                for index, entry in enumerate(node.entries)
            ]


class _Reader:
    """Makes nodes from the events of libyaml, for a text that has been read without errors."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self._text = text
        self._starts = starts
        self._next = events(text)

    def root(self) -> Node:
        self._next()  # the start of the stream
        self._next()  # the start of the document
        return self._node(self._next())

    def _node(self, event: Any) -> Node:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        is_list = isinstance(event, SequenceStartEvent)
        mark = event.start_mark
        node = Node("list" if is_list else "mapping", "", mark.index, mark.index, mark.column, None, [])
        if event.flow_style:
            if event.end_mark.index == mark.index:
                raise UnusualText("这份文件的方括号里有不带花括号的“字段: 内容”")
            node.style = "{"
        end = self._list(node) if is_list else self._mapping(node)
        if node.style:
            node.end = end.end_mark.index
        elif node.entries:
            last = node.entries[-1]
            node.end = max(last.head, last.node.end)
        return node

    def _scalar(self, event: Any) -> Node:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        if style in ("|", ">"):
            end = self._end_of_block(start, end, event.value)
        text = event.value if style or event.value else None
        return Node("text", style, start, end, event.start_mark.column, text, [])

    def _end_of_block(self, start: int, end: int, text: str) -> int:
        """Return where the last line of a block of text ends; libyaml takes the blank lines below it for a part of it."""
        written = self._text[start:end]
        if "+" in LINE_END.split(written, maxsplit=1)[0].partition("#")[0]:
            return start + len(_LAST_BREAK.sub("", written))
        if not text.rstrip("\n").rpartition("\n")[2].strip() and text.strip("\n"):
            raise UnusualText("有一段文字的末行只有空格")
        return start + len(written.rstrip())

    def _mapping(self, node: Node) -> Any:
        while not isinstance(event := self._next(), MappingEndEvent):
            start, key_end = event.start_mark.index, event.end_mark.index
            value = self._node(self._next())
            if not (colon := _COLON.match(self._text, key_end)):
                raise UnusualText(f"“{event.value}”后面的冒号不在同一行")
            _put(node, event.value, start, colon.end(), value)
        return event

    def _list(self, node: Node) -> Any:
        while not isinstance(event := self._next(), SequenceEndEvent):
            value = self._node(event)
            start = value.start if node.style else self._dash(value.start, node.column)
            _put(node, "", start, start if node.style else start + 1, value)
        return event

    def _dash(self, index: int, column: int) -> int:
        """Return where the dash stands whose value begins at `index`: at `column`, on that line or on one above."""
        line = bisect_right(self._starts, index) - 1
        while line >= 0:
            dash = self._starts[line] + column
            if self._text[dash : dash + 1] == "-" and _DASHES.fullmatch(self._text, self._starts[line], dash):
                return dash
            line -= 1
        raise UnusualText("找不到列表的短横线")


def _put(node: Node, key: str, start: int, head: int, value: Node) -> None:
    """Add an entry. A value that is not there stands behind the colon or the dash."""
    if value.kind == "text" and value.text is None:
        value.start = value.end = head
    node.entries.append(Entry(key, start, head, value))


def line_end_of(text: str) -> str:
    """Return the line break that most lines of a text have."""
    windows = text.count("\r\n")
    ends = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(ends, key=lambda end: ends[end])
