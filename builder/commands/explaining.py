"""``build.py explain``: what a message means."""

from __future__ import annotations

from builder.checks.catalogue import RULES
from builder.editing.edits import RULES as OF_EDITING
from builder.review.rules import RULES as OF_REVIEWS
from builder.support.diagnostics import Rule


def explained() -> dict[str, Rule]:
    """Return all that a message can name: what checks find, why a file was not changed, and what a review tells."""
    return RULES | {rule.code: rule for rule in (*OF_EDITING, *OF_REVIEWS)}
