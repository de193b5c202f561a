"""How many of a paper, of what several lines ask for.

An original that is shown and given back is needed once, however many ask for it. All else is kept by each who asks, so it
is summed; copies page by page, because a copy of one page is a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from builder.content.model.materials import Form
from builder.merge.needs import Line


class Count(NamedTuple):
    """A number of papers. `unsaid` lines do not say how many: each counts one, and it may be more."""

    n: int = 0
    unsaid: int = 0

    def plus(self, number: int | None) -> Self:
        """Return the count with a further line."""
        return self._replace(n=self.n + (number or 1), unsaid=self.unsaid + (number is None))


class Total(NamedTuple):
    """How many originals, copies, photos and forms, and which lines do not say in which form.

    `copies` are counted by page, "" for the whole paper; `laid_out` are sheets that a line wants laid out in its own way,
    by what it says of that. `electronic` counts files.
    """

    originals: Count = Count()
    copies: tuple[tuple[str, Count], ...] = ()
    laid_out: tuple[tuple[str, Count], ...] = ()
    photos: Count = Count()
    forms: Count = Count()
    electronic: Count = Count()
    unknown: tuple[Line, ...] = ()

    @property
    def sheets(self) -> Count:
        """How many sheets of copies in all."""
        counts = [count for _, count in (*self.copies, *self.laid_out)]
        return Count(sum(count.n for count in counts), sum(count.unsaid for count in counts))


def total_of(lines: Iterable[Line], *, given_back: bool) -> Total:
    """Return how many some lines of one paper ask for together. `given_back` says that its original always comes back."""
    lines = tuple(lines)
    total = Total(originals=_originals(lines, given_back=given_back))
    for line in lines:
        asked = line.material.asked
        if not asked:
            total = total._replace(unknown=(*total.unknown, line))
        for form, number in asked.items():
            total = _with(total, line, form, number)
    return total


def _originals(lines: Iterable[Line], *, given_back: bool) -> Count:
    """Return how many originals are needed by who goes from one to the next in this order.

    One that was shown can still be handed in elsewhere; one that was handed in is gone.
    """
    kept, needed = Count(), 0
    for line in lines:
        asked = line.material.asked
        shown = 0
        if Form.ORIGINAL in asked:
            if given_back or line.material.returned:
                shown = asked[Form.ORIGINAL] or 1
            else:
                kept = kept.plus(asked[Form.ORIGINAL])
        if Form.CHECKED in asked:
            shown = max(shown, 1)
        needed = max(needed, kept.n + shown)
    return kept._replace(n=needed)


def _with(total: Total, line: Line, form: Form, number: int | None) -> Total:
    """Return a total with what a line asks for in one form, other than originals."""
    match form:
        case Form.ORIGINAL:
            return total
        case Form.CHECKED:
            return _with_copies(total, line, number)
        case Form.COPY if Form.CHECKED in line.material.asked:
            return total  # the copies that are kept
        case Form.COPY:
            return _with_copies(total, line, number)
        case Form.PHOTO if Form.ELECTRONIC in line.material.asked:
            return total
        case Form.PHOTO:
            return total._replace(photos=total.photos.plus(number))
        case Form.FORM:
            return total._replace(forms=total.forms.plus(number))
        case Form.ELECTRONIC:
            return total._replace(electronic=total.electronic.plus(number))


def _with_copies(total: Total, line: Line, number: int | None) -> Total:
    if layout := layout_of(line):
        return total._replace(laid_out=_plus(total.laid_out, layout, number))
    for page in pages_of(line):
        total = total._replace(copies=_plus(total.copies, page, number))
    return total


def _plus(counts: Sequence[tuple[str, Count]], name: str, number: int | None) -> tuple[tuple[str, Count], ...]:
    known = dict(counts)
    known[name] = known.get(name, Count()).plus(number)
    return tuple(known.items())


_BOTH_SIDES = re.compile("正、?反面|双面|两面")
_ONE_SHEET = re.compile(r"[^。；]*(?:合印|(?:一张|一页)(?:A4)?(?:纸|上))[^。；]*")


def pages_of(line: Line) -> tuple[str, ...]:
    """Return the pages that a line wants copied, ("",) for the whole paper, of which both sides of a card are all."""
    return tuple("" if _BOTH_SIDES.fullmatch(page) else page for page in line.pages) or ("",)


def layout_of(line: Line) -> str:
    """Return what a line says of how its copies share a sheet, "" if it says nothing of it.

    A group whose heading joins papers (身份证和邮局存折) stands for copies that belong together.
    """
    if found := _ONE_SHEET.search(line.material.note):
        return found[0]
    together = next((title for title in line.heading if "和" in title), "")
    return together if together and set(line.material.asked) == {Form.COPY} else ""
