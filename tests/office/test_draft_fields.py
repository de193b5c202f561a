"""Other fields of a document: read by the readers of the model, and kept word by word where these refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from drafted import became, drafted, small_site, source_item

from builder.office.drafts.drafting import make_draft
from builder.office.drafts.site_library import Library


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("time_limit", "即时办理。", {"time": {"promised": "即时办理"}}),
        ("time_limit", "6个工作日内完成", {"time": {"promised": "6个工作日"}}),
        ("time_limit", "15日内", {"time": {"promised": "15日"}}),
        ("time_limit", "1-3天", {"time": {"promised": "1-3天"}}),
        ("time_limit", "自受理之日起20个工作日内办结", {"time": {"promised": "20个工作日", "starts": "受理之日起"}}),
        ("time_limit", "法定时限20个工作日，承诺时限5个工作日", {"time": {"promised": "5个工作日", "statutory": "20个工作日"}}),
        ("time_limit", "即时办理，每周一次", {"time": {"promised": "即时办理", "note": "每周一次"}}),
        ("time_limit", "视具体情况（一般3-5个工作日）", {"time": {"note": "视具体情况（一般3-5个工作日）"}}),
        ("time_limit", "每年第一季度办理", {"windows": "每年第一季度"}),
        ("time_limit", "每月5日至20日", {"windows": "每月5日至20日"}),
        ("hours", "工作日上午:08:30－11:30", {"hours": "工作日上午：08:30－11:30"}),
        ("hours", "每月20日前", {"windows": "每月20日前"}),
        ("hours", "每周一", {"hours": "每周一"}),
        ("windows", "招用之日起30日内", {"windows": "招用之日起30日内"}),
        ("fee", "不收费", {"fees": "无"}),
        ("fee", "9元/对", {"fees": [{"amount": "9", "per": "对"}]}),
        ("fee", "工本费每证10元", {"fees": [{"amount": "10", "name": "工本费", "per": "证"}]}),
        ("fee", "不超过300元", {"fees": [{"amount": "不超过300"}]}),
        ("fee", "户口簿6元/本，准迁证4元/张",
         {"fees": [{"amount": "6", "name": "户口簿", "per": "本"}, {"amount": "4", "name": "准迁证", "per": "张"}]}),
        ("fee", "首次免费，补领、换领每证20元",
         {"fees": [{"amount": "20", "per": "证", "when": "补领、换领的", "first_free": "是"}]}),
        ("fee", "按建筑面积收取：100平方米以下50元，100-500平方米80元，500平方米以上120元",
         {"fees": [{"of": "建筑面积", "bands": [
             {"to": "100平方米", "amount": "50"}, {"to": "500平方米", "amount": "80"}, {"amount": "120"}]}]}),
        ("audience", "企业、自然人", {"audiences": ["danwei", "geren"]}),
        ("department", "清江镇党群服务中心", {"department": "dangqun"}),
        ("place", "清江镇便民服务大厅3号窗口", {"places": [{"place": "dating", "window": "3号窗口"}]}),
        ("place", "中心街1号", {"places": "dating"}),
        ("phones", "65775272", {"phones": ["022-65775272"]}),  # the site knows its area code
        ("supervision", "镇纪检办公室：65775272", {"supervision": {"unit": "镇纪检办公室", "phones": ["022-65775272"]}}),
        ("basis", "《关于规范劳动就业管理的通知》（津劳办[2004]391号）第六条", {"legal": [{"law": "jiuye", "article": "第六条"}]}),
        ("basis", "关于印发《社会保障卡管理办法》津人社局发【2009】249号", {"legal": [{"text": "关于印发《社会保障卡管理办法》津人社局发〔2009〕249号"}]}),
        ("basis", "《甲办法》（京政〔2010〕3号）；《乙规定》", {"legal": [{"text": "《甲办法》（京政〔2010〕3号）"}, {"text": "《乙规定》"}]}),
        ("forms", "《救助申请审批表》,到民政办领取。", {"forms": [{"title": "《救助申请审批表》", "where": "民政办"}]}),
        ("forms", "《求职登记表》", {"forms": ["biao"]}),
        ("result", "《就业失业登记证》", {"outputs": ["《就业失业登记证》"]}),
        ("benefit", "每人每月100元", {"benefits": [{"amount": "100", "per": "人每月"}]}),
        ("channels", "窗口、网上", {"channels": ["窗口办理", "网上办理"]}),
        ("depth", "街道受理、区级办理或者代发银行受理、区级办理", {"depth": ["街道受理、区级办理", "代发银行受理、区级办理"]}),
        ("plan", "8月，编制指南；培训人员；9月，上线运行。", {"rollout": [{"by": "8月", "task": "编制指南；培训人员"}, {"by": "9月", "task": "上线运行"}]}),
        ("disclosure_term", "按年度\n公开", {"disclosure": {"term": "按年度公开"}}),
        ("disclosure_form", "政府网站\n常规公开", {"disclosure": {"form": "政府网站常规公开"}}),
        ("visits", "最多跑一次", {"visits": "1"}),
        ("domain", "公共服务", {"type": "公共服务"}),
    ],
)  # fmt: skip
def test_a_text_that_a_reader_understands_has_its_field(key: str, text: str, values: dict[str, Any]) -> None:
    made = became(key, text)
    assert made == values


@pytest.mark.parametrize(
    ("key", "text", "note"),
    [
        ("fee", "无", "收费标准：无"),
        ("fee", "20元，遗失补办的酌情收取", "收费标准：20元，遗失补办的酌情收取"),
        ("fee", "成年人100元，儿童50元", "收费标准：成年人100元，儿童50元"),
        ("fee", "首年500元，次年起200元", "收费标准：首年500元，次年起200元"),
        ("fee", "50平方米以下100元，50平方米以上200元", "收费标准：50平方米以下100元，50平方米以上200元"),
        ("materials", "其他材料", "办理材料：其他材料"),
        ("visits", "无", "到现场次数：无"),
        ("phones", "0476-", "联系电话：0476-"),
        ("place", "各社区", "办理地点：各社区"),
        ("department", "现居住地计生办公", "实施机构：现居住地计生办公"),
        ("boundary", "我中心，市、区人社局", "职责边界：我中心，市、区人社局"),
        ("disclosure_form", "村务微信群", "公开形式：村务微信群"),
        ("depth", "县教育局办", "办理深度：县教育局办"),
        ("没见过的栏目", "甲乙丙", "没见过的栏目：甲乙丙"),
        ("notes", "单位参保在区级申报", "备注：单位参保在区级申报"),
    ],
)
def test_what_no_reader_takes_is_a_note_and_doubtful(key: str, text: str, note: str) -> None:
    draft = drafted(**{key: text})
    assert draft.values["notes"] == [note]
    assert draft.doubts[0].source == text


def test_no_materials_are_what_the_document_says_but_have_to_be_checked() -> None:
    draft = drafted(materials="无")
    assert draft.values["materials"] == "无"
    assert "请核对" in draft.doubts[0].why


def test_a_repealed_law_is_told() -> None:
    draft = drafted(basis="《婚姻法》")
    assert "已废止，现在是“中华人民共和国民法典”" in draft.doubts[0].why


def test_a_law_whose_number_is_another_is_not_taken_for_it() -> None:
    draft = drafted(basis="《关于规范劳动就业管理的通知》（津劳办[2005]1号）")
    assert draft.values["legal"] == [{"text": "《关于规范劳动就业管理的通知》（津劳办〔2005〕1号）"}]
    assert "津劳办〔2004〕391号" in draft.doubts[0].why


def test_each_number_keeps_the_name_before_it() -> None:
    draft = drafted(phones="67322223-110\n双龙社区87316371    百子湾社区87717564")
    assert draft.values["phones"] == [
        "67322223-110",
        {"number": "87316371", "label": "双龙社区"},
        {"number": "87717564", "label": "百子湾社区"},
    ]


def test_conditions_are_joined_as_the_sentence_before_them_says() -> None:
    one_of = became("conditions", "符合下列条件之一的居民：\n1、年满60周岁；\n2、持有残疾人证。")
    assert one_of["eligibility"] == [{"text": "符合下列条件之一的居民", "any": ["年满60周岁", "持有残疾人证"]}]
    any_of = became("conditions", "本镇发生的下列劳动争议：\n1、除名争议；\n2、工资争议。")
    assert any_of["eligibility"] == [{"text": "本镇发生的下列劳动争议", "any": ["除名争议", "工资争议"]}]
    all_of = became("conditions", "同时符合下列条件：\n（1）本镇户籍；\n（2）失业一年以上。")
    assert all_of["eligibility"] == [{"text": "同时符合下列条件", "all": ["本镇户籍", "失业一年以上"]}]
    unsaid = became("conditions", "适用于下述争议。\n1、除名争议；\n2、工资争议。")
    assert unsaid == {"eligibility": ["除名争议", "工资争议"], "eligibility_notes": ["适用于下述争议。"]}


def test_who_is_left_out_is_not_among_those_who_can_apply() -> None:
    made = became("conditions", "具有本镇户籍的居民。以下人员不列入补贴范围：\n1、在职人员；\n2、离退休人员。")
    assert made == {
        "eligibility": ["具有本镇户籍的居民"],
        "excluded": ["在职人员", "离退休人员"],
        "eligibility_notes": ["以下人员不列入补贴范围"],
    }


def test_the_department_of_the_command_goes_before_that_of_the_document() -> None:
    draft = drafted(chosen="minzheng", department="清江镇党群服务中心")
    assert draft.values["department"] == "minzheng"
    assert "不一样" in draft.doubts[0].why


def test_a_second_text_of_one_field_is_not_lost() -> None:
    twice = source_item(depth="街道办理"), source_item(depth="街道受理、区级办理")
    item = replace(twice[0], passages=(*twice[0].passages, *twice[1].passages))
    draft = make_draft(item, "qiuzhi", Library(small_site(), "zhen"), "zhinan")
    assert draft.values["depth"] == "街道办理"
    assert draft.values["notes"] == ["办理深度：街道受理、区级办理"]
