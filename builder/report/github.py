"""Workflow commands of GitHub Actions. GitHub shows them as annotations beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.report.cells import visible
from builder.report.located import Located
from builder.support.diagnostics import Rule

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_MESSAGE | {":": "%3A", ",": "%2C"}


def as_github(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return one line for each finding, a workflow command."""
    return "".join(_command(located, rules) + "\n" for located in findings)


def _command(located: Located, rules: Mapping[str, Rule]) -> str:
    finding, position = located.finding, located.position
    rule = rules.get(finding.code)
    properties = {"title": f"{finding.code} {rule.title}" if rule else finding.code}
    if finding.file:
        location = {
            "file": finding.file,
            "line": position.line,
            "col": position.column,
            "endColumn": position.column + position.length,
        }
        properties = {key: str(value) for key, value in location.items()} | properties
    listed = ",".join(f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in properties.items())
    message = visible(finding.says) + (f"\n{visible(finding.hint)}" if finding.hint else "")
    return f"::{finding.severity.value} {listed}::{_escaped(message, _IN_MESSAGE)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    escaped = "".join(escapes.get(character, character) for character in text)
    return visible(escaped)
