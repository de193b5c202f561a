"""The figures of areas and departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder.checks.completeness import missing_by_element
from builder.content.model.item import Status
from builder.standing.items import Due, ItemStanding


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of an area (`department` is ""), of a department in it, or of all (`area` is "" as well).

    `public` are the items that residents can see, `stopped` those of them that are suspended or cancelled. `stated` is the
    mean number of key elements that they state, None without any. `missing` counts those that lack an element. `due`
    counts the items in force; `first_due` is the first day on which one is to be checked.
    """

    area: str
    department: str
    public: int
    drafts: int
    internal: int
    stopped: int
    stated: float | None
    missing: Mapping[str, int]
    due: Mapping[Due, int]
    first_due: date | None

    @property
    def in_force(self) -> int:
        """The number of items for which residents can apply now."""
        return self.public - self.stopped

    @property
    def lacks(self) -> int:
        """How many elements all its items lack together."""
        return sum(self.missing.values())


def group_of(items: Sequence[ItemStanding], today: date, area: str = "", department: str = "") -> Group:
    """Return the figures of `items`."""
    public = [one.lacks for one in items if one.lacks]
    in_force = [one for one in items if one.in_force]
    due = Counter(one.due_on(today) for one in in_force)
    internal = [one for one in items if one.internal]
    return Group(
        area,
        department,
        len(public),
        sum(one.status is Status.DRAFT and not one.internal for one in items),
        len(internal),
        len(public) - len(in_force),
        sum(one.stated for one in public) / len(public) if public else None,
        missing_by_element(public),
        {state: due[state] for state in Due},
        min((one.due for one in in_force if one.due), default=None),
    )


def groups_by_area(items: Iterable[ItemStanding], today: date) -> list[Group]:
    """Return the figures of each area, in the order of the files."""
    grouped = _grouped(items, lambda one: one.card.area)
    return [group_of(some, today, some[0].area) for some in grouped]


def groups_by_department(items: Iterable[ItemStanding], today: date) -> list[Group]:
    """Return the figures of each department of each area, in the order of the files."""
    grouped = _grouped(items, lambda one: (one.card.area, one.card.department))
    return [group_of(some, today, some[0].area, some[0].department) for some in grouped]


def _grouped(items: Iterable[ItemStanding], key_of: Callable[[ItemStanding], Hashable]) -> list[list[ItemStanding]]:
    groups: dict[Hashable, list[ItemStanding]] = {}
    for one in items:
        groups.setdefault(key_of(one), []).append(one)
    return list(groups.values())
