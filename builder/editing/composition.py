"""Writes new values as lines of YAML, in the way of what stands beside them, else of the file, else of the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from unicodedata import east_asian_width

from builder.content.source import Raw
from builder.editing.declarations import Declarations
from builder.editing.layout import Layout, Node
from builder.editing.scalars import block, is_plain, scalar
from builder.support.diagnostics import KeyPath

LINE_LIMIT = 100  # columns of a list or a mapping that goes on one line of its own accord

Examples = Sequence[Node]  # values of the same kind of place, the nearest first


class Written(NamedTuple):
    """A value: what stands on the line of its key or its dash, "" for nothing, and the lines below."""

    first: str
    below: list[str]


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file is written: the marks of its quoted texts, how far keys and dashes stand to the right of the key above.

    `gap` is the number of spaces behind a dash; `lists_in_brackets` says that lists of texts are mostly written so.
    """

    quotes: str = '"'
    indent: int = 2
    dash: int = 2
    gap: int = 1
    lists_in_brackets: bool = False

    @classmethod
    def of(cls, layout: Layout) -> Habits:
        """Return the habits of a text; those of the house where it shows none."""
        quotes, indents, dashes, gaps, lists = (Counter[int | str]() for _ in range(5))
        for _, node, holder in layout.nodes():
            if node.kind == "text":
                quotes[node.style] += node.style in ("'", '"')
                continue
            if node.kind == "list" and all(entry.node.kind == "text" for entry in node.entries):
                lists[node.style] += bool(node.entries)
            if not node.on_lines or holder is None:
                continue
            if holder.kind == "mapping":
                (dashes if node.kind == "list" else indents)[node.column - holder.column] += 1
            elif node.kind == "mapping":
                gaps[node.column - holder.column - 1] += 1
        return cls(
            str(_most(quotes, '"')),
            int(_most(indents, 2)),
            int(_most(dashes, 2)),
            int(_most(gaps, 1)),
            lists["{"] > lists[""],
        )


def _most(counted: Counter[int | str], otherwise: int | str) -> int | str:
    found = [(count, value) for value, count in counted.items() if count > 0]
    return max(found, key=lambda pair: pair[0])[1] if found else otherwise


class Composer:
    """Writes values for the file with this `layout`, None for a new file."""

    def __init__(self, declared: Declarations, layout: Layout | None = None, *, blocks: bool = True) -> None:
        self._declared = declared
        self._layout = layout
        self._blocks = blocks  # whether the lines of a text may stand below a mark; else it is written on one line

    @cached_property
    def habits(self) -> Habits:
        """How the file is written."""
        return Habits.of(self._layout) if self._layout else Habits()

    def examples(self, path: KeyPath) -> Examples:
        """Return what is written elsewhere in the file where `path` would lead in another entry, the nearest first."""
        if self._layout is None:
            return ()
        alike = [
            (_distance(path, other), node)
            for other, node, _ in self._layout.nodes()
            if len(other) == len(path) and other != path and all(map(self._is_alike, range(len(path)), path, other))
        ]
        return [node for _, node in sorted(alike, key=lambda pair: pair[0])]

    def _is_alike(self, depth: int, step: str | int, other: str | int) -> bool:
        return (
            step == other or (isinstance(step, int) and isinstance(other, int)) or (depth == 0 and self._declared.many)
        )

    def mapping_lines(self, values: dict[str, Raw]) -> list[str]:
        """Return the lines of all fields of a new file."""
        return list(self._lines(0, (), values, ()))

    def entry_lines(self, column: int, path: KeyPath, key: str, value: Raw, examples: Examples) -> list[str]:
        """Return the lines of a key with its value, where keys stand at `column`."""
        first, below = self.written(column, (*path, key), value, examples)
        name = scalar(key, preferred=self.habits.quotes)
        return [f"{' ' * column}{name}:{' ' if first else ''}{first}", *below]

    def dash_lines(self, column: int, path: KeyPath, value: Raw, examples: Examples, gap: int) -> list[str]:
        """Return the lines of an entry of a list whose dashes stand at `column`, with `gap` spaces behind them."""
        first, below = self.written(column, path, value, examples, gap=gap)
        return [f"{' ' * column}-{' ' * gap}{first}", *below]

    def written(self, column: int, path: KeyPath, value: Raw, examples: Examples, gap: int = 0) -> Written:
        """Return `value` as it stands behind a key at `column`, or behind a dash there with `gap` spaces behind it."""
        inner = column + (1 + gap if gap else self.habits.indent)
        if isinstance(value, str) and self._blocks:
            mark = next((example.style for example in examples if example.is_block_text), "|")
            if lines := block(value, mark, inner):
                return Written(lines[0], lines[1:])
        if not isinstance(value, (list, dict)) or self.goes_in_brackets(path, value, examples):
            return Written(self.in_line(path, value, examples), [])
        if isinstance(value, list) and not gap:
            inner = column + self.habits.dash
        lines = list(self._lines(inner, path, value, examples))
        return Written(lines[0][inner:], lines[1:]) if gap else Written("", lines)

    def _lines(
        self, column: int, path: KeyPath, value: list[Raw] | dict[str, Raw], examples: Examples
    ) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from self.entry_lines(column, path, key, inner, _at_key(examples, key))
        else:
            entries = _entries(examples)
            for index, inner in enumerate(value):
                yield from self.dash_lines(column, (*path, index), inner, entries, self.habits.gap)

    def in_line(self, path: KeyPath, value: Raw, examples: Examples, *, in_brackets: bool = False) -> str:
        """Return `value` on one line, lists and mappings in brackets; `in_brackets` says that it stands in others."""
        if isinstance(value, list):
            entries = _entries(examples)
            inner = (self.in_line((*path, i), one, entries, in_brackets=True) for i, one in enumerate(value))
            return f"[{', '.join(inner)}]"
        if isinstance(value, dict):
            pairs = (self.pair(path, key, one, _at_key(examples, key)) for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        behind_dash = bool(path) and isinstance(path[-1], int) and not in_brackets
        return self.text(str(value), examples, in_brackets=in_brackets, behind_dash=behind_dash)

    def pair(self, path: KeyPath, key: str, value: Raw, examples: Examples) -> str:
        """Return a key with its value, for a mapping in brackets."""
        name = scalar(key, preferred=self.habits.quotes, in_brackets=True)
        return f"{name}: {self.in_line((*path, key), value, examples, in_brackets=True)}"

    def text(self, text: str, examples: Examples = (), *, in_brackets: bool = False, behind_dash: bool = False) -> str:
        """Return a text on one line, in quotes if those of `examples` are that need none."""
        beside = next((one for one in examples if one.kind == "text" and one.text and not one.is_block_text), None)
        quotes = beside.style if beside and beside.style and is_plain(beside.text or "") else ""
        preferred = self.habits.quotes
        return scalar(text, quotes=quotes, preferred=preferred, in_brackets=in_brackets, behind_dash=behind_dash)

    def goes_in_brackets(self, path: KeyPath, value: list[Raw] | dict[str, Raw], examples: Examples) -> bool:
        """Tell whether a list or a mapping is written in brackets, where that is free."""
        if not value:
            return True
        if any("\n" in text for text in _texts(value)):
            return False
        kind = "list" if isinstance(value, list) else "mapping"
        beside = next((one for one in examples if one.kind == kind and one.entries), None)
        if isinstance(value, dict):
            small = all(map(_is_small, value.values()))
            return beside.in_brackets if beside else small and self._declared.is_in_braces(path, value)
        texts = all(isinstance(entry, str) for entry in value)
        is_usual = self.habits.lists_in_brackets or bool(self._declared.is_in_brackets(path))
        if not (beside.in_brackets if beside else texts and is_usual):
            return False
        is_long = beside is not None and beside.end - beside.start > LINE_LIMIT
        return is_long or fits_on_line(self.in_line(path, value, ()))


def fits_on_line(text: str) -> bool:
    """Tell whether a list or a mapping in brackets is short enough. A Chinese character takes two columns."""
    return sum(2 if east_asian_width(character) in ("W", "F") else 1 for character in text) <= LINE_LIMIT


def _distance(path: KeyPath, other: KeyPath) -> tuple[int, int]:
    """Return how far `other` is from `path`: where they part, and by how many entries."""
    for depth, (step, there) in enumerate(zip(path, other, strict=True)):
        if step != there:
            return -depth, abs(step - there) if isinstance(step, int) and isinstance(there, int) else 0
    return -len(path), 0


def _at_key(examples: Examples, key: str) -> Examples:
    return [entry.node for one in examples if one.kind == "mapping" for entry in one.entries if entry.key == key]


def _entries(examples: Examples) -> Examples:
    return [entry.node for one in examples if one.kind == "list" for entry in one.entries]


def _texts(value: Raw) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value:
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def _is_small(value: Raw) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(entry, str) for entry in value))
