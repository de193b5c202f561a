"""Makes passages of labelled texts: lists are taken apart, boxes read, parts with labels of their own divided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.office.documents import Origin
from builder.office.shapes.entries import read_entries
from builder.office.shapes.lines import Line
from builder.office.shapes.nested_tables import entries_of_table
from builder.office.shapes.sections import Part, bracketed_parts, labelled_parts, origin_of
from builder.office.shapes.source_item import Entry, Passage, Section
from builder.office.shapes.ticks import ticked
from builder.office.shapes.vocabulary import Vocabulary


def passage(label: str, field: str, lines: Sequence[Line], origin: Origin, vocabulary: Vocabulary) -> Passage:
    """Return what stands behind one label."""
    text = "\n".join(line.text for line in lines).strip()
    holds = vocabulary.holds(field)
    if holds not in ("list", "steps") or not text:
        return Passage(label, field, text, origin, chosen=ticked(text))
    if (entries := _of_tables(lines, vocabulary)) is not None:
        around = tuple(line.text for line in lines if line.table is None)
        return Passage(label, field, text, origin, entries, notes=around)
    listed = read_entries(lines, steps=holds == "steps")
    return Passage(label, field, text, origin, listed.entries, listed.lead, listed.notes)


def passages_of(
    label: str, field: str, lines: Sequence[Line], origin: Origin, vocabulary: Vocabulary
) -> tuple[list[Passage], list[Section]]:
    """Return what stands in a cell or behind a label: more than one passage if it is divided by titles or labels.

    Titles in 【】 divide a text only if one of them is that of a guide; else they are an outline of what is to be published.
    """
    if vocabulary.holds(field) in ("list", "steps"):
        return [passage(label, field, lines, origin, vocabulary)], []
    parts = bracketed_parts(lines, vocabulary)
    if parts and _is_guide(parts, vocabulary):
        made = [one for part in parts for one in _of_part(part, label, field, origin, vocabulary)]
        return made, [Section(part.title, part.text) for part in parts if part.title]
    if vocabulary.holds(field) == "parts" or field in ("", "disclosure_content", "notes"):
        labelled = labelled_parts(lines, vocabulary)
        if labelled:
            return [one for part in labelled for one in _of_part(part, label, field, origin, vocabulary)], []
    return [passage(label, field, lines, origin, vocabulary)], []


def _of_part(part: Part, label: str, field: str, origin: Origin, vocabulary: Vocabulary) -> Iterator[Passage]:
    own = vocabulary.field_of(part.title) if part.title else field
    place = origin_of(part, origin)
    if vocabulary.holds(own) == "parts" and (inner := labelled_parts(part.lines, vocabulary)):
        for one in inner:
            yield from _of_part(one, part.title, own, place, vocabulary)
        return
    yield passage(part.title or label, own, part.lines, place, vocabulary)


def _is_guide(parts: Sequence[Part], vocabulary: Vocabulary) -> bool:
    if any(vocabulary.field_of(part.title) in vocabulary.guide for part in parts if part.title):
        return True
    labels = (inner for part in parts for inner in labelled_parts(part.lines, vocabulary))
    return any(vocabulary.field_of(inner.title) in vocabulary.guide for inner in labels if inner.title and inner.text)


def _of_tables(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[Entry, ...] | None:
    """Return the entries of the tables among `lines`, None if there is none with a header of its own."""
    found = [entries_of_table(line.table, vocabulary) for line in lines if line.table is not None]
    known = [entries for entries in found if entries is not None]
    return tuple(entry for entries in known for entry in entries) if known and len(known) == len(found) else None
