"""`written`: the bytes of a new content file, in the order of the model and the style of the house."""

from __future__ import annotations

from collections.abc import Mapping

from builder.content.fields import Record
from builder.editing.composition import Composer
from builder.editing.declarations import Declarations
from builder.editing.edits import UNUSUAL, NotEdited, Value, as_raw
from builder.editing.markdown_body import with_text
from builder.editing.plain_values import plain
from builder.editing.proof import check_characters, check_result


def written(file_name: str, content: Record | Mapping[str, Value], remark: str = "") -> bytes:
    """Return the bytes of a new content file with this `content`: a record, or the plain values of one.

    `file_name` is relative to the site and tells what the model says of the file: the order of the keys, and what is
    written on one line. Texts have quotes only where they need some. In a Markdown file the value of ``body`` comes below the
    fields. `remark` are lines that stand above all, each with a “#”. Raises `NotEdited` for what no file can hold.
    """
    declared = Declarations.of(file_name)
    values = declared.ordered((), as_raw(plain(content) if isinstance(content, Record) else content))
    if not isinstance(values, dict) or not values:
        raise NotEdited(UNUSUAL.at(file_name, says="没有内容可写", hint="至少写一个字段"))
    check_characters(file_name, (), values)
    body = with_text("", str(values.pop("body", "")), "\n") if file_name.endswith(".md") else ""
    fields = [*remark.splitlines(), *Composer(declared).mapping_lines(values)]
    lines = ["---", *fields, "---"] if file_name.endswith(".md") else fields
    data = "".join([*(f"{line}\n" for line in lines), body]).encode()
    check_result(file_name, data, values, body)
    return data
