"""The page that lists what can be printed besides the papers of single items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.model.companions import Booklet, Department, Place, Topic
from builder.content.model.kinds import Key, key
from builder.content.site import Site
from builder.context import Frame
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages.booklets import worth_binding

ADDRESS = "print/index.html"


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of one sort: their addresses and names by area ("" for none)."""

    kind: str  # also the prefix of the words for its heading and its hint
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class PapersView:
    """All sorts of papers that there are."""

    head: Head
    papers: tuple[Papers, ...]


@dataclass(frozen=True, slots=True)
class PapersPlan:
    """For each sort of paper the keys of the records that have one."""

    sorts: tuple[tuple[str, tuple[Key, ...]], ...]


def plan(site: Site, frame: Frame) -> Iterator[Page[PapersPlan]]:
    """Plan the list, where the site prints guides."""
    if not _prints(site):
        return
    sorts = (
        ("board", tuple(key(Department, id) for id in site.by_department)),
        ("card", tuple(place.key for place in site.all(Place) if place.id in site.by_place)),
        ("sign", tuple(sorted(place.key for place in site.all(Place) if place.record.windows))),
        ("booklet", (*(booklet.key for booklet in site.all(Booklet)), *(of for of, _ in worth_binding(site)))),
    )
    uses = dict.fromkeys(of for _, papers in sorts for of in papers)
    yield Page(ADDRESS, "print-index", PapersPlan(sorts), tuple(uses))


def _prints(site: Site) -> bool:
    return site.settings.print_guides and bool(site.offered)


def view(page: Page[PapersPlan], context: PageContext) -> PapersView:
    """Return what the page shows."""
    papers = tuple(Papers(sort, tuple(_groups(sort, keys, context))) for sort, keys in page.plan.sorts if keys)
    title = context.words["papers"]
    return PapersView(Head(title, context.words["summary_papers"], column=title), papers)


def _groups(
    sort: str, keys: tuple[Key, ...], context: PageContext
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    areas = context.frame.areas
    grouped: dict[str, list[tuple[str, str]]] = {}
    for of in keys:
        name, area = _named(of, context)
        file = "-".join(of) if sort == "booklet" and of != key(Booklet, of[1]) else of[1]
        grouped.setdefault(area, []).append((f"print/{sort}/{file}.html", name))
    order = {area: at for at, area in enumerate(("", *areas))}
    for area in sorted(grouped, key=lambda area: order.get(area, len(order))):
        yield areas.get(area, ""), tuple(grouped[area])


def _named(of: Key, context: PageContext) -> tuple[str, str]:
    """Return the name and the area of a department, a place, a booklet or a topic."""
    id = of[1]
    if of == key(Topic, id):
        return context.get(Topic, id).name, ""
    if of == key(Booklet, id):
        booklet = context.get(Booklet, id)
        return booklet.title, booklet.area or ""
    unit = context.get(Department, id) if of == key(Department, id) else context.get(Place, id)
    return unit.name, unit.area or ""


FAMILY = PageFamily(
    plan, (PageKind("print-index", view, "papers.html", "index"),), (Section("papers", ADDRESS, _prints),)
)
