"""Small tables that print: what each grade gets, what each kind of applicant pays."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from builder.content.fields import Line, Many, Record

# What fits on a telephone and on A4.
COLUMNS, ROWS = 5, 40


def _read_cell(value: object) -> object:
    return "" if value is None else " ".join(value.split()) if isinstance(value, str) else value


def _read_row(value: object) -> object:
    """Return the cells of a row, which may be one text with a stroke between them. Raises ValueError with advice."""
    if isinstance(value, dict):
        raise ValueError(  # noqa: TRY004 - Pydantic makes a message only of this one
            "一行写成“- [一档, 每月937元]”，或者“- 一档 | 每月937元”，不写字段"
        )
    return re.split(r"\s*[|｜]\s*", value.strip("|｜ ")) if isinstance(value, str) else value


def _read_headings(value: object) -> object:
    if isinstance(value, str) and (parts := _apart(value)):
        raise ValueError(f"栏和栏之间用竖线隔开；改成 {' | '.join(parts)}")
    return _read_row(value)


def _apart(text: str) -> list[str]:
    """Return the parts of a text without strokes whose cells are kept apart by commas or tabs, [] if there are not several."""
    parts = [part.strip() for part in re.split(r"[、，,\t]", text) if part.strip()]
    return parts if len(parts) > 1 and not re.search("[|｜]", text) else []


Heading = Annotated[Line, StringConstraints(max_length=16)]
Cell = Annotated[str, StringConstraints(max_length=60), BeforeValidator(_read_cell)]
Row = Annotated[tuple[Cell, ...], BeforeValidator(_read_row, json_schema_input_type=str | list[str])]


class Table(Record):
    """一张小表：各档标准、各类对象这样有行有列的。"""

    title: Line = Field(title="表名", description="如 各档补助标准", max_length=40)
    columns: Annotated[tuple[Heading, ...], BeforeValidator(_read_headings)] = Field(
        title="表头", description="每栏叫什么，2 至 5 栏，如 [档次, 每月补助]", min_length=2, max_length=COLUMNS
    )
    rows: Many[Row] = Field(
        title="行", description="一行一条，如 [一档, 937元]，或 一档 | 937元；空格子写“”", min_length=1, max_length=ROWS
    )
    note: str = Field("", title="说明", max_length=120)

    @field_validator("rows")
    @classmethod
    def _fit_below_the_columns(
        cls, rows: tuple[tuple[str, ...], ...], info: ValidationInfo
    ) -> tuple[tuple[str, ...], ...]:
        columns: tuple[str, ...] = info.data.get("columns", ())  # none where they are wrong themselves
        if wrong := [(at, row) for at, row in enumerate(rows) if columns and len(row) != len(columns)]:
            raise ValidationError.from_exception_data("rows", [_misfit(at, row, columns) for at, row in wrong])
        return rows


def _misfit(at: int, row: tuple[str, ...], columns: tuple[str, ...]) -> InitErrorDetails:
    """Return the error of a row that has more or fewer cells than the table has columns."""
    hint = f"第{at + 1}行“{'、'.join(row)[:20]}”有{len(row)}格，表头有{len(columns)}栏（{'、'.join(columns)}）；"
    parts = _apart(row[0]) if len(row) == 1 else []
    if len(parts) == len(columns):
        hint += f"格子之间用竖线隔开：{' | '.join(parts)}"
    else:
        hint += "补上缺的格子，没有内容的写“”" if len(row) < len(columns) else "多的格子删掉，或者表头加一栏"
    return InitErrorDetails(
        type=PydanticCustomError("value_error", "misfit", {"error": hint}), loc=(at,), input=list(row)
    )
