"""What can be changed in a content file, and why a change is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.content.source import Raw
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity

BODY: Final[KeyPath] = ("body",)  # of a Markdown file

# What a caller may write: the plain values of `builder.content.source`, without None.
Value = str | Sequence["Value"] | Mapping[str, "Value"]

NO_SUCH_PLACE = Rule(
    "E001",
    "要改的地方，文件里没有",
    why="文件后来改过，或者那里写的是另一种样子，照着改会改错地方。",
    fix="打开文件看看那里现在写的是什么，再改。",
)
UNUSUAL = Rule(
    "E002",
    "这一处的写法，程序改不了",
    why="程序只改要改的几行，别的一个字不动；这里的写法少见，做不到，就一个字也不改。",
    fix="打开文件手工改。",
)
NOT_FORMATTED = Rule(
    "E003",
    "这份文件的写法少见，程序不整理",
    why="整理（fmt）只改先后和写法，意思一个字不变；这份文件里有少见的写法，整理了可能变意思，就整个不动。",
    fix="照别的文件的样子手工改；不改也不影响网站。",
    severity=Severity.WARNING,
)
OTHER_STYLE = Rule(
    "E004",
    "文件还没有整理",
    why="字段的先后、写法人人一样，合并请求里就只看到内容改了什么。",
    fix="运行 uv run build.py fmt，再提交。",
)
RULES = (NO_SUCH_PLACE, UNUSUAL, NOT_FORMATTED, OTHER_STYLE)


@dataclass(frozen=True, slots=True)
class Set:
    """Write `value` at `path`, in the place of what stands there or as a new key; at ``()``, all fields of the file.

    Of a list or a mapping that stands there, only what is different is written anew. Keys on the way that are missing are
    written too. A short form on the way becomes the long one: ``copies: 2`` that gets an `original` becomes a mapping, and
    a bare material that gets a `form` does. It stays short where it says this very field: ``copies: 3``.
    """

    path: KeyPath
    value: Value


@dataclass(frozen=True, slots=True)
class Insert:
    """Write `value` as a new entry of the list at `path`, before the entry that stands at `index`, or at the end.

    A single value without a dash becomes a list, and a list that is missing is written.
    """

    path: KeyPath
    index: int
    value: Value


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the key or the entry at `path` away.

    A list or a mapping of which nothing is left goes with it, unless it is said to `keep_empty`. So does a short form that
    says nothing else: ``copies: 2`` without its `copy`.
    """

    path: KeyPath
    keep_empty: bool = False


Change = Set | Insert | Remove


class NotEdited(Exception):
    """A file was not changed, because it cannot be as asked. `findings` say why and where."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(finding.says for finding in self.findings)

    def __reduce__(self) -> tuple[type[NotEdited], tuple[Finding, ...]]:
        """Pickle with the findings, so that it can come from a worker."""
        return NotEdited, self.findings


def as_raw(value: Value) -> Raw:
    """Return `value` as text, lists and dictionaries. Raises `TypeError` for anything else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): as_raw(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_raw(inner) for inner in value]
    raise TypeError(f"content holds text, lists and mappings, not {value!r}")


def _key(key: object) -> str:
    if not isinstance(key, str) or not key:
        raise TypeError(f"a key of content is a text, not {key!r}")
    return str(key)
