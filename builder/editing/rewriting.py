"""Makes a move in the text of a file: only the lines of what changes are written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from builder.content.source import Raw
from builder.editing.composition import Composer
from builder.editing.declarations import Declarations
from builder.editing.layout import LINE_END, Entry, Layout, Node, UnusualText
from builder.editing.operations import AddEntry, AddKey, Drop, GiveKey, MakeList, Operation, Replace
from builder.editing.scalars import block, is_plain, scalar
from builder.support.diagnostics import KeyPath

_MARK = re.compile(r"[|>][0-9+-]*")
_REST_OF_LINE = re.compile(r"[ \t]*(?P<comma>,)?[ \t]*(?P<remark>#[^\r\n]*)?(?=\r|\n|\Z)")
_COMMA = re.compile(r"[ \t]*,[ \t]*")


class Splice(NamedTuple):
    """Another text in the place of that from `start` to `end`."""

    start: int
    end: int
    text: str


def rewritten(text: str, operation: Operation, declared: Declarations) -> str:
    """Return the text of the fields of a file after a move. Raises `UnusualText` if it cannot be made."""
    splices = _Rewriter(Layout(text), declared).splices(operation)
    pieces, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:]))


class _Rewriter:
    def __init__(self, layout: Layout, declared: Declarations) -> None:
        self._layout = layout
        self._text = layout.text
        self._composer = Composer(declared, layout)
        self._declared = declared

    def splices(self, operation: Operation) -> Iterable[Splice]:
        """Return the splices that make a move; they do not overlap. Of those at one place the first comes first."""
        match operation:
            case Replace(path, value):
                return self._replace(path, value)
            case AddKey(path, key, value):
                return self._add_key(path, key, value)
            case AddEntry(path, index, value):
                return self._add_entry(path, index, value)
            case Drop(path):
                return self._drop(path)
            case MakeList(path):
                return self._make_list(path)
            case GiveKey(path, key):
                return self._give_key(path, key)

    # --- A value in the place of another ------------------------------------------------------------------------------

    def _replace(self, path: KeyPath, value: Raw) -> Iterable[Splice]:
        holder, entry = self._host(path)
        if holder.in_brackets:
            return [self._in_line(entry, self._new_in_line(path, value, entry.node))]
        first, below = self._new(path, holder, entry, value)
        node = entry.node
        if node.is_block_text:
            return self._over_block(entry, first, below)
        if node.on_lines:
            return self._over_lines(entry, first, below)
        if first and not below:
            return [self._in_line(entry, first)]
        if LINE_END.search(self._text, entry.head, node.start):
            raise UnusualText("内容没有接在冒号或短横线后面")
        end = self._layout.end_of(self._layout.line_of(node.end))
        in_line = self._in_line(entry, first) if first else Splice(entry.head, node.end, "")
        return [in_line, Splice(end, end, self._joined_below(below))]

    def _new(self, path: KeyPath, holder: Node, entry: Entry, value: Raw) -> tuple[str, list[str]]:
        node, column = entry.node, self._layout.column_of(entry.start)
        if isinstance(value, str) and "\n" not in value:
            return self._new_in_line(path, value, node), []
        if isinstance(value, str) and (indent := self._indent_of_block(node)):
            if lines := block(value, node.style, indent) or block(value, "|", indent):
                return lines[0], lines[1:]
        gap = self._gap(entry) if holder.kind == "list" else 0
        composer = self._composer
        if not node.is_block_text and self._has_remarks_around(entry, column):
            composer = Composer(self._declared, self._layout, blocks=False)  # the remarks would become text
        return composer.written(column, path, value, composer.examples(path), gap)

    def _has_remarks_around(self, entry: Entry, column: int) -> bool:
        """Tell whether lines stand between the key and what is below it, or remarks below a value beside it."""
        layout, node = self._layout, entry.node
        if node.on_lines:
            return layout.line_of(node.start) > layout.line_of(entry.head) + 1
        return layout.last_line(entry, column) > layout.line_of(node.end)

    def _indent_of_block(self, node: Node) -> int:
        """Return the column of the lines of a text that stand below a mark, 0 if there are none."""
        lines = LINE_END.split(self._text[node.start : node.end])[1:] if node.is_block_text else []
        return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)

    def _new_in_line(self, path: KeyPath, value: Raw, node: Node) -> str:
        """Return a value on one line. A text has the quotes of the text in whose place it stands."""
        holder, _ = self._host(path)
        if isinstance(value, str):
            quotes = node.style if node.style in ("'", '"') else ""
            behind_dash = holder.kind == "list" and not holder.in_brackets
            if not quotes and is_plain(value, in_brackets=holder.in_brackets, behind_dash=behind_dash):
                return value
            return scalar(value, quotes=quotes, preferred=self._composer.habits.quotes, in_brackets=holder.in_brackets)
        return self._composer.in_line(path, value, self._composer.examples(path), in_brackets=holder.in_brackets)

    def _in_line(self, entry: Entry, new: str) -> Splice:
        node = entry.node
        if node.end > node.start:
            return Splice(node.start, node.end, new)
        is_behind_dash = self._text[entry.start : entry.head] == "-"
        return Splice(entry.head, entry.head, " " * (self._gap(entry) if is_behind_dash else 1) + new)

    def _over_block(self, entry: Entry, first: str, below: Sequence[str]) -> Iterable[Splice]:
        node = entry.node
        mark = _MARK.match(self._text, node.start)
        mark_end = mark.end() if mark else node.start
        end = self._layout.end_of(self._layout.line_of(node.start))
        yield Splice(node.start, mark_end, first) if first else Splice(entry.head, mark_end, "")
        yield Splice(end, max(end, node.end), self._joined_below(below))

    def _over_lines(self, entry: Entry, first: str, below: Sequence[str]) -> Iterable[Splice]:
        layout, node = self._layout, entry.node
        last = layout.last_line(entry, layout.column_of(entry.start))
        if not layout.begins_line(node.start):
            return [Splice(node.start, layout.end_of(last), first + self._joined_below(below))]
        line = layout.line_of(node.start)
        while layout.is_blank(line - 1):
            line -= 1
        return [
            Splice(entry.head, entry.head, f" {first}" if first else ""),
            Splice(layout.end_of(line - 1), layout.end_of(last), self._joined_below(below)),
        ]

    # --- A new entry --------------------------------------------------------------------------------------------------

    def _add_key(self, path: KeyPath, key: str, value: Raw) -> Iterable[Splice]:
        node = self._layout.at(path)
        index = self._declared.place(path, node.keys(), key)
        examples = self._composer.examples((*path, key))
        if node.in_brackets:
            return self._into_brackets(node, index, self._composer.pair(path, key, value, examples))
        return self._into_lines(node, index, self._composer.entry_lines(node.column, path, key, value, examples))

    def _add_entry(self, path: KeyPath, index: int, value: Raw) -> Iterable[Splice]:
        node = self._layout.at(path)
        beside = [entry.node for entry in (*reversed(node.entries[:index]), *node.entries[index:])]
        examples = [*beside, *self._composer.examples((*path, index))]
        at = (*path, index)
        if node.in_brackets:
            return self._into_brackets(node, index, self._composer.in_line(at, value, examples, in_brackets=True))
        gap = self._gap(node.entries[max(0, index - 1)])
        return self._into_lines(node, index, self._composer.dash_lines(node.column, at, value, examples, gap))

    def _into_lines(self, node: Node, index: int, lines: list[str]) -> Iterable[Splice]:
        layout = self._layout
        is_spaced = len(node.entries) > 1 and all(
            layout.is_blank(layout.last_line(entry, node.column) + 1) for entry in node.entries[:-1]
        )
        if index:
            end = layout.end_of(layout.last_line(node.entries[index - 1], node.column))
            return [Splice(end, end, self._joined_below(["", *lines] if is_spaced else lines))]
        start = node.entries[0].start
        text = layout.line_end.join([*lines, "", ""] if is_spaced else [*lines, ""])
        if layout.begins_line(start):
            start -= node.column
            return [Splice(start, start, text)]
        return [Splice(start, start, text[node.column :] + " " * node.column)]

    def _into_brackets(self, node: Node, index: int, new: str) -> Iterable[Splice]:
        if not node.entries:
            inside = self._text[node.start + 1 : node.end - 1]
            return [Splice(node.start + 1, node.start + 1 + len(inside) * (not inside.strip()), new)]
        if index == 0:
            start = node.entries[0].start
            if self._has_own_line(node, node.entries[0]):
                return [Splice(start, start, f"{new},{self._layout.line_end}{' ' * self._layout.column_of(start)}")]
            return [Splice(start, start, f"{new}, ")]
        before = node.entries[index - 1]
        end = self._end(before)
        rest = _REST_OF_LINE.match(self._text, end)
        if rest is None or not self._has_own_line(node, before):
            return [Splice(end, end, f", {new}")]
        line = f"{self._layout.line_end}{' ' * self._layout.column_of(before.start)}{new}"
        if rest["comma"]:
            return [Splice(rest.end(), rest.end(), f"{line},")]
        return [Splice(end, end, ","), Splice(rest.end(), rest.end(), line)]

    # --- What goes ----------------------------------------------------------------------------------------------------

    def _drop(self, path: KeyPath) -> Iterable[Splice]:
        node = self._layout.at(path[:-1])
        index = node.index(path[-1])
        if node.in_brackets:
            return [self._out_of_brackets(node, index)]
        layout, entry = self._layout, node.entries[index]
        first, last = layout.line_of(entry.start), layout.last_line(entry, node.column)
        if layout.begins_line(entry.start):
            before = layout.last_line(node.entries[index - 1], node.column) if index else -1
            return [self._without_lines(before, first, last)]
        following = node.entries[index + 1]
        if all(map(layout.is_blank, range(last + 1, layout.line_of(following.start)))):
            return [Splice(entry.start, following.start, "")]
        dash_end = len(self._text[: entry.start].rstrip(" "))
        return [Splice(dash_end, layout.end_of(last), "")]

    def _without_lines(self, before: int, first: int, last: int) -> Splice:
        """Return the splice that takes lines away, and the blank lines below them where there are some above them too.

        `before` is the last line of the entry above, whose own blank lines stay.
        """
        layout = self._layout
        if layout.is_blank(first - 1) or first == 0:
            while layout.is_blank(last + 1):
                last += 1
        if last + 1 < layout.line_count:
            return Splice(layout.start_of(first), layout.start_of(last + 1), "")
        while first - 1 > before and layout.is_blank(first - 1):
            first -= 1
        return Splice(layout.end_of(first - 1) if first else 0, layout.end_of(last), "")

    def _out_of_brackets(self, node: Node, index: int) -> Splice:
        layout, entry = self._layout, node.entries[index]
        start, end = entry.start, self._end(entry)
        comma = _COMMA.match(self._text, end)
        after = comma.end() if comma else end
        if self._has_own_line(node, entry):
            lines = layout.line_of(start), layout.line_of(end)
            return Splice(layout.start_of(lines[0]), layout.start_of(lines[1] + 1), "")
        if index + 1 < len(node.entries) and not LINE_END.search(self._text, end, node.entries[index + 1].start):
            return Splice(start, node.entries[index + 1].start, "")
        before = self._end(node.entries[index - 1]) if index else start
        if index and not LINE_END.search(self._text, before, start):
            return Splice(before, end, "")
        return Splice(start, after, "")

    # --- Short forms that grow ----------------------------------------------------------------------------------------

    def _make_list(self, path: KeyPath) -> Iterable[Splice]:
        holder, entry = self._host(path)
        node = entry.node
        if node.on_lines:
            return self._shifted(holder, entry)
        if node.kind == "text" and (self._takes_lines(entry) or not self._is_fit(node, behind_dash=True)):
            return self._replace(path, [node.text])
        in_brackets = node.kind == "text" and self._composer.goes_in_brackets(
            path, [node.text], self._composer.examples(path)
        )
        if holder.in_brackets or in_brackets:
            return [self._in_brackets(node, "[", "]")]
        return [self._behind(holder, entry, "- ", self._composer.habits.dash)]

    def _shifted(self, holder: Node, entry: Entry) -> Iterable[Splice]:
        """Yield the splices that make a list or a mapping on lines of its own the first entry of a list."""
        node, layout = entry.node, self._layout
        column = layout.column_of(entry.start)
        if holder.kind == "list":
            right = 2
            yield Splice(node.start, node.start, "- ")
        else:
            dash = column + self._composer.habits.dash
            right = dash + 2 - node.column
            yield Splice(node.start - node.column, node.start, " " * dash + "- ")
        if right < 0:
            raise UnusualText("这里的缩进放不下列表的短横线")
        for line in range(layout.line_of(node.start) + 1, layout.last_line(entry, column) + 1):
            if right and not layout.is_blank(line):
                yield Splice(layout.start_of(line), layout.start_of(line), " " * right)

    def _give_key(self, path: KeyPath, key: str) -> Iterable[Splice]:
        holder, entry = self._host(path)
        name = scalar(key, preferred=self._composer.habits.quotes, in_brackets=True)
        values: dict[str, Raw] = {key: entry.node.text}
        if self._takes_lines(entry):
            return self._replace(path, values)
        if holder.in_brackets or self._composer.goes_in_brackets(path, values, self._composer.examples(path)):
            return [self._in_brackets(entry.node, f"{{{name}: ", "}")]
        return [self._behind(holder, entry, f"{name}: ", self._composer.habits.indent)]

    def _in_brackets(self, node: Node, opening: str, closing: str) -> Splice:
        """Put a value that does not stand on lines of its own into brackets."""
        text = self._text[node.start : node.end]
        if node.kind == "text" and not self._is_fit(node, in_brackets=True):
            text = self._composer.text(node.text or "", in_brackets=True)
        return Splice(node.start, node.end, opening + text + closing)

    def _is_fit(self, node: Node, *, in_brackets: bool = False, behind_dash: bool = False) -> bool:
        """Tell whether a text can stand as it is written in brackets, or behind a dash."""
        return bool(node.style) or is_plain(node.text or "", in_brackets=in_brackets, behind_dash=behind_dash)

    def _behind(self, holder: Node, entry: Entry, lead: str, indent: int) -> Splice:
        """Put a value that stands on one line behind `lead`: beside its dash, or on the line below its key."""
        if holder.kind == "list":
            return Splice(entry.node.start, entry.node.start, lead)
        if self._takes_lines(entry):
            raise UnusualText("这里的内容写了几行")
        column = self._layout.column_of(entry.start) + indent
        return Splice(entry.head, entry.node.start, self._layout.line_end + " " * column + lead)

    # --- Where things stand -------------------------------------------------------------------------------------------

    def _host(self, path: KeyPath) -> tuple[Node, Entry]:
        """Return the list or mapping that holds the value at `path`, and the entry."""
        holder = self._layout.at(path[:-1])
        return holder, holder.entry(path[-1])

    def _gap(self, entry: Entry) -> int:
        """Return the number of spaces behind the dash of an entry."""
        node = entry.node
        is_beside = node.end > node.start and not LINE_END.search(self._text, entry.head, node.start)
        return max(1, node.start - entry.head) if is_beside else self._composer.habits.gap

    def _takes_lines(self, entry: Entry) -> bool:
        """Tell whether the value of an entry does not begin and end on the line of its key or its dash."""
        return LINE_END.search(self._text, entry.head, entry.node.end) is not None

    def _has_own_line(self, node: Node, entry: Entry) -> bool:
        """Tell whether an entry in brackets stands alone on its lines, a comma and a remark aside."""
        layout = self._layout
        alone = layout.begins_line(entry.start) and layout.line_of(entry.start) > layout.line_of(node.start)
        return alone and _REST_OF_LINE.match(self._text, self._end(entry)) is not None

    def _end(self, entry: Entry) -> int:
        return max(entry.head, entry.node.end)

    def _joined_below(self, lines: Iterable[str]) -> str:
        return "".join(self._layout.line_end + line for line in lines)
