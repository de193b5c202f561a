"""The lines of a text: what stands in paragraphs, line by line, and the tables between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.office.documents import Block, Cell, Origin, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text and where it stands; or a whole table inside a text, whose rows are then lines of `text`."""

    text: str
    origin: Origin
    table: Table | None = None


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Return the filled lines of paragraphs, and the tables between them."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += [Line(text, block.origin) for text in block.shown.split("\n") if text.strip()]
        elif text := "\n".join(filter(None, (row_text(row, index) for index, row in enumerate(block.grid)))):
            lines.append(Line(text, block.origin, block))
    return lines


def row_text(cells: Sequence[Cell], row: int) -> str:
    """Return the cells that begin in a row of a grid, separated by tabs."""
    own = [cell.text for column, cell in enumerate(cells) if (cell.row, cell.column) == (row, column)]
    return "\t".join(own).strip("\t")
