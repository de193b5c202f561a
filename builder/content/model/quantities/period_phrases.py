"""The phrases in which documents say when one can apply: 每年9月20日至9月30日, 每周一, 招用之日起30日内, 到达退休年龄前3个月."""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import ValidationError

from builder.content.model.quantities.durations import LENGTH, NUMBER, UNITS, Duration, number
from builder.content.model.quantities.spans import MonthDay, Period, Span

_TO = r"[至到\-—–－～~]+"
_YEARLY = r"(?:从|自|于)?(?:每年|次年)?的?"  # a window that lies wholly in the year after comes round every year like any other
_TEN = "上旬|中旬|下旬"
_ANNUAL_SPAN = re.compile(
    rf"{_YEARLY}(\d+)月(?:(\d+)[日号]?|({_TEN})|初)?起?{_TO}(次年)?的?(?:(\d+)月份?)?(?:(\d+)[日号]|({_TEN})|([底末]))?(?:前|止|期间)?"
)
_ANNUAL_MONTHS = re.compile(rf"{_YEARLY}(\d+)月?{_TO}(\d+)月份?(?:期间)?")
_ANNUAL_BEFORE = re.compile(rf"{_YEARLY}(\d+)月(?:(\d+)[日号]|[底末]|份?)(?:之?前|以前)")
_ANNUAL_MONTH = re.compile(rf"{_YEARLY}(\d+)月份?(?:({_TEN})|(\d+)[日号])?(?:当天|期间)?")
_HALF_YEAR = re.compile(rf"{_YEARLY}([上下])半年")
_QUARTER = re.compile(r"(?:每年)?的?第?([一二三四1-4])季度")
_MONTHLY_TEN = re.compile(rf"每个?月的?({_TEN})")
_MONTHLY_SPAN = re.compile(rf"每个?月的?(\d+)[日号]?{_TO}(\d+)[日号]?(?:期间)?(?:的?工作日)?")
_MONTHLY_BEFORE = re.compile(r"每个?月的?(\d+)[日号](?:之?前|以前)")
_MONTHLY_DAY = re.compile(r"每个?月的?(\d+)[日号]")
_WEEKDAYS = "一二三四五六日"  # 天 is read as 日
_WEEKLY = re.compile(rf"(?:每个?|逢|每逢)?(?:周|星期)((?:[{_WEEKDAYS}至到\-、，,和及周]|星期)+)")
_EVENT = re.compile(rf"(?:自|从)?(.+?)(?:之日)?(?:起|后|的)?({LENGTH})(?:之?内|以内)")
_BEFORE_EVENT = re.compile(
    rf"(?:在|于)?(.+?)(?:之日|之)?(?:的?提前|以前|前)的?({LENGTH}|{NUMBER}{_TO}{NUMBER}(?:{UNITS}))(?:之?内|以内|起)?|(?:在|于)?(.+?)({LENGTH})(?:之|以)?前"
)
_UNDATED = re.compile(r"(?:每|一)(?:个?自然)?年度?[都要须应只可申报请年检审核验认证激活缴换办理]{0,6}[一二两三四1-4]次")


# What does not change on which days one can come: the time of day, the weekday of a date, that holidays are left out.
_BESIDE = re.compile(
    r"[（(](?:周|星期)[一二三四五六日天][）)]"
    r"|(?:[上下]午)?\d{1,2}(?:[:：]\d{2}|[时点](?:\d{1,2}分|半)?)|[上下]午|全天"
    r"|[，,；;（(]?(?:遇|逢)?(?:国家)?(?:法定)?(?:节假日|公休日|双休日|周末)(?:[和、及](?:法定)?(?:节假日|公休日|双休日|周末))*"
    r"(?:除外|不办理?|不受理|休息|顺延)[）)]?"
)
_YEAR = re.compile(r"(\d{4})年")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})[日号]?")
_LIST = re.compile(r"[、，,和及]")
_FRAME = re.compile(r"每个?月|每年|次年|\d{4}年")  # what the further parts of a list leave out
_MONTH_OF_DAY = re.compile(r"(\d{1,2}月)(?:\d|[上中下]旬)")
_ALWAYS = re.compile(
    r"(?:全年|常年|长期|随时|全天候|不限时间|每天|天天|每日|每个工作日|(?:法定)?工作日|一年四季)(?:都|均)?(?:可以?)?(?:受理|办理|申请|申报|能办|办)?"
)
_SEASON = re.compile(r"[季期]$|季节|节前|节后|假期?间?$|期间$")


def read_span(text: str) -> Span:
    """Return the meaning of an application period. Raises ValueError naming what is wrong or the forms that are understood."""
    written = re.sub(r"\s+", "", text)
    text = _BESIDE.sub("", _ISO.sub(r"\1年\2月\3日", written)).strip("，,；;（）()")
    if span := _read(text) or _listed(text):
        return span
    raise ValueError(_advice(text, written))


def _read(text: str) -> Span | None:
    for reader in (_always, _undated, _dated, _annual, _monthly, _weekly, _before_event, _after_event):
        if found := reader(text):
            return found
    return None


def _listed(text: str) -> Span | None:
    """Return the spans of a list, such as 每月5日、15日 or 3月、9月, in which a part leaves out what stands before it."""
    parts = [part for part in _LIST.split(text) if part]
    if len(parts) < 2:
        return None
    whole: list[str] = []
    unit = ""
    for part in reversed(parts):  # 3、6、9月: the unit stands at the end
        whole.insert(0, part + unit if part[-1].isdecimal() else part)
        unit = whole[0][-1] if whole[0][-1] in "月日号" else ""
    spans: list[Span] = []
    frame = month = ""
    for part in whole:
        if re.match(r"每|次年|\d{4}年", part):
            frame = month = ""
        span = next(filter(None, map(_read, (frame + month + part, frame + part))), None)
        if span is None or span.period not in (Period.ANNUAL, Period.MONTHLY, Period.DATED):
            return None
        if spans and span.period is not spans[0].period:
            return None
        spans.append(span)
        frame = frame or (match[0] if (match := _FRAME.match(part)) else "")
        month = match[1] if (match := _MONTH_OF_DAY.search(part)) else month
    return replace(spans[0], others=tuple(spans[1:]))


def _advice(text: str, written: str) -> str:
    if "或" in text or "；" in text:
        return "几段时间要分成几条写，一条一段"
    if match := re.search(r"(\d+[日号])(\d+[日号])", text):
        return f"“{match[1]}”和“{match[2]}”中间是不是漏了“至”？"
    if match := re.search(r"\d+$", text):
        return f"“{match[0]}”后面是不是漏了“日”？"
    if re.search("今年|本年|当年", text):
        return "写出是哪一年，如 2027年5月8日至19日；每年都是这几天的，写 每年5月8日至19日"
    if text != written and not re.search(r"\d", text):
        return "几点到几点，写在 hours（办理时间）里；这里写哪几天，如 每周三、每月5日至20日"
    if not re.search(r"\d", text) and _SEASON.search(text):
        return (
            f"“{text}”是几月到几月？写成 每年10月至次年3月 这样；每年不一样的，"
            "写今年的日期，如 2027年3月1日至15日，或把这句话写在 hours（办理时间）里"
        )
    return (
        "看不懂这个申报时间。可以写：每年9月20日至9月30日；2027年5月8日至19日；每年10月底前；每年第一季度；每年3月、9月；"
        "每月5日至20日；每月5日、15日；每月20日前；每周一；招用之日起30日内；"
        "到达退休年龄前3个月；没写几月的，每年一次。天天能办的不用写"
    )


def _always(text: str) -> Span | None:
    return Span(Period.ALWAYS) if _ALWAYS.fullmatch(text) else None


def _undated(text: str) -> Span | None:
    return Span(Period.UNDATED) if _UNDATED.fullmatch(text) else None


def _dated(text: str) -> Span | None:
    """Return a period of one year: as one of every year, with the year told once or at both ends."""
    years = [int(year) for year in _YEAR.findall(text)]
    if not years or not _YEAR.match(re.sub("^[自从于]", "", text)) or len(years) > 2:
        return None
    first, last = years[0], years[-1]
    if last - first not in (0, 1):
        raise ValueError(f"{first}年到{last}年，年份请核对；隔几年的分成几条写，一条一段")
    bare = _YEAR.sub("", text, count=1)
    span = _annual(_YEAR.sub("次年" if last > first else "", bare))
    if span is None:
        return None
    span = replace(span, period=Period.DATED, year=first)
    span.dates  # noqa: B018 - refuses days that the year does not have
    return span


def _annual(text: str) -> Span | None:
    if match := _HALF_YEAR.fullmatch(text):
        return _year_span(
            *((MonthDay(1, 1), MonthDay(6, 0)) if match[1] == "上" else (MonthDay(7, 1), MonthDay(12, 0)))
        )
    if match := _QUARTER.fullmatch(text):
        quarter = number(match[1])
        return _year_span(MonthDay(3 * quarter - 2, 1), MonthDay(3 * quarter, 0))
    if match := _ANNUAL_BEFORE.fullmatch(text):
        return replace(_year_span(MonthDay(1, 1), _day(match[1], match[2])), is_deadline=True)
    if match := _ANNUAL_MONTHS.fullmatch(text):
        return _year_span(_day(match[1], "1"), _day(match[2], None))
    if match := _ANNUAL_MONTH.fullmatch(text):
        month, ten, day = match.groups()
        first, last = _tens(ten) if ten else (day or "1", day)
        return _year_span(_day(month, first), _day(month, last))
    if match := _ANNUAL_SPAN.fullmatch(text):
        month, day, ten, next_year, end_month, end_day, end_ten, end = match.groups()
        first = _tens(ten)[0] if ten else day or "1"
        last = _tens(end_ten)[1] if end_ten else end_day
        if end_month or end_day or end or end_ten:
            return _year_span(_day(month, first), _day(end_month or month, last), next_year=bool(next_year))
    return None


def _tens(name: str) -> tuple[str, str | None]:
    """Return the first and the last day of a third of a month, None for the end of the month."""
    return {"上旬": ("1", "10"), "中旬": ("11", "20"), "下旬": ("21", None)}[name]


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
    before = None
    if match := _MONTHLY_SPAN.fullmatch(text):
        first, last = int(match[1]), int(match[2])
    elif before := _MONTHLY_BEFORE.fullmatch(text):
        first, last = 1, int(before[1])
    elif match := _MONTHLY_DAY.fullmatch(text):
        first = last = int(match[1])
    elif match := _MONTHLY_TEN.fullmatch(text):
        first, last = (int(day or 31) for day in _tens(match[1]))
    else:
        return None
    if not 1 <= first <= last <= 31:
        raise ValueError(f"没有“{text}”这样一段，请核对日期")
    return Span(Period.MONTHLY, first=first, last=last, is_deadline=bool(before))


def _weekly(text: str) -> Span | None:
    if not (match := _WEEKLY.fullmatch(text.replace("天", "日"))):
        return None
    days: list[int] = []
    for part in re.split(r"[、，,和及]", re.sub(r"周|星期", "", match[1])):
        ends = re.fullmatch(rf"([{_WEEKDAYS}])(?:[至到\-]([{_WEEKDAYS}]))?", part)
        if not ends:
            return None
        first, last = _WEEKDAYS.index(ends[1]) + 1, _WEEKDAYS.index(ends[2] or ends[1]) + 1
        if last < first:
            raise ValueError(f"“{part}”的后一天早于前一天，请分开写，如“每周六、日、一”")
        days += range(first, last + 1)
    return Span(Period.WEEKLY, weekdays=tuple(dict.fromkeys(days)))


def _after_event(text: str) -> Span | None:
    match = _EVENT.fullmatch(text)
    return _event_span(match[1], match[2]) if match else None


def _before_event(text: str) -> Span | None:
    if not (match := _BEFORE_EVENT.fullmatch(text)):
        return None
    event, length = (match[1], match[2]) if match[1] else (match[3], match[4])
    if event in ("提", "提前"):
        raise ValueError(f"写明在什么事情以前，如 到达退休年龄前{length}")
    span = _event_span(event, length)
    return replace(span, is_before=True) if span else None


def _event_span(event: str, length: str) -> Span | None:
    """Return the span that an event and a length make, None where the event is a day of the year or month."""
    if event.startswith("每") or re.search(r"\d[月日号]", event):
        return None
    try:
        within = Duration.model_validate(length)
    except ValidationError:
        raise ValueError(f"“{length}”不对，请核对数字") from None
    return Span(Period.EVENT, event=event, within=within)
