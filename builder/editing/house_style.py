"""Writes the fields of a file in the order of the model and in the style of the house, with all its remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from builder.editing.composition import fits_on_line
from builder.editing.declarations import Declarations
from builder.editing.layout import LINE_END, Entry, Layout, Node, UnusualText
from builder.editing.remarks import LANGUAGE_SERVER, Remarks
from builder.editing.scalars import block, scalar
from builder.editing.tokens import ROOT
from builder.support.diagnostics import KeyPath

INDENT = 2

_BLOCK_MARK = re.compile(r"(?P<style>[|>])(?P<rest>[0-9+-]*)")


class _Lines(NamedTuple):
    """What is written for an entry: the remarks above it, not yet indented, and its lines."""

    above: list[str]
    lines: list[str]


def lines_of(layout: Layout, remarks: Remarks, declared: Declarations) -> list[str]:
    """Return the lines of the fields with this `layout` and these `remarks`. Raises `UnusualText` if that cannot be done."""
    return _Writer(layout, remarks, declared).lines()


class _Writer:
    def __init__(self, layout: Layout, remarks: Remarks, declared: Declarations) -> None:
        self._text = layout.text
        self._root = layout.root
        self._remarks = remarks
        self._declared = declared

    def lines(self) -> list[str]:
        head = self._remarks.head
        above, lines = self._on_lines(self._root, 0, (), ROOT)
        is_apart = not head or not head[-1] or (len(head) == 1 and head[0].startswith(LANGUAGE_SERVER))
        behind = self._remarks.behind.get(ROOT, [])  # the bracket that closes all fields
        return [*head, *([] if is_apart or not above else [""]), *above, *lines, *behind]

    # --- On lines -----------------------------------------------------------------------------------------------------

    def _on_lines(self, node: Node, column: int, path: KeyPath, holder: int) -> _Lines:
        """Return a list or a mapping on lines, whose keys or dashes stand at `column`."""
        entries = self._arranged(node, path)
        are_apart = len(entries) > 1 and all(map(self._is_apart, node.entries[1:]))
        first: list[str] = []
        result: list[str] = []
        for number, (step, entry) in enumerate(entries):
            above, lines = self._entry(entry, node, column, (*path, step))
            is_apart = are_apart or self._is_apart(entry)
            above = above[1:] if above[:1] == [""] else above
            if number == 0:
                first = above
            else:
                result += [*([""] if is_apart else []), *_indented(above, column)]
            result += lines
        return _Lines(first, [*result, *_indented(self._remarks.below.get(holder, ()), column)])

    def _is_apart(self, entry: Entry) -> bool:
        """Tell whether a blank line stands above an entry and its remarks."""
        return self._remarks.above.get(entry.start, [])[:1] == [""]

    def _entry(self, entry: Entry, holder: Node, column: int, path: KeyPath) -> _Lines:
        above = list(self._remarks.above.get(entry.start, ()))
        behind = list(self._remarks.behind.get(entry.start, ()))
        lead = "-" if holder.kind == "list" else f"{self._key(entry)}:"
        node, inner = entry.node, column + INDENT
        if node.kind == "text" or self._goes_in_brackets(entry, path):
            above += behind[:-1]
            first, below = self._beside(entry, holder, inner, path)
            below += _indented(self._remarks.below.get(entry.start, ()), inner)
        else:
            remarks, below = self._on_lines(node, inner, path, entry.start)
            if holder.kind == "list":
                above += [*behind, *remarks]
                first, behind, below = below[0][inner:], [], below[1:]
            else:
                above += behind[:-1]
                first, below = "", [*_indented(remarks, inner), *below]
        line = " " * column + lead + (f" {first}" if first else "") + (f"  {behind[-1]}" if behind else "")
        return _Lines(above, [line, *below])

    def _beside(self, entry: Entry, holder: Node, inner: int, path: KeyPath) -> tuple[str, list[str]]:
        """Return what stands beside a key or a dash, and the lines of a text below it."""
        node = entry.node
        if node.kind != "text":
            return self._in_brackets(node, path), []
        if node.text is None:
            return "", []
        has_remarks_below = entry.start in self._remarks.below
        if node.is_block_text:
            if has_remarks_below:
                raise UnusualText("一段文字下面的备注缩进了")
            return self._block(node, inner)
        if "\n" in node.text and not has_remarks_below and (lines := block(node.text, "|", inner)):
            return lines[0], lines[1:]
        return self._plain_or_quoted(node, holder, behind_dash=holder.kind == "list"), []

    def _block(self, node: Node, indent: int) -> tuple[str, list[str]]:
        """Return the mark and the lines of a text that stands below a mark."""
        first, *lines = LINE_END.split(self._text[node.start : node.end])
        mark = _BLOCK_MARK.match(first)
        if mark is None or any(map(str.isdigit, mark["rest"])):
            raise UnusualText("有一段文字写了缩进的格数")
        chomp = "-" if node.text and not node.text.endswith("\n") else mark["rest"]
        old = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
        return mark["style"] + chomp, [" " * indent + line[old:] if len(line) > old else "" for line in lines]

    # --- On one line --------------------------------------------------------------------------------------------------

    def _goes_in_brackets(self, entry: Entry, path: KeyPath) -> bool:
        node = entry.node
        if entry.start in self._remarks.inside:
            if not node.entries:
                raise UnusualText("空的括号里有备注")
            return False
        if not node.entries:
            return True
        has_only_texts = node.kind == "list" and all(_is_word(one.node) for one in node.entries)
        if has_only_texts and (declared := self._declared.is_in_brackets(path)) is not None:
            has_remarks = node.on_lines and self._has_remarks(entry)
            return declared and not has_remarks and fits_on_line(self._in_brackets(node, path))
        if not node.in_brackets:
            return False
        is_on_one_line = not LINE_END.search(self._text, node.start, node.end)
        return is_on_one_line or fits_on_line(self._in_brackets(node, path))

    def _has_remarks(self, entry: Entry) -> bool:
        remarks = self._remarks
        places = [remarks.above.get(one.start) or remarks.behind.get(one.start) for one in entry.node.entries]
        below = [remarks.below.get(one.start) for one in (entry, *entry.node.entries)]
        return any(any(filter(None, lines)) for lines in (*places, *below) if lines)

    def _in_brackets(self, node: Node, path: KeyPath) -> str:
        if node.kind == "text":
            return ""
        inner = [self._in_brackets_one(entry, node, (*path, step)) for step, entry in self._arranged(node, path)]
        return f"[{', '.join(inner)}]" if node.kind == "list" else f"{{{', '.join(inner)}}}"

    def _in_brackets_one(self, entry: Entry, holder: Node, path: KeyPath) -> str:
        node = entry.node
        if node.kind != "text":
            value = self._in_brackets(node, path)
        else:
            value = "" if node.text is None else self._plain_or_quoted(node, holder, in_brackets=True)
        return value if holder.kind == "list" else f"{self._key(entry, in_brackets=True)}: {value}"

    def _plain_or_quoted(
        self, node: Node, holder: Node, *, in_brackets: bool = False, behind_dash: bool = False
    ) -> str:
        """Return a text on one line, in quotes only where it needs some. One without quotes stays so."""
        written = self._text[node.start : node.end]
        if not node.style and holder.in_brackets is in_brackets and not LINE_END.search(written):
            return written
        return scalar(node.text or "", in_brackets=in_brackets, behind_dash=behind_dash)

    def _key(self, entry: Entry, *, in_brackets: bool = False) -> str:
        is_plain = self._text.startswith(entry.key, entry.start)
        return entry.key if is_plain else scalar(entry.key, in_brackets=in_brackets)

    # --- Order --------------------------------------------------------------------------------------------------------

    def _arranged(self, node: Node, path: KeyPath) -> Sequence[tuple[str | int, Entry]]:
        if node.kind == "list":
            return list(enumerate(node.entries))
        entries = {entry.key: entry for entry in node.entries}
        return [(key, entries[key]) for key in self._declared.arranged(path, list(entries))]


def _is_word(node: Node) -> bool:
    """Tell whether a value is a text of some words on one line."""
    return node.kind == "text" and bool(node.text) and "\n" not in (node.text or "")


def _indented(lines: Iterable[str], column: int) -> list[str]:
    return [" " * column + line if line else "" for line in lines]
