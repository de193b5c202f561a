"""Places in words: where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from builder.content.model.companions import Place, PlaceKind
from builder.context import RenderContext
from builder.context.phones import Call, calls_of
from builder.wording.joining import with_note

# Fields of a place that pages, sheets and editions tell as a label and a text; the label is the word of that name.
FACTS = ("traffic",)

# The words for the branches of a place: what each is, and how many there are.
BRANCHES = {
    PlaceKind.COMMUNITY: ("community", "place_communities"),
    PlaceKind.VILLAGE: ("village", "place_villages"),
}
OTHER_BRANCHES = ("branch", "place_branches")


@dataclass(frozen=True, slots=True)
class PlaceInWords:
    """A place in words. Counters and branches are tuples of name, number or address, and phones.

    In a guide, `window` is the counter to go to, whose own phones become the `calls`, and `note` is what the item says
    about the place. On the page of the place both are "".
    """

    id: str
    name: str
    address: str
    facts: tuple[tuple[str, str], ...]  # labels and texts
    hours: str
    calls: tuple[Call, ...]
    windows: tuple[tuple[str, str, tuple[Call, ...]], ...]
    branches: tuple[tuple[str, str, tuple[Call, ...]], ...]
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
        branched = any(address or calls for _, address, calls in self.branches)
        return bool(self.address or self.calls or branched)


def place_in_words(id: str, context: RenderContext, *, window: str = "", note: str = "") -> PlaceInWords:
    """Return the place with this id, as a guide that names a counter in it shows it."""
    place, words = context.get(Place, id), context.words
    branch, counted = (words[name] for name in BRANCHES.get(place.kind, OTHER_BRANCHES))
    meant = next((counter for counter in place.windows if counter.name == window), None)
    return PlaceInWords(
        id=id,
        name=place.name,
        address=place.address,
        facts=tuple((words[name], text) for name in FACTS if (text := getattr(place, name))),
        hours=place.hours,
        calls=calls_of((meant.phones if meant else ()) or place.phones, words),
        windows=tuple((counter.name, counter.number, calls_of(counter.phones, words)) for counter in place.windows),
        branches=tuple((branch.name, branch.address, calls_of(branch.phones, words)) for branch in place.branches),
        branch=branch,
        branches_counted=counted.format(n=len(place.branches)),
        remark=place.note,
        window=with_note(window, meant.number if meant else "", words),
        note=note,
    )
