"""Finds what a document is, and the items in it: a list with one item a row, a form for each, guides in running text.

`read_items` returns `SourceItem`s: texts only, with their places. What they mean, the next room thinks about.
"""

from __future__ import annotations

from builder.office.shapes.recognition import read_items
from builder.office.shapes.source_item import Entry, Leftover, Passage, Reading, Recognised, Section, SourceItem
from builder.office.shapes.vocabulary import Vocabulary, vocabulary

__all__ = [
    "Entry",
    "Leftover",
    "Passage",
    "Reading",
    "Recognised",
    "Section",
    "SourceItem",
    "Vocabulary",
    "read_items",
    "vocabulary",
]
