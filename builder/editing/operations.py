"""Changes in single moves, each of which is made in the plain values of a file and in its text alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from builder.content.source import Raw
from builder.editing.declarations import Declarations
from builder.support.diagnostics import KeyPath


@dataclass(frozen=True, slots=True)
class Replace:
    """Another value at `path`, which is there."""

    path: KeyPath
    value: Raw


@dataclass(frozen=True, slots=True)
class AddKey:
    """A new key in the mapping at `path`, where the model puts it."""

    path: KeyPath
    key: str
    value: Raw


@dataclass(frozen=True, slots=True)
class AddEntry:
    """A new entry of the list at `path`."""

    path: KeyPath
    index: int
    value: Raw


@dataclass(frozen=True, slots=True)
class Drop:
    """No longer the key or the entry at `path`, which is not the last one beside which nothing is left."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class MakeList:
    """A list with the value at `path` as its only entry."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class GiveKey:
    """A mapping with the text at `path` as the value of `key`, its only one."""

    path: KeyPath
    key: str


Operation = Replace | AddKey | AddEntry | Drop | MakeList | GiveKey


def perform(values: dict[str, Raw], operation: Operation, declared: Declarations) -> None:
    """Make a move in the plain `values` of a file."""
    match operation:
        case AddKey(path, key, value):
            mapping = value_at(values, path)
            at = declared.place(path, mapping, key)
            entries = list(mapping.items())
            mapping.clear()
            mapping.update([*entries[:at], (key, value), *entries[at:]])
        case AddEntry(path, index, value):
            value_at(values, path).insert(index, value)
        case Drop(path):
            del value_at(values, path[:-1])[path[-1]]
        case Replace(path, value):
            value_at(values, path[:-1])[path[-1]] = value
        case MakeList(path):
            value_at(values, path[:-1])[path[-1]] = [value_at(values, path)]
        case GiveKey(path, key):
            value_at(values, path[:-1])[path[-1]] = {key: value_at(values, path)}


def value_at(values: Any, path: KeyPath) -> Any:
    """Return the value at `path`, which is there."""
    for step in path:
        values = values[step]
    return values
