"""A verification as JSON, for monitoring."""

from __future__ import annotations

import json
from collections import Counter

from builder.support.failure import Failure
from builder.verification.verification import Verification
from builder.verification.wording import headline


def failure_as_data(failure: Failure) -> str:
    """Return why nothing was found, with the same first keys."""
    return json.dumps({"says": str(failure), "well": False, "hint": failure.hint}, ensure_ascii=False, indent=1)


def as_data(found: Verification) -> str:
    """Return what was found: all files that are not right, by path; the names of keys and kinds stay as they are."""
    counts = Counter(verdict.kind.value for verdict in found.verdicts.values())
    data = {
        "says": headline(found),
        "well": found.exit_code == 0,
        "url": found.base,
        "time": found.now.isoformat(timespec="seconds"),
        "release": found.release.name,
        "live_release": _live_name(found),
        "files": len(found.release.files),
        "looked_at": len(found.verdicts),
        "not_looked_at": len(found.unseen),
        "requests": found.requests,
        "counts": dict(sorted(counts.items())),
        "wrong": [
            {
                "path": verdict.path,
                "kind": verdict.kind.value,
                "also": [one.kind.value for one in verdict.also],
                "releases": list(verdict.releases),
                "detail": verdict.detail,
            }
            for verdict in found.wrong
        ],
        "causes": [
            {
                "kind": one.kind.value,
                "says": one.title,
                "files": len(one.verdicts),
                "reason": one.reason,
                "fix": one.fix,
            }
            for one in found.causes
        ],
        "host": [
            {"check": one.check, "level": one.level.value, "says": one.says, "fix": one.fix} for one in found.findings
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _live_name(found: Verification) -> str:
    """Return the name of the release that is on the site, "" where it is no known one as a whole."""
    if found.live:
        return found.live.name
    return "" if found.wrong or found.unseen else found.release.name
