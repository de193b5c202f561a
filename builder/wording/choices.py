"""Closed lists in words: editors read the label of a choice, residents its word in the locale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from builder.content.fields import Choice
from builder.content.model.access import Booking, CoverageRange, DeliveryWay
from builder.content.model.companions import AreaLevel, BookletPart, LawStatus
from builder.content.model.disclosure import DisclosureForm
from builder.content.model.item import Channel, HandlingType, ItemType, Role, Status
from builder.content.model.materials import MaterialSource, Whose
from builder.content.model.quantities import ALIKE, Action, Level, Route
from builder.content.model.steps import StepKind
from builder.context.words import Words
from builder.wording.joining import enumerated, in_clauses

# The closed lists whose choices residents read by name, each with how the names of its words begin.
NAMED: dict[type[Choice], str] = {
    Action: "action",
    AreaLevel: "area_level",
    Booking: "booking",
    BookletPart: "booklet_part",
    Channel: "channel",
    CoverageRange: "coverage",
    DeliveryWay: "delivery",
    DisclosureForm: "disclosure_form",
    HandlingType: "handling_type",
    ItemType: "item_type",
    LawStatus: "law",
    Level: "depth_level",
    MaterialSource: "material_source",
    Role: "role",
    Status: "status",
    StepKind: "step_kind",
    Whose: "whose",
}


def choice_in_words(choice: Choice, words: Words) -> str:
    """Return what residents read of a choice."""
    return words[f"{NAMED[type(choice)]}_{choice.name.lower()}"]


def choices_in_words(choices: Iterable[Choice], words: Words) -> str:
    """Return choices as a list: 受理、初审."""
    return enumerated((choice_in_words(choice, words) for choice in choices), words)


def route_in_words(route: Route, words: Words) -> str:
    """Return who does what on one way through the levels, such as 街道受理、初审；区复审."""
    return in_clauses((at_level(level, actions, words) for level, actions in handlings_in_words(route, words)), words)


def handlings_in_words(route: Route, words: Words) -> tuple[tuple[str, str], ...]:
    """Return each level of a route with what is done there. Two that are alike and do the same are told as one: 村（社区）."""
    said = (
        (
            words[
                f"depth_level_{_named_with(one.level, [other.level for other in route.levels if other.do == one.do])}"
            ],
            choices_in_words(one.do, words),
        )
        for one in route.levels
    )
    return tuple(dict.fromkeys(said))


def where_at_levels(levels: Sequence[Level], words: Words) -> str:
    """Return where one goes when a matter is handled at any of `levels`: 所在村（社区）, 所在街道或银行网点."""
    return words["or"].join(dict.fromkeys(words[f"level_{_named_with(level, levels)}"] for level in levels))


def _named_with(level: Level, levels: Collection[Level]) -> str:
    """Return how the word of a level ends, or of the two levels that are told as one where both are among `levels`."""
    pair = next((pair for pair in ALIKE if level in pair and set(pair) <= set(levels)), (level,))
    return "_".join(one.name.lower() for one in pair)


def at_level(level: str, actions: str, words: Words) -> str:
    """Return a level followed by what is done there, such as 街道受理."""
    return words["done_at_level"].format(level=level, actions=actions)
