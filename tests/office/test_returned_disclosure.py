"""A disclosure list comes home as a workbook: its file changes in exactly the lines of what was changed in Excel."""

from __future__ import annotations

import difflib
import marshal

import pytest
from forms_world import sample
from returning_sheets import Grid, places, whole

from builder.content.model.disclosure import DisclosureList
from builder.content.parsing import parse
from builder.content.source import Raw
from builder.editing import edited
from builder.office.export.disclosure_sheet import BESIDE, COLUMNS, DUTY, PATH, disclosure_rows
from builder.office.returned.both_versions import Wishes
from builder.office.returned.changes import outcome_of
from builder.office.returned.disclosure_workbook import ReturnedList, disclosure_page, returned_list
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.outcome import Outcome

HEADINGS = {heading: key for heading, _, key in (*COLUMNS, *BESIDE)}
DUTY_HEADING = "具体职责"


class ListBook:
    """The workbook of a disclosure list of the sample, and what comes of it when it comes home."""

    def __init__(self, id: str = "xicheng") -> None:
        self.file = f"content/disclosure/{id}.yaml"
        self.data = sample().data[self.file]
        self.record, self.raw = _read(self.file, self.data)
        self.texts = ExportedTexts(self.record, self.raw, sample().names)
        self.grid = Grid("公开清单", [[*HEADINGS], *self._rows(self.record, self.raw)])

    def _rows(self, record: DisclosureList, raw: dict[str, Raw]) -> list[list[str]]:
        return [[row[key] for key in HEADINGS.values()] for row in disclosure_rows(record, raw, sample().names)]

    def row(self, place: str) -> list[str]:
        return self.grid.row(**{PATH: place})

    def home(self) -> ReturnedList:
        titled = Grid(self.grid.name, [[self.record.title], *self.grid.rows])
        page = disclosure_page(whole([titled]))
        assert page
        return returned_list("表.xlsx", "xicheng", "", page, self.texts)

    def outcome(self) -> Outcome:
        return outcome_of(self.home().item, self.file, self.texts, self.texts, Wishes())

    def after(self) -> bytes:
        home = self.home()
        assert not [str(remark) for remark in home.remarks]
        found = outcome_of(home.item, self.file, self.texts, self.texts, Wishes())
        assert not [str(remark) for remark in found.remarks]
        return edited(self.file, self.data, found.changes)

    def diff(self) -> list[str]:
        before, after = (data.decode().splitlines() for data in (self.data, self.after()))
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]

    def again(self) -> list[list[str]]:
        return self._rows(*_read(self.file, self.after()))


def _read(file: str, data: bytes) -> tuple[DisclosureList, dict[str, Raw]]:
    (raw,) = marshal.loads(parse(file, data).raw_records).values()
    return DisclosureList.model_validate(raw), raw


@pytest.mark.parametrize("id", ["xicheng", "nanmofang"])
def test_a_list_that_nobody_edited_changes_nothing(id: str) -> None:
    assert ListBook(id).diff() == []


def test_a_list_whose_merged_cells_were_taken_apart_changes_nothing() -> None:
    book = ListBook()
    duty, matter = book.grid.at(DUTY_HEADING), book.grid.at("业务事项")
    merged = 0
    for at in (duty, matter):
        above = ("", "")
        for row in book.grid.rows[1:]:
            same = (row[book.grid.at(PATH)].split(".")[1], row[at])
            if same == above:
                row[at] = ""
                merged += 1
            above = same
    assert merged > 50
    assert book.diff() == []


def test_sorted_rows_and_moved_columns_change_nothing() -> None:
    book = ListBook()
    headings, *rows = (row[::-1] for row in book.grid.rows)
    book.grid.rows = [headings, *sorted(rows)]
    assert book.diff() == []


@pytest.mark.parametrize("heading", [heading for heading, key in HEADINGS.items() if key not in ("", DUTY)])
def test_one_changed_cell_changes_only_its_lines(heading: str) -> None:
    for make in (lambda text, other: other, lambda text, other: ""):
        book = ListBook()
        at = book.grid.at(heading)
        texts = list(dict.fromkeys(row[at] for row in book.grid.rows[1:] if row[at]))
        row = next((row for row in book.grid.rows[1:] if row[at]), book.grid.rows[1])
        row[at] = make(row[at], texts[1] if len(texts) > 1 else f"{row[at]}补")
        after = book.after()
        assert places(book.data, after) <= 1
        if after != book.data and heading != "信息类别":
            assert book.again() == book.grid.rows[1:]


def test_the_name_of_a_duty_is_changed_once() -> None:
    book = ListBook()
    rows = [row for row in book.grid.rows[1:] if row[book.grid.at(PATH)].startswith("duties.1.")]
    assert len(rows) > 2
    for row in rows:
        book.grid.set(row, 具体职责="新的职责")
    assert book.diff() == ["-  - duty: 机关政务公开、信息和后勤", "+  - duty: 新的职责"]


def test_rows_of_one_duty_with_several_names_are_told() -> None:
    book = ListBook()
    book.grid.set(book.row("duties.1.rows.1"), 具体职责="新的职责")
    (error,) = book.home().remarks
    assert error.is_error
    assert "写的具体职责和别的几行不一样" in str(error)


def test_an_emptied_row_is_removed_and_a_duty_without_rows_too() -> None:
    book = ListBook()
    book.grid.empty(book.row("duties.1.rows.1"), locked=(PATH, DUTY_HEADING))
    lines = book.diff()
    assert lines
    assert all(line.startswith("-") for line in lines)
    book = ListBook()
    book.grid.empty(book.row("duties.0.rows.0"), locked=(PATH,))
    lines = book.diff()
    assert lines[0].startswith("-  - duty:")
    assert all(line.startswith("-") for line in lines)


@pytest.mark.parametrize("duty", ["", "机关政务公开、信息和后勤"])
def test_a_new_row_stands_below_the_one_above_it(duty: str) -> None:
    book = ListBook()
    at = book.grid.rows.index(book.row("duties.1.rows.1")) + 1
    book.grid.add({DUTY_HEADING: duty, "信息类别": "新的类别", "公开时限": "实时公开"}, at)
    again = book.again()
    new = next(row for row in again if "新的类别" in row)
    assert new[book.grid.at(PATH)] == "duties.1.rows.2"
    assert len(again) == len(book.grid.rows) - 1


def test_a_new_duty_with_its_rows() -> None:
    book = ListBook()
    for category in ("甲类", "乙类"):
        book.grid.add({DUTY_HEADING: "新的职责", "信息类别": category})
    assert book.diff() == ["+  - duty: 新的职责", "+    rows:", "+      - category: 甲类", "+      - category: 乙类"]


def test_a_missing_row_is_told_and_not_removed() -> None:
    book = ListBook()
    book.grid.rows.remove(book.row("duties.1.rows.1"))
    found = book.outcome()
    assert found.changes == []
    (remark,) = found.remarks
    assert "文档里没有这一行了" in str(remark)


def test_another_list_is_not_taken_for_an_exported_one() -> None:
    book = ListBook()
    for row in book.grid.rows[1:]:
        row[book.grid.at(PATH)] = "第1行"
    assert disclosure_page(whole([book.grid])) is None
