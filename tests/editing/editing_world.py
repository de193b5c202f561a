"""What the tests of edits hold the edited files against: plain values, and the lines that have to stay."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from hypothesis import strategies as st
from site_folder import REPOSITORY, sample_content

from builder.content.source import Positions, positions_in, read
from builder.editing import Change, Insert, Remove, Set
from builder.support.diagnostics import KeyPath

FOLDERS = (
    "content",
    "examples/qingjiang/content",
    "builder/commands/init/site/content",
    "tests/sites/good/one-guide/content",
)

# Texts that mean something else without quotes, or to the reader of content, or on a line of their own.
SPITEFUL = (
    "", " ", "\n", "-", "- a", "a: b", "a:", ": a", "# x", "a #b", "no", "8:30", "0012", "~", "null", "  甲", "甲 ", '"甲"',
    "it's", "a\nb", "a\nb\n", "a\n\n  b\n\n", "  a\nb", "“双随机”", "name：甲", "name:甲", "[a", "{a", "a]", "a, b", "a，b: c",
    "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "? a", "甲" * 200, "a\tb", "\ta", "a\r\nb", "---", "...", "<<", "=", "｛a｝",
    "－ 甲", "　甲", "C:\\表格", "\\n", "a\"b'c", "\U0001f389", "<<<<<<< HEAD", "https://a.cn/b?c#d", "1,000", "甲|乙",
)  # fmt: skip
TEXTS = st.sampled_from(SPITEFUL) | st.text(st.sampled_from("甲乙a1 ：:-#'\"[]{},，&*!%@`\n\\"), max_size=12)
KEYS = st.sampled_from(("name", "note", "ref", "when", "a b", "一"))
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3),
    max_leaves=6,
)


@dataclass(frozen=True)
class ContentFile:
    """A file with the name by which the model knows it."""

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def values(self) -> dict[str, Any]:
        return values_of(self.name, self.data)

    @cached_property
    def paths(self) -> list[KeyPath]:
        """The paths of all its values, in their order."""
        return list(_paths(self.values))

    @cached_property
    def positions(self) -> Positions:
        return positions_in(self.data, self.name)


def values_of(name: str, data: bytes) -> dict[str, Any]:
    document, findings = read(name, data)
    assert document, findings
    return document.raw


@cache
def sample() -> tuple[ContentFile, ...]:
    """All content files of the repository that can be read, with their settings."""
    sample_content()
    found = [
        ContentFile(f"content/{path.relative_to(REPOSITORY / folder).as_posix()}", path.read_bytes())
        for folder in FOLDERS
        for path in sorted((REPOSITORY / folder).rglob("*.*"))
    ]
    found.append(ContentFile("site.yaml", (REPOSITORY / "site.yaml").read_bytes()))
    return tuple(file for file in found if read(file.name, file.data)[0])


def _paths(value: Any, at: KeyPath = ()) -> Iterator[KeyPath]:
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*at, step)
        yield from _paths(inner, (*at, step))


def value_at(values: Any, path: KeyPath) -> Any:
    for step in path:
        values = values[step]
    return values


def changed(values: dict[str, Any], change: Change) -> dict[str, Any]:
    """Return plain values after a change at a path that is there, or one step beyond."""
    values = deepcopy(values)
    match change:
        case Set(path, value):
            value_at(values, path[:-1])[path[-1]] = value
        case Insert(path, index, value):
            value_at(values, path).insert(index, value)
        case Remove(path):
            path = cascaded(values, path)
            del value_at(values, path[:-1])[path[-1]]
    return values


def cascaded(values: dict[str, Any], path: KeyPath) -> KeyPath:
    """Return what goes with the value at `path`: what holds nothing else."""
    while len(path) > 1 and len(value_at(values, path[:-1])) == 1:
        path = path[:-1]
    return path


def lines_around(file: ContentFile, change: Change) -> tuple[str, str]:
    """Return the beginning and the end of a file that a change at a path that is there has to leave alone."""
    path = cascaded(file.values, change.path) if isinstance(change, Remove) else change.path
    text = file.data.decode()
    lines = text.splitlines(keepends=True)
    positions = file.positions
    own = positions.keys.get(path) or positions.values[path]
    column = own.column - 1 if isinstance(path[-1], str) else lines[own.line - 1].rfind("-", 0, own.column - 1)
    starts = {where: position.line - 1 for where, position in (*positions.values.items(), *positions.keys.items())}
    others = [line for where, line in starts.items() if where[: len(path)] != path and where != path[: len(where)]]
    first = own.line - 1
    end = min((line for line in others if line > first), default=len(lines))
    last_inside = max(line for where, line in starts.items() if where[: len(path)] == path)
    while end - 1 > last_inside and _is_outside(lines[end - 1], column):
        end -= 1
    before, after = lines[:first], lines[end:]
    if isinstance(change, Remove):
        is_behind_dash = bool(lines[first][: max(column, 0)].strip())
        after = after[1:] if is_behind_dash else after  # the next one moves up
        before, after = _without_last_blank(before), _without_last_blank(after[::-1])[::-1]
    return "".join(before).rstrip("\r\n") if not after else "".join(before), "".join(after)


def _is_outside(line: str, column: int) -> bool:
    words = line.strip()
    return not words or words == "---" or (words[0] == "#" and len(line) - len(line.lstrip(" ")) <= column)


def _without_last_blank(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines
