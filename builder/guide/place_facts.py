"""Places in words: where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.content.model.companions import Place, PlaceKind
from builder.content.model.contacts import Hours
from builder.context import RenderContext
from builder.context.phones import Call, calls_of
from builder.wording.hours import hours_in_words, hours_there
from builder.wording.joining import with_note

# Fields of a place that pages, sheets and editions tell as a label and a text; the label is the word of that name.
FACTS = ("traffic",)

# The words for the branches of a place: what each is, and how many there are.
BRANCHES = {
    PlaceKind.COMMUNITY: ("community", "place_communities"),
    PlaceKind.VILLAGE: ("village", "place_villages"),
}
OTHER_BRANCHES = ("branch", "place_branches")


class BranchInWords(NamedTuple):
    """A branch of a place. `hours` are its own, () where they are those of the place."""

    id: str
    name: str
    address: str
    calls: tuple[Call, ...]
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceInWords:
    """A place in words. Counters are tuples of name, number and phones.

    In a guide, `window` is the counter to go to, whose own phones become the `calls`, and `note` is what the item says
    about the place; `hours` are those in which the item is handled, and `open` is what they are called. On the page of the
    place `window` and `note` are "", and it is open at these `hours`, a line for each season.
    """

    id: str
    name: str
    address: str
    facts: tuple[tuple[str, str], ...]  # labels and texts
    hours: tuple[str, ...]
    open: str
    calls: tuple[Call, ...]
    windows: tuple[tuple[str, str, tuple[Call, ...]], ...]
    branches: tuple[BranchInWords, ...]
    branch: str  # what each of its branches is, such as 社区
    branches_counted: str  # how many there are, such as 共 5 个社区
    remark: str  # what the place says of itself
    window: str = ""
    note: str = ""

    @property
    def url(self) -> str:
        """The address of its page inside the site."""
        return f"places/{self.id}.html"

    @property
    def found(self) -> bool:
        """Whether anything is known by which one gets there or through."""
        branched = any(branch.address or branch.calls for branch in self.branches)
        return bool(self.address or self.calls or branched)


def place_in_words(
    id: str, context: RenderContext, *, window: str = "", note: str = "", hours: Sequence[Hours] = ()
) -> PlaceInWords:
    """Return the place with this id, as a guide shows it that names a counter in it and has hours of its own."""
    place, words = context.get(Place, id), context.words
    branch, counted = (words[name] for name in BRANCHES.get(place.kind, OTHER_BRANCHES))
    meant = next((counter for counter in place.windows if counter.name == window), None)
    return PlaceInWords(
        id=id,
        name=place.name,
        address=place.address,
        facts=tuple((words[name], text) for name in FACTS if (text := getattr(place, name))),
        hours=hours_there(hours, place.hours, words),
        open=words["hours" if hours else "open"],
        calls=calls_of((meant.phones if meant else ()) or place.phones, words),
        windows=tuple((counter.name, counter.number, calls_of(counter.phones, words)) for counter in place.windows),
        branches=tuple(
            BranchInWords(
                branch.id,
                branch.name,
                branch.address,
                calls_of(branch.phones, words),
                () if hours else hours_in_words(branch.hours, words),
            )
            for branch in place.branches
        ),
        branch=branch,
        branches_counted=counted.format(n=len(place.branches)),
        remark=place.note,
        window=with_note(window, meant.number if meant else "", words),
        note=note,
    )
