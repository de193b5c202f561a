"""Findings with their places: what every format is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from builder.content.source import display_lines, places
from builder.support.diagnostics import Finding, Position, Severity

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告"}


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, where it stands, and the line that stands there ("" when it is about a whole file, or about none)."""

    finding: Finding
    position: Position
    line_text: str


def located(findings: Iterable[Finding], read_bytes: Callable[[str], bytes | None]) -> list[Located]:
    """Return `findings` with their places, sorted by file, line, column and code.

    `read_bytes` gives the bytes of a file, or None when it is gone; it is called once for each file.
    """
    by_file = groupby(sorted(findings, key=lambda finding: finding.file), key=lambda finding: finding.file)
    result = [each for file, group in by_file for each in _in_file(file, list(group), read_bytes)]
    return sorted(result, key=_order)


def _in_file(file: str, findings: list[Finding], read_bytes: Callable[[str], bytes | None]) -> Iterable[Located]:
    data = read_bytes(file) if file else None
    if data is None:
        return [Located(finding, finding.position or Position(1, 1), "") for finding in findings]
    known = places(data, file) if any(finding.position is None for finding in findings) else None
    lines = display_lines(data)
    result = []
    for finding in findings:
        position = finding.position or (known.position(finding.path, finding.on) if known else Position(1, 1))
        about_all = finding.position is None and (known is None or known.concerns_all(finding.path))
        line = "" if about_all or position.line > len(lines) else lines[position.line - 1]
        result.append(Located(finding, position, line))
    return result


def _order(each: Located) -> tuple[str, int, int, str, str, str]:
    finding = each.finding
    return finding.file, each.position.line, each.position.column, finding.code, finding.says, finding.hint
