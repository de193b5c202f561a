"""Quantities that editors write as Chinese text: durations, application windows, handling depth, disclosure terms.

Each reads the phrase as the documents have it and keeps what it means, so that it can be compared, checked and shown
in one form everywhere.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import Field, ValidationError, model_validator

from builder.fields import Choice, Many, Record, Text

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,7})"


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
_UNITS = "|".join(sorted(_DURATION_UNITS, key=len, reverse=True))
_DURATION = re.compile(
    rf"(?:最?近)?({_NUMBER})(?:\s*[-—–－～~至到]+\s*({_NUMBER}))?\s*({_UNITS})(?:以?内|之内)?(?:办结|办完|完成)?"
)
_HALVES = {"半年": "6个月", "半个月": "15天"}
_AT_ONCE = {"即时": Unit.NOW, "即时办理": Unit.NOW, "即时办结": Unit.NOW, "当场": Unit.NOW, "当场办理": Unit.NOW,
            "当场办结": Unit.NOW, "即办": Unit.NOW, "当日": Unit.SAME_DAY, "当天": Unit.SAME_DAY,
            "当日办结": Unit.SAME_DAY, "当天办结": Unit.SAME_DAY}  # fmt: skip

# What is longer is a slip of the pen, such as a year that got among the numbers.
_LONGEST = {Unit.HOUR: 240, Unit.WORKDAY: 500, Unit.DAY: 1000, Unit.WEEK: 200, Unit.MONTH: 240, Unit.YEAR: 100}


class Duration(Record):
    """时长：如“15个工作日”“当场”“3至6个月”。"""

    shorthand: ClassVar[str] = "text"

    n: int = Field(0, title="数量", description="几个单位；当场、当日不写", ge=0, le=9_999)
    up_to: int | None = Field(None, title="至多", description="一段范围的上限，如“3至6个月”的 6", ge=1, le=9_999)
    unit: Unit = Field(title="单位", description="当场、当日、小时、个工作日、天、周、个月、年")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return duration_parts(raw) if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _can_be(self) -> Duration:
        most = self.up_to or self.n
        if self.unit not in _LONGEST:
            if most:
                raise ValueError(f"“{self.unit.label}”不写数量")
            return self
        if not self.n:
            raise ValueError("时长不能是0；马上办好的写“当场”或“当日”")
        if self.up_to is not None and self.up_to <= self.n:
            raise ValueError(f"“{self}”的后一个数要比前一个大")
        if most > _LONGEST[self.unit]:
            raise ValueError(f"“{self}”太长，请核对数字")
        return self

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
    for half, whole in _HALVES.items():
        text = text.replace(half, whole)
    if not (match := _DURATION.fullmatch(text)):
        raise ValueError("时长要写成“15个工作日”“30天”“3至6个月”“当场”“当日”这样的形式")
    least, most, unit = match.groups()
    return {"n": number(least), "up_to": number(most) if most else None, "unit": _DURATION_UNITS[unit]}


# --- Application windows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year; `day` 0 is the last of the month. Raises ValueError for a day that no calendar has."""

    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"没有{self.month}月，请核对")
        longest = calendar.monthrange(2024, self.month)[1]
        if self.day > longest:
            raise ValueError(f"{self.month}月没有{self.day}日，最后一天是{longest}日")

    def __str__(self) -> str:
        return f"{self.month}月底" if self.day == 0 else f"{self.month}月{self.day}日"


class Period(Choice):
    """How an application window comes round."""

    ANNUAL = "annual", "每年"
    MONTHLY = "monthly", "每月"
    WEEKLY = "weekly", "每周"
    EVENT = "event", "事后"


_TO = r"[至到\-—–－～~]+"
_YEARLY = r"(?:从|自)?(?:每年|次年)?的?"  # a window that lies wholly in the year after comes round every year like any other
_ANNUAL_SPAN = re.compile(
    rf"{_YEARLY}(\d+)月(?:(\d+)[日号]?)?起?{_TO}(次年)?的?(?:(\d+)月份?)?(?:(\d+)[日号]|(底))?(?:前|止|期间)?"
)
_ANNUAL_MONTHS = re.compile(rf"{_YEARLY}(\d+)月?{_TO}(\d+)月份?(?:期间)?")
_ANNUAL_BEFORE = re.compile(rf"{_YEARLY}(\d+)月(?:(\d+)[日号]|底)(?:之?前|以前)")
_QUARTER = re.compile(r"(?:每年)?的?第?([一二三四1-4])季度")
_MONTHLY_SPAN = re.compile(rf"每月的?(\d+)[日号]?{_TO}(\d+)[日号]?(?:期间)?(?:的?工作日)?")
_MONTHLY_BEFORE = re.compile(r"每月的?(\d+)[日号](?:之?前|以前)")
_MONTHLY_DAY = re.compile(r"每月的?(\d+)[日号]")
_WEEKDAYS = "一二三四五六日"
_WEEKLY = re.compile(rf"每(?:周|星期)((?:[{_WEEKDAYS}至到\-、，,和周]|星期)+)")
_EVENT = re.compile(rf"(?:自|从)?(.+?)(?:之日)?(?:起|后|的)?({_NUMBER})({_UNITS})(?:之?内|以内)")


class Window(Record):
    """申报时间：一年、一月、一周里的一段，或某事发生后的若干天。

    可以只写一句话：“每年9月20日至9月30日”“每月5日至20日”“每周一”“每年第一季度”“招用之日起30日内”。
    """

    shorthand: ClassVar[str] = "when"

    when: Text = Field(title="什么时候", description="如“每年9月20日至9月30日”“每月5日至20日”“每周一”“招用之日起30日内”")
    who: str = Field("", title="谁", description="这段时间是给谁的；不写就是申请人", max_length=30)
    for_: str = Field("", alias="for", title="办什么", description="同一事项有几段时间时，说明这一段办什么", max_length=60)
    pays: str = Field("", title="何时有结果", description="在这段时间申请的，什么时候发钱或出结果，如 当年11月15日前发放", max_length=60)
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _understood(self) -> Window:
        self.span()
        return self

    def span(self) -> Span:
        """Return what the phrase means. Raises ValueError with advice when it means nothing that can be."""
        return read_span(self.when)


@dataclass(frozen=True, slots=True)
class Span:
    """What a window phrase means: two days of every year, days of every month, weekdays, or days after an event.

    `weekdays` count from 1 for Monday; `next_year` says that `end` lies in the year after `start`.
    """

    period: Period
    start: MonthDay | None = None
    end: MonthDay | None = None
    next_year: bool = False
    first: int = 1
    last: int = 31
    weekdays: tuple[int, ...] = ()
    event: str = ""
    within: Duration | None = None


def read_span(text: str) -> Span:
    """Return the meaning of a window phrase. Raises ValueError naming what is wrong or the forms that are understood."""
    text = re.sub(r"\s+", "", text)
    for reader in (_annual, _monthly, _weekly, _after_event):
        if found := reader(text):
            return found
    raise ValueError(_advice(text))


def _advice(text: str) -> str:
    if "或" in text or "；" in text:
        return "几段时间要分成几条写，一条一段"
    if match := re.search(r"(\d+[日号])(\d+[日号])", text):
        return f"“{match[1]}”和“{match[2]}”中间是不是漏了“至”？"
    if match := re.search(r"\d+$", text):
        return f"“{match[0]}”后面是不是漏了“日”？"
    return "看不懂这个申报时间。可以写：每年9月20日至9月30日、每年10月底前、每年第一季度、每月5日至20日、每月20日前、每周一、招用之日起30日内"


def _annual(text: str) -> Span | None:
    if match := _QUARTER.fullmatch(text):
        quarter = number(match[1])
        return _year_span(MonthDay(3 * quarter - 2, 1), MonthDay(3 * quarter, 0))
    if match := _ANNUAL_BEFORE.fullmatch(text):
        return _year_span(MonthDay(1, 1), _day(match[1], match[2]))
    if match := _ANNUAL_MONTHS.fullmatch(text):
        return _year_span(_day(match[1], "1"), _day(match[2], None))
    if match := _ANNUAL_SPAN.fullmatch(text):
        month, day, next_year, end_month, end_day, end = match.groups()
        if end_month or end_day or end:
            return _year_span(_day(month, day or "1"), _day(end_month or month, end_day), next_year=bool(next_year))
    return None


def _day(month: str, day: str | None) -> MonthDay:
    """Return the day as written; without one, the end of the month."""
    if day is not None and not int(day):
        raise ValueError(f"{month}月没有{day}日")
    return MonthDay(int(month), int(day or 0))


def _year_span(start: MonthDay, end: MonthDay, *, next_year: bool = False) -> Span:
    if not next_year and (end.month, end.day or 31) < (start.month, start.day):
        raise ValueError(f"截止日（{end}）早于开始日（{start}）；跨年的要写“次年”")
    return Span(Period.ANNUAL, start, end, next_year)


def _monthly(text: str) -> Span | None:
    if match := _MONTHLY_SPAN.fullmatch(text):
        first, last = int(match[1]), int(match[2])
    elif match := _MONTHLY_BEFORE.fullmatch(text):
        first, last = 1, int(match[1])
    elif match := _MONTHLY_DAY.fullmatch(text):
        first = last = int(match[1])
    else:
        return None
    if not 1 <= first <= last <= 31:
        raise ValueError(f"没有“{text}”这样一段，请核对日期")
    return Span(Period.MONTHLY, first=first, last=last)


def _weekly(text: str) -> Span | None:
    if not (match := _WEEKLY.fullmatch(text)):
        return None
    days: list[int] = []
    for part in re.split(r"[、，,和]", re.sub(r"周|星期", "", match[1])):
        ends = re.fullmatch(rf"([{_WEEKDAYS}])(?:[至到\-]([{_WEEKDAYS}]))?", part)
        if not ends:
            return None
        first, last = _WEEKDAYS.index(ends[1]) + 1, _WEEKDAYS.index(ends[2] or ends[1]) + 1
        if last < first:
            raise ValueError(f"“{part}”的后一天早于前一天，请分开写，如“每周六、日、一”")
        days += range(first, last + 1)
    return Span(Period.WEEKLY, weekdays=tuple(dict.fromkeys(days)))


def _after_event(text: str) -> Span | None:
    if not (match := _EVENT.fullmatch(text)):
        return None
    event, count, unit = match.groups()
    if event.startswith("每") or re.search(r"\d[月日号]", event):  # a day of the year or month, not an event
        return None
    try:
        within = Duration.model_validate(f"{count}{unit}")
    except ValidationError:
        raise ValueError(f"“{count}{unit}”不对，请核对数字") from None
    return Span(Period.EVENT, event=event, within=within)


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


_DEPTH_WORD = re.compile(rf"(代发银行|部分银行|银行|社区|街道|区级|区)|({'|'.join(action.label for action in Action)})")
_JOINING = re.compile(r"(?:[、，,；;。\s和及与并由在可的]|委托|可以|进行)*")


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
    advice = "办理深度要写清哪一级做什么，如“街道受理和初审、区级复审”"
    waiting: list[Level] = []
    done: list[Action] = []
    read = 0
    for match in _DEPTH_WORD.finditer(text):
        level, action = match.groups()
        _only_joins(text[read : match.start()])
        read = match.end()
        if action and not waiting:
            raise ValueError(f"“{action}”前面没有写是哪一级；{advice}")
        if action:
            done.append(Action.of(action))
            continue
        if done:
            yield from ({"level": one, "do": tuple(done)} for one in waiting)
            waiting, done = [], []
        waiting.append(Level.BANK if "银行" in level else Level.of(level.removesuffix("级")))
    _only_joins(text[read:])
    if not done:
        raise ValueError(advice)
    yield from ({"level": one, "do": tuple(done)} for one in waiting)


def _only_joins(between: str) -> None:
    """Refuse what is neither a level nor an action, so that no part of a phrase is lost unseen."""
    if not _JOINING.fullmatch(between):
        levels, actions = ("、".join(one.label for one in choice) for choice in (Level, Action))
        raise ValueError(f"看不懂“{between.strip('、，,；;。 ')}”。层级有：{levels}；做的事有：{actions}")


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

    @model_validator(mode="after")
    def _says_one_thing(self) -> DisclosureTerm:
        if sum(part is not None for part in (self.cycle, self.within, self.lasts)) != 1:
            raise ValueError("公开时限要写 cycle（周期）、within（多久之内）、lasts（公示期限）中的一样")
        if self.after and not self.within:
            raise ValueError("写了“从什么事算起”，还要写 within（多久之内）")
        return self

    def __str__(self) -> str:
        if self.lasts:
            return f"公示{self.lasts}"
        if self.cycle:
            return f"{self.cycle.label}公开"
        after = f"{self.after}后" if self.after else ""
        within = self.within.unit.label if self.within and not self.within.n else f"{self.within}内"
        return f"{after}{within}公开"


_PUBLICISED = re.compile(rf"公示(?:期限?)?为?((?:{_NUMBER}|半).+)")
_AFTER = re.compile(r"(?:自|从)?(.+)(?:之日起|之后|后|起)([^后起]+)")


def _disclosure_parts(text: str) -> dict[str, Any]:
    bare = re.sub(r"\s+", "", text)
    if match := _PUBLICISED.fullmatch(bare):
        return {"lasts": match[1]}
    bare = re.sub(r"公开$", "", bare)
    if bare in _CYCLES:
        return {"cycle": _CYCLES[bare]}
    after, rest = match.groups() if (match := _AFTER.fullmatch(bare)) else ("", bare)
    try:
        return {"after": after.removesuffix("之日"), "within": duration_parts(rest)}
    except ValueError:
        raise ValueError("公开时限要写成“实时公开”“按季度”“15个工作日”“修订颁布后15个工作日内”这样的形式") from None
