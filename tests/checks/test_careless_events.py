"""One slip of an editor in the file of an event (一件事), one message in its line, with what to write."""

from __future__ import annotations

import pytest
from checks_world import BASE, between_records, filed

from builder.content.settings import Settings
from builder.content.site import collect
from builder.loading import load_file
from builder.report.located import located

FILE = "content/events/xincheng-shenhou.yaml"
EVENT = """\
life: shenhou
area: xincheng
people: [去世的人, 继承人]
questions:
  - id: can
    ask: 有残疾人证吗？
    options:
      - {id: you, text: 有残疾人证}
      - {id: mei, text: 没有残疾人证}
items:
  - sangzangfei
  - {item: qingsuan, people: [本人=去世的人], after: [sangzangfei]}
  - {item: canjirenzheng, case: zhuxiao, if: [can=you]}
"""
OTHERS = {
    **BASE,
    "content/lives.yaml": "shenhou: {name: 家里有人去世, say: 老人去世}\n",
    "content/items/xincheng/sangzangfei.yaml": filed("materials: [死亡证明]\n", "丧葬费申领"),
    "content/items/xincheng/qingsuan.yaml": filed("materials: [{name: 遗嘱, when: 有遗嘱的}]\n", "养老待遇清算"),
    "content/items/xincheng/canjirenzheng.yaml": filed(
        "variants: [{id: zhuxiao, name: 注销}, {id: shenling, name: 申领}]\n", "残疾人证"
    ),
}


def told(text: str) -> list[tuple[int, str, str]]:
    """Return the line, the code and the hint of all that is found where the event is `text`."""
    files = {name: content.encode() for name, content in sorted({**OTHERS, FILE: text}.items())}
    loaded = [load_file(name, data) for name, data in files.items()]
    of_files = [one for file in loaded for one in file.findings]
    found = of_files + between_records(collect(Settings(name="测试"), loaded))
    return [(one.position.line, one.finding.code, one.finding.hint) for one in located(found, files.__getitem__)]


SLIPS = [
    # what is right, what is written instead, the line, the code, and what the hint says
    ("life: shenhou", "life：shenhou", 1, "Y020", "改成：life: shenhou"),
    ("life: shenhou", "是什么事: shenhou", 1, "S101", "“是什么事”要写成 life（是什么事）"),
    ("life: shenhou", "title: 老人去世\nlife: shenhou", 1, "S101", "“title”要写成 name（名称）"),
    ("life: shenhou", "life: 家里有人去世", 1, "R201", "改成 shenhou"),
    ("life: shenhou\n", "", 1, "S102", "加一行“life: …”"),
    ("area: xincheng", "area: 新城镇", 2, "R201", "是不是想写“xincheng”（天津市滨海新区新城镇）？"),
    ("[去世的人, 继承人]", "{qu: 去世的人, ji: 继承人}", 3, "S103", "写成一张单子：[去世的人, 继承人]"),
    ("[去世的人, 继承人]", "去世的人、继承人", 12, "E604", "这件事的 people 里，一条写一个人：[去世的人, 继承人]"),
    ("  - id: can", "\t- id: can", 5, "Y022", "删掉标出的空白，改成 2 个空格"),
    ("  - id: can\n", "  can:\n", 5, "S101", "“can:”这一行改成“- id: can”，它下面的字段和 id 对齐"),
    ("有残疾人证吗？", "有证吗: 残疾人证", 6, "Y026", '改成：ask: "有证吗: 残疾人证"'),
    ("{id: you, text: 有残疾人证}", "有残疾人证", 8, "S103", "写成 {id: 编号, text: 答案}"),
    ("{id: you, text: 有残疾人证}", "{text: 有残疾人证}", 8, "S102", "加一行“id: …”"),
    ("{id: you, text: 有残疾人证}", "是", 8, "S103", "写成 {id: 编号, text: 答案}"),
    ("{id: you,", "{id: 有,", 8, "S105", "编号用小写英文字母、数字和短横线，改成 you"),
    ("text: 有残疾人证}", "text: 有残疾人证, holds: 有遗嘱}", 8, "E604", "是不是想写“有遗嘱的”？"),
    ("      - {id: mei, text: 没有残疾人证}\n", "", 8, "S104", "再写几条；只有一条时，换一种写法"),
    ("items:\n", "item:\n", 10, "S101", "是不是想写“items”？"),
    ("items:\n", "only_one: [[sangzangfei, qingsuan]]\nitems:\n", 10, "S103", "方括号只要一层：[sangzangfei, qingsuan]"),
    ("items:\n", "starts: [去世之日起]\nitems:\n", 10, "E604", "改成 去世"),
    ("- sangzangfei", "- “sangzangfei”", 11, "Y052", "改成：- sangzangfei"),
    ("- sangzangfei", "- sangzangfei.yaml", 11, "R201", "是不是想写“sangzangfei”？"),
    ("- sangzangfei", "- content/items/xincheng/sangzangfei.yaml", 11, "R201", "是不是想写“sangzangfei”？"),
    ("- sangzangfei", "- 丧葬费申领", 11, "R201", "改成 sangzangfei"),
    ("- sangzangfei\n", "- sangzangfei\n  - sangzangfei\n", 12, "E605", "只写本地区的事项；重复的删掉一个，或用 if 分到不同的答案下。"),
    ("- sangzangfei", "- {item: sangzangfei, maybe: 可办可不办}", 11, "S108", "只能写 是 或 否"),
    ("{item: qingsuan, people", "{item: qingsuan， people", 12, "Y035", f"改成：{EVENT.splitlines()[11].strip()}"),
    ("[本人=去世的人]", "[去世的人=本人]", 12, "E604", "左右写反了，改成 本人=去世的人"),
    ("[本人=去世的人]", "{本人: 去世的人}", 12, "S108", "一对中间用等号，不用冒号；改成 [本人=去世的人]"),
    ("[本人=去世的人]", "本人→去世的人", 12, "S108", "“本人→去世的人”不是一对，中间要有等号；改成 本人=去世的人"),
    ("after: [sangzangfei]", "after: 丧葬费申领", 12, "R201", "改成 sangzangfei"),
    ("case: zhuxiao", "case: 注销", 13, "E604", "改成 zhuxiao"),
    ("case: zhuxiao", "case: zhuxioa", 13, "E604", "是不是想写“zhuxiao”？"),
    ("if: [can=you]", "if: {can: you}", 13, "S108", "一对中间用等号，不用冒号；改成 [can=you]"),
    ("if: [can=you]", "if: can:you", 13, "S108", "“can:you”不是一对，中间要有等号；改成 can=you"),
    ("if: [can=you]", "if: [can=有残疾人证]", 13, "E604", "改成 can=you"),
    ("if: [can=you]", "if: [you]", 13, "S108", "“you”不是一对，中间要有等号；如 shei=tx、本人=孩子"),
    ("if: [can=you]}", "if: [can=you]", 13, "Y031", f"改成：{EVENT.splitlines()[12].strip()}"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "written", "line", "code", "hint"), SLIPS)
def test_a_slip_is_told_once_with_what_to_write(right: str, written: str, line: int, code: str, hint: str) -> None:
    assert right in EVENT
    assert told(EVENT.replace(right, written, 1)) == [(line, code, hint)]


@pytest.mark.parametrize("written", ["if: can=you", "if: [can＝you]", "if: [can = you]"])
def test_a_pair_may_be_written_as_people_write_it(written: str) -> None:
    assert told(EVENT.replace("if: [can=you]", written)) == []
