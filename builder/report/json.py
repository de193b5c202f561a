"""Findings as a JSON list, for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from builder.report.cells import visible
from builder.report.located import Located
from builder.support.diagnostics import Rule


def as_json(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return a JSON list with an object for each finding. ``file`` is "" if the finding concerns no file."""
    return dumped([_object(located, rules) for located in findings])


def dumped(value: object) -> str:
    """Return `value` as indented JSON, with Chinese characters unescaped."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _object(located: Located, rules: Mapping[str, Rule]) -> dict[str, object]:
    finding, position = located.finding, located.position
    rule = rules.get(finding.code)
    return {
        "file": visible(finding.file),
        "line": position.line,
        "column": position.column,
        "length": position.length,
        "path": [visible(step) if isinstance(step, str) else step for step in finding.path],
        "severity": finding.severity.value,
        "code": finding.code,
        "title": rule.title if rule else "",
        "says": visible(finding.says),
        "hint": visible(finding.hint),
    }
