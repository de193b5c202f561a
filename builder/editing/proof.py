"""Holds what is to be written, and what was made of a file, against what the reader of content files makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.content.source import Raw, read
from builder.content.source.rules import CONTROL, LOST_CHARACTER
from builder.editing.edits import UNUSUAL, NotEdited
from builder.support.diagnostics import KeyPath, errors_in

_FORBIDDEN = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|(?P<lost>\ufffd)"
)


def check_characters(file: str, path: KeyPath, value: Raw) -> None:
    """Raise `NotEdited` if `value`, which is to stand at `path`, has characters that no file may hold, be it in quotes."""
    for text in _texts(value):
        if found := _FORBIDDEN.search(text):
            if found["lost"]:
                says = "要写的内容里有丢失的字“�”"
                raise NotEdited(LOST_CHARACTER.at(file, *path, says=says, hint=LOST_CHARACTER.fix))
            says = f"要写的内容里有看不见的字符：U+{ord(found[0]):04X}"
            raise NotEdited(CONTROL.at(file, *path, says=says, hint=CONTROL.fix))


def check_result(file: str, data: bytes, values: Mapping[str, Raw], body: str, path: KeyPath = ()) -> None:
    """Raise `NotEdited` unless the bytes `data` of a file read as these `values` and this `body`, keys in the same order.

    `path` is where something was changed.
    """
    document, findings = read(file, data)
    if document is None:
        raise NotEdited(*errors_in(findings))
    if not _same(document.raw, values) or document.body != body:
        says = "改出来的文件读起来和要写的不一样，程序没有改"
        raise NotEdited(UNUSUAL.at(file, *path, says=says, hint=UNUSUAL.fix))


def reads_as(file: str, data: bytes, values: Mapping[str, Raw]) -> bool:
    """Tell whether the bytes `data` of a file of fields read as these `values`, keys in the same order."""
    document, _ = read(file, data)
    return document is not None and _same(document.raw, values)


def _texts(value: Raw) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        for key, inner in value.items():
            yield key
            yield from _texts(inner)


def _same(one: object, other: object) -> bool:
    """Tell whether two values are equal, and their keys in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
