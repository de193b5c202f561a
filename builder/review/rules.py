"""What can be wrong with how a change is judged and signed."""

from __future__ import annotations

from builder.support.diagnostics import Rule, Severity

UNKNOWN_CHANGE = Rule(
    "G009",
    "另定轻重的改动，要是审核单上有的说法",
    why="说法对不上，另定的轻重就不起作用。",
    fix="照审核单上“什么”一栏的字写；没有专门说法的写 其他改动。",
)
UNSIGNED = Rule(
    "V001",
    "红、橙的改动要有人签字",
    why="对群众更严的、必须核对的改动，没有人签过就发布，出了错说不清。",
    fix="运行 build.py review --format sheet 印审核单，签字以后运行 build.py sign 登记。",
    severity=Severity.WARNING,
)
RULES = (UNKNOWN_CHANGE, UNSIGNED)
