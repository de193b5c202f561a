"""What events (一件事) cover: items in none of them, lives without one, and how much of their lists can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from builder.content.card import Card
from builder.content.fields import Record
from builder.content.model.companions import Terms
from builder.content.model.events import Event, Life
from builder.content.site import Site
from builder.merge import Answers, Chosen, bundle_of
from builder.merge.bundle import Paper

R = TypeVar("R", bound=Record)

MANY = 5  # more items of an area than this, to which one saying points, are a matter for an event
COVERED = 0.6  # what part of them an event has that is there already
MOST_SAID = 8  # names in a line; nobody reads a longer list


@dataclass(frozen=True, slots=True)
class EventCoverage:
    """How many events there are, and what they leave out. `lines` are the lines of their lists, one for each answer that has it.

    `countable` are those of which it is known how many are needed. `hints` are sayings of `terms` that point to many items
    of an area without an event for them: the saying, the name of the area, and the number of the items.
    """

    events: int
    items: int
    alone: tuple[Card, ...]
    lives_without: tuple[str, ...]
    lines: int
    countable: int
    hints: tuple[tuple[str, str, int], ...]

    @property
    def share(self) -> int:
        """How many in a hundred of the lines can be counted."""
        return round(100 * self.countable / self.lines) if self.lines else 0


def event_coverage(site: Site) -> EventCoverage | None:
    """Return what the events of a site without errors cover, None where nobody has begun with any."""
    if not site.all(Life):
        return None
    used = {event.record.life for event in site.events}
    papers = [paper for event in site.events for paper in _papers(event.record, site)]
    alone = tuple(card for card in site.offered if card.id not in site.events_by_item)
    return EventCoverage(
        events=len(site.events),
        items=len(site.offered),
        alone=alone,
        lives_without=tuple(life.record.name for life in site.all(Life) if life.id not in used),
        lines=len(papers),
        countable=sum(map(_is_countable, papers)),
        hints=tuple(_hints(site)),
    )


def in_words(coverage: EventCoverage) -> str:
    """Return it in a few lines for a terminal."""
    return "\n".join(sentences(coverage))


def sentences(coverage: EventCoverage) -> list[str]:
    """Return it in a few sentences for editors."""
    lines = [f"一件事 {coverage.events} 个。{coverage.items} 个事项里，{len(coverage.alone)} 个不在任何一件事里。"]
    if coverage.lives_without:
        lines.append(f"还没有地区写的大事：{_some(coverage.lives_without)}。")
    if coverage.lines:
        lines.append(
            f"合成的材料单 {coverage.lines} 行，{coverage.countable} 行（{coverage.share}%）说得出要几份；"
            "别的，事项里没写几份、原件还是复印件。"
        )
    if coverage.hints:
        said = [f"“{say}”（{area} {n} 个）" for say, area, n in coverage.hints]
        lines.append(f"群众的一种说法指向同一地区 {MANY} 个以上的事项，可以写成一件事：{_some(said)}。")
    return lines


def _some(names: list[str] | tuple[str, ...]) -> str:
    more = f"等 {len(names)} 个" if len(names) > MOST_SAID else ""
    return "、".join(names[:MOST_SAID]) + more


class _Records:
    """The libraries and places of a site, as merging asks for them."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def get(self, record: type[R], id: str) -> R:
        """Return the record of this type with this id. Raises `KeyError`."""
        if (found := self._site.find(record, id)) is None:
            raise KeyError(id)
        return found


def _papers(event: Event, site: Site) -> Iterator[Paper]:
    """Yield the papers of an event, those of each answer to its first question."""
    cards = {card.id: card for _, card in site.steps_of(event)}
    items = {id: site.item_in(card.file) for id, card in cards.items()}
    for option in event.questions[0].options if event.questions else (None,):
        answer = {event.questions[0].id: option.id} if option else {}
        steps = [step for step in event.items if step.item in items and step.is_done(answer)]
        chosen = [Chosen(n, items[one.item], one.case, people=one.persons) for n, one in enumerate(steps, start=1)]
        answers = Answers(frozenset(option.holds), frozenset(option.fails)) if option else Answers()
        yield from bundle_of(chosen, answers, _Records(site), event.people).papers


def _is_countable(paper: Paper) -> bool:
    """Tell whether every line that asks for a paper says in which form and how many."""
    total = paper.total
    counts = (total.originals, total.photos, total.forms, total.electronic, total.sheets)
    return bool(paper.parts) and not total.unknown and not any(count.unsaid for count in counts)


def _hints(site: Site) -> Iterator[tuple[str, str, int]]:
    for terms in site.all(Terms):
        for word in terms.record.everyday:
            by_area: dict[str, list[str]] = {}
            for card in filter(None, map(site.card, word.items)):
                by_area.setdefault(card.area, []).append(card.id)
            for area, ids in by_area.items():
                if len(ids) > MANY and not _have_event(ids, site):
                    yield word.say[0], site.area_name(area), len(ids)


def _have_event(ids: list[str], site: Site) -> bool:
    """Tell whether one event has most of these items."""
    counts: dict[str, int] = {}
    for id in ids:
        for event in site.events_by_item.get(id, ()):
            counts[event.id] = counts.get(event.id, 0) + 1
    return max(counts.values(), default=0) >= COVERED * len(ids)
