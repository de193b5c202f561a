"""What can be wrong, as values: a `Rule` says it once for all, a `Finding` says it of one place.

Rooms yield findings and go on; only `builder.cli` and `builder.commands.serve` show them, through `builder.report`.
A finding names its place by key path (``("materials", 3, "form")``), not by line: the line is looked up when the
finding is shown, so that nothing cached can hold a position that an edit has made wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

KeyPath = tuple[str | int, ...]

QUOTE_LIMIT = 60  # characters of an editor's text that a message may repeat


class Severity(StrEnum):
    """How bad: an error stops publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A stretch of one line of a text file: line and column count from 1, in characters."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that an editor should mend.

    `file` is relative to the site, with ``/``; "" when no file is concerned. `path` leads to the key or value;
    `on` says whether the key itself or its value is at fault. `position` is set only by the reader of a broken file,
    where no key path exists.
    """

    file: str
    path: KeyPath
    code: str
    says: str
    hint: str = ""
    on: Literal["key", "value"] = "value"
    severity: Severity = Severity.ERROR
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A permanent code with its title, its reason and its remedy, in the editor's words. A code is never reused."""

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
    ) -> Finding:
        """Return the finding that this rule is broken at `path` in `file`."""
        return Finding(file, path, self.code, says, hint, on, self.severity, position)


class ConfigurationError(Exception):
    """The site's settings, words or templates are wrong, or there is no site here. Carries its findings."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings)
        self.findings = tuple(findings)


def quote(text: str) -> str:
    """Return `text` fit to stand in a message: on one line, control characters visible, at most 60 characters."""
    visible = "".join(c if c.isprintable() else _picture(c) for c in text[: QUOTE_LIMIT + 1])
    return visible if len(text) <= QUOTE_LIMIT else visible[: QUOTE_LIMIT - 1] + "…"


def _picture(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else f"<U+{code:04X}>"


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return a hint naming the nearest of `known`, or "" when none is near."""
    near = difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f"是不是想写“{near[0]}”？" if near else ""


def with_severities(findings: Iterable[Finding], chosen: dict[str, str]) -> list[Finding]:
    """Return `findings` with the severities that the site chose per code: error, warning or off."""
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
