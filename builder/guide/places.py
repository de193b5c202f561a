"""Places where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from builder.guide.calls import Call, calls_of
from builder.model.companions import Place
from builder.page import Known


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where it is done."""

    id: str
    name: str
    window: str
    address: str
    traffic: str
    hours: str
    calls: tuple[Call, ...]
    branches: tuple[tuple[str, str, tuple[Call, ...]], ...]
    note: str  # what this item says of the place
    remark: str  # what the place says of itself


def spot_of(place_id: str, window: str, note: str, known: Known) -> Spot:
    """Return a place with the window meant in it."""
    place = known.record("place", place_id, Place)
    numbers = [one.number for one in place.windows if one.name == window and one.number]
    shown = f"{window}（{numbers[0]}）" if numbers else window
    branches = tuple((branch.name, branch.address, calls_of(branch.phones)) for branch in place.branches)
    return Spot(
        place_id,
        place.name,
        shown,
        place.address,
        place.traffic,
        place.hours,
        calls_of(place.phones),
        branches,
        note,
        place.note,
    )
