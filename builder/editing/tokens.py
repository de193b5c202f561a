"""The pieces of a text in which no remark can stand, in their order: keys, dashes, texts, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from builder.editing.layout import LINE_END, Entry, Node

ROOT: Final = -1  # stands for the entry that would hold all fields of a file

_MARK = re.compile(r"[|>][0-9+-]*")


class Level(NamedTuple):
    """A list or a mapping on lines: its column, the entry that holds it, and that of its own entries which is looked at."""

    column: int
    holder: int
    entry: int


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an entry: its beginning, its value or a part of it, or the bracket that closes it.

    Entries are named by where they begin in the text, `Entry.start`. `levels` are the lists and mappings on lines around
    the token, the outermost first; `brackets` are the entries whose brackets are open behind it.
    """

    kind: Literal["entry", "value", "close"]
    start: int
    end: int
    entry: int
    levels: tuple[Level, ...]
    brackets: tuple[int, ...]


def tokens(text: str, root: Node) -> Iterator[Token]:
    """Yield the tokens of a text of which `root` holds all fields."""
    yield from _Walk(text).value(root, "entry", ROOT, (), ())


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text

    def value(
        self,
        node: Node,
        kind: Literal["entry", "value"],
        entry: int,
        levels: tuple[Level, ...],
        brackets: tuple[int, ...],
    ) -> Iterator[Token]:
        if node.kind == "text":
            for start, end in self._pieces(node):
                yield Token(kind, start, end, entry, levels, brackets)
            return
        inside = (*brackets, entry) if node.in_brackets else brackets
        if node.in_brackets:
            yield Token(kind, node.start, node.start + 1, entry, levels, inside)
        for one in node.entries:
            around = levels if node.in_brackets else (*levels, Level(node.column, entry, one.start))
            yield from self._entry(one, around, inside)
        if node.in_brackets:
            yield Token("close", node.end - 1, node.end, entry, levels, brackets)

    def _entry(self, entry: Entry, levels: tuple[Level, ...], brackets: tuple[int, ...]) -> Iterator[Token]:
        has_lead = entry.head > entry.start  # a key or a dash
        if has_lead:
            yield Token("entry", entry.start, entry.head, entry.start, levels, brackets)
        yield from self.value(entry.node, "value" if has_lead else "entry", entry.start, levels, brackets)

    def _pieces(self, node: Node) -> Iterator[tuple[int, int]]:
        """Yield where a text stands; of one below a mark, the mark and the lines, since a remark may stand between them."""
        if not node.is_block_text:
            if node.end > node.start:
                yield node.start, node.end
            return
        mark = _MARK.match(self._text, node.start)
        line_end = LINE_END.search(self._text, node.start)
        yield node.start, mark.end() if mark else node.end
        if line_end and line_end.start() < node.end:
            yield line_end.start(), node.end
