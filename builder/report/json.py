"""For other programs: a plain list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from builder.report.cells import visible
from builder.report.located import Located
from builder.support.diagnostics import Rule


def as_json(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return a JSON list, one object for each finding; ``file`` is "" when no file is concerned."""
    return dumped([_object(each, rules) for each in findings])


def dumped(value: object) -> str:
    """Return `value` as readable JSON with Chinese left as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _object(each: Located, rules: Mapping[str, Rule]) -> dict[str, object]:
    finding, position = each.finding, each.position
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
