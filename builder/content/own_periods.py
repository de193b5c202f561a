"""The application periods in which residents act themselves, in brief, for what lists them by their days."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from builder.content.fields import listed
from builder.content.model.item import Item, Variant
from builder.content.model.quantities import ApplicationPeriod, Span, read_span
from builder.content.model.steps import Visibility


class OwnPeriod(NamedTuple):
    """An application period as its editor wrote it; `case` is the name of the case that it is for, "" for the whole item."""

    case: str
    when: str
    who: str = ""
    for_: str = ""
    pays: str = ""
    note: str = ""

    @property
    def span(self) -> Span:
        """What the phrase means."""
        return read_span(self.when)

    @property
    def matter(self) -> tuple[str, str]:
        """What it is for: who does what, and where nobody said, in which case of the item."""
        what = self.who + self.for_
        return what, "" if what else self.case


def own_periods(item: Item) -> Iterator[OwnPeriod]:
    """Yield the periods in which residents apply, those of the applicant first. Periods in which an office acts are left out."""
    for part in item.parts:
        if not part.windows:
            continue
        case = part.name if isinstance(part, Variant) else ""
        public = (step for step in listed(part.steps) if step.visibility is Visibility.PUBLIC)
        actors = list(dict.fromkeys(actor for step in public for work in step.works for actor in work.actor))
        for window in sorted(part.windows, key=lambda window: bool(window.who)):
            if window.who not in actors[1:]:
                yield _brief(case, window)


def _brief(case: str, window: ApplicationPeriod) -> OwnPeriod:
    return OwnPeriod(case, window.when, window.who, window.for_, window.pays, window.note)


def packed(periods: Iterable[OwnPeriod]) -> bytes:
    """Return the periods as bytes, b"" for none."""
    plain = [tuple(period) for period in periods]
    return marshal.dumps(plain, 2) if plain else b""


def unpacked(data: bytes) -> tuple[OwnPeriod, ...]:
    """Return the periods that were packed."""
    return tuple(map(OwnPeriod._make, marshal.loads(data))) if data else ()
