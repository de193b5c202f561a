"""A planned page, and the kinds of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from builder.content.model.item import Item
from builder.content.model.kinds import Key
from builder.content.site import Site
from builder.context import Frame, RenderContext
from builder.guide import Guide, TextSection
from builder.render.item_guide import ItemGuide

P = TypeVar("P")


class Page(NamedTuple, Generic[P]):
    """One file of the site that is made from a template.

    `kind` names the view and the template that make it. `plan` is a frozen dataclass of plain values, all that the view
    is told besides records; `uses` names every card and companion that the view may look at; `item` is the file of the
    item that the page shows whole, "" for none; `items` are those of which it shows parts, by their ids with their files; `binds` are the addresses of item pages that it takes up as they were
    made. The page is made again when one of these changes, and only then.

    `name` and `column` are for lists of pages: what the page is called, and the address of the page of its column
    (栏目), "" for a page that stands in none. Pages without a name are left out.
    """

    url: str
    kind: str
    plan: P
    uses: tuple[Key, ...] = ()
    item: str = ""
    items: tuple[tuple[str, str], ...] = ()
    binds: tuple[str, ...] = ()
    name: str = ""
    column: str = ""

    @property
    def root(self) -> str:
        """The relative path from the page to the site's top folder, "" at the top."""
        return "../" * self.url.count("/")


@dataclass(frozen=True, slots=True)
class Nothing:
    """The plan of a page whose view is told nothing but records."""


@dataclass(frozen=True, slots=True)
class PageContext(RenderContext):
    """What the view of a page is made with: besides the rest, the guide of its item and the pages that it binds.

    `shared` is for what views of pages that bind the same make of it.
    """

    item_guide: ItemGuide | None = None
    items: Mapping[str, Item] = field(default_factory=dict)  # those of `Page.items`, by their ids
    bound_pages: Mapping[str, str] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def guide(self) -> Guide:
        """The guide of the page's item. The page has to declare every record that the guide shows."""
        return self._shown.guide

    @property
    def item(self) -> Item:
        """The item itself."""
        return self._shown.item

    @property
    def plain_text(self) -> tuple[TextSection, ...]:
        """What that guide says, line by line."""
        return self._shown.plain_text

    @property
    def edition(self) -> str:
        """The code of the edition with that text."""
        return self._shown.edition

    @property
    def _shown(self) -> ItemGuide:
        if self.item_guide is None:
            raise LookupError("this page shows no item")
        self.lookup.declared(self.item_guide.read)
        return self.item_guide


# What a page is to a government site (网页标签, annex of 国办发〔2017〕47号): the pages that tell one matter are content,
# with a title, a date and a source; a few belong to no column; every other page is a column.
Part = Literal["site", "column", "content"]


def calls_of_guide(page: Page[Any], context: PageContext) -> Sized:
    """Return the numbers that a reader of a page or sheet of one item can call."""
    return context.guide.numbers


View = Callable[[Page[Any], PageContext], object]


@dataclass(frozen=True, slots=True)
class PageKind:
    """How the pages of a kind are made, and what they are to those who look at the site from outside.

    `role` groups kinds that are alike to a visitor, such as the sheets for paper. `indexed` pages are for search
    engines; `printed` pages are sheets, of which PDF files can be made. A host shows a page that is `anywhere` at addresses of whatever depth. `calls` are the numbers that a reader of the page
    can call; without any, its words send nobody to the phone.
    """

    name: str
    view: View
    template: str
    role: str
    part: Part = "column"
    indexed: bool = True
    printed: bool = False
    anywhere: bool = False
    calls: Callable[[Page[Any], PageContext], Sized] = lambda page, context: context.frame.calls


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site to which the foot of every page leads: its word in the locale and the address of its page."""

    word: str
    url: str
    is_there: Callable[[Site], bool] = lambda site: True


@dataclass(frozen=True, slots=True)
class PageFamily:
    """The pages that one module makes: how they are planned, their kinds, and the sections they open."""

    plan: Callable[[Site, Frame], Iterator[Page[Any]]]
    kinds: tuple[PageKind, ...]
    sections: tuple[Section, ...] = ()
