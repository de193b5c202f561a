"""The parsing events of libyaml for a text. This is the only module that imports PyYAML."""

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
from builder.support.failure import Failure

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
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "events",
    "position_of",
]

DEPTH_LIMIT = 40  # nested lists and mappings


def events(text: str) -> Callable[[], Any]:
    """Return a function that returns the next event of `text` at each call. Do not call it after `StreamEndEvent`.

    It raises `YAMLError` at a syntax error. `text` must not contain characters that YAML forbids. The parser does not
    recurse, so deeply nested text is safe. Raises `Failure` if PyYAML
    is installed without libyaml: its Python parser is 14 times slower and has other error messages.
    """
    next_event: Callable[[], Any] = _parser_class()(text).get_event
    return next_event


@cache
def _parser_class() -> Any:
    if not yaml.__with_libyaml__:
        raise Failure(
            "机器出了问题：PyYAML 没有带 libyaml，读不了文件。", "请重新安装：uv sync --reinstall-package pyyaml"
        )
    from yaml._yaml import CParser  # noqa: PLC0415 - the module exists only with libyaml

    return CParser


def position_of(event: Event) -> Position:
    """Return the position of `event`. If it spans several lines, the length is 1."""
    start: Any = event.start_mark
    end: Any = event.end_mark
    return Position(
        start.line + 1, start.column + 1, max(1, end.column - start.column) if start.line == end.line else 1
    )
