"""Reads how long it takes, when one can apply, and when somebody is there: three matters that documents mix up."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from builder.content.model.item import Time
from builder.content.model.quantities import Duration, Period, read_span
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.tidying import entry, one_line
from builder.office.shapes import Passage

HOURS_LIMIT, NOTE_LIMIT = 120, 120

_DONE: Final = r"(?:以?内)?(?:办结|办完|完成|办理完毕|办理|作出决定|答复)?"
_STARTS: Final = re.compile(
    rf"(?:自|从)?(?P<event>[^，。；]{{2,30}}?)(?:之日)?(?P<word>起|后)，?(?:在)?(?P<length>[^起后]{{2,12}}?){_DONE}"
)
_OF_THE_OFFICE: Final = re.compile(r"受理|收到|收件|登记|材料|申请|审核|审查|批准|备案|齐全|齐备|立案")
_BOTH: Final = re.compile(
    r"法定(?:办理|办结)?(?:时限|期限)?[：:为]?(?P<statutory>[^，；承]{2,12}?)[，；、。]?(?:本单位)?承诺(?:办理|办结)?(?:时限|期限)?[：:为]?(?P<promised>.{2,12})"
)
_APPLY: Final = re.compile(r"(?:提出|提交)?(?:集中)?(?:申请|申报|受理|报名|办理|报送|报销|登记|提交申请)$")
_UNSURE: Final = re.compile(r"(?:视|根据|按)[^，（]{0,10}(?:情况|实际)|见.{0,8}流程|详见|一般")
_WORD: Final = re.compile("[\u4e00-\u9fff]{2}")
_SEASONAL: Final = (Period.ANNUAL, Period.DATED, Period.MONTHLY, Period.EVENT)


def read_time_limit(passage: Passage, manuscript: Manuscript) -> None:
    """Write how long it takes. What is no length of time is a period in which one can apply, or only repeated."""
    text = entry(passage.value)
    time = _time(text, passage.label)
    if time is None and (period := _period(text)):
        manuscript.add("windows", [period], passage)
        manuscript.doubt(passage, "写的是哪几天能办，不是办多久，写进了申报时间")
        return
    if time is None and len(text) <= NOTE_LIMIT and "\n" not in passage.value:
        manuscript.doubt(passage, "没有读出要多久，原文写在办理时限的说明里")
        time = {"note": text}
    if time is None:
        manuscript.note(passage, "没有读出要多久")
        return
    if "note" in time and len(time) > 1:
        manuscript.doubt(passage, "除了时限还有别的话，写在说明里")
    manuscript.merge("time", time, passage)


def read_periods(passage: Passage, manuscript: Manuscript) -> None:
    """Write when one can apply."""
    text = entry(passage.value)
    if period := _period(text):
        manuscript.add("windows", [period], passage)
    elif len(text) <= HOURS_LIMIT:
        manuscript.doubt(passage, "没有读出是哪几天，照原文写进办理时间")
        manuscript.add("hours", [text], passage)
    else:
        manuscript.note(passage, "没有读出是哪几天")


def read_hours(passage: Passage, manuscript: Manuscript) -> None:
    """Write when somebody is there. Days of a month or a year are a period in which one can apply."""
    text = one_line(passage.value).rstrip("。；")
    if (period := _period(text)) and read_span(period).period in _SEASONAL:
        manuscript.add("windows", [period], passage)
        manuscript.doubt(passage, "写的是哪几天能办，写进了申报时间")
    elif len(text) <= HOURS_LIMIT:
        manuscript.add("hours", [text], passage)
    else:
        manuscript.note(passage, f"超过{HOURS_LIMIT}个字，没有写进办理时间")


def length(text: str) -> str:
    """Return the length of time that `text` is, without 内 and 办结 behind it; "" if the model reads none."""
    if at_once := _duration(text):
        return text if at_once.is_at_once else next(filter(_duration, (re.sub(rf"{_DONE}$", "", text), text)))
    return next(filter(_duration, (re.sub(rf"{_DONE}$", "", text), text.removeprefix("在"))), "")


def _time(text: str, label: str) -> dict[str, Value] | None:
    key = "statutory" if "法定" in label else "promised"
    if found := length(text):
        return _accepted({key: found})
    if (
        (both := _BOTH.fullmatch(text))
        and (statutory := length(both["statutory"]))
        and (promised := length(both["promised"]))
    ):
        return _accepted({"promised": promised, "statutory": statutory})
    if (
        (starts := _STARTS.fullmatch(text))
        and _OF_THE_OFFICE.search(starts["event"])
        and (found := length(starts["length"]))
    ):
        event = text[: starts.end("word")].removeprefix("自").removeprefix("从")
        return _accepted({key: found, "starts": event})
    first, _, rest = text.partition("，")
    if (found := length(first)) and rest and not _has_length(rest) and not _UNSURE.search(text):
        return _accepted({key: found, "note": rest})
    return None


def _has_length(text: str) -> bool:
    return (
        re.search(r"\d\s*(?:个?工作日|天|日|个?月|小时|年)|[一二两三四五六七八九十半]个?(?:工作日|天|月|小时|年)", text)
        is not None
    )


def _accepted(values: dict[str, Value]) -> dict[str, Value] | None:
    try:
        Time.model_validate(values)
    except ValidationError:
        return None
    return values


def _period(text: str) -> str:
    """Return the phrase of a period in which one can apply, as the model reads it; "" if `text` is none."""
    bare = _APPLY.sub("", text)
    for candidate in (text, bare, bare.removesuffix("期间").removesuffix("工作日")):
        try:
            span = read_span(candidate)
        except ValueError:
            continue
        if span.period is Period.EVENT and (_OF_THE_OFFICE.search(span.event) or not _WORD.search(span.event)):
            continue
        if span.period is not Period.ALWAYS:
            return candidate
    return ""


def _duration(text: str) -> Duration | None:
    """Return the duration that `text` is, None if it is none or has no end."""
    try:
        made = Duration.model_validate(text)
    except ValidationError:
        return None
    return made if made.has_end else None
