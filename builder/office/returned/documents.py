"""Which documents are exported ones that come home, and the items in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from builder.office.documents import Unreadable, read_document
from builder.office.documents.converted import converted
from builder.office.documents.document import RemarkKind
from builder.office.documents.limits import MAX_FILE
from builder.office.documents.opening import EXCEL, OLD_EXCEL, OLD_WORD, WORD, kind_of
from builder.office.documents.whole_sheets import WholeSheet
from builder.office.export.exported import FORM_VERSION
from builder.office.export.form_document import HOW
from builder.office.returned.outcome import Outcome, Remark
from builder.office.returned.returned_item import ReturnedItem
from builder.office.returned.versions import Library, Versions
from builder.office.returned.word_form_reader import returned_form
from builder.office.returned.word_parts import WordParagraph, WordTable, holds, properties_of, word_parts
from builder.office.returned.workbooks import items_in, may_be_own, own_sheets

_TOLD: Final = (RemarkKind.COMMENT, RemarkKind.REVISION, RemarkKind.FOOTNOTE, RemarkKind.DRAWING)
_OUR_MARKS: Final = (HOW[0][:20].encode(), b'"p_name"')  # of a form whose properties are gone


@dataclass(frozen=True, slots=True)
class HomeDocument:
    """A document that we exported, with its properties, and the sheets of a workbook or what a form says."""

    path: Path
    properties: Mapping[str, str]
    sheets: Sequence[WholeSheet] = ()
    form: FormText | None = None  # None for a form that can be read where it is


@dataclass(frozen=True, slots=True)
class FormText:
    """What a form says: its paragraphs and tables, and what is to be told of the document."""

    parts: Sequence[WordParagraph | WordTable]
    told: Sequence[str]

    @classmethod
    def of(cls, path: Path) -> Self:
        """Read a form. Raises `Unreadable`."""
        told = [str(one) for one in read_document(path).remarks if one.kind in _TOLD]
        return cls(word_parts(path), told)


@dataclass(frozen=True, slots=True)
class HomeItem:
    """An item in such a document, with the versions of its file."""

    returned: ReturnedItem
    versions: Versions


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an item that came home."""

    item: HomeItem
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class HomeContents:
    """The items in a document, and what is to be told of the document itself."""

    document: str
    items: Sequence[HomeItem]
    remarks: Sequence[Remark] = ()


def home_document(path: Path) -> HomeDocument | None:
    """Return the document if it is one that we exported, None for any other, also one that cannot be read."""
    try:
        kind = kind_of(path) if path.is_file() else ""
        if kind == EXCEL:
            return _workbook(path, path)
        if kind == OLD_EXCEL and may_be_own(path):
            with converted(path, EXCEL) as copy:
                return _workbook(path, copy)
        if kind == OLD_WORD and _may_be_own_form(path):
            with converted(path, WORD) as copy:
                properties = properties_of(copy)
                is_own = "bszn-item" in properties or holds(copy, _OUR_MARKS)
                return HomeDocument(path, properties, form=FormText.of(copy)) if is_own else None
        if kind == WORD and ("bszn-item" in (properties := properties_of(path)) or holds(path, _OUR_MARKS)):
            return HomeDocument(path, properties)
    except (Unreadable, OSError):
        return None
    return None


def _may_be_own_form(path: Path) -> bool:
    """Tell whether it is worth while to convert a document of an old program: whether our words may stand in its bytes."""
    data = path.read_bytes() if path.stat().st_size <= MAX_FILE else b""
    return data.startswith((b"PK", b"{\\rtf")) or HOW[0][:20].encode("utf-16-le") in data


def _workbook(path: Path, copy: Path) -> HomeDocument | None:
    sheets = own_sheets(copy)
    return HomeDocument(path, properties_of(copy), sheets) if sheets else None


def home_contents(document: HomeDocument, library: Library) -> HomeContents:
    """Return the items in a document. Raises `Unreadable`, and `NotAtHome` for an item that the site does not have."""
    name, properties = document.path.name, document.properties
    if properties.get("bszn-form", FORM_VERSION) != FORM_VERSION:
        raise Unreadable(f"“{name}”是另一个版本的程序导出的，读不了", "用那个版本导入，或者重新导出一份再改。")
    if document.sheets:
        found, told = items_in(document.sheets, properties, library)
        return HomeContents(name, [HomeItem(returned, versions) for returned, versions in found], told)
    return HomeContents(name, [_form(document, library)])


def _form(document: HomeDocument, library: Library) -> HomeItem:
    name, properties = document.path.name, document.properties
    form = document.form or FormText.of(document.path)
    parts, remarks = form.parts, form.told
    id = properties.get("bszn-item") or properties.get("identifier", "")
    if not library.has(id):
        title = next((one.text.strip() for one in parts if isinstance(one, WordParagraph) and one.text.strip()), "")
        id = library.called(title) or id or title
    versions = library.versions(name, id, properties.get("bszn-digest", ""))
    returned = returned_form(name, id, properties.get("bszn-digest", ""), parts, versions.form)
    return HomeItem(replace(returned, remarks=(*returned.remarks, *remarks)), versions)
