"""Explains syntax errors: which common mistake of an editor caused the error, and how to write the line correctly.

libyaml stops at the first error, often one line after the mistake. This module corrects a common mistake near that
position in a copy of the text. If the parser then gets further, the correction is right; it continues from there.
Files without syntax errors never come here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from builder.content.source.corrections import Correction, corrected_hint, corrections, quoted
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
from builder.content.source.line_corrections import flow_corrections, line_corrections
from builder.content.source.rules import HASH_FIRST, HASH_INSIDE, INDENT, SYNTAX
from builder.support.diagnostics import Finding, Position, quote

# A plain scalar that was probably meant as fields: `name：`, `name:x` (but not a URL), `-name`, `｛name: x｝`.
LOOKS_LIKE_FIELD = re.compile(r"[a-z_][a-z0-9_]*(?: *：|:(?![\s/]))|-[^\W\d]|｛ *[a-z_]+ *[:：]|[\u3000\u00a0\u200b]")

_MAX_FINDINGS = 20  # per file
_CHARACTER_BUDGET = 8_000_000  # characters to parse again, over all candidates, before giving up
_COMMENT = re.compile(r" +(#[^\s#!].*)")
_ONLY_COMMENT = re.compile(r"(?P<before>.*(?::|(?:^|[ ])-)[ ]+)(?P<comment>#[^\s#!].*)")
_MAYBE_COMMENT = re.compile(r" #[^\s#!]")


KeysBelow = Mapping[str, Collection[str]]  # the keys at the top of a file, each with those that can stand below it
NO_KEYS: KeysBelow = {}


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser stops. Lines and columns count from 0; `cause` is the line where the broken element begins."""

    line: int
    column: int
    cause: int
    cause_column: int
    remaining: int  # characters after the cause
    problem: str  # libyaml's message; "" for valid plain text that looks like a field


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The mistakes of a text, the corrected text, and the numbers (from 1) of the lines that are certainly unchanged."""

    findings: list[Finding]
    text: str
    trusted: frozenset[int]


def diagnosis_of(file: str, text: str, keys: KeysBelow = NO_KEYS) -> Diagnosis:
    """Return the diagnosis of `text`, with findings in the order of discovery. A valid text has no findings.

    `keys` are those of its kind of record, each with the keys that can stand below it.
    """
    written = re.split(r"\r\n|\n|\r", text)
    flow_fixes, lines = flow_corrections(written)
    line_fixes, lines = line_corrections(lines) if _stop_of(lines) else ([], lines)
    has_tabs = any(correction.fixes_tab for correction in line_fixes)
    budget = max(8, _CHARACTER_BUDGET // (len(text) + 1))
    findings = [_finding(file, correction) for correction in (*flow_fixes, *line_fixes)[:_MAX_FINDINGS]]
    sure = True
    guessed_lines: set[int] = set()
    while len(findings) < _MAX_FINDINGS and (stop := _stop_of(lines)):
        correction, budget = _first_helpful(lines, stop, budget, keys)
        if (
            correction is None or correction.line in guessed_lines
        ):  # a second guess about a line means the first was wrong
            error = _stop_of(lines, check_plain_text=False)
            if error and (not findings or (sure and lines[error.line] == written[error.line])):
                findings.append(_syntax_finding(file, error))
            sure = False
            break
        # Replacing tabs by spaces may itself have changed the indentation, so do not report that.
        if not (has_tabs and correction.fixes_structure):
            findings.append(
                _finding(file, _at_original_column(correction, lines[correction.line], written[correction.line]))
            )
        if correction.fixes_structure:
            sure = False
            guessed_lines.add(correction.line)
        lines = correction.applied(lines)
    unchanged = (number for number, (old, new) in enumerate(zip(written, lines, strict=True), 1) if old == new)
    return Diagnosis(findings, "\n".join(lines), frozenset(unchanged if sure else ()))


def _first_helpful(lines: list[str], stop: Stop, budget: int, keys: KeysBelow) -> tuple[Correction | None, int]:
    """Return the first correction that lets the parser get further, and the remaining budget.

    Of those that only shift lines, it is the one that gets furthest: how many lines belong together is a guess. A key
    that cannot stand below the key above goes to the top of the file.
    """
    best, furthest = None, (*_progress(stop), False)
    for correction in corrections(lines, (stop.cause, stop.line), stop.problem):
        if budget == 0:
            break
        if best and correction.rule is not INDENT:
            break
        budget -= 1
        at_top = correction.rule is INDENT and _belongs_at_top(correction, lines, keys)
        progress = (*_progress(_stop_of(correction.applied(lines))), at_top)
        if progress > furthest:
            best, furthest = correction, progress
            if correction.rule is not INDENT:
                break
    return best, budget


def _belongs_at_top(correction: Correction, lines: list[str], keys: KeysBelow) -> bool:
    """Return whether `correction` brings a key to the top that cannot stand below the key above."""
    key = correction.lines[0].partition(":")[0]
    above = (line.partition(":")[0] for line in reversed(lines[: correction.line]) if line[:1].isalpha())
    return key in keys and key not in keys.get(next(above, ""), ())


def _progress(stop: Stop | None) -> tuple[float, int]:
    """Return how far the parser gets, as something to compare."""
    return (stop.cause, -stop.remaining) if stop else (math.inf, 0)


def _at_original_column(correction: Correction, current: str, written: str) -> Correction:
    """Return `correction` with its column in the `written` line, from which earlier corrections made `current`."""
    column = correction.column - (len(current) - len(written))
    if column < 0 or current[correction.column :] != written[column:]:
        column = min(correction.column, len(written))
    return replace(correction, column=column)


def _finding(file: str, correction: Correction) -> Finding:
    position = Position(correction.line + 1, correction.column + 1, max(1, correction.length))
    return correction.rule.at(file, says=correction.says, hint=correction.hint, position=position)


def _syntax_finding(file: str, stop: Stop) -> Finding:
    position = Position(stop.line + 1, stop.column + 1)
    if "unexpected" in stop.problem:  # end of the file inside quotes: show the opening quote
        position = Position(stop.cause + 1, stop.cause_column + 1)
    return SYNTAX.at(
        file,
        says="从这里起读不懂，后面的内容没有检查",
        hint=SYNTAX.fix,
        position=position,
    )


def _stop_of(lines: list[str], *, check_plain_text: bool = True) -> Stop | None:
    """Return where the parser stops in `lines`, or None.

    With `check_plain_text`, it also stops at plain text that was probably meant as a field.
    """
    text = "\n".join(lines)
    depth = 0
    try:
        next_event = events(text)
        while type(event := next_event()) is not StreamEndEvent:
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif check_plain_text and isinstance(event, ScalarEvent) and _is_suspicious(event, depth, lines):
                mark: Any = event.start_mark
                return Stop(mark.line, mark.column, mark.line, mark.column, len(text) - mark.index, "")
            if depth > DEPTH_LIMIT:
                return None
    except MarkedYAMLError as error:
        return _stop_from(error, lines, len(text))
    except YAMLError:
        return None  # forbidden characters, which `decoded` has removed before
    return None


def _is_suspicious(event: Any, depth: int, lines: list[str]) -> bool:
    if event.style or not event.value:
        return False
    if depth == 0:
        return True
    if not LOOKS_LIKE_FIELD.match(event.value):
        return False
    mark = event.start_mark
    return not lines[mark.line][: mark.column].strip(" -")


def _stop_from(error: MarkedYAMLError, lines: list[str], size: int) -> Stop:
    mark: Any = error.problem_mark
    context: Any = error.context_mark
    # For a block, the context is its first line, which is not necessarily near the mistake.
    cause = mark if context is None or str(error.context).startswith("while parsing a block") else context
    line, column = mark.line, mark.column
    if line == len(lines):  # libyaml names the line after the last one
        line, column = len(lines) - 1, len(lines[-1])
    return Stop(line, column, min(cause.line, line), cause.column, size - cause.index, str(error.problem))


def hidden_comments(file: str, text: str) -> list[Finding]:
    """Return a finding for each comment that looks like a value, or like a part of it: ``大楼 #2 号门``."""
    if not _MAYBE_COMMENT.search(text):
        return []
    lines = re.split(r"\r\n|\n|\r", text)
    return list(islice(_hidden_comments(file, lines, events(text)), _MAX_FINDINGS))


def _hidden_comments(file: str, lines: list[str], next_event: Any) -> Iterator[Finding]:
    event: Event
    before: Any = None
    while type(event := next_event()) is not StreamEndEvent:
        if isinstance(event, ScalarEvent) and not event.style:
            end: Any = event.end_mark
            if not event.value:
                yield from _swallowed(file, lines, end, before)
            elif comment := _COMMENT.match(lines[end.line], end.column):
                says = f"“{quote(comment[1])}”被当成了备注，不会出现在网页上"
                position = Position(end.line + 1, comment.start(1) + 1, len(comment[1]))
                yield HASH_INSIDE.at(file, says=says, hint=_hash_hint(lines, event), position=position)
        before = event.end_mark


def _hash_hint(lines: list[str], event: Any) -> str:
    """Return the hint for a comment behind the plain text of `event` that may be a part of it."""
    start, end = event.start_mark, event.end_mark
    line = lines[start.line].rstrip()
    if start.line != end.line or line[: start.column].count("{") > line[: start.column].count("}"):
        return HASH_INSIDE.fix
    return f"是备注的，在“#”后面空一格；是内容的，{corrected_hint(line[: start.column] + quoted(line[start.column :]))}"


def _swallowed(file: str, lines: list[str], end: Any, before: Any) -> Iterator[Finding]:
    """Yield a finding if the comment on the line of an empty value swallowed it. `before` is the end of what precedes."""
    line = lines[end.line] if end.line < len(lines) else ""
    comment = _ONLY_COMMENT.fullmatch(line.rstrip())
    if comment and (before.line < end.line or before.column <= comment.end("before")):
        says = f"“{quote(comment['comment'])}”被当成了备注，这里等于没有写"
        hint = corrected_hint(comment["before"] + quoted(comment["comment"]))
        position = Position(end.line + 1, comment.start("comment") + 1, len(comment["comment"]))
        yield HASH_FIRST.at(file, says=says, hint=hint, position=position)
