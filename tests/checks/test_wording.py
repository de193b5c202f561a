"""Wording that a resident cannot use."""

from __future__ import annotations

import pytest
from checks_world import found, messages, raw

from builder.checks.written import texts
from builder.loading import load_file
from builder.support.diagnostics import Finding


@pytest.mark.parametrize(
    "name",
    [
        "其他材料",
        "其它材料",
        "其他",
        "其他材料。",
        "其他相关材料",
        "其他有关证明材料",
        "其他需要提供的材料",
        "其他应当提交的材料",
        "其他证明",
        "有关证明",
        "相关证件",
        "相关手续",
        "有关材料等",
        "法律法规规定的其他材料",
        "法律、法规规定的其他材料",
        "按规定需提交的其他材料",
        "社保经办机构要求提供的其他材料",
        "所需的其他证明材料",
    ],
)
def test_a_catch_all_is_no_material(name: str) -> None:
    assert found(f"materials: [{{name: {name}}}]") == [("L501", ("materials", 0, "name"))]


@pytest.mark.parametrize(
    "name",
    [
        "《其他材料清单》",
        "其他家庭成员的身份证",
        "其他收入证明",
        "收入证明材料",
        "证明材料",
        "单位出具的有关证明材料",
        "就业（求职）状况证明",
        "相关房屋的产权证",
        "与死者的关系证明",
        "其他股东的授权书",
        "有关部门出具的残疾评定表",
        "经办规定的材料袋",
        "居民身份证等证件",
        "材料",
    ],
)
def test_a_material_that_can_be_asked_for_by_name_passes(name: str) -> None:
    assert found(f"materials: [{{name: {name}}}]") == []


def test_a_catch_all_is_found_in_groups_choices_and_variants() -> None:
    text = """
        materials:
          - group: 单位代办
            materials:
              - 介绍信
              - any_of: [营业执照, 其他材料]
        variants:
          - {id: a, name: 首次, materials: [有关材料]}
    """
    assert found(text) == [
        ("L501", ("materials", 0, "materials", 1, "any_of", 1, "name")),
        ("L501", ("variants", 0, "materials", 0, "name")),
    ]


@pytest.mark.parametrize("text", ["××街道", "XX镇", "ＸＸ局", "____年", "户主（待填）", "（待补充）"])
def test_a_blank_is_to_be_filled_in(text: str) -> None:
    assert found(f"summary: '{text}'") == [("L502", ("summary",))]


def test_a_blank_in_half_width_brackets_is_one_too() -> None:
    assert found("summary: '联系人( 待填 )'") == [("L502", ("summary",)), ("L522", ("summary",))]


@pytest.mark.parametrize("text", ["358×441 像素", "X 光片", "表 X", "a_b__c", "5×8×2 厘米", "（填写后交回）"])
def test_what_only_looks_like_a_blank_passes(text: str) -> None:
    assert found(f"summary: '{text}'") == []


def test_a_rule_of_underscores_in_markdown_passes() -> None:
    assert found("body: |\n  甲\n\n  ____\n\n  乙\n") == []
    assert found("body: |\n  甲\n\n  姓名____\n") == [("L502", ("body",))]


def test_every_blank_of_a_text_is_told_once() -> None:
    (finding,) = messages("summary: ××街道和××局、XX村")

    assert finding.says == "“××”“XX”是没填的空"


def test_what_word_leaves_behind_is_told() -> None:
    (finding,) = messages('remedy: "[bookmark: _Toc1]可以复议&nbsp;"')

    assert (finding.code, finding.says) == ("L503", "“[bookmark: _Toc1]”“&nbsp;”是多余的记号")


def test_notes_to_the_editor_may_quote_what_was_odd() -> None:
    assert found("notes: 原文写“XX镇”") == []
    assert found("provenance: {source: qingdan, at: 第3行, note: 原文写“XX镇”}") == []


def test_texts_are_found_at_any_depth_with_their_place() -> None:
    assert dict(texts(raw("materials: [{any_of: [{name: 甲}, {name: 乙, seal: [公章]}]}]"))) == {
        ("name",): "社会保障卡补领",
        ("materials", 0, "any_of", 0, "name"): "甲",
        ("materials", 0, "any_of", 1, "name"): "乙",
        ("materials", 0, "any_of", 1, "seal", 0): "公章",
    }


def in_file(file: str, text: str) -> list[Finding]:
    """Return what is found in the texts of a content file of any kind."""
    return [finding for finding in load_file(f"content/{file}", text.encode()).findings if finding.code[0] == "L"]


@pytest.mark.parametrize(
    ("file", "text", "code", "part"),
    [
        ("departments/ju.yaml", "name: 某局\nsummary: 管&nbsp;低保\n", "L503", "&nbsp;"),
        ("places/dating.yaml", "name: 大厅\nkind: 办事大厅\nnote: 到<b>三楼</b>办\n", "L503", "<b>"),
        ("topics.yaml", "shebao: {name: 社保, summary: XX镇的社保}\n", "L502", "XX"),
        ("materials.yaml", "card: {name: 身份证, how: '1.到派出所 2.交材料'}\n", "L504", ""),
        ("pages/guanyu.md", "---\ntitle: 关于\n---\n\n看图\n\n![图](a.png)\n", "L505", "![图](a.png)"),
        ("pages/guanyu.md", "---\ntitle: 关于\n---\n<img src=a.png>\n", "L505", "<img src=a.png>"),
        ("booklets/b.yaml", "title: 手册\nentries: [{name: 甲}]\npreface: '![图](a.png)'\n", "L505", "![图](a.png)"),
        ("sources.yaml", "a: {title: XX镇便民手册}\n", "L502", "XX"),
    ],
)
def test_texts_of_every_kind_of_record_are_read(file: str, text: str, code: str, part: str) -> None:
    (finding,) = in_file(file, text)

    assert (finding.code, finding.part) == (code, part)


def test_each_image_is_told_for_itself() -> None:
    body = "![甲](a.png)\n\n话\n\n![乙][b]\n\n[b]: b.png\n"

    assert [finding.part for finding in in_file("pages/p.md", f"---\ntitle: 页\n---\n{body}")] == [
        "![甲](a.png)",
        "![乙][b]",
    ]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("川府发(2009)12号", "川府发〔2009〕12号"),
        ("川府发（2009）12号", "川府发〔2009〕12号"),
        ("川府发[2009]12号", "川府发〔2009〕12号"),
        ("川府发【2009】12号", "川府发〔2009〕12号"),
        ("川府发［2009］12号", "川府发〔2009〕12号"),
        ("川府发〔2009)12号", "川府发〔2009〕12号"),
        ("川府发 ( 2009 ) 12 号", "川府发〔2009〕12号"),
        ("财税（2019年）第21号", "财税〔2019〕第21号"),
        ("人社部令（２０１８）38号", "人社部令〔2018〕38号"),
    ],
)
@pytest.mark.parametrize("field", ["legal: ['{}']", "fees: [{{name: 费, basis: '{}'}}]", "summary: 见{}"])
def test_the_year_in_the_number_of_a_law_has_its_own_brackets(written: str, mended: str, field: str) -> None:
    (finding,) = messages(field.format(written))

    assert finding.code == "L511"
    assert finding.hint.endswith(f"{mended}”")


@pytest.mark.parametrize(
    "text",
    [
        "川府发〔2009〕12号",
        "（2009）川01民初249号",
        "修订（2019）",
        "主席令第35号",
        "三楼（2019）号窗口",
        "公安部令第123号（2012）",
    ],
)
def test_other_brackets_round_a_year_pass(text: str) -> None:
    assert found(f"summary: '{text}'") == []


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("[网上大厅]（https://www.gov.cn）", "[网上大厅](https://www.gov.cn)"),
        ("【网上大厅】(https://www.gov.cn)", "[网上大厅](https://www.gov.cn)"),
        ("[申请表] (../static/forms/a.doc)", "[申请表](../static/forms/a.doc)"),
    ],
)
def test_a_link_typed_with_other_brackets_is_shown_as_it_should_be(written: str, mended: str) -> None:
    (finding,) = in_file("pages/p.md", f"---\ntitle: 页\n---\n看{written}。\n")

    assert (finding.code, finding.hint) == ("L512", f"“{written}”改成“{mended}”")


@pytest.mark.parametrize("text", ["[网上大厅](https://www.gov.cn)", "【注】（见第1.2条）", "[甲]（乙）"])
def test_what_is_a_link_or_none_passes(text: str) -> None:
    assert in_file("pages/p.md", f"---\ntitle: 页\n---\n{text}\n") == []
