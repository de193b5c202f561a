"""Closed lists in words: editors read the label of a choice, residents its word in the locale."""

from __future__ import annotations

from collections.abc import Iterable

from builder.content.fields import Choice
from builder.content.model.companions import AreaLevel, BookletPart, LawStatus
from builder.content.model.disclosure import DisclosureForm
from builder.content.model.item import Channel, HandlingType, ItemType, Role, Status
from builder.content.model.quantities import Action, Handling, Level, Route
from builder.context.words import Words
from builder.wording.joining import enumerated, in_clauses

# The closed lists whose choices residents read by name, each with how the names of its words begin.
NAMED: dict[type[Choice], str] = {
    Action: "action",
    AreaLevel: "area_level",
    BookletPart: "booklet_part",
    Channel: "channel",
    DisclosureForm: "disclosure_form",
    HandlingType: "handling_type",
    ItemType: "item_type",
    LawStatus: "law",
    Level: "depth_level",
    Role: "role",
    Status: "status",
}


def choice_in_words(choice: Choice, words: Words) -> str:
    """Return what residents read of a choice."""
    return words[f"{NAMED[type(choice)]}_{choice.name.lower()}"]


def choices_in_words(choices: Iterable[Choice], words: Words) -> str:
    """Return choices as a list: 受理、初审."""
    return enumerated((choice_in_words(choice, words) for choice in choices), words)


def route_in_words(route: Route, words: Words) -> str:
    """Return who does what on one way through the levels, such as 街道受理、初审；区复审."""
    return in_clauses((handling_in_words(one, words) for one in route.levels), words)


def handling_in_words(handling: Handling, words: Words) -> str:
    """Return what is done at one level, such as 街道受理、初审."""
    return at_level(choice_in_words(handling.level, words), choices_in_words(handling.do, words), words)


def at_level(level: str, actions: str, words: Words) -> str:
    """Return a level followed by what is done there, such as 街道受理."""
    return words["done_at_level"].format(level=level, actions=actions)
