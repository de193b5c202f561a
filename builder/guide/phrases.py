"""Facts of an item in words: one line for each time, fee, benefit, result and form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from builder.content.card import price, time_in_short
from builder.content.fields import Absence
from builder.content.model.item import Benefit, Fee, Output, Procedure, Time
from builder.content.model.quantities import Route, Window
from builder.context.words import Words


def fee_in_words(fee: Fee) -> str:
    """Return a fee as one line."""
    amount = f"要交{fee.name}，多少请电话确认" if fee.amount is None else fee.name + price(fee.amount, fee.per)
    line = (f"{fee.who}：" if fee.who else "") + amount
    extra = "；".join(part for part in (fee.basis, fee.note) if part)
    return f"{line}（{extra}）" if extra else line


def benefit_in_words(benefit: Benefit) -> str:
    """Return a benefit as one line."""
    amount = price(benefit.amount, benefit.per) if benefit.amount is not None else ""
    if benefit.percent is not None:
        per = f"每{benefit.per.removeprefix('每')}" if benefit.per and not amount else ""
        share = f"{per}{benefit.of}{'的' if benefit.of else ''}{benefit.percent:f}%"
        amount = f"{amount}，{share}" if amount else share
    head = "".join(f"{part}：" for part in (benefit.name, benefit.who) if part)
    lasts = f"最多领{benefit.lasts}" if benefit.lasts else ""
    return head + "，".join(part for part in (amount, benefit.cap, lasts, benefit.note) if part)


def _paid(when: str) -> str:
    """Return when it is paid out as part of a sentence, where the editor wrote only a date."""
    return when if any(verb in when for verb in "发领出办给") else f"{when}发放"


def window_in_words(window: Window) -> str:
    """Return an application window as one line: who does what when, and what comes of it."""
    what = window.who + window.for_
    line = (f"{what}：" if what else "") + window.when + (f"，{_paid(window.pays)}" if window.pays else "")
    return f"{line}（{window.note}）" if window.note else line


def route_in_words(route: Route) -> str:
    """Return who does what on one way through the levels, such as 街道受理、初审；区复审."""
    return "；".join(one.level.label + "、".join(action.label for action in one.do) for one in route.levels)


def limits(time: Time, words: Words) -> Iterator[str]:
    """Yield the lines on how long it takes."""
    if time.promised:
        yield f"{time.starts}{time.promised}" if time.promised.n else str(time.promised)
    if time.statutory:
        yield f"{words['statutory']}{time.statutory}"
    if time.excludes:
        yield words["not_counted"].format(what="、".join(time.excludes))
    if time.note:
        yield time.note


def time_in_words(procedure: Procedure, words: Words) -> tuple[str, ...]:
    """Return the lines on how long it takes, none when that is not known."""
    if isinstance(procedure.time, Absence):
        return (time_in_short(procedure),)
    return tuple(limits(procedure.time, words)) if procedure.time else ()


def fees_in_words(fees: tuple[Fee, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    """Return a line for each fee; "free" is said, not left out."""
    if isinstance(fees, Absence):
        return (words["free"] if fees is Absence.NONE else words["no_fees"],)
    return tuple(fee_in_words(fee) for fee in fees or ())


def outputs_in_words(outputs: tuple[Output, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    """Return a line for each paper or card that one gets."""
    if isinstance(outputs, Absence):
        return (words["no_output"],)
    return tuple(
        output.name
        + (f"，{words['valid_for']}{output.validity}" if output.validity else "")
        + (f"（{output.note}）" if output.note else "")
        for output in outputs or ()
    )


def day(date: date | None, words: Words) -> str:
    """Return a date as 2026年11月3日, "" for none."""
    return words["date"].format(y=date.year, m=date.month, d=date.day) if date else ""
