"""The report, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from builder.conformance.standard import SAMPLED, Judged, Per, Verdict
from builder.report.cells import visible
from builder.report.json import dumped

FIRST = 3  # places that a person is shown of each standard
MOST = 50  # places that a program is given

_VERDICTS = {Verdict.MET: "做到", Verdict.NOT_MET: "没做到", Verdict.NOT_JUDGED: "没判断"}
_DEDUCTIONS = {
    Per.SITE: "约扣 {points:g} 分",
    Per.ITEM: "抽到一项约扣 {points:g} 分",
    Per.PAGE: "抽到一页约扣 {points:g} 分",
    Per.LINK: "一个约扣 {points:g} 分",
}


def as_text(name: str, judged: Sequence[Judged], *, broken: bool) -> str:
    """Return the report on the site `name`; `broken` when errors in the content kept its pages from being made."""
    counted = "，".join(
        f"{word} {sum(one.verdict is verdict for one in judged)} 条" for verdict, word in _VERDICTS.items()
    )
    lines = [f"政府网站检查：{name}", counted]
    if broken:
        lines.append("内容有错误，页面做不出来：和页面有关的没有查。先改好上面的错误。")
    for section, some in groupby(judged, key=lambda one: one.standard.section):
        lines += ["", section.value]
        for one in some:
            lines += _told(one)
    lines += ["", _sum(judged)]
    return "\n".join(lines)


def _told(one: Judged) -> list[str]:
    standard = one.standard
    said = f"：{one.says}" if one.says else ""
    lines = [f"  [{_VERDICTS[one.verdict]}] {standard.title}{said}　（{standard.source}）"]
    if one.verdict is not Verdict.NOT_MET:
        return lines
    if len(one.places) > FIRST:
        lines += [f"      {visible(place)}" for place in one.places[:FIRST]]
        lines.append(f"      ……共 {len(one.places)} 处")
    else:
        lines += [f"      {visible(place)}" for place in one.places]
    hints = [f"怎么改：{standard.fix}"] if standard.fix else []
    if standard.points:
        hints.append(_DEDUCTIONS[standard.per].format(points=standard.points))
    return [*lines, *(["      " + "；".join(hints)] if hints else [])]


def _sum(judged: Sequence[Judged]) -> str:
    vetoed = [
        one.standard.title for one in judged if one.verdict is Verdict.NOT_MET and one.standard.id.startswith("veto.")
    ]
    veto = f"单项否决没过：{'、'.join(vetoed)}。" if vetoed else "能判断的单项否决都过了。"
    total = sum(one.deduction for one in judged)
    how = f"抽 {SAMPLED} 项指南、{SAMPLED} 个页面，能判断的约扣 {total:.1f} 分"
    return f"{veto}{how}（估算：分值照各地通报估计，以当年的检查通知为准）。"


def as_json(name: str, judged: Sequence[Judged], *, broken: bool) -> str:
    """Return the report as one JSON object."""
    return dumped(
        {
            "site": name,
            "pages_made": not broken,
            "deduction": round(sum(one.deduction for one in judged), 1),
            "rules": [_object(one) for one in judged],
        }
    )


def _object(one: Judged) -> dict[str, object]:
    standard = one.standard
    return {
        "id": standard.id,
        "section": standard.section.value,
        "title": standard.title,
        "source": standard.source,
        "verdict": one.verdict.value,
        "says": one.says,
        "count": len(one.places),
        "of": one.of,
        "places": [visible(place) for place in one.places[:MOST]],
        "fix": standard.fix,
        "points": standard.points,
        "per": standard.per.value,
        "deduction": round(one.deduction, 2),
    }
