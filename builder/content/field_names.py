"""Which field a key means that no record knows: editors write Chinese labels, other words, and slips of the finger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.support.diagnostics import near

MIN_LIKENESS = 0.7  # of a slip to the name of a field; `laws` is as like to `places` as 0.6

# Words that editors use for a field, most of them from other programs and from the headings of guides. Of several
# fields the first that the record has is meant.
_EVERYDAY = {
    "名字": ("name", "title"),
    "标题": ("title", "name"),
    "事项": ("name",),
    "简介": ("summary",),
    "概述": ("summary",),
    "desc": ("summary", "note"),
    "description": ("summary", "note"),
    "部门": ("department", "unit"),
    "单位": ("department", "unit"),
    "dept": ("department",),
    "科室": ("offices",),
    "对象": ("audiences",),
    "主题": ("topics",),
    "分类": ("topics",),
    "category": ("topics",),
    "条件": ("eligibility",),
    "condition": ("eligibility", "when"),
    "conditions": ("eligibility",),
    "requirements": ("eligibility",),
    "document": ("materials",),
    "documents": ("materials",),
    "材料清单": ("materials",),
    "流程": ("steps",),
    "程序": ("steps",),
    "process": ("steps",),
    "procedure": ("steps",),
    "依据": ("legal", "basis"),
    "法律": ("legal",),
    "law": ("legal",),
    "laws": ("legal",),
    "basis": ("legal",),
    "时间": ("hours", "time"),
    "time": ("hours",),
    "期限": ("time", "limit"),
    "limit": ("time",),
    "deadline": ("time", "limit"),
    "duration": ("time", "limit"),
    "费用": ("fees",),
    "cost": ("fees",),
    "charge": ("fees",),
    "price": ("fees", "amount"),
    "金额": ("amount",),
    "contact": ("phones",),
    "tel": ("phones",),
    "telephone": ("phones",),
    "地点": ("places", "place"),
    "地址": ("address", "places"),
    "address": ("places",),
    "location": ("places", "place"),
    "who": ("actor",),
    "role": ("actor",),
    "谁": ("actor",),
    "action": ("do",),
    "what": ("do",),
    "内容": ("do", "text"),
    "if": ("when",),
    "case": ("when",),
    "情况": ("when",),
    "then": ("to",),
    "goto": ("to",),
    "target": ("to",),
    "question": ("q",),
    "answer": ("a",),
    "问题": ("q", "question"),
    "回答": ("a",),
    "答案": ("a",),
    "count": ("copies",),
    "number": ("copies",),
    "数量": ("copies",),
    "remark": ("note",),
    "备注": ("note",),
    "comment": ("note",),
    "name": ("text", "title", "ref"),
    "title": ("name",),
    "legal": ("statutory",),
    "promise": ("promised",),
}


def field_meant(key: str, fields: Mapping[str, str]) -> str:
    """Return which of `fields`, given with their Chinese labels, the unknown key `key` most likely means, or ""."""
    return next(_meant(key, fields), "")


def _meant(key: str, fields: Mapping[str, str]) -> Iterator[str]:
    yield from (name for name, label in fields.items() if label == key or name == key.lower())
    yield from (name for name in _EVERYDAY.get(key.strip().lower(), ()) if name in fields)
    if len(key) > 1:
        yield from (name for name, label in fields.items() if label.endswith(key))
        yield from (name for name, label in fields.items() if key in label)
        yield from (name for name, label in fields.items() if len(label) > 1 and key.endswith(label))
    if name := near(key.lower(), fields, MIN_LIKENESS):
        yield name
