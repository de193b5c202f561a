"""What the page of a site's standing shows (``templates/report/standing.html``): the figures, cut to what one can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from builder.checks.completeness import BESIDE, COLUMNS, KEY_ELEMENTS
from builder.checks.event_coverage import sentences
from builder.content.card import Card
from builder.content.history import PastChange
from builder.content.settings import Level
from builder.differences.levels import MEANINGS
from builder.standing.groups import Group
from builder.standing.items import Due, ItemStanding
from builder.standing.standing import FindingKind, PaperToReplace, Standing
from builder.standing.windows import Open, OpenTimes, months_from

T = TypeVar("T")

MOST_GROUPS = 40  # rows of a table
MOST_ITEMS = 20  # of a list of items
MOST_PLACES = 15
MOST_CHANGES = 12
MOST_WINDOWS = 40
MOST_EXAMPLES = 5  # of a kind of finding
FILLS = {Level.RED: "solid", Level.ORANGE: "lines", Level.YELLOW: "dots"}  # of the levels that are told


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """The beginning of a list, and how many more there are."""

    shown: Sequence[T]
    more: int


def cut(whole: Sequence[T], most: int) -> Cut[T]:
    """Return a list cut to its first `most`."""
    return Cut(whole[:most], max(0, len(whole) - most))


class Stretch(NamedTuple):
    """A part of a bar: where it begins and how wide it is, in per cent, and how it is filled."""

    at: float
    width: float
    fill: str


class Column(NamedTuple):
    """A column of a chart: what stands below it, its height in per cent of the highest, and its number."""

    label: str
    below: str
    height: float
    number: int


class Period(NamedTuple):
    """Days in the chart of a year, in per cent. A deadline is a point."""

    at: float
    width: float
    is_deadline: bool


@dataclass(frozen=True)
class StandingPage:
    """Where a site stands, ready to be set. `to_site` leads from the page to the site, with ``/`` at its end."""

    standing: Standing
    to_site: str

    @property
    def units(self) -> int:
        """How many departments have items."""
        return len({one.card.department for one in self.standing.items if one.card.department})

    @property
    def columns(self) -> dict[str, str]:
        """The elements with the titles of their columns."""
        return dict(COLUMNS)

    @property
    def elements(self) -> Iterator[tuple[str, int, list[Stretch]]]:
        """Each element with the number of items that lack it, and its bar."""
        whole = self.standing.whole
        for element in COLUMNS:
            lacking = whole.missing.get(element, 0)
            yield element, lacking, bar([(whole.public - lacking, "solid"), (lacking, "none")])

    @property
    def of_score(self) -> int:
        """How many elements the score counts."""
        return len(KEY_ELEMENTS)

    @property
    def beside(self) -> str:
        """The elements that the score does not count."""
        return "、".join(BESIDE)

    @property
    def events(self) -> list[str]:
        """What the events leave out, in sentences."""
        return sentences(self.standing.events) if self.standing.events else []

    @cached_property
    def alone(self) -> Cut[Card]:
        """The items that are in no event."""
        return cut(self.standing.events.alone if self.standing.events else (), MOST_ITEMS)

    @cached_property
    def areas(self) -> Cut[Group]:
        """The areas that lack most first."""
        return cut(sorted(self.standing.areas, key=_most_lacking), MOST_GROUPS)

    @cached_property
    def departments(self) -> Cut[Group]:
        """The departments that lack most first."""
        return cut(sorted(self.standing.departments, key=_most_lacking), MOST_GROUPS)

    @cached_property
    def lacking(self) -> Cut[ItemStanding]:
        """The items that lack elements, those first that lack most."""
        some = [one for one in self.standing.items if one.missing]
        return cut(sorted(some, key=lambda one: (-len(one.missing), one.card.file)), MOST_ITEMS)

    @cached_property
    def dated(self) -> Cut[Group]:
        """The departments with items in force, those first of which most items are to be checked."""
        some = [one for one in self.standing.departments if one.in_force]
        return cut(
            sorted(some, key=lambda one: (-one.due[Due.OVER], -one.due[Due.NEVER], -one.due[Due.SOON])), MOST_GROUPS
        )

    def due_bar(self, group: Group) -> list[Stretch]:
        """Return the bar of a group: which part of its items is to be checked."""
        return bar([(group.due[Due(state)], fill) for fill, state in self.due_legend])

    def due_said(self, group: Group) -> str:
        """Return how many items of a group are to be checked."""
        return "，".join(f"{state} {n}" for state, n in group.due.items() if n and state is not Due.LATER) or "都没到期"

    @property
    def due_legend(self) -> list[tuple[str, str]]:
        """How each part of this bar is filled, and what it means."""
        return list(zip(("solid", "none", "lines", "dots"), Due, strict=True))

    @cached_property
    def to_check(self) -> Cut[ItemStanding]:
        """The items in force that are to be checked within 90 days, the longest overdue first."""
        today = self.standing.today
        some = [one for one in self.standing.items if one.in_force and one.due_on(today) in (Due.OVER, Due.SOON)]
        return cut(sorted(some, key=lambda one: (one.due or today, one.card.file)), MOST_ITEMS)

    @property
    def due_columns(self) -> list[Column]:
        """How many items are to be checked in each of the next twelve months."""
        today = self.standing.today
        days = [one.due for one in self.standing.items if one.in_force and one.due and one.due > today]
        return _columns(_by_month(days, months_from(today, 12)))

    @property
    def checked_columns(self) -> list[Column]:
        """How many items were checked last in each of the last twelve months."""
        days = [one.checked for one in self.standing.items if one.in_force and one.checked]
        return _columns(_by_month(days, self.standing.past.months))

    @cached_property
    def papers(self) -> Cut[tuple[str, list[PaperToReplace]]]:
        """The papers to replace, by place."""
        papers = self.standing.papers or ()
        return cut([(place, list(some)) for place, some in groupby(papers, lambda one: one.place)], MOST_PLACES)

    def papers_of(self, some: Sequence[PaperToReplace]) -> Cut[PaperToReplace]:
        """Return the papers of a place, cut."""
        return cut(some, MOST_ITEMS)

    def examples(self, kind: FindingKind) -> Cut[str]:
        """Return where something was found."""
        return cut(list(dict.fromkeys(f"{one.file}：{one.says}" for one in kind.findings)), MOST_EXAMPLES)

    def finding_bar(self, kind: FindingKind) -> list[Stretch]:
        """Return the bar of a kind of finding, beside the most frequent one."""
        most = max(len(one.findings) for one in self.standing.findings)
        return bar([(len(kind.findings), "solid")], of=most)

    @property
    def level_legend(self) -> list[tuple[str, str]]:
        """How the changes of each level are filled, and what the level means."""
        return [(fill, f"{level.label}：{MEANINGS[level]}") for level, fill in FILLS.items()]

    @property
    def changes(self) -> Iterator[tuple[date, str, list[Stretch]]]:
        """Each month with its changes by level, and its bar beside that of the busiest month."""
        past = self.standing.past
        counts = [{level: past.count(month, level) for level in FILLS} for month in past.months]
        most = max(sum(some.values()) for some in counts)
        for month, some in zip(past.months, counts, strict=True):
            said = "，".join(f"{level.label} {n}" for level, n in some.items() if n)
            yield month, said, bar([(some[level], fill) for level, fill in FILLS.items()], of=most)

    @cached_property
    def grave(self) -> Cut[PastChange]:
        """The changes that ask more of residents, the newest first."""
        return cut([one for one in self.standing.past.changes if one.level == Level.RED.label], MOST_CHANGES)

    @cached_property
    def windows(self) -> Cut[OpenTimes]:
        """The items that are open on certain days."""
        return cut(self.standing.windows.times, MOST_WINDOWS)

    @property
    def starting(self) -> list[Column]:
        """How many items open in each month."""
        windows = self.standing.windows
        return _columns(dict(zip(windows.year.months, windows.starting, strict=True)))

    @property
    def ending(self) -> list[Column]:
        """How many items close in each month."""
        windows = self.standing.windows
        return _columns(dict(zip(windows.year.months, windows.ending, strict=True)))

    def periods(self, times: OpenTimes) -> list[Period]:
        """Return the days on which one can apply, as they stand in the chart."""
        return [self._period(one) for one in times.open]

    def _period(self, one: Open) -> Period:
        year = self.standing.windows.year
        end = self._at(min(one.end, year.last), 1)
        if one.is_deadline:
            return Period(end, 0, is_deadline=True)
        start = self._at(max(one.start, year.first))
        return Period(start, round(end - start, 2), is_deadline=False)

    def _at(self, day: date, after: int = 0) -> float:
        year = self.standing.windows.year
        return round(100 * ((day - year.first).days + after) / ((year.last - year.first).days + 1), 2)

    @property
    def month_lines(self) -> list[tuple[float, str]]:
        """Where each month begins in the chart, and what it is called."""
        return [(self._at(month), _month(month)) for month in self.standing.windows.year.months]

    @property
    def now(self) -> float:
        """Where today is in the chart."""
        return self._at(self.standing.today)

    def some(self, items: Sequence[ItemStanding]) -> Cut[ItemStanding]:
        """Return items, cut."""
        return cut(items, MOST_ITEMS)

    def shade(self, count: int, group: Group) -> int:
        """Return how dark a cell is: 0 where no item lacks the element, to 4 where more than three quarters do."""
        return -(-4 * count // group.public) if group.public else 0

    def link(self, item: ItemStanding) -> str:
        """Return the address of the guide of an item."""
        return f"{self.to_site}{item.card.url}"

    @property
    def to_do(self) -> list[str]:
        """What is to be done, the most pressing first."""
        standing, due = self.standing, self.standing.whole.due
        papers = standing.papers or ()
        told = (
            (standing.errors, "改好 {n} 处错误：有错误，新内容发布不出去"),
            (len(papers), "换下 {n} 处贴着的旧纸"),
            (len(standing.windows.over), "改 {n} 个事项的申报时间：写的日子都过去了"),
            (due[Due.OVER], "核对 {n} 个到期的事项"),
            (due[Due.NEVER], "有 {n} 个事项没写核对日期：核对以后写上 checked"),
            (self.lacking.more + len(self.lacking.shown), "补全 {n} 个事项缺的内容，先补缺得最多的"),
        )
        return [says.format(n=n) for n, says in told if n]


def bar(parts: Iterable[tuple[int, str]], of: int = 0) -> list[Stretch]:
    """Return the stretches of a bar whose whole width stands for `of`, or for all its parts together."""
    some = list(parts)
    whole = of or sum(n for n, _ in some)
    stretches, at = [], 0
    for n, fill in some:
        if n:
            stretches.append(Stretch(round(100 * at / whole, 2), round(100 * n / whole, 2), fill))
        at += n
    return stretches


def _most_lacking(group: Group) -> tuple[float, float]:
    if group.stated is None:
        return len(KEY_ELEMENTS) + 1, 0
    return round(group.stated, 1), -group.lacks / group.public


def _by_month(days: Iterable[date], months: Iterable[date]) -> dict[date, int]:
    counts = Counter(day.replace(day=1) for day in days)
    return {month: counts[month] for month in months}


def _columns(counts: dict[date, int]) -> list[Column]:
    most = max(counts.values()) or 1
    return [
        Column(
            _month(month),
            str(month.year) if month.month == 1 or (at == 0 and month.month < 11) else "",
            100 * n / most,
            n,
        )
        for at, (month, n) in enumerate(counts.items())
    ]


def _month(month: date) -> str:
    return f"{month.month}月"
