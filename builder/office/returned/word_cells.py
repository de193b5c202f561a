"""From a cell of a table in Word to the texts of the fields in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from builder.form.item_form import Cell, TableBlock
from builder.form.layout import MARKS
from builder.office.export.form_document import tag_of
from builder.office.returned.same_text import tidied
from builder.office.returned.word_parts import WordCell, WordParagraph, WordRow, WordTable
from builder.support.diagnostics import KeyPath

_PROMPT = re.compile(r"〔(?:未填|请选|\s*)〕")
_MARK = re.compile(r"【([^】]+)】\s*")
_MARK_WORDS = frozenset(word for marks in MARKS.values() for word in marks.values())


def written(text: str) -> str:
    """Return what somebody wrote in a cell, without our prompts."""
    return tidied(_PROMPT.sub("", text))


def mark_and_text(text: str) -> tuple[str, str]:
    """Return the mark that stands before the name of a group, "" for none, and the name."""
    match = _MARK.match(text)
    return (match[1], text[match.end() :]) if match and match[1] in _MARK_WORDS else ("", text)


def texts_in(cell: WordCell, fields: Sequence[Cell]) -> Mapping[KeyPath, str]:
    """Return the texts of the fields in a cell, by the tags of the controls, or else by the labels before them.

    A text before the first label is that of the field for which the record stands alone, or of the first one.
    """
    if not fields:
        return {}
    if len(fields) == 1:
        return {fields[0].path: written(_without_label(cell.text, fields[0].label))}
    tags = {tag_of(one.path): one for one in fields}
    found: dict[KeyPath, list[str]] = {one.path: [] for one in fields}
    last = fields[-1] if fields[-1].slot.keys[-1] == "copy" else fields[0]
    for paragraph in cell.paragraphs:
        last = _field_of(paragraph, fields, tags) or last
        found[last.path].append(_without_label(paragraph.text, last.label))
    return {path: written("\n".join(lines)) for path, lines in found.items()}


def _field_of(paragraph: WordParagraph, fields: Sequence[Cell], tags: Mapping[str, Cell]) -> Cell | None:
    labelled = (one for one in fields if _begins_with(paragraph.text, one.label))
    return next(labelled, None) or next((tags[tag] for tag in paragraph.tags if tag in tags), None)


def _begins_with(text: str, label: str) -> bool:
    return bool(label) and text.lstrip().replace(":", "：", 1).startswith(f"{label}：")


def _without_label(text: str, label: str) -> str:
    return text.lstrip()[len(label) + 1 :] if _begins_with(text, label) else text


def columns_of(table: WordTable, block: TableBlock) -> Sequence[int | None]:
    """Return which column of the form each column of a table is: -1 for that of numbers, None for one of nobody's."""
    heads: list[int | None] = []
    known = {block.numbered: -1, **{column.heading: at for at, column in enumerate(block.columns)}}
    for cell in table.rows[0].cells:
        heads += [known.get(cell.text.split("\n")[0])] * cell.span
    if len({one for one in heads if one is not None}) < len(known) and len(heads) == len(known):
        missing = iter(sorted({*known.values()} - {*heads}, key=lambda one: one or 0))
        heads = [next(missing, None) if one is None else one for one in heads]
    return heads


def by_column(row: WordRow, heads: Sequence[int | None]) -> Iterator[tuple[int, WordCell]]:
    """Yield the cells of a row with their columns of the form. What others cover says nothing, and is left out."""
    at = 0
    for cell in row.cells:
        head = heads[at] if at < len(heads) else None
        if head is not None and not cell.is_covered:
            yield head, cell
        at += cell.span
