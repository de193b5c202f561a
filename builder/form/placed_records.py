"""The records of a list in the order in which a table has them, and what steps are called where others lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from builder.content.fields import Record, declared
from builder.content.model.steps import Branch, Ending, Step
from builder.content.source import Raw
from builder.form.layout import MARKS
from builder.form.spelling import entries
from builder.support.diagnostics import KeyPath


class PlacedRecord(NamedTuple):
    """A record with its plain values and its key path; its number, such as 2.1, and the mark of what it holds, "" for nothing."""

    record: Record
    raw: Raw
    path: KeyPath
    number: str
    mark: str


def placed_records(value: Sequence[Any], raw: Raw, path: KeyPath, prefix: str = "") -> Iterator[PlacedRecord]:
    """Yield records, each before those that it holds."""
    for index, (record, its) in enumerate(entries(value, raw)):
        number, at = f"{prefix}{index + 1}", (*path, index)
        held = [(key, mark) for key, mark in MARKS.get(type(record), {}).items() if getattr(record, key)]
        yield PlacedRecord(record, its, at, number, held[0][1] if held else "")
        for key, _ in held:
            inner = its.get(key) if isinstance(its, dict) else None
            yield from placed_records(getattr(record, key), inner, (*at, key), f"{number}.")


TARGETS = (declared(Branch)["to"], declared(Step)["next"])  # the fields that name a step or an ending


class Targets:
    """What the steps of a part are called where others lead to them: 第2步, 退回."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    @property
    def choices(self) -> tuple[str, ...]:
        """All of them."""
        return (*(f"第{number}步" for number in range(1, len(self._steps) + 1)), *(ending.label for ending in Ending))

    def shown(self, target: str) -> str:
        """Return what a form calls the step with this id, or this ending."""
        numbers = (f"第{number}步" for number, step in enumerate(self._steps, 1) if target and step.id == target)
        return next(numbers, "") or next((ending.label for ending in Ending if ending.value == target), target)

    def target(self, text: str) -> str:
        """Return the id of the step, or the ending, that a form calls so; the text itself for a step without an id."""
        ids = {f"第{number}步": step.id or "" for number, step in enumerate(self._steps, 1)}
        return ids.get(text) or next((ending.value for ending in Ending if ending.label == text), text)
