"""Prices stand in the fields for them."""

from __future__ import annotations

from collections.abc import Iterator

from builder.content.fields import listed
from builder.content.model.amounts import stated_in
from builder.content.model.fee_slips import advice_on_unit, as_one_fee
from builder.content.model.fees import Fee
from builder.content.model.item import Item
from builder.support.diagnostics import Finding, Rule, Severity

PRICE_IN_NOTE = Rule(
    "C350",
    "收多少、怎么减免，要写在各自的字段里",
    why="写在说明（note）里的数，列表、公示栏和搜索里比不出最少和最多。",
    fix="金额写 amount，比例写 percent 和 of，分几档的写 bands，减免写 reductions。",
    severity=Severity.WARNING,
)
RULES = (PRICE_IN_NOTE,)


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield the findings about the fees of `item`: one for those that are the bands of one fee, else one for each."""
    for path, part in item.placed_parts:
        noted = [(index, fee) for index, fee in enumerate(listed(part.fees)) if fee.price_in_note]
        if advice := as_one_fee([{"name": fee.name, "note": fee.note} for _, fee in noted]):
            says = "收多少写在了说明里"
            yield PRICE_IN_NOTE.at(file, *path, "fees", noted[0][0], "note", says=says, hint=advice)
            continue
        for index, fee in noted:
            says = f"“{fee.name}”收多少写在了说明里"
            yield PRICE_IN_NOTE.at(file, *path, "fees", index, "note", says=says, hint=_hint(fee))


def _hint(fee: Fee) -> str:
    amount, share = stated_in(fee.note)
    if amount or share:
        price = amount or share
        limits = dict.fromkeys(f"{limit.normalize():f}" for limit in (price.least, price.most)) if price else {}
        told = ("不超过" if price and price.at_most else "") + "至".join(limits)
        return f"写成 amount: {told}" if amount else f"写成 percent: {told}，再写 of（按什么算）"
    if advice := advice_on_unit(fee.note):
        return advice
    if fee.names_payer:
        return f"写进这项收费的 reductions：{{who: {fee.name}, text: {fee.note}}}"
    return PRICE_IN_NOTE.fix
