"""What the search is told of a guide: every text by which somebody may look for it, in the editor's words, each once."""

from __future__ import annotations

from builder.content.model.item import Item
from builder.content.told import Told, pack, told_of, unpack


def told(**fields: object) -> Told:
    return told_of(Item.model_validate({"name": "临时救助", **fields}))


def test_names_of_what_is_asked_for_are_things() -> None:
    one = told(
        materials=[
            "身份证",
            {"group": "担保人材料", "materials": [{"name": "工资条", "issuer": "用人单位", "pages": "首页"}]},
        ],
        forms={"title": "《救助申请表》"},
        fees={"name": "工本费", "amount": "5"},
        online={"name": "浙里办"},
        legal={"text": "《救助办法》"},
    )
    expected = (
        "身份证",
        "担保人材料",
        "工资条",
        "首页",
        "用人单位",
        "浙里办",
        "《救助申请表》",
        "工本费",
        "《救助办法》",
    )
    assert one.things == expected
    assert one.who == one.gets == one.how == ()


def test_conditions_of_all_levels_and_cases_say_who() -> None:
    one = told(
        eligibility=[
            "本镇户籍",
            {"text": "满足其一", "any": ["低保户", {"text": "都要", "all": ["得了大病", "自己付不起"]}]},
        ],
        excluded="家里有两套房",
        materials=[{"name": "委托书", "when": "托人代办的"}],
        variants=[{"id": "huo", "name": "遭了火灾", "when": "房子烧了的"}],
    )
    texts = (
        "本镇户籍",
        "满足其一",
        "低保户",
        "都要",
        "得了大病",
        "自己付不起",
        "家里有两套房",
        "托人代办的",
        "遭了火灾",
        "房子烧了的",
    )
    assert one.who == texts


def test_results_amounts_tables_and_effects_say_what_one_gets() -> None:
    one = told(
        outputs={"name": "救助金", "note": "打到卡上"},
        benefits={"name": "一次性补助", "amount": "800", "cap": "最高1000000元"},
        tables={"title": "各档补助", "columns": ["档次", "每月"], "rows": [["重度", "937元"]], "note": "按月发"},
        effects="批准的下个月起",
    )
    assert one.gets == (
        "救助金", "打到卡上", "一次性补助", "800", "最高1000000元", "各档补助", "档次", "每月", "重度", "937元", "按月发", "批准的下个月起"
    )  # fmt: skip


def test_steps_notes_and_the_body_say_how() -> None:
    one = told(
        steps=[
            {
                "actor": "居委会",
                "do": "上门看看",
                "id": "kan",
                "branches": [{"when": "不符合的", "to": "end", "text": "书面告诉"}],
            },
            {"actor": "民政所", "do": "开会评议", "detail": "三天以内"},
        ],
        materials_notes="复印件用A4纸",
        time={"promised": "10个工作日", "note": "急事先办"},
        body="## 说明\n\n请带[户口簿](hukou)和**原件**。\n\n| 档次 | 钱 |\n| --- | --- |\n| 一档 | 五百 |\n",
    )
    first = ("上门看看", "不符合的", "书面告诉", "开会评议", "三天以内", "复印件用A4纸", "急事先办", "说明")
    assert one.how[:8] == first
    assert [" ".join(text.split()) for text in one.how[8:]] == ["请带 户口簿 和 原件", "档次 钱", "一档 五百"]


def test_a_text_that_stands_in_a_name_or_in_one_before_it_is_not_told_again() -> None:
    one = told(
        title="遭了难要救助", materials=["救助", "户口簿原件"], eligibility=["户口簿", "本镇户籍"], excluded="本镇户籍"
    )
    assert one == Told(("户口簿原件",), ("本镇户籍",), (), ())


def test_what_staff_alone_may_see_is_not_told_nor_are_telephone_numbers_and_addresses() -> None:
    one = told(
        steps=[
            {"actor": "科长", "do": "查内网", "visibility": "内部"},
            {"actor": "窗口", "do": "收件", "place": "大桥路1号"},
        ],
        phones="022-12345678",
        notes="待核实",
        eligibility_notes="先打电话（022-6577 5272、13812345678）问。",
    )
    assert one.how == ("收件",)
    (note,) = one.who
    assert note.startswith("先打电话")
    assert not any(character.isdigit() for character in note)


def test_a_long_text_ends_after_a_clause() -> None:
    (text,) = told(eligibility="家里确实困难，" * 40).who
    assert 100 < len(text) <= 120
    assert text.endswith("困难")


def test_travels_as_it_is() -> None:
    one = told(materials=["身份证"], eligibility=["本镇户籍"])
    assert unpack(pack(one)) == one
