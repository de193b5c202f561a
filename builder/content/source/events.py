"""The only door to PyYAML: text in, libyaml's events out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import yaml
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from builder.support.diagnostics import Position

__all__ = [
    "DEPTH_LIMIT",
    "AliasEvent",
    "CollectionEndEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "Mark",
    "MarkedYAMLError",
    "MissingLibyaml",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "events",
    "position_of",
]

DEPTH_LIMIT = 40  # lists and mappings inside one another


class MissingLibyaml(RuntimeError):
    """PyYAML came without libyaml; the pure Python reader is fourteen times slower, and its errors read otherwise."""

    def __init__(self) -> None:
        super().__init__("PyYAML 没有带 libyaml，读不了文件。请重新安装：uv sync --reinstall-package pyyaml")


def events(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of `text`.

    The text must hold no character that YAML forbids. Calling it raises YAMLError where the text is no YAML, and
    must stop at StreamEndEvent. Nothing here recurses, however deep the text is nested.

    Raises MissingLibyaml.
    """
    next_event: Callable[[], Any] = _parser_class()(text).get_event
    return next_event


@cache
def _parser_class() -> Any:
    if not yaml.__with_libyaml__:
        raise MissingLibyaml
    from yaml._yaml import CParser  # noqa: PLC0415 - there is no such module without libyaml

    return CParser


def position_of(event: Event) -> Position:
    """Return the place of `event` if it stands on one line, else its first character."""
    start: Any = event.start_mark
    end: Any = event.end_mark
    return Position(
        start.line + 1, start.column + 1, max(1, end.column - start.column) if start.line == end.line else 1
    )
