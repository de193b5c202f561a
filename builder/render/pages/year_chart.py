"""The year chart (全年办理日历) of an area, an A3 sheet for the wall: a row for each matter with set days, a column for each month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.companions import Area, Department
from builder.content.model.kinds import Key, key
from builder.content.model.quantities import Period
from builder.content.own_periods import OwnPeriod
from builder.content.site import Site
from builder.context import Frame, Words
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind
from builder.render.pages import calendar
from builder.render.stamp import Stamp, stamp_of_lines
from builder.render.year_bars import Bar, bars_of, drawn, swatch
from builder.wording.joining import in_clauses, labelled
from builder.wording.times import window_in_words

MOST = 40  # rows of one chart; of more, each department gets its own
FEW = 15  # a chart of up to this many rows is set in larger type
ON_CHART = (Period.ANNUAL, Period.DATED, Period.MONTHLY)


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A matter of an item: when it can be done, in words and as drawings (SVG) of each month, "" for none."""

    title: str
    says: str
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The rows of one sheet; `heading` is its department, "" where all are on one."""

    heading: str
    rows: tuple[ChartRow, ...]

    @property
    def fit(self) -> str:
        """The CSS class of its type size."""
        return "roomy" if len(self.rows) <= FEW else "dense"


@dataclass(frozen=True, slots=True)
class YearChartView:
    """The charts of an area; `others` are what has no days of the year, by heading: on weekdays, around an event, in no stated month."""

    head: Head
    back: str
    area: str
    charts: tuple[Chart, ...]
    others: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    legend: tuple[tuple[str, str], ...]  # a drawing and what it means
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class YearChartPlan:
    """The area, and its items with their periods: those of each department ("" for all together)."""

    area: str
    groups: tuple[tuple[str, tuple[tuple[str, tuple[OwnPeriod, ...]], ...]], ...]


def plan(site: Site, frame: Frame) -> Iterator[Page[YearChartPlan]]:
    """Plan the chart of each area that has items with set days."""
    if not site.settings.print_guides:
        return
    for area, cards in by_area(site).items():
        grouped = _by_department(cards, site) if sum(map(_height, cards)) > MOST else {"": cards}
        groups = tuple((unit, tuple((card.id, card.periods) for card in some)) for unit, some in grouped.items())
        units = (key(Department, unit) for unit in grouped if unit)
        uses: tuple[Key, ...] = (key(Area, area), *units, *(card.key for card in cards))
        yield Page(address(area), "print-calendar", YearChartPlan(area, groups), uses)


def by_area(site: Site) -> Mapping[str, Sequence[Card]]:
    """Return the items with set days of each area that has some, in the order of the areas."""
    cards = calendar.timed(site.offered)
    areas = (area.id for area in site.all(Area))
    return {area: some for area in areas if (some := [card for card in cards if card.area == area])}


def address(area: str) -> str:
    """Return the address of the chart of an area."""
    return f"print/calendar/{area}.html"


def _by_department(cards: Sequence[Card], site: Site) -> Mapping[str, Sequence[Card]]:
    """Return the items of each department in the order of departments, those of none at the end."""
    units = (*(unit.id for unit in site.all(Department)), "")
    return {unit: some for unit in units if (some := [card for card in cards if card.department == unit])}


def _height(card: Card) -> int:
    """Return how many rows an item takes."""
    return len({period.matter for period in card.periods if period.span.period in ON_CHART})


def view(page: Page[YearChartPlan], context: PageContext) -> YearChartView:
    """Return what the sheet shows."""
    plan, words = page.plan, context.words
    charts = tuple(chart for unit, items in plan.groups for chart in _charts(unit, items, context))
    others = tuple(_others([one for _, items in plan.groups for one in items], context))
    area = context.get(Area, plan.area).name
    lines = [text for chart in charts for row in chart.rows for text in (row.title, row.says)]
    lines += [text for _, told in others for pair in told for text in pair]
    title = words["calendar_title"]
    back = calendar.address_of_area(plan.area) if context.frame.areas else calendar.ADDRESS
    legend = (
        (swatch(Bar(0.2, 8, ends=False)), words["chart_open"]),
        (swatch(Bar(0.2, 8, is_deadline=True, ends=False)), words["chart_until"]),
        (swatch(Bar(0.2, 8)), words["chart_last_day"]),
    )
    stamp = stamp_of_lines(lines, page.url, context)
    return YearChartView(Head(area, labelled(title, area, words)), back, area, charts, others, legend, stamp)


def _charts(unit: str, items: Sequence[tuple[str, tuple[OwnPeriod, ...]]], context: PageContext) -> Iterator[Chart]:
    heading = context.get(Department, unit).name if unit else ""
    rows = [row for id, periods in items for row in _rows(id, periods, context)]
    rows.sort(key=lambda pair: pair[0])
    for at in range(0, len(rows), MOST):
        yield Chart(heading, tuple(row for _, row in rows[at : at + MOST]))


def _rows(id: str, periods: Sequence[OwnPeriod], context: PageContext) -> Iterator[tuple[tuple[bool, float], ChartRow]]:
    """Yield a row for each matter of an item, with what to sort it by: what begins first comes first, months last."""
    matters: dict[tuple[str, str], list[OwnPeriod]] = {}
    for period in periods:
        if period.span.period in ON_CHART:
            matters.setdefault(period.matter, []).append(period)
    for some in matters.values():
        bars = [bar for period in some for bar in bars_of(period.span)]
        says = in_clauses((_says(period, context.words) for period in some), context.words)
        monthly = all(period.span.period is Period.MONTHLY for period in some)
        first = min(bar.start for bar in bars)
        yield (monthly, first), ChartRow(context.card(id).title, says, drawn(bars))


def _others(
    items: Sequence[tuple[str, tuple[OwnPeriod, ...]]], context: PageContext
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for kind, word in calendar.OTHERS.items():
        if kind in ON_CHART:
            continue
        told = tuple(
            (context.card(id).title, _says(period, context.words))
            for id, periods in items
            for period in periods
            if period.span.period is kind
        )
        if told:
            yield context.words[f"calendar_{word}"], told


def _says(period: OwnPeriod, words: Words) -> str:
    return labelled(period.case, window_in_words(period, words), words)


FAMILY = PageFamily(
    plan,
    (PageKind("print-calendar", view, "print/calendar.html", "sheet", indexed=False, printed=True),),
)
