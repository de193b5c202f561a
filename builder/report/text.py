"""For a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.report.cells import excerpt, visible
from builder.report.located import WORDS, Located
from builder.support.diagnostics import Rule, Severity


def as_text(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return each finding with its line, carets and hint, and the sum at the end; "" when there is none."""
    if not findings:
        return ""
    lines = [line for each in findings for line in _block(each)]
    return "\n".join([*lines, "", _sum(findings)]) + "\n"


def _block(each: Located) -> Iterator[str]:
    finding, position = each.finding, each.position
    place = f"{visible(finding.file)}:{position.line}:{position.column}: " if finding.file else ""
    yield f"{place}{WORDS[finding.severity]} {finding.code}: {visible(finding.says)}"
    if each.line_text:
        shown, carets = excerpt(each.line_text, position.column, position.length)
        yield f"    | {shown}".rstrip()
        yield f"    | {carets}"
    if finding.hint:
        yield f"    = {visible(finding.hint)}"


def _sum(findings: Sequence[Located]) -> str:
    errors = sum(each.finding.severity is Severity.ERROR for each in findings)
    return f"共 {errors} 处错误，{len(findings) - errors} 处警告。"
