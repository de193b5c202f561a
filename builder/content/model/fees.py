"""What a service costs: an amount, a share of something, or bands of either.

Amounts and shares are read as the documents have them (20万, 1,000元, 20至40, 不超过1.2%) and kept as numbers, so that
they can be compared and shown in one form. What is not understood is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, ClassVar, NamedTuple

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticKnownError

from builder.content.fields import Flag, Many, Record

HIGHEST = 1_000_000  # yuan; what is higher is a slip of the pen

_POWERS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = rf"({_DIGITS})\s*(百万|[百千万亿]?)"
_YUAN = rf"(?:人民币|[¥￥])?\s*{_NUMBER}\s*元?"
_PERCENT = rf"({_DIGITS})\s*([%％‰]?)"
_TO = r"\s*[-—–－～~至到]+\s*"
_AT_MOST = r"(不超过|不高于|至多|最高|最多)?\s*"
_LIMIT = r"(?:最低|最少|至少|最高|最多|至多|不超过|不低于)?\s*收?\s*"

_PERCENT_PER = re.compile(r"[%％‰]|百分之|千分之|万分之")
_PRICE_IN_WORDS = re.compile(
    r"[\d一二两三四五六七八九十百千万]\s*[元角折成%％‰]|百分之|千分之|减半|减免|免[收交缴费除]|不收费|不收取|免$|不收$"
)
_PER_IN_AMOUNT = re.compile(
    rf"每(?P<per>\D+?)(?P<n>{_DIGITS})\s*元?|(?P<number>{_DIGITS})\s*元?\s*[/／每](?P<unit>\D+)"
)
_EXTENT = re.compile(rf"(?:不满|不超过|至|到)?\s*{_NUMBER}\s*(.{{0,8}})")
_NAMED_EXTENT = re.compile(rf"(\D+?){_DIGITS}.*")


class Price(NamedTuple):
    """What is charged, in yuan or in percent: from `least` to `most`, which are often the same.

    `at_most` says that the document states a ceiling, below which an office sets its own price.
    """

    least: Decimal
    most: Decimal
    at_most: bool = False


class PlainRate(NamedTuple):
    """A price as plain values; `percent` tells a share from an amount in yuan."""

    price: Price
    percent: bool
    per: str


class PlainFee(NamedTuple):
    """A fee as plain values, for where many are kept: what is charged at least and at most.

    `rates` are the prices of all bands, one for each unit; what is free is not among them. `banded` says how the bands
    are told apart: BY_SIZE, BY_KIND, "" without bands. `of_some` says that only some applicants pay it. `note` is the
    editor's text, which alone says the price if `price_in_note`; `names_payer` is that of the fee.
    """

    name: str
    rates: tuple[PlainRate, ...]
    of: str
    banded: str
    free: bool
    first_free: bool
    least: Decimal | None
    cap: Decimal | None
    reduced: bool
    of_some: bool
    when: str
    note: str
    price_in_note: bool
    names_payer: bool


BY_SIZE, BY_KIND = "size", "kind"


def _decimal(number: str, power: str = "") -> Decimal:
    value = Decimal(re.sub("[,，]", "", number)) * _POWERS[power]
    return value.quantize(Decimal(1)) if power and value == value.to_integral() else value


def _price(text: str, number: str, highest: int) -> Price:
    """Return the price in `text`, each of whose numbers matches `number` with two groups.

    Raises `ValueError`, of which Pydantic's errors for numbers are a kind.
    """
    if not (match := re.fullmatch(rf"{_AT_MOST}{number}(?:{_TO}{number})?", text.strip())):
        negative = re.fullmatch(r"-\d+(?:\.\d+)?", text.strip())
        raise PydanticKnownError("greater_than_equal", {"ge": 0}) if negative else PydanticKnownError("decimal_parsing")
    ceiling, first, unit, second, last_unit = match.groups()
    # 20至40万 means 20万至40万, and 1至3‰ means 1‰至3‰.
    least = _scaled(first, unit or (last_unit or ""))
    most = _scaled(second, last_unit or "") if second else least
    if most < least:
        raise ValueError(f"“{text.strip()}”的后一个数要比前一个大")
    if most > highest:
        raise PydanticKnownError("less_than_equal", {"le": highest})
    return Price(least, most, bool(ceiling))


def _scaled(number: str, unit: str) -> Decimal:
    if unit in ("%", "％"):
        return _decimal(number)
    return _decimal(number) / 10 if unit == "‰" else _decimal(number, unit)


def _read_money(value: object) -> object:
    return value if isinstance(value, Price) else _price(_text(value), _YUAN, HIGHEST)


def _read_share(value: object) -> object:
    return value if isinstance(value, Price) else _price(_text(value), _PERCENT, 100)


def _text(value: object) -> str:
    """Return `value`, which has to be a text. Numbers are taken too, for records that a program makes."""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    return value


def _read_amount(value: object) -> object:
    """Return a single amount as a text that Pydantic reads as a number; what is not understood passes, and fails there."""
    match = re.fullmatch(f"{_LIMIT}{_YUAN}", value.strip()) if isinstance(value, str) else None
    return _decimal(*match.groups()) if match else value


def _read_percent(value: object) -> object:
    match = re.fullmatch(_PERCENT, value.strip()) if isinstance(value, str) else None
    return _scaled(*match.groups()) if match else value


def _pattern(number: str) -> dict[str, object]:
    plain = re.sub(r"\((?!\?)", "(?:", number)  # JavaScript has no use for the groups
    return {"type": "string", "pattern": f"^{plain}$"}


def _schema(text: str, highest: int) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": highest}, _pattern(text)]})


Money = Annotated[Price, BeforeValidator(_read_money), _schema(rf"{_AT_MOST}{_YUAN}(?:{_TO}{_YUAN})?", HIGHEST)]
Share = Annotated[Price, BeforeValidator(_read_share), _schema(rf"{_AT_MOST}{_PERCENT}(?:{_TO}{_PERCENT})?", 100)]
Amount = Annotated[Decimal, BeforeValidator(_read_amount), _schema(f"{_LIMIT}{_YUAN}", 100 * HIGHEST)]
Percent = Annotated[Decimal, BeforeValidator(_read_percent), _schema(_PERCENT, 100)]


class Band(Record):
    """收费的一档：数目在多少以内的，或哪一种，收多少。"""

    what: str = Field("", title="哪一种", description="按种类分的，如 中心区；按数目分的不写", max_length=40)
    from_: str = Field("", alias="from", title="从多少起", description="不写就接着上一档", max_length=20)
    to: str = Field("", title="到多少为止", description="如 20万、180立方米；再往上都一样的不写", max_length=20)
    amount: Money | None = Field(None, title="金额（元）", description="如 50；不收写 0")
    percent: Share | None = Field(None, title="比例（%）", description="如 1.2")
    per: str = Field("", title="按什么收", description="与别的档不同时才写", max_length=20)
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _says_how_much(self) -> Band:
        if (self.amount is None) == (self.percent is None):
            raise ValueError("每一档要写 amount（金额）或 percent（比例）中的一样")
        for text in filter(None, (self.from_, self.to)):
            if not _EXTENT.fullmatch(text):
                raise ValueError(f"“{text}”看不懂，要先写数再写单位，如 20万、180立方米、2小时")
        return self

    @property
    def starts(self) -> Extent | None:
        """Where it begins, if that is written."""
        return _extent(self.from_)

    @property
    def ends(self) -> Extent | None:
        """Where it ends, None if it goes on without end."""
        return _extent(self.to)


class Extent(NamedTuple):
    """Where a band begins or ends. `unit` is "" for yuan."""

    n: Decimal
    unit: str


def _extent(text: str) -> Extent | None:
    match = _EXTENT.fullmatch(text)
    return Extent(_decimal(match[1], match[2]), match[3].removeprefix("元")) if match else None


class PlacedBand(NamedTuple):
    """A band with where it begins and ends: None where there is no such limit. `unit` is "" for yuan."""

    band: Band
    start: Decimal | None
    end: Decimal | None
    unit: str


class Reduction(Record):
    """减免：谁可以少交，交多少。可以只写一句话。"""

    shorthand: ClassVar[str] = "text"

    who: str = Field("", title="谁", description="如 低保户", max_length=60)
    free: Flag = Field(False, title="不收", description="一分钱不收的写 是")
    percent: Share | None = Field(None, title="只收百分之几", description="减半的写 50")
    amount: Amount | None = Field(None, title="只收多少（元）", ge=0, le=HIGHEST)
    text: str = Field("", title="怎么减免", description="别的说法，如 可以申请缓交", max_length=120)

    @model_validator(mode="after")
    def _says_how_much(self) -> Reduction:
        ways = (self.free, self.percent is not None, self.amount is not None)
        if sum(ways) > 1:
            raise ValueError("free（不收）、percent（只收百分之几）、amount（只收多少）只能写一样")
        if not (self.text or any(ways)):
            raise ValueError(
                "减免要写 free: 是（不收）、percent（只收百分之几，减半写 50）、amount（只收多少）或 text（一句话）"
            )
        if any(ways) and not self.who:
            raise ValueError("减免要写 who（谁可以减免）")
        return self


class Fee(Record):
    """收费。不收费写 fees: 无。知道要收、不知道收多少的，只写叫什么。"""

    name: str = Field("", title="叫什么", description="如 工本费", max_length=40)
    amount: Money | None = Field(None, title="金额（元）", description="如 10；也可以写 20至40、不超过300")
    percent: Share | None = Field(None, title="比例（%）", description="如 1.2；还要写 of")
    of: str = Field("", title="按什么算", description="写 percent 或 bands 时用，如 受益额、停车时间", max_length=40)
    bands: Many[Band] = Field((), title="分档", description="按数目或种类分几档收的，从低到高一档一条")
    whole: Flag = Field(False, title="整笔按一档收", description="落在哪一档，整笔就按哪一档收；分段累加的不写")
    at_most: Flag = Field(False, title="是上限", description="文件说“不超过”的写 是")
    least: Amount | None = Field(None, title="最低收（元）", ge=0, le=100 * HIGHEST)
    cap: Amount | None = Field(None, title="最高收（元）", ge=0, le=100 * HIGHEST)
    per: str = Field("", title="按什么收", description="如 件、对、人每年", max_length=20)
    who: str = Field("", title="谁交", description="如 18周岁以上城镇居民", max_length=60)
    when: str = Field("", title="什么情况才收", description="如 丢失、损坏补办的", max_length=60)
    first_free: Flag = Field(False, title="首次不收", description="头一次不收、以后才收的写 是")
    reductions: Many[Reduction] = Field((), title="减免", description="谁可以不交或少交")
    basis: str = Field("", title="收费依据", max_length=80)
    note: str = Field("", title="说明")

    @model_validator(mode="before")
    @classmethod
    def _is_no_share_per_unit(cls, raw: object) -> object:
        """Refuse 1.2 per "%", 10元/件 as an amount, and a range in two fields."""
        if not isinstance(raw, dict):
            return raw
        if any(isinstance(raw.get(key), str) and _PERCENT_PER.search(raw[key]) for key in ("per", "amount")):
            raise ValueError(_in_percent(raw))
        if match := _PER_IN_AMOUNT.fullmatch(str(raw.get("amount") or "").strip()):
            amount, per = match["n"] or match["number"], match["per"] or match["unit"]
            raise ValueError(f"按什么收写在 per 里：amount: {amount}, per: {per.strip()}")
        if "from" in raw or "to" in raw:
            least, most = raw.get("from", "…"), raw.get("to", "…")
            raise ValueError(f"一段金额写在一起：amount: {least}至{most}；按数目分档收的，写在 bands 里")
        return raw

    @model_validator(mode="after")
    def _says_what_or_how_much(self) -> Fee:
        charged = (self.amount, self.percent, self.bands or None)
        if sum(way is not None for way in charged) > 1:
            raise ValueError("amount（金额）、percent（比例）、bands（分档）只能写一样；两样都收的，分成两条")
        if all(way is None for way in (*charged, self.least, self.cap)) and not self.name:
            raise ValueError("收费要写 amount（金额）；不知道收多少的，写 name（叫什么，如 工本费）")
        if (self.percent is not None or self.bands) and not self.of:
            raise ValueError(
                "还要写 of（按什么算，如 受益额）" if self.percent else "还要写 of（按什么分档，如 受益额）"
            )
        if self.of and self.percent is None and not self.bands:
            raise ValueError("写了 of（按什么算），还要写 percent（比例）或 bands（分档）")
        if self.least is not None and self.cap is not None and self.least > self.cap:
            raise ValueError(f"最低收 {self.least}元，比最高收 {self.cap}元还高，请核对")
        if self.at_most and all(way is None for way in charged):
            raise ValueError("写了 at_most（是上限），还要写 amount、percent 或 bands")
        if self.bands and self.per and all(band.per for band in self.bands):
            raise ValueError("per（按什么收）每一档都写了，这一条的就不要写")
        if self.whole and not self.bands:
            raise ValueError("写了 whole（整笔按一档收），还要写 bands（分档）")
        _check_rising(self.bands)
        return self

    @property
    def price_in_note(self) -> bool:
        """Whether the note says what no field does: how much it is, or that it is less for some."""
        return not self.is_priced and bool(_PRICE_IN_WORDS.search(self.note))

    @property
    def names_payer(self) -> bool:
        """Whether the name says who pays or for what part (符合条件的, 20万元以下的部分), and not what is paid."""
        return self.name.endswith(("的", "部分", "以上", "以下"))

    @property
    def is_priced(self) -> bool:
        """Whether a field says how much it is."""
        known = (self.amount, self.percent, self.bands or None, self.least, self.cap)
        return any(value is not None for value in known)

    @property
    def plain(self) -> PlainFee:
        """The same as plain values."""
        charged = [
            (self.amount, self.percent, self.per),
            *((one.amount, one.percent, one.per or self.per) for one in self.bands),
        ]
        if self.price_in_note:
            charged.append((*_stated_in(self.note), self.per))
        ceiling = self.at_most
        prices = [
            PlainRate(price._replace(at_most=price.at_most or ceiling), amount is None, per)
            for amount, percent, per in charged
            if (price := amount if amount is not None else percent) is not None
        ]
        banded = BY_SIZE if any(band.to or band.from_ for band in self.bands) else BY_KIND
        return PlainFee(
            name=self.name,
            rates=merged(rate for rate in prices if rate.price.most),
            of=self.of,
            banded=banded if self.bands else "",
            free=any(not rate.price.most for rate in prices),
            first_free=self.first_free,
            least=self.least,
            cap=self.cap,
            reduced=bool(self.reductions),
            of_some=bool(self.who),
            when=self.when,
            note=self.note,
            price_in_note=self.price_in_note,
            names_payer=self.names_payer,
        )

    @property
    def placed_bands(self) -> tuple[PlacedBand, ...]:
        """The bands with their limits: where none is written, a band begins where the one before it of its kind ends."""
        unit = next(
            (limit.unit for band in self.bands for limit in (band.ends, band.starts) if limit and limit.unit), ""
        )
        reached: dict[str, Decimal] = {}
        placed = []
        for band in self.bands:
            start, end = band.starts, band.ends
            begins = start.n if start else reached.get(band.what)
            placed.append(PlacedBand(band, begins or None, end.n if end else None, unit))
            if end:
                reached[band.what] = end.n
        return tuple(placed)


def _stated_in(note: str) -> tuple[Price | None, Price | None]:
    """Return the amount or the share with which a note begins: 不超过1%, 20元; (None, None) without one."""
    begins = re.split("[，,；;。（(]", note, maxsplit=1)[0].strip()
    try:
        if begins.endswith(("%", "％", "‰")):
            return None, _price(begins, _PERCENT, 100)
        return (_price(begins, _YUAN, HIGHEST), None) if begins.endswith("元") else (None, None)
    except ValueError:
        return None, None


def merged(rates: Iterable[PlainRate]) -> tuple[PlainRate, ...]:
    """Return one rate for each unit, from the least to the most that is charged for it."""
    found: dict[tuple[bool, str], PlainRate] = {}
    for rate in rates:
        known = found.setdefault((rate.percent, rate.per), rate)
        price = Price(
            min(known.price.least, rate.price.least),
            max(known.price.most, rate.price.most),
            known.price.at_most or rate.price.at_most,
        )
        found[rate.percent, rate.per] = known._replace(price=price)
    return tuple(found.values())


def _check_rising(bands: tuple[Band, ...]) -> None:
    """Raise ValueError unless the bands of a kind follow each other without gaps, from the lowest up."""
    units = {limit.unit for band in bands for limit in (band.starts, band.ends) if limit and limit.unit}
    if len(units) > 1:
        raise ValueError(f"各档的单位要一样，现在有{'、'.join(sorted(units))}")
    last: dict[str, Band] = {}
    for number, band in enumerate(bands, start=1):
        before = last.get(band.what)
        if not (before or band.what or band.from_ or band.to):
            raise ValueError(f"第{number}档要写 to（到多少为止）或 what（哪一种）")
        start, end = band.starts, band.ends
        if before and not before.ends:
            hint = f"第{number}档前面的一档没有写 to（到多少为止）；只有最后一档可以不写"
            raise ValueError(
                hint if before.from_ or band.to else f"第{number}档和前面的分不开：写 to（到多少为止）或 what（哪一种）"
            )
        reached = before.ends if before else None
        if reached and start and start.n != reached.n:
            raise ValueError(
                f"第{number}档从 {band.from_} 起，前一档到 {before.to if before else ''} 为止，接不上，请核对"
            )
        floor = start or reached
        if floor and end and end.n <= floor.n:
            raise ValueError(
                f"分档要从低到高：第{number}档到 {band.to} 为止，没有超过 {band.from_ or (before.to if before else '')}"
            )
        last[band.what] = band


def _in_percent(raw: dict[str, object]) -> str:
    """Return how to write a fee whose editor gave a share as an amount."""
    per, amount = str(raw.get("per") or ""), str(raw.get("amount") or "…")
    sign_of = next(text for text in (per, amount) if _PERCENT_PER.search(text))
    amount = amount.rstrip("%％‰")
    sign = "‰" if "‰" in sign_of or "千分之" in sign_of else ""
    name = str(raw.get("name") or "")
    match = _NAMED_EXTENT.fullmatch(name)
    of = (match[1] if match else re.sub(r"[%％‰的]|百分之|千分之|万分之", "", per)).strip() or "…"
    ceiling = ", at_most: 是" if "不超过" in str(raw.get("note") or "") else ""
    if not match:
        named = f"name: {name}, " if name else ""
        return f"“{sign_of}”是比例，改成 {{{named}percent: {amount}{sign}, of: {of}{ceiling}}}"
    to = re.search(rf"(?:至|不满|不超过|到)?({_DIGITS}[百千万亿]*)[^\d]*$", name)
    end = f"to: {to[1]}, " if to and not re.search(r"\d[^\d]*以上的?(?:部分)?$", name) else ""
    return (
        f"“{sign_of}”是比例，改成 {{of: {of}, bands: [{{{end}percent: {amount}{sign}}}]{ceiling}}}，别的档也写进 bands"
    )
