"""Time limits and dates within an item agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from builder.content.fields import label, listed
from builder.content.model.item import HandlingType, Item, Procedure, Status, Time
from builder.content.model.kinds import BY_NAME
from builder.content.model.quantities import ApplicationPeriod, Duration, Period, TimeUnit, read_span
from builder.content.model.step_time import Counting, counting_of
from builder.content.model.steps import Ending, Step, Work
from builder.content.parsing import ParsedFile
from builder.guide.step_graph import graph_of
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, quote

PROMISED_TOO_LONG = Rule(
    "C301",
    "承诺时限不能比法定时限长",
    why="承诺比法律规定还慢，等于违法。",
    fix="核对两个时限，多半是写反了。",
)
STEPS_DISAGREE = Rule(
    "C302",
    "各步时限加起来要等于总时限",
    why="总共20个工作日，各步加起来却是15个，群众不知道信哪个。",
    fix="核对原文件，改正总时限或某一步的时限。有的步骤不算在总时限里的，写上它的环节（kind）；另有原因的，在办理时限的说明（note）里写清。",
    severity=Severity.WARNING,
)
INSTANT_DISAGREES = Rule(
    "C303",
    "即办件的时限不能超过1个工作日",
    why="即办件是当场或当天办好的，有的清单把1个工作日内办好的也列为即办件；要等几天的是承诺件。",
    fix="把办件类型改成 承诺件，或把时限改成 当场。",
)
CHECKED_AFTER_NEXT = Rule(
    "C304",
    "下次核对日期要在核对日期之后",
    why="下次核对的日子已经过去，提醒就不起作用。",
    fix="把下次核对日期写到核对日期之后，一般是半年后。",
)
CANCELLED_WITHOUT_REASON = Rule(
    "C305",
    "取消的事项要写明改办什么，或为什么取消",
    why="群众照老网址进来，要知道现在该怎么办。",
    fix="写 replaced_by（改办哪个事项），或 status_note（状态说明）。",
    severity=Severity.WARNING,
)
ENDED_BUT_IN_FORCE = Rule(
    "C306",
    "写了为什么取消、改办什么，状态也要改",
    why="状态还是在办，页面就当它能办，取消的话一句也不显示。",
    fix="写上 status: 已取消 或 status: 暂停；还在办的，删掉取消日期、状态说明和改办事项。",
    severity=Severity.WARNING,
)
STEP_TOO_LONG = Rule(
    "C320",
    "一步的时限不能比总时限长",
    why="总共5个工作日办好，其中一步却要30个工作日，群众不知道信哪个。",
    fix="核对两个时限。这一步不算在办理时限里的，写上它的环节（kind，如 鉴定）；环节表里没有的，写 counted: 否。",
    severity=Severity.WARNING,
)
COUNTED_AND_EXCLUDED = Rule(
    "C321",
    "一步算不算在办理时限里，只能有一种说法",
    why="时限里说鉴定不算，鉴定这一步却写了算，群众不知道要等多久。",
    fix="改 time 的 excludes，或改这一步的 counted。",
)
IN_THE_FUTURE = Rule(
    "C307",
    "已经做了的事，日期不能在今天之后",
    why="页面上写着“某年某月某日核对”，那一天却还没到，群众就不信整页的内容。",
    fix="写实际核对、发布的那一天；多半是年份写错了。以后才核对的，写 next_check（下次核对日期）。",
    severity=Severity.WARNING,
)
SAME_MATTER_TWICE = Rule(
    "C308",
    "同一件事的几段申报时间要分得清",
    why="两段时间没有写办什么、给谁，群众不知道是各办一次，还是哪一段都行；日历里也分不清是哪一段。",
    fix="各办各的，每段写上办什么（for）或给谁（who）；哪一段都行的，合成一条，用顿号隔开，如 每年3月1日至20日、9月1日至25日。",
    severity=Severity.WARNING,
)
RULES = (
    PROMISED_TOO_LONG,
    STEPS_DISAGREE,
    INSTANT_DISAGREES,
    CHECKED_AFTER_NEXT,
    CANCELLED_WITHOUT_REASON,
    ENDED_BUT_IN_FORCE,
    STEP_TOO_LONG,
    COUNTED_AND_EXCLUDED,
    IN_THE_FUTURE,
    SAME_MATTER_TWICE,
)

# Lists of counties in Sichuan have matters of one working day as 即办件. Compared in days, two working days are longer.
LONGEST_INSTANT = Duration(n=1, unit=TimeUnit.DAY)

_ENDED = ("cancelled_on", "status_note", "replaced_by")  # what is shown only of an item that is not in force


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield the findings about time limits and dates of `item`."""
    for path, part in item.placed_parts:
        counting = counting_of(item, part)
        too_long = list(_steps(listed(part.steps), counting, file, (*path, "steps")))
        yield from _limits(part, counting, file, path, tells_sum=not too_long)
        yield from _periods(part, file, (*path, "windows"))
        yield from too_long
    if item.handling is HandlingType.INSTANT and isinstance(item.time, Time) and item.time.promised:
        if item.time.promised.is_longer_than(LONGEST_INSTANT):
            says = f"即办件的时限不能是“{item.time.promised}”"
            yield INSTANT_DISAGREES.at(
                file, "time", says=says, hint="改成 当场；确实要等几天的，把 handling 改成 承诺件"
            )
    if item.checked and item.next_check and item.next_check <= item.checked:
        says = f"下次核对（{item.next_check}）不在上次核对（{item.checked}）之后"
        yield CHECKED_AFTER_NEXT.at(file, "next_check", says=says, hint=_half_a_year_after(item.checked))
    if item.status is Status.CANCELLED and not item.replaced_by and not item.status_note:
        hint = "加一行“status_note: 取消的原因”；改办别的事项的，写 replaced_by 和它的编号"
        yield CANCELLED_WITHOUT_REASON.at(file, "status", says="事项已取消，没有写改办什么，也没有写原因", hint=hint)
    if item.status is Status.ACTIVE and (written := [field for field in _ENDED if getattr(item, field)]):
        says = f"写了 {written[0]}（{label(Item, (written[0],))}），状态却是在办，页面上不会显示"
        status = "把 status 改成 已取消" if "status" in item.model_fields_set else "加一行“status: 已取消”"
        hint = f"{status}（或 暂停）；还在办的，删掉取消日期、状态说明和改办事项"
        yield ENDED_BUT_IN_FORCE.at(file, written[0], says=says, hint=hint)


def _periods(part: Procedure, file: str, path: KeyPath) -> Iterator[Finding]:
    """Yield a finding for each application period that is for the same people and the same matter as one before it.

    Those around an event are left out: their words tell them apart.
    """
    known: dict[tuple[str, str], ApplicationPeriod] = {}
    for position, window in enumerate(part.windows):
        if window.span().period is Period.EVENT:
            continue
        first = known.setdefault((window.who, window.for_), window)
        if first is not window:
            says = f"“{quote(first.when)}”和“{quote(window.when)}”分不清各办什么"
            hint = "每段写上 for（办什么）或 who（给谁）"
            if together := _as_one(first, window):
                hint += f"；哪一段都行的，写成一条“when: {together}”"
            yield SAME_MATTER_TWICE.at(file, *path, position, says=says, hint=hint)


def _as_one(first: ApplicationPeriod, second: ApplicationPeriod) -> str:
    """Return both periods in one phrase, "" where they cannot be written so."""
    together = f"{first.when}、{second.when}"
    with suppress(ValueError):
        if read_span(together).each == (*first.span().each, *second.span().each) and first.pays == second.pays:
            return together
    return ""


def _half_a_year_after(day: date) -> str:
    year, month = (day.year, day.month + 6) if day.month <= 6 else (day.year + 1, day.month - 6)
    return f"一般是核对日期的半年以后，改成 {date(year, month, min(day.day, 28))}"


def check_days(files: Iterable[ParsedFile], today: str) -> Iterator[Finding]:
    """Yield a finding for each day of something done that comes after `today`, written as 2026-11-03."""
    for file in files:
        for path, day in file.past_days:
            if day > today:
                kind = BY_NAME[file.kind]
                name = label(kind.record, path[1:] if kind.many else path)
                says = f"“{name}”写成了还没到的日子：{day}"
                yield IN_THE_FUTURE.at(file.file, *path, says=says, hint=_day_hint(day, today))


def _day_hint(day: str, today: str) -> str:
    """Return the hint with the last such day before `today`, which is what was meant if only the year is wrong."""
    year = int(today[:4]) - (day[5:] > today[5:])
    with suppress(ValueError):  # 29 February
        return f"写已经做了的那一天；是年份写错了的，改成 {date.fromisoformat(f'{year}{day[4:]}')}"
    return "写已经做了的那一天"


def _limits(
    procedure: Procedure, counting: Counting, file: str, path: KeyPath, *, tells_sum: bool
) -> Iterator[Finding]:
    time = procedure.time
    if not isinstance(time, Time):
        return
    promised, statutory = (limit.workdays if limit else None for limit in (time.promised, time.statutory))
    if time.promised and time.statutory and time.promised.is_longer_than(time.statutory):
        says = f"承诺时限（{time.promised}）比法定时限（{time.statutory}）长"
        yield PROMISED_TOO_LONG.at(file, *path, "time", "promised", says=says, hint="两个时限是不是写反了？")
    total = promised if promised is not None else statutory
    if not total or not tells_sum or time.note:
        return
    steps = listed(procedure.steps)
    branches = any(step.branches for step in steps)
    steps_total = _quickest(steps, counting) if branches else _total(steps, counting)
    if (steps_total > total) if branches else steps_total not in (0, total):
        least = "最少也" if branches else ""
        says = f"各步时限加起来{least}是{steps_total}个工作日，总时限是{total}个工作日"
        yield STEPS_DISAGREE.at(file, *path, "time", says=says, hint=_SUM_HINT)


_SUM_HINT = (
    "核对后改正；有的步骤不算在总时限里的，写上它的环节（kind）或 counted: 否；另有原因的，在 time 的 note 里写明"
)


def _steps(steps: tuple[Step, ...], counting: Counting, file: str, path: KeyPath) -> Iterator[Finding]:
    for position, step in enumerate(steps):
        name = f"第{position + 1}步"
        yield from _work(step, position, name, counting, file, (*path, position))
        for n, work in enumerate(step.parallel):
            work_path: KeyPath = (*path, position, "parallel", n)
            if step.limit and work.limit and work.limit.is_longer_than(step.limit):
                says = f"{name}里“{quote(work.do)}”的时限（{work.limit}）比这一步的时限（{step.limit}）长"
                yield STEP_TOO_LONG.at(file, *work_path, "limit", says=says, hint="核对两个时限")
            elif counting.counts(position, step):
                yield from _work(work, position, f"{name}里“{quote(work.do)}”", counting, file, work_path)


def _work(work: Work, position: int, name: str, counting: Counting, file: str, path: KeyPath) -> Iterator[Finding]:
    if work.counted and work.kind and counting.excludes(work.kind):
        says = f"办理时限里写了不算{work.kind.label}，{name}却写了算"
        hint = f"不算的，改成 否；算的，从 time 的 excludes 里删掉{work.kind.label}"
        yield COUNTED_AND_EXCLUDED.at(file, *path, "counted", says=says, hint=hint)
    limit = work.limit
    if not limit or not counting.counts(position, work) or counting.may_exclude(work):
        return
    if counting.limits and all(limit.is_longer_than(total) for total in counting.limits):
        totals = "、".join(dict.fromkeys(map(str, counting.limits)))
        says = f"{name}的时限（{limit}）比办理时限（{totals}）长"
        hint = "核对两个时限；不算在办理时限里的，写上环节（kind，如 鉴定），或加一行“counted: 否”"
        yield STEP_TOO_LONG.at(file, *path, "limit", says=says, hint=hint)


def _total(steps: tuple[Step, ...], counting: Counting) -> int:
    """Return the sum of the limits of steps without branches that count, in working days, or 0 if it is unknown.

    It is unknown if a limit has another unit or may not count, or if fewer than two steps have limits.
    """
    days = [days for position, step in enumerate(steps) if (days := list(_days(position, step, counting)))]
    if len(days) < 2 or any(None in some for some in days):
        return 0
    return sum(map(_longest, days))


def _quickest(steps: tuple[Step, ...], counting: Counting) -> int:
    """Return the least sum of limits with which one comes to a good end, in working days; what is unknown adds nothing."""
    with suppress(KeyError):  # for a target that does not exist; the check of the flow reports it
        longest = [_longest(_days(position, step, counting)) for position, step in enumerate(steps)]
        return graph_of(steps).least_to(_GOOD_ENDS, longest) or 0
    return 0


_GOOD_ENDS = (Ending.DONE, Ending.APPROVED)


def _days(position: int, step: Step, counting: Counting) -> Iterator[int | None]:
    """Yield the limits of what counts in a step, in working days, None for each that is unknown.

    The limit of the step is for all that is done in it.
    """
    for work in (step,) if step.limit else step.parallel:
        if work.limit and counting.counts(position, step) and (work is step or counting.counts(position, work)):
            yield None if counting.may_exclude(work) else work.limit.workdays


def _longest(days: Iterable[int | None]) -> int:
    """Return the longest of what is done at the same time."""
    return max(filter(None, days), default=0)
