"""What a service costs: an amount, a share of something, or bands of either, with limits and reductions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, ClassVar, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from builder.content.fields import Flag, Many, Record
from builder.content.model.amounts import HIGHEST, Amount, Extent, Money, Price, Share, extent, stated_in
from builder.content.model.fee_slips import advice_on_fee, advice_on_text

_PRICE_IN_WORDS = re.compile(
    r"[\d一二两三四五六七八九十百千万]\s*[元角折成%％‰]|百分之|千分之|减半|减免|免[收交缴费除]|不收费|不收取|免$|不收$"
)


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


# For what a fee is charged. Documents also write 元/件.
Unit = Annotated[str, AfterValidator(lambda text: re.sub(r"^元\s*[/／每]\s*", "", text))]


class Band(Record):
    """收费的一档：数目在多少以内的，或哪一种，收多少。"""

    in_braces: ClassVar[bool] = True

    what: str = Field("", title="哪一种", description="按种类分的，如 中心区；按数目分的不写", max_length=40)
    from_: str = Field("", alias="from", title="从多少起", description="不写就接着上一档", max_length=20)
    to: str = Field("", title="到多少为止", description="如 20万、180立方米；再往上都一样的不写", max_length=20)
    amount: Money | None = Field(None, title="金额（元）", description="如 50；不收写 0")
    percent: Share | None = Field(None, title="比例（%）", description="如 1.2")
    per: Unit = Field("", title="按什么收", description="与别的档不同时才写", max_length=20)
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _says_how_much(self) -> Band:
        if (self.amount is None) == (self.percent is None):
            raise ValueError("每一档要写 amount（金额）或 percent（比例）中的一样")
        for text in filter(None, (self.from_, self.to)):
            if not extent(text):
                raise ValueError(f"“{text}”看不懂，要先写数再写单位，如 20万、180立方米、2小时")
        return self

    @property
    def starts(self) -> Extent | None:
        """Where it begins, if that is written."""
        return extent(self.from_)

    @property
    def ends(self) -> Extent | None:
        """Where it ends, None if it goes on without end."""
        return extent(self.to)


class PlacedBand(NamedTuple):
    """A band with where it begins and ends: None where there is no such limit. `unit` is "" for yuan."""

    band: Band
    start: Decimal | None
    end: Decimal | None
    unit: str


class Reduction(Record):
    """减免：谁可以少交，交多少。可以只写一句话。"""

    shorthand: ClassVar[str] = "text"
    in_braces: ClassVar[bool] = True

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
    per: Unit = Field("", title="按什么收", description="如 件、对、人每年", max_length=20)
    who: str = Field("", title="谁交", description="如 18周岁以上城镇居民", max_length=60)
    when: str = Field("", title="什么情况才收", description="如 丢失、损坏补办的", max_length=60)
    first_free: Flag = Field(False, title="首次不收", description="头一次不收、以后才收的写 是")
    reductions: Many[Reduction] = Field((), title="减免", description="谁可以不交或少交")
    basis: str = Field("", title="收费依据", max_length=80)
    note: str = Field("", title="说明")

    @model_validator(mode="before")
    @classmethod
    def _is_written_as_a_fee(cls, raw: object) -> object:
        advice = advice_on_text(raw) if isinstance(raw, str) else advice_on_fee(raw) if isinstance(raw, dict) else ""
        if advice:
            raise ValueError(advice)
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
        if self.note in ("不超过", "最高", "上限", "封顶") and self.is_priced:
            raise ValueError(f"“{self.note}”不写在 note 里，写成 at_most: 是")
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
            charged.append((*stated_in(self.note), self.per))
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
