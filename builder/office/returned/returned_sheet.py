"""A sheet of a workbook that came home: its rows by heading, wherever the columns stand now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.office.documents.whole_sheets import SheetRow, WholeSheet
from builder.office.export.excel import LONGEST_CELL
from builder.office.returned.outcome import Remark
from builder.office.returned.returned_item import ReturnedRecord
from builder.office.returned.same_text import tidied
from builder.support.diagnostics import KeyPath, did_you_mean

_ROWS_ABOVE = 20  # of the headings, which people may insert


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A row below the headings: where it is, and its texts by heading, "" for empty cells.

    A cell that cannot be read is left out: a formula without a value, or a text that Excel has cut off.
    """

    number: int
    place: str
    texts: Mapping[str, str]


class ReturnedSheet:
    """A sheet whose headings are `known`. `remarks` tell of headings that are missing, unknown, or there twice."""

    def __init__(self, sheet: WholeSheet, known: Sequence[str], must: Sequence[str]) -> None:
        self.name = sheet.name
        self.remarks: list[Remark] = []
        self._sheet = sheet
        self._top = next((index for index, row in enumerate(sheet.rows[:_ROWS_ABOVE]) if _has(row, must)), None)
        self._columns = {} if self._top is None else self._read_headings(sheet.rows[self._top], known)

    @property
    def is_known(self) -> bool:
        """Whether it has the headings that it must have."""
        return self._top is not None

    @property
    def headings(self) -> frozenset[str]:
        """The known headings that it has."""
        return frozenset(self._columns)

    @property
    def title(self) -> str:
        """The text above the headings, "" if there is none."""
        above = self._sheet.rows[: self._top or 0]
        return next((tidied(text) for row in above for text in row.texts.values() if tidied(text)), "")

    def rows(self) -> Iterator[HeadedRow]:
        """Yield the rows that say something in a known column."""
        if self._top is None:
            return
        for row in self._sheet.rows[self._top + 1 :]:
            texts = {}
            for heading, column in self._columns.items():
                text = row.texts.get(column, "")
                if column in row.failed:
                    self._tell(row.number, column, row.failed[column], "")
                elif len(text) < LONGEST_CELL:
                    texts[heading] = tidied(text)
            if any(texts.values()):
                yield HeadedRow(row.number, self._sheet.place(row.number), texts)

    def _read_headings(self, row: SheetRow, known: Sequence[str]) -> dict[str, int]:
        columns: dict[str, int] = {}
        strange: dict[int, str] = {}
        for column, text in sorted(row.texts.items()):
            heading = tidied(text)
            if heading in columns:
                self._tell(row.number, column, f"有两列“{heading}”，只读了前面一列", "改动写在前面那一列。")
            elif heading in known:
                columns[heading] = column
            else:
                strange[column] = heading
        missing = [heading for heading in known if heading not in columns]
        for column, heading in strange.items():
            hint = did_you_mean(heading, missing) or "标题改回导出时的样子；自己加的列，导入时不看。"
            self._tell(row.number, column, f"不认识“{heading}”这一列，没有读", hint)
        if missing:
            says = f"工作表“{self.name}”里没有了这些列：{'、'.join(missing)}"
            self.remarks.append(Remark("", says, "这些列没有改。要删内容，留着这一列，把格子清空。"))
        return columns

    def _tell(self, row: int, column: int, says: str, hint: str) -> None:
        self.remarks.append(Remark(self._sheet.place(row, column), says, hint))


def _has(row: SheetRow, must: Sequence[str]) -> bool:
    return {*must} <= {*map(tidied, row.texts.values())}


def in_order(records: Sequence[ReturnedRecord]) -> Sequence[ReturnedRecord]:
    """Return rows in the order in which they went out, however they are sorted now, and then the new ones."""
    known = [_comparable(record.path) for record in records if record.path]
    if known == sorted(known):
        return records
    return sorted(records, key=lambda record: (not record.path, _comparable(record.path or ())))


def _comparable(path: KeyPath) -> tuple[str, ...]:
    return tuple(f"{step:08}" if isinstance(step, int) else step for step in path)
