"""What a fee may say: amounts and shares as documents write them, bands that follow each other, no contradictions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_world import item, wrong

from builder.content.model.amounts import Price
from builder.content.model.fees import Fee, PlacedBand


def fee(text: str) -> Fee:
    """Return the fee that an editor writes in braces."""
    fees = item(f"fees: [{text}]").fees
    assert isinstance(fees, tuple)
    return fees[0]


def bands(text: str) -> tuple[PlacedBand, ...]:
    return fee(f"{{of: 数目, bands: [{text}]}}").placed_bands


def price(least: str, most: str = "", *, at_most: bool = False) -> Price:
    return Price(Decimal(least), Decimal(most or least), at_most)


@pytest.mark.parametrize(
    ("amount", "read"),
    [
        ("550", price("550")),
        ("0.6", price("0.6")),
        ("'1,000'", price("1000")),
        ("1，250，000元", None),
        ("80元", price("80")),
        ("¥80", price("80")),
        ("20万", price("200000")),
        ("1.5千元", price("1500")),
        ("20至40", price("20", "40")),
        ("20元－40元", price("20", "40")),
        ("2至5万元", price("20000", "50000")),
        ("不超过300元", price("300", at_most=True)),
        ("最高 300", price("300", at_most=True)),
        ("500至1万", price("500", "10000")),
        ("免费", price("0")),
    ],
)
def test_reads_an_amount_as_documents_write_it(amount: str, read: Price | None) -> None:
    if read is None:
        assert wrong(f"fees: [{{amount: {amount}}}]").says.endswith("现在是“1，250，000元”")  # over the highest
    else:
        assert fee(f"{{amount: {amount}}}").amount == read


def test_reads_an_amount_with_a_comma_on_a_line_of_its_own() -> None:
    fees = item("fees:\n  - amount: 1,000\n    per: 宗").fees
    assert isinstance(fees, tuple)
    assert fees[0].amount == price("1000")


@pytest.mark.parametrize(
    ("percent", "read"),
    [
        ("1.2", price("1.2")),
        ("1.2%", price("1.2")),
        ("5‰", price("0.5")),
        ("1至3", price("1", "3")),
        ("1%-3%", price("1", "3")),
        ("1至3‰", price("0.1", "0.3")),
        ("不超过2％", price("2", at_most=True)),
        ("减半", price("50")),
    ],
)
def test_reads_a_share_as_documents_write_it(percent: str, read: Price) -> None:
    assert fee(f"{{percent: {percent}, of: 成交价}}").percent == read


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_a_range_is_read_if_it_does_not_fall(first: int, second: int) -> None:
    if second < first:
        assert f"“{first}至{second}”的后一个数要比前一个大" in wrong(f"fees: [{{amount: {first}至{second}}}]").hint
    else:
        assert fee(f"{{amount: {first}至{second}}}").amount == price(str(first), str(second))


def test_least_and_cap_are_read_with_what_stands_before_them() -> None:
    one = fee("{name: 手续费, percent: 0.5, of: 成交价, least: 最低收500元, cap: 最高2万元}")
    assert (one.least, one.cap) == (Decimal(500), Decimal(20_000))


def test_benefits_take_the_same_amounts() -> None:
    (benefit,) = item("benefits: [{amount: 1万元, percent: 50%, of: 学费}]").benefits
    assert (benefit.amount, benefit.percent) == (Decimal(10_000), Decimal(50))


def test_a_band_begins_where_the_one_before_it_ends() -> None:
    placed = bands("{to: 1万, amount: 50}, {to: 10万元, percent: 2.5}, {percent: 2}")
    assert [(one.start, one.end, one.unit) for one in placed] == [
        (None, 10_000, ""),
        (10_000, 100_000, ""),
        (100_000, None, ""),
    ]


def test_each_kind_has_bands_of_its_own_in_the_same_unit() -> None:
    placed = bands("{what: 居民, to: 180立方米, amount: 5}, {what: 居民, amount: 7}, {what: 单位, to: 100, amount: 8}")
    assert [(one.start, one.end, one.unit) for one in placed] == [
        (None, 180, "立方米"),
        (180, None, "立方米"),
        (None, 100, "立方米"),
    ]


def test_the_unit_may_be_written_with_the_yuan() -> None:
    assert fee("{amount: 2, per: 元/小时}").per == "小时"


def test_a_reduction_may_be_a_sentence() -> None:
    (reduction,) = fee("{amount: 10, reductions: 低保户凭证减免}").reductions
    assert reduction.text == "低保户凭证减免"


WRONG = [
    ("{percent: 1}", "还要写 of"),
    ("{bands: [{to: 1, amount: 5}]}", "还要写 of"),
    ("{amount: 5, of: 成交价}", "还要写 percent（比例）或 bands（分档）"),
    ("{amount: 5, percent: 1, of: 成交价}", "只能写一样"),
    ("{amount: 5, of: 成交价, bands: [{to: 1, amount: 5}]}", "只能写一样"),
    ("{from: 20, to: 40}", "amount: 20至40"),
    ("{name: 费, least: 50, cap: 20}", "最低收 50元，比最高收 20元还高"),
    ("{name: 费, at_most: 是}", "还要写 amount、percent 或 bands"),
    ("{amount: 5, whole: 是}", "还要写 bands"),
    ("{amount: 10元/件}", "amount: 10, per: 件"),
    ("{amount: 每件10元}", "amount: 10, per: 件"),
    ("{amount: 5-10元/次}", "amount: 5-10, per: 次"),
    ("{amount: 300, note: 不超过}", "写成 at_most: 是"),
    ("{of: 价, bands: [{to: 50万, percent: 1}, {to: 20万, percent: 2}]}", "第2档到 20万 为止，没有超过 50万"),
    (
        "{of: 价, bands: [{to: 50万, percent: 1}, {from: 60万, percent: 2}]}",
        "第2档从 60万 起，前一档到 50万 为止，接不上",
    ),
    ("{of: 价, bands: [{from: 5万, to: 3万, percent: 1}]}", "第1档到 3万 为止，没有超过 5万"),
    ("{of: 价, bands: [{percent: 1}, {to: 20万, percent: 2}]}", "第1档要写 to"),
    ("{of: 价, bands: [{to: 1, amount: 1}, {amount: 2}, {amount: 3}]}", "第3档和前面的分不开"),
    ("{of: 量, bands: [{to: 1吨, amount: 1}, {to: 2立方米, amount: 2}]}", "各档的单位要一样，现在有吨、立方米"),
    ("{of: 价, per: 件, bands: [{to: 1, amount: 1, per: 次}]}", "每一档都写了"),
    ("{of: 价, bands: [{to: 1}]}", "amount（金额）或 percent（比例）中的一样"),
    ("{of: 价, bands: [{to: 很多, amount: 1}]}", "要先写数再写单位"),
    ("{amount: 5, reductions: [{who: 低保户}]}", "减半写 50"),
    ("{amount: 5, reductions: [{who: 低保户, free: 是, percent: 50}]}", "只能写一样"),
    ("{amount: 5, reductions: [{free: 是}]}", "要写 who"),
]


@pytest.mark.parametrize(("text", "advice"), WRONG)
def test_refuses_what_contradicts_itself(text: str, advice: str) -> None:
    finding = wrong(f"fees: [{text}]")
    assert finding.path[:2] == ("fees", 0)
    assert advice in finding.hint


PER_CENT = [
    ('{name: 手续费, amount: 3, per: "%"}', "改成 {name: 手续费, percent: 3, of: …}"),
    ("{name: 手续费, amount: 3%, note: 不超过成交价}", "改成 {name: 手续费, percent: 3, of: …, at_most: 是}"),
    ("{amount: 3, per: 房价的百分之}", "改成 {percent: 3, of: 房价}"),
    ("{amount: 3, per: 税款的千分之}", "改成 {percent: 0.3, of: 税款}"),
    ("{amount: 5, per: 合同金额的万分之}", "改成 {percent: 0.05, of: 合同金额}"),
    (
        '{name: 标的额100万元以下, amount: 3, per: "%"}',
        "改成 {of: 标的额, bands: [{to: 100万, percent: 3}]}，别的档也写进 bands",
    ),
    ('{name: 标的额10万元以上不满100万元的部分, amount: 3, per: "%"}', "bands: [{to: 100万, percent: 3}]"),
    ('{name: 标的额100万元以上的部分, amount: 3, per: "%"}', "bands: [{percent: 3}]"),
    ('{name: 超过100万元的部分, amount: 3, per: "%"}', "{of: …, bands: [{percent: 3}]}"),
]


@pytest.mark.parametrize(("text", "mended"), PER_CENT)
def test_a_share_written_as_an_amount_is_shown_as_it_is_to_be(text: str, mended: str) -> None:
    finding = wrong(f"fees: [{text}]")
    assert finding.path == ("fees", 0)
    assert mended in finding.hint


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("每件10元", "amount: 10, per: 件"),
        ("10元/件", "amount: 10, per: 件"),
        ("不超过300元", "写成 amount: 不超过300元"),
    ],
)
def test_a_fee_that_is_only_a_text_is_shown_in_fields(text: str, advice: str) -> None:
    assert advice in wrong(f"fees: {text}").hint


def test_bands_written_as_fees_are_shown_as_one() -> None:
    finding = wrong(
        """
        fees:
          - {name: 成交额100万元以下的, amount: 1.5, per: "%", note: 不超过}
          - {name: 100万元至500万元的, note: 不超过1.1%}
          - {name: 超过500万元的, amount: 不超过8‰}
          - {name: 场地费, amount: 200, per: 天}
        """
    )
    assert finding.path == ("fees",)
    assert finding.hint == (
        "这是一项收费的3档，合成一条："
        "{of: 成交额, bands: [{to: 100万, percent: 1.5}, {to: 500万, percent: 1.1}, {percent: 0.8}], at_most: 是}；其余的照旧"
    )
    shown = finding.hint.split("：", 1)[1].removesuffix("；其余的照旧")
    assert [band.end for band in fee(shown).placed_bands] == [1_000_000, 5_000_000, None]


def test_fees_whose_names_hold_numbers_are_left_alone() -> None:
    assert item("fees: [{name: 1寸照片, amount: 10}, {name: 2寸照片, amount: 15}]").fees


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("不超过1%", True),
        ("每人20元", True),
        ("减免", True),
        ("两元", True),
        ("困难家庭免交", True),
        ("按2016年9号文件", False),
        ("由印制单位收", False),
    ],
)
def test_a_note_may_say_what_no_field_does(note: str, says: bool) -> None:
    assert fee(f"{{name: 工本费, note: {note}}}").price_in_note is says
    assert fee(f"{{name: 工本费, amount: 5, note: {note}}}").price_in_note is False
