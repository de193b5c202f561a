"""A review as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from builder.differences.levels import MEANINGS
from builder.review.review import Review, Row
from builder.review.summary import sentence_of, to_do
from builder.support.diagnostics import Finding


def as_data(review: Review) -> str:
    """Return the whole review, with nothing left out."""
    data = {
        "site": review.site,
        "before": review.before,
        "after": review.after,
        "number": review.number,
        "broken": bool(review.errors),
        "says": "" if review.errors else sentence_of(review),
        "changes": [_row(row) for row in review.rows],
        "papers": [_finding(one) for one in review.papers],
        "addresses": asdict(review.addresses),
        "search": None if review.search is None else [_finding(one) for one in review.search],
        "findings": [_finding(one) for one in review.findings],
        "older_findings": review.older,
        "errors": [_finding(one) for one in review.errors],
        "to_do": [] if review.errors else to_do(review),
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"


def _row(row: Row) -> dict[str, object]:
    return {**asdict(row), "level": row.level.label, "meaning": MEANINGS[row.level], "change": row.change.value}


def _finding(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "file": finding.file, "says": finding.says, "hint": finding.hint}
