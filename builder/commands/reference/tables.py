"""The field reference for editors: a table of the fields of each record."""

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

from builder.commands.reference.schema import record_name
from builder.content.fields import Absence, Choice, Record, Reference, attributes, descriptions
from builder.content.model.amounts import Price
from builder.content.model.kinds import BY_NAME, RECORD_KINDS, RecordKind
from builder.content.settings import Settings

HEADER = """\
# 字段表

每份内容能写哪些字段。没有写“必填”的都可以不写：不写就是不知道，网页上会显示“请电话确认”或不显示。
“可以几条”的，每条另起一行，前面加“- ”；只有一条时可以直接写在冒号后面。
选项写中文就行。

本页由 `uv run build.py reference` 写成，不要直接修改。
"""

# A field can have stricter bounds than its type. The strictest one counts.
_BOUNDS = (("ge", max, "不小于{:,}"), ("le", min, "不大于{:,}"), ("max_length", min, "至多{}字"))
_SCALARS: dict[type, str] = {
    bool: "是 或 否",
    int: "整数",
    Decimal: "数字",
    Price: "数字，或一段，如 20至40",
    date: "日期，如 2026-11-03",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page: the record, the heading to which links lead, and the path of its files, "" for none."""

    record: type[Record]
    heading: str
    path: str = ""


@dataclass(slots=True)
class Tables:
    """The tables of the page: those of files first, then those of nested records, in the order of first mention."""

    tables: list[Table] = field(default_factory=list)

    def heading(self, record: type[Record]) -> str:
        """Return the heading of the table of `record`. The table is added if it does not exist.

        Raises `ValueError` if another record has the same heading.
        """
        for table in self.tables:
            if table.record is record:
                return table.heading
        heading = record_name(record.__doc__ or "")
        if any(table.heading == heading for table in self.tables):
            raise ValueError(f"two records are called {heading}: begin their docstrings with different words")
        self.tables.append(Table(record, heading))
        return heading


def fields_page() -> str:
    """Return the page of all tables as Markdown. Raises `ValueError` if two records have the same name."""
    files = [
        Table(Settings, "网站设置", "`site.yaml`"),
        *(Table(kind.record, kind.label, _path(kind)) for kind in RECORD_KINDS),
    ]
    tables = Tables(files)
    sections = [HEADER]
    for table in tables.tables:  # the list grows in the loop
        sections.append("\n".join(_lines(table, tables)))
    return "\n".join(sections)


def _lines(table: Table, tables: Tables) -> Iterator[str]:
    yield f"## {table.heading}\n"
    about = cleandoc(table.record.__doc__ or "")
    if about.rstrip("。") != table.heading:
        yield f"{about}\n"
    if table.path:
        yield f"文件：{table.path}\n"
    yield "| 字段 | 名称 | 说明 | 必填 | 写法 |"
    yield "|---|---|---|---|---|"
    names = attributes(table.record)
    for key, about in descriptions(table.record).items():
        info = table.record.model_fields[names[key]]
        required = "必填" if info.is_required() else ""
        cells = (f"`{key}`", info.title or "", about, required, _syntax(info, tables))
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
    yield ""


def _path(kind: RecordKind) -> str:
    path = kind.pattern.pattern.replace("(?P<area>[^/]+)", "〈地区〉").replace("(?P<id>[^/]+)", "〈编号〉")
    path = re.sub(r"\(\?P<id>(\w+)\)", r"\1", path).replace("(?:yaml|md)", "yaml").replace("\\", "")
    text = f"`content/{path}`"
    if kind.many:
        key = "旧网址" if kind.by_address else "编号"
        return f"{text}，一个文件里写多条：先写{key}和冒号，再写它的字段"
    return f"{text}，也可以是 `.md`" if "md)" in kind.pattern.pattern else text


def _syntax(info: FieldInfo, tables: Tables) -> str:
    return _syntax_of(info.annotation, tuple(info.metadata), tables)


def _syntax_of(annotation: Any, metadata: tuple[Any, ...], tables: Tables) -> str:
    """Return how to write a value of the type `annotation`, in Chinese."""
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        return _syntax_of(arguments[0], (*arguments[1:], *metadata), tables)
    if origin in (Union, UnionType):
        return _union_syntax([member for member in arguments if member is not NoneType], metadata, tables)
    if origin is tuple:
        return f"{_syntax_of(arguments[0], (), tables)}；可以几条"
    if origin is Literal:
        return "、".join(f"`{value}`" for value in arguments)
    if issubclass(annotation, Choice):
        return "、".join(map(_choice_syntax, annotation))
    if issubclass(annotation, Record):
        return _record_syntax(annotation, tables)
    return _scalar_syntax(annotation, metadata)


def _choice_syntax(member: Choice) -> str:
    return f"{member.label}（或写 {'、'.join(member.other_names)}）" if member.other_names else member.label


def _union_syntax(members: list[Any], metadata: tuple[Any, ...], tables: Tables) -> str:
    values = [member for member in members if _without_metadata(member) is not Absence]
    syntax = "，或".join(_syntax_of(member, metadata, tables) for member in values)
    return syntax if len(values) == len(members) else f"{syntax}；没有写 无，用不着写 不适用"


def _without_metadata(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _record_syntax(record: type[Record], tables: Tables) -> str:
    heading = tables.heading(record)
    anchor = re.sub(r"[^\w-]", "", heading)  # the anchor that GitHub and GitLab generate for the heading
    link = f"[{heading}](#{anchor})"
    if not record.shorthand:
        return link
    fields = record.model_fields
    short = fields.get(record.shorthand)
    aliased = (info.title for info in fields.values() if record.shorthand == info.alias)
    title = short.title if short else next(aliased, None)
    return f"{link}，可以只写{title}" if title else f"一句话，或{link}"


def _scalar_syntax(annotation: type, metadata: tuple[Any, ...]) -> str:
    reference = next((mark.to for mark in metadata if isinstance(mark, Reference)), "")
    if reference:
        return f"{BY_NAME[reference].label}的编号"
    syntax = _SCALARS.get(annotation, "文字")
    limits = [
        text.format(strictest(bounds)) for name, strictest, text in _BOUNDS if (bounds := _bounds(metadata, name))
    ]
    return "，".join([syntax, *limits])


def _bounds(metadata: tuple[Any, ...], name: str) -> list[int]:
    return [bound for constraint in metadata if (bound := getattr(constraint, name, None)) is not None]
