"""Phones as shown and as dialled, and whom to complain to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from builder.content.model.contacts import Phone, Supervision
from builder.content.phone_numbers import parts_of
from builder.context.words import Words


class Call(NamedTuple):
    """A phone number: as shown, and as dialled."""

    shown: str
    dial: str
    label: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Whom one can complain to (监督投诉): the unit, its phones, and what to know of it."""

    unit: str
    calls: tuple[Call, ...]
    note: str


def supervisor_of(supervision: Supervision | None, words: Words) -> Supervisor | None:
    """Return whom one can complain to, None when that is not known."""
    if supervision is None:
        return None
    return Supervisor(supervision.unit, calls_of(supervision.phones, words), supervision.note)


def calls_of(phones: tuple[Phone, ...], words: Words) -> tuple[Call, ...]:
    """Return phones as shown and as dialled."""
    return tuple(call(phone, words) for phone in phones)


def call(phone: Phone, words: Words) -> Call:
    """Return a phone as shown (grouped for reading) and as dialled (digits; an extension after a pause)."""
    parts = parts_of(phone.number)
    if parts is None:
        return Call(phone.number, phone.number.replace("-", ""), phone.label, phone.hours)
    area, local, extension = parts
    grouped = f"{local[:4]} {local[4:]}" if len(local) == 8 else local
    shown = (f"{area}-" if area else "") + grouped
    shown = words["phone_extension"].format(number=shown, extension=extension) if extension else shown
    return Call(shown, area + local + (f",{extension}" if extension else ""), phone.label, phone.hours)
