"""What can be wrong with how a change is signed."""

from __future__ import annotations

from builder.support.diagnostics import Rule, Severity

UNSIGNED = Rule(
    "V001",
    "红、橙的改动要有人签字",
    why="对群众更严的、必须核对的改动，没有人签过就发布，出了错说不清。",
    fix="运行 build.py review --format sheet 印审核单，签字以后运行 build.py sign 登记。",
    severity=Severity.WARNING,
)
RULES = (UNSIGNED,)
