"""Exported items come home: the file changes in exactly the lines of what was changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

import pytest
from forms_world import World, sample, stated, worlds
from returning import Rows, file_after, form_of, home, outcome
from site_folder import sample_content
from stated_site import StatedSite

from builder.content.model.item import Item
from builder.content.source import Raw, positions_in, read
from builder.editing import NotEdited
from builder.form.item_form import BLANK, Cell, item_form
from builder.form.slots import Kind
from builder.office.export.exported import ExportedItem
from builder.office.returned.returned_item import ReturnedRecord
from builder.office.returned.same_text import same
from builder.support.diagnostics import KeyPath

SHORT = """\
name: 登记
time: 15个工作日
materials:
  - id-card
  - name: 照片
    copies: 2
  - name: 表
    copies: {copy: 1, original: 1}
fees: {amount: 10, per: 张}
channels: 窗口办理
"""


def bytes_of(exported: ExportedItem) -> bytes:
    if exported.card.id in ("main", "ended"):
        return dict(StatedSite().files)[exported.card.file].encode()
    return (sample_content().parent / exported.card.file).read_bytes()


def cells_of(exported: ExportedItem, world: World) -> dict[KeyPath, Cell]:
    return {
        cell.path: cell
        for cell in form_of(exported, world).cells
        if not any(str(step).startswith(BLANK) for step in cell.path)
    }


def other(cell: Cell, world: World) -> str:
    """Return another text that may stand in a cell."""
    slot = cell.slot
    if slot.kind is Kind.REFERENCE:
        names = (name for name in world.names.all(slot.field.reference).values() if name not in cell.text.split("\n"))
        return next(names, "没有的")
    if slot.kind in (Kind.CHOICE, Kind.FLAG) and slot.choices:
        return next((one for one in slot.choices if one not in cell.text), slot.choices[0])
    first, *others = cell.text.split("\n")
    return "\n".join([f"{first}改", *others])


def raw_of(exported: ExportedItem, data: bytes) -> Mapping[str, Raw]:
    document, findings = read(exported.card.file, data)
    assert document, findings
    return document.raw


def is_changed_there_only(exported: ExportedItem, world: World, path: KeyPath, text: str) -> bool:
    """Change one cell, and hold the file against its lines before, and against what its form says then."""
    before = cells_of(exported, world)
    data = bytes_of(exported)
    found = outcome(exported, world, home(exported, world, {path: text}))
    try:
        after = file_after(exported, data, found)
    except NotEdited:  # the name of an item that has nothing else
        return False
    first, last = lines_of(exported, data, path if text else path[:-1])
    old, new = data.decode().splitlines(), after.decode().splitlines()
    assert (old[:first], old[last:]) == (new[:first], new[len(new) - len(old) + last :]), (exported.card.id, path)
    try:
        item = Item.model_validate(raw_of(exported, after))
    except ValueError:
        return False
    now = {cell.path: cell.text for cell in item_form(item, raw_of(exported, after), world.names).cells}
    if text:
        assert same(now[path], text), (exported.card.id, path)
        said = {at: cell.text for at, cell in before.items() if at != path and cell.text}
        assert {at: now.get(at) for at in said} == said, (exported.card.id, path)
    return True


def lines_of(exported: ExportedItem, data: bytes, path: KeyPath) -> tuple[int, int]:
    """Return the lines of a file from the first to behind the last that the field at `path` has, or what holds it."""
    positions = positions_in(data, exported.card.file)
    keys = {**positions.values, **positions.keys}
    while path and path not in keys:
        path = path[:-1]
    lines = [where.line for at, where in keys.items() if at[: len(path)] == path]
    behind = [
        where.line for at, where in keys.items() if at[: len(path)] != path[: len(at)] and where.line > max(lines)
    ]
    return (min(lines) - 1 if path else 0), min(behind, default=len(data.splitlines()) + 1) - 1


def test_what_comes_home_as_it_went_out_changes_nothing() -> None:
    looked_at = 0
    for world in worlds():
        for exported in world.exported:
            found = outcome(exported, world, home(exported, world))
            assert (found.changes, found.differences, found.remarks, found.conflicts) == ([], [], [], []), (
                exported.card.id
            )
            looked_at += 1
    assert looked_at > 200


def some_cells(offset: int) -> Iterator[tuple[ExportedItem, World, Cell]]:
    """Yield some cells of the item that states all fields, and one of each eighth item, other ones in each."""
    main = stated().item("main")
    yield from ((main, stated(), cell) for cell in islice(cells_of(main, stated()).values(), offset, None, 25))
    for number, exported in enumerate(islice(sample().exported, offset, None, 8)):
        cells = [*cells_of(exported, sample()).values()]
        yield exported, sample(), cells[number * 7 % len(cells)]


def test_one_changed_cell_changes_the_lines_of_its_field_only() -> None:
    cells = list(some_cells(0))
    valid = [is_changed_there_only(exported, world, cell.path, other(cell, world)) for exported, world, cell in cells]
    assert len(cells) > 40
    assert sum(valid) > len(cells) * 0.6


def test_an_emptied_cell_is_no_longer_in_the_file() -> None:
    cells = [(exported, world, cell) for exported, world, cell in some_cells(1) if cell.text]
    valid = [is_changed_there_only(exported, world, cell.path, "") for exported, world, cell in cells]
    assert len(cells) > 25
    assert sum(valid) > len(cells) * 0.5


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        (("time", "promised"), "5天", ["-time: 15个工作日", "+time: 5天"]),
        (("time", "statutory"), "20天", ["-time: 15个工作日", "+time:", "+  promised: 15个工作日", "+  statutory: 20天"]),
        (("materials", 1, "copies", "copy"), "3", ["-    copies: 2", "+    copies: 3"]),
        (("materials", 1, "copies", "copy"), "", ["-    copies: 2"]),
        (("materials", 1, "copies", "original"), "1", ["-    copies: 2", "+    copies: {original: 1, copy: 2}"]),
        (("materials", 2, "copies", "copy"), "3", ["-    copies: {copy: 1, original: 1}", "+    copies: {copy: 3, original: 1}"]),
        (("materials", 2, "copies", "copy"), "", ["-    copies: {copy: 1, original: 1}", "+    copies: {original: 1}"]),
        (("materials", 0, "ref"), "居民户口簿", ["-  - id-card", "+  - household-book"]),
        (("materials", 0, "ref"), "别的证", ["-  - id-card", "+  - 别的证"]),
        (("materials", 0, "form"), "原件", ["-  - id-card", "+  - ref: id-card", "+    form: 原件"]),
        (("materials", 1, "name"), "居民身份证", ["-  - name: 照片", "+  - ref: id-card"]),
        (("fees", 0, "amount"), "12", ["-fees: {amount: 10, per: 张}", "+fees: {amount: 12, per: 张}"]),
        (("channels",), "窗口办理、网上办理", ["-channels: 窗口办理", "+channels:", "+  - 窗口办理", "+  - 网上办理"]),
        (("summary",), "一句话", ["+summary: 一句话"]),
    ],
)  # fmt: skip
def test_short_forms_stay_short_where_they_can(path: KeyPath, text: str, lines: list[str]) -> None:
    assert changed_lines(SHORT, {path: text}) == lines


def changed_lines(text: str, cells: Mapping[KeyPath, str], rows: Mapping[KeyPath, Rows] | None = None) -> list[str]:
    """Return the lines of a file that are different after cells or rows were changed."""
    card = next(card for card in sample().site.cards if card.id == "shebaoka-shenban")
    document, _ = read(card.file, text.encode())
    assert document
    exported = ExportedItem(card, Item.model_validate(document.raw), document.raw, "", "")
    world = sample()
    found = outcome(exported, world, home(exported, world, cells, rows or {}, fresh=True))
    after = file_after(exported, text.encode(), found).decode()
    lines = difflib.unified_diff(text.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_text_that_is_only_spelled_otherwise_changes_nothing() -> None:
    assert changed_lines(SHORT, {("channels",): "窗口办理，"}) == []
    assert changed_lines(SHORT, {("name",): " 登记\r\n"}) == []


def test_what_is_not_there_is_stated_in_an_empty_table_and_taken_back() -> None:
    def none(rows: list[ReturnedRecord]) -> list[ReturnedRecord]:
        return [replace(row, cells=dict.fromkeys(row.cells, ""), more="") for row in rows[:-1]] + [
            replace(rows[-1], cells={**rows[-1].cells, ("name",): "无"})
        ]

    assert changed_lines(SHORT, {}, {("fees",): none}) == ["-fees: {amount: 10, per: 张}", "+fees: 无"]
    free = "name: 登记\nfees: 无\n"
    assert changed_lines(free, {("fees",): ""}) == ["-fees: 无"]

    def some(rows: list[ReturnedRecord]) -> list[ReturnedRecord]:
        return [rows[0], replace(rows[-1], cells={("name",): "工本费", ("amount",): "5"})]

    assert changed_lines(free, {}, {("fees",): some}) == ["-fees: 无", "+fees:", "+  - name: 工本费", "+    amount: 5"]
