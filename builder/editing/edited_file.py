"""`edited`: the bytes of a content file after some changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from builder.content.source import Raw, read
from builder.editing.declarations import Declarations
from builder.editing.edits import BODY, UNUSUAL, Change, Insert, NotEdited, Remove, as_raw
from builder.editing.file_parts import FileParts
from builder.editing.layout import UnusualText, line_end_of
from builder.editing.markdown_body import with_text
from builder.editing.moves import Planner
from builder.editing.proof import check_characters, check_result, reads_as
from builder.editing.rewriting import rewritten
from builder.support.diagnostics import KeyPath, errors_in


def edited(file_name: str, data: bytes, changes: Sequence[Change]) -> bytes:
    """Return the bytes `data` of a content file after `changes`, made one after the other.

    `file_name` is relative to the site, such as ``content/items/xincheng/shiye-dengji.yaml``; it tells what the model says
    of the file. Each path is a key path as findings have it, in the file as the changes before have left it; the body of a
    Markdown file is at ``("body",)``. Only the lines of what changes are written anew. New keys come where the model has
    them, and new entries are written like those beside them.

    Raises `NotEdited` if the file cannot be read, or a change cannot be made without touching other lines; no change is
    made then. Raises `TypeError` for a value that is no text, list or mapping.
    """
    document, findings = read(file_name, data)
    if document is None:
        raise NotEdited(*errors_in(findings))
    parts = FileParts.of(file_name, data)
    fields, body = parts.fields, parts.body
    declared = Declarations.of(file_name)
    planner = Planner(file_name, document.raw, declared)
    for change in changes:
        if not isinstance(change, Remove):
            check_characters(file_name, change.path, as_raw(change.value))
        if parts.fence and change.path == BODY:
            body = _changed_body(parts, body, change, file_name)
            continue
        try:
            for move in planner.moves(change):
                fields = rewritten(fields, move, declared)
        except UnusualText as unusual:
            raise _unusual(file_name, change.path, str(unusual)) from None
    if fields == parts.fields and body == parts.body:
        return data
    between = line_end_of(fields) if body and not parts.fence.endswith(("\n", "\r")) else ""
    result = parts.bom + fields + parts.fence + between + body
    ends_open = not parts.fence and not parts.fields.endswith(("\n", "\r"))
    if ends_open and not reads_as(file_name, result.encode(), planner.values):
        result += line_end_of(fields)  # a text that stands at the end now may end in a line break
    check_result(file_name, result.encode(), planner.values, body, changes[-1].path)
    return result.encode()


def values_after(file_name: str, values: Mapping[str, Raw], changes: Sequence[Change]) -> dict[str, Raw]:
    """Return the plain `values` of a file as they are after `changes`. Raises `NotEdited` for one that cannot be made."""
    planner = Planner(file_name, deepcopy(dict(values)), Declarations.of(file_name))
    for change in changes:
        for _ in planner.moves(change):
            pass
    return planner.values


def _unusual(file: str, path: KeyPath, says: str) -> NotEdited:
    return NotEdited(UNUSUAL.at(file, *path, says=f"{says}，程序改不了", hint=UNUSUAL.fix))


def _changed_body(parts: FileParts, body: str, change: Change, file: str) -> str:
    if isinstance(change, Remove):
        return ""
    if isinstance(change, Insert) or not isinstance(change.value, str):
        raise _unusual(file, BODY, "正文是一段文字")
    return with_text(body, change.value, line_end_of(parts.fields))
