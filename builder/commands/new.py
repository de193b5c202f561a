"""``build.py new``: writes the file of a new item, with a hint and an example for each field.

The hints are the titles and descriptions of the model. The examples are defined here.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from builder.commands import Refused
from builder.content.fields import Record
from builder.content.model.companions import Area, Department, Place
from builder.content.model.item import Item
from builder.content.names import check_name, slug, unused_id
from builder.editing import scalar
from builder.loading import load_file
from builder.project import Project
from builder.support.diagnostics import Severity, did_you_mean

SCHEMA = "docs/schema/item.json"
MAX_LISTED_IDS = 20  # a hint shows only the first three ids of a longer list

# The fields in the order of the model, each with an example. {topic} is the id of a topic of the site.
EXAMPLES = """\
title: 社保卡丢了怎么挂失

aliases:
  - 社保卡丢了
  - 医保卡挂失

summary: 社保卡丢了，先打电话挂失，再到窗口补卡。

department: {department}

topics:
  - {topic}

audiences:
  - {audience}

handling: 承诺件

eligibility:
  - 您的户口在本镇
  - any:
      - 您年满60周岁
      - 您有残疾人证

excluded:
  - 已经在别处办过的人

materials:
  - ref: {material}
    form: 复印件
    copies: 1
    pages: 正反面
  - name: 《申请表》
    form: 表格
    note: 到窗口领取

channels:
  - 窗口办理

online:
  - name: 省政务服务网
    url: https://zwfw.example.gov.cn/sbk

places:
  - place: {place}
    window: 1号窗口

visits:
  times: 1
  who: 本人

appointment:
  required: 要
  phones: 022-65775272

phones:
  - 022-65775272

time:
  promised: 10个工作日
  statutory: 20个工作日

windows:
  - 每年9月20日至9月30日

steps:
  - actor: 申请人
    do: 带材料到窗口申请
  - actor: 窗口
    do: 审核材料
    question: 材料齐全吗？
    branches:
      - when: 齐全
        to: banli
      - when: 不齐全
        to: end:returned
        document: 一次性告知单
  - id: banli
    actor: 窗口
    do: 办理并通知申请人
    limit: 10个工作日

fees: 无

benefits:
  - amount: 200
    per: 月

outputs:
  - 《社会保障卡》

legal:
  - law: {law}
    article: 第六条

faq:
  - q: 可以请别人代办吗？
    a: 可以，代办人要带自己的身份证。

checked: 2026-11-03

next_check: 2027-05-03

notes:
  - 办理时限要再问一下窗口
"""

HEADER = """\
## 两个“#”开头的行是提示。一个“#”开头的行是例子：要用时去掉行首的“#”，改成真实的内容。
## 不知道的就不写，网页上会显示“请电话确认”。
"""
DRAFT_STATUS = "## 写好后删掉下面这一行，事项就会公开；想先在浏览器里看看，用 serve --drafts。\nstatus: 草稿\n"

Records = Mapping[str, Mapping[str, Record]]  # the records that an item may refer to, by kind and id


@dataclass(frozen=True, slots=True)
class NewItem:
    """The item to create: its area, id and name."""

    area: str
    id: str
    name: str

    @property
    def folder(self) -> str:
        """The folder of its file, relative to the site."""
        return f"content/items/{self.area}"

    @property
    def file(self) -> str:
        """The path of its file, relative to the site."""
        return f"{self.folder}/{self.id}.yaml"


def new_item(project: Project, name: str, *, area: str | None = None, id: str | None = None) -> str:
    """Write the file of a new item called `name`. Return its path relative to the site. Raises `Refused`."""
    records = _load_records(project)
    used_ids = used_item_ids(project)
    area = chosen_area(project, records, area)
    id = _checked_id(id, used_ids) if id else _id_of(name, used_ids)
    item = NewItem(area, id, name.strip())
    text = skeleton(item, records, schema=(project.root / SCHEMA).is_file())
    for finding in load_file(item.file, text.encode()).findings:
        if finding.severity is Severity.ERROR:
            raise Refused(finding.says, finding.hint)
    os.makedirs(project.root / item.folder, exist_ok=True)
    try:
        with open(project.root / item.file, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"已经有 {item.file} 了，没有覆盖它", "换一个编号，如 --id shebaoka-guashi") from None
    return item.file


def skeleton(item: NewItem, records: Records, *, schema: bool) -> str:
    """Return the text of the new file. With `schema`, its first line tells code editors where the JSON Schema is."""
    parts = []
    if schema:
        parts.append(f"# yaml-language-server: $schema={os.path.relpath(SCHEMA, item.folder).replace(os.sep, '/')}\n")
    parts += [HEADER, "\n", *_hint("name"), f"name: {scalar(item.name)}\n", DRAFT_STATUS]
    for example in EXAMPLES.rstrip().split("\n\n"):
        kinds = [kind for _, kind, _, _ in Formatter().parse(example) if kind]
        choices = {kind: _choices(records.get(kind, {}), item.area) for kind in kinds}
        parts += ["\n", *_hint(example.partition(":")[0])]
        parts += [f"## 可以写：{_listed(ids)}\n" for ids in choices.values() if ids]
        filled = example.format_map({kind: next(iter(ids), "bianhao") for kind, ids in choices.items()})
        # A site with a single department needs no choice, so that field is not commented out.
        is_chosen = kinds == ["department"] and len(choices["department"]) == 1
        parts += [f"{line}\n" if is_chosen else f"#{line}\n" for line in filled.split("\n")]
    return "".join(parts)


def _hint(field: str) -> Iterator[str]:
    info = Item.model_fields[field]
    yield f"## {info.title}：{info.description}\n" if info.description else f"## {info.title}\n"


def _choices(records: Mapping[str, Record], area: str) -> dict[str, str]:
    """Return the records to which an item of `area` can refer, as id → name; those of other areas are left out."""
    return {
        id: getattr(record, "name", "") or getattr(record, "title", "")
        for id, record in records.items()
        if not isinstance(record, (Department, Place)) or record.area in (None, area)
    }


def _listed(names: Mapping[str, str]) -> str:
    entries = [f"{id}（{name}）" for id, name in names.items()]
    return "、".join(entries) if len(entries) <= MAX_LISTED_IDS else f"{'、'.join(entries[:3])}等 {len(entries)} 个"


def _load_records(project: Project) -> Records:
    records: dict[str, dict[str, Record]] = {}
    for file in project.content_files:
        if not file.startswith("content/items/"):
            parsed = load_file(file, (project.root / file).read_bytes())
            records.setdefault(parsed.kind, {}).update(parsed.records() if parsed.kind else ())
    return records


def used_item_ids(project: Project) -> set[str]:
    """Return the ids of all items of a site, in small letters."""
    files = (file for file in project.content_files if file.startswith("content/items/"))
    return {file.rpartition("/")[2].rpartition(".")[0].lower() for file in files}


def chosen_area(project: Project, records: Records, requested: str | None) -> str:
    """Return the area of new items: the requested one, the area of the site, or the only area. Raises `Refused`."""
    areas = records.get("area", {})
    names = {id: record.name for id, record in areas.items() if isinstance(record, Area)}
    used = {file.split("/")[2] for file in project.content_files if file.startswith("content/items/")}
    if requested is not None and requested not in areas:
        hint = (
            did_you_mean(requested, areas) or f"可以写：{_listed(names)}"
            if areas
            else "先在 content/areas.yaml 里写上地区"
        )
        raise Refused(f"没有编号为“{requested}”的地区", hint)
    if area := requested or project.settings.area:
        if area not in areas:
            raise Refused(f"site.yaml 的 area 写的是“{area}”，没有编号为这个的地区", f"可以写：{_listed(names)}")
        return area
    candidates = {id: name for id, name in names.items() if id in used} or names
    if not candidates:
        raise Refused("还没有地区", "先在 content/areas.yaml 里写上地区，如 xincheng: {name: 新城镇, level: 乡镇街道}")
    if len(candidates) > 1:
        hint = f"加上 --area 和地区编号，如 --area {next(iter(candidates))}。可以写：{_listed(candidates)}"
        raise Refused("网站有几个地区，不知道是给哪个地区的", hint)
    return next(iter(candidates))


def _checked_id(id: str, used_ids: Collection[str]) -> str:
    for finding in check_name(f"{id}.yaml", id):
        raise Refused(finding.says, finding.hint)
    if id in used_ids:
        raise Refused(f"编号“{id}”已经用过了，没有覆盖它", f"换一个编号，如 --id {unused_id(id, used_ids)}")
    return id


def _id_of(name: str, used_ids: Collection[str]) -> str:
    """Return an unused id made of the pinyin of `name`. Raises `Refused` if it has none."""
    if not (id := slug(name)):
        raise Refused("这个名称取不出拼音编号", "加上 --id 和编号，如 --id shebaoka-guashi")
    return unused_id(id, used_ids)
