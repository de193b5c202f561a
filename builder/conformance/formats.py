"""The report as text for a terminal and as JSON for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from builder.conformance.standard import SAMPLED, Judgement, Per, Verdict
from builder.report.cells import visible
from builder.report.json import dumped

TEXT_PLACES = 3  # places listed per standard in the text
JSON_PLACES = 50  # places listed per standard in the JSON

_VERDICTS = {Verdict.MET: "做到", Verdict.NOT_MET: "没做到", Verdict.NOT_JUDGED: "没判断"}
_DEDUCTIONS = {
    Per.SITE: "约扣 {points:g} 分",
    Per.ITEM: "抽到一项约扣 {points:g} 分",
    Per.PAGE: "抽到一页约扣 {points:g} 分",
    Per.LINK: "一个约扣 {points:g} 分",
}


def as_text(name: str, judgements: Sequence[Judgement], *, has_errors: bool) -> str:
    """Return the report on the site `name`. With `has_errors`, it says that content errors prevented page checks."""
    counts = "，".join(
        f"{word} {sum(judgement.verdict is verdict for judgement in judgements)} 条"
        for verdict, word in _VERDICTS.items()
    )
    lines = [f"政府网站检查：{name}", counts]
    if has_errors:
        lines.append("内容有错误，页面做不出来：和页面有关的没有查。先改好上面的错误。")
    for section, in_section in groupby(judgements, key=lambda judgement: judgement.standard.section):
        lines += ["", section.value]
        for judgement in in_section:
            lines += _block(judgement)
    lines += ["", _summary(judgements)]
    return "\n".join(lines)


def _block(judgement: Judgement) -> list[str]:
    standard = judgement.standard
    message = f"：{judgement.says}" if judgement.says else ""
    lines = [f"  [{_VERDICTS[judgement.verdict]}] {standard.title}{message}　（{standard.source}）"]
    if judgement.verdict is not Verdict.NOT_MET:
        return lines
    if len(judgement.places) > TEXT_PLACES:
        lines += [f"      {visible(place)}" for place in judgement.places[:TEXT_PLACES]]
        lines.append(f"      ……共 {len(judgement.places)} 处")
    else:
        lines += [f"      {visible(place)}" for place in judgement.places]
    hints = [f"怎么改：{standard.fix}"] if standard.fix else []
    if standard.points:
        hints.append(_DEDUCTIONS[standard.per].format(points=standard.points))
    return [*lines, *(["      " + "；".join(hints)] if hints else [])]


def _summary(judgements: Sequence[Judgement]) -> str:
    vetoed = [
        judgement.standard.title
        for judgement in judgements
        if judgement.verdict is Verdict.NOT_MET and judgement.standard.id.startswith("veto.")
    ]
    veto = f"单项否决没过：{'、'.join(vetoed)}。" if vetoed else "能判断的单项否决都过了。"
    total = sum(judgement.deduction for judgement in judgements)
    how = f"抽 {SAMPLED} 项指南、{SAMPLED} 个页面，能判断的约扣 {total:.1f} 分"
    return f"{veto}{how}（估算：分值照各地通报估计，以当年的检查通知为准）。"


def as_json(name: str, judgements: Sequence[Judgement], *, has_errors: bool) -> str:
    """Return the report on the site `name` as a JSON object."""
    return dumped(
        {
            "site": name,
            "pages_made": not has_errors,
            "deduction": round(sum(judgement.deduction for judgement in judgements), 1),
            "rules": [_object(judgement) for judgement in judgements],
        }
    )


def _object(judgement: Judgement) -> dict[str, object]:
    standard = judgement.standard
    return {
        "id": standard.id,
        "section": standard.section.value,
        "title": standard.title,
        "source": standard.source,
        "verdict": judgement.verdict.value,
        "says": judgement.says,
        "count": len(judgement.places),
        "of": judgement.of,
        "places": [visible(place) for place in judgement.places[:JSON_PLACES]],
        "fix": standard.fix,
        "points": standard.points,
        "per": standard.per.value,
        "deduction": round(judgement.deduction, 2),
    }
