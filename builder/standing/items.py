"""What is known of each item: which elements it lacks, when it was checked and is to be checked again, when it opens."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from builder.areas.studied import StudiedSite
from builder.checks.completeness import Completeness, completeness
from builder.content.card import Card
from builder.content.model.item import Item, Status
from builder.content.model.quantities import ApplicationPeriod
from builder.content.model.steps import Visibility
from builder.content.site import Site
from builder.support.processes import Progress

SOON = timedelta(days=90)
NO_UNIT = "（没有写单位）"


class Due(StrEnum):
    """Whether an item is to be checked, the most pressing first."""

    OVER = "到期"
    NEVER = "没核对过"
    SOON = "90天内"
    LATER = "没到期"


@dataclass(frozen=True, slots=True)
class Window:
    """An application period, with what it is for: the case, whom, what. "" for all of the item."""

    of: str
    period: ApplicationPeriod

    def __str__(self) -> str:
        return f"{self.period.when}（{self.of}）" if self.of else self.period.when


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """Where an item stands. `area` and `department` are names, `lacks` is None for one that residents cannot see.

    `due` is the day on which it is to be checked again: the day that is written, or a year after it was checked, whichever
    comes first.
    """

    card: Card
    area: str
    department: str
    status: Status
    internal: bool
    lacks: Completeness | None
    checked: date | None
    next_check: date | None
    windows: tuple[Window, ...]

    @property
    def in_force(self) -> bool:
        """Whether residents can apply now."""
        return self.card.public and self.card.active

    @property
    def missing(self) -> tuple[str, ...]:
        """The elements that its page lacks."""
        return self.lacks.missing if self.lacks else ()

    @property
    def due(self) -> date | None:
        """The day on which it is to be checked again, None where nothing tells."""
        days = [day for day in (self.next_check, self.checked and a_year_after(self.checked)) if day]
        return min(days, default=None)

    def due_on(self, today: date) -> Due:
        """Return whether it is to be checked."""
        if self.due and self.due <= today:
            return Due.OVER
        if not self.checked:
            return Due.NEVER
        return Due.SOON if self.due and self.due <= today + SOON else Due.LATER


def a_year_after(day: date) -> date:
    """Return the same day of the next year; for February 29, March 1."""
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def items_of(studied: StudiedSite, progress: Progress) -> list[ItemStanding]:
    """Return where each item of a site stands, in the order of the files."""
    site = studied.site
    lacking = {one.card.file: one for one in completeness(site)}
    cards = {card.file: card for card in site.cards}
    done = progress("standing", len(cards))
    found = []
    for parsed in studied.parsed(cards):
        item = Item.model_validate(next(iter(marshal.loads(parsed.raw_records).values())))
        found.append(_standing(cards[parsed.file], item, site, lacking.get(parsed.file)))
        done(1)
    return found


def _standing(card: Card, item: Item, site: Site, lacks: Completeness | None) -> ItemStanding:
    return ItemStanding(
        card,
        site.area_name(card.area) or card.area,
        site.department_name(card.department) or NO_UNIT,
        item.status,
        item.visibility is not Visibility.PUBLIC,
        lacks,
        item.checked,
        item.next_check,
        tuple(_windows(item)),
    )


def _windows(item: Item) -> Iterator[Window]:
    named = [("", item.windows), *((case.name, case.windows) for case in item.variants)]
    if item.renewal:
        named.append(("续办、年检", item.renewal.windows))
    for name, periods in named:
        for period in periods:
            yield Window("，".join(filter(None, (name, period.who, period.for_))), period)
