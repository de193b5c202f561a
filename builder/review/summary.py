"""A review in brief: one sentence, and what somebody has to do before he signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from builder.content.settings import Level
from builder.differences.comparison import Change
from builder.review.review import Review, Row

# What the sentence says of residents, by what the rule of a change says.
COUNTED: Mapping[str, str] = {
    "多要一样材料": "要多带 {n} 样材料",
    "少要一样材料": "可以少带 {n} 样材料",
    "多一个条件": "多 {n} 个条件",
    "办得慢了": "{n} 件事办得慢了",
    "办得快了": "{n} 件事办得快了",
    "多收一样钱": "多 {n} 样收费",
    "收费高了": "{n} 样收费高了",
    "不再办了": "{n} 件事不再办了",
    "撤下一份指南": "撤下 {n} 份指南",
    "新增一份指南": "新增 {n} 份指南",
}

# What has to be looked after, by the last key of the field, or by the kind of record with which it begins.
TO_DO: Mapping[str, str] = {
    "phones": "打一遍电话，是这里接，报的单位也对",
    "number": "打一遍电话，是这里接，报的单位也对",
    "address": "和现场核对地址，地图上找得到",
    "hours": "和窗口核对办公时间",
    "places": "和窗口核对在哪里办",
    "place": "和窗口核对在哪里办",
    "window": "和窗口核对是哪个窗口",
    "materials": "对照文件，一样一样核对材料；问一遍窗口真的要不要",
    "eligibility": "对照文件核对条件",
    "excluded": "对照文件核对谁不能办",
    "fees": "对照收费目录核对收费",
    "time": "对照文件核对时限",
    "windows": "对照今年的通知核对申报时间",
    "benefits": "对照文件核对标准",
    "steps": "和经办人走一遍步骤，看流程图",
    "legal": "查一遍依据还有没有效",
    "law": "查一遍依据还有没有效",
    "item": "从头到尾读一遍这份指南",
    "status": "大厅的牌子、别处的链接也要改",
    "url": "点一遍网址",
    "online": "点一遍网上的入口",
}


def sentence_of(review: Review) -> str:
    """Return what changed in one sentence."""
    if not review.rows:
        return _with_findings("给群众看的内容没有变", review)
    own = {row.file: row.subject for row in review.rows}
    items = sum(file.startswith("content/items/") for file in own)
    others = len(own) - items
    parts = [
        "、".join(
            filter(None, (f"改了 {items} 个事项" if items else "", f"{others} 处几个事项共用的内容" if others else ""))
        )
    ]
    parts[0] = parts[0] if items else f"改了 {parts[0]}"
    if (reached := len(review.items)) > items:
        parts.append(f"一共牵连 {reached} 份指南")
    counted = Counter(row.says for row in review.rows)
    parts += [words.format(n=counted[says]) for says, words in COUNTED.items() if counted[says]]
    if review.papers:
        parts.append(f"{len(review.papers)} 处贴出去的纸要重印或撤下")
    return _with_findings("；".join(parts), review)


def _with_findings(text: str, review: Review) -> str:
    found = f"带来 {len(review.findings)} 处检查问题" if review.findings else "没有带来新的检查问题"
    return f"{text}；{found}。"


def counts_of(review: Review) -> Mapping[Level, int]:
    """Return the number of changes of each level that occurs, the gravest first."""
    return {level: len(rows) for level in Level if (rows := review.of_level(level))}


def to_do(review: Review) -> list[str]:
    """Return what has to be looked after before somebody signs, each thing once."""
    return list(dict.fromkeys(_to_do(review)))


def _to_do(review: Review) -> Iterator[str]:
    for row in review.rows:
        if row.level is not Level.GREY and (text := _for_row(row)):
            where = (
                row.subject if row.subject.startswith(("单位", "地点", "法规", "材料", "网站")) else f"“{row.subject}”"
            )
            yield f"{where}：{text}"
    if review.papers:
        yield "换下要重印的纸（清单在“纸”一栏）"
    if review.addresses.gone or review.addresses.dead:
        yield "没有了的、搬走的网址，在 content/moved.yaml 里各写一行（check 会给出写法）"
    if review.addresses.gone or review.addresses.moved or review.addresses.withdrawn:
        yield "别的网站链到这些网址的，通知改；按规定要报备的报备"
    if review.findings:
        yield "看一遍这次改动带来的检查问题"


def _for_row(row: Row) -> str:
    if row.field[0] == "item" and row.change is Change.REMOVED:
        return TO_DO["status"]
    found = (TO_DO.get(key, "") for key in (row.field[-1], *row.field))
    return next(filter(None, found), "")
