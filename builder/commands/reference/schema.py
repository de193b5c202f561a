"""JSON Schemas for code editors, which use them for completion and validation.

We read every YAML value as text and convert it later. A code editor follows the rules of YAML: ``12345`` is a number,
and a key without a value is null. So the schemas that Pydantic generates are widened here to accept everything that an
editor may see in a valid file.
"""

from __future__ import annotations

import re
from typing import Any

from builder.content.fields import SLUG, Record
from builder.content.names import ADDRESS, LONGEST_ADDRESS, MAX_LENGTH

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

ONE_LINE = r"^[^\n]*$"  # not checked in editors: a folded YAML text ends with a newline, which we strip
DIGITS = {"type": "string", "pattern": r"^\d+$"}
NULL = {"type": "null"}


def schema_of(record: type[Record], label: str, *, many: bool = False, by_address: bool = False) -> Schema:
    """Return the schema of a file with one `record`, or with records by id if `many`, by the address of a page if `by_address`."""
    generated = record.model_json_schema(by_alias=True)
    definitions = {name: _widened(schema) for name, schema in generated.pop("$defs", {}).items()}
    schema = {**_widened(generated), "title": label}
    if many:
        names = (
            {"pattern": ADDRESS, "maxLength": LONGEST_ADDRESS}
            if by_address
            else {"pattern": SLUG, "maxLength": MAX_LENGTH}
        )
        schema = {"title": label, "type": "object", "propertyNames": names, "additionalProperties": schema}
    return {"$schema": DRAFT, **schema, "$defs": definitions} if definitions else {"$schema": DRAFT, **schema}


def record_name(description: str) -> str:
    """Return the name of a record: the beginning of its description, up to the first punctuation mark."""
    return re.split("[：，。（]", description, maxsplit=1)[0]


def _widened(schema: Schema) -> Schema:
    """Return `schema` widened to accept the values that a code editor sees."""
    schema = {key: value for key, value in schema.items() if not (key == "default" and value in ("", [], None))}
    if "properties" in schema:
        return _record(schema)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _alternatives(schema, schema.pop(key))
    match schema.get("type"):
        case "string":
            return _text_or_number(schema)
        case "integer":
            return _any_of(schema, _without_annotations(schema), DIGITS)
        case "array":
            return _list_or_value(schema)
        case _:
            return schema


def _record(schema: Schema) -> Schema:
    required = schema.get("required", [])
    properties = {
        name: _widened(inner) if name in required else _or_null(_widened(inner))
        for name, inner in schema["properties"].items()
    }
    return {**schema, "title": record_name(schema["description"]), "properties": properties}


def _alternatives(schema: Schema, choices: list[Schema]) -> Schema:
    # Not "oneOf": the value 无 can match two alternatives, the statement that there is no condition, and a text.
    if not any(choice.get("type") == "number" for choice in choices):  # else the text is a number as well
        choices = [_widened(choice) for choice in choices]
    record = next((choice for choice in choices if "properties" in choice), None)
    title = {"title": record["title"]} if record else {}
    return _any_of({**schema, **title}, *choices)


def _text_or_number(schema: Schema) -> Schema:
    if schema.get("format") == "date":
        return schema
    if schema.get("pattern") == ONE_LINE:
        schema = {key: value for key, value in schema.items() if key != "pattern"}
    return {**schema, "type": ["string", "number"]}


def _list_or_value(schema: Schema) -> Schema:
    """Return the schema of a list. Unless it needs several values, a single value without a dash is accepted too."""
    item = _widened(schema["items"])
    items = {**_without_annotations(schema), "items": item}
    if schema.get("minItems", 0) > 1:
        return {**schema, **items}
    return _any_of(schema, item, items)


def _or_null(schema: Schema) -> Schema:
    if NULL in schema.get("anyOf", []):
        return schema
    return _any_of(schema, _without_annotations(schema), NULL)


_ANNOTATIONS = ("title", "description", "default")


def _without_annotations(schema: Schema) -> Schema:
    """Return `schema` without its annotations."""
    return {key: value for key, value in schema.items() if key not in _ANNOTATIONS}


def _any_of(schema: Schema, *choices: Schema) -> Schema:
    """Return a schema that accepts any of `choices`, with the annotations of `schema`."""
    flat: list[Schema] = []
    for choice in choices:
        alternatives = choice["anyOf"] if set(choice) == {"anyOf"} else [choice]
        flat += [alternative for alternative in alternatives if alternative not in flat]
    return {**{key: schema[key] for key in _ANNOTATIONS if key in schema}, "anyOf": flat}
