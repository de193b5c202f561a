"""The reference page of all rules."""

from __future__ import annotations

from collections.abc import Iterable

from builder.report.located import SEVERITY_NAMES
from builder.support.diagnostics import Rule

HEADER = """\
# 代码表

检查时每条问题都带一个代码。错误要改好才能发布；警告不影响发布，但最好改好。
某一条在本站不合适，可以在 site.yaml 的 severity 里改成 警告 或 不检查。

本页由 `uv run build.py reference` 写成，不要直接修改。
"""


def codes_page(rules: Iterable[Rule]) -> str:
    """Return the page that explains `rules`, sorted by code, as Markdown."""
    return "\n".join([HEADER, *(_section(rule) for rule in sorted(rules, key=lambda rule: rule.code))])


def _section(rule: Rule) -> str:
    heading = f"## {rule.code} {rule.title}"
    return f"{heading}\n\n{SEVERITY_NAMES[rule.severity]}。\n\n为什么：{rule.why}\n\n怎么改：{rule.fix}\n"
