"""Money in words: what it costs, and what one gets."""

from __future__ import annotations

from decimal import Decimal

from builder.content.card import FeeFact, PlainFee
from builder.content.fields import Absence
from builder.content.model.item import Benefit, Fee
from builder.context.words import Words
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.times import limit_in_words


def price(amount: Decimal, per: str, words: Words) -> str:
    """Return an amount of money for a unit, such as 每平方米15元."""
    return _for_each(per, words["price"].format(amount=f"{amount:f}"), words)


def _for_each(per: str, amount: str, words: Words) -> str:
    return words["for_each"].format(per=per.removeprefix("每"), amount=amount) if per else amount


def fees_in_words(fees: tuple[Fee, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    """Return a line for each fee; "free" is said, not left out."""
    if isinstance(fees, Absence):
        return (fee_in_brief(fees, words),)
    return tuple(fee_in_words(fee, words) for fee in fees or ())


def fee_in_words(fee: Fee, words: Words) -> str:
    """Return a fee as one line."""
    if fee.amount is None:
        amount = _for_each(fee.per, words["fee_of_unknown_amount"].format(name=fee.name), words)
    else:
        amount = price(fee.amount, fee.per, words)
        amount = words["fee_named"].format(name=fee.name, price=amount) if fee.name else amount
    return with_note(labelled(fee.who, amount, words), in_clauses((fee.basis, fee.note), words), words)


def fee_in_brief(fees: FeeFact | None, words: Words) -> str:
    """Return what it costs in a few words, "" when not known."""
    if fees is None:
        return ""
    if isinstance(fees, Absence):
        return words["free" if fees is Absence.NONE else "no_fees"]
    first, *others = fees
    amount = _briefly(first, first.per, words)
    if not others:
        return words["fee_of_some"].format(price=amount) if first.of_some else amount
    amounts = dict.fromkeys(
        (amount, *(_briefly(fee, "" if fee.per == first.per else fee.per, words) for fee in others))
    )
    return words["or"].join(amounts) if all(fee.of_some for fee in fees) else enumerated(amounts, words)


def _briefly(fee: PlainFee, per: str, words: Words) -> str:
    if fee.amount is None:
        return words["fee_of_unknown_amount_short"].format(name=fee.name)
    return price(fee.amount, per, words)


def benefit_in_words(benefit: Benefit, words: Words) -> str:
    """Return a benefit as one line."""
    amount = price(benefit.amount, benefit.per, words) if benefit.amount is not None else ""
    share = ""
    if benefit.percent is not None:
        share = words["share"].format(percent=f"{benefit.percent:f}")
        share = words["share_of"].format(whole=benefit.of, share=share) if benefit.of else share
        share = share if amount else _for_each(benefit.per, share, words)
    cap = benefit.cap if amount or share or not benefit.cap else _for_each(benefit.per, benefit.cap, words)
    lasts = ""
    if benefit.lasts:
        lasts = words["lasts_at_most"].format(duration=limit_in_words(benefit.lasts, words))
    told = joined((amount, share, cap, lasts, benefit.note), words)
    return labelled(benefit.name, labelled(benefit.who, told, words), words)
