"""Long lists, cut into pages.

The first page of a list has the address of the list, the others stand in a folder of its name: ``topics/x.html``,
``topics/x/2.html``. No record has such an id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from builder.context import Words

PAGE_LINES = 300  # lines on a page of a list: some 100 kB, 10 kB as it is sent

G = TypeVar("G")
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[G, T]):
    """Lines of one group of a list on one page; `continued` where the group began on an earlier page."""

    group: G
    lines: tuple[T, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Portion(Generic[G, T]):
    """What one page of a list holds. `number` counts the `pages` of the list from 1.

    `starts` are all groups of the list, each with the number of the page on which it begins.
    """

    number: int
    pages: int
    stretches: tuple[Stretch[G, T], ...]
    starts: tuple[tuple[G, int], ...]

    @property
    def lines(self) -> list[T]:
        """All lines of the page."""
        return [line for stretch in self.stretches for line in stretch.lines]

    def named(self, name: Callable[[T], U]) -> Portion[G, U]:
        """Return the portion with what stands for each line."""
        stretches = (Stretch(one.group, tuple(map(name, one.lines)), one.continued) for one in self.stretches)
        return Portion(self.number, self.pages, tuple(stretches), self.starts)

    def address(self, url: str, number: int = 0) -> str:
        """Return the address of page `number` of the list whose first page is at `url`; 0 stands for this page."""
        number = number or self.number
        return url if number == 1 else f"{url.removesuffix('.html')}/{number}.html"


def cut(groups: Iterable[tuple[G, Sequence[T]]]) -> tuple[Portion[G, T], ...]:
    """Return the pages of a list; one page, where it has few lines or none. Groups without lines are left out."""
    pages: list[list[Stretch[G, T]]] = [[]]
    starts: list[tuple[G, int]] = []
    room = PAGE_LINES
    for group, lines in groups:
        taken = 0
        while taken < len(lines):
            if not room:
                pages.append([])
                room = PAGE_LINES
            if not taken:
                starts.append((group, len(pages)))
            some = tuple(lines[taken : taken + room])
            pages[-1].append(Stretch(group, some, continued=taken > 0))
            taken += len(some)
            room -= len(some)
    return tuple(
        Portion(number, len(pages), tuple(stretches), tuple(starts)) for number, stretches in enumerate(pages, start=1)
    )


@dataclass(frozen=True, slots=True)
class Pager:
    """The way through the pages of a list: the addresses of all of them, and the `number` of this one from 1."""

    urls: tuple[str, ...]
    number: int

    @property
    def previous(self) -> str:
        """The address of the page before, "" for none."""
        return self.urls[self.number - 2] if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after this one, "" for none."""
        return self.urls[self.number] if self.number < len(self.urls) else ""


class Jump(NamedTuple):
    """A link to a group: the address of its page ("" for this one), its id, and its heading."""

    url: str
    id: str
    heading: str


def pager_of(portion: Portion[G, T], url: str) -> Pager | None:
    """Return the way through the list whose first page is at `url`, None where it is one page."""
    if portion.pages == 1:
        return None
    return Pager(tuple(portion.address(url, number) for number in range(1, portion.pages + 1)), portion.number)


def jumps_of(portion: Portion[str, T], url: str, headings: Callable[[str], str]) -> tuple[Jump, ...]:
    """Return the links to all groups of the list whose first page is at `url`; a group without an id has none."""
    return tuple(
        Jump("" if number == portion.number else portion.address(url, number), group, headings(group))
        for group, number in portion.starts
        if group
    )


def continued_in_words(heading: str, words: Words, *, continued: bool) -> str:
    """Return the heading of a group, which tells that it began on an earlier page."""
    return words["continued"].format(heading=heading) if heading and continued else heading
