"""The record of an item as open data: a file of its own, which the files of many items take up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.kinds import Key
from builder.open_data.public_record import Json, public_record
from builder.render.page import Page, PageContext, PageKind

FOLDER = "data/items"


@dataclass(frozen=True, slots=True)
class DataView:
    """The text of a file."""

    text: str


@dataclass(frozen=True, slots=True)
class ItemDataPlan:
    """What the file is told of its item."""

    id: str
    area: str
    date: str


def address(id: str) -> str:
    """Return the address of the record of the item with this id."""
    return f"{FOLDER}/{id}.json"


def plan_of(card: Card, uses: tuple[Key, ...], date: str) -> Iterator[Page[ItemDataPlan]]:
    """Plan the record of an item, last changed on `date` if the item does not say it itself."""
    every = dict.fromkeys((*uses, *card.references))
    yield Page(address(card.id), "item-data", ItemDataPlan(card.id, card.area, date), tuple(every), item=card.file)


def view(page: Page[ItemDataPlan], context: PageContext) -> DataView:
    """Return the record as JSON-LD."""
    plan, item = page.plan, context.item
    modified = str(item.checked or item.published or plan.date[:10])
    record = public_record(item, plan.id, plan.area, modified, context)
    return DataView(record_text(page.url, record))


def head(url: str) -> str:
    """Return where the context of the JSON file at `url` is, and the top of the site, to which its addresses are relative."""
    up = "../" * url.count("/")
    return f'"@context":["{up}data/context.json",{{"@base":"{up}"}}],'


def body(text: str) -> str:
    """Return the record in the file of an item, without its context."""
    return "{" + text.split("\n", 2)[1]


def record_text(url: str, record: Json) -> str:
    """Return the file of a record at `url`: its context in the first line, and the rest in the second."""
    return f"{{{head(url)}\n{json.dumps(record, ensure_ascii=False, separators=(',', ':'))[1:]}\n"


KINDS = (PageKind("item-data", view, "data.txt", "data"),)
