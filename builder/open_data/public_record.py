"""An item as a plain record of JSON: the public fields of the model, and of what it refers to what one has to know.

A key that is not there is not known. Where the item says that there is no such thing, its key stands in ``none``, or in
``not_applicable``. Choices are their English values; docs/open-data.md lists them with their labels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from builder.content.fields import Absence, Choice, Record, declared
from builder.content.model.amounts import Price
from builder.content.model.companions import Area, Department, Law, LibraryForm, LibraryMaterial, Place, Source
from builder.content.model.events import Life
from builder.content.model.item import Item, Time
from builder.content.model.kinds import BY_NAME, BY_RECORD
from builder.content.model.quantities import TimeUnit
from builder.content.model.steps import Ending, Step, Visibility
from builder.context import RenderContext

Json = dict[str, Any]

# What is told of a record to which an item refers, besides its id: the keys there and here.
TOLD: Mapping[type[Record], tuple[str, ...]] = {
    Area: ("name",),
    Department: ("name", "address", "phones", "website"),
    Place: ("name", "kind", "address", "traffic", "hours", "phones"),
    LibraryMaterial: ("name", "lasting", "issuer", "how", "source"),
    LibraryForm: ("title", "where", "file", "sample"),
    Law: ("title", "number", "issuer", "issued", "status", "url"),
    Source: ("title", "publisher", "year", "sample"),
    Life: ("name", "say", "nation"),
}
NAME = ("name",)  # of all others
ITEM = BY_RECORD[Item].name
SERVICE = "PublicService"  # the type of an item

Resolve = Callable[
    [str, str], object
]  # what is told of the record of a kind with an id; None for one that is not public


def public_record(item: Item, id: str, area: str, modified: str, context: RenderContext) -> Json:
    """Return the record of an item. `modified` is the day of its last change, "" if it is not known."""

    def resolve(kind: str, id: str) -> object:
        if kind == ITEM:
            card = context.card(id)
            return item_reference(id, card.title) if card.public else None
        record = BY_NAME[kind].record
        return {"@type": record.__name__, "id": id, **told(context.get(record, id), resolve)}

    fields = dumped(item, resolve)
    fields.pop("visibility", None)
    about = {
        "@id": f"items/{id}.html",
        "@type": SERVICE,
        "id": id,
        "name": fields.pop("name"),
        "area": resolve("area", area),
    }
    times = {"modified": modified, "processing_time": processing_time(item)}
    return {**about, "status": item.status.value, **{key: time for key, time in times.items() if time}, **fields}


def item_reference(id: str, title: str) -> Json:
    """Return what is told of an item to which another record refers."""
    return {"@id": f"items/{id}.html", "@type": SERVICE, "id": id, "title": title}


# The calendar units in which a length of time can be told to machines (ISO 8601); a working day is none of them.
_UNITS = {TimeUnit.MINUTE: "PT{}M", TimeUnit.HOUR: "PT{}H", TimeUnit.DAY: "P{}D", TimeUnit.WEEK: "P{}W",
          TimeUnit.MONTH: "P{}M", TimeUnit.YEAR: "P{}Y"}  # fmt: skip


def processing_time(item: Item) -> str:
    """Return the longest that an item may take, as in ISO 8601: P30D; "" where that is not known or cannot be told so."""
    limit = (item.time.promised or item.time.statutory) if isinstance(item.time, Time) else None
    return _UNITS[limit.unit].format(limit.up_to or limit.n) if limit and limit.unit in _UNITS and limit.has_end else ""


Dump = Callable[[Any, Resolve], Any]


def dumped(record: Record, resolve: Resolve) -> Json:
    """Return the public fields that a record states."""
    return _dumped_fields(record, _dumpers(type(record)), resolve)


def told(record: Record, resolve: Resolve) -> Json:
    """Return what is told of a record to which another one refers."""
    return _dumped_fields(record, _dumpers(type(record), TOLD.get(type(record), NAME)), resolve)


def _dumped_fields(record: Record, dumpers: Sequence[tuple[str, str, Dump]], resolve: Resolve) -> Json:
    found: Json = {}
    stated = record.__pydantic_fields_set__
    for key, attribute, dump in dumpers:
        if attribute in stated:
            value = getattr(record, attribute)
            if not value and not isinstance(value, (bool, int, Decimal)):
                continue
            if isinstance(value, Absence):
                found.setdefault("none" if value is Absence.NONE else "not_applicable", []).append(key)
            elif (plain := dump(value, resolve)) is not None and plain != []:
                found[key] = plain
    return found


@cache
def _dumpers(record: type[Record], keys: tuple[str, ...] = ()) -> tuple[tuple[str, str, Dump], ...]:
    """Return the public fields of records of this type, or those of `keys`: key, attribute, and what makes a plain value."""
    fields = declared(record).items()
    return tuple(
        (key, field.attribute, _steps if key == "steps" else _reference(field.reference) if field.reference else _plain)
        for key, field in fields
        if not field.for_editors and (not keys or key in keys)
    )


def _reference(kind: str) -> Dump:
    def dump(value: Any, resolve: Resolve) -> Any:
        if isinstance(value, tuple):
            return [told for one in value if (told := resolve(kind, one)) is not None]
        return resolve(kind, value)

    return dump


def _plain(value: Any, resolve: Resolve) -> Any:
    kind = type(value)
    dump = _dumps.get(kind) or _dumps.setdefault(kind, _dump_of(kind))
    return dump(value, resolve)


_dumps: dict[type, Dump] = {}  # by the type of the value


def _dump_of(kind: type) -> Dump:
    """Return what makes a plain value of values of this type."""
    if issubclass(kind, Record):
        return typed
    if issubclass(kind, Price):
        return lambda value, resolve: _price(value)
    if issubclass(kind, tuple):
        return lambda value, resolve: [_plain(one, resolve) for one in value]
    if issubclass(kind, Choice):
        return lambda value, resolve: value.value
    if issubclass(kind, Decimal):
        return lambda value, resolve: _number(value)
    if issubclass(kind, date):
        return lambda value, resolve: value.isoformat()
    return lambda value, resolve: value


def typed(record: Record, resolve: Resolve) -> Json:
    """Return a record with the name of its type, by which the context knows what its keys mean."""
    return {"@type": type(record).__name__, **dumped(record, resolve)}


def _price(price: Price) -> object:
    least, most = _number(price.least), _number(price.most)
    if price.at_most:
        return {"at_most": most}
    return least if least == most else {"from": least, "to": most}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _steps(steps: tuple[Step, ...], resolve: Resolve) -> list[Json]:
    """Return the public steps. What leads to a step for staff leads to the public one after it."""
    public = [step for step in steps if step.visibility is Visibility.PUBLIC]
    ids = {id(step): step.id or "" for step in public}
    onward: dict[str, Step | None] = {}
    following: Step | None = None
    for step in reversed(steps):
        following = step if step.visibility is Visibility.PUBLIC else following
        if step.id:
            onward[step.id] = following
    targets = {to for step in steps for to in (*(branch.to for branch in step.branches), step.next)}
    for target in sorted(targets & onward.keys()):
        goal = onward[target]
        if goal and not goal.id:
            ids[id(goal)] = target  # it takes the place of the one for staff
    dumped = []
    for step in public:
        record = typed(step, resolve)
        record.pop("visibility", None)
        if ids[id(step)]:
            record["id"] = ids[id(step)]
        for branch in record.get("branches", ()):
            branch["to"] = _target(branch["to"], onward, ids)
        if "next" in record:
            record["next"] = _target(record["next"], onward, ids)
        dumped.append(record)
    return dumped


def _target(to: str, onward: Mapping[str, Step | None], ids: Mapping[int, str]) -> str:
    if to not in onward:
        return to
    step = onward[to]
    return ids[id(step)] if step else Ending.DONE.value
