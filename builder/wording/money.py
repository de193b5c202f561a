"""Money in words: what it costs, and what one gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from builder.content.card import FeeFact
from builder.content.fields import Absence
from builder.content.model.amounts import Price
from builder.content.model.fees import Fee, PlacedBand, PlainFee, PlainRate, Reduction, merged
from builder.content.model.item import Benefit
from builder.context.words import Words
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.times import limit_in_words

TEN_THOUSAND = Decimal(10_000)
HALF = 50  # percent
LONGEST = 30  # characters of names that can stand in a summary
SHORT = 12  # characters of a note that can stand in a summary
UNITS = 3  # units for each of which a summary can tell the least and the most


def price(amount: Decimal, per: str, words: Words) -> str:
    """Return an amount of money for a unit, such as 每平方米15元."""
    return for_each(per, _yuan(amount, words), words)


def for_each(per: str, amount: str, words: Words) -> str:
    """Return an amount of something for a unit: 每人15元; without a unit it is the amount."""
    return words["for_each"].format(per=per.removeprefix("每"), amount=amount) if per else amount


def _yuan(amount: Decimal, words: Words) -> str:
    """Return an amount of money. From 10,000 up, whole thousands are told in 万, as documents do: 1.5万元, 20万元."""
    whole = amount >= TEN_THOUSAND and amount % 1000 == 0
    number = words["ten_thousands"].format(n=f"{(amount / TEN_THOUSAND).normalize():f}") if whole else f"{amount:f}"
    return words["price"].format(amount=number)


def _share(percent: Decimal, words: Words) -> str:
    return words["share"].format(percent=f"{percent:f}")


def _rate(rate: PlainRate, words: Words, of: str = "") -> str:
    """Return what is charged for a unit: 每张4元, 20元至40元, 不超过300元, 房价的0.5%, 0.1%至1.2%（上限）."""
    least, most, at_most = rate.price
    in_words = _share if rate.percent else _yuan
    told = in_words(least, words)
    if most != least:
        told = words["range"].format(least=told, most=in_words(most, words))
    told = words["share_of"].format(whole=of, share=told) if of else told
    if at_most:
        told = words["at_most"].format(price=told) if most == least else with_note(told, words["ceiling"], words)
    return for_each(rate.per, told, words)


# --- All that is known of a fee --------------------------------------------------------------------------------------


def fees_in_words(fees: tuple[Fee, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    """Return the lines on all fees: one for each, and one for each of its bands and reductions.

    "Free" is said, not left out.
    """
    if isinstance(fees, Absence):
        return (fee_in_brief(fees, words),)
    return tuple(line for fee in fees or () for line in _lines(fee, words))


def _lines(fee: Fee, words: Words) -> Iterator[str]:
    remarks = in_clauses((fee.basis, "" if fee.price_in_note else fee.note), words)
    whose = joined((fee.who, "" if fee.first_free else fee.when), words)
    yield with_note(labelled(whose, _charged(fee, words), words), remarks, words)
    yield from (words["fee_part"].format(text=_band(fee, placed, words)) for placed in fee.placed_bands)
    yield from (words["fee_part"].format(text=_reduction(reduction, words)) for reduction in fee.reductions)


def _charged(fee: Fee, words: Words) -> str:
    """Return what is charged, with the name of the fee; of bands how they are told apart."""
    plain, bounds = fee.plain, tuple(_bounds(fee.least, fee.cap, words))
    if fee.bands:
        by = words[f"fee_by_{plain.banded}"].format(of=fee.of)
        told = joined((by, words["whole_in_band"] if fee.whole else "", *bounds), words)
    elif plain.rates and not fee.price_in_note:
        told = joined((_rate(plain.rates[0], words, fee.of), *bounds), words)
    elif plain.free:
        return words["fee_is_free"].format(name=fee.name)
    elif bounds:
        told = for_each(fee.per, joined(bounds, words), words)
    elif fee.price_in_note:
        told = fee.note
    elif fee.names_payer or fee.first_free:
        told = words["ask_by_phone"]
    else:
        return for_each(fee.per, words["fee_of_unknown_amount"].format(name=fee.name), words)
    if fee.first_free:
        told = in_clauses((words["first_free"], labelled(fee.when or words["again"], told, words)), words)
    plainly = fee.amount is not None and not (bounds or fee.first_free)
    named = words["fee_named"].format(name=fee.name, price=told) if plainly else labelled(fee.name, told, words)
    return named if fee.name else told


def _bounds(least: Decimal | None, cap: Decimal | None, words: Words) -> Iterator[str]:
    if least is not None:
        yield words["fee_at_least"].format(price=_yuan(least, words))
    if cap is not None:
        yield words["fee_at_most"].format(price=_yuan(cap, words))


def _band(fee: Fee, placed: PlacedBand, words: Words) -> str:
    band = placed.band
    percent, per = band.amount is None, band.per or fee.per
    extent = _extent(placed, words)
    # Of a share, and of a price for each unit, every part of the whole is charged at its own rate.
    if extent and not fee.whole and (percent or per == placed.unit != ""):
        extent = words["part_of_whole"].format(extent=extent)
    price = (band.percent if percent else band.amount) or Price(Decimal(0), Decimal(0))
    rate = PlainRate(price._replace(at_most=price.at_most or fee.at_most), percent, per)
    told = _rate(rate, words) if price.most else words["nothing_charged"]
    return with_note(labelled(joined((band.what, extent), words), told, words), band.note, words)


def _extent(placed: PlacedBand, words: Words) -> str:
    def limit(n: Decimal) -> str:
        return f"{n:f}{placed.unit}" if placed.unit else _yuan(n, words)

    start, end = placed.start, placed.end
    if start is not None and end is not None:
        return words["range"].format(least=limit(start), most=limit(end))
    if end is not None:
        return words["up_to"].format(limit=limit(end))
    return words["from_up"].format(limit=limit(start)) if start is not None else ""


def _reduction(reduction: Reduction, words: Words) -> str:
    free = reduction.free or reduction.amount == 0 or bool(reduction.percent and not reduction.percent.most)
    told = words["nothing_charged"] if free else ""
    if reduction.percent and not free:
        half = reduction.percent.least == reduction.percent.most == HALF
        share = _rate(PlainRate(reduction.percent, percent=True, per=""), words)
        told = words["reduced_to_half"] if half else words["reduced_to"].format(price=share)
    if reduction.amount:
        told = words["reduced_to"].format(price=_yuan(reduction.amount, words))
    return labelled(reduction.who, joined((told, reduction.text), words), words)


# --- A fee in a few words --------------------------------------------------------------------------------------------


def fee_in_brief(fees: FeeFact | None, words: Words) -> str:
    """Return what it costs in a few words, "" when not known.

    Of two fees each is told with its name; of more, the least and the most for each unit.
    """
    if fees is None:
        return ""
    if isinstance(fees, Absence):
        return words["free" if fees is Absence.NONE else "no_fees"]
    if len(fees) == 1:
        return _one_in_brief(fees[0], words)
    return _two_in_brief(*fees, words) if len(fees) == 2 else _many_in_brief(fees, words)


def _one_in_brief(fee: PlainFee, words: Words) -> str:
    told = _briefly(fee, words)
    if fee.when and not fee.first_free:
        short = len(fee.when) <= SHORT
        return labelled(fee.when, told, words) if short else words["fee_in_some_cases"].format(price=told)
    return words["fee_of_some"].format(price=told) if fee.of_some else told


def _two_in_brief(first: PlainFee, second: PlainFee, words: Words) -> str:
    same_unit = not (first.name or second.name) and [rate.per for rate in first.rates] == [
        rate.per for rate in second.rates
    ]
    follows = second._replace(rates=tuple(rate._replace(per="") for rate in second.rates)) if same_unit else second
    told = tuple(dict.fromkeys(_with_name(fee, words) for fee in (first, follows)))
    if first.of_some and second.of_some and not (first.name or second.name):
        return words["or"].join(told)
    return in_clauses(told, words) if any(words["part_separator"] in one for one in told) else enumerated(told, words)


def _with_name(fee: PlainFee, words: Words) -> str:
    """Return a fee with what tells it from the other: its name, when it is charged, or a short note."""
    told = _briefly(fee, words)
    if fee.name and not fee.price_in_note and (fee.rates or fee.least is not None or fee.cap is not None):
        plain = not (fee.banded or fee.of or fee.first_free)
        told = words["fee_named"].format(name=fee.name, price=told) if plain else labelled(fee.name, told, words)
    if fee.when and not fee.first_free:
        return labelled(fee.when, told, words)
    return with_note(told, fee.note, words) if not fee.name and len(fee.note) <= SHORT else told


def _briefly(fee: PlainFee, words: Words) -> str:
    """Return what is charged, without the name; of a fee of unknown amount its name."""
    if fee.free and not fee.rates:
        return words["fee_is_free"].format(name=fee.name)
    if fee.price_in_note:
        return labelled(fee.name, fee.note, words)
    bounds = tuple(_bounds(fee.least, fee.cap, words))
    if not (fee.rates or bounds):
        if fee.first_free:
            later = words["later_on"].format(price=words["ask_by_phone"])
            return labelled(fee.name, joined((words["first_free"], later), words), words)
        if fee.names_payer:
            return labelled(fee.name, words["ask_by_phone"], words)
        return words["fee_of_unknown_amount_short"].format(name=fee.name)
    of = "" if fee.banded else fee.of
    rates = words["or"].join(_rate(rate, words, of) for rate in fee.rates)
    by = words[f"fee_in_brief_by_{fee.banded}"].format(of=fee.of) if fee.banded else ""
    free = words["some_free"] if fee.free else ""
    told = joined((by, rates, free, *bounds), words)
    if fee.first_free:
        told = joined((words["first_free"], words["later_on"].format(price=told)), words)
    return joined((told, words["reductions"] if fee.reduced else ""), words)


def _many_in_brief(fees: tuple[PlainFee, ...], words: Words) -> str:
    """Return the names of several fees, as far as there is room, and the least and the most that each unit costs."""
    rates = merged(rate for fee in fees for rate in fee.rates)
    bases = {fee.of for fee in fees if any(rate.percent for rate in fee.rates)}
    base = next(iter(bases)) if len(bases) == 1 else ""
    told = [_rate(rate, words, base if rate.percent else "") for rate in rates]
    if len(rates) > UNITS:
        amounts = [rate for rate in rates if not rate.percent] or list(rates)
        lowest = min(amounts, key=lambda rate: rate.price.least)
        highest = max(amounts, key=lambda rate: rate.price.most)
        told = [
            words["range"].format(
                least=_rate(lowest._replace(price=Price(lowest.price.least, lowest.price.least)), words),
                most=_rate(highest._replace(price=Price(highest.price.most, highest.price.most)), words),
            )
        ]
    alike = len(rates) == 1 and rates[0].price.least == rates[0].price.most and all(fee.rates for fee in fees)
    if alike:
        told = [words["fee_alike"].format(price=told[0])]
    first_free = words["some_first_free"] if any(fee.first_free for fee in fees) else ""
    unknown = [fee.name for fee in fees if not (fee.rates or fee.free or fee.price_in_note or fee.names_payer)]
    names = _names(fees, words)
    by = "fee_differs" if names or not all(fee.of_some for fee in fees) else "fee_differs_by_payer"
    parts = (
        *told,
        words["some_free"] if any(fee.free for fee in fees) else "",
        first_free,
        words["fee_of_unknown_amount_short"].format(name=enumerated(unknown, words)) if unknown else "",
        words["reductions"] if any(fee.reduced for fee in fees) else "",
        "" if alike else words[by],
    )
    return labelled(names, joined(parts, words), words)


def _names(fees: tuple[PlainFee, ...], words: Words) -> str:
    """Return the names of fees without what stands in brackets; only the first, with their number, if that is long."""
    names = list(dict.fromkeys(re.sub(r"[（(].*[）)]$", "", fee.name) for fee in fees if fee.name))
    told = enumerated(names, words)
    return told if len(told) <= LONGEST else words["fees_and_others"].format(name=names[0], n=len(fees))


def benefit_in_words(benefit: Benefit, words: Words) -> str:
    """Return a benefit as one line."""
    amount = price(benefit.amount, benefit.per, words) if benefit.amount is not None else ""
    share = ""
    if benefit.percent is not None:
        share = words["share"].format(percent=f"{benefit.percent:f}")
        share = words["share_of"].format(whole=benefit.of, share=share) if benefit.of else share
        share = share if amount else for_each(benefit.per, share, words)
    cap = benefit.cap if amount or share or not benefit.cap else for_each(benefit.per, benefit.cap, words)
    lasts = ""
    if benefit.lasts:
        lasts = words["lasts_at_most"].format(duration=limit_in_words(benefit.lasts, words))
    told = joined((amount, share, cap, lasts, benefit.note), words)
    return labelled(benefit.name, labelled(benefit.who, told, words), words)
