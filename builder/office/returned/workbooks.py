"""Workbooks that come home: which they are, and what came home in them. An item that the site has not is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from builder.office.documents.limits import MAX_FILE
from builder.office.documents.whole_sheets import WholeSheet, whole_sheets
from builder.office.export.item_sheets import ID, PATH
from builder.office.returned.disclosure_workbook import disclosure_page, returned_list
from builder.office.returned.item_workbook import is_item_workbook, returned_workbook
from builder.office.returned.outcome import Remark
from builder.office.returned.returned_item import ReturnedItem
from builder.office.returned.versions import Library, NotAtHome, Versions


def own_sheets(path: Path) -> Sequence[WholeSheet]:
    """Return the sheets of a workbook that we exported, () for any other. Raises `Unreadable`."""
    sheets = whole_sheets(path)
    return sheets if is_item_workbook(sheets) or disclosure_page(sheets) else ()


def may_be_own(path: Path) -> bool:
    """Tell whether it is worth while to convert a workbook of an old program: whether our words stand in its bytes."""
    data = path.read_bytes() if path.stat().st_size <= MAX_FILE else b""
    return data.startswith(b"PK") or any(mark.encode("utf-16-le") in data for mark in (ID, PATH))


def items_in(
    sheets: Sequence[WholeSheet], properties: Mapping[str, str], library: Library
) -> tuple[list[tuple[ReturnedItem, Versions]], list[Remark]]:
    """Return what came home in a workbook of ours, and what is to be told of it. Raises `NotAtHome` for a disclosure list."""
    document = sheets[0].document
    if page := disclosure_page(sheets):
        id, digest = properties.get("bszn-list", ""), properties.get("bszn-digest", "")
        versions = library.versions_of_list(document, id, page.title, digest)
        returned = returned_list(document, id, digest, page, versions.base)
        return [(returned.item, versions)], [*returned.remarks]
    home = returned_workbook(sheets)
    library.read_ahead(item.id for item in home.items)
    found, remarks = [], [*home.remarks]
    for item in home.items:
        try:
            found.append((item, library.versions(document, item.id, item.digest)))
        except NotAtHome as unknown:
            remarks.append(Remark(item.part.place, unknown.says, unknown.hint))
    return found, remarks
