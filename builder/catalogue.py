"""Every rule that there is, by its code."""

from __future__ import annotations

from collections.abc import Iterator

from builder import checks, names, project, source, study, templates, validate, words
from builder.config import Settings
from builder.diagnostics import Finding, Rule, did_you_mean

UNKNOWN_CODE = Rule(
    "G003",
    "改轻重的代码要是有的代码",
    why="代码写错，改了等于没改。",
    fix="照提示改成正确的代码；全部代码见 docs/codes.md。",
)

RULES: dict[str, Rule] = {
    rule.code: rule
    for rules in (
        (UNKNOWN_CODE,),
        *(room.RULES for room in (project, words, templates, source, validate, study, names, checks)),
    )
    for rule in rules
}


def unknown_codes(settings: Settings) -> Iterator[Finding]:
    """Yield the codes in ``site.yaml`` that no rule has."""
    for index, chosen in enumerate(settings.severity):
        if chosen.rule not in RULES:
            says, hint = f"没有代码“{chosen.rule}”", did_you_mean(chosen.rule, RULES)
            yield UNKNOWN_CODE.at("site.yaml", "severity", index, "rule", says=says, hint=hint)
