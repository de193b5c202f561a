"""``build.py new NAME --event ITEM…``: writes the file of a new event (一件事), whole with what is known, and hints for the rest."""

from __future__ import annotations

import os
from collections.abc import Sequence

from builder.checks.reference_hints import ReferenceHints
from builder.commands import Refused
from builder.content.model.events import Life
from builder.content.model.item import Item
from builder.content.model.kinds import BY_RECORD
from builder.content.names import check_name, pinyin_id
from builder.content.site import Site
from builder.project import Project

FOLDER = "content/events"
SCHEMA = "docs/schema/event.json"

HEADER = """\
## 两个“#”开头的行是提示；一个“#”开头的行是例子，要用时去掉“#”，改成真实的内容。
## 写好以后，这些行都删掉。怎么写，见编辑手册“一件事”。
"""
MORE = """\

## 一句话说明，写在列表里
#summary: 先登记失业，再领失业金，有困难的还能领补贴

## 时限里说“某某之日起”的某某；写了，页面上能填是哪天，算出最后一天
#starts: [离职]

## 材料是谁的，分不清就写上有哪些人
#people: [本人, 来办的家属]

## 先问什么：第一个最要紧，页面照它的答案分段。答案单看也要看得懂
#questions:
#  - id: hukou
#    ask: 您的户口在哪里？
#    why: 材料、窗口不一样
#    options:
#      - {id: bendi, text: 本地户口}
#      - {id: waidi, text: 外地户口}
"""


def new_event(project: Project, site: Site, name: str, steps: Sequence[str], *, id: str | None = None) -> str:
    """Write the file of a new event after what happened, called `name` or by its id, with the items `steps`.

    Return its path relative to the site. Raises `Refused`.
    """
    life = _life(site, name.strip())
    areas = {_area(site, step) for step in steps}
    if len(areas) > 1:
        names = "、".join(site.area_name(area) or area for area in sorted(areas))
        raise Refused(f"这几个事项是几个地区的：{names}", "一件事只写一个地区的事项，各地区各写一个")
    if len(set(steps)) < 2:
        raise Refused("一个事项不用写成“一件事”", "写上两个以上的事项编号，先办的在前")
    area = areas.pop()
    event = id or f"{area}-{life}"
    file = f"{FOLDER}/{event}.yaml"
    for finding in check_name(file, event):
        raise Refused(finding.says, finding.hint)
    if site.card(event):
        raise Refused(f"“{event}”已经是一个事项的编号", f"换一个编号，如 --id {area}-{life}-shi")
    os.makedirs(project.root / FOLDER, exist_ok=True)
    try:
        with open(project.root / file, "x", encoding="utf-8", newline="\n") as written:
            written.write(_text(life, area, steps, site, schema=(project.root / SCHEMA).is_file()))
    except FileExistsError:
        raise Refused(f"已经有 {file} 了，没有覆盖它", f"换一个编号，如 --id {event}-er") from None
    return file


def _life(site: Site, name: str) -> str:
    """Return the id of what happened. Raises `Refused`."""
    lives = {life.id: life.record.name for life in site.all(Life)}
    if found := next((id for id, called in lives.items() if name in (id, called)), ""):
        return found
    listed = f"已经有的：{'、'.join(f'{id}（{called}）' for id, called in lives.items())}。" if lives else ""
    hint = (
        f"{listed}没有合适的，先在 content/lives.yaml 里加一行：{pinyin_id(name)}: {{name: {name}, say: [群众怎么说]}}"
    )
    raise Refused(f"content/lives.yaml 里没有“{name}”这件大事", hint)


def _area(site: Site, step: str) -> str:
    if card := site.card(step):
        return card.area
    says, hint = ReferenceHints(site).message(BY_RECORD[Item].name, step, several=False)
    raise Refused(says, hint)


def _text(life: str, area: str, steps: Sequence[str], site: Site, *, schema: bool) -> str:
    titles = {step: card.title for step in steps if (card := site.card(step))}
    lines = (
        [f"# yaml-language-server: $schema={os.path.relpath(SCHEMA, FOLDER).replace(os.sep, '/')}\n"] if schema else []
    )
    lines += [HEADER, f"\nlife: {life}\narea: {area}\n", MORE]
    lines.append("\n## 先办的在前。有的人才办的，写 if；办完哪个才能办的，写 after；可办可不办的，写 maybe: 是\n")
    lines += ["items:\n", *(f"  - {step}   ## {titles[step]}\n" for step in dict.fromkeys(steps))]
    lines.append(f"#  - {{item: {steps[-1]}, if: [hukou=bendi], after: [{steps[0]}], note: 带上回执}}\n")
    lines.append("\n## 只能领一种的\n#only_one: [" + ", ".join(dict.fromkeys(steps)) + "]\n")
    lines.append("\n## 别的单位办的，资料里写了才写\n#outside:\n#  - {do: 注销户口, where: 户口所在地派出所}\n")
    return "".join(lines)
