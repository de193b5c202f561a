"""The field tables: what may be written in each record, for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from builder.commands.reference.schema import called
from builder.content.fields import Absence, Choice, Record, Reference
from builder.content.model.kinds import BY_NAME, KINDS, Kind
from builder.content.settings import Settings

TOP = """\
# 字段表

每份内容能写哪些字段。没有写“必填”的都可以不写：不写就是不知道，网页上会显示“请电话确认”或不显示。
“可以几条”的，每条另起一行，前面加“- ”；只有一条时可以直接写在冒号后面。
选项写中文就行。

本页由 `uv run build.py reference` 写成，不要直接修改。
"""

# A field may be held to more than its type is: the tightest bound counts.
_LIMITS = (("ge", max, "不小于{:,}"), ("le", min, "不大于{:,}"), ("max_length", min, "至多{}字"))


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the page: one record, by the heading that links name."""

    record: type[Record]
    heading: str
    place: str = ""


@dataclass(slots=True)
class Parts:
    """The tables of the page, files first, then what they are made of, each once, in the order of first mention."""

    parts: list[Part] = field(default_factory=list)

    def heading(self, record: type[Record]) -> str:
        """Return the heading of `record`, which gets a table if it has none yet."""
        for part in self.parts:
            if part.record is record:
                return part.heading
        heading = called(record.__doc__ or "")
        if any(part.heading == heading for part in self.parts):
            raise ValueError(f"two records are called {heading}: begin their docstrings with different words")
        self.parts.append(Part(record, heading))
        return heading


def fields_page() -> str:
    """Return the page of all tables. Raises ValueError when two records are called the same."""
    files = [
        Part(Settings, "网站设置", "`site.yaml`"),
        *(Part(kind.record, kind.label, _place(kind)) for kind in KINDS),
    ]
    parts = Parts(files)
    tables = [TOP]
    for part in parts.parts:  # grows on the way
        tables.append("\n".join(_table(part, parts)))
    return "\n".join(tables)


def _table(part: Part, parts: Parts) -> Iterator[str]:
    yield f"## {part.heading}\n"
    about = cleandoc(part.record.__doc__ or "")
    if about.rstrip("。") != part.heading:
        yield f"{about}\n"
    if part.place:
        yield f"文件：{part.place}\n"
    yield "| 字段 | 名称 | 说明 | 必填 | 写法 |"
    yield "|---|---|---|---|---|"
    for name, info in part.record.model_fields.items():
        needed = "必填" if info.is_required() else ""
        cells = (f"`{info.alias or name}`", info.title or "", info.description or "", needed, _writing(info, parts))
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
    yield ""


def _place(kind: Kind) -> str:
    path = kind.pattern.pattern.replace("(?P<area>[^/]+)", "〈地区〉").replace("(?P<id>[^/]+)", "〈编号〉")
    path = re.sub(r"\(\?P<id>(\w+)\)", r"\1", path).replace("(?:yaml|md)", "yaml").replace("\\", "")
    text = f"`content/{path}`"
    if kind.many:
        return f"{text}，一个文件里写多条：先写编号和冒号，再写它的字段"
    return f"{text}，也可以是 `.md`" if "md)" in kind.pattern.pattern else text


def _writing(info: FieldInfo, parts: Parts) -> str:
    return _words(info.annotation, tuple(info.metadata), parts)


def _words(annotation: Any, metadata: tuple[Any, ...], parts: Parts) -> str:
    """Return how a value of the type `annotation` is written."""
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        return _words(arguments[0], (*arguments[1:], *metadata), parts)
    if origin in (Union, UnionType):
        return _one_of([one for one in arguments if one is not NoneType], metadata, parts)
    if origin is tuple:
        return f"{_words(arguments[0], (), parts)}；可以几条"
    if origin is Literal:
        return "、".join(f"`{one}`" for one in arguments)
    if issubclass(annotation, Choice):
        return "、".join(member.label for member in annotation)
    if issubclass(annotation, Record):
        return _record(annotation, parts)
    return _plain(annotation, metadata)


def _one_of(arguments: list[Any], metadata: tuple[Any, ...], parts: Parts) -> str:
    rest = [one for one in arguments if _bare(one) is not Absence]
    words = "，或".join(_words(one, metadata, parts) for one in rest)
    return words if len(rest) == len(arguments) else f"{words}；没有写 无，用不着写 不适用"


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _record(record: type[Record], parts: Parts) -> str:
    heading = parts.heading(record)
    anchor = re.sub(r"[^\w-]", "", heading)  # as GitHub and GitLab make it of a heading
    link = f"[{heading}](#{anchor})"
    if not record.shorthand:
        return link
    short = record.model_fields.get(record.shorthand)
    keys = (one.title for name, one in record.model_fields.items() if record.shorthand in (name, one.alias))
    title = short.title if short else next(keys, None)
    return f"{link}，可以只写{title}" if title else f"一句话，或{link}"


def _plain(annotation: type, metadata: tuple[Any, ...]) -> str:
    reference = next((one.to for one in metadata if isinstance(one, Reference)), "")
    if reference:
        return f"{BY_NAME[reference].label}的编号"
    words = {bool: "是 或 否", int: "整数", Decimal: "数字", date: "日期，如 2026-11-03"}.get(annotation, "文字")
    limits = [text.format(tightest(bounds)) for name, tightest, text in _LIMITS if (bounds := _bounds(metadata, name))]
    return "，".join([words, *limits])


def _bounds(metadata: tuple[Any, ...], name: str) -> list[int]:
    return [bound for one in metadata if (bound := getattr(one, name, None)) is not None]
