"""Signs for counters (35 × 17 cm, the size in the hall standard of the sample documents) and the desk plate (20 × 10 cm).

A plate is filled in and printed in the browser, so that no name of staff is on the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.content.model.companions import Place
from builder.content.site import Site
from builder.context import Frame
from builder.guide.flow import advance, wrap
from builder.render.listing import Head
from builder.render.page import Nothing, Page, PageContext, PageFamily, PageKind
from builder.wording.joining import labelled

WIDTH = 310.0  # mm that the name may take on a sign
LARGEST, BELOW_NUMBER = 76, 60  # the largest type of a name in mm: alone, and below a number
IN_TWO, SMALLEST = 46, 20  # in mm: smaller type than the first is set in two lines; the second is the smallest


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of one counter: its number ("" for none), and its name in one or two lines of type of this size in mm."""

    number: str
    lines: tuple[str, ...]
    size: float


@dataclass(frozen=True, slots=True)
class SignsView:
    """The signs of a place; none on the page of the plate."""

    head: Head
    place: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class SignsPlan:
    """The id of the place."""

    place: str


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the signs of each place that names its counters, and the plate."""
    if not site.settings.print_guides:
        return
    for place in site.all(Place):
        if place.record.windows:
            yield Page(f"print/sign/{place.id}.html", "print-sign", SignsPlan(place.id), (place.key,))
    yield Page("print/plate.html", "print-plate", Nothing())


def view(page: Page[SignsPlan], context: PageContext) -> SignsView:
    """Return the signs of a place."""
    place = context.get(Place, page.plan.place)
    signs = tuple(sign_of(counter.number, counter.name) for counter in place.windows)
    return SignsView(
        Head(place.name, labelled(context.words["sign_title"], place.name, context.words)), place.name, signs
    )


def plate_view(page: Page[Nothing], context: PageContext) -> SignsView:
    """Return the plate, which is filled in in the browser."""
    return SignsView(Head(context.words["plate_title"], context.words["plate_hint"]), "", ())


def sign_of(number: str, name: str) -> Sign:
    """Return a sign with the largest type that fits. A long name is set in two lines of about equal length."""
    size = min(BELOW_NUMBER if number else LARGEST, WIDTH / advance(name))
    if size >= IN_TWO:
        return Sign(number, (name,), round(size, 1))
    for size in range(IN_TWO, SMALLEST, -1):
        if len(lines := wrap(name, WIDTH / size)) <= 2:
            return Sign(number, lines, size)
    return Sign(number, wrap(name, WIDTH / SMALLEST), SMALLEST)


FAMILY = PageFamily(
    plan,
    (
        PageKind("print-sign", view, "print/sign.html", "sheet", indexed=False, printed=True),
        PageKind("print-plate", plate_view, "print/plate.html", "sheet", indexed=False),
    ),
)
