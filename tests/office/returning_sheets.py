"""Workbooks that come home without Excel between: their sheets with some cells changed, read and made into changes."""

from __future__ import annotations

import difflib
import marshal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms_world import World, world_of
from returning import outcome

from builder.content.model.companions import Area
from builder.content.model.item import Item
from builder.content.parsing import parse
from builder.editing import edited
from builder.office.documents.whole_sheets import SheetRow, WholeSheet
from builder.office.export.exported import ExportedItem
from builder.office.export.item_sheets import ItemSheet, item_sheets
from builder.office.returned.item_workbook import ReturnedWorkbook, returned_workbook
from builder.office.returned.outcome import Outcome


@dataclass
class Grid:
    """A sheet as people see it: rows of texts, the headings first."""

    name: str
    rows: list[list[str]]

    def at(self, heading: str) -> int:
        return self.rows[0].index(heading)

    def row(self, **cells: str) -> list[str]:
        """Return the first row with these texts, by heading."""
        return next(row for row in self.rows[1:] if all(row[self.at(name)] == text for name, text in cells.items()))

    def set(self, row: list[str], **cells: str) -> None:
        for heading, text in cells.items():
            row[self.at(heading)] = text

    def empty(self, row: list[str], *, locked: Sequence[str] = ("事项编号", "事项", "情形", "位置")) -> None:
        """Empty the white cells of a row."""
        row[:] = [text if heading in locked else "" for heading, text in zip(self.rows[0], row, strict=True)]

    def add(self, cells: Mapping[str, str], at: int | None = None) -> None:
        """Write a new row, at the end or before row `at`."""
        row = [cells.get(heading, "") for heading in self.rows[0]]
        assert cells.keys() <= {*self.rows[0]}
        self.rows.insert(len(self.rows) if at is None else at, row)


class Book:
    """The workbook of some items, and what comes of it when it comes home."""

    def __init__(self, *ids: str, world: World | None = None) -> None:
        self.world = world or world_of(ids[0])
        self.item = self.world.item(ids[0])
        self.sheets = grids(self.world, map(self.world.item, ids))

    def __getitem__(self, name: str) -> Grid:
        return self.sheets[name]

    def home(self) -> ReturnedWorkbook:
        return returned_workbook(whole(self.sheets.values()))

    def outcome(self) -> Outcome:
        """Return what comes of the first item."""
        return outcome(self.item, self.world, self.home().items[0])

    def after(self) -> bytes:
        """Return the file of the first item after the import, of which there is nothing to tell."""
        home = self.home()
        assert not [str(remark) for remark in home.remarks]
        found = outcome(self.item, self.world, home.items[0])
        assert not [str(remark) for remark in found.remarks]
        assert not found.conflicts
        return edited(self.item.card.file, self.world.data[self.item.card.file], found.changes)

    def diff(self) -> list[str]:
        """Return the lines that go, with “-”, and those that come, with “+”, in the file of the first item."""
        before = self.world.data[self.item.card.file]
        lines = difflib.unified_diff(_lines(before), _lines(self.after()), n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]

    def again(self) -> dict[str, Grid]:
        """Return the workbook of the first item as it is after the import."""
        item = exported_again(self.item, self.after())
        assert item
        return grids(self.world, [item])


def places(before: bytes, after: bytes) -> int:
    """Return in how many places a file has changed."""
    matcher = difflib.SequenceMatcher(None, _lines(before), _lines(after), autojunk=False)
    return sum(kind != "equal" for kind, *_ in matcher.get_opcodes())


def _lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


def grids(world: World, items: Iterable[ExportedItem]) -> dict[str, Grid]:
    """Return the sheets of a workbook of these items."""
    areas = {area.id: area.record.name for area in world.site.all(Area)}
    return {sheet.name: _grid(sheet) for sheet in item_sheets(items, world.names, areas)}


def _grid(sheet: ItemSheet) -> Grid:
    headings = [column.heading for column in sheet.columns]
    return Grid(sheet.name, [headings, *([row.get(heading, "") for heading in headings] for row in sheet.rows)])


def whole(grids: Iterable[Grid]) -> Sequence[WholeSheet]:
    """Return the sheets as they are read from a file."""
    return [WholeSheet("表.xlsx", grid.name, [*_rows(grid)]) for grid in grids]


def _rows(grid: Grid) -> Iterable[SheetRow]:
    for number, row in enumerate(grid.rows, 1):
        if any(row):
            yield SheetRow(number, {column: text for column, text in enumerate(row, 1) if text}, {})


def exported_again(one: ExportedItem, data: bytes) -> ExportedItem | None:
    """Return an item as its file says it now, None if the file is not valid any more."""
    parsed = parse(one.card.file, data)
    raws = marshal.loads(parsed.raw_records) if parsed.raw_records else {}
    if not raws:
        return None
    (raw,) = raws.values()
    try:
        return ExportedItem(one.card, Item.model_validate(raw), raw, one.digest, one.edition)
    except ValueError:
        return None
