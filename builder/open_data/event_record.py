"""An event (一件事) as a plain record of JSON: what happened, what is asked, and which items are done in which order.

It is made as the record of an item is. An item that is not in force is left out, as the page leaves it out.
"""

from __future__ import annotations

from collections.abc import Mapping

from builder.content.model.events import Event, EventItem, Life, pair
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME
from builder.context import RenderContext
from builder.open_data.public_record import ITEM, Json, Resolve, dumped, item_reference, told, typed

LIFE_EVENT, BUSINESS_EVENT = "LifeEvent", "BusinessEvent"


def type_of(life: Life) -> str:
    """Return the type of the records of events after something that happened."""
    return BUSINESS_EVENT if life.business else LIFE_EVENT


def event_record(
    event: Event,
    id: str,
    modified: str,
    sheets: Mapping[str, str],
    titles: Mapping[str, str],
    items: Mapping[str, Item],
    context: RenderContext,
) -> Json:
    """Return the record of an event. `modified` is the day of its last change, "" if it is not known.

    `sheets` are the addresses of its sheets by the answer, that of all answers by "". `titles` are those of its items in
    force, by their ids, and `items` those of which it names a case.
    """

    def resolve(kind: str, id: str) -> object:
        if kind == ITEM:
            return item_reference(id, titles[id]) if id in titles else None
        record = BY_NAME[kind].record
        return {"@type": record.__name__, "id": id, **told(context.get(record, id), resolve)}

    fields = dumped(event, resolve)
    fields.pop("name", None)
    for option in fields["questions"][0]["options"] if event.questions and sheets else ():
        option["sheet"] = sheets[option["id"]]
    life = context.get(Life, event.life)
    fields["items"] = [_step(step, items, resolve) for step in event.items if step.item in titles]
    about = {"@id": f"events/{id}.html", "@type": type_of(life), "id": id, "name": event.name or life.name}
    times = {"modified": modified} if modified else {}
    sheet = {"sheet": sheets[""]} if sheets else {}
    groups = [{"@id": url} for url in dict.fromkeys(step["item"]["@id"] for step in fields["items"])]
    return {**about, **times, **sheet, **fields, "groups": groups}


def _step(step: EventItem, items: Mapping[str, Item], resolve: Resolve) -> Json:
    """Return one item of an event: who does it is told by question and answers, a case by its id and its name."""
    record = typed(step, resolve)
    if step.case:
        names = {one.id: one.name for one in items[step.item].variants}
        record["case"] = {"@type": "Variant", "id": step.case, "name": names.get(step.case, step.case)}
    if step.answers:
        record["if"] = [
            {"@type": "EventCondition", "question": question, "options": list(options)}
            for question, options in step.answers.items()
        ]
    if step.people:
        record["people"] = [
            {"@type": "EventPerson", "whose": whose, "person": person} for whose, person in map(pair, step.people)
        ]
    return record
