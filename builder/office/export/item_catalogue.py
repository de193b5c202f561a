"""The catalogue of items (事项目录清单) that an office hands in, with statistics by department."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq, ne
from typing import TYPE_CHECKING

from builder.content.card import Card, goes_online
from builder.content.fields import Absence, listed
from builder.content.model.companions import Audience, Department, Law, Place
from builder.content.model.item import HandlingType, Item, ItemType, Status, Time
from builder.content.site import Site
from builder.context import Words
from builder.office.export.excel import A3, FIRST, LINE, TEXT, lines_of, set_up, workbook_of
from builder.wording.cards import fee_of_card, time_of_card
from builder.wording.times import duration_in_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

LIST, STATISTICS = "目录清单", "统计"
UNIT, TYPE, HANDLING, ONLINE, FEE, VISITS, DAYS, STATUS = (
    "实施机构", "事项类型", "办件类型", "网上能办", "收费", "到现场次数", "承诺工作日", "状态",
)  # fmt: skip
CAN, FREE, TOTAL, NO_UNIT = "能", "不收费", "合计", "（没有写单位）"
ROOM = 40  # characters in which a cell says what holds in which case


@dataclass(frozen=True, slots=True)
class CatalogueColumn:
    """A column of the catalogue: its heading, its width in letters, and what stands in it."""

    heading: str
    width: int
    of: Callable[[Card, Item, _Facts], str | int]


class _Facts:
    """What is known of the records to which items refer."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site = site
        self.words = words

    def unit(self, card: Card) -> str:
        return self._site.department_name(card.department) or NO_UNIT

    def audiences(self, item: Item) -> str:
        return "、".join(found.name for id in item.audiences if (found := self._site.find(Audience, id)))

    def places(self, item: Item) -> str:
        places = ((self._site.find(Place, at.place), at.window) for at in item.places)
        return "\n".join(f"{place.name}{window}" for place, window in places if place)

    def phones(self, item: Item, card: Card) -> str:
        """Return the numbers of the item, or else of a place, or else of the department."""
        places = (self._site.find(Place, at.place) for at in item.places)
        phones = item.phones or next((place.phones for place in places if place and place.phones), ())
        unit = self._site.find(Department, card.department)
        return "\n".join(phone.number for phone in phones or (unit.phones if unit else ()))

    def legal(self, item: Item) -> str:
        return "\n".join(self._basis(one.law, one.text, one.article) for one in listed(item.legal))

    def _basis(self, id: str | None, text: str, article: str) -> str:
        law = self._site.find(Law, id)
        title = f"《{law.title}》{f'（{law.number}）' if law.number else ''}" if law else text
        return f"{title}{article}"


def _promised(item: Item) -> Time | None:
    return item.time if isinstance(item.time, Time) else None


def _days(item: Item) -> str | int:
    """Return the promised time in working days, "" where it is not known in them."""
    time = _promised(item)
    days = time.promised.workdays if time and time.promised else None
    return "" if days is None else days


def _statutory(item: Item, words: Words) -> str:
    time = _promised(item)
    return duration_in_words(time.statutory, words) if time and time.statutory else ""


def _visits(item: Item) -> str | int:
    return "" if item.visits is None or item.visits.times is None else item.visits.times


def _fee(card: Card, item: Item, words: Words) -> str:
    return FREE if item.fees is Absence.NONE else fee_of_card(card, words, ROOM)


COLUMNS = (
    CatalogueColumn("事项名称", 30, lambda card, item, facts: item.name),
    CatalogueColumn("事项编码", 16, lambda card, item, facts: _code(item)),
    CatalogueColumn(TYPE, 12, lambda card, item, facts: item.type.label if item.type else ""),
    CatalogueColumn(HANDLING, 9, lambda card, item, facts: item.handling.label if item.handling else ""),
    CatalogueColumn(UNIT, 22, lambda card, item, facts: facts.unit(card)),
    CatalogueColumn("服务对象", 14, lambda card, item, facts: facts.audiences(item)),
    CatalogueColumn("设定依据", 34, lambda card, item, facts: facts.legal(item)),
    CatalogueColumn("法定时限", 11, lambda card, item, facts: _statutory(item, facts.words)),
    CatalogueColumn("承诺时限", 14, lambda card, item, facts: time_of_card(card, facts.words, ROOM)),
    CatalogueColumn(DAYS, 7, lambda card, item, facts: _days(item)),
    CatalogueColumn(FEE, 14, lambda card, item, facts: _fee(card, item, facts.words)),
    CatalogueColumn("办理地点", 22, lambda card, item, facts: facts.places(item)),
    CatalogueColumn(ONLINE, 7, lambda card, item, facts: CAN if goes_online(item) else ""),
    CatalogueColumn(VISITS, 7, lambda card, item, facts: _visits(item)),
    CatalogueColumn("咨询电话", 16, lambda card, item, facts: facts.phones(item, card)),
    CatalogueColumn(STATUS, 8, lambda card, item, facts: item.status.label),
    CatalogueColumn("核对日期", 11, lambda card, item, facts: card.changed),
)


def _code(item: Item) -> str:
    codes = item.codes
    return (codes.task or codes.catalog or codes.handle or codes.local) if codes else ""


Items = Sequence[tuple[Card, Item]]
Rows = Sequence[Sequence[str | int]]  # the cells of the list

# What is counted for each department: a heading, the column that is looked at, what Excel looks for, and the same in Python.
Counted = tuple[str, str, str, Callable[[str | int], bool]]
COUNTED: tuple[Counted, ...] = (
    *((one.label, TYPE, one.label, partial(eq, one.label)) for one in ItemType),
    *((one.label, HANDLING, one.label, partial(eq, one.label)) for one in HandlingType),
    (ONLINE, ONLINE, CAN, partial(eq, CAN)),
    (FREE, FEE, FREE, partial(eq, FREE)),
    ("最多跑一次", VISITS, "<=1", lambda cell: isinstance(cell, int) and cell <= 1),
    ("暂停、取消", STATUS, f"<>{Status.ACTIVE.label}", partial(ne, Status.ACTIVE.label)),
)


def catalogue_rows(items: Items, site: Site, words: Words) -> list[list[str | int]]:
    """Return the rows of the catalogue, by department; in each, in the order of `items`."""
    facts = _Facts(site, words)
    departments = {department.id: at for at, department in enumerate(site.all(Department))}
    ordered = sorted(items, key=lambda pair: departments.get(pair[0].department, len(departments)))
    return [[column.of(card, item, facts) for column in COLUMNS] for card, item in ordered]


def catalogue_workbook(items: Items, site: Site, words: Words, title: str) -> bytes:
    """Return the catalogue of `items` as a workbook. Raises `MissingExcel`."""
    rows = catalogue_rows(items, site, words)

    def fill(workbook: Workbook) -> None:
        _write_list(workbook, rows, title)
        _write_statistics(workbook, rows, title)

    return workbook_of(fill, title, {"bszn-kind": "catalogue"})


def _write_list(workbook: Workbook, rows: Rows, title: str) -> None:
    page = workbook.add_worksheet(LIST)
    text = workbook.add_format({**TEXT, "border": 1})
    number = workbook.add_format({**TEXT, "border": 1, "num_format": "0", "align": "center"})
    set_up(workbook, page, title, ["序号", *(column.heading for column in COLUMNS)], A3)
    page.set_column(0, 0, 6)
    for at, column in enumerate(COLUMNS, start=1):
        page.set_column(at, at, column.width)
    for at, row in enumerate(rows):
        page.write_number(FIRST + at, 0, at + 1, number)
        for index, cell in enumerate(row, start=1):
            page.write(FIRST + at, index, cell, text if isinstance(cell, str) else number)
        lines = max(lines_of(str(cell), column.width) for cell, column in zip(row, COLUMNS, strict=True))
        page.set_row(FIRST + at, LINE * lines + 3)
    page.freeze_panes(FIRST, 2)
    page.autofilter(FIRST - 1, 0, max(FIRST, FIRST + len(rows) - 1), len(COLUMNS))


def _write_statistics(workbook: Workbook, rows: Rows, title: str) -> None:
    """Write what Excel counts in the list, so that it stays right where the list is edited."""
    page = workbook.add_worksheet(STATISTICS)
    text = workbook.add_format({**TEXT, "border": 1})
    number = workbook.add_format({**TEXT, "border": 1, "num_format": "0", "align": "center"})
    mean = workbook.add_format({**TEXT, "border": 1, "num_format": "0.0", "align": "center"})
    set_up(workbook, page, f"{title}统计", [UNIT, "事项数", *(name for name, *_ in COUNTED), "平均承诺工作日"])
    page.set_column(0, 0, 34)
    page.set_column(1, len(COUNTED) + 2, 9)
    units = list(dict.fromkeys(str(row[_at(UNIT)]) for row in rows))
    for line, unit in enumerate([*units, TOTAL], start=FIRST):
        some = [row for row in rows if unit == TOTAL or row[_at(UNIT)] == unit]
        of_unit = "" if unit == TOTAL else f"{_range(UNIT, rows)},$A{line + 1}"
        page.write_string(line, 0, unit, text)
        figures = list(_figures(some, rows, of_unit))
        for at, (formula, value) in enumerate(figures, start=1):
            page.write_formula(line, at, formula, mean if at == len(figures) else number, value)
    page.freeze_panes(FIRST, 1)


def _figures(some: Rows, rows: Rows, of_unit: str) -> Iterator[tuple[str, str | float]]:
    """Yield the formula of each figure of a department, and its value now; `some` are its rows of all `rows`."""
    yield f"=COUNTIFS({of_unit})" if of_unit else f"=COUNTA({_range(UNIT, rows)})", len(some)
    for _, heading, sought, counts in COUNTED:
        conditions = ",".join(filter(None, (of_unit, f'{_range(heading, rows)},"{sought}"')))
        yield f"=COUNTIFS({conditions})", sum(counts(row[_at(heading)]) for row in some)
    days = [day for row in some if isinstance(day := row[_at(DAYS)], int)]
    mean = f"AVERAGEIFS({_range(DAYS, rows)},{of_unit})" if of_unit else f"AVERAGE({_range(DAYS, rows)})"
    yield f'=IFERROR({mean},"")', sum(days) / len(days) if days else ""


def _at(heading: str) -> int:
    return next(at for at, column in enumerate(COLUMNS) if column.heading == heading)


def _range(heading: str, rows: Rows) -> str:
    """Return the cells of a column of the list, as a formula names them."""
    letter = chr(ord("B") + _at(heading))  # the first column are the numbers
    return f"{LIST}!${letter}${FIRST + 1}:${letter}${FIRST + max(1, len(rows))}"
