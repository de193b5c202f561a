"""All rules by their codes, and the check of ``severity`` in ``site.yaml``."""

from __future__ import annotations

from collections.abc import Iterator

from builder import checks, project
from builder.content import names, parsing, source, validate
from builder.content.settings import Settings, Switch
from builder.context import words
from builder.differences.levels import known_changes
from builder.render import templates
from builder.support.diagnostics import Finding, Rule, Severity, did_you_mean

UNKNOWN_CODE = Rule(
    "G003",
    "改轻重的代码要是有的代码",
    why="代码写错，改了等于没改。",
    fix="照提示改成正确的代码；全部代码见 docs/codes.md。",
)

FIXED_SEVERITY = Rule(
    "G007",
    "有的规则不能改轻",
    why="内容读不出来、引用落空的，页面做不出来；改成警告会丢内容。",
    fix="把内容改对；这一条从 severity 里删掉。",
)

UNKNOWN_CHANGE = Rule(
    "G009",
    "另定轻重的改动，要是审核单上有的说法",
    why="说法对不上，另定的轻重就不起作用。",
    fix="照审核单上“什么”一栏的字写；没有专门说法的写 其他改动。",
)
RULES: dict[str, Rule] = {
    rule.code: rule
    for rules in (
        (UNKNOWN_CODE, FIXED_SEVERITY, UNKNOWN_CHANGE),
        *(module.RULES for module in (project, words, templates, source, validate, parsing, names, checks)),
    )
    for rule in rules
}

# The build relies on the absence of these errors: unreadable files, duplicate ids and addresses, references to unknown ids.
ALWAYS_ERRORS = {code for code, rule in RULES.items() if rule.severity is Severity.ERROR and code[0] in "GYS"} | {
    "R201",
    "R202",
    "R260",
    "F401",
    "F405",
}


def wrong_severities(settings: Settings) -> Iterator[Finding]:
    """Yield findings for ``severity`` in ``site.yaml``: unknown codes, and rules that must remain errors."""
    for index, chosen in enumerate(settings.severity):
        if chosen.rule in ALWAYS_ERRORS and chosen.to is not Switch.ERROR:
            yield FIXED_SEVERITY.at(
                "site.yaml", "severity", index, says=f"{chosen.rule} 不能改成“{chosen.to.label}”", hint="删掉这一条"
            )
        elif chosen.rule not in RULES:
            says, hint = f"没有代码“{chosen.rule}”", did_you_mean(chosen.rule, RULES)
            yield UNKNOWN_CODE.at("site.yaml", "severity", index, "rule", says=says, hint=hint)


def wrong_levels(settings: Settings) -> Iterator[Finding]:
    """Yield findings for ``review`` in ``site.yaml``: changes to which it gives a level and that there are not."""
    known = known_changes()
    for index, own in enumerate(settings.review.levels if settings.review else ()):
        if own.change not in known:
            says, hint = f"没有“{own.change}”这种改动", did_you_mean(own.change, known) or UNKNOWN_CHANGE.fix
            yield UNKNOWN_CHANGE.at("site.yaml", "review", "levels", index, "change", says=says, hint=hint)
