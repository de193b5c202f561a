"""How to write a fee that its editor wrote in a way that YAML takes but that means something else.

Documents list the bands of a fee as if each were one: 受益额20万元以下的部分 1.2%. So do editors, with the percent sign as
the unit or in the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from builder.content.model.amounts import stated_in

_SHARE = re.compile(r"[%％‰]|百分之|千分之|万分之")
_DIGITS = r"\d[\d,，]*(?:\.\d+)?"
_PER_IN_AMOUNT = re.compile(
    rf"每(?P<per>\D+?)(?P<n>{_DIGITS})\s*元?|(?P<number>{_DIGITS}(?:\s*[-—–－～~至到]\s*{_DIGITS})?)\s*元?\s*[/／每](?P<unit>\D+)"
)
UNKNOWN = "…"  # stands in advice for what only the editor knows
_LIMIT = re.compile(r"\d[\d,，.]*[百千万亿]*")
_BEFORE_LIMIT = re.compile(r"(?:不超过|不满|超过|未达到|达到|在)$")


class _Band(NamedTuple):
    of: str
    to: str
    rate: str
    at_most: bool

    def __str__(self) -> str:
        return f"{{to: {self.to}, percent: {self.rate}}}" if self.to else f"{{percent: {self.rate}}}"


def advice_on_fee(raw: Mapping[str, object]) -> str:
    """Return how to write a fee with a share as its amount, a unit in its amount, or a range in two fields; else ""."""
    if _is_share(raw):
        return _as_share(raw)
    if advice := advice_on_unit(str(raw.get("amount") or "")):
        return advice
    if "from" in raw or "to" in raw:
        least, most = raw.get("from", UNKNOWN), raw.get("to", UNKNOWN)
        return f"一段金额写在一起：amount: {least}至{most}；按数目分档收的，写在 bands 里"
    return ""


def advice_on_text(text: str) -> str:
    """Return how to write a fee that is only a text, such as 每件10元 or 不超过300元; "" if no amount is understood."""
    amount, _ = stated_in(text)
    return advice_on_unit(text) or (f"写成 amount: {text.strip()}" if amount else "")


def advice_on_unit(amount: str) -> str:
    """Return how to write an amount that holds its unit, such as 10元/件 or 每件10元; else ""."""
    match = _PER_IN_AMOUNT.fullmatch(amount.strip())
    if not match:
        return ""
    number, per = match["n"] or match["number"], match["per"] or match["unit"]
    return f"按什么收写在 per 里：amount: {number}, per: {per.strip()}"


def advice_on_fees(raw: object) -> str:
    """Return how to write fees that are the bands of one fee, with a share as the amount of some; else ""."""
    fees = [fee for fee in raw if isinstance(fee, dict)] if isinstance(raw, list) else []
    return as_one_fee(fees) if any(map(_is_share, fees)) else ""


def as_one_fee(fees: Sequence[Mapping[str, object]]) -> str:
    """Return how to write fees as one where their names and notes tell two bands or more; else ""."""
    bands = [band for raw in fees if (band := _band(raw)) and band.rate != UNKNOWN]
    if len(bands) < 2:
        return ""
    of = next((band.of for band in bands if band.of), UNKNOWN)
    ceiling = ", at_most: 是" if all(band.at_most for band in bands) else ""
    rest = "；其余的照旧" if len(bands) < len(fees) else ""
    return f"这是一项收费的{len(bands)}档，合成一条：{{of: {of}, bands: [{', '.join(map(str, bands))}]{ceiling}}}{rest}"


def _is_share(raw: Mapping[str, object]) -> bool:
    texts = [raw.get("per"), raw.get("amount")]
    return any(isinstance(text, str) and _SHARE.search(text) for text in texts)


def _as_share(raw: Mapping[str, object]) -> str:
    sign = next(text for text in map(str, (raw.get("per"), raw.get("amount"))) if _SHARE.search(text))
    if band := _band(raw):
        ceiling = ", at_most: 是" if band.at_most else ""
        return f"“{sign}”是比例，改成 {{of: {band.of or UNKNOWN}, bands: [{band}]{ceiling}}}，别的档也写进 bands"
    rate, at_most = _rate(raw)
    of = _SHARE.sub("", str(raw.get("per") or "")).strip("的/ ") or UNKNOWN
    name = f"name: {raw['name']}, " if raw.get("name") else ""
    ceiling = ", at_most: 是" if at_most else ""
    return f"“{sign}”是比例，改成 {{{name}percent: {rate}, of: {of}{ceiling}}}"


def _band(raw: Mapping[str, object]) -> _Band | None:
    """Return the band that the name of a fee describes: 受益额20万元以上不满50万元的部分; None if it describes none."""
    name = str(raw.get("name") or "")
    limits = list(_LIMIT.finditer(name))
    if not 1 <= len(limits) <= 2:
        return None
    before, after = name[: limits[0].start()], name[limits[-1].end() :]
    open_end = len(limits) == 1 and ("以上" in after or (before.endswith("超过") and not before.endswith("不超过")))
    return _Band(_BEFORE_LIMIT.sub("", before), "" if open_end else limits[-1][0], *_rate(raw))


def _rate(raw: Mapping[str, object]) -> tuple[str, bool]:
    """Return the share of a fee, UNKNOWN if none is written, and whether it is a ceiling."""
    note, amount, per = (str(raw.get(key) or "") for key in ("note", "amount", "per"))
    at_most = "不超过" in note or "不超过" in amount
    if not amount:
        _, share = stated_in(note)
        return (f"{share.least.normalize():f}" if share else UNKNOWN), at_most
    number = re.sub("[^\\d.]", "", amount)
    parts = 1000 if "‰" in amount + per or "千分之" in amount + per else 10_000 if "万分之" in amount + per else 100
    try:
        return f"{(Decimal(number) * 100 / parts).normalize():f}", at_most
    except InvalidOperation:
        return UNKNOWN, at_most
