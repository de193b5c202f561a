"""Findings as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.report.cells import excerpt, visible
from builder.report.located import SEVERITY_NAMES, Located
from builder.support.diagnostics import Rule, Severity


def as_text(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return the findings, each with its line, carets and hint, then the totals; "" if there are no findings."""
    if not findings:
        return ""
    lines = [line for located in findings for line in _block(located)]
    return "\n".join([*lines, "", _totals(findings)]) + "\n"


def _block(located: Located) -> Iterator[str]:
    finding, position = located.finding, located.position
    place = f"{visible(finding.file)}:{position.line}:{position.column}: " if finding.file else ""
    yield f"{place}{SEVERITY_NAMES[finding.severity]} {finding.code}: {visible(finding.says)}"
    if located.line_text:
        shown, carets = excerpt(located.line_text, position.column, position.length)
        yield f"    | {shown}".rstrip()
        yield f"    | {carets}"
    if finding.hint:
        yield f"    = {visible(finding.hint)}"


def _totals(findings: Sequence[Located]) -> str:
    errors = sum(located.finding.severity is Severity.ERROR for located in findings)
    return f"共 {errors} 处错误，{len(findings) - errors} 处警告。"
