"""The explanation of a rule, for ``build.py explain CODE``."""

from __future__ import annotations

from builder.report.located import SEVERITY_NAMES
from builder.support.diagnostics import Rule


def explanation(rule: Rule) -> str:
    """Return the title, the reason and the remedy of `rule` as text."""
    parts = [
        f"{SEVERITY_NAMES[rule.severity]} {rule.code}: {rule.title}",
        f"为什么\n  {rule.why}",
        f"怎么改\n  {rule.fix}",
    ]
    return "\n\n".join(parts) + "\n"
