"""Errors and warnings as values. A `Rule` describes a kind of mistake; a `Finding` is one mistake in one place.

Rooms yield findings and continue. Only `builder.cli` and `builder.commands.serve` show them, through `builder.report`.
A finding names its place by key path (``("materials", 3, "form")``), not by line. The line is looked up when the
finding is shown, so a cached finding never holds a position that a later edit has made wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

KeyPath = tuple[str | int, ...]

QUOTE_LIMIT = 60  # characters of an editor's text that a message repeats at most


class Severity(StrEnum):
    """How serious a finding is: an error prevents publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a text begins in a file, and its length on that line. Lines and columns count from 1, in characters."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake that an editor should correct. Any two findings can be compared, so a list of them can be sorted.

    `file` is relative to the site, with ``/``; "" when the finding concerns no file. `path` leads to a key in the
    file; `on` says whether the key itself or its value is wrong; `part` is the part of the value that is wrong, as
    written, "" for all of it, and `nth` says which one if the value holds several, from 0. `position` is set only when the file cannot be parsed, so that no key path exists.
    """

    file: str
    path: KeyPath
    code: str
    says: str
    hint: str = ""
    on: Literal["key", "value"] = "value"
    severity: Severity = Severity.ERROR
    position: Position | None = None
    part: str = ""
    nth: int = 0

    def __lt__(self, other: Finding) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[object, ...]:
        """All fields, with key paths and positions in a form that Python can compare whatever they hold."""
        path = tuple((step, "") if isinstance(step, int) else (-1, step) for step in self.path)
        position = self.position or Position(0, 0)
        return self.file, path, self.code, self.says, self.hint, self.on, self.severity, position, self.part, self.nth


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of mistake: a permanent code with its title, the reason (`why`) and the remedy (`fix`), in Chinese.

    A code is never reused.
    """

    code: str
    title: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR

    def at(
        self,
        file: str,
        *path: str | int,
        says: str,
        hint: str = "",
        on: Literal["key", "value"] = "value",
        position: Position | None = None,
        part: str = "",
        nth: int = 0,
    ) -> Finding:
        """Return a finding of this rule at `path` in `file`."""
        return Finding(file, path, self.code, says, hint, on, self.severity, position, part, nth)


class ContentErrors(Exception):
    """A command does nothing because of `findings`. They are shown, then what it says, with the hint."""

    def __init__(self, findings: Sequence[Finding], says: str = "", hint: str = "") -> None:
        super().__init__(says)
        self.findings = findings
        self.says = says
        self.hint = hint


class ConfigurationError(Exception):
    """The site's settings, words or templates are wrong, or there is no site. `findings` says what is wrong."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings)
        self.findings = tuple(findings)


def quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Return `text` for use in a message: one line, unprintable characters made visible, cut at `limit`."""
    visible = "".join(c if c.isprintable() else _control_picture(c) for c in text[: limit + 1])
    return visible if len(text) <= limit else visible[: limit - 1] + "…"


def _control_picture(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else f"<U+{code:04X}>"


def near(wrong: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the most similar of `known`, or "" if none is similar; `least` is how similar it must be, from 0 to 1."""
    return next(iter(difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=least)), "")


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """Return those of `findings` that prevent publishing."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return a hint with the most similar of `known`, or "" if none is similar."""
    found = near(wrong, known)
    return f"是不是想写“{found}”？" if found else ""


def with_severities(findings: Iterable[Finding], chosen: dict[str, str]) -> list[Finding]:
    """Return `findings` with the severities that `chosen` sets for their codes: "error", "warning" or "off".

    Findings that are "off" are left out.
    """
    result = []
    for finding in findings:
        match chosen.get(finding.code):
            case None:
                result.append(finding)
            case "off":
                continue
            case severity:
                result.append(replace(finding, severity=Severity(severity)))
    return result
