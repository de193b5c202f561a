"""`Document`: what a file of an office says, without its looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text stands. Numbers count from 1 as a person counts in the open document; 0 means "not in one"."""

    document: str
    sheet: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0
    part: str = ""  # such as 文本框, when it is not in the running text

    @property
    def place(self) -> str:
        """The place inside the document, for a reader: 工作表“事项”B5, 表2第3行, 第14段."""
        if self.sheet:
            cell = f"{column_letters(self.column) if self.column else '第'}{self.row}{'' if self.column else '行'}"
            return f"工作表“{self.sheet}”{cell if self.row else ''}"
        if self.table:
            row = f"第{self.row}行" if self.row else ""
            column = f"第{self.column}格" if self.column else ""
            return f"表{self.table}{row}{column}{self.part}"
        return f"第{self.paragraph}段{self.part}" if self.paragraph else self.part

    def __str__(self) -> str:
        return f"{self.document} {self.place}".rstrip()


class RemarkKind(StrEnum):
    """What a remark is: a text beside the running text, or word of something that was left out."""

    COMMENT = "批注"
    FOOTNOTE = "脚注"
    REVISION = "修订"
    HIDDEN = "隐藏"
    PICTURE = "图片"
    MARGIN = "页眉页脚"
    DRAWING = "图形"
    NAVIGATION = "网页其他部分"
    VALUE = "单元格"
    FILE = "文件"


# Remarks that hold words of the document; the others are words of the program about it.
_SAID_BY_THE_DOCUMENT = frozenset(
    {RemarkKind.COMMENT, RemarkKind.FOOTNOTE, RemarkKind.MARGIN, RemarkKind.DRAWING, RemarkKind.NAVIGATION}
)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader has to know beside the text itself."""

    kind: RemarkKind
    text: str
    origin: Origin

    @property
    def is_text(self) -> bool:
        """Whether `text` is text of the document, and not what the program says of it."""
        return self.kind in _SAID_BY_THE_DOCUMENT

    def __str__(self) -> str:
        return f"{self.kind}：{self.text}（{self.origin.place}）" if self.origin.place else f"{self.kind}：{self.text}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. Its lines are separated by line feeds, tabs stay tabs.

    `number` is the automatic number or "" (also for bullets), as Word shows it: ``1.``, ``（一）``. `level` is the depth
    in its list from 0. `heading` is the level of a heading from 1, else 0. `stands_out` says whether all of it is bold or
    centred. `in_box` says whether it stands in a text box.
    """

    text: str
    origin: Origin
    number: str = ""
    level: int = 0
    heading: int = 0
    stands_out: bool = False
    in_box: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def shown(self) -> str:
        """The text after its automatic number."""
        if not self.number or not self.text:
            return self.number or self.text
        space = " " if self.number[-1].isascii() and self.number[-1].isalnum() else ""
        return f"{self.number}{space}{self.text}"


@dataclass(frozen=True)
class Cell:
    """A cell of a table. One that spans several rows or columns is the same object in each place of the grid.

    `merged` says whether the document declares it merged, even if that came down to a single place.
    """

    blocks: tuple[Block, ...]
    origin: Origin
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    merged: bool = False

    @cached_property
    def text(self) -> str:
        """All of its text, a line for each paragraph and for each row of a table inside it."""
        return "\n".join(line for block in self.blocks for line in _lines(block)).strip("\n")

    @cached_property
    def is_empty(self) -> bool:
        """Whether nobody can see any text in it."""
        return not self.text.strip("\u200b\ufeff").strip()

    @property
    def remarks(self) -> Iterator[Remark]:
        """The remarks on its paragraphs."""
        return remarks_in(self.blocks)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of `width` columns. `header_rows` are the rows, from 0, that are repeated on every page."""

    grid: tuple[tuple[Cell, ...], ...]
    origin: Origin
    header_rows: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.grid[0]) if self.grid else 0


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its name, its blocks in reading order, and the remarks that belong to no block."""

    name: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs, also those in tables, in order. A merged cell is met once."""
        return paragraphs_in(self.blocks)

    @property
    def all_remarks(self) -> Iterator[Remark]:
        """The remarks of the document and of all its blocks."""
        yield from self.remarks
        yield from remarks_in(self.blocks)


def paragraphs_in(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of `blocks` and of the tables in them. A merged cell is met once."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for cell in cells_of(block):
            yield from paragraphs_in(cell.blocks)


def cells_of(table: Table) -> Iterator[Cell]:
    """Yield each cell of a table once, row by row."""
    for row, cells in enumerate(table.grid):
        for column, cell in enumerate(cells):
            if (cell.row, cell.column) == (row, column):
                yield cell


def remarks_in(blocks: Sequence[Block]) -> Iterator[Remark]:
    """Yield the remarks on the paragraphs of `blocks`."""
    for paragraph in paragraphs_in(blocks):
        yield from paragraph.remarks


def column_letters(column: int) -> str:
    """Return the letters of a column of a worksheet, which count from 1: A, …, Z, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.shown
        return
    for row, cells in enumerate(block.grid):
        own = [cell for column, cell in enumerate(cells) if (cell.row, cell.column) == (row, column)]
        yield "\t".join(cell.text for cell in own)
