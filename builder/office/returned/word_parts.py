"""What a Word document holds that may be a form: its properties, and its paragraphs and tables with tags and bookmarks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from builder.office.documents.markup import Element, attribute, child, children, local_name, value
from builder.office.documents.package import Package, forget
from builder.office.documents.word_text import read_text
from builder.office.returned.same_text import tidied

PROPERTIES: Final = "docProps/custom.xml"
_CORE: Final = "docProps/core.xml"
_MAIN: Final = "word/document.xml"
_MOST_OF_A_FORM: Final = 200_000  # bytes, in which there is the heading and the first table


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph: its text with tracked changes accepted, and the tags of the controls in it or around it."""

    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a table; `span` is how many columns it covers. `is_covered` if it is merged with the one above it."""

    paragraphs: tuple[WordParagraph, ...]
    span: int = 1
    is_covered: bool = False

    @property
    def text(self) -> str:
        """What stands in it, line by line."""
        return tidied("\n".join(one.text for one in self.paragraphs))


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table, with the bookmarks in it; `is_deleted` if it is deleted by a tracked change."""

    cells: tuple[WordCell, ...]
    bookmarks: tuple[str, ...] = ()
    is_deleted: bool = False

    @property
    def tags(self) -> Iterator[str]:
        """The tags of the controls in it."""
        return (tag for cell in self.cells for one in cell.paragraphs for tag in one.tags)


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table."""

    rows: tuple[WordRow, ...]


def properties_of(path: Path) -> Mapping[str, str]:
    """Return the properties of a document of Word or Excel; its identifier is at ``identifier``. Raises `Unreadable`."""
    found: dict[str, str] = {}
    with Package(path) as package:
        if PROPERTIES in package:
            for element in package.elements(PROPERTIES, ("{*}property",)):
                found[attribute(element, "name")] = "".join(map(str, element.itertext())).strip()
        if _CORE in package:
            for element in package.elements(_CORE, ("{*}identifier",)):
                found["identifier"] = (element.text or "").strip()
    return found


def holds(path: Path, marks: Collection[bytes]) -> bool:
    """Tell whether the text of a Word document holds one of `marks`, as far as that is read quickly. Raises `Unreadable`."""
    with Package(path) as package:
        start = package.start_of(package.main_part(_MAIN), _MOST_OF_A_FORM)
    return any(mark in start for mark in marks)


def word_parts(path: Path) -> list[WordParagraph | WordTable]:
    """Return the paragraphs and tables of a Word document in their order. Raises `Unreadable`."""
    parts: list[WordParagraph | WordTable] = []
    depth = 0
    with Package(path) as package:
        main = package.main_part(_MAIN)
        for event, element in package.events(main, ("start", "end"), ("{*}tbl", "{*}p")):
            is_table = local_name(element) == "tbl"
            if event == "start":
                depth += is_table
                continue
            depth -= is_table
            if depth == 0 and not _is_inside(element, "txbxContent"):
                parts.append(_table(element) if is_table else _paragraph(element))
                forget(element)
    return parts


def _table(table: Element) -> WordTable:
    return WordTable(tuple(_row(row) for row in table.iter("{*}tr") if _next_above(row, "tbl") is table))


def _row(row: Element) -> WordRow:
    cells = tuple(_cell(cell) for cell in row.iter("{*}tc") if _next_above(cell, "tr") is row)
    bookmarks = tuple(attribute(one, "name") for one in row.iter("{*}bookmarkStart"))
    properties = child(row, "trPr")
    return WordRow(cells, bookmarks, properties is not None and child(properties, "del") is not None)


def _cell(cell: Element) -> WordCell:
    properties = child(cell, "tcPr")
    span = value(properties, "gridSpan") if properties is not None else ""
    merged = child(properties, "vMerge") if properties is not None else None
    is_covered = merged is not None and attribute(merged, "val") != "restart"
    columns = int(span) if span.isdecimal() and len(span) < 4 else 1
    return WordCell(tuple(map(_paragraph, cell.iter("{*}p"))), columns, is_covered)


def _paragraph(paragraph: Element) -> WordParagraph:
    tags = [value(one, "tag") for one in paragraph.iter("{*}sdtPr")]
    for above in paragraph.iterancestors("{*}sdt", "{*}tc"):
        if local_name(above) == "tc":
            break
        tags += [value(one, "tag") for one in children(above, "sdtPr")]
    for prompt in [*paragraph.iter("{*}showingPlcHdr")]:
        # Programs that fill in a control may leave the mark of its prompt; our prompts are known by their text.
        if (holder := prompt.getparent()) is not None:
            holder.remove(prompt)
    return WordParagraph("".join(read_text(paragraph).parts), tuple(filter(None, tags)))


def _next_above(element: Element, name: str) -> Element | None:
    return next(element.iterancestors(f"{{*}}{name}"), None)


def _is_inside(element: Element, name: str) -> bool:
    return next(element.iterancestors(f"{{*}}{name}"), None) is not None
