"""`formatted`: the bytes of a content file in the order of the model and the style of the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from builder.content.source import Document, read
from builder.editing.declarations import Declarations
from builder.editing.edits import NOT_FORMATTED, NotEdited
from builder.editing.file_parts import FileParts
from builder.editing.house_style import lines_of
from builder.editing.layout import LINE_END, Layout, UnusualText
from builder.editing.remarks import Remarks
from builder.support.diagnostics import Finding, errors_in


def formatted(file_name: str, data: bytes) -> bytes:
    """Return the bytes `data` of a content file with its keys in the order of the model, in the style of the house.

    `file_name` is relative to the site and tells what the model says of the file. Its values stay the same, and remarks
    stay with what they stand above or behind. Of a Markdown file only the fields are written anew; its body gets other
    line ends at most. What is formatted stays as it is when it is formatted again.

    Raises `NotEdited` with errors if the file cannot be read, with a warning if it is written in a way that is too unusual.
    """
    document, findings = read(file_name, data)
    if document is None:
        raise NotEdited(*errors_in(findings))
    try:
        return _in_house_style(document, data, findings)
    except UnusualText as unusual:
        says = f"{unusual}，没有整理"
        raise NotEdited(NOT_FORMATTED.at(file_name, says=says, hint=NOT_FORMATTED.fix)) from None


def _in_house_style(document: Document, data: bytes, findings: Sequence[Finding]) -> bytes:
    parts = FileParts.of(document.file, data)
    layout = Layout(parts.fields)
    remarks = Remarks.of(layout)
    lines = lines_of(layout, remarks, Declarations.of(document.file))
    fence = "---\n" if parts.fence else ""
    fields = "".join((fence, *(f"{line}\n" for line in lines)))
    body = _with_plain_ends(document.body)
    result = (fields + fence + body).encode()
    if result == data:
        return data
    again, told = read(document.file, result)
    is_same = again is not None and again.raw == document.raw and again.body == body
    if not is_same or _codes(told) - _codes(findings) or Remarks.of(Layout(fields)).all() != remarks.all():
        raise UnusualText("整理以后读起来会不一样")
    return result


def _with_plain_ends(body: str) -> str:
    words = LINE_END.sub("\n", body)
    return words.rstrip() + "\n" if words.strip() else ""


def _codes(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings)
