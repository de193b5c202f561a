"""One slip of an editor, one message, with what to write."""

from __future__ import annotations

import pytest
from checks_world import BASE

from builder.checks import check_site
from builder.content.settings import Settings
from builder.content.site import collect
from builder.loading import load_file
from builder.support.diagnostics import Finding

FILE = "content/items/xincheng/dibao.yaml"
ITEM = """\
name: 最低生活保障审核确认
title: 申请低保
department: laobaosuo
topics: [shebao]
places: [dating]
eligibility:
  - 户口在本镇
materials:
  - ref: id-card
    form: 原件
  - name: 收入证明
    form: 原件
steps:
  - id: shouli
    actor: 窗口
    do: 收材料
  - id: shenhe
    actor: 民政办
    do: 审核
    question: 符合条件吗？
    branches:
      - {when: 符合, to: fafang}
      - {when: 不符合, to: end, text: 书面告知}
  - id: fafang
    actor: 民政办
    do: 发放
time: 30个工作日
fees: 无
phones: 022-65775272
legal:
  - {law: shehui-jiuzhu, article: 第九条}
"""
COMPANIONS = {
    **BASE,
    "content/topics.yaml": "shebao: 社会保障\nyanglao: 养老\n",
    "content/places/dating.yaml": "name: 便民服务大厅\nkind: 办事大厅\n",
    "content/materials.yaml": "id-card: 居民身份证\n",
    "content/laws.yaml": "shehui-jiuzhu: {title: 社会救助暂行办法}\n",
}


def found(text: str) -> list[Finding]:
    files = [load_file(file, content.encode()) for file, content in sorted({**COMPANIONS, FILE: text}.items())]
    site = collect(Settings(name="测试"), files)
    return [*(finding for file in files for finding in file.findings), *check_site(site)]


def test_without_a_slip_nothing_is_found() -> None:
    assert found(ITEM) == []


@pytest.mark.parametrize(
    ("written", "slip", "code", "hint"),
    [
        # other words for a field
        ("materials:", "材料:", "S101", "“材料”要写成 materials（要带的材料）"),
        ("materials:", "material:", "S101", "是不是想写“materials”？"),
        ("materials:", "documents:", "S101", "“documents”要写成 materials（要带的材料）"),
        ("department:", "部门:", "S101", "“部门”要写成 department（承办单位）"),
        ("department:", "dept:", "S101", "“dept”要写成 department（承办单位）"),
        ("eligibility:", "条件:", "S101", "“条件”要写成 eligibility（谁能办）"),
        ("eligibility:", "conditions:", "S101", "“conditions”要写成 eligibility（谁能办）"),
        ("legal:", "laws:", "S101", "“laws”要写成 legal（办理依据）"),
        ("legal:", "依据:", "S101", "“依据”要写成 legal（办理依据）"),
        ("phones:", "tel:", "S101", "“tel”要写成 phones（咨询电话）"),
        ("time:", "limit:", "S101", "“limit”要写成 time（办理时限）"),
        ("name: 最低", "名字: 最低", "S101", "“名字”要写成 name（事项名称）"),
        ("name: 最低", "Name: 最低", "S101", "是不是想写“name”？"),
        ("    actor: 民政办\n    do: 审核", "    who: 民政办\n    do: 审核", "S101", "“who”要写成 actor（谁来做）"),
        ("    do: 发放", "    action: 发放", "S101", "“action”要写成 do（做什么）"),
        ("    do: 发放", "    做什么: 发放", "S101", "“做什么”要写成 do（做什么）"),
        ("  - ref: id-card\n    form: 原件", "  - 任选其一: [id-card, 护照]", "S101", "“任选其一”要写成 any_of（任选其一）"),
        ("law: shehui-jiuzhu", "name: 社会救助暂行办法", "S101", "“name”要写成 text（文件名称）"),
        # a field of which nobody knows what it means, in the place of one that must be there
        ("    do: 发放", "    xyz: 发放", "S101", "缺少的是 do（做什么）；全部字段见 docs/fields.md"),
        ("fees: 无", "fees: 无\nxyz: 1\nabc: 2", "S101", "全部字段见 docs/fields.md"),
        # what is asked in several lines
        ("  - id: fafang\n    actor: 民政办\n    do: 发放", "  - id: fafang\n    actor: 民政办\n    do: 发放\n  - 归档", "S103",
         "写成 {actor: 谁来做, do: 做什么}"),
        ("      - {when: 符合, to: fafang}\n      - {when: 不符合, to: end, text: 书面告知}", "      符合: fafang\n      不符合: end", "S101",
         "一条一行：“- {when: 符合, to: fafang}”“- {when: 不符合, to: end}”"),
        ("fees: 无", "fees: 无\nvariants:\n  danren:\n    name: 单人户", "S101",
         "“danren:”这一行改成“- id: danren”，它下面的字段和 id 对齐"),
        ("fees: 无", "fees: 无\nvariants:\n  - name: 单人户", "S102", "加一行“id: dan-ren-hu”"),
        ("  - ref: id-card\n    form: 原件", "  - any_of:\n  - ref: id-card", "S102",
         "写上内容；内容在下面几行的，那几行行首要比这一行多空 2 格"),
        ("fees: 无", "fees: 0", "S103", "不收费的，改成 无"),
        ("form: 原件\nsteps", "form: orginal\nsteps", "S108", "改成 原件"),
        ("fees: 无", "fees: 无\nstatus: Active", "S108", "改成 在办"),
        # several in one, other brackets
        ("places: [dating]", "places: 【dating】", "R201", "是不是想写“dating”？"),
        ("topics: [shebao]", "topics: [shebao、yanglao]", "R201", "一条只写一个，拆成2条：shebao、yanglao"),
        ("topics: [shebao]", "topics: shebao；yanglao", "R201", "改成 [shebao, yanglao]"),
        # an entry without its hyphen
        ("  - name: 收入证明", "    name: 收入证明", "Y044",
         "第 11 行起是另一条的，那一行改成“- name: 收入证明”，和上一条的“- ”对齐；是同一条的，只留一处"),
        ("  - id: fafang", "    id: fafang", "Y044",
         "第 24 行起是另一条的，那一行改成“- id: fafang”，和上一条的“- ”对齐；是同一条的，只留一处"),
        # a list on one line, a text with fields below it, a note with other marks
        ("eligibility:\n  - 户口在本镇", "eligibility: - 户口在本镇", "Y025", "改成：eligibility: ⏎   - 户口在本镇"),
        ("  - ref: id-card", "  - 身份证", "Y030", "改成：- name: 身份证"),
        ("places: [dating]", "places:\n  - dating\n    window: 3号窗口", "Y030",
         "是材料的写成“- ref: dating”，是地点的写成“- place: dating”"),
        ("fees: 无", "// 不收费\nfees: 无", "Y030", "备注以“#”开头，改成：# 不收费"),
        ("  - ref: id-card\n    form: 原件", "  - any_of: 身份证或护照", "S104", "改成 [身份证, 护照]"),
        ("fees: 无", "fees: 无\nvisibility: 不公开", "S108", "只能从这些里选：公开（public）、内部（staff）"),
        # colons and spaces
        ("materials:", "materials", "Y021", "改成：materials:"),
        ("fees: 无", "fees 无", "Y021", "改成：fees: 无"),
        ("fees: 无", "fees=无", "Y021", "改成：fees: 无"),
        ("fees: 无", "fees；无", "Y021", "改成：fees: 无"),
        ("    do: 发放", "    do 发放", "Y021", "改成：do: 发放"),
        ("time: 30", "  time: 30", "Y023", "删掉 2 个空格"),
        ("steps:", "  steps:", "Y023", "删掉 2 个空格"),
        ("    form: 原件\n  - name", "  form: 原件\n  - name", "Y023", "增加 2 个空格"),
        ("    form: 原件\n  - name", "     form: 原件\n  - name", "Y023", "删掉 1 个空格"),
        ("    form: 原件\n  - name", "\tform: 原件\n  - name", "Y022", "删掉标出的空白，改成 2 个空格"),
        ("title: 申请低保", "title: “申请低保”", "Y052", "改成：title: 申请低保"),
    ],
)  # fmt: skip
def test_one_slip_is_one_message(written: str, slip: str, code: str, hint: str) -> None:
    assert ITEM.count(written) == 1

    assert [(finding.code, finding.hint) for finding in found(ITEM.replace(written, slip))] == [(code, hint)]


@pytest.mark.parametrize(
    ("file", "text", "code", "hint"),
    [
        ("content/places/dating.yaml", "name: 大厅\nkind: 办事大厅\ntime: 周一至周五\n", "S101", "“time”要写成 hours（办公时间）"),
        ("content/places/dating.yaml", "name: 大厅\nkind: 大厅\n", "S108", "改成 办事大厅"),
        ("content/departments/laobaosuo.yaml", "name: 劳保所\n办公电话: 12345\n", "S101", "“办公电话”要写成 phones（电话）"),
        ("content/departments/laobaosuo.yaml", "name: 劳保所\nwebsite: www.qj.gov.cn\n", "S105",
         "网址要写全，改成 https://www.qj.gov.cn；只有 http 的，写 http://"),
        ("content/topics.yaml", "- shebao: 社会保障\n- yanglao: 养老\n", "Y046", "删掉各行行首的“- ”，字段名写在行首"),
        ("content/areas.yaml", "- id: xincheng\n  name: 新城镇\n  level: 乡镇街道\n", "Y046",
         "“- id: xincheng”改成“xincheng:”，它下面的字段多空 2 格"),
        ("content/laws.yaml", "shehui-jiuzhu: {name: 社会救助暂行办法}\n", "S101", "“name”要写成 title（名称）"),
    ],
)  # fmt: skip
def test_one_slip_in_another_file_is_one_message(file: str, text: str, code: str, hint: str) -> None:
    files = {**COMPANIONS, FILE: ITEM, file: text}
    parsed = [load_file(path, content.encode()) for path, content in sorted(files.items())]
    site = collect(Settings(name="测试"), parsed)
    told = [*(finding for one in parsed for finding in one.findings), *check_site(site)]

    assert [(finding.file, finding.code, finding.hint) for finding in told] == [(file, code, hint)]


def test_a_file_twice_is_told_once() -> None:
    again = FILE.replace(".yaml", ".md")
    files = {**COMPANIONS, FILE: ITEM, again: f"---\n{ITEM}---\n正文\n"}
    site = collect(Settings(name="测试"), [load_file(path, text.encode()) for path, text in sorted(files.items())])

    assert [finding.code for finding in check_site(site)] == ["R202"]


def test_a_key_of_two_places_stays_where_it_can_stand() -> None:
    """A case has time limits, too."""
    text = f"{ITEM}variants:\n  - id: danren\n    name: 单人户\n  time: 20个工作日\n"

    assert [(finding.code, finding.hint) for finding in found(text)] == [("Y023", "增加 2 个空格")]
