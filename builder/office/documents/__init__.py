"""Reads a document of an office into a `Document`: paragraphs and tables in order, each with the place where it stands.

Needs the extra ``office``. Nothing here knows what a service guide is.
"""

from __future__ import annotations

from builder.office.documents.document import (
    Block,
    Cell,
    Document,
    Origin,
    Paragraph,
    Remark,
    RemarkKind,
    Table,
    cells_of,
)
from builder.office.documents.opening import read_document
from builder.office.documents.unreadable import Unreadable

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Origin",
    "Paragraph",
    "Remark",
    "RemarkKind",
    "Table",
    "Unreadable",
    "cells_of",
    "read_document",
]
