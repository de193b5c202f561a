"""A planned page, and what its view may look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from builder.content.card import Key
from builder.content.fields import Record

R = TypeVar("R", bound=Record)

Plain: TypeAlias = str | int | bool | tuple["Plain", ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site that is made from a template.

    `kind` says which view and template make it. `item` is the file of the item that it shows whole, "" for none.
    `uses` names every card and companion that the view may look at, `binds` the addresses of pages of items that it
    takes up as they were made, and `given` holds plain values besides: the page is made again when one of them changes,
    and only then.
    """

    url: str
    kind: str
    item: str = ""
    uses: tuple[Key, ...] = ()
    given: tuple[Plain, ...] = ()
    binds: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The relative path from the page to the site's top folder, "" at the top."""
        return "../" * self.url.count("/")
