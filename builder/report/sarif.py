"""SARIF 2.1.0, the standard format for the results of static analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote as percent_encoded

from builder.report.cells import visible
from builder.report.json import dumped
from builder.report.located import Located
from builder.support.diagnostics import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return a SARIF log with one run. It contains those of `rules` that have findings."""
    broken = [rules[code] for code in sorted({located.finding.code for located in findings}) if code in rules]
    index = {rule.code: number for number, rule in enumerate(broken)}
    run = {
        "tool": {"driver": {"name": "build.py", "language": "zh-CN", "rules": [_rule(rule) for rule in broken]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(located, index) for located in findings],
    }
    return dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(located: Located, index: Mapping[str, int]) -> dict[str, object]:
    finding = located.finding
    message = visible(finding.says) + (f"\n{visible(finding.hint)}" if finding.hint else "")
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": message},
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if finding.file:
        result["locations"] = [{"physicalLocation": _location(located)}]
    return result


def _location(located: Located) -> dict[str, object]:
    position = located.position
    return {
        "artifactLocation": {"uri": percent_encoded(located.finding.file, errors="replace")},
        "region": {
            "startLine": position.line,
            "startColumn": position.column,
            "endColumn": position.column + position.length,
        },
    }
