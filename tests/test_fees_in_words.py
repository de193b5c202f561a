"""What it costs, in full on the page and on the full sheet, and in a few words where there is little room."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from guide_world import guide, words
from hypothesis import given
from hypothesis import strategies as st

from builder.content.card import card_of
from builder.content.model.item import Item
from builder.wording.cards import fee_of_card

COURT = {  # 诉讼费用交纳办法, 第十三条
    "name": "案件受理费",
    "of": "诉讼请求金额",
    "bands": [
        {"to": "1万", "amount": "50", "per": "件"},
        {"to": "10万", "percent": "2.5"},
        {"to": "20万", "percent": "2"},
        {"percent": "0.5", "note": "最高一档"},
    ],
    "reductions": [{"who": "适用简易程序的", "percent": "50"}, "交费有困难的，可以申请缓交"],
}
PARKING = {
    "name": "停车费", "of": "停车时间", "cap": "30",
    "bands": [{"to": "1小时", "amount": "5"}, {"amount": "2", "per": "小时"}],
}  # fmt: skip
SEWAGE = {
    "name": "污水处理费", "of": "年用水量", "per": "立方米", "who": "居民",
    "bands": [{"to": "180立方米", "amount": "0.95"}, {"to": "260", "amount": "1.4"}, {"amount": "2"}],
}  # fmt: skip
REGISTRATION = [
    {"name": "不动产登记费（住宅）", "amount": "80", "per": "件"},
    {"name": "不动产登记费（非住宅）", "amount": "550", "per": "件"},
    {"name": "不动产登记费（车库）", "amount": "80", "per": "件"},
    {"name": "证书工本费", "amount": "10", "per": "本", "when": "第二本起"},
]
TRADE = {"name": "交易手续费", "percent": "0.5", "of": "成交价", "least": "500", "cap": "2万"}
PERMIT = {"name": "准迁证", "amount": "4", "per": "张", "first_free": "是", "when": "丢失、损坏补办"}


def in_full(fees: object) -> tuple[str, ...]:
    return dict(guide(fees=fees, phones=["12345"]).common.facts)["收费"]


def in_brief(fees: object) -> str:
    item = Item.model_validate({"name": "测试事项", "fees": fees})
    return fee_of_card(card_of(item, id="x", area="xincheng", file="x.yaml"), words(), room=99)


def in_the_box(fees: object) -> tuple[str, ...]:
    return next(answer.lines for answer in guide(fees=fees).answers if answer.id == "how_much")


def test_each_band_and_each_reduction_has_a_line() -> None:
    assert in_full(COURT) == (
        "案件受理费：按诉讼请求金额分段",
        "· 1万元以下：每件50元",
        "· 1万元至10万元的部分：2.5%",
        "· 10万元至20万元的部分：2%",
        "· 20万元以上的部分：0.5%（最高一档）",
        "· 适用简易程序的：减半",
        "· 交费有困难的，可以申请缓交",
    )


def test_bands_may_be_of_time_or_of_what_is_used() -> None:
    assert in_full(PARKING)[1:] == ("· 1小时以下：5元", "· 1小时以上的部分：每小时2元")
    assert in_full(SEWAGE) == (
        "居民：污水处理费：按年用水量分段",
        "· 180立方米以下的部分：每立方米0.95元",
        "· 180立方米至260立方米的部分：每立方米1.4元",
        "· 260立方米以上的部分：每立方米2元",
    )


def test_where_the_whole_is_charged_at_the_rate_of_its_band_no_part_is_spoken_of() -> None:
    fee = {"of": "房价", "whole": "是", "bands": [{"to": "100万", "percent": "1"}, {"percent": "1.5"}]}
    assert in_full(fee) == ("按房价分段，整笔按所在的一档收", "· 100万元以下：1%", "· 100万元以上：1.5%")


@pytest.mark.parametrize(
    ("reduction", "line"),
    [
        ({"free": "是"}, "· 低保户：不收"),
        ({"percent": "免"}, "· 低保户：不收"),
        ({"amount": "0"}, "· 低保户：不收"),
        ({"percent": "减半"}, "· 低保户：减半"),
        ({"percent": "70", "text": "凭证办理"}, "· 低保户：只收70%，凭证办理"),
        ({"amount": "5元"}, "· 低保户：只收5元"),
        ({"text": "可以缓交"}, "· 低保户：可以缓交"),
    ],
)
def test_tells_who_pays_less(reduction: dict[str, object], line: str) -> None:
    assert in_full({"amount": "80", "reductions": {"who": "低保户", **reduction}}) == ("80元", line)


def test_a_ceiling_is_told_with_every_band() -> None:
    fee = {
        "name": "服务费",
        "of": "标的额",
        "at_most": "是",
        "bands": [{"to": "50万", "percent": "1"}, {"percent": "0.5"}],
    }
    assert all("不超过" in line for line in in_full(fee)[1:])
    assert in_brief(fee) == "按标的额分段，0.5%至1%（上限）"
    assert in_full({"name": "服务费", "amount": "300", "per": "次", "at_most": "是"}) == ("服务费每次不超过300元",)


@pytest.mark.parametrize(
    ("fee", "line"),
    [
        ({"name": "照相费", "amount": "20至40"}, "照相费20元至40元"),
        (TRADE, "交易手续费：成交价的0.5%，最低收500元，最高收2万元"),
        ({"name": "照相费", "amount": "0", "note": "自带照片的"}, "照相费不收费（自带照片的）"),
        ({"name": "检测费", "cap": "120", "per": "辆"}, "检测费：每辆最高收120元"),
        (PERMIT, "准迁证：首次不收；丢失、损坏补办：每张4元"),
        ({"name": "准迁证", "first_free": "是", "when": "丢失补办"}, "准迁证：首次不收；丢失补办：请电话确认"),
        ({"name": "工本费", "amount": "10", "who": "单位", "when": "补办的"}, "单位，补办的：工本费10元"),
        ({"name": "宅基地超出的面积", "note": "每平方米20元"}, "宅基地超出的面积：每平方米20元"),
        ({"name": "符合救助条件的", "note": "免交"}, "符合救助条件的：免交"),
        ({"name": "符合救助条件的"}, "符合救助条件的：请电话确认"),
    ],
)  # fmt: skip
def test_a_fee_has_a_line(fee: dict[str, object], line: str) -> None:
    assert in_full(fee) == (line,)


@pytest.mark.parametrize(
    ("fees", "brief"),
    [
        (COURT, "按诉讼请求金额分段，每件50元或0.5%至2.5%，有减免"),
        (PARKING, "按停车时间分段，5元或每小时2元，最高收30元"),
        (TRADE, "成交价的0.5%，最低收500元，最高收2万元"),
        (PERMIT, "首次不收，再办每张4元"),
        ({"name": "准迁证", "first_free": "是"}, "准迁证：首次不收，再办请电话确认"),
        (REGISTRATION, "不动产登记费、证书工本费：每件80元至550元，每本10元，按种类不同"),
        (REGISTRATION[:2], "不动产登记费（住宅）每件80元、不动产登记费（非住宅）每件550元"),
        ([REGISTRATION[0], REGISTRATION[2]], "不动产登记费（住宅）每件80元、不动产登记费（车库）每件80元"),
        ([PERMIT, {"name": "工本费", "amount": "6"}], "准迁证：首次不收，再办每张4元；工本费6元"),
        ([TRADE, PERMIT, {"name": "照相费", "amount": "0"}, {"name": "公证费"}],
         "交易手续费、准迁证、照相费、公证费：成交价的0.5%，每张4元，有的不收，有的首次不收，收公证费，按种类不同"),
        ({"name": "摊位费", "of": "地段", "per": "日", "bands": [{"what": "城区", "amount": "2"}, {"what": "镇区", "amount": "1"}]},
         "按地段，每日1元至2元"),
        ({"amount": "10", "when": "丢失补办的"}, "丢失补办的：10元"),
        ({"amount": "10", "when": "丢失、损坏或者超过有效期再来补办的"}, "部分情况10元"),
        ([{"name": name, "note": f"不超过{n}%"} for n, name in ((3, "首段部分"), (2, "中段部分"), (1, "末段部分"))],
         "首段部分、中段部分、末段部分：1%至3%（上限），按种类不同"),
        ([{"name": name, "amount": "5", "per": "张"} for name in ("登记表", "申请表", "审批表")], "登记表、申请表、审批表：都是每张5元"),
    ],
)  # fmt: skip
def test_a_summary_names_the_least_and_the_most(fees: object, brief: str) -> None:
    assert in_brief(fees) == brief


def test_the_box_points_below_only_where_more_is_told_there() -> None:
    assert in_the_box(COURT) == ("按诉讼请求金额分段，每件50元或0.5%至2.5%，有减免，见下面",)
    assert in_the_box(TRADE) == ("交易手续费：成交价的0.5%，最低收500元，最高收2万元",)
    assert in_the_box(REGISTRATION[:3]) == tuple(in_full(REGISTRATION[:3]))


# --- Any fees --------------------------------------------------------------------------------------------------------

AMOUNTS = st.decimals(Decimal("0.1"), Decimal(9999), places=1).map(str)
SHARES = st.decimals(Decimal("0.1"), Decimal(99), places=1).map(str)
UNITS = st.sampled_from(["", "件", "本", "平方米", "人每年"])


@st.composite
def fees_with_bands(draw: st.DrawFn, name: str) -> dict[str, Any]:
    limits = sorted(draw(st.sets(st.integers(1, 9999), min_size=1, max_size=4)))
    kinds = [{"percent": draw(SHARES)} if draw(st.booleans()) else {"amount": draw(AMOUNTS)} for _ in (*limits, 0)]
    bands = [{**({"to": str(limit)} if limit else {}), **kind} for limit, kind in zip((*limits, 0), kinds, strict=True)]
    return {"name": name, "of": "数目", "bands": bands}


@st.composite
def plain_fees(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {"name": name, "amount": draw(AMOUNTS), "per": draw(UNITS)}


@st.composite
def any_fees(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = [f"第{letter}项费" for letter in "甲乙丙丁戊"[: draw(st.integers(1, 5))]]
    return [draw(st.one_of(plain_fees(name), fees_with_bands(name))) for name in names]


def charged(fees: list[dict[str, Any]]) -> dict[bool, list[Decimal]]:
    """Return the amounts (False) and the shares (True) that are written."""
    found: dict[bool, list[Decimal]] = {False: [], True: []}
    for one in (one for fee in fees for one in fee.get("bands", [fee])):
        found["percent" in one].append(Decimal(one.get("percent") or one["amount"]))
    return found


def numbers(text: str, unit: str) -> set[Decimal]:
    return {Decimal(number) for number in re.findall(rf"(\d+(?:\.\d+)?){unit}", text)}


@given(any_fees())
def test_every_amount_and_every_name_is_told_in_full(fees: list[dict[str, Any]]) -> None:
    told = "\n".join(in_full(fees))
    assert all(fee["name"] in told for fee in fees)
    assert numbers(told, "元") >= set(charged(fees)[False])
    assert numbers(told, "%") >= set(charged(fees)[True])


@given(any_fees())
def test_a_summary_tells_no_other_amount_than_is_charged_and_the_least_and_the_most_of_all(
    fees: list[dict[str, Any]],
) -> None:
    brief, written = in_brief(fees), charged(fees)
    assert numbers(brief, "元") <= set(written[False])
    assert numbers(brief, "%") <= set(written[True])
    money = written[False] or written[True]
    assert {min(money), max(money)} <= numbers(brief, "元" if written[False] else "%")
