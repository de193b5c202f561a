"""Findings with their positions: the input of every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from builder.support.diagnostics import Finding, Position, Severity

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告"}


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, its position and the text of that line: "" if the finding concerns a whole file, or no file."""

    finding: Finding
    position: Position
    line_text: str


def located(findings: Iterable[Finding], read_bytes: Callable[[str], bytes | None]) -> list[Located]:
    """Return `findings` with their positions, sorted by file, line, column and code.

    `read_bytes` returns the content of a file, or None if the file does not exist. It is called once per file.
    """
    by_file = groupby(sorted(findings, key=lambda finding: finding.file), key=lambda finding: finding.file)
    result = [entry for file, group in by_file for entry in _in_file(file, list(group), read_bytes)]
    return sorted(result, key=_order)


def _in_file(file: str, findings: list[Finding], read_bytes: Callable[[str], bytes | None]) -> Iterable[Located]:
    from builder.content.source import display_lines, positions_in  # noqa: PLC0415 - needed only if there are findings

    data = read_bytes(file) if file else None
    if data is None:
        return [Located(finding, finding.position or Position(1, 1), "") for finding in findings]
    positions = positions_in(data, file) if any(finding.position is None for finding in findings) else None
    lines = display_lines(data)
    result = []
    for finding in findings:
        position = finding.position or (
            positions.position(finding.path, finding.on, finding.part, finding.nth) if positions else Position(1, 1)
        )
        about_all = finding.position is None and (positions is None or positions.concerns_all(finding.path))
        line = "" if about_all or position.line > len(lines) else lines[position.line - 1]
        result.append(Located(finding, position, line))
    return result


def _order(entry: Located) -> tuple[str, int, int, str, str, str]:
    finding, position = entry.finding, entry.position
    return finding.file, position.line, position.column, finding.code, finding.says, finding.hint
