"""The words of a syntax error: which of an editor's usual mistakes it is, and the line as it should be.

libyaml stops at the first error and names a place that is often the line after the mistake. So a usual mistake is
looked for near that place, mended in a copy, and believed only if reading then gets further; and on from there.
None of this runs on a sound file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from builder.content.source.events import (
    DEPTH_LIMIT,
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    events,
)
from builder.content.source.line_mistakes import line_mistakes
from builder.content.source.mends import Mend, mends
from builder.content.source.rules import HASH_INSIDE, SYNTAX
from builder.support.diagnostics import Finding, Position, quote

# Plain text that was meant as a field: `name：`, `name:x` (but no address), `-name`.
LOOKS_LIKE_FIELD = re.compile(r"[a-z_][a-z0-9_]*(?: *：|:(?![\s/]))|-[^\W\d]|[\u3000\u00a0\u200b]")

_SHOWN = 20  # findings of one file
_TRIED = 8_000_000  # characters read again before giving up
_NOTE = re.compile(r" +(#[^\s#!].*)")
_MAYBE_NOTE = re.compile(r" #[^\s#!]")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where reading stops, counted from 0; `cause` is where the broken thing began."""

    line: int
    column: int
    cause: int
    cause_column: int
    left: int  # characters behind the cause
    problem: str  # libyaml's words, "" for plain text that only looks wrong


@dataclass(frozen=True, slots=True)
class Mended:
    """The mistakes of a text, the text without them, and the lines (from 1) that stand as the editor wrote them."""

    findings: list[Finding]
    text: str
    trusted: frozenset[int]


def mistakes(file: str, text: str) -> Mended:
    """Return the mistakes of `text`, in order of discovery; none when nothing is wrong with its syntax."""
    written = re.split(r"\r\n|\n|\r", text)
    if _trouble(written) is None:
        return Mended([], text, frozenset())
    found, lines = line_mistakes(written)
    tabs = any(mend.on_tab for mend in found)
    budget = max(8, _TRIED // (len(text) + 1))
    findings = [_finding(file, mend) for mend in found[:_SHOWN]]
    sure = True
    guessed: set[int] = set()
    while len(findings) < _SHOWN and (trouble := _trouble(lines)):
        mend, budget = _first_that_helps(lines, trouble, budget)
        if mend is None or mend.line in guessed:  # a line guessed at twice was not understood
            stop = _trouble(lines, doubts=False)
            if stop and (not findings or (sure and lines[stop.line] == written[stop.line])):
                findings.append(_unexplained(file, stop))
            sure = False
            break
        # A line whose tabs were made spaces may stand askew only for that.
        if not (tabs and mend.on_structure):
            findings.append(_finding(file, _as_written(mend, lines[mend.line], written[mend.line])))
        if mend.on_structure:
            sure = False
            guessed.add(mend.line)
        lines = mend.applied(lines)
    same = (number for number, (old, new) in enumerate(zip(written, lines, strict=True), 1) if old == new)
    return Mended(findings, "\n".join(lines), frozenset(same if sure else ()))


def _first_that_helps(lines: list[str], trouble: Trouble, budget: int) -> tuple[Mend | None, int]:
    for mend in mends(lines, (trouble.cause, trouble.line), trouble.problem):
        if budget == 0:
            break
        budget -= 1
        after = _trouble(mend.applied(lines))
        if after is None or (after.cause, -after.left) > (trouble.cause, -trouble.left):
            return mend, budget
    return None, budget


def _as_written(mend: Mend, now: str, written: str) -> Mend:
    """Return `mend` with its column in the line that the editor wrote, of which earlier mends made `now`."""
    column = mend.column - (len(now) - len(written))
    if column < 0 or now[mend.column :] != written[column:]:
        column = min(mend.column, len(written))
    return replace(mend, column=column)


def _finding(file: str, mend: Mend) -> Finding:
    position = Position(mend.line + 1, mend.column + 1, max(1, mend.length))
    return mend.rule.at(file, says=mend.says, hint=mend.hint, position=position)


def _unexplained(file: str, trouble: Trouble) -> Finding:
    position = Position(trouble.line + 1, trouble.column + 1)
    if "unexpected" in trouble.problem:  # the end of the file, in search of the other quote
        position = Position(trouble.cause + 1, trouble.cause_column + 1)
    return SYNTAX.at(
        file,
        says="从这里起读不懂，后面的内容没有检查",
        hint=SYNTAX.fix,
        position=position,
    )


def _trouble(lines: list[str], *, doubts: bool = True) -> Trouble | None:
    """Return where reading `lines` stops, or, with `doubts`, where plain text was meant as a field; None when all is well."""
    text = "\n".join(lines)
    depth = 0
    try:
        next_event = events(text)
        while type(event := next_event()) is not StreamEndEvent:
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif doubts and isinstance(event, ScalarEvent) and _doubtful(event, depth, lines):
                mark: Any = event.start_mark
                return Trouble(mark.line, mark.column, mark.line, mark.column, len(text) - mark.index, "")
            if depth > DEPTH_LIMIT:
                return None
    except MarkedYAMLError as error:
        return _stop(error, lines, len(text))
    except YAMLError:
        return None  # characters that YAML forbids; they are gone before this is asked
    return None


def _doubtful(event: Any, depth: int, lines: list[str]) -> bool:
    if event.style or not event.value:
        return False
    if depth == 0:
        return True
    if not LOOKS_LIKE_FIELD.match(event.value):
        return False
    mark = event.start_mark
    return not lines[mark.line][: mark.column].strip(" -")


def _stop(error: MarkedYAMLError, lines: list[str], size: int) -> Trouble:
    mark: Any = error.problem_mark
    began: Any = error.context_mark
    # A block began where its first line stands, which need not be where the mistake is.
    cause = mark if began is None or str(error.context).startswith("while parsing a block") else began
    line, column = mark.line, mark.column
    if line == len(lines):  # the end of a text whose last line is not ended
        line, column = len(lines) - 1, len(lines[-1])
    return Trouble(line, column, min(cause.line, line), cause.column, size - cause.index, str(error.problem))


def hidden_comments(file: str, text: str) -> list[Finding]:
    """Return a warning for each ``#`` behind a plain value that looks like part of it: ``大楼 #2 号门``."""
    if not _MAYBE_NOTE.search(text):
        return []
    lines = re.split(r"\r\n|\n|\r", text)
    return list(islice(_hidden_comments(file, lines, events(text)), _SHOWN))


def _hidden_comments(file: str, lines: list[str], next_event: Any) -> Iterator[Finding]:
    event: Event
    while type(event := next_event()) is not StreamEndEvent:
        if not isinstance(event, ScalarEvent) or event.style or not event.value:
            continue
        end: Any = event.end_mark
        if note := _NOTE.match(lines[end.line], end.column):
            says = f"“{quote(note[1])}”被当成了备注，不会出现在网页上"
            position = Position(end.line + 1, note.start(1) + 1, len(note[1]))
            yield HASH_INSIDE.at(file, says=says, hint=HASH_INSIDE.fix, position=position)
