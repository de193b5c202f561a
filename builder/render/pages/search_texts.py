"""What the guides tell, for the search, which reads it where an answer stays in doubt.

A site that is not large has it in two files, among the lists: how things go is read only where hardly anything
fits. On a large site each area has its own, which is made with the pages of its items: so an edit of a text makes no list be planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from builder.content.card import Card
from builder.content.model.companions import Department, Law, LibraryForm, LibraryMaterial
from builder.content.model.item import Channel
from builder.content.model.kinds import BY_NAME, BY_RECORD, Key
from builder.content.site import Site
from builder.content.told import Told, unpack
from builder.render.page import Page, PageContext, PageKind
from builder.render.pages.search_data import FOLDER, DataView, json_of, table_by_column
from builder.support.fingerprint import digest_of
from builder.wording.choices import choice_in_words

NAME = "texts"  # of the variable; that of an area has its id behind it
WAYS = "ways"  # of that of how things go

# The records by whose names an item can be found, with the text that the script reads.
_NAMING: Mapping[str, Callable[[Any], str]] = {
    BY_RECORD[record].name: text
    for record, text in (
        (LibraryMaterial, lambda material: " ".join((material.name, *material.aliases))),
        (LibraryForm, attrgetter("title")),
        (Law, lambda law: f"{law.title} {law.number}".strip()),
    )
}
_DEPARTMENT = BY_RECORD[Department].name


class ToldItem(NamedTuple):
    """An item whose texts are in a file, with its department and the records that it names, and whether one applies online."""

    id: str
    department: str
    named: tuple[Key, ...]
    online: bool


@dataclass(frozen=True, slots=True)
class TextsPlan:
    """A file of texts: the name of its variable, its columns, the items, and what each tells, packed, for which `digest` stands."""

    name: str
    columns: tuple[str, ...]
    items: tuple[ToldItem, ...]
    digest: bytes
    told: tuple[bytes, ...] = field(repr=False)


def plan_site(site: Site) -> tuple[Page[TextsPlan], Page[TextsPlan]]:
    """Plan the two files of a site that is not large: what its guides tell, but for how things go; and that."""
    *first, last = Told._fields
    return _plan(NAME, site.offered, site, first), _plan(WAYS, site.offered, site, [last])


def plan_areas(site: Site) -> Iterator[Page[TextsPlan]]:
    """Plan the file of each area of a large site, which may be seen as one area; nothing for other sites."""
    if site.is_large:
        yield from (_plan(f"{NAME}-{area}", cards, site, Told._fields) for area, cards in site.by_area.items())


def _plan(name: str, cards: Sequence[Card], site: Site, columns: Sequence[str]) -> Page[TextsPlan]:
    cards = sorted(cards, key=lambda card: (card.area, card.department, card.id))  # what is alike packs well together
    by_area = {area: site.told(area) for area in dict.fromkeys(card.area for card in cards)}
    told = tuple(by_area[card.area][card.id] for card in cards)
    items = tuple(ToldItem(card.id, card.department, tuple(_named(card)), card.online) for card in cards)
    uses = dict.fromkeys(key for item in items for key in (*_department(item), *item.named))
    return Page(
        f"{FOLDER}/{name}.js",
        "search-texts",
        TextsPlan(name, tuple(columns), items, digest_of(told), told),
        tuple(uses),
    )


def _named(card: Card) -> Iterator[Key]:
    yield from (reference for reference in card.told if reference[0] in _NAMING)


def _department(item: ToldItem) -> tuple[Key, ...]:
    return ((_DEPARTMENT, item.department),) if item.department else ()


def view(page: Page[TextsPlan], context: PageContext) -> DataView:
    """Return the texts as the script reads them."""
    plan = page.plan
    names = {
        (kind, id): _NAMING[kind](context.get(BY_NAME[kind].record, id)) for kind, id in page.uses if kind in _NAMING
    }
    aliases = {id: " ".join(context.get(Department, id).aliases) for kind, id in page.uses if kind == _DEPARTMENT}
    online = choice_in_words(Channel.ONLINE, context.words)

    def texts(item: ToldItem, packed: bytes) -> Told:
        told = unpack(packed)
        others = (*(names[key] for key in item.named), aliases.get(item.department, ""), online if item.online else "")
        return told._replace(things=_once((*told.things, *others)))

    rows = [texts(item, packed) for item, packed in zip(plan.items, plan.told, strict=True)]
    cells = [[getattr(row, column) for row in rows] for column in plan.columns]
    table = table_by_column(("id", *plan.columns), [item.id for item in plan.items], cells)
    return DataView(((plan.name, json_of(table)),))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


KIND = PageKind("search-texts", view, "data.js", "data")
