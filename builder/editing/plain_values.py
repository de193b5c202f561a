"""A record as the plain values that an editor would write for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from builder.content.fields import Choice, Record, attributes
from builder.content.model.amounts import Price
from builder.editing.edits import Value


def plain(record: Record) -> dict[str, Value]:
    """Return the plain values of `record`, in the order in which editors write them.

    What is as it is by itself is left out. Choices are written in Chinese, and nested records in their short form where
    they have one. The model reads the same record from them.
    """
    return dict(_values(record))


def _values(record: Record) -> Iterator[tuple[str, Value]]:
    for key, name in attributes(type(record)).items():
        value = getattr(record, name)
        if type(record).model_fields[name].is_required() or value != type(record).model_fields[name].default:
            yield key, _plain(value)


def _plain(value: Any) -> Value:
    match value:
        case Record():
            return _short(value)
        case Price():
            return _price(value)
        case tuple() | list():
            return [_plain(entry) for entry in value]
        case bool():
            return "是" if value else "否"
        case Choice():
            return value.label
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            text = str(value)
            return f"{text}\n" if "\n" in text else text  # so that its lines stand below a plain “|”


def _short(record: Record) -> Value:
    """Return the text from which the model reads `record`, or its plain values if there is none."""
    values = plain(record)
    texts = [value for value in values.values() if isinstance(value, str)] if len(values) == 1 else []
    if type(record).__str__ is not BaseModel.__str__:
        texts.append(str(record))
    return next((text for text in texts if _reads_as(text, record)), values)


def _reads_as(text: str, record: Record) -> bool:
    try:
        return type(record).model_validate(text) == record
    except ValidationError:
        return False


def _price(price: Price) -> str:
    least, most = f"{price.least:f}", f"{price.most:f}"
    extent = most if least == most else f"{least}至{most}"
    return f"不超过{extent}" if price.at_most else extent
