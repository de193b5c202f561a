"""For GitLab: a code quality report, shown in the merge request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from builder.report.cells import visible
from builder.report.json import dumped
from builder.report.located import Located
from builder.support.diagnostics import Rule, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def as_gitlab(findings: Sequence[Located], rules: Mapping[str, Rule]) -> str:
    """Return the report. A fingerprint does not depend on the line, so that moving a text makes no new finding."""
    seen: Counter[tuple[object, ...]] = Counter()
    result = []
    for each in findings:
        finding = each.finding
        same = (finding.file, finding.code, finding.path, finding.on, finding.says, each.line_text.strip())
        seen[same] += 1
        result.append(_issue(each, _fingerprint((*same, seen[same]))))
    return dumped(result)


def _issue(each: Located, fingerprint: str) -> dict[str, object]:
    finding = each.finding
    description = "。".join(part.rstrip("。") for part in (finding.says, finding.hint) if part)
    return {
        "description": visible(description),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # GitLab demands a file; what concerns none is shown at the settings of the site.
        "location": {"path": visible(finding.file) or "site.yaml", "lines": {"begin": each.position.line}},
    }


def _fingerprint(same: tuple[object, ...]) -> str:
    return blake2b(repr(same).encode(), digest_size=16).hexdigest()
