"""The page that lists what can be printed besides the papers of single items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from builder.content.model.companions import Booklet, Department, Place, Topic
from builder.content.site import Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.render.listing import Head
from builder.render.page import Page
from builder.render.pages.booklets import worth_binding


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of one sort: addresses and names, under the areas that they belong to ("" for none)."""

    kind: str  # of which the words are the heading and the hint
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class PapersView:
    """All sorts of papers that there are."""

    head: Head
    papers: tuple[Papers, ...]


def plan(site: Site, frame: Frame) -> Iterator[Page]:
    """Plan the list, where the site prints guides."""
    if not site.settings.print_guides or not site.offered:
        return
    windows = {place.id for place in site.of("place") if cast("Place", place.record).windows}
    given = (
        ("board", tuple(("department", id) for id in site.by_department)),
        ("card", tuple(place.key for place in site.of("place") if place.id in site.by_place)),
        ("sign", tuple(("place", id) for id in sorted(windows))),
        ("booklet", (*(one.key for one in site.of("booklet")), *(key for key, _ in worth_binding(site)))),
    )
    uses = dict.fromkeys(key for _, keys in given for key in keys)
    yield Page("print/index.html", "print-index", uses=tuple(uses), given=given)


def view(page: Page, lookup: Lookup, frame: Frame, words: Words) -> PapersView:
    """Return what the page shows."""
    given = cast("tuple[tuple[str, tuple[tuple[str, str], ...]], ...]", page.given)
    papers = tuple(Papers(kind, tuple(_groups(kind, keys, lookup, frame))) for kind, keys in given if keys)
    head = Head(words["papers"], words["summary_papers"], column=words["papers"])
    return PapersView(head, papers)


def _groups(
    kind: str, keys: tuple[tuple[str, str], ...], lookup: Lookup, frame: Frame
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for of, id in keys:
        name, area = _named(of, id, lookup)
        file = f"{of}-{id}" if kind == "booklet" and of != "booklet" else id
        grouped.setdefault(area, []).append((f"print/{kind}/{file}.html", name))
    order = {area: at for at, area in enumerate(("", *frame.areas))}
    for area in sorted(grouped, key=lambda one: order.get(one, len(order))):
        yield frame.areas.get(area, ""), tuple(grouped[area])


def _named(kind: str, id: str, lookup: Lookup) -> tuple[str, str]:
    """Return the name and the area of a department, a place, a topic or a booklet."""
    match kind:
        case "department":
            department = lookup.record(kind, id, Department)
            return department.name, department.area or ""
        case "place":
            place = lookup.record(kind, id, Place)
            return place.name, place.area or ""
        case "booklet":
            booklet = lookup.record(kind, id, Booklet)
            return booklet.title, booklet.area or ""
        case _:
            return lookup.record(kind, id, Topic).name, ""
