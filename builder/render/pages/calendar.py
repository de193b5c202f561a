"""The calendar (办理日历): which items have set days, month by month; of the whole site, and of each area.

Pages say the rule, in words, and hold for every year. What is open today, the device tells (``static/calendar.js``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.companions import Area
from builder.content.model.item import Item
from builder.content.model.kinds import key
from builder.content.model.quantities import Period, Span
from builder.content.own_periods import OwnPeriod
from builder.content.site import Site
from builder.context import Frame, Words
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages import calendar_files
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
from builder.wording.joining import joined, labelled
from builder.wording.times import ends_in_words, window_in_words

ADDRESS = "calendar.html"
MONTHS = tuple(map(str, range(1, 13)))

# The groups below the months, each with what is told of it; their words begin with `calendar_`.
OTHERS: Mapping[Period, str] = {
    Period.MONTHLY: "monthly",
    Period.WEEKLY: "weekly",
    Period.EVENT: "around_event",
    Period.UNDATED: "undated",
}

Placed = tuple[str, OwnPeriod]  # the id of an item, and one of its periods


@dataclass(frozen=True, slots=True)
class DayBar:
    """Days of a month as a bar: where it begins and how wide it is, in days, and whether only its end is known."""

    first: int
    width: int
    is_deadline: bool


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A period of an item: its link, the area where there are several, and what is told of it.

    `here` is what happens in the month, `is_whole` that it goes on all month. `days` and `until` are those of `Span`, for the script. `bars` are its days of a month.
    """

    url: str
    title: str
    area: str
    here: str
    is_whole: bool
    says: str
    days: str
    until: str
    bars: tuple[DayBar, ...]


@dataclass(frozen=True, slots=True)
class CalendarGroup:
    """A month, or what comes round otherwise: its id (the number of a month), its heading, what it is, and its lines."""

    id: str
    heading: str
    about: str
    lines: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar: its groups, the pages of its areas with the number of their items, the file for the visitor's own calendar, and the chart.

    `is_whole` says that all months are on the page, in their order, so that a script may begin with another one.
    """

    head: Head
    groups: tuple[CalendarGroup, ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None
    is_whole: bool
    areas: tuple[tuple[str, str, int], ...]
    file: str
    charts: tuple[tuple[str, str], ...]  # addresses and areas ("" where it is the one of the page)


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """The area ("" for all), what one page of its calendar shows, and the areas to which the page leads, each with the number of its items.

    `has_file` tells whether there is a file of all of them, `charts` which areas have one to print.
    """

    area: str
    portion: Portion[str, Placed]
    areas: tuple[tuple[str, int], ...]
    has_file: bool
    charts: tuple[str, ...]


def timed(cards: Iterable[Card]) -> list[Card]:
    """Return the items that have something to tell of when one can apply, besides that it is always."""
    return [card for card in cards if any(_is_told(period) for period in card.periods)]


def _is_told(period: OwnPeriod) -> bool:
    return period.span.period is not Period.ALWAYS


def plan(site: Site, frame: Frame) -> Iterator[Page[CalendarPlan]]:
    """Plan the calendar of the site, and one for each area where there are several; a large site has those of areas only."""
    cards = timed(site.offered)
    if not cards:
        return
    by_area = {area: some for area in frame.areas if (some := [card for card in cards if card.area == area])}
    counts = tuple((area, len(some)) for area, some in by_area.items())
    charts = tuple(by_area) or tuple({card.area: None for card in cards})
    yield from _pages(ADDRESS, "", () if site.is_large and counts else cards, counts, charts, site)
    for area, some in by_area.items():
        yield from _pages(address_of_area(area), area, some, (), (area,), site)


def address_of_area(area: str) -> str:
    """Return the address of the calendar of an area, on a site with several."""
    return f"calendar/areas/{area}.html"


def _pages(
    url: str,
    area: str,
    cards: Sequence[Card],
    areas: tuple[tuple[str, int], ...],
    charts: tuple[str, ...],
    site: Site,
) -> Iterator[Page[CalendarPlan]]:
    has_file = any(map(calendar_files.dated, cards))
    charts = charts if site.settings.print_guides else ()
    above = (key(Area, area),) if area else ()
    for portion in cut(_grouped(cards)):
        plan = CalendarPlan(area, portion, areas, has_file, charts)
        shown = (key(Area, id) for id, _ in areas)
        uses = dict.fromkeys((*above, *shown, *(key(Item, id) for id, _ in portion.lines)))
        yield Page(
            portion.address(url),
            "calendar",
            plan,
            tuple(uses),
            name=site.area_name(area) if area and portion.number == 1 else "",
            column=ADDRESS,
        )


def _grouped(cards: Iterable[Card]) -> list[tuple[str, list[Placed]]]:
    """Return the periods by month, and then those that come round otherwise; in a month what ends first comes first."""
    groups: dict[str, list[tuple[tuple[int, int], Placed]]] = {id: [] for id in (*MONTHS, *OTHERS.values())}
    for card in cards:
        for period in card.periods:
            span = period.span
            placed = (card.id, period)
            for month in span.months:
                groups[str(month)].append((_order_in(month, span), placed))
            if span.period in OTHERS:
                groups[OTHERS[span.period]].append(((span.last, span.first), placed))
    return [(id, [one for _, one in sorted(some, key=lambda pair: pair[0])]) for id, some in groups.items()]


def _order_in(month: int, span: Span) -> tuple[int, int]:
    """Return what sorts a period in a month: when it ends there, and when it begins there; what goes on comes last."""
    ends = [one.end.day or 31 for one in span.each if one.end and one.end.month == month]
    starts = [one.start.day for one in span.each if one.start and one.start.month == month and not one.is_deadline]
    return min(ends, default=99), min(starts, default=0)


def view(page: Page[CalendarPlan], context: PageContext) -> CalendarView:
    """Return what the page shows."""
    plan, words = page.plan, context.words
    portion = plan.portion
    url = address_of_area(plan.area) if plan.area else ADDRESS
    pager = pager_of(portion, url)
    groups = [
        _group(stretch.group, stretch.lines, context, plan, continued=stretch.continued)
        for stretch in portion.stretches
    ]
    is_whole = portion.pages == 1 and any(group.id in MONTHS for group in groups)
    if is_whole:
        known = {group.id: group for group in groups}
        months = [known.get(id) or _group(id, (), context, plan) for id in MONTHS]
        groups = [*months, *(group for group in groups if group.id not in MONTHS)]
    title = words["calendar"]
    crumbs = ((ADDRESS, title),) if plan.area else ()
    name = _area_name(plan.area, context) if plan.area else ""
    head = Head(labelled(name, title, words), labelled(name, words["summary_calendar"], words), crumbs, column=title)
    jumps = (
        tuple(Jump("", group.id, group.heading) for group in groups)
        if portion.pages == 1
        else jumps_of(portion, url, lambda group: _heading(group, words))
    )
    file = calendar_files.address_of_area(plan.area) if plan.area else calendar_files.WHOLE
    return CalendarView(
        numbered(head, pager, words),
        tuple(groups),
        jumps,
        pager,
        is_whole,
        tuple((address_of_area(area), _area_name(area, context), count) for area, count in plan.areas),
        file if plan.has_file else "",
        tuple(
            (f"print/calendar/{area}.html", _area_name(area, context) if len(plan.areas) > 0 else "")
            for area in plan.charts
        ),
    )


def _area_name(id: str, context: PageContext) -> str:
    area = context.get(Area, id)
    return area.short or area.name


def _heading(id: str, words: Words) -> str:
    return words["one_month"].format(m=id) if id in MONTHS else words[f"calendar_{id}"]


def _group(
    id: str, placed: Sequence[Placed], context: PageContext, plan: CalendarPlan, *, continued: bool = False
) -> CalendarGroup:
    words = context.words
    lines = tuple(_line(id, item, period, context, with_area=not plan.area) for item, period in placed)
    about = "" if id in MONTHS else words[f"calendar_{id}_about"]
    return CalendarGroup(id, continued_in_words(_heading(id, words), words, continued=continued), about, lines)


def _line(group: str, item: str, period: OwnPeriod, context: PageContext, *, with_area: bool) -> CalendarLine:
    card, words, span = context.card(item), context.words, period.span
    here = _in_month(int(group), span, words) if group in MONTHS else ""
    return CalendarLine(
        card.url,
        card.title,
        context.frame.areas.get(card.area, "") if with_area else "",
        here,
        here == words["whole_month"],
        labelled(period.case, window_in_words(period, words), words),
        span.days,
        span.until,
        tuple(_bars(span)) if span.period is Period.MONTHLY else (),
    )


def _in_month(month: int, span: Span, words: Words) -> str:
    """Return what happens in a month: 1日开始，25日截止; 整月能办."""
    said: list[str] = []
    for one in span.each:
        if month not in one.months or not (one.start and one.end):
            continue
        first, last = ends_in_words(one, words)
        starts = one.start.month == month and not one.is_deadline
        ends = one.end.month == month
        if starts and one.start == one.end:
            said.append(words["only_on"].format(day=first))
            continue
        said += [words["starts_on"].format(day=first)] if starts else []
        said += [words["ends_on"].format(day=last)] if ends else []
        said += [] if starts or ends else [words["whole_month"]]
    return joined(dict.fromkeys(said), words)


def _bars(span: Span) -> Iterator[DayBar]:
    for one in span.each:
        yield DayBar(one.first - 1, one.last - one.first + 1, one.is_deadline)


def is_there(site: Site) -> bool:
    """Return whether any item has set days."""
    return bool(timed(site.offered))


FAMILY = PageFamily(
    plan, (PageKind("calendar", view, "calendar.html", "calendar"),), (Section("calendar", ADDRESS, is_there),)
)
