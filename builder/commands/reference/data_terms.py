"""The page on open data: which field goes where, for those who read the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.commands.reference.schema import record_name
from builder.content.fields import Choice, Record, declared
from builder.content.model.companions import Audience, Topic
from builder.content.model.events import Event, EventOption
from builder.content.model.item import Item
from builder.open_data.event_record import LIFE_EVENT
from builder.open_data.public_record import NAME, SERVICE, TOLD
from builder.open_data.terms import MEANINGS, OWN, PREFIXES, Meaning

HEADER = f"""\
# 开放数据

网站的 `data/` 里有公开事项的数据：`items.json`（JSON-LD，一项一条）、`items.csv`、`items-materials.csv`、`items-steps.csv`，
每个事项另有 `items/<编号>.json`。一件事在 `events.json`（JSON-LD）和 `events.csv`（里面的事项一项一行），每一件事另有 `events/<编号>.json`。超过 500 个事项的网站，一个地区一套，在 `data/areas/` 里，一件事在 `data/areas/events/` 里。`build.py export --to json`、`--to csv` 导出同样的内容，不含一件事。
草稿、内部事项、内部步骤、标着“不会公开”的字段都不在里面。site.yaml 写 `open_data: 否` 就不做。

没有的字段是不知道。写明没有的，字段名列在 `none` 里；用不着的，列在 `not_applicable` 里。选项用英文值，见最后。金额是数；一段金额是
`{{"from": 20, "to": 40}}`，上限是 `{{"at_most": 300}}`。指到别的记录的，写它的编号和名称。

“术语”是 [CPSV-AP 3.2](https://semiceu.github.io/CPSV-AP/releases/3.2.0/) 和它用的词表里的；空着的没有合适的术语，用自己的名称空间 `{OWN}`。
`data/context.json` 写着全部对应，JSON-LD 的程序会自己读。

一件事是 CPSV-AP 的 `cv:LifeEvent`（个人的）或 `cv:BusinessEvent`（企业的，`content/lives.yaml` 里写 `business: 是`）。`items` 按先后排，
暂停和取消的事项不在里面：`item` 是事项，`case` 是哪种情形，`if` 是谁才办，每条写一个问题和选了就要办的答案，几条都满足才办；`people` 写指南里的谁
是这里的谁。`groups` 把这些事项再列一遍，给读 CPSV-AP 的程序：术语前面有 `^` 的，说的是那一个，每个事项 `cv:isGroupedBy` 这件事。记录的
`@id` 是网页，`sheet` 是一次性告知单，答案里的 `sheet` 是那个答案的告知单。

本页由 `uv run build.py reference` 写成，不要直接修改。
"""
_BESIDE: Mapping[type[Record], Mapping[str, str]] = {
    Item: {
        "id": "事项编号",
        "area": "地区",
        "modified": "更新日期",
        "processing_time": "办理时限，ISO 8601（如 P30D）；按工作日算的没有",
    },
    Event: {
        "id": "编号",
        "modified": "更新日期",
        "sheet": "告知单的网址",
        "groups": "里面有哪些事项",
    },
    EventOption: {"sheet": "告知单的网址"},
}
_TYPES: Mapping[type[Record], str] = {Item: SERVICE, Event: LIFE_EVENT}


def data_page() -> str:
    """Return the page as Markdown."""
    records = list(_records())
    sections = [HEADER, *("\n".join(_section(record)) for record in records)]
    return "\n".join((*sections, *_vocabularies(), *_choices(records)))


def _records() -> Iterator[type[Record]]:
    """Yield every type of record that can stand in the files, the item first."""
    waiting: list[type[Record]] = [Item, *TOLD, Topic, Audience, Event]
    seen = set(waiting)
    for record in waiting:  # grows on the way
        yield record
        for field in declared(record).values() if record not in (*TOLD, Topic, Audience) else ():
            waiting += [inner for inner in field.records if not field.for_editors and inner not in seen]
            seen.update(field.records)


def _section(record: type[Record]) -> Iterator[str]:
    name = _TYPES.get(record, record.__name__)
    meaning = MEANINGS.get(name, Meaning("", {}))
    yield f"## {record_name(record.__doc__ or '')} `{name}`\n"
    if meaning.type:
        yield f"术语：`{meaning.type}`\n"
    yield "| 字段 | 名称 | 术语 |"
    yield "|---|---|---|"
    labels = {
        key: field.label for key, field in declared(record).items() if not field.for_editors and key != "visibility"
    }
    told = TOLD.get(record, NAME) if record in (*TOLD, Topic, Audience) else ()
    if told:
        labels = {"id": "编号", **{key: labels[key] for key in told}}
    for key, label in {**_BESIDE.get(record, {}), **labels}.items():
        term = meaning.keys.get(key, "")
        yield f"| `{key}` | {label} | {f'`{term}`' if term else ''} |"
    yield ""


def _vocabularies() -> Iterator[str]:
    yield "## 词表\n\n| 前缀 | 词表 |\n|---|---|"
    yield from (f"| `{prefix}` | {address} |" for prefix, address in PREFIXES.items())
    yield ""


def _choices(records: list[type[Record]]) -> Iterator[str]:
    found: dict[type[Choice], list[str]] = {}
    for record in records:
        for key, field in declared(record).items():
            for choice in field.choice_types if key in TOLD.get(record, (key,)) and key != "visibility" else ():
                found.setdefault(choice, []).append(key)
    yield "## 选项\n\n| 字段 | 值 |\n|---|---|"
    for choice, keys in found.items():
        values = "、".join(f"`{member.value}` {member.label}" for member in choice)
        yield f"| {'、'.join(f'`{key}`' for key in dict.fromkeys(keys))} | {values} |"
    yield ""
