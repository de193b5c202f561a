"""The remarks and the blank lines of a text, each with the entry to which it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

from builder.editing.layout import LINE_END, Layout, UnusualText
from builder.editing.tokens import ROOT, Token, tokens

LANGUAGE_SERVER: Final = "# yaml-language-server:"  # what the first line of a file tells an editor program

_NO_MORE_THAN_A_BREAK = re.compile(r"[ ,]*(?:\r?\n *)?")
_SHOWN = 20  # characters of an unknown mark


@dataclass(slots=True)
class Remarks:
    """Where each remark of a text belongs. Entries are named by where they begin in the text, `Entry.start`.

    `head` are the lines at the head of the file, `above` those above an entry, `below` those below its value or at the end
    of what it holds; "" is a blank line. `behind` are the remarks on the lines of an entry, in their order. `inside` has the
    entries with remarks in their brackets.
    """

    head: list[str] = field(default_factory=list)
    above: dict[int, list[str]] = field(default_factory=dict)
    behind: dict[int, list[str]] = field(default_factory=dict)
    below: dict[int, list[str]] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, layout: Layout) -> Self:
        """Return the remarks of a text. Raises `UnusualText` for directives, and for marks between documents."""
        remarks = cls()
        text, before = layout.text, None
        for token in (*tokens(text, layout.root), None):
            gap = text[before.end if before else 0 : token.start if token else len(text)]
            if before and _NO_MORE_THAN_A_BREAK.fullmatch(gap):
                pass
            elif before is None:
                remarks._add_head(layout.root.entries[0].start, [line.remark for line in _lines(gap, at_head=True)])
            else:
                remarks._add(before, token, list(_lines(gap)))
            before = token
        return remarks

    def all(self) -> list[str]:
        """Return all remarks, sorted."""
        kinds = [self.head, *self.above.values(), *self.behind.values(), *self.below.values()]
        return sorted(line for lines in kinds for line in lines if line)

    def _add_head(self, first: int, lines: Sequence[str]) -> None:
        """Add what stands above the `first` key: a block at the head of the file, and what belongs to the key.

        A blank line parts them. Without one all is the head, but what stands below the line for an editor program belongs
        to the key.
        """
        lines = _with_single_blanks(lines)
        has_program_line = bool(lines) and lines[0].startswith(LANGUAGE_SERVER)
        cut = len(lines) - lines[::-1].index("") if "" in lines else 1 if has_program_line else len(lines)
        self.head, self.above[first] = lines[:cut], lines[cut:]

    def _add(self, before: Token, token: Token | None, lines: list[_Line]) -> None:
        """Add what stands between two tokens: the rest of a line, and some more lines."""
        rest, *lines = lines
        if rest.remark:
            self.behind.setdefault(before.entry, []).append(rest.remark)
        if before.brackets:
            self.inside.update(before.brackets if any(line.remark for line in (rest, *lines)) else ())
        goes_on = token is not None and (token.kind == "value" or len(token.levels) > len(before.levels))
        if token is not None and (before.brackets or goes_on):
            lines_there = self.below if token.kind == "close" else self.above
            lines_there.setdefault(token.entry, []).extend(line.remark for line in lines if line.remark)
        else:
            self._add_below(before, token, lines)

    def _add_below(self, before: Token, token: Token | None, lines: Sequence[_Line]) -> None:
        """Add the lines below an entry. What stands further to the right than it is its own.

        What stands further to the right than the next key is at the end of the list or mapping above.
        """
        next_level = len(token.levels) - 1 if token else 0
        level, blank = len(before.levels), False
        for line in lines:
            if line.remark:
                depth = (i for i, outer in enumerate(before.levels[:level]) if line.column <= outer.column)
                level = max(next_level, next(depth, level))
                self._place(before, token, level).extend(("", line.remark) if blank else (line.remark,))
            blank = not line.remark
        if token and blank:
            self.above.setdefault(token.entry, []).append("")

    def _place(self, before: Token, token: Token | None, level: int) -> list[str]:
        if token and level == len(token.levels) - 1:
            return self.above.setdefault(token.entry, [])
        if level < len(before.levels):
            return self.below.setdefault(before.levels[level].holder, [])
        return self.below.setdefault(before.levels[-1].entry if before.levels else ROOT, [])


class _Line(NamedTuple):
    """What stands on a line between two tokens: a remark that begins at `column`, or "" for nothing."""

    column: int
    remark: str


def _lines(gap: str, *, at_head: bool = False) -> Iterator[_Line]:
    """Yield the lines of what stands between two tokens, without the spaces before the second."""
    *lines, last = LINE_END.split(gap)
    for line in [*lines, last] if "#" in last or not lines else lines:
        before, mark, words = line.partition("#")
        other = before.strip(" \t,")
        if other and not (at_head and other == "---"):
            raise UnusualText(f"这份文件里有少见的记号“{other[:_SHOWN]}”")
        if mark or not other:
            yield _Line(len(before), f"{mark}{words}".rstrip())


def _with_single_blanks(lines: Sequence[str]) -> list[str]:
    """Return `lines` with one blank line where there are several, and none at the beginning."""
    return [line for before, line in zip(["", *lines], lines, strict=False) if line or before]
