"""The page that lists what can be printed besides the papers of single items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from builder.content.card import Card
from builder.content.model.companions import Area, Booklet, Department, Place
from builder.content.model.events import Event, Life
from builder.content.model.kinds import BY_NAME, BY_RECORD, Key, key
from builder.content.site import Companion, Site
from builder.context import Frame
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages import year_chart
from builder.render.pages.booklets import worth_binding
from builder.render.pages.phones import areas_with_sheets
from builder.render.pagination import Pager, Portion, Stretch, continued_in_words, cut, pager_of

ADDRESS = "print/index.html"


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of one sort: what they are ("" where an earlier page says it), and addresses and names by area ("" for none)."""

    heading: str
    about: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class PapersView:
    """The papers of one page of the list; the last page leads to the desk plate too, and to the sheet of phones."""

    head: Head
    papers: tuple[Papers, ...]
    pager: Pager | None
    with_plate: bool
    with_phones: bool


@dataclass(frozen=True, slots=True)
class PapersPlan:
    """For each sort of paper (the prefix of its words) and each area the keys of the records that have one."""

    portion: Portion[tuple[str, str], Key]
    with_phones: bool  # whether there is a sheet of the phones of no single area


def plan(site: Site, frame: Frame) -> Iterator[Page[PapersPlan]]:
    """Plan the list, where the site prints guides."""
    if not _prints(site):
        return
    places = site.all(Place)
    with_phones = areas_with_sheets(site, frame)
    sorts = (
        ("board", [key(Department, id) for id in site.by_department]),
        ("card", [place.key for place in places if place.id in site.by_place]),
        ("sign", sorted(place.key for place in places if place.record.windows)),
        ("event", [one.key for one in site.events]),
        ("calendar", [key(Area, area) for area in year_chart.by_area(site)]),
        ("phones", [key(Area, area) for area in with_phones if area]),
        ("booklet", [*(booklet.key for booklet in site.all(Booklet)), *(of for of, _ in worth_binding(site))]),
    )
    grouped: dict[tuple[str, str], list[Key]] = {}
    for sort, keys in sorts:
        grouped |= {(sort, area): [] for area in ("", *frame.areas)}
        for of in keys:
            grouped.setdefault((sort, _area(site.known[of])), []).append(of)
    for portion in cut(grouped.items()):
        yield Page(
            portion.address(ADDRESS),
            "print-index",
            PapersPlan(portion, "" in with_phones),
            tuple(dict.fromkeys((*portion.lines, *_lives(portion.lines, site)))),
        )


def _lives(keys: Iterable[Key], site: Site) -> Iterator[Key]:
    """Yield the records by which events are called that have no name of their own."""
    events = (event for kind, id in keys if kind == BY_RECORD[Event].name and (event := site.find(Event, id)))
    yield from (key(Life, event.life) for event in events if not event.name)


def _area(found: Card | Companion[Any]) -> str:
    """Return the area of a department, a place or a booklet, "" for none and for a topic."""
    match found:
        case Companion(record=Department(area=area) | Place(area=area) | Booklet(area=area) | Event(area=area)):
            return area or ""
        case _:
            return ""


def _prints(site: Site) -> bool:
    return site.settings.print_guides and bool(site.offered)


def view(page: Page[PapersPlan], context: PageContext) -> PapersView:
    """Return what the page shows."""
    portion, words = page.plan.portion, context.words
    begins = dict(reversed([(sort, number) for (sort, _), number in portion.starts]))
    papers = []
    for sort, groups in groupby(portion.stretches, lambda stretch: stretch.group[0]):
        continued = begins[sort] < portion.number
        heading = continued_in_words(words[f"{sort}_title"], words, continued=continued)
        about = "" if continued else words[f"{sort}_about"]
        papers.append(Papers(heading, about, tuple(_group(stretch, context) for stretch in groups)))
    title, pager = words["papers"], pager_of(portion, ADDRESS)
    head = numbered(Head(title, words["summary_papers"], column=title), pager, words)
    is_last = portion.number == portion.pages
    return PapersView(head, tuple(papers), pager, is_last, is_last and page.plan.with_phones)


def _group(stretch: Stretch[tuple[str, str], Key], context: PageContext) -> tuple[str, tuple[tuple[str, str], ...]]:
    sort, area = stretch.group
    heading = context.frame.areas.get(area, "")
    links = tuple((f"print/{sort}/{_file(sort, of)}.html", _name(of, context)) for of in stretch.lines)
    return continued_in_words(heading, context.words, continued=stretch.continued), links


def _file(sort: str, of: Key) -> str:
    return "-".join(of) if sort == "booklet" and of != key(Booklet, of[1]) else of[1]


def _name(of: Key, context: PageContext) -> str:
    """Return the name of a department, a place, an area, a booklet, a topic or an event."""
    record: Any = context.get(BY_NAME[of[0]].record, of[1])
    if isinstance(record, Event):
        return record.name or context.get(Life, record.life).name
    return str(record.title if isinstance(record, Booklet) else record.name)


FAMILY = PageFamily(
    plan, (PageKind("print-index", view, "papers.html", "index"),), (Section("papers", ADDRESS, _prints),)
)
