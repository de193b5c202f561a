"""The code quality report of GitLab. GitLab shows it in the merge request."""

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
    """Return the report. Fingerprints do not depend on line numbers, so a finding stays the same when its line moves."""
    seen: Counter[tuple[object, ...]] = Counter()
    result = []
    for located in findings:
        finding = located.finding
        identity = (finding.file, finding.code, finding.path, finding.on, finding.says, located.line_text.strip())
        seen[identity] += 1
        result.append(_issue(located, _fingerprint((*identity, seen[identity]))))
    return dumped(result)


def _issue(located: Located, fingerprint: str) -> dict[str, object]:
    finding = located.finding
    description = "。".join(part.rstrip("。") for part in (finding.says, finding.hint) if part)
    return {
        "description": visible(description),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # GitLab requires a file. A finding that concerns no file is shown in site.yaml.
        "location": {"path": visible(finding.file) or "site.yaml", "lines": {"begin": located.position.line}},
    }


def _fingerprint(identity: tuple[object, ...]) -> str:
    return blake2b(repr(identity).encode(), digest_size=16).hexdigest()
