"""Output formats of findings: text for a terminal, JSON, GitHub, GitLab and SARIF.

`located` looks up the position of each finding. Each format is a function that takes the result and returns text.
"""

from collections.abc import Callable, Mapping, Sequence

from builder.report.explain import explanation
from builder.report.github import as_github
from builder.report.gitlab import as_gitlab
from builder.report.json import as_json
from builder.report.located import Located, located
from builder.report.sarif import as_sarif
from builder.report.text import as_text
from builder.support.diagnostics import Rule

FORMATS: dict[str, Callable[[Sequence[Located], Mapping[str, Rule]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}

__all__ = [
    "FORMATS",
    "Located",
    "as_github",
    "as_gitlab",
    "as_json",
    "as_sarif",
    "as_text",
    "explanation",
    "located",
]
