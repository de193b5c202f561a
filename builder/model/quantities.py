"""Quantities that editors write as Chinese text: durations, application windows, handling depth, disclosure terms.

Each reads the phrase as the documents have it and keeps what it means, so that it can be compared, checked and shown
in one form everywhere.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pydantic import Field, model_validator

from builder.fields import Choice, Many, Record, Text

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(?:\d+|[零一二两三四五六七八九十百]+)"


def number(text: str) -> int:
    """Return the value of a number below 1,000 in digits or Chinese numerals. Raises KeyError on anything else."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


class Unit(Choice):
    """Units of time. Working days leave out weekends and holidays; days do not."""

    NOW = "now", "当场"
    SAME_DAY = "same-day", "当日"
    HOUR = "hour", "小时"
    WORKDAY = "workday", "个工作日"
    DAY = "day", "天"
    WEEK = "week", "周"
    MONTH = "month", "个月"
    YEAR = "year", "年"


_DURATION_UNITS = {
    "小时": Unit.HOUR, "个小时": Unit.HOUR, "工作日": Unit.WORKDAY, "个工作日": Unit.WORKDAY, "天": Unit.DAY,
    "日": Unit.DAY, "个自然日": Unit.DAY, "周": Unit.WEEK, "个星期": Unit.WEEK, "月": Unit.MONTH, "个月": Unit.MONTH,
    "年": Unit.YEAR,
}  # fmt: skip
_DURATION = re.compile(
    rf"({_NUMBER})(?:\s*[-—–~至到]+\s*({_NUMBER}))?\s*({'|'.join(sorted(_DURATION_UNITS, key=len, reverse=True))})(?:以?内|之内)?"
)
_AT_ONCE = {"即时": Unit.NOW, "即时办理": Unit.NOW, "即时办结": Unit.NOW, "当场": Unit.NOW, "当场办结": Unit.NOW,
            "即办": Unit.NOW, "当日": Unit.SAME_DAY, "当天": Unit.SAME_DAY, "当日办结": Unit.SAME_DAY}  # fmt: skip


class Duration(Record):
    """时长：如“15个工作日”“当场”“3至6个月”。"""

    shorthand: ClassVar[str] = "text"

    n: int = Field(0, title="数量", description="几个单位；当场、当日写 0", ge=0, le=10_000)
    up_to: int | None = Field(None, title="至多", description="一段范围的上限，如“3至6个月”的 6", ge=1, le=10_000)
    unit: Unit = Field(title="单位", description="当场、当日、小时、个工作日、天、周、个月、年")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return duration_parts(raw) if isinstance(raw, str) else raw

    def __str__(self) -> str:
        if self.unit in (Unit.NOW, Unit.SAME_DAY):
            return f"{self.unit.label}办结"
        extent = f"{self.n}至{self.up_to}" if self.up_to else f"{self.n}"
        return f"{extent}{self.unit.label}"

    @property
    def workdays(self) -> int | None:
        """The longest it may take in working days, None when the unit cannot be told in them."""
        if self.unit in (Unit.NOW, Unit.SAME_DAY, Unit.HOUR):
            return 0
        return (self.up_to or self.n) if self.unit is Unit.WORKDAY else None


def duration_parts(text: str) -> dict[str, object]:
    """Return the parts of a duration written as text. Raises ValueError with advice in Chinese."""
    text = text.strip()
    if text in _AT_ONCE:
        return {"unit": _AT_ONCE[text]}
    if text in ("半年", "半年内"):
        return {"n": 6, "unit": Unit.MONTH}
    if not (match := _DURATION.fullmatch(text)):
        raise ValueError("时长要写成“15个工作日”“30天”“3至6个月”“当场”“当日”这样的形式")
    least, most, unit = match.groups()
    return {"n": number(least), "up_to": number(most) if most else None, "unit": _DURATION_UNITS[unit]}


# --- Application windows ---------------------------------------------------------------------------------------------


class MonthDay(Record):
    """每年的一天；`day` 为 0 表示月底。"""

    month: int = Field(title="月", ge=1, le=12)
    day: int = Field(title="日", description="0 表示月底", ge=0, le=31)

    @model_validator(mode="after")
    def _exists(self) -> MonthDay:
        longest = calendar.monthrange(2024, self.month)[1]
        if self.day > longest:
            raise ValueError(f"{self.month}月没有{self.day}日，最后一天是{longest}日")
        return self

    def __str__(self) -> str:
        return f"{self.month}月底" if self.day == 0 else f"{self.month}月{self.day}日"


class Period(Choice):
    """How an application window comes round."""

    ANNUAL = "annual", "每年"
    MONTHLY = "monthly", "每月"
    WEEKLY = "weekly", "每周"
    EVENT = "event", "事后"


# A window that lies wholly in the year after, "次年3月10日至20日", comes round every year like any other.
_ANNUAL_SPAN = re.compile(r"(?:每年|次年)?(?:的)?(\d+)月(?:(\d+)日|(底))?[至到\-—～~]+(次年)?(?:(\d+)月)?(?:份|(\d+)日|(底))?(?:前|期间)?")
_ANNUAL_MONTHS = re.compile(r"(?:每年)?(\d+)月?[至到\-—～~](\d+)月份?")
_ANNUAL_BEFORE = re.compile(r"(?:每年|次年)?(\d+)月(?:(\d+)日|底)(?:之?前|以前)")
_QUARTER = re.compile(r"每年(?:的)?第?([一二三四1-4])季度")
_MONTHLY_SPAN = re.compile(r"每月(?:的)?(\d+)日?[至到\-—～~](\d+)日?(?:期间)?(的?工作日)?")
_MONTHLY_BEFORE = re.compile(r"每月(\d+)日(?:之?前|以前)")
_WEEKLY = re.compile(r"每周([一二三四五六日](?:[、，,和至到\-][周]?[一二三四五六日])*)")
_EVENT = re.compile(rf"(.+?)(?:之日)?(?:起|后|的)?({_NUMBER})(个工作日|工作日|日|天|个月)(?:之?内|以内)")
_WEEKDAYS = "一二三四五六日"


class Window(Record):
    """申报时间：一年、一月、一周里的一段，或某事发生后的若干天。

    可以只写一句话：“每年9月20日至9月30日”“每月5日至20日”“每周一”“每年第一季度”“招用之日起30日内”。
    """

    shorthand: ClassVar[str] = "when"

    when: Text = Field(title="什么时候", description="如“每年9月20日至9月30日”“每月5日至20日”“每周一”“招用之日起30日内”")
    who: str = Field("", title="谁", description="这段时间是给谁的；不写就是申请人", max_length=30)
    for_: str = Field("", alias="for", title="办什么", description="同一事项有几段时间时，说明这一段办什么", max_length=60)
    pays: str = Field("", title="何时发放", description="在这段时间申请的，什么时候发钱或出结果", max_length=60)
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _understood(self) -> Window:
        self.span()
        return self

    def span(self) -> Span:
        """Return what the phrase means. Raises ValueError with advice when it means nothing that can be."""
        return read_span(self.when)


class Span(Record):
    """What a window phrase means: either two days of a year, a range of days of a month, weekdays, or days after an event."""

    period: Period = Field(title="周期")
    start: MonthDay | None = Field(None, title="开始日")
    end: MonthDay | None = Field(None, title="截止日")
    next_year: bool = Field(False, title="跨到次年")
    first: int = Field(1, title="从几日", ge=1, le=31)
    last: int = Field(31, title="到几日", ge=1, le=31)
    weekdays: tuple[int, ...] = Field((), title="星期几")
    event: str = Field("", title="从什么事算起")
    within: Duration | None = Field(None, title="多少天内")


def read_span(text: str) -> Span:
    """Return the meaning of a window phrase. Raises ValueError naming the forms that are understood."""
    text = re.sub(r"\s+", "", text)
    for reader in (_annual, _monthly, _weekly, _after_event):
        if found := reader(text):
            return found
    raise ValueError(
        "看不懂这个申报时间。可以写：每年9月20日至9月30日、每年10月底前、每年第一季度、每月5日至20日、每月20日前、每周一、招用之日起30日内"
    )


def _annual(text: str) -> Span | None:
    if match := _QUARTER.fullmatch(text):
        quarter = int(match[1]) if match[1].isdecimal() else _DIGITS[match[1]]
        return _year_span(3 * quarter - 2, 1, 3 * quarter, 0)
    if match := _ANNUAL_BEFORE.fullmatch(text):
        return _year_span(1, 1, int(match[1]), int(match[2] or 0))
    if match := _ANNUAL_MONTHS.fullmatch(text):
        return _year_span(int(match[1]), 1, int(match[2]), 0)
    if match := _ANNUAL_SPAN.fullmatch(text):
        month, day, _, next_year, end_month, end_day, end = match.groups()
        until = int(end_day) if end_day else 0
        if day and not end_day and not end and not end_month:
            return None
        return _year_span(int(month), int(day or 1), int(end_month or month), until, next_year=bool(next_year))
    return None


def _year_span(month: int, day: int, end_month: int, end_day: int, *, next_year: bool = False) -> Span:
    start = MonthDay(month=month, day=day)
    end = MonthDay(month=end_month, day=end_day)
    if not next_year and (end.month, end.day or 31) < (start.month, start.day or 31):
        raise ValueError(f"截止日（{end}）早于开始日（{start}）；跨年的要写“次年”")
    return Span(period=Period.ANNUAL, start=start, end=end, next_year=next_year)


def _monthly(text: str) -> Span | None:
    if match := _MONTHLY_SPAN.fullmatch(text):
        first, last = int(match[1]), int(match[2])
        if not 1 <= first <= last <= 31:
            raise ValueError(f"每月没有“{first}日至{last}日”这样一段，请核对日期")
        return Span(period=Period.MONTHLY, first=first, last=last)
    if match := _MONTHLY_BEFORE.fullmatch(text):
        return Span(period=Period.MONTHLY, last=int(match[1]))
    return None


def _weekly(text: str) -> Span | None:
    if not (match := _WEEKLY.fullmatch(text)):
        return None
    days = match[1].replace("周", "")
    if len(days) == 3 and days[1] in "至到-":
        first, last = _WEEKDAYS.index(days[0]), _WEEKDAYS.index(days[2])
        return Span(period=Period.WEEKLY, weekdays=tuple(range(first + 1, last + 2)))
    return Span(period=Period.WEEKLY, weekdays=tuple(_WEEKDAYS.index(day) + 1 for day in days if day in _WEEKDAYS))


def _after_event(text: str) -> Span | None:
    if not (match := _EVENT.fullmatch(text)):
        return None
    event, count, unit = match.groups()
    if re.fullmatch(r"每?[年月周]?.{0,2}", event) and event.startswith("每"):
        return None
    return Span(period=Period.EVENT, event=event, within=Duration.model_validate(f"{count}{unit}"))


# --- Handling depth --------------------------------------------------------------------------------------------------


class Level(Choice):
    """Where a service is handled, from the nearest to the farthest."""

    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    BANK = "bank", "银行"
    DISTRICT = "district", "区"


class Action(Choice):
    """What is done at a level."""

    ACCEPT = "accept", "受理"
    FIRST_REVIEW = "first-review", "初审"
    HANDLE = "handle", "办理"
    REVIEW = "review", "审核"
    CHECK = "check", "复核"
    REEXAMINE = "re-examine", "复审"


_LEVEL_WORDS = re.compile(r"代发银行|部分银行|银行|社区|街道|区级|区")
_ACTION_WORDS = re.compile("|".join(action.label for action in Action))


class Handling(Record):
    """某一级做什么。"""

    level: Level = Field(title="层级", description="社区、街道、银行、区")
    do: Many[Action] = Field(title="做什么", description="受理、初审、办理、审核、复核、复审", min_length=1)


class Route(Record):
    """办理深度：一条办理路线上各级做什么。有几条路线任选时写几条。

    可以照清单只写一句话：“街道受理和初审、区级复审”。
    """

    shorthand: ClassVar[str] = "text"

    levels: Many[Handling] = Field(title="各级", description="这条路线上每一级做什么", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return {"levels": list(_handlings(raw))} if isinstance(raw, str) else raw

    def at(self, level: Level) -> tuple[Action, ...]:
        """Return what is done at `level`, in the order written."""
        return tuple(action for handling in self.levels if handling.level is level for action in handling.do)


def routes(text: str) -> list[str]:
    """Split a depth phrase at 或者 into its alternative routes."""
    return [part.strip("，、；; ") for part in re.split(r"或者|或", text) if part.strip("，、；; ")]


def _handlings(text: str) -> Iterator[Mapping[str, object]]:
    waiting: list[Level] = []
    done: list[Action] = []
    matches = sorted((*_LEVEL_WORDS.finditer(text), *_ACTION_WORDS.finditer(text)), key=lambda match: match.start())
    for match in matches:
        word = match[0]
        if _ACTION_WORDS.fullmatch(word):
            done.append(Action.of(word))
            continue
        if done:
            yield from ({"level": level, "do": tuple(done)} for level in waiting)
            waiting, done = [], []
        waiting.append(Level.BANK if "银行" in word else Level.of(word.removesuffix("级")))
    if not waiting or not done:
        raise ValueError("办理深度要写清哪一级做什么，如“街道受理和初审、区级复审”")
    yield from ({"level": level, "do": tuple(done)} for level in waiting)


# --- Disclosure terms ------------------------------------------------------------------------------------------------


class Cycle(Choice):
    """How often something is disclosed when not by an event."""

    REAL_TIME = "real-time", "实时"
    MONTHLY = "monthly", "按月"
    QUARTERLY = "quarterly", "按季度"
    YEARLY = "yearly", "按年度"
    ON_REQUEST = "on-request", "应需求"
    AS_HAPPENS = "as-happens", "根据实际情况"
    ALWAYS = "always", "全年"


_CYCLES = {"实时": Cycle.REAL_TIME, "即时": Cycle.REAL_TIME, "按月": Cycle.MONTHLY, "月": Cycle.MONTHLY, "按季": Cycle.QUARTERLY,
           "按季度": Cycle.QUARTERLY, "季度": Cycle.QUARTERLY, "按年度": Cycle.YEARLY, "年度": Cycle.YEARLY, "按年": Cycle.YEARLY,
           "应需求": Cycle.ON_REQUEST, "按需": Cycle.ON_REQUEST, "按时": Cycle.AS_HAPPENS, "根据活动": Cycle.AS_HAPPENS,
           "根据实际情况": Cycle.AS_HAPPENS, "全年": Cycle.ALWAYS, "长期": Cycle.ALWAYS}  # fmt: skip


class DisclosureTerm(Record):
    """公开时限：按周期公开，或某事之后若干天内公开，或公示若干天。可照清单写：“实时公开”“15个工作日”“修订颁布后15个工作日内”。"""

    shorthand: ClassVar[str] = "text"

    cycle: Cycle | None = Field(None, title="周期")
    within: Duration | None = Field(None, title="多久之内")
    after: str = Field("", title="从什么事算起", max_length=60)
    lasts: Duration | None = Field(None, title="公示期限")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return _disclosure_parts(raw) if isinstance(raw, str) else raw

    def __str__(self) -> str:
        if self.lasts:
            return f"公示{self.lasts}"
        if self.within:
            return f"{self.after}{'后' if self.after else ''}{self.within}内公开"
        return f"{self.cycle.label}公开" if self.cycle else ""


def _disclosure_parts(text: str) -> dict[str, Any]:
    bare = re.sub(r"\s+", "", text)
    if match := re.fullmatch(r"公示(?:期限?)?(.+)", bare):
        return {"lasts": match[1]}
    bare = re.sub(r"公开$", "", bare)
    if bare in _CYCLES:
        return {"cycle": _CYCLES[bare]}
    after, _, rest = bare.rpartition("后")
    try:
        return {"after": after, "within": duration_parts(rest)}
    except ValueError:
        raise ValueError("公开时限要写成“实时公开”“按季度”“15个工作日”“修订颁布后15个工作日内”这样的形式") from None
