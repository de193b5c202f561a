"""JSON Schemas for editing programs: suggestions and red lines while one types.

Our reader takes every value for text, and the model gives it a type. An editing program reads YAML by its own rules:
there ``12345`` is a number, and a key with nothing behind it is null. So each schema that Pydantic makes is widened
here until it takes whatever a program may see in a file that we accept.
"""

from __future__ import annotations

import re
from typing import Any

from builder.content.fields import SLUG, Record
from builder.content.names import MAX_LENGTH

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

ONE_LINE = r"^[^\n]*$"  # a folded text ends with a newline, which we strip: no business of an editing program
WHOLE = {"type": "string", "pattern": r"^\d+$"}
AMOUNT = {"type": "string", "pattern": r"^\d+(\.\d+)?$"}
NOTHING = {"type": "null"}


def schema_of(record: type[Record], label: str, *, many: bool = False) -> Schema:
    """Return the schema of a file that holds one `record`, or, where `many`, records by their ids."""
    shape = record.model_json_schema(by_alias=True)
    known = {name: _widened(one) for name, one in shape.pop("$defs", {}).items()}
    one = {**_widened(shape), "title": label}
    if many:
        names = {"pattern": SLUG, "maxLength": MAX_LENGTH}
        one = {"title": label, "type": "object", "propertyNames": names, "additionalProperties": one}
    return {"$schema": DRAFT, **one, "$defs": known} if known else {"$schema": DRAFT, **one}


def called(description: str) -> str:
    """Return how a record is called: the start of its description."""
    return re.split("[：，。（]", description, maxsplit=1)[0]


def _widened(schema: Schema) -> Schema:
    """Return `schema` such that it takes what an editing program sees."""
    schema = {key: value for key, value in schema.items() if not (key == "default" and value in ("", [], None))}
    if "properties" in schema:
        return _record(schema)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _alternatives(schema, schema.pop(key))
    match schema.get("type"):
        case "string":
            return _text(schema)
        case "integer":
            return _either(schema, _split(schema), WHOLE)
        case "array":
            return _list(schema)
        case _:
            return schema


def _record(schema: Schema) -> Schema:
    required = schema.get("required", [])
    properties = {
        name: _widened(one) if name in required else _or_nothing(_widened(one))
        for name, one in schema["properties"].items()
    }
    return {**schema, "title": called(schema["description"]), "properties": properties}


def _alternatives(schema: Schema, choices: list[Schema]) -> Schema:
    # Never "exactly one of": 无 is a statement that there is no condition, and could be the text of one.
    if any(one.get("type") == "number" for one in choices):
        choices = [AMOUNT if one.get("type") == "string" else one for one in choices]
    else:
        choices = [_widened(one) for one in choices]
    record = next((one for one in choices if "properties" in one), None)
    title = {"title": record["title"]} if record else {}
    return _either({**schema, **title}, *choices)


def _text(schema: Schema) -> Schema:
    if schema.get("format") == "date":
        return schema
    if schema.get("pattern") == ONE_LINE:
        schema = {key: value for key, value in schema.items() if key != "pattern"}
    return {**schema, "type": ["string", "number"]}


def _list(schema: Schema) -> Schema:
    """One value may stand without its dash, unless there must be several."""
    item = _widened(schema["items"])
    items = {**_split(schema), "items": item}
    if schema.get("minItems", 0) > 1:
        return {**schema, **items}
    return _either(schema, item, items)


def _or_nothing(schema: Schema) -> Schema:
    if NOTHING in schema.get("anyOf", []):
        return schema
    return _either(schema, _split(schema), NOTHING)


_ABOUT = ("title", "description", "default")


def _split(schema: Schema) -> Schema:
    """Return `schema` without the words about it."""
    return {key: value for key, value in schema.items() if key not in _ABOUT}


def _either(schema: Schema, *choices: Schema) -> Schema:
    """Return the schema that takes any of `choices`, with the words about `schema`."""
    flat: list[Schema] = []
    for one in choices:
        inner = one["anyOf"] if set(one) == {"anyOf"} else [one]
        flat += [choice for choice in inner if choice not in flat]
    return {**{key: schema[key] for key in _ABOUT if key in schema}, "anyOf": flat}
