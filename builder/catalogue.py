"""Every rule that there is, by its code."""

from __future__ import annotations

from builder import checks, names, project, source, study, validate
from builder.diagnostics import Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for room in (project, source, validate, study, names, checks)
    for rule in room.RULES
}
