"""A verification as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from builder.verification.host_finding import Level
from builder.verification.verification import Verification
from builder.verification.wording import headline, looked_at

EXAMPLES = 5  # files that are named of each cause
LEVELS = {Level.FAULT: "错误", Level.WARNING: "警告", Level.NOTE: "说明"}


def as_text(found: Verification) -> str:
    """Return what was found, the gravest first."""
    return "\n".join(_lines(found))


def _lines(found: Verification) -> Iterator[str]:
    yield headline(found)
    yield looked_at(found)
    for cause in found.causes:
        yield ""
        yield f"文件: {cause.title}"
        for verdict in cause.verdicts[:EXAMPLES]:
            about = cause.about(verdict)
            yield f"    {verdict.path}{f'：{about}' if about else ''}"
        if len(cause.verdicts) > EXAMPLES:
            yield f"    ……还有 {len(cause.verdicts) - EXAMPLES} 个（--out 和 --json 里有全部）"
        yield f"  多半是: {cause.reason}"
        yield f"  怎么办: {cause.fix}"
    for finding in found.findings:
        yield ""
        yield f"服务器{LEVELS[finding.level]}: {finding.says}"
        if finding.fix:
            yield f"  怎么办: {finding.fix}"
