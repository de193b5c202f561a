"""Steps of a document: who does what, how long it takes, where the way divides."""

from __future__ import annotations

import pytest
from drafted import became, drafted


@pytest.mark.parametrize(
    ("text", "actor", "do"),
    [
        ("申请人向户籍所在地乡镇人民政府提出书面申请", "申请人", "向户籍所在地乡镇人民政府提出书面申请"),
        ("社保所受理申请材料后，上报至区人社局", "社保所", "受理申请材料后，上报至区人社局"),
        ("经审查合格后，区财政局直接将补贴拨付到财政科", "区财政局", "经审查合格后，直接将补贴拨付到财政科"),
        ("经公示无异议的，由社保所报民政部门核准", "社保所", "经公示无异议的，报民政部门核准"),
        ("社区居（村）委会入户调查", "社区居（村）委会", "入户调查"),
        ("社保所经办人员对材料进行审查", "社保所经办人员", "对材料进行审查"),
        ("街道（地区）办事处民政科、社保所审核", ["街道（地区）办事处民政科", "社保所"], "审核"),
        ("社区居委会、工作站受街道办事处的委托，登记", ["社区居委会", "工作站"], "受街道办事处的委托，登记"),
        ("街劳服核对申请材料", "街劳服", "核对申请材料"),  # a name that only the site knows
        ("参保人员于参保后3个月领取社保卡", "参保人员", "于参保后3个月领取社保卡"),
    ],
)
def test_who_does_it_is_found_in_the_sentence(text: str, actor: object, do: str) -> None:
    (step,) = became("steps", text)["steps"]
    assert (step["actor"], step["do"]) == (actor, do)


@pytest.mark.parametrize(
    "text",
    [
        "失业人员在领取失业保险金期间死亡的，其直系亲属到社保所申领丧葬补助金",
        "户口所在社区领取空白灵活就业证明",
        "社保所领取证件，交相关材料给窗口",
        "社区居（村）委会提出申请",
        "区民政局审批后街道（地区）办事处打印公示表",
        "办理报销手续后30日，报销费用打入医保存折",
    ],
)
def test_nobody_is_named_where_a_sentence_may_mean_somebody_else(text: str) -> None:
    draft = drafted(steps=f"1、申请人到窗口申请\n2、窗口审核材料\n3、{text}")
    assert draft.values["steps"][2] == {"actor": "没有写明", "do": text}  # type: ignore[index]
    assert "谁来做" in draft.doubts[0].why


def test_whom_only_the_verb_tells_is_told_as_a_guess() -> None:
    draft = drafted(steps="1、受理\n2、乡民政办审核\n3、上报")
    assert draft.values["steps"] == [
        {"actor": "办理单位", "do": "受理", "kind": "受理"},
        {"actor": "乡民政办", "do": "审核", "kind": "审核"},
        {"actor": "办理单位", "do": "上报"},
    ]
    assert draft.values["notes"] == ["原文没有写谁来做的步骤：第1步写成“办理单位”；第3步写成“办理单位”，待核实。"]


def test_a_flow_in_which_hardly_anybody_is_named_is_a_text_for_residents() -> None:
    made = became("steps", "社区（村）→街道（乡镇）办理")
    assert made == {"body": "**办理流程**\n\n- 社区（村）\n- 街道（乡镇）办理\n"}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("乡镇人民政府在20日内，对家庭状况进行调查", "limit", "20日"),
        ("民政科审核材料（15个工作日内完成）", "limit", "15个工作日"),
        ("社保所张榜公示，公示时间为7个工作日", "publicity", "7个工作日"),
        ("社保所审核。审核结果告知本人", "detail", "审核结果告知本人"),
    ],
)
def test_a_step_says_how_long_it_takes(text: str, field: str, value: str) -> None:
    (step,) = became("steps", text)["steps"]
    assert step[field] == value


@pytest.mark.parametrize(
    "text",
    [
        "社保所及时上报，社区于3个工作日之内将社保卡发给本人",  # the length is that of somebody else
        "失业人员自终止劳动关系之日起60日内到社保所登记",  # until when one has to come
        "申请人30个工作日后领取社会保障卡",
    ],
)
def test_not_every_length_of_time_is_how_long_a_step_takes(text: str) -> None:
    (step,) = became("steps", text)["steps"]
    assert "limit" not in step


def test_the_way_divides_where_the_document_says_all_outcomes() -> None:
    steps = became(
        "steps",
        "第一步：申请人携带申请材料至窗口办理。\n"
        "第二步：窗口办事人员核对原件。申请材料不齐全的，申请人补齐材料继续办理。申请材料不真实的，当面退回所递材料，终止办理。"
        "材料齐全真实，留存身份证复印件。\n"
        "第三步：办事人员将材料报至区人社局审批。",
    )["steps"]
    assert steps[0]["id"] == "submit"
    assert steps[1] == {
        "actor": "窗口办事人员",
        "do": "核对原件",
        "question": "材料齐全真实吗？",
        "branches": [
            {"when": "申请材料不齐全", "to": "submit", "text": "申请人补齐材料继续办理"},
            {"when": "申请材料不真实", "to": "end:returned", "text": "当面退回所递材料，终止办理"},
            {"when": "材料齐全真实", "to": "step-3", "text": "留存身份证复印件"},
        ],
    }
    assert steps[2]["id"] == "step-3"


def test_a_refusal_ends_the_way() -> None:
    (step,) = became("steps", "社保所查验材料，对符合条件的，即时予以登记。对不符合条件的，应当说明理由")["steps"]
    assert [(one["when"], one["to"]) for one in step["branches"]] == [
        ("符合条件", "end"),
        ("不符合条件", "end:rejected"),
    ]


@pytest.mark.parametrize("text", ["窗口核对材料，齐全的予以受理", "民政科审核，不符合条件的，说明理由"])
def test_one_outcome_alone_divides_no_way(text: str) -> None:
    (step,) = became("steps", text)["steps"]
    assert "branches" not in step
    assert text.endswith(step["do"])


def test_a_heading_before_a_step_tells_what_happens_in_it() -> None:
    steps = became("steps", "1、受理：社区居（村）委会登记申请表\n2、入户：社区居委会进行入户调查")["steps"]
    assert steps[0] == {"actor": "社区居（村）委会", "do": "受理：登记申请表", "kind": "受理"}
    assert steps[1] == {"actor": "社区居委会", "do": "入户：进行入户调查"}


def test_a_long_step_has_its_first_sentence_on_top() -> None:
    long = (
        "社保所通过信息核对、入户调查、邻里访问以及信函索证等方式，核实实际情况，"
        + "将申请家庭的相关信息逐项录入系统，" * 8
        + "存档"
    )
    (step,) = became("steps", long)["steps"]
    assert len(step["do"]) <= 120
    assert f"社保所{step['do']}，{step['detail']}" == long


def test_a_long_sentence_is_divided_where_another_one_begins() -> None:
    first, second = "社保所" + "审核材料，" * 20 + "盖章", "认证表由社保所留下，录入信息，" + "上交区社保中心" * 5
    (step,) = became("steps", f"{first}；{second}。")["steps"]
    assert (step["do"], step["detail"]) == (first.removeprefix("社保所"), second)
