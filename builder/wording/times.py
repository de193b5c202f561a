"""Times in words: how long it takes, when one can apply, when something is made public."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from builder.content.card import TimeFact
from builder.content.fields import Absence
from builder.content.model.item import Extension, Procedure, Time
from builder.content.model.quantities import (
    WITHOUT_END,
    ApplicationPeriod,
    Bound,
    DisclosureTerm,
    Duration,
    MonthDay,
    Period,
    PlainDuration,
    Span,
)
from builder.content.model.step_time import uncounted_kinds
from builder.content.own_periods import OwnPeriod
from builder.context.words import Words
from builder.wording.choices import choice_in_words
from builder.wording.joining import enumerated, joined, labelled, with_note

LONGEST_LIST = 12  # characters in which a list can name the times of application; beyond, it says that there are some


def day(date: date | None, words: Words) -> str:
    """Return a date as 2026年11月3日, "" for none."""
    return words["date"].format(y=date.year, m=date.month, d=date.day) if date else ""


def duration_in_words(duration: Duration | PlainDuration, words: Words) -> str:
    """Return a duration, such as 15个工作日, 3至6个月, 当场办结, 不超过3年, 不少于7天, 长期."""
    length = _length(duration, words)
    return words[f"duration_{duration.bound.name.lower()}"].format(length=length) if duration.bound else length


def limit_in_words(duration: Duration, words: Words) -> str:
    """Return a duration where the words around it say that it can be no longer: 3年 also of 不超过3年."""
    return _length(duration, words) if duration.bound is Bound.AT_MOST else duration_in_words(duration, words)


def _length(duration: Duration | PlainDuration, words: Words) -> str:
    extent = str(duration.n)
    if duration.up_to:
        extent = words["range"].format(least=duration.n, most=duration.up_to)
    return words[f"duration_{duration.unit.name.lower()}"].format(n=extent)


def validity_in_words(duration: Duration, words: Words) -> str:
    """Return how long a paper is valid, such as 有效期5年, 长期有效."""
    valid = "valid_without_end" if duration.unit in WITHOUT_END else "valid_for"
    return words[valid].format(duration=duration_in_words(duration, words))


def publicised_in_words(duration: Duration, words: Words, word: str = "publicised") -> str:
    """Return for how long something is publicised, such as 公示7天, 长期公示; with the word ``announced`` 公告7天."""
    return words[f"{word}_without_end" if duration.unit in WITHOUT_END else word].format(
        how_long=duration_in_words(duration, words)
    )


def term_in_words(term: DisclosureTerm, words: Words) -> str:
    """Return when something is made public, such as 实时公开, 修订颁布后15个工作日内公开, 公示10天."""
    if term.lasts:
        return publicised_in_words(term.lasts, words)
    if term.cycle:
        return words[f"disclosed_{term.cycle.name.lower()}"]
    if term.within is None:
        raise ValueError("a term says a cycle, within what time, or for how long")
    within = words["disclosed_within"].format(duration=limit_in_words(term.within, words))
    if not term.within.n:
        within = words[f"disclosed_{term.within.unit.name.lower()}"]
    return words["after_event"].format(event=term.after, what=within) if term.after else within


def limits(time: Time, words: Words) -> Iterator[str]:
    """Yield the lines on how long it takes."""
    if time.promised:
        promised = duration_in_words(time.promised, words)
        counted = time.starts and time.promised.n
        yield words["counted_from"].format(start=time.starts, duration=promised) if counted else promised
    if time.statutory:
        start = "" if time.promised else time.starts
        yield joined((start, f"{words['statutory']}{limit_in_words(time.statutory, words)}"), words)
    if time.excludes:
        yield words["not_counted"].format(what=enumerated(time.excludes, words))
    if time.extension:
        yield extension_in_words(time.extension, words)
    if time.note:
        yield time.note


def extension_in_words(extension: Extension, words: Words) -> str:
    """Return by how much a time may be extended: 情况复杂的，经本机关负责人批准，可以延长10个工作日."""
    approver = re.sub(r"^经|(?:的)?批准$", "", extension.approver)
    approved = words["approved_by"].format(who=approver) if approver else ""
    if extension.to:
        longer = words["extended_to"].format(duration=duration_in_words(extension.to, words))
    elif extension.by:
        longer = words["extended_by"].format(duration=duration_in_words(extension.by, words))
    else:
        raise ValueError("an extension says by how much or to what")
    return joined((extension.why, approved, longer), words)


def time_in_words(procedure: Procedure, words: Words) -> tuple[str, ...]:
    """Return the lines on how long it takes, none when that is not known."""
    if isinstance(procedure.time, Absence):
        return (time_in_brief(procedure.time, words),)
    if procedure.time is None:
        return ()
    told = procedure.time.excludes
    kinds = uncounted_kinds(procedure, procedure.time)
    more = [choice_in_words(kind, words) for kind in kinds if not any(map(kind.is_named_in, told))]
    time = procedure.time.model_copy(update={"excludes": (*told, *more)}) if more else procedure.time
    return tuple(limits(time, words))


def time_in_brief(time: TimeFact | None, words: Words) -> str:
    """Return how long it takes in a few words, "" when not known."""
    match time:
        case None:
            return ""
        case Absence():
            return words["no_limit" if time is Absence.NONE else "limit_not_applicable"]
        case PlainDuration():
            return duration_in_words(time, words)
        case note:
            return note


def window_in_words(window: ApplicationPeriod | OwnPeriod, words: Words) -> str:
    """Return an application window as one line: who does what when, and what comes of it."""
    when = joined((window.when, _paid(window.pays, words)), words)
    return with_note(labelled(window.who + window.for_, when, words), window.note, words)


def _paid(when: str, words: Words) -> str:
    """Return when it is paid out as part of a sentence, where the editor wrote only a date."""
    return when if not when or any(verb in when for verb in "发领出办给") else words["paid_at"].format(when=when)


def rounds_in_brief(rounds: Sequence[Span], words: Words) -> str:
    """Return the only times at which one can apply: 只在3月、9月办; "" for none."""
    if not rounds:
        return ""
    times = enumerated(dict.fromkeys(_round(span, words) for span in rounds), words)
    return words["only_at"].format(times=times) if len(times) <= LONGEST_LIST else words["only_at_set_times"]


def trip_days_in_words(days: Sequence[Sequence[Span]], words: Words) -> str:
    """Return on which days all of some periods hold, each by any of its spans: 每月6日至25日, 每月6日至25日里的每周一; "" if that takes too many words."""
    ordered = sorted(days, key=lambda spans: spans[0].period is Period.WEEKLY)
    told = [enumerated(dict.fromkeys(_round(span, words) for span in spans), words) for spans in ordered]
    if len(told) == 2:
        return words["event_trip_both"].format(outer=told[0], inner=told[1])
    return told[0] if len(told) == 1 else ""


def _round(span: Span, words: Words) -> str:
    """Return a time that comes round in a few words: 9月, 11月至次年4月, 10月底前, 每月5日至20日, 每月5日、15日, 每周一、三."""
    match span.period:
        case Period.WEEKLY:
            days = enumerated((words[f"weekday_{day}"] for day in span.weekdays), words)
            return words["every_week"].format(days=days)
        case Period.MONTHLY:
            return words["every_month"].format(
                days=enumerated((_days_of_month(one, words) for one in span.each), words)
            )
        case Period.ANNUAL | Period.DATED:
            return enumerated(dict.fromkeys(_time_of_year(one, words) for one in span.each), words)
        case Period.EVENT | Period.UNDATED | Period.ALWAYS:
            return ""


def _days_of_month(span: Span, words: Words) -> str:
    """Return days of a month: 5日, 5日至20日, 20日前."""
    if span.is_deadline:
        return words["until_day_of_month"].format(day=span.last)
    if span.first == span.last:
        return words["day_of_month"].format(day=span.first)
    return words["days_of_month"].format(first=span.first, last=span.last)


def _time_of_year(span: Span, words: Words) -> str:
    """Return a time of every year or of one: 9月, 5月8日, 11月至次年4月, 2027年3月至4月, 10月底前."""
    start, end = span.start, span.end
    if start is None or end is None:
        raise ValueError("a time of the year has a start and an end")
    year = words["in_year"].format(y=span.year) if span.year else ""
    if span.is_deadline:
        return year + words["every_year_until"].format(day=_day_of_year(end, words))
    if start == end:
        return year + _day_of_year(start, words)
    if start.month == end.month and not span.next_year:
        return year + words["one_month"].format(m=start.month)
    months = words["months_into_next_year" if span.next_year else "months"]
    return year + months.format(first=start.month, last=end.month)


def ends_in_words(span: Span, words: Words) -> tuple[str, str]:
    """Return the first and the last day of a time that comes round, or of one year: 9月1日, 2月底, 5日, 月底; "" for those of a week."""
    if span.start and span.end:
        return _day_of_year(span.start, words), _day_of_year(span.end, words)
    if span.period is Period.MONTHLY:
        return _day_of_month(span.first, words), _day_of_month(span.last, words)
    return "", ""


def _day_of_month(day: int, words: Words) -> str:
    return words["end_of_month"] if day == 31 else words["day_of_month"].format(day=day)


def _day_of_year(day: MonthDay, words: Words) -> str:
    return words["short_date" if day.day else "month_end"].format(m=day.month, d=day.day)
