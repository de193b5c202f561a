import operator
import pickle
from decimal import Decimal
from unittest.mock import Mock

import pytest

from builder.content.brought import asked_of, materials_in
from builder.content.card import Before, Card, CaseFacts, Stop, card_of, missing_elements, pack, unpack
from builder.content.fields import Absence
from builder.content.model.amounts import Price
from builder.content.model.fees import PlainRate
from builder.content.model.item import Item
from builder.content.model.quantities import MonthDay, PlainDuration, TimeUnit
from builder.content.told import pack as pack_told
from builder.content.told import told_of
from builder.support.characters import sort_key


def item(**fields: object) -> Item:
    return Item.model_validate({"name": "失业登记", **fields})


def card(**fields: object) -> Card:
    return card_of(item(**fields), id="shiye-dengji", area="xincheng", file="content/items/xincheng/shiye-dengji.yaml")


def variants(*fields: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": f"v{n}", "name": f"情形{n}", **one} for n, one in enumerate(fields)]


def rate(amount: str, per: str) -> PlainRate:
    return PlainRate(Price(Decimal(amount), Decimal(amount)), percent=False, per=per)


def test_is_known_by_its_id_and_stands_at_its_address() -> None:
    one = card()
    assert (one.key, one.url) == (("item", "shiye-dengji"), "items/shiye-dengji.html")


def test_shows_the_plain_title_and_falls_back_to_the_name() -> None:
    assert card(title="领取失业登记证").title == "领取失业登记证"
    assert card().title == "失业登记"


@pytest.mark.parametrize(
    ("status", "visibility", "public", "active"),
    [
        ("在办", "公开", True, True),
        ("暂停", "公开", True, False),
        ("已取消", "公开", True, False),  # its address stays
        ("草稿", "公开", False, False),
        ("在办", "内部", False, True),
    ],
)
def test_tells_what_residents_may_see_and_what_is_in_force(
    status: str, visibility: str, public: bool, active: bool
) -> None:
    one = card(status=status, visibility=visibility)
    assert (one.public, one.active) == (public, active)


def test_keeps_facts_of_time_and_money_and_no_words_for_them() -> None:
    one = card(
        time={"promised": "15个工作日", "statutory": "20个工作日"},
        fees=[{"name": "工本费", "amount": "10.50", "per": "件", "who": "成人", "note": "现金"}],
        windows="每年9月1日至11月30日",
    )
    assert one.times == CaseFacts(PlainDuration(15, None, TimeUnit.WORKDAY))
    assert isinstance(one.fees.rule, tuple)
    (fee,) = one.fees.rule
    assert (fee.name, fee.rates, fee.of_some) == ("工本费", (rate("10.50", "件"),), True)
    assert [(span.start, span.end) for span in one.rounds] == [(MonthDay(9, 1), MonthDay(11, 30))]


def test_keeps_a_fact_for_each_different_case() -> None:
    one = card(time="30天", variants=variants({"time": "当场"}, {}, {"time": "当场"}))
    assert one.times == CaseFacts(
        PlainDuration(30, None, TimeUnit.DAY), ((PlainDuration(0, None, TimeUnit.NOW), ("情形0", "情形2")),)
    )
    assert card(variants=variants({"time": "无"}, {})).times == CaseFacts(
        None, ((Absence.NONE, ("情形0",)), (None, ("情形1",)))
    )


FULL: dict[str, object] = {
    "time": "3至6个月",
    "fees": {"amount": "9", "per": "对"},
    "windows": "每周一",
    "variants": variants({"fees": "无", "places": [{"place": "dating", "window": "2号窗口"}]}),
    "aliases": ["丢了工作"],
    "name_en": "Unemployment registration",
    "phones": ["022-12345678"],
    "materials": [
        "id-card",
        {"ref": "photo", "name": "一寸照片"},
        {"any_of": ["id-card", {"name": "护照"}], "title": "证件"},
    ],
    "topics": ["jiuye"],
    "legal": {"text": "就业促进法第二条"},
}


def test_travels_as_it_is() -> None:
    one = card(**FULL)
    there = pickle.loads(pickle.dumps(one))
    assert (there, hash(there)) == (one, hash(one))
    assert (there.times, there.fees, there.rounds) == (one.times, one.fees, one.rounds)
    assert (there.brings, there.details, there.at) == (one.brings, one.details, one.at)


def test_what_is_seldom_asked_is_as_the_item_states_it() -> None:
    one = card(**FULL)
    assert one.brings == asked_of(item(**FULL))
    assert list(materials_in(one.brings_packed)) == [some for asked in one.brings or () for some in asked.all_materials]
    details = one.details
    assert (details.name_en, details.aliases) == ("Unemployment registration", ("丢了工作",))
    assert details.renamed == (("photo", "一寸照片"),)
    assert details.numbers == ((("phones", 0, "number"), "022-12345678"),)
    assert one.at == (Stop("dating", "2号窗口", ()),)
    assert card().brings is None
    assert card(materials="无").brings == ()


def test_many_travel_together_and_share_what_they_have_in_common() -> None:
    one, other = card(**FULL), card(**FULL, summary="另一个")
    assert one.references is not other.references
    first, second = unpack(pack([one, other]))
    (third,) = unpack(pack([one]))
    assert (first, second, third) == (one, other, one)
    assert first.topics is second.topics is third.topics
    assert first.at is third.at
    assert all(map(operator.is_, first.references, third.references))
    assert unpack(pack([])) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"phones": ["022-87654321"]},
        {"materials": ["id-card"]},
        {"variants": []},
        {"time": "当场"},
        {"name_en": "Registration"},
    ],
)
def test_equals_only_a_card_of_the_same_facts(changes: dict[str, object]) -> None:
    assert card(**FULL) == card(**FULL)
    assert card(**FULL | changes) != card(**FULL)


def test_stands_in_pinyin_order_under_its_letter() -> None:
    titles = ["养老认证", "失业登记", "办残疾人证", "12345热线"]
    cards = sorted((card(title=title) for title in titles), key=lambda one: one.order)
    assert [(one.title, one.initial) for one in cards] == [
        ("12345热线", "#"),
        ("办残疾人证", "B"),
        ("失业登记", "S"),
        ("养老认证", "Y"),
    ]
    assert sort_key("失业") == "shi ye"


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"time": "5个工作日", "summary": "改了"}, False),
        ({"title": "领取失业登记证"}, True),
        ({"aliases": ["银行卡"]}, True),
        ({"materials": ["重婚声明"]}, True),
    ],
)
def test_is_read_aloud_again_only_if_a_name_has_changed(
    changes: dict[str, object], *, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Before(card(summary="原来的"), pack_told(told_of(item(summary="原来的"))))
    expected = card(**changes)
    read = Mock(side_effect=sort_key)
    monkeypatch.setattr("builder.content.card.sort_key", read)

    one = before.card
    now = card_of(item(**changes), id=one.id, area=one.area, file=one.file, before=before)
    assert now == expected
    assert read.called == asked


def test_names_what_it_refers_to_once_with_its_area() -> None:
    one = card(materials=["id-card", "id-card"], department="shebaosuo", related=["yanglao"])
    refers_to = {("area", "xincheng"), ("department", "shebaosuo"), ("item", "yanglao"), ("material", "id-card")}
    assert set(one.references) == refers_to
    assert len(one.references) == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "甲"),
        ("summary", "甲"),
        ("department", "jia"),
        ("time", "当场"),
        ("fees", "无"),
        ("windows", "每年9月1日至9月30日"),
    ],
)
def test_its_digest_changes_with_what_it_shows(field: str, value: str) -> None:
    assert card(**{field: value}).digest != card().digest


def test_does_not_change_with_a_text_that_only_the_guide_tells() -> None:
    assert card(body="去窗口", effects="当天") == card(body="去社区", effects="次月")


def test_its_digest_does_not_change_with_what_it_does_not_show() -> None:
    assert card(body="正文", notes="备注").digest == card().digest


def test_misses_every_element_that_nobody_stated() -> None:
    assert len(missing_elements(item())) == 10


def test_a_statement_that_there_is_none_is_a_statement() -> None:
    assert "收费标准" not in missing_elements(item(fees="无"))


def test_the_price_is_missing_where_only_the_name_of_the_fee_is_known() -> None:
    assert "收费标准" in missing_elements(item(fees={"name": "工本费"}))
    assert "收费标准" not in missing_elements(item(fees=[{"name": "工本费"}, {"name": "照相费", "amount": "20"}]))
    assert "收费标准" not in missing_elements(item(fees={"name": "受助人", "note": "免交"}))


def test_says_what_few_know_of_the_characters_by_which_it_is_found() -> None:
    details = card(
        materials=["银行卡", "重婚声明"], outputs=["鳏夫证"], steps={"actor": "窗口", "do": "收鼍皮"}
    ).details
    assert details.sounds == ("行hang", "重chong")
    assert details.uncommon == "鳏"


def test_a_statement_that_there_is_nothing_is_not_missing() -> None:
    assert "设定依据" not in missing_elements(item(legal="不适用"))


@pytest.mark.parametrize(
    ("fields", "element"),
    [
        ({"legal": "shehui-baoxian-fa"}, "设定依据"),
        ({"eligibility": "有本市户籍"}, "申请条件"),
        ({"materials": "id-card"}, "办理材料"),
        ({"steps": {"actor": "申请人", "do": "申请"}}, "办理流程"),
        ({"time": "当场"}, "办理时限"),
        ({"phones": "12345"}, "联系电话"),
    ],
)
def test_an_element_may_come_from_one_case(fields: dict[str, object], element: str) -> None:
    assert element not in missing_elements(item(variants=variants(fields)))
    assert element in missing_elements(item(variants=variants({})))
