"""Tables of items for spreadsheets (CSV, RFC 4180): a row an item, a material, a step; and of events, a row an item of one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from builder.content.card import Card
from builder.content.fields import Choice
from builder.content.model.item import HandlingType, ItemType, Status
from builder.content.model.materials import Form, Whose
from builder.content.model.steps import Ending
from builder.context import Words
from builder.open_data.public_record import Json
from builder.wording.cards import fee_of_card, time_of_card
from builder.wording.choices import choice_in_words
from builder.wording.joining import enumerated, joined, labelled

ITEMS, MATERIALS, STEPS, EVENTS = "items", "materials", "steps", "events"
ROOM = 60  # characters in which a cell says what holds in which case
BOM = "\ufeff"  # by which Excel knows that a file is UTF-8

Row = Sequence[object]

# The headings of each table, by the names of their words.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    ITEMS: (
        "number", "official_name", "data_title", "area", "department", "item_type", "handling_type", "data_status", "audience",
        "topic", "data_summary", "conditions", "materials", "limits", "fees", "where", "contact", "online", "basis", "data_modified",
        "website",
    ),
    MATERIALS: ("number", "official_name", "data_case", "seq", "data_group", "data_material", "data_whose", "data_form", "data_originals",
                "data_copies", "data_when", "data_issuer", "material_note"),
    STEPS: ("number", "official_name", "data_case", "seq", "data_actor", "data_do", "data_limit", "data_document"),
    EVENTS: ("data_event_number", "events", "area", "seq", "number", "data_title", "data_case", "data_event_who", "data_event_after",
             "data_event_maybe", "data_event_note", "website"),
}  # fmt: skip


def table_text(name: str, services: Iterable[Json], cards: Callable[[str], Card], words: Words) -> str:
    """Return a table of `services`, which are public records. `cards` returns the card of an item by its id."""
    makers: Mapping[str, Callable[[Json], Iterator[Row]]] = {
        ITEMS: lambda service: iter([_item(service, cards(service["id"]), words)]),
        MATERIALS: lambda service: _materials(service, words),
        STEPS: lambda service: _steps(service, words),
    }
    return _table(name, (row for service in services for row in makers[name](service)), words)


def event_table_text(events: Iterable[Json], words: Words) -> str:
    """Return the table of `events`, which are public records: a row for each of their items."""
    return _table(EVENTS, (row for event in events for row in _steps_of_event(event, words)), words)


def _table(name: str, rows: Iterable[Row], words: Words) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([words[heading] for heading in HEADINGS[name]])
    writer.writerows(rows)
    return BOM + out.getvalue()


def _steps_of_event(event: Json, words: Words) -> Iterator[Row]:
    texts = {
        (question["id"], option["id"]): option["text"]
        for question in event.get("questions", ())
        for option in question["options"]
    }
    for number, step in enumerate(event["items"], start=1):
        asked = (
            words["or"].join(texts.get((one["question"], option), option) for option in one["options"])
            for one in step.get("if", ())
        )
        yield (
            event["id"],
            event["name"],
            _named(event["area"]),
            number,
            step["item"]["id"],
            step["item"]["title"],
            step.get("case", {}).get("name", ""),
            "\n".join(asked),
            enumerated((one["title"] for one in step.get("after", ())), words),
            words["data_event_maybe"] if step.get("maybe") else "",
            step.get("note", ""),
            event["@id"],
        )


def _item(service: Json, card: Card, words: Words) -> Row:
    return (
        service["id"],
        service["name"],
        service.get("title", ""),
        _named(service.get("area")),
        _named(service.get("department")),
        _choice(ItemType, service.get("type"), words),
        _choice(HandlingType, service.get("handling"), words),
        _choice(Status, service["status"], words),
        _names(service.get("audiences"), words),
        _names(service.get("topics"), words),
        service.get("summary", ""),
        "\n".join(_conditions(service.get("eligibility", ()), "")),
        enumerated(dict.fromkeys(name for _, name, _ in _all_materials(service)), words),
        time_of_card(card, words, ROOM),
        fee_of_card(card, words, ROOM),
        "\n".join(_place(at, words) for at in service.get("places", ())),
        "\n".join(_phones(service)),
        "\n".join(joined((one.get("name", ""), one.get("url", "")), words) for one in service.get("online", ())),
        "\n".join(_basis(one) for one in service.get("legal", ())),
        service.get("modified", ""),
        service["@id"],
    )


def _choice(choice: type[Choice], value: object, words: Words) -> str:
    return choice_in_words(choice.of(value), words) if value else ""


def _named(record: Mapping[str, Any] | None) -> str:
    return record["name"] if record else ""


def _names(records: Iterable[Mapping[str, Any]] | None, words: Words) -> str:
    return enumerated((record["name"] for record in records or ()), words)


def _conditions(conditions: Iterable[Json], indent: str) -> Iterator[str]:
    for condition in conditions:
        inner: Iterable[Json] = condition.get("all") or condition.get("any") or ()
        if text := condition.get("text", ""):
            yield indent + text
        yield from _conditions(inner, f"{indent}- " if text else indent)


def _place(at: Json, words: Words) -> str:
    place = at["place"]
    return joined((place["name"], at.get("window", ""), place.get("address", "")), words)


def _phones(service: Json) -> Iterator[str]:
    """Yield the numbers of the item, or else of its places, or else of its department."""
    places = [phone for at in service.get("places", ()) for phone in at["place"].get("phones", ())]
    phones = service.get("phones") or places or service.get("department", {}).get("phones", ())
    yield from dict.fromkeys(phone["number"] for phone in phones)


def _basis(basis: Json) -> str:
    law = basis.get("law")
    title = f"{law['title']} {law.get('number', '')}".strip() if law else basis.get("text", "")
    return f"{title} {basis.get('article', '')}".strip()


def _parts(service: Json) -> Iterator[tuple[str, Json]]:
    """Yield the item and its cases, with the names of the cases."""
    yield "", service
    yield from ((variant["name"], variant) for variant in service.get("variants", ()))


def _all_materials(service: Json) -> Iterator[tuple[str, str, Json]]:
    for _, part in _parts(service):
        yield from _in_order(part.get("materials", ()), "", ())


def _in_order(entries: Iterable[Json], prefix: str, groups: tuple[str, ...]) -> Iterator[tuple[str, str, Json]]:
    """Yield every single material with its number and its name; its groups are kept under ``groups``."""
    for number, entry in enumerate(entries, start=1):
        inner = entry.get("any_of") or entry.get("materials")
        if inner:
            heading = entry.get("group") or entry.get("title", "")
            yield from _in_order(inner, f"{prefix}{number}.", (*groups, heading) if heading else groups)
        else:
            name = entry.get("name") or entry["ref"]["name"]
            yield f"{prefix}{number}", name, {**entry, "groups": groups}


def _materials(service: Json, words: Words) -> Iterator[Row]:
    for case, part in _parts(service):
        for number, name, material in _in_order(part.get("materials", ()), "", ()):
            copies = material.get("copies", {})
            yield (
                service["id"],
                service["name"],
                case,
                number,
                enumerated(material["groups"], words),
                name,
                _choice(Whose, material.get("whose"), words),
                enumerated((words[f"form_{Form.of(form).name.lower()}"] for form in material.get("form", ())), words),
                copies.get("original", ""),
                copies.get("copy", ""),
                material.get("when", ""),
                material.get("issuer", ""),
                material.get("note", ""),
            )


def _steps(service: Json, words: Words) -> Iterator[Row]:
    for case, part in _parts(service):
        numbers = {step["id"]: number for number, step in enumerate(part.get("steps", ()), start=1) if "id" in step}
        for number, step in enumerate(part.get("steps", ()), start=1):
            yield (
                service["id"],
                service["name"],
                case,
                number,
                enumerated(step["actor"], words),
                joined((step["do"], *_ways(step, numbers, words)), words),
                _duration(step.get("limit"), words),
                step.get("document", ""),
            )


def _ways(step: Json, numbers: Mapping[str, int], words: Words) -> Iterator[str]:
    for branch in step.get("branches", ()):
        to = branch["to"]
        goal = (
            words["to_step"].format(n=numbers[to]) if to in numbers else words[f"ending_{Ending.of(to).name.lower()}"]
        )
        yield labelled(branch["when"], joined((branch.get("text", ""), goal), words), words)


def _duration(limit: Json | None, words: Words) -> str:
    if limit is None:
        return ""
    n = limit.get("n", "")
    extent = words["range"].format(least=n, most=limit["up_to"]) if "up_to" in limit else n
    length = words[f"duration_{limit['unit'].replace('-', '_')}"].format(n=extent)
    return words[f"duration_{limit['bound'].replace('-', '_')}"].format(length=length) if "bound" in limit else length
